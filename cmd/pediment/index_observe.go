package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/composite"
)

// observePlaces fills the setup from the values by place that may be shown.
func (w *work) observePlaces(setup *composite.Setup) analysis.Problems {
	s := w.project.settings.Index
	values := w.byPlace()
	units, problems := w.indexPlaces(values)
	if len(problems) > 0 {
		return problems
	}
	setup.Units = units
	setup.Word, setup.Words = "place", "places"
	if kind := w.kindOf(units); kind != "" {
		setup.Word, setup.Words = kind, pluralKind(kind)
	}
	for _, code := range w.indexCodes(values) {
		setup.Indicators = append(setup.Indicators, w.project.indexIndicator(code))
	}
	periods := observed{calendar: w.project.calendar}
	for _, v := range values {
		place := v.Group.Level("place")
		periods.add(setup, w.withPlannedError(v, place), place)
	}
	setup.Shown = w.askedYears(s.Periods)
	periods.name(setup)
	return nil
}

// byPlace are the values up to the reporting year of the city's places alone.
func (w *work) byPlace() []analysis.Value {
	var list []analysis.Value
	for _, v := range w.evaluated.Values {
		if len(v.Group) == 1 && v.Group[0].Column == "place" && v.Place == "" && !w.after(v.Period) {
			list = append(list, v)
		}
	}
	return list
}

// withPlannedError is a value with the error the plan declares for it where it has
// no sampling error of its own. It is declared as a share, so it comes to less the
// smaller the value is.
func (w *work) withPlannedError(v analysis.Value, place string) analysis.Value {
	if share := w.plannedError(v.Code, place); !v.Sampled() && share > 0 {
		v.SE = share * math.Abs(v.Value)
	}
	return v
}

// plannedError is the relative standard error that plan.yaml declares for an
// indicator in a place, else for the city as a whole, the largest where several
// measures say; 0 where none does. Errors of groups of people are of other values.
func (w *work) plannedError(code, place string) float64 {
	if w.project.plan == nil {
		return 0
	}
	own, whole := 0.0, 0.0
	for _, m := range w.project.plan.Measures() {
		switch {
		case m.Code.Value != code || len(m.Group) > 0 || !(m.Error > 0):
		case m.Place.Value == place:
			own = max(own, m.Error)
		case m.Place.Value == "":
			whole = max(whole, m.Error)
		}
	}
	return cmp.Or(own, whole)
}

// warnPlanned names the indicators whose errors are those the plan declares.
func (w *work) warnPlanned(setup composite.Setup, result *analysis.Result) {
	var names []string
	for _, i := range setup.Indicators {
		declared := func(v analysis.Value) bool {
			return v.Code == i.Code && !v.Sampled() && !math.IsNaN(v.Value) && w.plannedError(i.Code, v.Group.Level("place")) > 0
		}
		if slices.ContainsFunc(w.evaluated.Values, declared) {
			names = append(names, i.Name)
		}
	}
	if len(names) > 0 {
		result.Warn("index", "errors of "+list(names)+" are those plan.yaml declares, the same share of each value")
	}
}

// indexCodes are the indicators asked for; else those with a direction and values
// by place. Counts that grow with the size of a place do not go in unasked.
func (w *work) indexCodes(values []analysis.Value) []string {
	s := w.project.settings.Index
	var codes []string
	for _, t := range s.Indicators {
		codes = append(codes, t.Value)
	}
	if len(codes) > 0 {
		return codes
	}
	if len(s.Tree) > 0 {
		return leafCodes(s.tree())
	}
	for _, code := range w.project.catalogue.Codes() {
		i, _ := w.project.catalogue.Find(code)
		_, directed := s.Better[code]
		count := i.Kind == "total" || i.Kind == "distinct" || i.Kind == "" && i.Denominator == nil
		has := slices.ContainsFunc(values, func(v analysis.Value) bool { return v.Code == code && !math.IsNaN(v.Value) })
		if has && !count && (directed || i.Better == "higher" || i.Better == "lower") {
			codes = append(codes, code)
		}
	}
	return codes
}

func leafCodes(n composite.Node) []string {
	var codes []string
	for _, leaf := range n.Indicators {
		codes = append(codes, leaf.Code)
	}
	for _, g := range n.Groups {
		codes = append(codes, leafCodes(g)...)
	}
	return codes
}

// indexPlaces are the places an index compares: those of one kind below the
// topmost, or all that have values where places.csv lists none.
func (w *work) indexPlaces(values []analysis.Value) ([]composite.Unit, analysis.Problems) {
	s, places := w.project.settings.Index, w.project.places
	var units []composite.Unit
	var kinds []string
	if len(places) == 0 {
		seen := map[string]bool{}
		for _, v := range values {
			seen[v.Group.Level("place")] = true
		}
		for _, code := range slices.Sorted(maps.Keys(seen)) {
			if code != "" {
				units = append(units, composite.Unit{Code: code, Name: code})
			}
		}
		return units, nil
	}
	for _, place := range places {
		if place.Parent == "" || s.Kind.Value != "" && place.Kind != s.Kind.Value {
			continue
		}
		if !slices.Contains(kinds, place.Kind) {
			kinds = append(kinds, place.Kind)
		}
		units = append(units, composite.Unit{Code: place.Code, Name: places.Name(place.Code), Group: place.Parent})
	}
	if len(kinds) > 1 {
		return nil, analysis.Problems{{Position: s.At, Message: "index: places.csv has places of several kinds: " + list(kinds), Hint: "write kind: and one of them"}}
	}
	if len(units) == 0 && s.Kind.Value != "" {
		return nil, analysis.Problems{{Position: s.Kind.At, Message: fmt.Sprintf("index: kind: places.csv has no places of kind %q", s.Kind.Value), Hint: "kinds stand in its column kind"}}
	}
	if len(units) == 0 {
		return nil, analysis.Problems{{Position: s.At, Message: "index: places.csv has no places below the city", Hint: "list the districts in it, with the city's code as parent"}}
	}
	return units, nil
}

// unlisted are the codes of places that have values and are not in places.csv.
func (w *work) unlisted(values []analysis.Value) []string {
	var codes []string
	for _, v := range values {
		code := v.Group.Level("place")
		_, listed := w.project.places.Find(code)
		if len(w.project.places) > 0 && code != "" && !listed && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// kindOf is what the first of the units is called in places.csv.
func (w *work) kindOf(units []composite.Unit) string {
	if len(units) == 0 {
		return ""
	}
	place, _ := w.project.places.Find(units[0].Code)
	return place.Kind
}

// pluralKind is the plural of a kind of place.
func pluralKind(kind string) string {
	if n := len(kind) - 1; n > 0 && kind[n] == 'y' {
		return kind[:n] + "ies"
	}
	return kind + "s"
}

// askedYears are the labels of the years asked for.
func (w *work) askedYears(texts []analysis.Text) []string {
	var years []string
	for _, t := range texts {
		if p, err := w.project.calendar.ParsePeriod(t.Value); err == nil { // checked with the settings
			years = append(years, w.project.calendar.JoinYear(p).Label)
		}
	}
	return years
}

// observed gathers observations by calendar year, the longest period of a year
// before shorter ones.
type observed struct {
	calendar analysis.Calendar
	years    []analysis.Period
	months   map[string]int    // of the observation there is
	called   map[string]string // years by what all their observations call them
}

// add adds a value and reports whether it did.
func (o *observed) add(setup *composite.Setup, v analysis.Value, unit string) bool {
	year := o.calendar.JoinYear(v.Period)
	key := unit + "\x00" + v.Code + "\x00" + year.Label
	if o.months == nil {
		o.months, o.called = map[string]int{}, map[string]string{}
	}
	if have, ok := o.months[key]; ok && have > v.Period.Months() {
		return false
	}
	o.months[key] = v.Period.Months()
	if !slices.Contains(o.years, year) {
		o.years = append(o.years, year)
		o.called[year.Label] = v.Period.Label
	}
	if o.called[year.Label] != v.Period.Label {
		o.called[year.Label] = year.Label
	}
	one := composite.Observation{Unit: unit, Indicator: v.Code, Period: year.Label, Value: v.Value, SE: v.SE, Definition: v.Definition}
	if v.State.Withheld() || v.State == analysis.Partial {
		one.Value, one.SE = math.NaN(), math.NaN()
		one.Reason = cmp.Or(v.Reason, string(v.State))
	}
	setup.Observations = append(setup.Observations, one)
	return true
}

// name calls years as all their observations do, 2023/24 or FY2023 where no other
// kind of year meets them, and puts them in order.
func (o *observed) name(setup *composite.Setup) {
	slices.SortFunc(o.years, analysis.Period.Compare)
	for _, year := range o.years {
		setup.Periods = append(setup.Periods, o.called[year.Label])
	}
	for k := range setup.Observations {
		one := &setup.Observations[k]
		one.Period = o.called[one.Period]
	}
	for k, year := range setup.Shown {
		setup.Shown[k] = cmp.Or(o.called[year], year)
	}
}
