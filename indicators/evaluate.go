package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
)

// Evaluation is what evaluating a catalogue yields.
type Evaluation struct {
	Values   []analysis.Value // by code, period, place and group
	Coverage []Coverage       // one an indicator, in code order
	Warnings []analysis.Warning

	errors errorsOf
}

// Evaluate computes the values a query asks for: for each indicator the whole
// (or each place asked for) and its disaggregations, for every period there are
// data for. Each relation is scanned once for all its indicators together.
// Mistakes in definitions are returned as analysis.Problems and nothing is
// computed; data that are missing are states of values, never errors.
func Evaluate(ctx context.Context, q analysis.Querier, s Setup, query analysis.Query) (Evaluation, error) {
	all, problems, err := s.bind(ctx, q)
	if err != nil {
		return Evaluation{}, err
	}
	if problems = append(problems, s.checkQuery(query)...); len(problems) > 0 {
		return Evaluation{}, problems.Err()
	}
	e := evaluator{Setup: s, q: q, query: query, out: Evaluation{errors: newErrors()}, scans: map[string]*gathered{}, slots: map[string]int{}, marked: map[string][]marked{}}
	for _, i := range all {
		if len(query.Codes) == 0 || slices.Contains(query.Codes, i.Code) {
			e.wanted = append(e.wanted, i)
		}
	}
	return e.run(ctx)
}

// checkQuery reports codes and places that do not exist and periods that cannot be read.
func (s Setup) checkQuery(query analysis.Query) analysis.Problems {
	var problems analysis.Problems
	for _, code := range query.Codes {
		if _, ok := s.Catalogue.Find(code); !ok {
			problems = append(problems, analysis.Problem{Message: fmt.Sprintf("no indicator %q", code), Hint: cmp.Or(analysis.Suggest(code, s.Catalogue.Codes()), "list them with: pediment check")})
		}
	}
	for _, code := range query.Places {
		if _, ok := s.Places.Find(code); !ok {
			problems = append(problems, analysis.Problem{Message: fmt.Sprintf("no place %q in places.csv", code), Hint: cmp.Or(analysis.Suggest(code, s.placeCodes()), "list the city's places there: code,name,parent,kind,valid_from,valid_to")})
		}
	}
	for _, column := range slices.Concat(append([][]string{query.By}, query.Also...)...) {
		if column == personColumn {
			problems = append(problems, analysis.Problem{Message: "a breakdown by person would list people one by one", Hint: "break down by something they share"})
			continue
		}
		if hint, known := s.knowsColumn(column); !known {
			problems = append(problems, analysis.Problem{Message: fmt.Sprintf("no dataset has a column %q to break down by", column), Hint: hint})
		}
	}
	for _, period := range query.Periods {
		if _, err := s.Calendar.ParsePeriod(period); err != nil {
			problems = append(problems, analysis.Problem{Message: err.Error()})
		}
	}
	return problems
}

// personColumn identifies people; nothing is ever broken down by it.
const personColumn = "person"

// knowsColumn reports whether any relation can be broken down by the column, and
// the nearest name when none can.
func (s Setup) knowsColumn(column string) (hint string, known bool) {
	b := binder{Setup: s}
	names := []string{ageBand}
	for _, r := range s.Relations {
		if b.has(r, column) {
			return "", true
		}
		names = append(names, r.ColumnNames()...)
	}
	return analysis.Suggest(column, names), false
}

func (s Setup) placeCodes() []string {
	codes := make([]string, len(s.Places))
	for k, place := range s.Places {
		codes[k] = place.Code
	}
	return codes
}

// evaluator carries one evaluation.
type evaluator struct {
	Setup
	q       analysis.Querier
	query   analysis.Query
	wanted  []bound
	place   string               // the place being computed, "" for the whole city
	scans   map[string]*gathered // relation name → its cells
	marked  map[string][]marked  // code → periods whose figures carry marks
	slots   map[string]int       // code + role → index of the item in its relation's scan
	sampled estimates            // of the place being computed
	out     Evaluation
}

func (e *evaluator) run(ctx context.Context) (Evaluation, error) {
	if err := e.findYears(ctx); err != nil {
		return e.out, err
	}
	if err := e.matchPlaces(ctx); err != nil {
		return e.out, err
	}
	places := e.query.Places
	if len(places) == 0 {
		places = []string{""}
	}
	for _, e.place = range places {
		if err := e.scanAll(ctx); err != nil {
			return e.out, err
		}
		if err := e.estimateSamples(ctx); err != nil {
			return e.out, err
		}
		for k := range e.wanted {
			if err := e.compute(ctx, &e.wanted[k]); err != nil {
				return e.out, fmt.Errorf("compute %s: %w", e.wanted[k].Code, err)
			}
		}
	}
	e.applyMarks()
	slices.SortStableFunc(e.out.Values, compareValues)
	for _, i := range e.wanted {
		e.out.Coverage = append(e.out.Coverage, e.coverage(i))
	}
	return e.out, nil
}

func compareValues(a, b analysis.Value) int {
	return cmp.Or(compareCodes(a.Code, b.Code), a.Period.Compare(b.Period), cmp.Compare(a.Place, b.Place), cmp.Compare(len(a.Group), len(b.Group)))
}

// compute makes the values of one indicator by its kind.
func (e *evaluator) compute(ctx context.Context, i *bound) error {
	if i.gap != (Gap{}) {
		return nil
	}
	if e.place != "" {
		for _, t := range []*boundTerm{i.num, i.den} {
			if t != nil && !t.relation.Has("place") {
				e.warn(i.Code, fmt.Sprintf("%s has no column place, so %s cannot be computed for a place", t.relation.Name, i.Code))
				return nil
			}
		}
	}
	switch {
	case i.Kind == "score":
		return e.score(ctx, *i)
	case i.Kind == "published":
		return e.published(ctx, *i)
	}
	return e.ratio(ctx, *i)
}

// bySets lists the disaggregations wanted of an indicator; the empty one, the
// total, comes first. Columns that its numerator's relation lacks are left out
// with a warning when they were asked for.
func (e *evaluator) bySets(i bound) [][]string {
	sets := [][]string{nil}
	r := i.num.relation
	b := binder{Setup: e.Setup}
	switch {
	case e.query.Totals:
	case len(e.query.By) > 0:
		for _, column := range e.query.By {
			if !b.has(r, column) {
				e.warn(i.Code, fmt.Sprintf("%s has no column %s, so %s cannot be broken down by it", r.Name, column, i.Code))
				return sets
			}
		}
		sets = append(sets, e.query.By)
	default:
		for _, column := range i.By {
			if b.has(r, column) {
				sets = append(sets, []string{column})
			}
		}
	}
	if e.query.Totals || !e.studied(i.Code) {
		return sets
	}
	for _, set := range e.query.Also {
		if b.hasAll(r, set) && !slices.ContainsFunc(sets, func(have []string) bool { return sameColumns(have, set) }) {
			sets = append(sets, set)
		}
	}
	return sets
}

// studied reports whether the query means the indicator by what it asks besides.
func (e *evaluator) studied(code string) bool {
	return len(e.query.AlsoOf) == 0 || slices.Contains(e.query.AlsoOf, code)
}

// sameColumns reports whether two by-sets make the same groups.
func sameColumns(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func (e *evaluator) warn(about, text string) {
	w := analysis.Warning{About: about, Text: text}
	if !slices.Contains(e.out.Warnings, w) {
		e.out.Warnings = append(e.out.Warnings, w)
	}
}

// scanAll scans every relation once for all the terms over it. Distinct counts
// have scans of their own, since persons are counted afresh at every level.
func (e *evaluator) scanAll(ctx context.Context) error {
	scans := map[string]*scan{}
	var names []string
	request := func(name string, t *boundTerm, it item, sets [][]string, slot string) {
		s := scans[name]
		if s == nil {
			s = &scan{Setup: e.Setup, relation: t.relation, sets: [][]string{nil}}
			if e.place != "" && t.relation.Has("place") {
				s.places = e.Places.Within(e.place)
			}
			scans[name] = s
			names = append(names, name)
		}
		for _, set := range sets {
			if !slices.ContainsFunc(s.sets, func(have []string) bool { return slices.Equal(have, set) }) && (binder{Setup: e.Setup}).hasAll(t.relation, set) {
				s.sets = append(s.sets, set)
			}
		}
		e.slots[slot] = len(s.items)
		s.items = append(s.items, it)
	}
	for _, i := range e.wanted {
		if i.gap != (Gap{}) || i.Kind == "score" || i.Kind == "published" {
			continue
		}
		e.request(i, request)
	}
	e.scans = map[string]*gathered{}
	for _, name := range names {
		g, err := scans[name].gather(ctx, e.q)
		if err != nil {
			return err
		}
		e.scans[name] = g
		for _, caveat := range g.merged {
			e.warn(g.relation.Name, caveat)
		}
	}
	return nil
}

func (b binder) hasAll(r analysis.Relation, columns []string) bool {
	return !slices.ContainsFunc(columns, func(column string) bool { return !b.has(r, column) })
}

// request asks for the items an indicator is made of.
func (e *evaluator) request(i bound, add func(name string, t *boundTerm, it item, sets [][]string, slot string)) {
	sets := e.bySets(i)
	num := item{domain: i.num.domain, value: i.num.value, where: i.num.where}
	together := i.den != nil && i.den.relation.Name == i.num.relation.Name && i.Kind != "distinct"
	if together {
		num.x = i.den.value
	}
	if i.num.relation.Kind != "statistic" && i.Kind != "distinct" {
		add(i.num.relation.Name, i.num, num, sets, i.Code+" numerator")
	}
	if i.den != nil && !together && i.den.relation.Kind != "statistic" {
		den := item{domain: i.den.domain, value: i.den.value, where: i.den.where}
		add(i.den.relation.Name, i.den, den, sets, i.Code+" denominator")
	}
}
