package composite

import (
	"math"
	"testing"
)

func TestSobolAsInR(t *testing.T) {
	want := reference(t)
	var a, b, ab []float64
	for k := 1.0; k <= 60; k++ {
		a = append(a, math.Sin(k)+.3*math.Cos(3*k))
		b = append(b, math.Cos(2*k)+.1*math.Mod(k, 7))
		ab = append(ab, math.Sin(k+.4)+.3*math.Cos(3*k))
	}
	shares := Sobol(a, b, [][]float64{ab}, 10, 1)
	near(t, "first", shares[0].First, want["sobol first"][0])
	near(t, "total", shares[0].Total, want["sobol total"][0])
}

// design evaluates a function of d uniform numbers by the design of Saltelli.
func design(n, d int, f func(u []float64) float64) (a, b []float64, ab [][]float64) {
	draw := func(row, sample, swap int) float64 {
		u := make([]float64, d)
		for i := range u {
			s := sample
			if i == swap {
				s = 1 - sample
			}
			u[i] = uniform(7, uint64(2*row+s), uint64(i))
		}
		return f(u)
	}
	ab = make([][]float64, d)
	for r := range n {
		a, b = append(a, draw(r, 0, -1)), append(b, draw(r, 1, -1))
		for i := range ab {
			ab[i] = append(ab[i], draw(r, 0, i))
		}
	}
	return a, b, ab
}

// The shares are estimates: N draws leave an error of some 1/√N.
const designError = 0.02

// Ishigami and Homma's function with a = 7, b = 0.1: V = a²/8 + bπ⁴/5 + b²π⁸/18 +
// 1/2, V₁ = (1 + bπ⁴/5)²/2, V₂ = a²/8, V₁₃ = b²π⁸·(1/18 − 1/50). So
// S = .3139, .4424, 0 and ST = .5576, .4424, .2437.
func TestSobolOfIshigami(t *testing.T) {
	const a, b = 7, .1
	f := func(u []float64) float64 {
		x := [3]float64{}
		for i := range x {
			x[i] = math.Pi * (2*u[i] - 1)
		}
		return math.Sin(x[0]) + a*math.Pow(math.Sin(x[1]), 2) + b*math.Pow(x[2], 4)*math.Sin(x[0])
	}
	first := []float64{.3139, .4424, 0}
	total := []float64{.5576, .4424, .2437}
	sharesNear(t, f, first, total)
}

// Sobol's g-function with a = 0, 1, 4.5, 9: V_i = 1/(3(1+a_i)²), V = Π(1+V_i) − 1,
// S_i = V_i/V, ST_i = V_i·Π_{j≠i}(1+V_j)/V.
func TestSobolOfG(t *testing.T) {
	a := []float64{0, 1, 4.5, 9}
	f := func(u []float64) float64 {
		product := 1.0
		for i := range a {
			product *= (math.Abs(4*u[i]-2) + a[i]) / (1 + a[i])
		}
		return product
	}
	v, part := 1.0, make([]float64, len(a))
	for i := range a {
		part[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]))
		v *= 1 + part[i]
	}
	var first, total []float64
	for i := range a {
		first = append(first, part[i]/(v-1))
		total = append(total, part[i]*v/(1+part[i])/(v-1))
	}
	sharesNear(t, f, first, total)
}

func sharesNear(t *testing.T, f func(u []float64) float64, first, total []float64) {
	t.Helper()
	a, b, ab := design(1<<15, len(first), f)
	for i, s := range Sobol(a, b, ab, 100, 3) {
		if math.Abs(s.First-first[i]) > designError || math.Abs(s.Total-total[i]) > designError {
			t.Errorf("factor %d: first %.4f, total %.4f; want %.4f, %.4f", i+1, s.First, s.Total, first[i], total[i])
		}
		if !(s.FirstLow <= s.First && s.First <= s.FirstHigh && s.TotalLow <= s.Total && s.Total <= s.TotalHigh) {
			t.Errorf("factor %d: %+v does not lie in its bounds", i+1, s)
		}
	}
}

// A result that never varies has no shares.
func TestSobolOfAConstant(t *testing.T) {
	one := []float64{2, 2, 2}
	if s := Sobol(one, one, [][]float64{one}, 5, 1)[0]; !math.IsNaN(s.First) || !math.IsNaN(s.Total) {
		t.Errorf("shares of nothing: %+v", s)
	}
}
