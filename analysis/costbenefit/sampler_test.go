package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// near compares to the relative tolerance; size is what the figures were summed
// from, for differences of large amounts.
func near(got, want, size, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), math.Max(size, 1e-300))
}

// grossPV is the size of what an NPV is the difference of.
func grossPV(o Outcome) float64 {
	size := 1.0
	for l := range o.Market {
		for t := range o.Market[l] {
			size += math.Abs(o.Market[l][t])*o.Factors[t] + math.Abs(o.Economic[l][t])*o.Factors[t]
		}
	}
	return size
}

func TestSamplerIsCompute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		var drawn []int
		x := m.Values()
		for i := range m.Inputs {
			if rapid.IntRange(0, 2).Draw(t, "drawn") == 0 {
				drawn = append(drawn, i)
				x[i] *= rapid.Float64Range(.5, 1.1).Draw(t, "times")
			}
		}
		npv := make([]float64, len(m.Appraisal.Options))
		m.sampler(drawn)(x, npv)
		o := m.Compute(x)
		for i, option := range o.Options {
			if !near(npv[i], option.NPV, grossPV(o), 1e-12) {
				t.Fatalf("option %d: sampled %v, computed %v", i, npv[i], option.NPV)
			}
		}
	})
}

func TestSamplerAllocatesNothing(t *testing.T) {
	b := newBuilder(2025, 2035, .035, 2)
	l := b.line(false, "economic", None, 2, 0, 100, 100)
	b.m.Flows[l].Duration, b.m.Flows[l].DropOff = b.input("duration", 4), b.input("drop-off", .1)
	draw, x, npv := b.m.sampler([]int{0, 1, 2}), b.m.Values(), make([]float64, 2)
	if n := testing.AllocsPerRun(1000, func() { draw(x, npv) }); n > .1 { // the collector may empty the pool
		t.Errorf("%v allocations per draw, want 0", n)
	}
}

func BenchmarkSampler(b *testing.B) {
	made := newBuilder(2025, 2035, .035, 2)
	var drawn []int
	for range 50 {
		l := made.line(false, "economic", None, 2, 0, 100, 100, 100)
		f := &made.m.Flows[l]
		f.Duration, f.DropOff = made.input("duration", 4), made.input("drop-off", .1)
		f.Factors = []Factor{{Form: Plain, Input: made.input("take-up", .8)}, {Form: Complement, Input: made.input("deadweight", .2)}}
	}
	for i := range made.m.Inputs {
		drawn = append(drawn, i)
	}
	draw, x, npv := made.m.sampler(drawn), made.m.Values(), make([]float64, 2)
	for b.Loop() {
		draw(x, npv)
	}
}
