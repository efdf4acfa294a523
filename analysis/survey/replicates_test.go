package survey

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Five PSUs in two strata, with their totals. Taylor variance of the total by hand:
// stratum 1: totals 8, 20, 44, mean 24, Σ(t−t̄)² = 256+16+400 = 672, times 3/2;
// stratum 2: totals 12, 32, mean 22, Σ = 200, times 2.
var (
	pairAndThree = []stratumPSUs{{"a", 3, 0}, {"b", 2, 0}}
	fiveTotals   = []float64{8, 20, 44, 12, 32}
)

const (
	varianceA = 672 * 1.5
	varianceB = 200 * 2
)

// standardError is √(scale·Σ rscale·(θ_r − mean)²).
func (r replication) standardError(totals []float64) float64 {
	mean, variance := 0.0, 0.0
	for _, t := range totals {
		mean += t / float64(len(totals))
	}
	for k, t := range totals {
		variance += r.scale * r.rscales[k] * (t - mean) * (t - mean)
	}
	return math.Sqrt(variance)
}

// variance of a total: about the total itself.
func (r replication) variance(psus []float64) float64 {
	total, variance := 0.0, 0.0
	for _, t := range psus {
		total += t
	}
	for k, row := range r.multipliers {
		replicate := 0.0
		for i, t := range psus {
			replicate += row[i] * t
		}
		variance += r.scale * r.rscales[k] * (replicate - total) * (replicate - total)
	}
	return variance
}

func made(t *testing.T, kind string, m replicating) replication {
	t.Helper()
	r, err := makeReplicates(kind, m)
	if err != nil {
		t.Fatal(kind, err)
	}
	return r
}

// R: as.svrepdesign(type = "JKn") and "JK1" of a design with fpc 12 and 8 PSUs, and
// 20, in the population.
func TestJackknifeEqualsR(t *testing.T) {
	jkn := made(t, "JKn", replicating{strata: []stratumPSUs{{"a", 3, .25}, {"b", 2, .25}}})
	want := replication{
		multipliers: [][]float64{{0, 1.5, 1.5, 1, 1}, {1.5, 0, 1.5, 1, 1}, {1.5, 1.5, 0, 1, 1}, {1, 1, 1, 0, 2}, {1, 1, 1, 2, 0}},
		scale:       1, rscales: []float64{.5, .5, .5, .375, .375},
	}
	if diff := cmp.Diff(want, jkn, cmp.AllowUnexported(replication{})); diff != "" {
		t.Error(diff)
	}
	if se := math.Sqrt(jkn.variance(fiveTotals)); !close10(se, 32.4961536185438) {
		t.Errorf("JKn: SE %.15g", se)
	}
	jk1 := made(t, "JK1", replicating{strata: []stratumPSUs{{"", 5, .25}}})
	if !slices.Equal(jk1.multipliers[1], []float64{1.25, 0, 1.25, 1.25, 1.25}) || !close10(jk1.scale, 0.6) || jk1.rscales[0] != 1 {
		t.Errorf("JK1: %+v", jk1)
	}
	if se := math.Sqrt(jk1.variance(fiveTotals)); !close10(se, 28.6705423736629) {
		t.Errorf("JK1: SE %.15g", se)
	}
}

func TestJackknifeEqualsLinearisation(t *testing.T) {
	jkn := made(t, "JKn", replicating{strata: pairAndThree})
	if v := jkn.variance(fiveTotals); !close10(v, varianceA+varianceB) {
		t.Errorf("variance %v, want %v", v, varianceA+varianceB)
	}
}

// One PSU alone: average counts the strata, here 3 over 2; a stratum taken whole
// has no replicates and needs no rule.
func TestJackknifeOfLonelyPSUs(t *testing.T) {
	strata := append(slices.Clone(pairAndThree), stratumPSUs{"c", 1, 0})
	totals := append(slices.Clone(fiveTotals), 9)
	if _, err := makeReplicates("JKn", replicating{strata: strata}); err == nil {
		t.Error("a stratum with one PSU was taken")
	}
	for lonely, want := range map[string]float64{
		"remove": varianceA + varianceB, "certainty": varianceA + varianceB, "average": (varianceA + varianceB) * 3 / 2,
		// the replicate is 3/2·116 − 125 = 49 away: 49²·2/3 more
		"adjust": varianceA + varianceB + 49*49*2./3,
	} {
		r := made(t, "JKn", replicating{strata: strata, lonely: lonely})
		if v := r.variance(totals); !close10(v, want) {
			t.Errorf("%s: variance %v, want %v", lonely, v, want)
		}
	}
	strata[2].fraction = 1
	if r := made(t, "JKn", replicating{strata: strata}); len(r.multipliers) != 5 {
		t.Errorf("%d replicates, want 5", len(r.multipliers))
	}
}

// For totals balanced half-samples equal linearisation, with two PSUs a stratum
// (t1 − t2)², for any ρ.
func TestBalancedRepeatedReplication(t *testing.T) {
	for strata := 1; strata < 30; strata++ {
		m, want := replicating{}, 0.0
		var totals []float64
		for h := range strata {
			m.strata = append(m.strata, stratumPSUs{psus: 2})
			a, b := math.Sqrt(float64(h+2)), float64(h*h%7)
			totals = append(totals, a, b)
			want += (a - b) * (a - b)
		}
		brr := made(t, "BRR", m)
		m.rho = 0.3
		fay := made(t, "Fay", m)
		if v, w := brr.variance(totals), fay.variance(totals); !close10(v, want) || !close10(w, want) {
			t.Errorf("%d strata: %v and %v, want %v", strata, v, w, want)
		}
		if n := len(brr.multipliers); n <= strata || !close10(brr.scale, 1/float64(n)) || !close10(fay.scale, 1/(float64(n)*.49)) {
			t.Errorf("%d strata: %d replicates, scales %v, %v", strata, n, brr.scale, fay.scale)
		}
		if row := fay.multipliers[0]; !close10(max(row[0], row[1]), 1.7) || !close10(min(row[0], row[1]), .3) {
			t.Errorf("Fay's multipliers are %v", row[:2])
		}
	}
}

// What a bootstrap's multipliers add up to in a stratum; R: sampled PSUs of
// mrbbootstrap get 1 − λ + λ·n/m, f = 1/4.
func TestBootstrapMultipliers(t *testing.T) {
	strata := []stratumPSUs{{"a", 3, .25}, {"b", 2, .25}, {"c", 1, .25}}
	sums := map[string][]float64{"bootstrap": {3, 2, 1}, "subbootstrap": {3, 2, 1}, "mrbbootstrap": {3, 2, 1}}
	values := map[string][]float64{"bootstrap": {0, 1, 2, 3}, "subbootstrap": {0, 1, 1.5, 2, 3}, "mrbbootstrap": {0.387627564304206, 2.224744871391589, 0.133974596215561, 1.866025403784439, 1}}
	for kind, want := range sums {
		r := made(t, kind, replicating{strata: strata, lonely: "remove", seed: 7})
		if len(r.multipliers) != 50 {
			t.Errorf("%s: %d replicates, want 50", kind, len(r.multipliers))
		}
		for _, row := range r.multipliers {
			got := []float64{row[0] + row[1] + row[2], row[3] + row[4], row[5]}
			for k := range got {
				if !close10(got[k], want[k]) {
					t.Fatalf("%s: multipliers %v", kind, row)
				}
			}
			for _, x := range row {
				if !slices.ContainsFunc(values[kind], func(v float64) bool { return math.Abs(v-x) < 1e-12 }) {
					t.Fatalf("%s: multiplier %v", kind, x)
				}
			}
		}
	}
}

// R: scales of as.svrepdesign(replicates = 6): 1/5, and times 2.4/1.4 for Canty and
// Davison's, 2.4 being the harmonic mean of 3 and 2.
func TestBootstrapScales(t *testing.T) {
	for kind, want := range map[string]float64{"bootstrap": 0.3428571428571428, "subbootstrap": .2, "mrbbootstrap": .2} {
		if r := made(t, kind, replicating{strata: pairAndThree, count: 6}); !close10(r.scale, want) {
			t.Errorf("%s: scale %v, want %v", kind, r.scale, want)
		}
	}
}

// The expected variance of a total is Taylor's for subbootstrap, and for
// mrbbootstrap with its (1−f). That of bootstrap is (n−1)/n of Taylor's in each
// stratum, times the scale: 2.4/1.4·(2/3·1008 + 1/2·400) = 12/7·872. With
// 20,000 replicates the standard error of such a variance is below
// √(3/20,000) = 1.2 % (three for a kurtosis like the normal's): 4 % is 3 of them.
func TestBootstrapsExpectTaylor(t *testing.T) {
	const replicates = 20000
	for _, c := range []struct {
		kind string
		f    float64
		want float64
	}{
		{"subbootstrap", 0, varianceA + varianceB},
		{"mrbbootstrap", 0, varianceA + varianceB},
		{"mrbbootstrap", .25, .75 * (varianceA + varianceB)},
		{"bootstrap", 0, 12. / 7 * (2./3*varianceA + varianceB/2)},
	} {
		strata := []stratumPSUs{{"a", 3, c.f}, {"b", 2, c.f}}
		got := made(t, c.kind, replicating{strata: strata, count: replicates, seed: 3}).variance(fiveTotals)
		if math.Abs(got/c.want-1) > 0.04 {
			t.Errorf("%s, f = %v: variance %v, want about %v", c.kind, c.f, got, c.want)
		}
	}
}

func TestBootstrapsFollowTheSeed(t *testing.T) {
	for _, kind := range []string{"bootstrap", "subbootstrap", "mrbbootstrap"} {
		draw := func(seed uint64) replication { return made(t, kind, replicating{strata: pairAndThree, seed: seed}) }
		if !cmp.Equal(draw(5), draw(5), cmp.AllowUnexported(replication{})) {
			t.Errorf("%s: the same seed gives other draws", kind)
		}
		if cmp.Equal(draw(5), draw(6), cmp.AllowUnexported(replication{})) {
			t.Errorf("%s: another seed gives the same draws", kind)
		}
	}
}

// By hand, ½·Σ of squared differences of neighbours, the last beside the first:
// (8−20)² + (20−44)² + (44−8)² = 2016; (12−32)² twice = 800; 2816/2 = 1408.
func TestSuccessiveDifferences(t *testing.T) {
	for _, count := range []int{0, 8, 12} {
		r := made(t, "successive-difference", replicating{strata: pairAndThree, count: count})
		if v := r.variance(fiveTotals); !close10(v, 1408) {
			t.Errorf("%d replicates: variance %v, want 1408", len(r.multipliers), v)
		}
	}
	quarter := []stratumPSUs{{"a", 3, .25}, {"b", 2, .25}}
	if v := made(t, "successive-difference", replicating{strata: quarter}).variance(fiveTotals); !close10(v, .75*1408) {
		t.Errorf("f = 1/4: variance %v, want %v", v, .75*1408)
	}
	if r := made(t, "successive-difference", replicating{strata: pairAndThree}); len(r.multipliers) != 80 || !close10(r.scale, 4./80) {
		t.Errorf("%d replicates, scale %v, want 80 and 1/20", len(r.multipliers), r.scale)
	}
}

// With more PSUs than rows, rows serve several times: the variance of totals that
// are independent of each other is still right on average, n·σ².
func TestSuccessiveDifferencesOfManyPSUs(t *testing.T) {
	totals := make([]float64, 400)
	random := uint64(1)
	sum := 0.0
	const trials = 400
	for range trials {
		for i := range totals {
			random = random*6364136223846793005 + 1442695040888963407
			totals[i] = float64(random>>40)/(1<<24) - .5
		}
		sum += made(t, "successive-difference", replicating{strata: []stratumPSUs{{"", 400, 0}}}).variance(totals)
	}
	// a uniform's variance is 1/12: 400/12 expected; the error of the mean of 400
	// trials is about √(2/80)/√400 = 0.8 %
	if got := sum / trials; math.Abs(got/(400./12)-1) > .03 {
		t.Errorf("variance %v, want about %v", got, 400./12)
	}
}

func TestReplicateMistakes(t *testing.T) {
	for _, c := range []struct {
		kind string
		m    replicating
		want string
	}{
		{"jkn", replicating{strata: pairAndThree}, `no kind of replicate weights "jkn"`},
		{"JK1", replicating{strata: pairAndThree}, "JK1 is for samples without strata"},
		{"BRR", replicating{strata: pairAndThree}, `BRR needs two PSUs in every stratum; stratum "a" has 3`},
		{"Fay", replicating{strata: pairAndThree[1:], rho: 1}, "Fay's rho is 1"},
		{"bootstrap", replicating{strata: pairAndThree, count: 1}, "1 replicates are asked for"},
	} {
		_, err := makeReplicates(c.kind, c.m)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.kind, err, c.want)
		}
	}
}
