package composite

import (
	"fmt"
	"math"
	"slices"
)

// The rule by which a distribution is too far out: both must be met.
const (
	farSkewness = 2.0
	farKurtosis = 3.5
)

// Treatment is what is done to the values of an indicator: nothing, winsorising
// at one end, or a logarithm. Undone says that neither helped.
type Treatment struct {
	Low, High float64 // values beyond are set to these; infinite where there is no bound
	Moved     int     // values that were set
	Log       bool
	Mirrored  bool    // the logarithm is taken from the upper end, for skew to the left
	Origin    float64 // least value, or greatest where mirrored
	Shift     float64 // added before the logarithm: 0.01 of the range
	Undone    bool
}

// Treat finds the treatment of values. Values pass whose |skewness| < 2 or
// kurtosis < 3.5. Otherwise the most extreme 1, 2, … points at the skewed end are
// set to the next one until they pass; where points are not enough,
//
//	ln(x − min + 0.01·range), or −ln(max − x + 0.01·range) for skew to the left
//
// is taken of the values as measured, where that passes. Values that pass neither
// way stay as they are.
func Treat(values []float64, points int) Treatment {
	none := Treatment{Low: math.Inf(-1), High: math.Inf(1)}
	if passes(values) {
		return none
	}
	right := Skewness(values) > 0
	sorted := slices.Sorted(slices.Values(finiteOf(values)))
	for k := 1; k <= points && k < len(sorted); k++ {
		t := none
		t.Moved = k
		if right {
			t.High = sorted[len(sorted)-1-k]
		} else {
			t.Low = sorted[k]
		}
		if passes(t.all(values)) {
			return t
		}
	}
	low, high := sorted[0], sorted[len(sorted)-1]
	t := none
	t.Log, t.Mirrored, t.Origin, t.Shift = true, !right, low, 0.01*(high-low)
	if t.Mirrored {
		t.Origin = high
	}
	if passes(t.all(values)) {
		return t
	}
	none.Undone = true
	return none
}

// passes reports whether values need no treatment.
func passes(values []float64) bool {
	return !(math.Abs(Skewness(values)) >= farSkewness && Kurtosis(values) >= farKurtosis)
}

// Apply is the treated value. A value beyond the ends the treatment was made for
// is taken at the end.
func (t Treatment) Apply(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case t.Log && t.Mirrored:
		return -math.Log(max(t.Origin-x, 0) + t.Shift)
	case t.Log:
		return math.Log(max(x-t.Origin, 0) + t.Shift)
	}
	return min(max(x, t.Low), t.High)
}

func (t Treatment) all(values []float64) []float64 {
	out := make([]float64, len(values))
	for i, x := range values {
		out[i] = t.Apply(x)
	}
	return out
}

// none reports whether the treatment leaves values as they are.
func (t Treatment) none() bool { return !t.Log && t.Moved == 0 }

// String says in words what is done.
func (t Treatment) String() string {
	switch {
	case t.Log && t.Mirrored:
		return "logarithm from the upper end"
	case t.Log:
		return "logarithm"
	case t.Moved > 0 && !math.IsInf(t.High, 1):
		return fmt.Sprintf("highest %d drawn in", t.Moved)
	case t.Moved > 0:
		return fmt.Sprintf("lowest %d drawn in", t.Moved)
	case t.Undone:
		return "far out, and left so"
	}
	return ""
}
