package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/equity"
	"pediment/indicators"
)

// spending is who receives the money of the reporting year by place, beside the
// need the city declares; nothing where the budget does not say where.
func (g *groupings) spending(ctx context.Context) ([]equity.Spending, error) {
	has := func(r analysis.Relation) bool { return r.Kind == "budget" && r.Has("place") }
	if !slices.ContainsFunc(g.relations, has) {
		if g.project.settings.Equity.Need != nil {
			g.warn("need: no budget says what was spent where, so nothing is held against it")
		}
		return nil, nil
	}
	result, err := g.budget(ctx)
	problems, err := asProblems(err)
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		g.warn("spending by place is left out: %s", p.String())
	}
	s, ok := g.spentBy(tableOf(result, "place"))
	if !ok {
		return nil, nil
	}
	g.addNeed(&s)
	return []equity.Spending{s}, nil
}

// spentBy reads the spending of the reporting year off the budget's table place.
func (g *groupings) spentBy(t analysis.Table) (s equity.Spending, ok bool) {
	year, phase, code := columnNamed(t, "year"), columnNamed(t, "phase"), columnNamed(t, "place")
	name, amount, residents, state := columnNamed(t, "name"), columnNamed(t, "nominal"), columnNamed(t, "residents"), columnNamed(t, "state")
	calendar := g.project.calendar
	for _, row := range t.Rows {
		period, err := calendar.ParsePeriod(fmt.Sprint(row[year]))
		if err != nil || calendar.JoinYear(period).Label != g.year.Label {
			continue
		}
		if row[code] == "" {
			if x := amountOf(row[amount]); !math.IsNaN(x) {
				s.Unplaced += x
			}
			continue
		}
		if row[state] != "" {
			g.warn("spending by place is left out: %s is incomplete", period.Label)
			return s, false
		}
		s.Period, s.Currency = period, t.Columns[amount].Unit
		s.Code, s.Name = "spending", "Spending by "+g.setLabel([]string{"place"})
		if row[phase] != "executed" {
			s.Name += fmt.Sprintf(" (%s)", row[phase])
		}
		s.Places = append(s.Places, equity.Receiver{
			Place: fmt.Sprint(row[code]), Label: cmp.Or(g.project.places.Name(fmt.Sprint(row[code])), fmt.Sprint(row[name])),
			Amount: amountOf(row[amount]), Population: amountOf(row[residents]), Need: math.NaN(),
		})
	}
	s.Source = "budget"
	return s, len(s.Places) > 1
}

// amountOf is a cell's number, NaN where it has none.
func amountOf(cell any) float64 {
	if x, ok := cell.(float64); ok {
		return x
	}
	return math.NaN()
}

// addNeed puts each place's need beside its money, turned so that more is needier.
func (g *groupings) addNeed(s *equity.Spending) {
	n := g.project.settings.Equity.Need
	if n == nil {
		return
	}
	code, from := n.Indicator.Value, g.work
	if code == "" {
		code, from = needCode, g.beside
	}
	found := from.series[code]
	if found == nil {
		g.warn("need: %s has no figures", cmp.Or(n.Name, code))
		return
	}
	entry, _ := from.project.catalogue.Find(code)
	name, turn := turned(entry)
	s.NeedName, s.NeedUnit = cmp.Or(n.Name, name), entry.Unit
	known := 0
	for _, v := range from.evaluated.Values {
		if v.Code != code || v.Period != found.headline.Period || !slices.Equal(v.Group.Columns(), []string{"place"}) || v.State.Withheld() {
			continue
		}
		at := slices.IndexFunc(s.Places, func(r equity.Receiver) bool { return r.Place == v.Group.Level("place") })
		if at >= 0 {
			s.Places[at].Need, s.Places[at].NeedSE = turn(v.Value), errorOf(v)
			known++
		}
	}
	if known == 0 {
		g.warn("need: %s is not known for any place with spending", s.NeedName)
		s.NeedName, s.NeedUnit = "", ""
	}
}

// errorOf is the standard error of a value, 0 for those of registers and infinite where
// nobody can state it. One of 0, which shares of 0 and 100 percent have, is replaced by
// what the width of the interval says.
func errorOf(v analysis.Value) float64 {
	switch {
	case v.ErrorUnknown:
		return math.Inf(1)
	case !v.Sampled():
		return 0
	case v.SE == 0 && v.High > v.Low:
		return (v.High - v.Low) / 2 / 1.96
	}
	return v.SE
}

// turned is the name of the need an indicator stands for and what makes its values
// larger where need is: of a percentage of which more is better what is missing.
func turned(i indicators.Indicator) (name string, turn func(float64) float64) {
	switch {
	case i.Better != "higher":
		return i.Name, func(x float64) float64 { return x }
	case i.Unit == "percent":
		return fmt.Sprintf("what is missing to 100 %% of %q", i.Name), func(x float64) float64 { return 100 - x }
	}
	return fmt.Sprintf("low %q", i.Name), func(x float64) float64 { return -x }
}
