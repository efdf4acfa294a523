package survey

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"testing"
)

// TestSameBitsInAnyOrder estimates from 40,000 rows whose amounts differ by five
// orders of magnitude, with one and two processors, and with the rows in another
// order: nothing may change in the last bit.
func TestSameBitsInAnyOrder(t *testing.T) {
	design := func(change func(*Design)) Design {
		d := Design{IDs: []string{"psu"}, Strata: []string{"stratum"}, Weights: "w", Nest: true}
		change(&d)
		return d
	}
	designs := map[string]Design{
		"PSUs":        design(func(*Design) {}),
		"rows":        design(func(d *Design) { d.IDs = nil }),
		"one stratum": design(func(d *Design) { d.Strata = nil }),
		"calibrated": design(func(d *Design) {
			d.Calibration = &Calibration{Method: "rake", Vars: []string{"g", "psu"}, Epsilon: 1e-9, MaxIterations: 100, Population: Population{
				"g":   {"g 0": 1e6, "g 1": 2e6, "g 2": 3e6},
				"psu": evenly("psu", 6e6),
			}}
		}),
		"replicates": design(func(d *Design) {
			d.IDs, d.Strata = []string{"stratum"}, nil
			d.Replicates = Replicates{Type: "replicate", Kind: "JK1"}
		}),
	}
	for name, d := range designs {
		t.Run(name, func(t *testing.T) {
			request := Request{Design: d, Estimates: orderAsks()}
			one := estimateWith(t, 1, madeRows{rows: 40_000, step: 1, workers: 1}, request)
			sameBits(t, "two processors", one, estimateWith(t, 2, madeRows{rows: 40_000, step: 1, workers: 2}, request))
			sameBits(t, "another order", one, estimateWith(t, 2, madeRows{rows: 40_000, step: 12_347, workers: 2}, request))
		})
	}
}

// evenly spreads a population over the levels of a text.
func evenly(name string, population float64) map[string]float64 {
	levels, totals := (madeRows{}).Texts(name), map[string]float64{}
	for _, level := range levels {
		totals[level] = population / float64(len(levels))
	}
	return totals
}

// orderAsks asks in every way whose answer is one of the whole sample: weights
// names rows.
func orderAsks() []Ask {
	asks := []Ask{
		{Op: "mean", Vars: []string{"x", "y", "g"}},
		{Op: "total", Vars: []string{"x", "h"}},
		{Op: "ratio", Num: "x", Den: "w"},
		{Op: "by_mean", Vars: []string{"x", "y"}, By: []string{"g"}},
		{Op: "by_mean", Vars: []string{"x", "y"}, By: []string{"h", "g"}},
		{Op: "by_ratio", Vars: []string{"y"}, Den: "x", By: []string{"h"}},
		{Op: "domain_contrast", Vars: []string{"x"}, By: []string{"g"}, Coefficients: map[string]float64{"g 0": 1, "g 2": -1}},
		{Op: "quantile", Vars: []string{"x", "y"}, Probs: []float64{0.1, 0.5}},
		{Op: "quantile", Vars: []string{"x"}, By: []string{"g"}, Probs: []float64{0.5}, QRule: "hf7"},
		{Op: "ciprop", Indicator: "b"},
		{Op: "chisq", Row: "g", Col: "h"},
		{Op: "ttest2", Formula: "x ~ b"},
		{Op: "glm", Formula: "x ~ y + b"},
		{Op: "glm", Formula: "b ~ y", Family: "binomial"},
		{Op: "variance", Vars: []string{"x", "y"}},
		{Op: "table", Vars: []string{"g", "h"}},
	}
	for k := range asks {
		asks[k].ID, asks[k].NaRm = fmt.Sprint(k), true
	}
	return asks
}

func estimateWith(t *testing.T, processors int, rows madeRows, request Request) []Answer {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	answers, _, err := Estimate(context.Background(), rows, request)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if a.Error != "" {
			t.Errorf("%s %s: %s", a.Op, a.Name, a.Error)
		}
	}
	return answers
}

func sameBits(t *testing.T, what string, want, got []Answer) {
	t.Helper()
	if len(want) != len(got) || len(want) < 80 {
		t.Fatalf("%s: %d answers, %d", what, len(got), len(want))
	}
	for k := range want {
		if a, b := bitsOf(reflect.ValueOf(want[k])), bitsOf(reflect.ValueOf(got[k])); a != b {
			t.Errorf("%s: %s %s %s\n%s, was\n%s", what, want[k].Op, want[k].Name, want[k].By, b, a)
		}
	}
}

// bitsOf writes a value with every float in it as its bits.
func bitsOf(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float64:
		return fmt.Sprintf("%x ", math.Float64bits(v.Float()))
	case reflect.Struct:
		text := ""
		for k := range v.NumField() {
			text += bitsOf(v.Field(k))
		}
		return text
	case reflect.Slice:
		text := ""
		for k := range v.Len() {
			text += bitsOf(v.Index(k))
		}
		return text
	}
	return fmt.Sprint(v, " ")
}
