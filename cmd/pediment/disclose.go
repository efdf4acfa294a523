package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/analysis/progress"
	"pediment/indicators"
	"pediment/ingest"
)

// disclose decides once, for all values of the run together, what may be shown:
// before any format or analysis sees a number.
func (w *work) disclose(ctx context.Context) error {
	if err := w.consult(); err != nil {
		return err
	}
	w.dropRepeated()
	counts := w.takeCounts()
	rule, err := w.rule(ctx)
	if err != nil {
		return err
	}
	before := w.evaluated.Values
	w.evaluated.Values, w.withheld = w.protect(rule)
	w.repeatPublished()
	w.stayPublished(before)
	w.noteFrozen()
	w.protectAnswers(before, counts)
	w.protectTopics(before, counts)
	for k := range before {
		if before[k].State != analysis.Confidential && w.evaluated.Values[k].State == analysis.Confidential {
			w.hidden++
		}
	}
	w.quieten(rule)
	if w.app.edition == disclosure.Public {
		w.app.released = append(w.app.released, w.evaluated.Values...)
	}
	w.discloseSeries()
	return nil
}

// dropRepeated leaves out values that are there twice: a place asked for is also a
// level of its own breakdown by place.
func (w *work) dropRepeated() {
	seen := map[string]bool{}
	w.evaluated.Values = filtered(w.evaluated.Values, func(v analysis.Value) bool {
		key := valueKey(v)
		fresh := !seen[key]
		seen[key] = true
		return fresh
	})
}

// repeatPublished prints once more what was published of a value that is withheld
// now only to protect others: a number that is out tells nothing new, and a figure
// that vanishes would.
func (w *work) repeatPublished() {
	if w.app.edition != disclosure.Public || len(w.ledger.earlier) == 0 {
		return
	}
	last := map[string]analysis.Value{}
	for _, v := range w.ledger.values() {
		last[valueKey(v)] = v
	}
	entry := map[string]int{}
	for k, e := range w.withheld {
		entry[strings.Join([]string{e.Code, e.Period, e.Place, e.Group.String()}, "\x00")] = k
	}
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		said, known := last[valueKey(*v)]
		at, logged := entry[valueKey(*v)]
		if v.State != analysis.Confidential || !known || !logged || said.State.Withheld() || said.Definition != v.Definition {
			continue
		}
		e := &w.withheld[at]
		if e.Why != disclosure.Complementary && e.Why != disclosure.Differencing {
			continue // sensitive itself
		}
		e.Why, e.Detail = disclosure.Frozen, "what came since would tell of a few people elsewhere"
		v.Estimate, v.Numerator, v.Denominator, v.State, v.Reason = said.Estimate, said.Numerator, said.Denominator, said.State, ""
		v.Flags = []string{"as published before; what came since would tell of a few people"}
	}
}

// rule is what the city declares, for the run's edition.
func (w *work) rule(ctx context.Context) (disclosure.Rule, error) {
	s := w.project.settings.Privacy
	rule := disclosure.Rule{
		Smallest: w.smallestCell(), People: w.people(), Source: w.rowsOf, Records: w.records(), Places: w.project.places,
		Round: s.round(), Edition: cmp.Or(w.app.edition, disclosure.Internal),
	}
	rule.Dominance, rule.PPercent = s.moneyRules()
	if w.app.edition == disclosure.Public {
		rule.Published = w.ledger.reports(w.app.released)
		for k, report := range rule.Published {
			rule.Published[k], _ = withDenominators(report, w.protectedDenominators())
		}
	}
	var err error
	if rule.Dominance.Top > 0 || rule.PPercent > 0 {
		rule.Contributions, err = w.contributions(ctx, max(2, rule.Dominance.Top))
	}
	return rule, err
}

// contributions answers who gave most to a total of money.
func (w *work) contributions(ctx context.Context, top int) (_ func(analysis.Value) []float64, err error) {
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	setup := w.project.setup(w.relations)
	setup.Catalogue = w.withDenominatorTotals(setup.Catalogue)
	values, _ := withDenominators(w.evaluated.Values, w.protectedDenominators())
	return indicators.Contributions(ctx, warehouse, setup, w.contributors(), values, top)
}

// discloseSeries looks the values of every series up among those that may be
// shown, and compares what is left.
func (w *work) discloseSeries() {
	key := func(v analysis.Value) string { return v.Code + "\x00" + v.Period.Label }
	shown := map[string]analysis.Value{}
	for _, v := range w.evaluated.Values {
		if len(v.Group) == 0 && v.Place == "" {
			shown[key(v)] = v
		}
	}
	for code, s := range w.series {
		for k, v := range s.trend {
			if now, known := shown[key(v)]; known {
				s.trend[k] = now
			}
		}
		if now, known := shown[key(s.headline)]; known && !s.headline.State.Withheld() {
			if s.headline.State == analysis.CarriedForward && !now.State.Withheld() {
				now.State, now.Reason = s.headline.State, s.headline.Reason
			}
			s.headline = now
		}
		indicator, _ := w.project.catalogue.Find(code)
		w.compare(s, indicator.Better)
	}
}

// compare sets the headline against the first value of its series that is shown.
func (w *work) compare(s *series, better string) {
	if s.headline.State == analysis.Confidential {
		s.baseline = analysis.Value{}
		s.change = analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN(), Reason: "the figure is confidential"}
		return
	}
	upTo := slices.IndexFunc(s.trend, func(v analysis.Value) bool { return v.Period == s.headline.Period })
	s.baseline = progress.Baseline(s.trend[:upTo+1])
	s.change = progress.Compare(s.baseline, s.headline, better, w.evaluated.Correlation(s.baseline, s.headline))
}

// countsRows finds a caveat that counts rows of the group itself.
var countsRows = regexp.MustCompile(`^\d+ rows have a numerator`)

// quieten takes out of caveats and reasons what counts a few people: a group all
// of whose rows are empty is as small as it is.
func (w *work) quieten(rule disclosure.Rule) {
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		if math.IsInf(rule.People(*v), 1) || len(v.Group) == 0 && v.Place == "" || w.app.edition == disclosure.Internal {
			continue
		}
		if v.State == analysis.Missing && v.Missing > 0 {
			v.Missing, v.Reason = 0, "none of its rows says"
		}
		if w.app.edition == disclosure.Public {
			v.Missing = 0 // with n it would give away how many there are of a group hidden elsewhere
		}
		v.Flags = slices.DeleteFunc(slices.Clone(v.Flags), countsRows.MatchString)
	}
}

// rowsOf names the rows an indicator is about: its relation and the conditions
// that restrict it.
func (w *work) rowsOf(code string) string {
	of, isDenominator := strings.CutSuffix(code, denominatorMark)
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code != of {
			continue
		}
		if isDenominator {
			return w.denominatorRows(c)
		}
		i := c.Indicator
		name := strings.Join(append(slices.Clone(c.Sources[:min(1, len(c.Sources))]), i.Population.Value), "\x00")
		if i.Denominator != nil {
			return name + "\x00" + i.Denominator.Where.Value
		}
		return name + "\x00" + i.Numerator.Where.Value
	}
	return code
}

// people counts the people behind a value. Rows of surveys and participation
// records are people, unless the record itself counts persons; then the
// numerator is that count. Other rows are not people. Where the city withholds
// zeros, how many people a cell of nobody stands for counts as unknown.
func (w *work) people() func(analysis.Value) float64 {
	kinds := map[string]string{}
	for _, r := range w.relations {
		kinds[r.Name] = r.Kind
	}
	personal, counted := map[string]bool{}, map[string]bool{}
	for _, c := range w.evaluated.Coverage {
		code := c.Indicator.Code
		counted[code] = strings.Contains(c.Indicator.Numerator.Value.Value, "persons")
		if len(c.Sources) > 0 {
			personal[code] = kinds[c.Sources[0]] == "survey" || kinds[c.Sources[0]] == "participation"
		}
	}
	denominators, beside := w.protectedDenominators(), map[string]bool{}
	withheld := w.project.settings.Privacy.Zeros.Value == "withhold"
	count := func(v analysis.Value) float64 {
		if of, isDenominator := strings.CutSuffix(v.Code, denominatorMark); isDenominator {
			return peopleIn(denominators[of], v)
		}
		switch {
		case !personal[v.Code]:
			return math.Inf(1)
		case v.Numerator == 0 && (withheld || beside[valueKey(v)]):
			return math.NaN()
		case counted[v.Code]:
			return v.Numerator
		case v.Sampled() || math.IsNaN(v.Numerator):
			return float64(v.N)
		}
		return min(float64(v.N), v.Numerator)
	}
	beside = w.besideFew(count)
	return count
}

// peopleIn counts the people a denominator of a kind stands for. How many answers
// stand behind a weighted one is not known here.
func peopleIn(kind string, v analysis.Value) float64 {
	switch {
	case kind == "participation":
		return v.Numerator
	case kind == "survey" && (v.Place != "" || len(v.Group) > 0):
		return math.NaN()
	}
	return math.Inf(1)
}

// methodOfPrivacy says in plain words how small cells are treated.
func (w *work) methodOfPrivacy() string {
	text := fmt.Sprintf("Cells of fewer than %d people are withheld, with a further cell where subtraction would give one away; %d values were withheld in this report.", w.smallestCell(), w.hidden)
	if base := w.project.settings.Privacy.round(); base > 0 {
		text = fmt.Sprintf("Counts of people are rounded to multiples of %d so that nobody can be told, and rates are made from rounded counts; %d values were withheld in this report.", base, w.hidden)
	}
	if top, p := w.project.settings.Privacy.moneyRules(); top.Top > 0 || p > 0 {
		text += " Amounts of which one or two contributors make up most are withheld likewise."
	}
	return text + " Confidential (withheld to protect people and contributors) is not the same as unreliable (too uncertain to show)."
}
