package budget

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// shareKey is a group's share of people somewhere in a calendar year.
type shareKey struct {
	group string
	year  int
}

// peopleShares are the shares of groups among participants and residents, in
// percent, and where those among residents come from.
type peopleShares struct {
	participation, population map[shareKey]float64
	source                    map[string]string
	remarks                   map[string]string // by group: what is missing
}

// readShares reads what the groups' conditions say of participation, population
// and surveys. A condition that cannot be read is a problem.
func (l *ledger) readShares(ctx context.Context, q analysis.Querier) (peopleShares, error) {
	p := peopleShares{participation: map[shareKey]float64{}, population: map[shareKey]float64{}, source: map[string]string{}, remarks: map[string]string{}}
	var problems analysis.Problems
	for _, g := range l.Groups {
		for _, err := range []error{
			l.readShare(ctx, q, g, "participation", g.Participation, p.participation),
			l.readShare(ctx, q, g, "population", g.Population, p.population),
		} {
			if problem, ok := err.(analysis.Problem); ok {
				problems = append(problems, problem)
			} else if err != nil {
				return p, err
			}
		}
		switch {
		case g.Population.Value != "":
			p.source[g.Target] = "population"
		case g.Survey != "":
			p.source[g.Target] = g.Survey + ", weighted"
			err := l.readShare(ctx, q, g, g.Survey, g.Where, p.population)
			if problem, ok := err.(analysis.Problem); ok {
				problems = append(problems, problem)
			} else if err != nil {
				return p, err
			}
		}
	}
	return p, problems.Err()
}

// readShare reads the group's share in one relation by calendar year: of different
// persons in participation, of residents in population, of weights in a survey.
// Rows that do not say are left out; groups smaller than the smallest cell too.
func (l *ledger) readShare(ctx context.Context, q analysis.Querier, g Group, relation string, condition analysis.Text, into map[shareKey]float64) error {
	if condition.Value == "" {
		return nil
	}
	r, ok := l.relation(relation)
	if !ok {
		return analysis.Problem{Position: condition.At, Message: fmt.Sprintf("there is no relation %q to find %s in", relation, g.Target), Hint: "declare such a dataset or remove the condition"}
	}
	e, err := analysis.ParseExpression(ctx, q, condition)
	if err != nil {
		return err
	}
	for _, name := range e.Columns {
		if !r.Has(name) {
			return analysis.Problem{Position: condition.At, Message: fmt.Sprintf("no column %q in %s", name, relation), Hint: analysis.Suggest(name, r.ColumnNames())}
		}
	}
	periods, err := l.periods(ctx, q, r)
	if err != nil || len(periods) == 0 {
		return err
	}
	query := fmt.Sprintf("SELECT _y, %s, %s FROM (SELECT *, %s AS _y, CAST((%s) AS BOOLEAN) AS _g FROM %s) WHERE _g IS NOT NULL GROUP BY 1 ORDER BY 1",
		peopleSum(r, "_g"), peopleSum(r, "TRUE"), l.yearSQL(r, periods), e.SQL, analysis.Quote(r.Name))
	err = each(ctx, q, query, func(rows *sql.Rows) error {
		var year int
		var part, all float64
		if err := rows.Scan(&year, &part, &all); err != nil {
			return err
		}
		if all > 0 && (r.Kind == "survey" || l.large(part) && l.large(all-part)) {
			into[shareKey{g.Target, year}] = 100 * part / all
		}
		return nil
	})
	if err != nil {
		return analysis.Problem{Position: condition.At, Message: fmt.Sprintf("%s cannot be asked for in %s: %v", g.Target, relation, err), Hint: "write a condition, as in migrant or age >= 65"}
	}
	return nil
}

// large reports whether a count of people may be told: nobody, or not too few.
func (l *ledger) large(people float64) bool { return people == 0 || people >= float64(l.SmallestCell) }

// peopleSum counts the people of the rows that meet a condition.
func peopleSum(r analysis.Relation, condition string) string {
	if r.Kind == "survey" {
		weight := "1"
		if r.Sample != nil && r.Sample.Weight != "" {
			weight = analysis.Quote(r.Sample.Weight)
		}
		return fmt.Sprintf("CAST(COALESCE(SUM(CASE WHEN %s THEN CAST(%s AS DOUBLE) ELSE 0 END), 0) AS DOUBLE)", condition, weight)
	}
	named, counted := "NULL", "1"
	if r.Has("persons") {
		counted = "CAST(persons AS DECIMAL(38,3))"
	}
	if r.Kind == "participation" && r.Has("person") {
		named = "NULLIF(CAST(person AS VARCHAR), '')"
	}
	return fmt.Sprintf("CAST(COUNT(DISTINCT CASE WHEN %[1]s THEN %[2]s END) + COALESCE(SUM(CASE WHEN %[1]s AND %[2]s IS NULL THEN %[3]s END), 0) AS DOUBLE)", condition, named, counted)
}

// marginalised sets spending aimed at each target group beside its share of
// residents and of learners. Where nobody declared how to tell the group there,
// the row says so.
func (l *ledger) marginalised(f *findings, people peopleShares) []analysis.Table {
	if !l.budget.Has("target_group") {
		l.result.Warn("marginalised", "nothing can be said of spending on marginalised groups: the budget has no column target_group")
		return nil
	}
	t := analysis.Table{Name: "marginalised", Columns: analysis.Columns("year", "phase", "target_group", l.money("amount"), "spending_share:number:percent",
		"learning_share:number:percent", "population_share:number:percent", "participation_share:number:percent", "spending_to_population:number", "population_source", "note")}
	for _, y := range l.years {
		keep := spending(y, l.phase)
		all, found := l.total(keep)
		learning, _ := l.total(func(x *line) bool { return keep(x) && l.learning(x) })
		if !found {
			continue
		}
		onLearning := map[string]int64{}
		for _, a := range l.tally(ofColumn(target), func(x *line) bool { return keep(x) && l.learning(x) }) {
			onLearning[a.code] = a.cents
		}
		for _, a := range l.tally(ofColumn(target), keep) {
			row := []any{y.Label, l.phase.String(), cmp.Or(a.code, "everyone, or not stated"), inUnits(a.cents),
				number(percent(a.cents, all)), number(percent(onLearning[a.code], learning))}
			t.Rows = append(t.Rows, append(row, l.peopleCells(y, a, all, people)...))
		}
	}
	l.marginalisedFindings(f, people)
	return []analysis.Table{t}
}

// peopleCells are the group's shares of people, the ratio, and what is missing.
func (l *ledger) peopleCells(y *year, a amount, all int64, people peopleShares) []any {
	if a.code == "" {
		return []any{nil, nil, nil, "", ""}
	}
	residents, who := known(people.population, shareKey{a.code, y.join}), people.source[a.code]
	learners := known(people.participation, shareKey{a.code, y.join})
	note := ""
	switch declared := slices.ContainsFunc(l.Groups, func(g Group) bool { return g.Target == a.code }); {
	case !declared:
		note = "nobody declared how to tell this group among residents or learners: budget: groups: in pediment.yaml"
	case who == "":
		note = "nobody declared how to tell this group among residents"
	case math.IsNaN(residents):
		note = who + " has no figure for this year"
	}
	return []any{number(residents), number(learners), number(percent(a.cents, all) / residents), who, note}
}

func known(shares map[shareKey]float64, k shareKey) float64 {
	if x, ok := shares[k]; ok {
		return x
	}
	return math.NaN()
}

// marginalisedFindings compares the shares of the current year, or of the latest
// before it with people's shares, and draws them side by side.
func (l *ledger) marginalisedFindings(f *findings, people peopleShares) {
	y := l.current
	all, _ := l.total(spending(y, l.phase))
	c := analysis.Chart{Name: "marginalised", Title: "Share of spending and share of people, " + y.Label, Kind: analysis.Bar, Unit: "percent", Source: l.source(y),
		Text:   "Spending aimed at each group beside the group's share of residents and of learners.",
		Series: []analysis.Series{{Name: "of spending"}, {Name: "of residents"}, {Name: "of learners"}}}
	for _, a := range l.tally(ofColumn(target), spending(y, l.phase)) {
		if a.code == "" {
			continue
		}
		spent := percent(a.cents, all)
		residents, learners := known(people.population, shareKey{a.code, y.join}), known(people.participation, shareKey{a.code, y.join})
		c.Labels = append(c.Labels, a.code)
		for i, x := range []float64{spent, residents, learners} {
			c.Series[i].Value = append(c.Series[i].Value, x)
		}
		if math.IsNaN(residents) && math.IsNaN(learners) {
			continue
		}
		f.say("marginalised", "In %s %s of all spending was aimed at the group %q. It makes up%s.", y.Label, share(spent), a.code,
			strings.TrimPrefix(beside(", %s of residents (%s)", residents, people.source[a.code])+beside(", %s of the learners whose records say", learners), ","))
	}
	if general, found := l.total(func(x *line) bool { return spending(y, l.phase)(x) && x.codes[target] == "" }); found && len(c.Labels) > 0 {
		f.say("marginalised", "In %s %s of all spending was aimed at no group; what of it reached which group is not known.", y.Label, share(percent(general, all)))
	}
	if len(c.Labels) > 0 {
		l.draw(c)
	}
}

// beside is a clause with a share in it, nothing without the share.
func beside(format string, x float64, more ...any) string {
	if math.IsNaN(x) {
		return ""
	}
	return fmt.Sprintf(format, append([]any{share(x)}, more...)...)
}
