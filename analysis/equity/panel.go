package equity

import (
	"math"

	"pediment/analysis"
)

// panel is a breakdown made ready to measure: the groups that have a number.
type panel struct {
	*Breakdown
	shown    []int // indices into Groups; what follows runs along it
	y, p     []float64
	weighted bool        // p are shares of people; else all groups count the same
	people   float64     // in the groups shown, NaN where not known or answers were counted
	cov      [][]float64 // nil when no value has an error
	named    []bool      // large and sure enough to be named as best or worst
	doubt    []string    // why not
	mean     float64     // Σ p·y
	average  []float64   // gradient of mean
	against  yardstick   // what each group is held against
	left     []leftOut
	alike    bool // all values are the same

	lower, judged       bool // lower is better; better says which direction is
	reference, compared int  // best and worst, or as declared; −1 where there are none
	picked              bool // these two were picked because of their values
}

// leftOut is a group that is not shown and why.
type leftOut struct{ group, why string }

// smallest is the fewest respondents, or people, of a group that may be named.
const smallest = 30

// grossed is how many people an answer of a sample stands for at least where the
// weights gross up to residents. Weights around 1 count answers: they are shares of
// people all the same, but no numbers of people.
const grossed = 1.5

// newPanel leaves out withheld groups and keeps the order.
func newPanel(b *Breakdown, smallestN int) *panel {
	v := &panel{Breakdown: b, lower: b.Better == "lower", judged: b.Better == "higher" || b.Better == "lower"}
	var population []float64
	for i := range b.Groups {
		g := &b.Groups[i]
		if g.Value.State.Withheld() || math.IsNaN(g.Value.Value) || math.IsInf(g.Value.Value, 0) {
			v.left = append(v.left, leftOut{g.label(), whyLeft(g)})
			continue
		}
		v.shown = append(v.shown, i)
		v.y = append(v.y, g.Value.Value)
		population = append(population, g.Population)
		v.doubt = append(v.doubt, tooSmall(g, smallestN))
		v.named = append(v.named, v.doubt[len(v.doubt)-1] == "")
	}
	v.weigh(population)
	v.alike = alike(v.y)
	v.errors()
	v.mean, v.average = Mean(v.y, v.p)
	v.against = v.yardstick()
	v.reference, v.compared, v.picked = v.ends(v.y)
	return v
}

func (v *panel) weigh(population []float64) {
	v.p, v.people = Shares(population), math.NaN()
	if v.weighted = v.p != nil; !v.weighted {
		v.p = Even(len(population))
		return
	}
	people, answers := 0.0, 0.0
	for k, n := range population {
		people += n
		if g := v.group(k); g.Value.Sampled() {
			answers += float64(g.Value.N)
		}
	}
	if people > grossed*answers {
		v.people = people
	}
}

func whyLeft(g *Group) string {
	switch {
	case g.Value.Reason != "":
		return g.Value.Reason
	case g.Value.State != analysis.Known:
		return string(g.Value.State)
	}
	return "no value"
}

// tooSmall says why a group must not be named, "" when it may.
func tooSmall(g *Group, smallestN int) string {
	switch {
	case g.Doubtful != "":
		return g.Doubtful
	case g.Value.Sampled() && g.Value.N < int64(smallestN):
		return "fewer than " + counted(float64(smallestN)) + " answers"
	case !g.Value.Sampled() && g.Population > 0 && g.Population < float64(smallestN):
		return "fewer than " + counted(float64(smallestN)) + " people"
	}
	return ""
}

// errors takes over the covariance of the groups shown. A value of a register has
// no error beside sampled ones; where nobody can state the error it is NaN.
func (v *panel) errors() {
	sampled := false
	for _, i := range v.shown {
		sampled = sampled || v.Groups[i].Value.Sampled() || v.Groups[i].Value.ErrorUnknown
	}
	if !sampled {
		return
	}
	v.cov = make([][]float64, len(v.shown))
	for a, i := range v.shown {
		v.cov[a] = make([]float64, len(v.shown))
		for b, j := range v.shown {
			v.cov[a][b] = v.between(i, j)
		}
	}
}

// between is the covariance of two groups' estimates. An SE of 0, which shares of
// 0 and 100 percent have, is replaced by what the width of the interval says.
func (v *panel) between(i, j int) float64 {
	one, other := &v.Groups[i].Value, &v.Groups[j].Value
	switch {
	case one.ErrorUnknown || other.ErrorUnknown:
		return math.NaN()
	case !one.Sampled() || !other.Sampled():
		return 0
	case i == j && one.SE == 0 && one.High > one.Low:
		half := (one.High - one.Low) / 2 / critical(v.DF, 1)
		return half * half
	case v.Covariance != nil:
		return v.Covariance[i][j]
	case i == j:
		return one.SE * one.SE
	}
	return 0
}

// group is the k-th of the groups shown.
func (v *panel) group(k int) *Group { return &v.Groups[v.shown[k]] }

func (v *panel) label(k int) string { return v.group(k).label() }

// worse reports whether value a is worse than value b.
func (v *panel) worse(a, b float64) bool { return !same(a, b) && turned(v.lower)*(a-b) < 0 }

// ends returns the reference group and the one held against it: as declared, as
// ordered, or the best and the worst by the values, of those large enough to name.
// For indicators without a better direction, the highest and the lowest.
func (v *panel) ends(y []float64) (reference, compared int, picked bool) {
	reference, compared = v.index(v.Reference), v.index(v.Compare)
	if reference < 0 && v.Reference == "" {
		reference, picked = v.extreme(y, compared, false)
	}
	if compared < 0 && v.Compare == "" && reference >= 0 {
		one, chosen := v.extreme(y, reference, true)
		compared, picked = one, picked || chosen
	}
	if reference < 0 || compared < 0 || reference == compared {
		return -1, -1, false
	}
	return reference, compared, picked
}

func (v *panel) index(level string) int {
	for k := range v.shown {
		if level != "" && v.group(k).Level == level {
			return k
		}
	}
	return -1
}

// extreme returns the best or worst group but one, and whether its value decided.
func (v *panel) extreme(y []float64, but int, worst bool) (found int, picked bool) {
	if v.Ordered {
		return v.placed(but, worst), false
	}
	found = -1
	for k := range v.shown {
		if k == but || !v.named[k] {
			continue
		}
		if found < 0 || v.worse(y[k], y[found]) == worst && y[k] != y[found] {
			found = k
		}
	}
	return found, len(v.shown) > 2
}

// placed returns the best or worst placed group of an order, but one.
func (v *panel) placed(but int, worst bool) int {
	for n := range v.shown {
		k := n
		if !worst {
			k = len(v.shown) - 1 - n
		}
		if k != but && v.named[k] {
			return k
		}
	}
	return -1
}

// unsure reports whether nobody can state the error of a group.
func (v *panel) unsure() bool {
	for k := range v.cov {
		if math.IsNaN(v.cov[k][k]) {
			return true
		}
	}
	return false
}
