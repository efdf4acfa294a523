package equity

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// crossing is a group by several columns that is worse off than each of the
// groups it belongs to.
type crossing struct {
	*study
	k       int
	margins []float64 // values of the groups it belongs to, in the order of By
	gap     estimate  // to the nearer of them
	clear   bool      // worse than each by more than chance
}

// crossings finds the groups of a disaggregation by several columns that are worse
// than each of their margins: of women over 65, worse than women and worse than
// all over 65. Margins are Σ p·y of the groups shown, so their covariance with the
// group is exact. It is clear where each gap is, the groups' number minded.
func (s *study) crossings() []crossing {
	if len(s.By) < 2 || !s.judged || !s.weighted {
		return nil
	}
	var list []crossing
	for k := range s.y {
		if len(s.group(k).Levels) != len(s.By) || !s.named[k] {
			continue
		}
		if c, ok := s.crossing(k); ok {
			list = append(list, c)
		}
	}
	return list
}

// byClarity puts the clear ones first and among them those least likely chance.
func byClarity(list []crossing) {
	slices.SortStableFunc(list, func(a, b crossing) int {
		if a.clear != b.clear {
			return map[bool]int{true: -1, false: 1}[a.clear]
		}
		return cmp.Compare(a.gap.p, b.gap.p)
	})
}

func (s *study) crossing(k int) (crossing, bool) {
	c := crossing{study: s, k: k, clear: true, gap: exact(math.Inf(1))}
	for column := range s.By {
		g, margin := s.margin(k, column)
		if g == nil || !s.worse(s.y[k], margin) {
			return c, false
		}
		gap := s.estimate(s.y[k]-margin, g, len(s.y))
		if math.Abs(gap.value) < math.Abs(c.gap.value) {
			c.gap = gap
		}
		c.clear = c.clear && (gap.clear() || s.cov == nil && math.Abs(gap.value) >= material*math.Abs(margin))
		c.margins = append(c.margins, margin)
	}
	return c, true
}

// margin returns the value of everybody with the group's level in the column, and
// the gradient of the group less it; nil where the group is alone in it.
func (s *study) margin(k, column int) (gradient []float64, value float64) {
	people, others := 0.0, 0
	same := func(j int) bool {
		levels := s.group(j).Levels
		return len(levels) == len(s.By) && levels[column] == s.group(k).Levels[column]
	}
	for j := range s.y {
		if same(j) {
			people += s.p[j]
			others++
		}
	}
	if others < 2 {
		return nil, math.NaN()
	}
	gradient = make([]float64, len(s.y))
	for j := range s.y {
		if same(j) {
			gradient[j] = -s.p[j] / people
			value += s.p[j] / people * s.y[j]
		}
	}
	gradient[k]++
	return gradient, value
}

// sentence says how much worse and than whom.
func (c crossing) sentence() string {
	unit := changeUnit(c.Unit)
	levels := c.group(c.k).Labels
	if levels == nil {
		levels = c.group(c.k).Levels
	}
	text := fmt.Sprintf("%s: %s are at %s, worse than each group they belong to (", capital(c.by()), c.label(c.k), c.study.level(c.k))
	for i, margin := range c.margins {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s %s", levels[i], c.amount(margin, c.spreadOf(c.k)))
	}
	return text + fmt.Sprintf("): at least %s%s.", c.gap.text(unit), c.gap.turnedRound().sure(unit))
}

func crossingsTable(list []crossing) analysis.Table {
	t := analysis.Table{Name: "intersections", Columns: analysis.Columns("code", "name", "by", "period", "group", "value:number", "n:integer:answers", "population:number:people",
		"gap:number", "gap_low:number", "gap_high:number", "p:number", "clear:boolean", "unit", "sentence")}
	for _, c := range list {
		g := c.group(c.k)
		t.Rows = append(t.Rows, []any{c.Code, c.name(), c.by(), c.Period.Label, g.label(), c.y[c.k], answers(g), c.population(g),
			c.gap.value, number(c.gap.low), number(c.gap.high), number(c.gap.p), c.clear, c.Unit, c.sentence()})
	}
	return t
}
