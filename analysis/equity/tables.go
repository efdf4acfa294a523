package equity

import (
	"math"

	"pediment/analysis"
)

// number is a cell that is empty where the number is unknown.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// population is how many people the group has, empty where only answers are counted.
func (v *panel) population(g *Group) any {
	if math.IsNaN(v.people) {
		return nil
	}
	return number(g.Population)
}

// answers is the number of respondents of a sampled value.
func answers(g *Group) any {
	if !g.Value.Sampled() {
		return nil
	}
	return g.Value.N
}

func measuresTable(list []*study, spending []*flow) analysis.Table {
	t := analysis.Table{Name: "measures", Columns: analysis.Columns("code", "name", "by", "period", "measure", "label", "value:number", "low:number", "high:number", "se:number", "p:number", "unit", "sentence")}
	for _, s := range list {
		for _, m := range s.rows {
			t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, m.measure, m.label, m.value, number(m.low), number(m.high), number(m.se), number(m.p), m.unit, m.sentence})
		}
	}
	for _, f := range spending {
		for _, m := range f.measures() {
			t.Rows = append(t.Rows, []any{f.Code, f.name(), "place", f.Period.Label, m.measure, m.label, m.value, number(m.low), number(m.high), nil, nil, m.unit, m.sentence})
		}
	}
	return t
}

func groupsTable(list []*study) analysis.Table {
	t := analysis.Table{Name: "groups", Columns: analysis.Columns("code", "name", "by", "period", "group", "value:number", "low:number", "high:number", "n:integer:answers", "population:number:people",
		"gap:number", "gap_low:number", "gap_high:number", "behind", "people:number:people", "unit")}
	for _, s := range list {
		for _, g := range s.standings {
			v := s.group(g.k)
			t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, v.label(), s.y[g.k], number(v.Value.Low), number(v.Value.High), answers(v), s.population(v),
				g.gap.value, number(g.gap.low), number(g.gap.high), g.behind, number(g.people), s.Unit})
		}
	}
	return t
}

func furthestTable(list []*study) analysis.Table {
	t := analysis.Table{Name: "furthest", Columns: analysis.Columns("code", "name", "by", "period", "group", "value:number", "average:number", "average_of", "gap:number", "gap_low:number", "gap_high:number",
		"p:number", "behind", "n:integer:answers", "population:number:people", "people:number:people", "people_to_best:number:people", "not_shown:integer:groups", "unit", "sentence")}
	for _, s := range list {
		g, ok := furthest(s.standings)
		if !ok || len(s.y) < 2 {
			continue
		}
		v := s.group(g.k)
		t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, v.label(), s.y[g.k], s.against.value, s.against.of, g.gap.value, number(g.gap.low), number(g.gap.high),
			number(g.gap.p), g.behind, answers(v), s.population(v), number(g.people), number(g.toBest), int64(s.notShown()), s.Unit, s.furthestSentence(g)})
	}
	return t
}

// notShown counts the groups that are withheld.
func (v *panel) notShown() int { return len(v.left) + v.Withheld }

// leftTable names the groups that are not shown, and those shown but not named as
// behind, and why.
func leftTable(list []*study) analysis.Table {
	t := analysis.Table{Name: "left_out", Columns: analysis.Columns("code", "name", "by", "period", "group", "what", "why")}
	for _, s := range list {
		for _, l := range s.left {
			t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, l.group, "not shown", l.why})
		}
		if s.Withheld > 0 {
			t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, plural(s.Withheld, "group", "groups"), "not shown", "withheld"})
		}
		for k := range s.y {
			if !s.named[k] {
				t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Period.Label, s.label(k), "shown, but not named as best or behind", s.doubt[k]})
			}
		}
	}
	return t
}
