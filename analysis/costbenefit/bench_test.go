package costbenefit

import (
	"context"
	"fmt"
	"testing"
)

// benchModel is an appraisal of 50 lines over 20 years with 40 drawn inputs: ten
// of them PERT, three correlated, some in the kernel.
func benchModel() *Model {
	b := newBuilder(2025, 2045, .035, 1)
	m := b.m
	draw := func(k int, value float64, d Distribution) int {
		i := b.input(fmt.Sprint("input", k), value)
		m.Inputs[i].Draw, m.Inputs[i].Low, m.Inputs[i].High = d, .8*value, 1.2*value
		m.Inputs[i].Unit = "share"
		return i
	}
	var drawn []int
	for k := range 40 {
		v := .5 + .01*float64(k)
		d := Distribution{Kind: "truncated", Mean: v, SD: .1, Low: 0, High: 1}
		switch k % 4 {
		case 1:
			d = Distribution{Kind: "pert", Low: .8 * v, Mode: v, High: 1.3 * v}
		case 2:
			d = Distribution{Kind: "triangular", Low: .8 * v, Mode: v, High: 1.3 * v}
		case 3:
			d = Distribution{Kind: "normal", Mean: v, SD: .05}
		}
		drawn = append(drawn, draw(k, v, d))
	}
	for l := range 50 {
		amounts := make([]float64, len(m.Columns))
		for t := range amounts {
			amounts[t] = float64(1000 + 10*l + t)
		}
		f := &m.Flows[b.line(l%2 == 0, "economic", 0, 2, amounts...)]
		f.Factors = []Factor{{"quantity", Plain, drawn[l%40], None}, {"deadweight", Complement, drawn[(l+13)%40], None}, {"take-up", Plain, drawn[(l+29)%40], None}}
		if l%10 == 1 { // five lines whose kernel is drawn
			f.Lag, f.DropOff = 1, drawn[l%40]
			f.Duration = b.input(fmt.Sprint("duration", l), 6.5)
		}
	}
	m.Appraisal.Correlations = []Correlation{
		{Between: []string{"input0", "input1"}, Correlation: .5}, {Between: []string{"input1", "input2"}, Correlation: -.3},
	}
	m.Appraisal.Simulation.Draws = 100_000
	return m
}

// BenchmarkAppraise is a whole Monte Carlo of 100,000 draws, with percentiles,
// contributions and what knowing each input is worth.
func BenchmarkAppraise(b *testing.B) {
	m := benchModel()
	n := 0
	for b.Loop() {
		u := Uncertainty{model: m, Drawn: m.drawnInputs(), Options: make([]OptionUncertainty, 1)}
		if len(u.Drawn) != 40 {
			b.Fatal(len(u.Drawn))
		}
		if err := u.simulate(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		n += u.Draws
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "draws/s")
}

// BenchmarkUncertainty is all of it: one by one, in scenarios and by Monte Carlo.
func BenchmarkUncertainty(b *testing.B) {
	m := benchModel()
	for b.Loop() {
		if _, err := m.uncertainty(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
