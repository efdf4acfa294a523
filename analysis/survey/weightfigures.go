package survey

import (
	"context"
	"math"
	"slices"
	"strconv"
)

// firstWeights is how many weights of the first rows are listed.
const firstWeights = 200

// weightFigures answers an ask for the final weights: their sum, sum of squares,
// smallest, largest and number, what unequal weights cost, and the first few.
func (e *estimation) weightFigures(ctx context.Context, a Ask) ([]Answer, error) {
	parts := make([]weightCount, e.rows.Workers())
	for k := range parts {
		parts[k].low, parts[k].high = math.Inf(1), math.Inf(-1)
	}
	err := e.each(ctx, nil, nil, func(worker int, p portion) error {
		parts[worker].take(p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		all.n += part.n
		all.low, all.high = min(all.low, part.low), max(all.high, part.high)
		all.weights = append(all.weights, part.weights...)
	}
	slices.SortFunc(all.weights, func(a, b numbered) int { return int(a.row - b.row) })
	sum, squares, err := e.weightSums(ctx)
	if err != nil {
		return nil, err
	}
	d := Diagnose(all.n, sum, squares, all.low, all.high)
	names := []string{"sum", "sum_sq", "min", "max", "n", "ratio", "deff", "n_eff"}
	var answers []Answer
	for k, x := range []float64{d.Sum, d.SumOfSquares, d.Min, d.Max, float64(d.N), d.Ratio, d.DEFF, d.EffectiveN} {
		answer := a.blank()
		answer.Name, answer.Value, answer.N = names[k], x, d.N
		answers = append(answers, answer)
	}
	for k, w := range all.weights[:min(len(all.weights), firstWeights)] {
		answer := a.blank()
		answer.Name, answer.Level, answer.Value = "first", strconv.Itoa(k+1), w.weight
		answers = append(answers, answer)
	}
	return answers, nil
}

// numbered is the weight of a row.
type numbered struct {
	row    int64
	weight float64
}

// weightCount is what one goroutine finds of the weights.
type weightCount struct {
	n         int64
	low, high float64
	weights   []numbered // of the first rows
}

func (c *weightCount) take(p portion) {
	for row, w := range p.weights[0][:p.Rows] {
		if w != w {
			continue
		}
		c.n++
		c.low, c.high = min(c.low, w), max(c.high, w)
		c.weights = append(c.weights, numbered{p.First + int64(row), w})
	}
	if len(c.weights) > 16*firstWeights {
		slices.SortFunc(c.weights, func(a, b numbered) int { return int(a.row - b.row) })
		c.weights = c.weights[:firstWeights]
	}
}

// weightSums adds up the weights and their squares.
func (e *estimation) weightSums(ctx context.Context) (sum, squares float64, err error) {
	scale, square := usualScale, usualScale
	for {
		parts, most := make([][2]exact, e.rows.Workers()), make([]float64, e.rows.Workers())
		err = e.each(ctx, nil, nil, func(worker int, p portion) error {
			for _, w := range p.weights[0][:p.Rows] {
				if w == w {
					most[worker] = max(most[worker], math.Abs(w))
					parts[worker][0].add(fixed(math.Ldexp(w, scale)))
					parts[worker][1].add(fixed(math.Ldexp(w*w, square)))
				}
			}
			return nil
		})
		if err != nil {
			return 0, 0, err
		}
		for _, part := range parts[1:] {
			addAll(parts[0][:], part[:])
		}
		largest := slices.Max(most)
		better, betterSquare := scaling(largest, e.frame.rows), scaling(largest*largest, e.frame.rows)
		if better == scale && betterSquare == square {
			return parts[0][0].float(scale), parts[0][1].float(square), nil
		}
		scale, square = better, betterSquare
	}
}
