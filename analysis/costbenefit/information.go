package costbenefit

import (
	"math"
	"slices"
)

// Information is what knowing more before deciding would be worth, in money of
// the price base.
type Information struct {
	Value float64 // of knowing everything: mean of the best less the best mean
	Error float64 // standard error of Value from the limited number of draws
}

// choice is a decision: every set of options that may be taken together, each a
// list of their places. The first is empty: business as usual, worth 0.
type choice [][]int

// single is the decision whether to take one option.
func single(option int) choice { return choice{{}, {option}} }

// mostOptions is how many options are tried in every combination; of more than
// these only one is taken.
const mostOptions = 10

// newChoice lists what may be decided about n options, of which some exclude each
// other.
func newChoice(n int, excludes func(a, b int) bool) choice {
	c := choice{{}}
	for o := range n {
		for _, chosen := range slices.Clone(c) {
			conflict := func(other int) bool { return excludes(o, other) }
			if len(chosen) > 0 && (n > mostOptions || slices.ContainsFunc(chosen, conflict)) {
				continue
			}
			c = append(c, append(slices.Clone(chosen), o))
		}
	}
	return c
}

// best returns the highest total of npv (by option) among what may be chosen.
func (c choice) best(npv []float64) float64 {
	highest := 0.0
	for _, chosen := range c {
		sum := 0.0
		for _, o := range chosen {
			sum += npv[o]
		}
		highest = max(highest, sum)
	}
	return highest
}

// perfectInformation returns the expected value of perfect information:
//
//	E[max over choices of NPV] − max over choices of E[NPV]
//
// where business as usual has NPV 0. result has the NPV by option and draw.
// Definition: Raiffa & Schlaifer, Applied Statistical Decision Theory (1961), 4.5.
func (c choice) perfectInformation(result [][]float64) Information {
	n := len(result[0])
	npv, means := make([]float64, len(result)), make([]float64, len(result))
	for o := range result {
		means[o] = mean(result[o])
	}
	chosen := c.bestOf(means)
	gains := make([]float64, n)
	for i := range n {
		for o := range result {
			npv[o] = result[o][i]
		}
		gains[i] = c.best(npv)
		for _, o := range chosen {
			gains[i] -= npv[o]
		}
	}
	s := mean(gains)
	squares := 0.0
	for _, g := range gains {
		squares += (g - s) * (g - s)
	}
	return Information{max(0, s), math.Sqrt(squares / float64(n-1) / float64(n))}
}

// bestOf returns the options chosen when npv is what is known.
func (c choice) bestOf(npv []float64) []int {
	highest, at := 0.0, 0
	for k, chosen := range c {
		sum := 0.0
		for _, o := range chosen {
			sum += npv[o]
		}
		if sum > highest {
			highest, at = sum, k
		}
	}
	return c[at]
}

// valueOfKnowing returns the expected value of knowing one input exactly,
//
//	E_x[max over choices of E(NPV | x)] − max over choices of E[NPV]
//
// where expected has E(NPV | x) by option and draw. Fitting noise can only raise
// the first term: with n draws and the four numbers of a cubic the value is too
// high by at most about 0.4·sd·√(4/n), and by nothing where the verdict is clear.
// Method: Strong, Oakley & Brennan, Estimating Multiparameter Partial Expected
// Value of Perfect Information from a Probabilistic Sensitivity Analysis Sample,
// Medical Decision Making 34 (2014).
func (c choice) valueOfKnowing(expected [][]float64) float64 {
	return c.perfectInformation(expected).Value
}

// expectedGiven returns the mean of y that goes with each value of x: the mean of
// its like where x has few values, otherwise a cubic of x by least squares.
func expectedGiven(x, y []float64, few bool) []float64 {
	if few {
		return meansByValue(x, y)
	}
	return cubicFit(x, y)
}

func meansByValue(x, y []float64) []float64 {
	sums, counts := map[float64]float64{}, map[float64]float64{}
	for i, v := range x {
		sums[v] += y[i]
		counts[v]++
	}
	fitted := make([]float64, len(y))
	for i, v := range x {
		fitted[i] = sums[v] / counts[v]
	}
	return fitted
}

// cubicFit fits y by 1, z, z², z³ for z the standardised x, made orthogonal to
// each other one by one (Gram and Schmidt). A power that adds nothing to the
// lower ones is left out.
func cubicFit(x, y []float64) []float64 {
	n := len(x)
	centre, sd := mean(x), 0.0
	for _, v := range x {
		sd += (v - centre) * (v - centre)
	}
	sd = math.Sqrt(sd / float64(n))
	fitted, level := make([]float64, n), mean(y)
	for i := range fitted {
		fitted[i] = level
	}
	if !(sd > 1e-12*math.Abs(centre)) {
		return fitted
	}
	basis := [][]float64{make([]float64, n)}
	for i := range n {
		basis[0][i] = 1
	}
	for power := 1.0; power <= 3; power++ {
		column := make([]float64, n)
		for i, v := range x {
			z := (v - centre) / sd
			column[i] = z * basis[len(basis)-1][i]
		}
		before := dot(column, column)
		for _, lower := range basis {
			add(column, lower, -dot(column, lower)/dot(lower, lower))
		}
		size := dot(column, column)
		if size < 1e-9*before {
			break
		}
		add(fitted, column, dot(column, y)/size)
		basis = append(basis, column)
	}
	return fitted
}
