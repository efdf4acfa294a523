package survey

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// newton looks for η with Σ w·F(x′η)·x = T in one replicate, by Newton's method.
// A step that does not come nearer is halved. Everything is in the units of the
// sums: x and w scaled by powers of two.
type newton struct {
	totals  []float64 // T
	reach   []float64 // what a misfit of each total is measured against: √(Σ w·x² · Σ w), brought to the size of the population
	epsilon float64

	at, step []float64 // the best η so far and the step tried from it
	length   float64   // how much of the step is being tried
	misfit   float64   // at the best η
	worst    int       // the term with the largest misfit there
	state    outcome
}

type outcome int

const (
	going outcome = iota
	met
	stuck
)

// begin takes the first sums, those of η = 0, and the size of the population: where
// it is known, misfits are measured against the weights as they will be.
func (n *newton) begin(size, population float64, second *mat.SymDense) {
	n.reach = make([]float64, len(n.totals))
	for j := range n.reach {
		n.reach[j] = math.Sqrt(second.At(j, j) * size)
		if population > 0 {
			n.reach[j] *= population / size
		}
	}
	n.at, n.misfit = make([]float64, len(n.totals)), math.Inf(1)
	n.step = make([]float64, len(n.totals))
}

// jump replaces the first step by one along the constant alone, where that is a
// long way: Newton's would overshoot.
func (n *newton) jump(u float64) {
	if n.state == going && math.Abs(u) > 1 {
		clear(n.step)
		n.step[0] = u
	}
}

// trial is the η to compute sums for next.
func (n *newton) trial() []float64 {
	eta := make([]float64, len(n.at))
	for j := range eta {
		eta[j] = n.at[j] + n.length*n.step[j]
	}
	return eta
}

// advance takes the sums Σ w·F·x and Σ w·F′·x·x′ at the trial.
func (n *newton) advance(first []float64, second *mat.SymDense) {
	gap, misfit, worst := make([]float64, len(first)), 0.0, 0
	for j, sum := range first {
		gap[j] = n.totals[j] - sum
		if off := math.Abs(gap[j]) / n.reach[j]; !(off <= misfit) {
			misfit, worst = off, j
		}
	}
	if !(misfit < n.misfit) {
		n.retreat()
		return
	}
	n.at, n.misfit, n.worst = n.trial(), misfit, worst
	if misfit < 1e-15 {
		n.state = met
		return
	}
	n.step, n.length = solve(second, gap), 1
	if n.step == nil {
		n.give()
	}
}

// retreat halves the step. When the totals are met as well as asked, what is left
// is rounding.
func (n *newton) retreat() {
	n.length /= 2
	if n.misfit <= n.epsilon || n.length < 1e-6 {
		n.give()
	}
}

// give ends the search where it stands.
func (n *newton) give() {
	n.state = stuck
	if n.misfit <= n.epsilon {
		n.state = met
	}
}

// solve returns a⁻¹·b for a symmetric a that is at least nonnegative definite, nil
// when it cannot. Where bounds leave a column hardly any row to move, a little is
// added to the diagonal: the step then is shorter.
func solve(a *mat.SymDense, b []float64) []float64 {
	scaled, unit := standardised(a)
	for _, ridge := range []float64{0, 1e-10, 1e-6, 1e-2} {
		x := solveScaled(scaled, unit, ridge, b)
		if x != nil {
			return x
		}
	}
	return nil
}

// standardised returns a with a diagonal of ones, and what its rows and columns
// were multiplied by. A diagonal element of 0 stays.
func standardised(a *mat.SymDense) (*mat.SymDense, []float64) {
	n := a.SymmetricDim()
	unit := make([]float64, n)
	for j := range n {
		unit[j] = 1
		if d := a.At(j, j); d > 0 {
			unit[j] = 1 / math.Sqrt(d)
		}
	}
	scaled := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			scaled.SetSym(i, j, a.At(i, j)*unit[i]*unit[j])
		}
	}
	return scaled, unit
}

func solveScaled(scaled *mat.SymDense, unit []float64, ridge float64, b []float64) []float64 {
	n := len(unit)
	a, right := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	a.CopySym(scaled)
	for j := range n {
		a.SetSym(j, j, a.At(j, j)+ridge)
		right.SetVec(j, b[j]*unit[j])
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(a) || cholesky.Cond() > conditionLimit {
		return nil
	}
	var x mat.VecDense
	if cholesky.SolveVecTo(&x, right) != nil {
		return nil
	}
	solution := make([]float64, n)
	for j := range n {
		solution[j] = x.AtVec(j) * unit[j]
	}
	return solution
}

// conditionLimit is the condition of a standardised matrix beyond which its
// columns count as dependent.
const conditionLimit = 1e13

// dependent returns the first column that the columns before it determine, or −1.
func dependent(a *mat.SymDense) int {
	scaled, _ := standardised(a)
	for n := 1; n <= scaled.SymmetricDim(); n++ {
		var cholesky mat.Cholesky
		if !cholesky.Factorize(scaled.SliceSym(0, n)) || cholesky.Cond() > conditionLimit {
			return n - 1
		}
	}
	return -1
}
