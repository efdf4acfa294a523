package survey

import (
	"context"
	"math"
)

// findMargins adds up Σ w·x by leaf and regressor, over all rows of the sample,
// w the residual weight: what calibration takes off a linearised value is a
// combination of them.
func (s *sample) findMargins(ctx context.Context) error {
	if s.frame.rowwise() || s.replicates != nil {
		return nil
	}
	size := s.adjustment.size()
	for scale := usualScale; ; {
		sums, most, err := s.addMargins(ctx, size, scale)
		if err != nil {
			return err
		}
		if better := scaling(most, s.frame.rows); better != scale {
			scale = better
			continue
		}
		s.margins = make([][]float64, s.frame.size())
		for leaf := range s.margins {
			s.margins[leaf] = make([]float64, size)
			for j := range size {
				s.margins[leaf][j] = sums[leaf*size+j].float(scale)
			}
		}
		return nil
	}
}

// addMargins reads the rows once and returns the sums by leaf and regressor, and
// the largest value among what was added.
func (s *sample) addMargins(ctx context.Context, size, scale int) (sums []exact, most float64, err error) {
	parts, largest := make([][]exact, s.rows.Workers()), make([]float64, s.rows.Workers())
	for k := range parts {
		parts[k] = make([]exact, s.frame.size()*size)
	}
	factor := math.Ldexp(1, scale)
	err = s.each(ctx, nil, nil, func(worker int, p portion) error {
		for row, w := range p.weights[0][:p.Rows] {
			if w != w {
				continue
			}
			w := s.adjustment.residualWeight(w)
			for _, x := range p.x[row] {
				largest[worker] = max(largest[worker], math.Abs(w*x.value))
				parts[worker][int(p.leaves[row])*size+x.index].add(fixed(w * x.value * factor))
			}
		}
		return nil
	})
	for k, part := range parts {
		most = max(most, largest[k])
		if k > 0 {
			addAll(parts[0], part)
		}
	}
	return parts[0], most, err
}
