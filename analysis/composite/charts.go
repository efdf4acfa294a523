package composite

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// mostShown is how many units a chart has room for; of more the first and last are
// shown.
const mostShown = 30

// charts are the scores with their intervals, their parts, and both over time.
func (b *built) charts() []analysis.Chart {
	list := []analysis.Chart{b.dots(), b.parts()}
	if len(b.spans) > 1 && !b.within() {
		list = append(list, b.lines())
	}
	return slices.DeleteFunc(list, func(c analysis.Chart) bool { return len(c.Labels) == 0 })
}

// source says where a chart's figures come from and how many there are.
func (b *built) source() string {
	text := fmt.Sprintf("%s of %s", count(len(b.inputs), "indicator", "indicators"), count(b.lastSpan()[1]-b.lastSpan()[0], b.setup.Word, b.setup.Words))
	if b.setup.Source != "" {
		return b.setup.Source + ", " + text
	}
	return text
}

// drawn lists the rows a chart shows, and what its title says of the rest.
func (b *built) drawn(most int) (rows []int, note string) {
	order := b.ranking(b.sim, b.lastSpan())
	if len(order) <= most {
		return order, ""
	}
	half := most / 2
	return append(slices.Clone(order[:half]), order[len(order)-half:]...), fmt.Sprintf(" (the first and last %d of %d)", half, len(order))
}

func (b *built) names(rows []int) []string {
	list := make([]string, len(rows))
	for k, row := range rows {
		list[k] = b.unit(row).Name
	}
	return list
}

func pickAt(values []float64, rows []int) []float64 {
	list := make([]float64, len(rows))
	for k, row := range rows {
		list[k] = values[row]
	}
	return list
}

func gaps(n int) []float64 {
	list := make([]float64, n)
	for k := range list {
		list[k] = math.NaN()
	}
	return list
}

// dots are the scores of the last period with their intervals.
func (b *built) dots() analysis.Chart {
	rows, note := b.drawn(mostShown)
	period := b.period(rows[0])
	told := 0
	for _, p := range b.pairs {
		if p.told() {
			told++
		}
	}
	leads := having(b.sharing(rows[0])) + " the highest score"
	if last := rows[len(rows)-1]; b.sim.ranks[last] == b.sim.ranks[rows[0]] {
		leads = "All " + b.setup.Words + " have the same score"
	}
	return analysis.Chart{
		Name: "scores", Kind: analysis.Dot, Unit: "score, 0 to 100", Source: b.source(), Labels: b.names(rows),
		Title:  fmt.Sprintf("%s in %s; %d of %s can be told apart%s", leads, period, told, count(len(b.pairs), "pair", "pairs"), note),
		Text:   fmt.Sprintf("Score of each %s in %s with the range of 9 of 10 draws, from %s to %s.", b.setup.Word, period, b.scoreOf(rows[0]), b.scoreOf(rows[len(rows)-1])),
		Series: []analysis.Series{{Name: period, Value: pickAt(b.sim.base.index(), rows), Low: pickAt(b.sim.low, rows), High: pickAt(b.sim.high, rows)}},
	}
}

// parts are what each part adds to the score where it is a sum, else the parts'
// own scores.
func (b *built) parts() analysis.Chart {
	top := len(b.branches) - 1
	rows, note := b.drawn(mostShown)
	members := b.members(top)
	if len(members) < 2 {
		return analysis.Chart{}
	}
	adds := meanAt(b.setup.Aggregate, b.branches[top].height) == Arithmetic && !anyMissing(members, rows) && b.setup.Normalise != ZScore
	chart := analysis.Chart{Name: "parts", Kind: analysis.Bar, Unit: "score, 0 to 100", Source: b.source(), Labels: b.names(rows)}
	chart.Title = "What the score is made of in " + b.period(rows[0]) + note
	chart.Text = "Score of each " + b.setup.Word + " in every part of the index."
	if adds {
		chart.Kind, chart.Unit = analysis.Stack, "points of the score"
		chart.Text = "Points each part adds to the score of each " + b.setup.Word + "."
	}
	for k, one := range members {
		values := pickAt(one.column, rows)
		for i := range values {
			if adds {
				values[i] *= b.weights[top][k]
			}
		}
		chart.Series = append(chart.Series, analysis.Series{Name: one.name, Value: values, Low: gaps(len(rows)), High: gaps(len(rows))})
	}
	return chart
}

func anyMissing(members []member, rows []int) bool {
	return slices.ContainsFunc(members, func(one member) bool {
		return slices.ContainsFunc(rows, func(row int) bool { return math.IsNaN(one.column[row]) })
	})
}

// mostLines is how many units are told apart as lines, mostBands how many with
// their intervals, which cover one another where there are more.
const (
	mostLines = 6
	mostBands = 2
)

// drawnOverTime lists the rows of the last period that are drawn as lines, by rank:
// of many those whose score changed most, a change that is clear before others.
func (b *built) drawnOverTime() (rows []int, note string) {
	order := b.ranking(b.sim, b.lastSpan())
	if len(order) <= mostLines || len(b.changes) == 0 {
		return b.drawn(mostLines)
	}
	moved := slices.Clone(b.changes)
	slices.SortStableFunc(moved, func(x, y movement) int {
		switch {
		case x.clear() == y.clear():
			return compareFloats(math.Abs(y.change), math.Abs(x.change))
		case x.clear():
			return -1
		}
		return 1
	})
	for _, c := range moved[:min(mostLines, len(moved))] {
		rows = append(rows, c.to)
	}
	rows = slices.DeleteFunc(order, func(row int) bool { return !slices.Contains(rows, row) })
	return rows, fmt.Sprintf(" (drawn: the %d of %d that changed most)", len(rows), len(b.ranking(b.sim, b.lastSpan())))
}

// lines are the scores over time.
func (b *built) lines() analysis.Chart {
	rows, note := b.drawnOverTime()
	chart := analysis.Chart{Name: "over time", Kind: analysis.Line, Unit: "score, 0 to 100", Source: b.source(), Title: b.timeTitle() + note}
	for _, span := range b.spans {
		chart.Labels = append(chart.Labels, b.period(span[0]))
	}
	for _, row := range rows {
		s := analysis.Series{Name: b.unit(row).Name, Value: gaps(len(b.spans)), Low: gaps(len(b.spans)), High: gaps(len(b.spans))}
		for t, span := range b.spans {
			for k := span[0]; k < span[1]; k++ {
				if b.rows[k].unit == b.rows[row].unit {
					s.Value[t] = b.sim.base.index()[k]
					if len(rows) <= mostBands {
						s.Low[t], s.High[t] = b.sim.low[k], b.sim.high[k]
					}
				}
			}
		}
		chart.Series = append(chart.Series, s)
	}
	chart.Text = "Score of each " + b.setup.Word + " from " + chart.Labels[0] + " to " + chart.Labels[len(chart.Labels)-1] + "."
	if len(rows) > mostBands {
		chart.Text += " The range of 9 of 10 draws stands in the table of the index."
	}
	return chart
}

// timeTitle says how many scores changed for sure.
func (b *built) timeTitle() string {
	up, down := 0, 0
	for _, c := range b.changes {
		switch {
		case c.clear() && c.rising > .5:
			up++
		case c.clear():
			down++
		}
	}
	if up+down == 0 {
		return "No score can be said to have changed"
	}
	return fmt.Sprintf("Of %d scores %d rose and %d fell; of the others it cannot be told", len(b.changes), up, down)
}
