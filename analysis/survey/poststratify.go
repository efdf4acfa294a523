package survey

import (
	"context"
	"slices"

	"pediment/analysis"
)

// postStratify scales the weights of each level g of one variable to its total:
//
//	w = w0·N_g / Σ_g w0    b_g = Σ_g (z·w0/w) / Σ_g w0
func (f *fitting) postStratify(ctx context.Context) (*adjustment, error) {
	if len(f.Vars) > 1 {
		return nil, analysis.Problem{
			Message: "post-stratification takes one variable",
			Hint:    "use rake for several, or one expression that tells their combinations apart",
		}
	}
	margins, c, err := f.margins(ctx)
	if err != nil {
		return nil, err
	}
	ratios := make([][]float64, len(c.weights))
	for replicate, weights := range c.weights {
		after := slices.Clone(weights)
		if err := margins[0].meet(after, replicate); err != nil {
			return nil, err
		}
		ratios[replicate] = quotients(after, weights)
	}
	a := cellAdjustment(f.Vars, c, ratios)
	a.stray = 1
	a.project = func(cross []float64) []float64 { return quotients(cross, c.weights[0]) }
	return a, nil
}

// quotients divides element by element; where the divisor is 0 so is the result.
func quotients(a, b []float64) []float64 {
	q := make([]float64, len(a))
	for i := range a {
		if b[i] != 0 {
			q[i] = a[i] / b[i]
		}
	}
	return q
}
