package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// comparison is the value against the first comparable one of its own series.
func (x *explained) comparison() analysis.Change {
	v := x.value
	if v.State == analysis.Confidential {
		return analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN(), Reason: "the figure is confidential"}
	}
	if s := x.series[v.Code]; s != nil && len(v.Group) == 0 && v.Place == "" && v.Period == s.headline.Period {
		return s.change
	}
	var series []analysis.Value
	for _, other := range x.evaluated.Values {
		if other.Code == v.Code && other.Place == v.Place && other.Group.String() == v.Group.String() && other.Period.Compare(v.Period) <= 0 {
			series = append(series, other)
		}
	}
	first := progress.Baseline(series)
	return progress.Compare(first, v, x.coverage.Indicator.Better, x.evaluated.Correlation(first, v))
}

// comparisonTable is the change since the baseline, tested.
func (x *explained) comparisonTable() analysis.Table {
	t := analysis.Table{Name: "comparison", Columns: analysis.Columns("what", "from", "to", "value:number", "unit", "se:number", "p:number", "status")}
	c := x.comparison()
	if math.IsNaN(c.Difference) {
		return t
	}
	unit := x.value.Unit
	if unit == "percent" {
		unit = "percentage points"
	}
	t.Rows = append(t.Rows, []any{"change", c.From, c.To, c.Difference, unit, number(c.SE), number(c.P), string(c.Status)})
	return t
}

// comparedWords says how the change was judged, or why there is none.
func (x *explained) comparedWords() []string {
	if x.coverage.Missing != "" {
		return nil
	}
	switch c := x.comparison(); {
	case c.Reason != "":
		return []string{"No change is given: " + c.Reason + "."}
	case math.IsNaN(c.Difference):
		return []string{"There is nothing yet to compare it with."}
	case math.IsNaN(c.SE):
		return []string{"Neither figure is a sample’s, so the change is judged as it is printed."}
	default:
		return []string{"The change counts only when it is larger than sampling error explains (two-sided test at 5 %)."}
	}
}

// usesTable lists what rests on the indicator besides its own entry.
func (x *explained) usesTable() analysis.Table {
	t := analysis.Table{Name: "uses", Columns: analysis.Columns("where", "what")}
	t.Rows = slices.Concat(x.planUses(), x.indexUses(), x.appraisalUses(), x.qualityUses())
	return t
}

// planUses are the targets of the plan about the indicator.
func (x *explained) planUses() (rows [][]any) {
	if x.project.plan == nil {
		return nil
	}
	for _, m := range x.project.plan.Measures() {
		if m.Code.Value != x.value.Code {
			continue
		}
		text := "target " + m.ID
		if last, ok := m.Last(); ok && !math.IsNaN(last.Value) {
			text += fmt.Sprintf(": %g by %s", last.Value, last.Period.Label)
		}
		rows = append(rows, []any{planFile, text})
	}
	return rows
}

// indexUses are the places of the indicator in the index.
func (x *explained) indexUses() (rows [][]any) {
	s := x.project.settings.Index
	var walk func(groups []indexGroup, above []string)
	walk = func(groups []indexGroup, above []string) {
		for _, g := range groups {
			path := append(slices.Clone(above), g.Name)
			if slices.ContainsFunc(g.Indicators, func(t analysis.Text) bool { return t.Value == x.value.Code }) {
				rows = append(rows, []any{projectFile, "index: " + strings.Join(path, " › ")})
			}
			walk(g.Groups, path)
		}
	}
	walk(s.Tree, nil)
	if len(rows) == 0 && slices.ContainsFunc(s.Indicators, func(t analysis.Text) bool { return t.Value == x.value.Code }) {
		rows = append(rows, []any{projectFile, "index"})
	}
	return rows
}

// appraisalUses are the assumptions of appraisals that take their value from it.
func (x *explained) appraisalUses() (rows [][]any) {
	for _, a := range x.project.appraisals {
		for _, assumption := range a.Assumptions {
			if link := assumption.Indicator; link != nil && link.Code.Value == x.value.Code {
				rows = append(rows, []any{appraisalsFolder + "/" + a.Name + ".yaml", "assumption " + assumption.ID + ": " + assumption.Label})
			}
		}
	}
	return rows
}

// qualityUses are the pairs of sources it is one of.
func (x *explained) qualityUses() (rows [][]any) {
	for _, t := range x.project.settings.Quality.Triangulate {
		if slices.ContainsFunc(t.Codes, func(c analysis.Text) bool { return c.Value == x.value.Code }) {
			rows = append(rows, []any{projectFile, "two sources compared: " + t.Name})
		}
	}
	return rows
}
