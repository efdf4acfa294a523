package equity

import (
	"math"
	"math/rand/v2"
	"testing"
)

// noisy are estimates of groups whose truth is y, with errors of the covariance
// s_i·s_j·½ between groups, which a common part of the error makes.
func noisy(r *rand.Rand, truth, s []float64) []float64 {
	common := r.NormFloat64()
	y := make([]float64, len(truth))
	for j := range y {
		y[j] = truth[j] + s[j]*(math.Sqrt(.5)*common+math.Sqrt(.5)*r.NormFloat64())
	}
	return y
}

func halfCorrelated(s []float64) [][]float64 {
	out := diagonal(s)
	for i := range out {
		for j := range out {
			if i != j {
				out[i][j] = s[i] * s[j] / 2
			}
		}
	}
	return out
}

var (
	sixErrors = []float64{2, 3, 4, 2.5, 3.5, 5}
	sixPeople = []float64{900, 400, 300, 700, 500, 100}
)

// Six groups that are equal in truth: in no more than one of twenty samples is any
// of them called behind, or a gap, or their spread, larger than chance. With 2,000
// samples the share is known to ±0.01.
func TestNoiseIsNotInequality(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	truth := []float64{50, 50, 50, 50, 50, 50}
	const samples = 2000
	behind, gap, spread := 0, 0, 0
	for range samples {
		s := newPanel(breakdownOf(noisy(r, truth, sixErrors), sixPeople, halfCorrelated(sixErrors)), 30).measures()
		if worst, ok := furthest(s.standings()); ok && worst.isBehind() {
			behind++
		}
		if d, ok := s.found("difference"); ok && d.clear() {
			gap++
		}
		if v, ok := s.found("bgv"); ok && v.clear() {
			spread++
		}
	}
	for what, n := range map[string]int{"behind": behind, "gap": gap, "spread": spread} {
		if share := float64(n) / samples; share > .06 {
			t.Errorf("%s: called larger than chance in %.3f of samples of equal groups", what, share)
		}
	}
}

// BGV less what chance adds is unbiased and its variance is that of the formula,
// which is exact for normal errors: 20,000 samples know the mean to about 1 % and
// the variance to about 3 %.
func TestVarianceBetweenGroupsInSamples(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	truth := []float64{40, 44, 50, 52, 55, 61}
	p, covariance := Shares(sixPeople), halfCorrelated(sixErrors)
	want, _ := BGV(truth, p)
	const samples = 20000
	sum, squares := 0.0, 0.0
	for range samples {
		value, _ := BGV(noisy(r, truth, sixErrors), p)
		value -= ChanceBGV(p, covariance)
		sum += value
		squares += value * value
	}
	mean := sum / samples
	near(t, "mean of BGV less chance", mean, want, .01)
	near(t, "variance of BGV", squares/samples-mean*mean, BGVVariance(truth, p, covariance), .05)
}

// Groups whose errors go together are told apart more easily than independent ones.
func TestCovarianceSharpensGaps(t *testing.T) {
	y := []float64{40, 44, 50, 52, 55, 61}
	together := newPanel(breakdownOf(y, sixPeople, halfCorrelated(sixErrors)), 30).measures()
	apart := newPanel(breakdownOf(y, sixPeople, diagonal(sixErrors)), 30).measures()
	one, _ := together.found("difference")
	other, _ := apart.found("difference")
	// Hand: 5² + 2² − 2·½·5·2 = 19 against 29.
	near(t, "SE of D together", one.se, math.Sqrt(19), 1e-12)
	near(t, "SE of D apart", other.se, math.Sqrt(29), 1e-12)
}

// With more groups than PSUs the Wald test has nothing to stand on; one group far
// off is found all the same.
func TestEqualityWithFewPSUs(t *testing.T) {
	y := []float64{50, 50, 50, 50, 50, 20}
	if p := Equality(y, diagonal(sixErrors), 4); !(p < .05) {
		t.Errorf("p = %g", p)
	}
	if p := Equality([]float64{50, 51, 49, 50, 50, 51}, diagonal(sixErrors), 4); !(p > .5) {
		t.Errorf("p = %g of equal groups", p)
	}
}
