package equity

import "math"

// waves are two panels cut to the groups shown in both, in the same order, and the
// covariance of the later (rows) with the earlier (columns).
type waves struct {
	earlier, later     *panel
	cross              [][]float64
	df                 float64
	reference, compare int
}

// waves returns nil where fewer than two groups are shown in both or the
// definition changed in between.
func (s *study) waves(earlier *panel) *waves {
	var now, before []int
	for k := range s.y {
		j := earlier.index(s.group(k).Level)
		if j < 0 {
			continue
		}
		if s.group(k).Value.Definition != earlier.group(j).Value.Definition {
			return nil
		}
		now, before = append(now, k), append(before, j)
	}
	if len(now) < 2 {
		return nil
	}
	w := &waves{earlier: earlier.cut(before), later: s.cut(now), df: min(known(s.DF), known(earlier.DF))}
	for a := range now {
		row := make([]float64, len(now))
		for b := range now {
			row[b] = s.crossCovariance(w, a, b)
		}
		w.cross = append(w.cross, row)
	}
	middle := make([]float64, len(now))
	for k := range middle {
		middle[k] = (w.earlier.y[k] + w.later.y[k]) / 2
		w.later.named[k] = w.later.named[k] && w.earlier.named[k]
	}
	w.reference, w.compare, _ = w.later.ends(middle)
	return w
}

func (s *study) crossCovariance(w *waves, a, b int) float64 {
	if s.Cross == nil || !w.later.group(a).Value.Sampled() || !w.earlier.group(b).Value.Sampled() {
		return 0
	}
	return s.Cross[w.later.shown[a]][w.earlier.shown[b]]
}

// cut is the panel of some of the groups shown, in the order given.
func (v *panel) cut(keep []int) *panel {
	out := &panel{Breakdown: v.Breakdown, lower: v.lower, judged: v.judged}
	var population []float64
	for _, k := range keep {
		out.shown = append(out.shown, v.shown[k])
		out.y = append(out.y, v.y[k])
		out.named = append(out.named, v.named[k])
		population = append(population, v.group(k).Population)
	}
	out.weigh(population)
	if v.cov != nil {
		for _, i := range keep {
			row := make([]float64, len(keep))
			for b, j := range keep {
				row[b] = v.cov[i][j]
			}
			out.cov = append(out.cov, row)
		}
	}
	out.alike = alike(out.y)
	out.mean, out.average = Mean(out.y, out.p)
	out.against = out.yardstick()
	return out
}

// measureOf is a measure and its gradient in one wave; more is variance the delta
// method does not see.
type measureOf struct {
	value    float64
	gradient []float64
	more     float64
}

// difference returns later − earlier with its error,
//
//	Var = g₂'Σ₂g₂ + g₁'Σ₁g₁ − 2·g₂'Cg₁
func (w *waves) difference(earlier, later measureOf) estimate {
	e := exact(later.value - earlier.value)
	if w.earlier.cov == nil && w.later.cov == nil {
		return e
	}
	variance := earlier.more + later.more - 2*bilinear(later.gradient, w.cross, earlier.gradient)
	if w.later.cov != nil {
		variance += quadratic(later.gradient, w.later.cov)
	}
	if w.earlier.cov != nil {
		variance += quadratic(earlier.gradient, w.earlier.cov)
	}
	e.se = math.Sqrt(variance)
	return e.around(0, w.df, 1)
}

// factor returns later / earlier with an interval symmetric in logarithms.
func (w *waves) factor(earlier, later measureOf) estimate {
	logarithm := func(m measureOf) measureOf {
		return measureOf{math.Log(m.value), scaled(m.gradient, 1/m.value), 0}
	}
	e := w.difference(logarithm(earlier), logarithm(later))
	value := later.value / earlier.value
	return estimate{value, e.se * value, math.Exp(e.low), math.Exp(e.high), e.p}
}
