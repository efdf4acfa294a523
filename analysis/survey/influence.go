package survey

import (
	"context"
	"math"
)

// statistic is a smooth function of a group's sums.
type statistic struct {
	group    *group
	value    func(sums []float64) float64
	gradient []float64 // ∂value/∂sums at the sample's own
}

// covariance returns the design-based covariance matrix of the statistics. Its
// errors are *ErrLonely and those of reading.
func (s *sample) covariance(ctx context.Context, statistics []statistic) ([][]float64, error) {
	v, refused, err := s.spread(ctx, statistics, true)
	for _, lonely := range refused {
		if err == nil {
			err = lonely
		}
	}
	return v, err
}

// variances returns the diagonal of the covariance matrix alone, and for each
// statistic why it has none: nil or *ErrLonely.
func (s *sample) variances(ctx context.Context, statistics []statistic) ([]float64, []error, error) {
	v, refused, err := s.spread(ctx, statistics, false)
	out := make([]float64, len(v))
	for k := range v {
		out[k] = v[k][k]
	}
	return out, refused, err
}

// spread is the covariance matrix; without crosses only its diagonal is filled.
func (s *sample) spread(ctx context.Context, statistics []statistic, crosses bool) ([][]float64, []error, error) {
	refused := make([]error, len(statistics))
	switch {
	case len(statistics) == 0:
		return nil, nil, nil
	case s.replicates != nil:
		return s.replicates.spread(byReplicate(statistics)), refused, nil
	case s.frame.rowwise():
		v, err := s.rowSpread(ctx, statistics, crosses, refused)
		return v, refused, err
	}
	z := make([][]float64, len(statistics))
	var noisy []int
	for k, st := range statistics {
		var noise float64
		z[k], noise = s.influence(st)
		if v, err := s.variance(z[k], z[k], st.group.present); err == nil && noise > 1e-11*math.Sqrt(math.Abs(v)) {
			noisy = append(noisy, k)
		}
	}
	if len(noisy) > 0 {
		if err := s.reread(ctx, statistics, noisy, z); err != nil {
			return nil, nil, err
		}
	}
	return s.matrix(statistics, z, crosses, refused), refused, nil
}

// matrix fills the covariance matrix from linearised values by leaf.
func (s *sample) matrix(statistics []statistic, z [][]float64, crosses bool, refused []error) [][]float64 {
	out := zeros(len(z))
	for a := range z {
		for b := 0; b <= a; b++ {
			if b < a && !crosses {
				continue
			}
			v, err := s.variance(z[a], z[b], union(statistics[a].group.present, statistics[b].group.present))
			if err != nil {
				refused[a] = err
			}
			out[a][b], out[b][a] = v, v
		}
	}
	return out
}

// zeros returns a matrix of zeros.
func zeros(size int) [][]float64 {
	out := make([][]float64, size)
	for k := range out {
		out[k] = make([]float64, size)
	}
	return out
}

// union is the larger presence of two by stratum.
func union(a, b []int64) []int64 {
	out := make([]int64, len(a))
	for h := range a {
		out[h] = max(a[h], b[h])
	}
	return out
}

// byReplicate works out the statistics for every replicate.
func byReplicate(statistics []statistic) [][]float64 {
	theta := make([][]float64, len(statistics[0].group.sums))
	for r := range theta {
		for _, st := range statistics {
			theta[r] = append(theta[r], st.value(st.group.sums[r]))
		}
	}
	return theta
}

// influence is the linearised statistic summed by leaf, from the group's totals,
// and how large rounding may have left it:
//
//	z = Σ_k g_k·t_k, less Σ_j b_j·x_j under calibration
func (s *sample) influence(st statistic) (z []float64, noise float64) {
	z = make([]float64, s.frame.size())
	for _, c := range st.group.cells {
		for k, g := range st.gradient {
			if g != 0 {
				x := g * c.sums[k]
				z[c.leaf] += x
				noise += x * x
			}
		}
	}
	for j, b := range s.correction(st) {
		for leaf := range z {
			x := b * s.margins[leaf][j]
			z[leaf] -= x
			noise += x * x
		}
	}
	return z, 0x1p-52 * math.Sqrt(noise)
}

// correction is what calibration takes off a linearised value, by regressor.
func (s *sample) correction(st statistic) []float64 {
	if s.adjustment == nil {
		return nil
	}
	cross := make([]float64, len(st.group.cross))
	for j, sums := range st.group.cross {
		for k, g := range st.gradient {
			cross[j] += g * sums[k]
		}
	}
	return s.adjustment.coefficients(cross)
}
