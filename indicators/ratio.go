package indicators

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// sides are the cells a ratio, mean, total or distinct count is made from; den
// is nil when the numerator's cells hold the denominator too, or there is none.
type sides struct {
	num, den *gathered
	k, kd    int               // items in their scans
	unlike   map[string]string // period → why its money cannot be added
}

// ratio makes every value of an indicator from totals.
func (e *evaluator) ratio(ctx context.Context, i bound) error {
	s, err := e.sides(ctx, i)
	if err != nil {
		return err
	}
	for _, set := range e.bySets(i) {
		for _, period := range s.num.periods {
			if e.Setup.wanted(e.query, period) {
				e.out.Values = append(e.out.Values, e.set(i, s, set, period)...)
			}
		}
	}
	return nil
}

func (e *evaluator) sides(ctx context.Context, i bound) (s sides, err error) {
	switch {
	case i.Kind == "distinct":
		s.num, err = e.distinctCells(ctx, i)
	case i.num.relation.Kind == "statistic":
		s.num, err = e.statisticCells(ctx, i, *i.num)
	default:
		s.num, s.k = e.scans[i.num.relation.Name], e.slots[i.Code+" numerator"]
	}
	if err != nil {
		return s, err
	}
	if i.den != nil && i.den.relation.Kind == "statistic" {
		s.den, err = e.statisticCells(ctx, i, *i.den)
	} else if slot, separate := e.slots[i.Code+" denominator"]; separate {
		s.den, s.kd = e.scans[i.den.relation.Name], slot
	}
	if err == nil {
		s.unlike, err = e.unlikeMoney(ctx, i)
	}
	return s, err
}

// set makes the values of one by-set in one period: a value for every group
// either side knows.
func (e *evaluator) set(i bound, s sides, set []string, period analysis.Period) []analysis.Value {
	index := s.num.setIndex(set)
	if index < 0 {
		return nil
	}
	levels := map[string][]string{}
	for _, k := range s.num.groups(index, period.Label) {
		levels[k.group] = s.num.levels[k]
	}
	denPeriod, denIndex := analysis.Period{}, -1
	if s.den != nil {
		denPeriod, _, _ = s.den.find(e.Calendar, period)
		denIndex = s.den.setIndex(set)
		for _, k := range s.den.groups(denIndex, denPeriod.Label) {
			levels[k.group] = s.den.levels[k]
		}
	}
	groups := stated(levels)
	values := make([]analysis.Value, 0, len(groups))
	for _, group := range groups {
		at, denAt := key{index, group, period.Label}, key{denIndex, group, denPeriod.Label}
		if len(set) > 0 && s.outside(at, denAt) {
			continue
		}
		v := e.blank(i, period, set, levels[group])
		e.fill(&v, i, s, at, denAt)
		values = append(values, v)
	}
	return values
}

// stated lists the groups in order; a breakdown nobody answered has none.
func stated(levels map[string][]string) []string {
	groups := make([]string, 0, len(levels))
	for group := range levels {
		groups = append(groups, group)
	}
	slices.Sort(groups)
	if len(groups) == 1 && slices.Contains(levels[groups[0]], notStated) {
		return nil
	}
	return groups
}

// outside reports whether a group holds nobody of the indicator's population.
func (s sides) outside(at, denAt key) bool {
	y := s.num.total(at, s.k, "sum", "sum")
	inDomain := y.n + y.missing
	if s.den != nil && denAt.set >= 0 {
		d := s.den.total(denAt, s.kd, "sum", "sum")
		inDomain += d.n + d.missing
	}
	return inDomain == 0
}

// blank is a value about which nothing is known yet.
func (e *evaluator) blank(i bound, period analysis.Period, set, levels []string) analysis.Value {
	v := analysis.Value{
		Code: i.Code, Name: i.Name, Period: period, Place: e.place, Unit: i.Unit, Better: i.Better,
		Estimate: analysis.Unknown(), Numerator: nan, Denominator: nan, Definition: i.definition,
	}
	for k, column := range set {
		v.Group = append(v.Group, analysis.Level{Column: column, Value: levels[k]})
	}
	return v
}

// muchMissing is the share of unknown rows from which on a value says so.
const muchMissing = 0.25

// fill makes one number, or says why there is none.
func (e *evaluator) fill(v *analysis.Value, i bound, s sides, at, denAt key) {
	yRule, xRule := i.num.time, i.num.time
	if i.den != nil {
		xRule = i.den.time
	}
	y := s.num.total(at, s.k, yRule, xRule)
	v.N, v.Missing = y.n, y.missing
	alone := s.den != nil || i.den == nil && i.Kind != "mean" // no denominator in the same rows
	if alone {
		v.N = y.matched
	}
	if i.absent(v, y, alone, s.unlike[v.Period.Label]) {
		return
	}
	if y.outside > 0 {
		v.Flags = append(v.Flags, fmt.Sprintf("%d rows have a numerator but a zero denominator", y.outside))
	}
	if share := float64(y.missing) / float64(y.n+y.missing); share >= muchMissing {
		v.Flags = append(v.Flags, fmt.Sprintf("%.0f %% of the rows do not say and are left out", 100*share))
	}
	x, ok := e.denominator(v, i, s, y, denAt)
	if !ok {
		return
	}
	e.partial(v, i, s, denAt)
	v.Numerator = y.y
	if i.Kind != "total" && (i.Kind != "distinct" || i.den != nil) {
		v.Denominator = x
	} else {
		x = 1
	}
	if i.num.relation.Sample != nil {
		e.sample(v, i, s, at, x)
	} else {
		v.Value = i.Scale() * y.y / x
	}
	if v.State.Withheld() {
		return
	}
	if math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
		v.Withhold(analysis.NotApplicable, "the expressions give no finite number, as after a division by zero")
		return
	}
	if i.Kind == "distinct" && y.y > 0 {
		each := "for each"
		if strings.Trim(i.num.value, "()") == "person" {
			each = "a person"
		}
		v.Flags = append(v.Flags, fmt.Sprintf("%.2f rows %s", float64(y.n)/y.y, each))
	}
}

// absent withholds a value whose rows hold no number, with the reason, and
// reports whether it did.
func (i bound) absent(v *analysis.Value, y part, alone bool, unlike string) bool {
	switch {
	case !y.present:
		v.Withhold(analysis.Missing, fmt.Sprintf("%s has no row here", i.num.relation.Name))
	case unlike != "":
		v.Withhold(analysis.Refused, unlike)
	case y.n == 0 && y.missing == 0:
		v.Withhold(analysis.Missing, i.nobody())
	case y.n == 0:
		v.Withhold(analysis.Missing, fmt.Sprintf("no row of %s says: all %d are empty here", i.num.relation.Name, y.missing))
		v.Missing = y.missing
	case alone && y.matched == 0 && (i.num.value != "1" || y.missing > 0):
		v.Withhold(analysis.Missing, fmt.Sprintf("no row of %s meets the condition here", i.num.relation.Name))
	default:
		return false
	}
	return true
}

// nobody says that no row belongs to the indicator's population.
func (i bound) nobody() string {
	if i.Population.Value == "" {
		return fmt.Sprintf("no row of %s counts here", i.num.relation.Name)
	}
	return fmt.Sprintf("no row of %s meets %s here", i.num.relation.Name, i.Population.Value)
}

// denominator finds x, in the numerator's own cell or in the other relation's.
func (e *evaluator) denominator(v *analysis.Value, i bound, s sides, y part, denAt key) (float64, bool) {
	x := y.x
	if s.den != nil {
		name := i.den.relation.Name
		switch {
		case denAt.period == "":
			v.Withhold(analysis.Missing, fmt.Sprintf("%s has no figures for %s", name, v.Period.Label))
			return 0, false
		case denAt.set < 0:
			v.Withhold(analysis.Refused, fmt.Sprintf("%s cannot be broken down by %s", name, strings.Join(v.Group.Columns(), ", ")))
			return 0, false
		}
		d := s.den.total(denAt, s.kd, i.den.time, i.den.time)
		if !d.present || d.n == 0 {
			v.Withhold(analysis.Missing, fmt.Sprintf("%s has no row here", name))
			return 0, false
		}
		x = d.y
		if _, byRule, _ := s.den.find(e.Calendar, v.Period); byRule {
			e.warn(i.Code, fmt.Sprintf("%s and %s are kept in years of different kinds; %s", i.num.relation.Name, name, e.Calendar.JoinRule()))
		}
	}
	if x == 0 && (i.den != nil || i.Kind == "ratio") {
		v.Withhold(analysis.NotApplicable, "the denominator is zero")
		return 0, false
	}
	return x, true
}

// partial marks a value that an incomplete record went into.
func (e *evaluator) partial(v *analysis.Value, i bound, s sides, denAt key) {
	reason := s.num.partial(i.num.time, v.Period.Label)
	if reason == "" && s.den != nil {
		reason = s.den.partial(i.den.time, denAt.period)
	}
	if reason != "" {
		v.State, v.Reason = analysis.Partial, reason
	}
}

// proportion reports whether y is 0 or 1 and x is 1 in every row.
func (i bound) proportion() bool {
	zeroOne := i.num.value == "1" || strings.HasPrefix(i.num.value, "CAST(") && strings.HasSuffix(i.num.value, " AS INTEGER)")
	return zeroOne && (i.Kind == "ratio" || i.Kind == "mean") && (i.den == nil || i.den.relation.Name == i.num.relation.Name && i.den.value == "1")
}

// unlikeMoney lists the periods in which a budget indicator would add different
// currencies or price years.
func (e *evaluator) unlikeMoney(ctx context.Context, i bound) (map[string]string, error) {
	unlike := map[string]string{}
	for _, t := range []*boundTerm{i.num, i.den} {
		if t == nil || t.relation.Kind != "budget" || t.value == "1" {
			continue
		}
		for _, column := range []string{"currency", "price_year"} {
			if !t.relation.Has(column) {
				continue
			}
			if err := e.differing(ctx, *t, column, unlike); err != nil {
				return nil, err
			}
		}
	}
	return unlike, nil
}

func (e *evaluator) differing(ctx context.Context, t boundTerm, column string, unlike map[string]string) error {
	condition := orTrue(and(t.domain, t.where))
	query := fmt.Sprintf("SELECT period, string_agg(DISTINCT CAST(%[1]s AS VARCHAR), ', ' ORDER BY CAST(%[1]s AS VARCHAR)) FROM %[2]s WHERE %[3]s GROUP BY period HAVING COUNT(DISTINCT %[1]s) > 1 ORDER BY period", column, e.rows(t.relation), condition)
	rows, err := e.q.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("compare %s of %s: %w", column, t.relation.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var period, found string
		if err := rows.Scan(&period, &found); err != nil {
			return err
		}
		words := map[string]string{"currency": "currencies", "price_year": "price years"}[column]
		unlike[period] = cmp.Or(unlike[period], fmt.Sprintf("amounts of different %s (%s) cannot be added; restrict the indicator to one", words, found))
	}
	return rows.Err()
}
