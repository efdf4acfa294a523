package survey

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"pediment/analysis"
)

// margin is one variable's population totals beside the cells of the sample.
type margin struct {
	variable string
	levels   []string  // by code
	totals   []float64 // by code, 0 for codes without rows
	level    []int32   // code of each cell
}

// margins reads the variables of a post-stratification or raking: their totals,
// checked against the rows, and the sums of weights by cell of all of them.
func (f *fitting) margins(ctx context.Context) ([]margin, *cells, error) {
	if err := cmp.Or(f.repeated(), f.Population.unused(f.Vars, nil).Err()); err != nil {
		return nil, nil, err
	}
	r := auxiliary{texts: f.Vars, combined: len(f.Vars)}
	in, err := f.inspect(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	var problems analysis.Problems
	margins := make([]margin, len(f.Vars))
	for k, variable := range f.Vars {
		m := margin{variable: variable, levels: f.rows.Texts(variable)}
		m.totals = make([]float64, len(m.levels))
		for _, codes := range in.keys.codes {
			m.level = append(m.level, codes[k])
		}
		problems = append(problems, m.match(f.Population[variable], in.seen[k])...)
		margins[k] = m
	}
	if err := cmp.Or(problems.Err(), f.Population.sameSums(f.Vars)); err != nil {
		return nil, nil, err
	}
	c, err := f.cellSums(ctx, r, in)
	return margins, c, err
}

// repeated reports variables named twice, and that there are none.
func (f *fitting) repeated() error {
	if len(f.Vars) == 0 {
		return analysis.Problem{Message: "the calibration names no variables", Hint: "name the columns the population totals are about"}
	}
	for i, v := range f.Vars {
		if slices.Contains(f.Vars[:i], v) {
			return analysis.Problem{Message: fmt.Sprintf("the calibration names %q twice", v), Hint: "name it once"}
		}
	}
	return nil
}

// match takes over the totals of the levels that have rows, and reports levels
// that only the rows or only the totals have.
func (m *margin) match(totals map[string]float64, seen []int64) analysis.Problems {
	problems := levelProblems(m.variable, m.levels, totals, seen)
	for code, rows := range seen {
		if rows > 0 {
			m.totals[code] = totals[m.levels[code]]
		}
	}
	return problems
}

// levelProblems compares the levels of a variable's rows with those that have a
// population total: each needs the other.
func levelProblems(variable string, levels []string, totals map[string]float64, seen []int64) analysis.Problems {
	var problems analysis.Problems
	complain := func(level, message, hint string, a ...any) {
		problems = append(problems, analysis.Problem{Message: levelName(variable, level) + " " + fmt.Sprintf(message, a...), Hint: hint})
	}
	found := map[string]bool{}
	for code, rows := range seen {
		level := levels[code]
		if rows == 0 {
			continue
		}
		found[level] = true
		if total, ok := totals[level]; !ok {
			hint := analysis.Suggest(level, slices.Sorted(maps.Keys(totals)))
			complain(level, "has %d rows and no population total", cmp.Or(hint, "add its total"), rows)
		} else if total == 0 {
			complain(level, "has %d rows though its population total is 0", "correct the total, or leave those rows out with a filter", rows)
		}
	}
	for _, level := range slices.Sorted(maps.Keys(totals)) {
		if total := totals[level]; badTotal(total) {
			complain(level, "has the population total %v", "a total counts people: 0 or more", total)
		} else if !found[level] && total > 0 {
			hint := analysis.Suggest(level, slices.Sorted(maps.Keys(found)))
			complain(level, "has a population total of %v and no rows", cmp.Or(hint, "merge it with another level, in the rows and in the totals"), total)
		}
	}
	return problems
}

// sums adds up the weights of cells by level.
func (m *margin) sums(weights []float64) []float64 {
	sums := make([]float64, len(m.levels))
	for cell, w := range weights {
		sums[m.level[cell]] += w
	}
	return sums
}

// meet scales the weights of cells so that every level meets its total.
func (m *margin) meet(weights []float64, replicate int) error {
	sums := m.sums(weights)
	for code, total := range m.totals {
		if total > 0 && !(sums[code] > 0) {
			return analysis.Problem{
				Message: fmt.Sprintf("the weights of %s add up to %v%s", levelName(m.variable, m.levels[code]), sums[code], inReplicate(replicate)),
				Hint:    "merge it with another level, in the rows and in the totals",
			}
		}
	}
	for cell := range weights {
		code := m.level[cell]
		weights[cell] *= m.totals[code] / sums[code]
	}
	return nil
}

// inReplicate says which replicate a message is about.
func inReplicate(replicate int) string {
	if replicate == 0 {
		return ""
	}
	return fmt.Sprintf(" in replicate %d", replicate)
}

// cellAdjustment is an adjustment whose x is the indicator of a row's cell.
func cellAdjustment(texts []string, c *cells, ratios [][]float64) *adjustment {
	return &adjustment{
		texts:  texts,
		length: len(c.keys.codes),
		place: func(_ []float64, texts []int32, into []regressor) []regressor {
			if cell := c.keys.number(texts); cell >= 0 {
				into = append(into, regressor{cell, 1})
			}
			return into
		},
		ratio: func(x []regressor, replicate int) float64 { return ratios[replicate][x[0].index] },
	}
}
