package equity

import "math"

// Ridits returns the rank of each group, from 0 to 1: the share of people placed
// below it and half of its own. Groups stand from the worst placed to the best.
func Ridits(p []float64) []float64 {
	x, below := make([]float64, len(p)), 0.0
	for j := range p {
		x[j] = below + p[j]/2
		below += p[j]
	}
	return x
}

// Line is a curve fitted through the groups' values along their rank: its height
// at the bottom (rank 0) and at the top (rank 1) with their gradients.
type Line struct {
	Bottom, Top                 float64
	bottomGradient, topGradient []float64
}

// Linear fits a straight line to the values, weighted by shares of people, along
// the ranks of Ridits.
func Linear(y, p []float64) Line {
	mean, _ := Mean(y, p)
	x := Ridits(p)
	spread, slope, by := 0.0, 0.0, make([]float64, len(y))
	for j := range y {
		off := x[j] - .5
		spread += p[j] * off * off
		by[j] = p[j] * off
		slope += by[j] * (y[j] - mean)
	}
	slope /= spread
	l := Line{mean - slope/2, mean + slope/2, make([]float64, len(y)), make([]float64, len(y))}
	for j := range y {
		l.bottomGradient[j] = p[j] - by[j]/spread/2
		l.topGradient[j] = p[j] + by[j]/spread/2
	}
	return l
}

// Logit fits a logistic curve to values between low and high (0 and 100 for
// percentages) by maximum likelihood, weighted by shares of people, along the ranks
// of Ridits. Its errors come from the covariance of the estimates by implicit
// differentiation, not from group sizes taken for binomial counts. Heights are NaN
// where a value lies outside or the fit does not exist.
func Logit(y, p []float64, low, high float64) Line {
	x, share := Ridits(p), make([]float64, len(y))
	nan := Line{math.NaN(), math.NaN(), make([]float64, len(y)), make([]float64, len(y))}
	for j := range y {
		share[j] = (y[j] - low) / (high - low)
		if !(share[j] >= 0 && share[j] <= 1) {
			return nan
		}
	}
	a, b, h, ok := fitLogit(share, p, x)
	if !ok {
		return nan
	}
	if math.Abs(b) <= noise {
		b = 0
	}
	l := Line{bottomGradient: make([]float64, len(y)), topGradient: make([]float64, len(y))}
	bottom, top := logistic(a), logistic(a+b)
	l.Bottom, l.Top = low+(high-low)*bottom, low+(high-low)*top
	det := h[0]*h[2] - h[1]*h[1]
	for j := range y { // β solves Σ p·(1,x)'·(share − π) = 0, so dβ/dshare = H⁻¹·p·(1,x)'
		da := p[j] * (h[2] - h[1]*x[j]) / det
		db := p[j] * (h[0]*x[j] - h[1]) / det
		l.bottomGradient[j] = bottom * (1 - bottom) * da
		l.topGradient[j] = top * (1 - top) * (da + db)
	}
	return l
}

// fitLogit solves the likelihood equations by Newton's method and returns the
// intercept, the slope and the information (aa, ab, bb).
func fitLogit(share, p, x []float64) (a, b float64, h [3]float64, ok bool) {
	mean := dot(p, share)
	if !(mean > 0 && mean < 1) {
		return 0, 0, h, false
	}
	a = math.Log(mean / (1 - mean))
	for range 60 {
		u, v := 0.0, 0.0
		h = [3]float64{}
		for j := range share {
			pi := logistic(a + b*x[j])
			w := p[j] * pi * (1 - pi)
			u += p[j] * (share[j] - pi)
			v += p[j] * (share[j] - pi) * x[j]
			h[0], h[1], h[2] = h[0]+w, h[1]+w*x[j], h[2]+w*x[j]*x[j]
		}
		det := h[0]*h[2] - h[1]*h[1]
		if !(det > 1e-300) {
			return a, b, h, false
		}
		da, db := (h[2]*u-h[1]*v)/det, (h[0]*v-h[1]*u)/det
		a, b = a+da, b+db
		if math.Abs(a) > 500 || math.Abs(b) > 500 {
			return a, b, h, false // nothing but 0 and 1 on either side
		}
		if math.Abs(da)+math.Abs(db) < 1e-13*(1+math.Abs(a)+math.Abs(b)) {
			return a, b, h, true
		}
	}
	return a, b, h, false
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// SII returns the slope index of inequality, the height of the curve at the top
// less that at the bottom, in the unit of the values, and its gradient.
func (l Line) SII() (float64, []float64) {
	g := make([]float64, len(l.topGradient))
	for j := range g {
		g[j] = l.topGradient[j] - l.bottomGradient[j]
	}
	return l.Top - l.Bottom, g
}

// RII returns the relative index of inequality, top / bottom, and its gradient. It
// is NaN where the line does not stay above 0, of which a ratio says nothing.
func (l Line) RII() (float64, []float64) {
	g := make([]float64, len(l.topGradient))
	if !(l.Bottom > 0 && l.Top > 0) {
		return math.NaN(), g
	}
	for j := range g {
		g[j] = (l.topGradient[j] - l.Top/l.Bottom*l.bottomGradient[j]) / l.Bottom
	}
	return l.Top / l.Bottom, g
}
