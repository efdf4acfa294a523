package survey

import "math"

// betaTails returns the logarithms of both tails of the beta distribution,
// I_x(a, b) and 1 − I_x(a, b). y is 1 − x, given apart so that an x next to 1
// keeps its digits. The tail on the far side of the mean is computed and the
// other one follows, so that neither loses digits to the other. a, b > 0.
func betaTails(x, y, a, b float64) (lower, upper float64) {
	switch {
	case x <= 0:
		return math.Inf(-1), 0
	case y <= 0:
		return 0, math.Inf(-1)
	case x*(b+1) > y*(a+1):
		upper, lower = betaTails(y, x, b, a)
		return lower, upper
	}
	lower = betaKernel(x, y, a, b) - math.Log(betaFraction(x, y, a, b))
	lower = min(lower, 0)
	return lower, math.Log(-math.Expm1(lower))
}

// betaKernel returns log(x^a·y^b / B(a, b)), the density of log(x/y). It is the
// peak of that density less two deviances and Stirling's remainders, none of
// which cancel: Loader, Fast and Accurate Computation of Binomial Probabilities
// (2000).
func betaKernel(x, y, a, b float64) float64 {
	n, off := a+b, b*x-a*y
	return math.Log(a/n*b/(2*math.Pi))/2 + stirling(n) - stirling(a) - stirling(b) -
		a*deviance(n*x/a, off/a) - b*deviance(n*y/b, -off/b)
}

// betaFraction returns the continued fraction β₀ + α₁/(β₁ + α₂/(β₂ + …)) by
// Lentz's method; I_x(a, b) is x^a·y^b / B(a, b) divided by it. Its terms are
// those of Didonato & Morris, Algorithm 708, ACM TOMS 18 (1992), which do not
// cancel where x is next to 1. It takes about √max(a, b) steps at worst.
func betaFraction(x, y, a, b float64) float64 {
	off := a*y - b*x + 1
	f := a / (a + 1) * off
	c, d := f, 0.0
	for m := 1.0; m < 1e6; m++ {
		odd := a + 2*m - 1
		alpha := (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x
		beta := m + m*(b-m)/odd*x + (a+m)/(odd+2)*(off+m*(1+y))
		d = 1 / (beta + alpha*d)
		c = beta + alpha/c
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return f
}

// betaQuantile returns the x with I_x(a, b) = p. a = 0 is all mass at 0 and
// b = 0 all mass at 1, the limits Clopper–Pearson intervals need.
func betaQuantile(p, a, b float64) float64 {
	switch {
	case !(p >= 0 && p <= 1 && a >= 0 && b >= 0 && a+b > 0):
		return math.NaN()
	case p == 0 || a == 0:
		return 0
	case p == 1 || b == 0:
		return 1
	}
	start := a / b * math.Exp(normalQuantile(p)*math.Sqrt(1/a+1/b))
	odds := betaOdds(math.Log(min(p, 1-p)), p > .5, a, b, start)
	if odds > 1 {
		return 1 / (1 + 1/odds)
	}
	return odds / (1 + odds)
}

// betaOdds returns x/(1−x) where the logarithm of the upper or lower tail of
// Beta(a, b) is target, by Newton's method on log odds. Both tails are
// log-concave there, so it converges from everywhere; steps are multiplied in,
// so that odds keep their digits however small or large.
func betaOdds(target float64, upper bool, a, b, odds float64) float64 {
	odds = min(max(odds, 1e-300), 1e300)
	last := math.Inf(1)
	for range 2000 {
		x, y := odds/(1+odds), 1/(1+odds)
		if odds > 1 {
			x = 1 / (1 + 1/odds)
		}
		tail, far := betaTails(x, y, a, b)
		sign := 1.0
		if upper {
			tail, sign = far, -1
		}
		step := sign * (target - tail) * math.Exp(tail-betaKernel(x, y, a, b))
		size := math.Abs(step)
		if math.IsNaN(step) || size < 1e-10 && size >= last {
			break
		}
		odds *= math.Exp(min(max(step, -10), 10))
		if last = size; size < 1e-16 {
			break
		}
	}
	return odds
}

// deviance returns u − log(1 + u) for u = ratio − 1, which is given apart
// because subtraction would lose it.
func deviance(ratio, u float64) float64 {
	if !(math.Abs(u) <= .4) {
		return u - math.Log(ratio)
	}
	// log(1+u) = 2·artanh(r) with r = u/(2+u), and u − 2r = u·r.
	r := u / (2 + u)
	var sum float64
	power := 2 * r * r * r
	for k := 3.0; power != 0; k += 2 {
		before := sum
		if sum += power / k; sum == before {
			break
		}
		power *= r * r
	}
	return u*r - sum
}

// stirling returns the remainder of Stirling's formula,
// log Γ(z) − (z − ½)·log z + z − ½·log 2π: its series from 15, and below that
// stirling(z) = stirling(z+1) + (z + ½)·log(1 + 1/z) − 1.
func stirling(z float64) float64 {
	var sum float64
	for ; z < 15; z++ {
		r := 1 / (2*z + 1) // log(1 + 1/z) = 2·artanh(r), z + ½ = 1/2r
		if r > .3 {
			sum += (z+.5)*math.Log1p(1/z) - 1
			continue
		}
		power := r * r
		for k := 3.0; power/k > 1e-19; k += 2 {
			sum += power / k
			power *= r * r
		}
	}
	s := 1 / (z * z)
	return sum + (1./12-s*(1./360-s*(1./1260-s*(1./1680-s*(1./1188-s*691/360360)))))/z
}
