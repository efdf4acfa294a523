package survey

import "math"

// weightedChiSquareTail returns P(Σ_i λ_i·χ²_1 > x) by the saddlepoint
// approximation, for the weights λ of a Rao–Scott test. Next to the mean, where
// the approximation is 0/0, it returns Satterthwaite's. Formula: Kuonen,
// Saddlepoint approximations for distributions of quadratic forms in normal
// variables, Biometrika 86 (1999); R package survey, pchisqsum.
func weightedChiSquareTail(x float64, weights []float64) float64 {
	if x <= 0 {
		return 1
	}
	s := spectrum{terms: make([]spectrumTerm, len(weights))}
	for i, w := range weights {
		s.terms[i] = spectrumTerm{w, 1}
	}
	if p, ok := s.tail(x); ok {
		return p
	}
	sum, df := satterthwaite(weights)
	return chiSquareTail(x*df/sum, df)
}

// weightedFTail returns P(Σ_i λ_i·χ²_1 > x·χ²_df/df), the tail of
// weightedChiSquareTail when the weights' scale rests on df degrees of freedom:
// P(Σ_i λ_i·χ²_1 − x/df·χ²_df > 0) by the saddlepoint. As in R package survey,
// pFsum, the last χ² has a whole number of degrees of freedom, the largest below
// df. Where df is whole, R's rounding decides between df and df − 1; survey 4.5
// takes df − 1.
func weightedFTail(x float64, weights []float64, df float64) float64 {
	if x <= 0 {
		return 1
	}
	if math.IsInf(df, 1) {
		return weightedChiSquareTail(x, weights)
	}
	const rounding = 1e-9
	whole := max(1, math.Ceil(df*(1-rounding))-1)
	var s spectrum
	for _, w := range weights {
		s.terms = append(s.terms, spectrumTerm{w, 1})
	}
	s.terms = append(s.terms, spectrumTerm{-x / df, whole})
	if p, ok := s.tail(0); ok {
		return p
	}
	sum, df1 := satterthwaite(weights)
	return fTail(x/sum, df1, df)
}

// satterthwaite returns Σλ and the degrees of freedom (Σλ)²/Σλ² of the χ² with
// the same mean and variance.
func satterthwaite(weights []float64) (sum, df float64) {
	var squares float64
	for _, w := range weights {
		sum, squares = sum+w, squares+w*w
	}
	return sum, sum * sum / squares
}

// spectrum is a sum of independent χ² variables, each times a weight.
type spectrum struct{ terms []spectrumTerm }

type spectrumTerm struct{ weight, df float64 }

// derivatives returns the cumulant generating function −½·Σ m·log(1−2ζλ) and its
// first two derivatives.
func (s spectrum) derivatives(zeta float64) (k, first, second float64) {
	for _, t := range s.terms {
		rest := 1 - 2*zeta*t.weight
		k -= t.df / 2 * math.Log(rest)
		first += t.df * t.weight / rest
		second += 2 * t.df * t.weight * t.weight / (rest * rest)
	}
	return k, first, second
}

// tail returns P(sum > x) = 1 − Φ(w + log(v/w)/w) at the ζ with K′(ζ) = x, where
// w = sign ζ·√(2(ζx − K)) and v = ζ·√K″. It is not ok where ζ is next to 0.
func (s spectrum) tail(x float64) (p float64, ok bool) {
	low, high, largest := s.bracket(x)
	for range 200 {
		middle := low + (high-low)/2
		if middle == low || middle == high {
			break
		}
		if _, first, _ := s.derivatives(middle); first < x {
			low = middle
		} else {
			high = middle
		}
	}
	zeta := low
	if !(math.Abs(zeta)*largest >= 1e-4) {
		return math.NaN(), false
	}
	k, _, second := s.derivatives(zeta)
	w := math.Copysign(math.Sqrt(2*(zeta*x-k)), zeta)
	v := zeta * math.Sqrt(second)
	return math.Erfc((w+math.Log(v/w)/w)/math.Sqrt2) / 2, true
}

// bracket returns an interval that holds the ζ with K′(ζ) = x, between the poles
// of K, and the largest weight. Without negative weights
// K′(ζ) < −Σm/2ζ for ζ < 0, which bounds it from below.
func (s spectrum) bracket(x float64) (low, high, largest float64) {
	var smallest, df float64
	for _, t := range s.terms {
		largest, smallest, df = max(largest, t.weight), min(smallest, t.weight), df+t.df
	}
	low, high = -df/(2*x), 1/(2*largest)
	if smallest < 0 {
		low = 1 / (2 * smallest)
	}
	return low, high, largest
}
