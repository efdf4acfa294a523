package indicators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// Reading is the rows of one relation that totals of a value were added up from,
// and a query that adds them up once more.
type Reading struct {
	Role     string // what it gives: numerator, denominator, numerator and denominator, or value
	Relation analysis.Relation
	Value    string   // row-level SQL that is added up, "1" when rows are counted
	Where    string   // condition under which Value counts, "" for none; it counts 0 elsewhere
	Over     string   // row-level SQL of the denominator in the same rows, "" for none
	Among    string   // condition of the population, "" for everybody
	Cell     string   // condition that a row is of the value's period, place and group
	Periods  []string // labels of the rows that make the period
	Rule     string   // how they make it: sum, last, average or mid-period
	SQL      string   // columns numerator, denominator (NULL where the reading has none) and rows

	Computed map[string]string // columns beside the relation's own that the conditions use
	Counts   string            // condition that a row counts

	cell []string // the conditions of Cell
}

// Anatomy is how a value came from the data.
type Anatomy struct {
	Readings   []Reading // the numerator's first
	Definition string    // hash of the definition that says so
	Factor     float64   // by which numerator over denominator is multiplied
	Sample     *Sample   // of a survey; nil for everything else
}

// Explain takes a value of an evaluation with the same setup apart. It reads which
// periods and places there are, no figure behind the value, and draws no sample
// together: that is what Account and Sample.Describe do.
func Explain(ctx context.Context, q analysis.Querier, s Setup, v analysis.Value) (Anatomy, error) {
	entry, ok := s.Catalogue.Find(v.Code)
	if !ok {
		return Anatomy{}, analysis.Problem{Message: fmt.Sprintf("no indicator %q", v.Code), Hint: analysis.Suggest(v.Code, s.Catalogue.Codes())}
	}
	s.Catalogue.Indicators = []Indicator{entry}
	all, problems, err := s.bind(ctx, q)
	if err != nil || len(problems) > 0 {
		return Anatomy{}, firstError(err, problems.Err())
	}
	query := analysis.Query{Codes: []string{v.Code}}
	if columns := v.Group.Columns(); len(columns) > 1 || len(columns) == 1 && !slices.Contains(entry.By, columns[0]) {
		query.By = columns
	}
	e := evaluator{Setup: s, q: q, query: query, place: v.Place, wanted: all, out: Evaluation{errors: newErrors()}, marked: map[string][]marked{}}
	if err := e.findYears(ctx); err != nil {
		return Anatomy{}, err
	}
	if err := e.matchPlaces(ctx); err != nil {
		return Anatomy{}, err
	}
	return e.anatomy(ctx, e.wanted[0], v)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// anatomy reads off what the value's sides are made from.
func (e *evaluator) anatomy(ctx context.Context, i bound, v analysis.Value) (Anatomy, error) {
	a := Anatomy{Factor: i.Scale(), Definition: i.definition}
	if i.gap != (Gap{}) {
		return a, nil
	}
	num, err := e.reading(ctx, i, v, *i.num, v.Period)
	if err != nil {
		return a, err
	}
	together := i.den != nil && i.den.relation.Name == i.num.relation.Name && i.Kind != "distinct" && i.num.relation.Kind != "statistic"
	switch {
	case together && i.den.time == i.num.time:
		num.Role, num.Over = "numerator and denominator", i.den.value
	case i.Kind == "mean" && i.den == nil:
		num.Role, num.Over = "numerator and denominator", "1"
	case together:
		num.Over = i.den.value
	}
	a.Readings = append(a.Readings, num)
	if i.den != nil && num.Role == numeratorRole {
		den, err := e.denominatorReading(ctx, i, v, together)
		if err != nil {
			return a, err
		}
		a.Readings = append(a.Readings, den...)
	}
	for k := range a.Readings {
		if a.Readings[k].Role == "value" {
			a.Factor = 1 // published as it is printed
		}
		a.Readings[k].settle(i)
	}
	if i.estimated() {
		a.Sample = e.sampleOf(ctx, i, v)
	}
	return a, nil
}

const numeratorRole = "numerator"

// denominatorReading is the reading of a denominator that is added up by itself;
// none when its relation has no period that meets the value's.
func (e *evaluator) denominatorReading(ctx context.Context, i bound, v analysis.Value, together bool) ([]Reading, error) {
	rep, err := e.reportingFor(ctx, i, *i.den)
	if err != nil {
		return nil, err
	}
	period, _, ok := rep.find(e.Calendar, v.Period)
	if !ok {
		return nil, nil
	}
	r, err := e.reading(ctx, i, v, *i.den, period)
	r.Role = "denominator"
	if together { // by a time rule of its own, over the same rows
		r.Value, r.Where, r.Over = i.den.value, "", item{value: i.num.value, where: i.num.where}.counted()
	}
	return []Reading{r}, err
}

// reading is the rows of a term in the cell of a value; period is the one of its
// relation that meets the value's.
func (e *evaluator) reading(ctx context.Context, i bound, v analysis.Value, t boundTerm, period analysis.Period) (Reading, error) {
	r := Reading{Role: numeratorRole, Relation: t.relation, Value: t.value, Where: t.where, Among: t.domain, Rule: t.time, Computed: e.computed(t.relation)}
	switch {
	case i.Kind == "score":
		return e.scoreReading(ctx, r, i, v)
	case t.relation.Kind == "statistic":
		return e.figureReading(ctx, r, i, v, t, period)
	}
	rep, err := e.reportingFor(ctx, i, t)
	if err != nil {
		return r, err
	}
	rule := t.time
	if i.Kind == "distinct" && t.relation.Name == i.num.relation.Name && t.value == i.num.value || t.relation.Sample != nil {
		rule = "sum" // persons and answers of all parts together
	}
	r.Rule, r.Periods = rule, rep.labelsFor(rule, period.Label)
	r.cell = e.inPeriods(t.relation, r.Periods, period)
	if e.place != "" && t.relation.Has("place") {
		r.cell = append(r.cell, "place IN ("+literals(e.Places.Within(e.place))+")")
	}
	for _, level := range v.Group {
		r.cell = append(r.cell, inLevel(t.relation, level))
	}
	return r, nil
}

// reportingFor gathers the periods of a term's relation as an evaluation does.
func (e *evaluator) reportingFor(ctx context.Context, i bound, t boundTerm) (reporting, error) {
	if t.relation.Kind == "statistic" {
		g, err := e.statisticCells(ctx, i, t)
		if err != nil {
			return reporting{}, err
		}
		return g.reporting, nil
	}
	if !t.relation.Has("period") {
		var labels []string
		for _, year := range e.Years {
			labels = append(labels, year.Label)
		}
		return e.reportingOf(t.relation, labels)
	}
	labels, err := e.labels(ctx, t.relation)
	if err != nil {
		return reporting{}, err
	}
	return e.reportingOf(t.relation, labels)
}

// labelsFor lists the labels whose rows make a reporting period by a time rule.
func (rep reporting) labelsFor(rule, label string) []string {
	var used []string
	for _, p := range rep.parts[label] {
		// A rule gives 1 for a part alone when, and only when, it uses that part.
		if rep.apply(rule, label, map[string]float64{p.Label: 1}) > 0 && !slices.Contains(used, p.Label) {
			used = append(used, p.Label)
		}
	}
	return used
}

// inPeriods is the condition that a row is of the periods; of a register without
// periods, that it was open at the period's end.
func (e *evaluator) inPeriods(r analysis.Relation, labels []string, period analysis.Period) []string {
	if r.Has("period") {
		if len(labels) == 1 {
			return []string{"period = " + literals(labels)}
		}
		return []string{"period IN (" + literals(labels) + ")"}
	}
	day := "DATE " + analysis.Literal(period.End.Format("2006-01-02"))
	cell := []string{}
	if r.Has("opened") {
		cell = append(cell, "(opened IS NULL OR opened < "+day+")")
	}
	if r.Has("closed") {
		cell = append(cell, "(closed IS NULL OR closed >= "+day+")")
	}
	return cell
}

// inLevel is the condition that a row is of a level of a disaggregation.
func inLevel(r analysis.Relation, level analysis.Level) string {
	name := analysis.Quote(level.Column)
	if level.Value == notStated {
		return name + " IS NULL"
	}
	if c, known := r.Column(level.Column); known && c.Type != "text" {
		name = "CAST(" + name + " AS VARCHAR)"
	}
	return name + " = " + analysis.Literal(level.Value)
}

// settle works out when a row counts. Where nothing is divided by in the same rows,
// those that do not meet the condition add nothing and do not count.
func (r *Reading) settle(i bound) {
	conditions := slices.Clone(r.cell)
	if r.Relation.Kind != "statistic" && i.Kind != "score" {
		conditions = appendText(conditions, r.Among)
		if r.Over == "" {
			conditions, r.Where = appendText(conditions, r.Where), ""
		}
		y := r.Value
		if r.Where != "" && y != "1" {
			y = item{value: r.Value, where: r.Where}.counted()
		} else if r.Where != "" {
			y = r.Where
		}
		for _, known := range []string{y, r.Over} {
			if known != "" && known != "1" {
				conditions = append(conditions, known+" IS NOT NULL")
			}
		}
		if s := r.Relation.Sample; s != nil && s.Weight != "" {
			conditions = append(conditions, analysis.Quote(s.Weight)+" <> 0")
		}
	}
	if len(conditions) == 0 {
		conditions = []string{"TRUE"}
	}
	r.Cell, r.Counts = orTrue(strings.Join(r.cell, " AND ")), strings.Join(conditions, " AND ")
	r.SQL = r.sql(i, conditions)
}

// appendText appends a text that is not empty.
func appendText(list []string, text string) []string {
	if text == "" {
		return list
	}
	return append(list, text)
}
