package quality

import (
	"cmp"
	"context"
	"math"
	"slices"

	"pediment/analysis"
)

// assessment is all that was found out.
type assessment struct {
	*Setup
	datasets    []*assessed
	comparisons []comparison
	unpaired    []Pair // nothing to compare
	values      []series
	valueSteps  []step
	outlying    map[*assessed][]outlying // nil: of indicator values
	failing     [][]any
	duplicates  [][]any
	far         [][]any  // outlying rows of surveys
	cut         []string // what says that more rows break a rule than are named
	residents   func(place string, p analysis.Period) float64
}

// Assess measures the quality of every dataset of the setup. Mistakes in what is
// declared come back as analysis.Problems, all of them.
func Assess(ctx context.Context, q analysis.Querier, s Setup) (analysis.Result, error) {
	a := &assessment{Setup: &s}
	if err := a.measure(ctx, q); err != nil {
		return analysis.Result{}, err
	}
	if err := a.readResidents(ctx, q); err != nil {
		return analysis.Result{}, err
	}
	for _, d := range a.datasets {
		for _, step := range []func(context.Context, analysis.Querier) error{d.same, d.spreads, d.interviews, d.answers} {
			if err := step(ctx, q); err != nil {
				return analysis.Result{}, err
			}
		}
		if err := d.follow(ctx, q, s.Calendar); err != nil {
			return analysis.Result{}, err
		}
	}
	for _, p := range s.Pairs {
		found := triangulate(p, s.Values, s.Calendar)
		a.comparisons = append(a.comparisons, found...)
		if len(found) == 0 {
			a.unpaired = append(a.unpaired, p)
		}
	}
	a.values = seriesOf(s.Values)
	a.valueSteps = stepsOf(a.values)
	a.outlying = map[*assessed][]outlying{nil: outliers(a.values, nil)}
	for _, d := range a.datasets {
		a.outlying[d] = a.outliersOf(d)
	}
	if s.Rows {
		if err := a.nameRows(ctx, q); err != nil {
			return analysis.Result{}, err
		}
	}
	return a.result(), nil
}

// measure binds what is declared of every dataset and counts by it.
func (a *assessment) measure(ctx context.Context, q analysis.Querier) error {
	var problems analysis.Problems
	expected := map[*assessed]*boundExpect{}
	for k := range a.Setup.Datasets {
		d, e, found, err := bind(ctx, q, a.Setup, &a.Setup.Datasets[k])
		if err != nil {
			return err
		}
		problems = append(problems, found...)
		d.named = a.Most
		if !a.Rows && d.personal() {
			d.least = a.SmallestCell
		}
		a.datasets, expected[d] = append(a.datasets, d), e
	}
	if len(problems) > 0 {
		return problems.Err()
	}
	for _, d := range a.datasets {
		if err := d.count(ctx, q); err != nil {
			return err
		}
		if err := d.expected(ctx, q, a.Setup, expected[d]); err != nil {
			return err
		}
	}
	return nil
}

// bind binds everything declared of a dataset.
func bind(ctx context.Context, q analysis.Querier, s *Setup, d *Dataset) (*assessed, *boundExpect, analysis.Problems, error) {
	b := &binder{q: q, setup: s, dataset: d}
	rules, err := b.bindRules(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	if d.Table.Has("rowid") {
		b.fail(d.Table.At, "give it another name under columns, with from: rowid", "the column rowid takes a name that DuckDB keeps for itself")
	}
	out := &assessed{Dataset: d, rules: rules}
	e := b.bindExpect()
	b.bindInterview(out)
	for _, c := range d.Table.Columns {
		if c.Type == "integer" && !out.partOfDesign(c.Name) {
			out.heaped = append(out.heaped, c.Name)
		}
	}
	return out, e, b.problems, nil
}

// bindInterview binds interview:.
func (b *binder) bindInterview(a *assessed) {
	i := b.dataset.Interview
	if i == nil {
		return
	}
	if b.dataset.Table.Kind != "survey" {
		b.fail(i.At, "take it out, or declare the kind survey", "interview: only surveys have interviews")
		return
	}
	kind := ""
	for _, name := range i.Battery {
		column, ok := b.column(name)
		if ok && kind != "" && column.Type != kind {
			b.fail(name.At, "name questions with the same answers", "interview: %s is %s, the others are %s", column.Name, column.Type, kind)
		}
		kind = cmp.Or(kind, column.Type)
		a.battery = append(a.battery, column.Name)
	}
	if len(i.Battery) == 1 || len(i.Battery) == 2 {
		b.fail(i.Battery[0].At, "name three questions or more", "interview: a battery of %d says nothing", len(i.Battery))
	}
	if i.Duration.Value != "" {
		if column, ok := b.column(i.Duration); ok && !slices.Contains([]string{"integer", "number", "decimal"}, column.Type) {
			b.fail(i.Duration.At, "declare minutes as a number", "interview: duration: %s is %s", column.Name, column.Type)
		} else if ok {
			a.minutes = column.Name
		}
	}
}

// readResidents reads how many people live in each place each year, where a
// dataset of kind population says so.
func (a *assessment) readResidents(ctx context.Context, q analysis.Querier) error {
	people := map[[2]string]float64{}
	for _, d := range a.datasets {
		if d.Table.Kind != "population" || !d.Table.Has("persons", "place") {
			continue
		}
		if err := d.follow(ctx, q, a.Calendar); err != nil {
			return err
		}
		for _, s := range d.series {
			for k, p := range s.periods {
				people[[2]string{s.place, a.Calendar.JoinYear(p).Label}] += s.values[k]
			}
		}
	}
	if len(people) > 0 {
		a.residents = func(place string, p analysis.Period) float64 {
			if n, ok := people[[2]string{place, a.Calendar.JoinYear(p).Label}]; ok && n > 0 {
				return n
			}
			return math.NaN()
		}
	}
	return nil
}
