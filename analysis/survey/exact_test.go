package survey

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// The oracle is math/big, which adds without rounding.
func TestExactEqualsBig(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []float64{1e-9, 1, 1e4, 1e9} {
		most, values := 0.0, make([]float64, 5000)
		for i := range values {
			values[i] = random.NormFloat64() * size * math.Pow(10, 6*random.Float64()-6)
			most = max(most, math.Abs(values[i]))
		}
		scale := scaling(most, int64(len(values)))
		want := new(big.Float).SetPrec(2000)
		var forward, backward exact
		for i, x := range values {
			want.Add(want, big.NewFloat(x))
			forward.add(fixed(math.Ldexp(x, scale)))
			backward.add(fixed(math.Ldexp(values[len(values)-1-i], scale)))
		}
		if forward != backward {
			t.Errorf("size %g: the sum depends on the order", size)
		}
		exactly, _ := want.Float64()
		if got := forward.float(scale); math.Abs(got-exactly) > 1e-15*math.Abs(exactly) {
			t.Errorf("size %g: sum %v, want %v", size, got, exactly)
		}
	}
}

func FuzzFixed(f *testing.F) {
	for _, x := range []float64{0, 1, -1, 0.1, -1e-18, 1e18, -9.2e18, 5e-324, math.Pi} {
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, x float64) {
		if math.IsNaN(x) || math.Abs(x) >= 1<<63 {
			return
		}
		back := fixed(x).float(0)
		if math.Abs(back-x) > 0x1p-64 || math.Abs(x) > 0x1p-11 && back != x {
			t.Errorf("%v came back as %v", x, back)
		}
	})
}
