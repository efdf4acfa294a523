package costbenefit

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIRRSaysWhat(t *testing.T) {
	for _, c := range []struct {
		name    string
		flows   []float64
		times   []float64
		rates   []float64
		changes int
		kind    string
		reason  string
	}{
		{name: "nothing", reason: "there are no flows"},
		{name: "zeros", flows: []float64{0, 0}, reason: "there are no flows"},
		{name: "missing", flows: []float64{-1, math.NaN()}, reason: "a flow is missing"},
		{name: "boundless", flows: []float64{-1, math.Inf(1)}, reason: "a flow is missing"},
		{name: "missing time", flows: []float64{-1, 2}, times: []float64{0, math.NaN()}, reason: "a flow is missing"},
		{name: "gains only", flows: []float64{0, 5, 6}, kind: "borrowing", reason: "all flows have the same sign"},
		{name: "costs only", flows: []float64{-5}, kind: "investment", reason: "all flows have the same sign"},
		{name: "one day", flows: []float64{-5, 7}, times: []float64{2, 2}, kind: "borrowing", reason: "all flows have the same sign"},
		{name: "one day, cents", flows: []float64{-0.3, 0.1, 0.2}, times: []float64{2, 2, 2}, reason: "there are no flows"},
		{name: "never", flows: []float64{100, -200, 150}, changes: 2, kind: "borrowing", reason: "the present value is zero at no rate"},
		{name: "loan", flows: []float64{0, 1000, -1100}, rates: []float64{0.1}, changes: 1, kind: "borrowing"},
		{name: "unordered", flows: []float64{121, -100}, times: []float64{2, 0}, rates: []float64{0.1}, changes: 1, kind: "investment"},
		// (x − 1.1)², (x − 1.1)³ and (x − 1.1)⁴ with x = 1 + rate, times −1000: the value only touches, or crosses flat.
		{name: "double", flows: []float64{-1000, 2200, -1210}, rates: []float64{0.1}, changes: 2, kind: "investment"},
		{name: "triple", flows: []float64{-1000, 3300, -3630, 1331}, rates: []float64{0.1}, changes: 3, kind: "investment"},
		{name: "fourfold", flows: []float64{-1000, 4400, -7260, 5324, -1464.1}, rates: []float64{0.1}, changes: 4, kind: "investment"},
		// (x − 1.1)²(x − 1.2) and (x − 1.1)(x − 1.100001)
		{name: "double and single", flows: []float64{-1000, 3400, -3850, 1452}, rates: []float64{0.1, 0.2}, changes: 3, kind: "investment"},
		{name: "close", flows: []float64{-1000, 2200.001, -1210.0011}, rates: []float64{0.1, 0.100001}, changes: 2, kind: "investment"},
		{name: "beyond floats", flows: []float64{-1, 1e9}, times: []float64{0, 0.001}, rates: []float64{math.Inf(1)}, changes: 1, kind: "investment"},
	} {
		got := IRR(c.flows, c.times)
		if got.SignChanges != c.changes || got.Type != c.kind || got.Reason != c.reason || len(got.Rates) != len(c.rates) {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		for i, rate := range got.Rates {
			if rate != c.rates[i] && !(math.Abs(rate-c.rates[i]) < 1e-9) {
				t.Errorf("%s: rate %v, want %v", c.name, rate, c.rates[i])
			}
		}
		if only := got.Only(); math.IsNaN(only) == (len(c.rates) == 1) {
			t.Errorf("%s: only rate %v", c.name, only)
		}
	}
}

// Twelve changes of sign, every one with a rate: Π (x − 1.02 − 0.25 k) with x = 1 + rate.
func TestIRRManyRates(t *testing.T) {
	flows, want := []float64{1}, []float64(nil)
	for k := range 12 {
		root := 1.02 + 0.25*float64(k)
		want = append(want, root-1)
		next := make([]float64, len(flows)+1)
		for i, flow := range flows {
			next[i] += flow
			next[i+1] -= root * flow
		}
		flows = next
	}
	got := IRR(flows, nil)
	if len(got.Rates) != 12 || got.SignChanges != 12 {
		t.Fatalf("%+v", got)
	}
	for i, rate := range got.Rates {
		if math.Abs(rate-want[i]) > 1e-6 { // the coefficients themselves are rounded
			t.Errorf("rate %v, want %v", rate, want[i])
		}
	}
}

func TestIRRScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, times := drawFlows(t), []float64(nil)
		want := IRR(flows, times)
		factor := math.Exp2(float64(rapid.IntRange(-40, 40).Draw(t, "power")))
		if rapid.Bool().Draw(t, "against") {
			factor = -factor
		}
		got := IRR(multiplied(flows, factor), times)
		if !slices.Equal(got.Rates, want.Rates) {
			t.Fatalf("times %v: %v, want %v", factor, got.Rates, want.Rates)
		}
	})
}

// Every rate brings the present value to zero, there are no more than changes of
// sign, and as many up to an even number (Descartes' rule) unless some are double.
func TestIRRIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		times := drawTimes(t, len(flows))
		got := IRR(flows, times)
		if len(got.Rates) > got.SignChanges {
			t.Fatalf("%d rates, %d changes", len(got.Rates), got.SignChanges)
		}
		if !slices.IsSorted(got.Rates) {
			t.Fatalf("not sorted: %v", got.Rates)
		}
		if (len(got.Rates) == 0) == (got.Reason == "") {
			t.Fatalf("rates %v, reason %q", got.Rates, got.Reason)
		}
		for _, rate := range got.Rates {
			if rate < -0.9999999 || rate > 1e6 { // where 1 + rate has lost its digits
				continue
			}
			factors := Factors([]float64{rate}, times)
			if pv, size := PV(flows, factors), PV(sizes(flows), factors); math.Abs(pv) > 1e-8*size {
				t.Fatalf("PV at %v is %v of %v", rate, pv, size)
			}
		}
	})
}

// No rate is missed: the present value has one sign between neighbouring rates.
func TestIRRMissesNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := IRR(flows, nil).Rates
		last, at := 0, 0
		for step := range 400 {
			rate := math.Expm1(-1.2 + float64(step)*0.01)
			crossed := false
			for at < len(rates) && rates[at] < rate {
				at, crossed = at+1, true
			}
			factors := Factors([]float64{rate}, Steps(len(flows)))
			pv, size := PV(flows, factors), PV(sizes(flows), factors)
			if math.Abs(pv) < 1e-12*size {
				last = 0
				continue
			}
			sign := 1
			if pv < 0 {
				sign = -1
			}
			if last != 0 && sign != last && !crossed {
				t.Fatalf("the present value of %v changes sign before %v, rates %v", flows, rate, rates)
			}
			last = sign
		}
	})
}

func drawFlows(t *rapid.T) []float64 {
	whole := rapid.SliceOfN(rapid.IntRange(-1000, 1000), 1, 15).Draw(t, "flows")
	flows := make([]float64, len(whole))
	for i, flow := range whole {
		flows[i] = float64(flow)
	}
	return flows
}

func drawTimes(t *rapid.T, n int) []float64 {
	days := rapid.SliceOfN(rapid.IntRange(0, 9000), n, n).Draw(t, "days")
	times := make([]float64, n)
	for i, day := range days {
		times[i] = float64(day) / 365
	}
	return times
}

func multiplied(flows []float64, factor float64) []float64 {
	scaled := make([]float64, len(flows))
	for i, flow := range flows {
		scaled[i] = flow * factor
	}
	return scaled
}

func FuzzIRR(f *testing.F) {
	f.Add("-100 60 60", "0 1 2")
	f.Add("-1 1e300 -1e-300", "0 1e-300 5")
	f.Add("1e308 -1e308 1e308", "-1e308 0 1e308")
	f.Fuzz(func(t *testing.T, flowText, timeText string) {
		flows, times := fuzzed(flowText), fuzzed(timeText)
		if len(times) < len(flows) {
			times = nil
		}
		got := IRR(flows, times)
		if len(got.Rates) > got.SignChanges || (len(got.Rates) == 0) == (got.Reason == "") {
			t.Errorf("%+v", got)
		}
		for _, rate := range got.Rates {
			if math.IsNaN(rate) || rate < -1 {
				t.Errorf("rate %v", rate)
			}
		}
	})
}

// fuzzed reads at most 50 numbers.
func fuzzed(text string) []float64 {
	var list []float64
	for field := range strings.FieldsSeq(text) {
		if value, err := strconv.ParseFloat(field, 64); err == nil && len(list) < 50 {
			list = append(list, value)
		}
	}
	return list
}
