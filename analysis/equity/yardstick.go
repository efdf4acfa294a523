package equity

import (
	"math"
	"slices"
)

// yardstick is the value that each group of a panel is held against.
type yardstick struct {
	of       string // whose value it is
	value    float64
	gradient []float64 // by the groups' values
	variance float64   // that the groups' covariance does not hold
}

// Whose value a yardstick is.
const (
	ofPeople = "people of the groups shown"
	ofWhole  = "everybody"
	ofGroups = "groups shown, each counting the same"
)

// yardstick returns Σ p·y where the groups' people are known. Where they are not,
// the value for everybody stands in: a mean in which a small group counts as much as
// a large one is nobody's. Its covariance with the groups is not known and left out,
// which makes gaps seem less sure than they are, as the groups are part of it. All
// groups count the same only without any value for everybody, or where that is not
// among the groups' values and so counts something else or others too.
func (v *panel) yardstick() yardstick {
	whole := v.Whole
	known := !whole.State.Withheld() && whole.Period == v.Period && !math.IsNaN(whole.Value) && !whole.ErrorUnknown
	switch {
	case v.weighted:
		return yardstick{ofPeople, v.mean, v.average, 0}
	case !known || len(v.y) == 0 || !(whole.Value >= slices.Min(v.y) && whole.Value <= slices.Max(v.y)):
		return yardstick{ofGroups, v.mean, v.average, 0}
	}
	y := yardstick{of: ofWhole, value: whole.Value, gradient: make([]float64, len(v.y))}
	if whole.Sampled() {
		y.variance = whole.SE * whole.SE
	}
	return y
}

// words end "40 % against 52 %".
func (y yardstick) words() string {
	switch y.of {
	case ofWhole:
		return "for everybody"
	case ofGroups:
		return "on the plain average of the groups"
	}
	return "on average"
}

// gap is the difference of the k-th group from the yardstick. It holds for all groups
// at once (Bonferroni).
func (v *panel) gap(k int) estimate {
	value := apart(v.y[k], v.against.value)
	if v.cov == nil { // spares the gradient where there is no error to put through it
		return exact(value)
	}
	g := scaled(v.against.gradient, -1)
	g[k]++
	e := exact(value)
	e.se = math.Sqrt(quadratic(g, v.cov) + v.against.variance)
	return e.around(0, v.DF, len(v.y))
}

// name is the yardstick in "the gap between … and a group".
func (y yardstick) name() string {
	if y.of == ofWhole {
		return "everybody"
	}
	return "the average"
}

// instead completes "every group counts the same".
func (y yardstick) instead() string {
	if y.of == ofWhole {
		return "; who is behind is told from the value for everybody"
	}
	return ""
}
