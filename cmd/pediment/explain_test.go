package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/cmd/pediment/example"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// measuredExample is a run of the example city.
func measuredExample(t *testing.T, edition disclosure.Edition) *work {
	t.Helper()
	dir := t.TempDir()
	if err := example.Write(context.Background(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	a := &app{out: io.Discard, err: io.Discard, dir: dir, quiet: true, failOn: "never", edition: edition}
	w, err := a.values(context.Background(), analysis.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Every indicator of the example city that can be computed is what its own formula
// gives, for the whole city and a group, and what the SQL of its explanation gives
// when it is run: of surveys whose weights are calibrated the sum of the weights is
// the denominator.
func TestExplanationsGiveTheNumber(t *testing.T) {
	ctx := context.Background()
	w := measuredExample(t, workingCopy)
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer warehouse.Close()
	setup, codes, kinds := w.project.setup(w.relations), map[string]bool{}, map[string]int{}
	for _, v := range sampledValues(w.evaluated.Values) {
		x := explained{work: w, value: v, rows: true, coverage: coverageOf(w, v.Code)}
		if x.anatomy, err = indicators.Explain(ctx, warehouse, setup, v); err != nil {
			t.Fatalf("%s %s %s: %v", v.Code, v.Period.Label, v.Group, err)
		}
		codes[v.Code] = true
		formula := x.formulaTable()
		last := formula.Rows[len(formula.Rows)-1]
		total, _ := last[1].(float64)
		if last[0] != "value" || !alike(total, v.Value) {
			t.Errorf("%s %s %s: the formula gives %v, printed is %v", v.Code, v.Period.Label, v.Group, last[1], v.Value)
		}
		kinds[recomputes(t, ctx, warehouse, &x)]++
	}
	if len(codes) != computable(w) || kinds["again"] < 50 || kinds["weights"] < 20 {
		t.Errorf("%d indicators, %v: too few to say anything", len(codes), kinds)
	}
}

// sampledValues keeps of each indicator the latest value of the whole city and of one group.
func sampledValues(values []analysis.Value) []analysis.Value {
	last := map[string]analysis.Value{}
	for _, v := range values {
		if !v.State.Withheld() {
			last[fmt.Sprint(v.Code, len(v.Group) > 0)] = v
		}
	}
	return slices.SortedFunc(maps.Values(last), func(a, b analysis.Value) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(len(a.Group), len(b.Group)))
	})
}

// computable counts the indicators with a value.
func computable(w *work) int {
	n := 0
	for _, c := range w.evaluated.Coverage {
		if len(c.Years)+len(c.Partial) > 0 {
			n++
		}
	}
	return n
}

func coverageOf(w *work, code string) indicators.Coverage {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code == code {
			return c
		}
	}
	return indicators.Coverage{}
}

func alike(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))
}

// recomputes checks the SQL of an explanation, and says by what.
func recomputes(t *testing.T, ctx context.Context, warehouse *ingest.Warehouse, x *explained) string {
	t.Helper()
	v := x.value
	about := strings.Join([]string{v.Code, v.Period.Label, v.Group.String()}, " ")
	if x.calibrated() {
		if err := x.describeSample(ctx, warehouse); err != nil {
			t.Fatal(err)
		}
		if r := x.anatomy.Readings[0]; r.Over == "1" && !alike(x.facts.Weights, v.Denominator) {
			t.Errorf("%s: weights sum to %v, the denominator is %v", about, x.facts.Weights, v.Denominator)
		}
		return "weights"
	}
	value, y, _, err := x.anatomy.Recompute(ctx, warehouse)
	switch {
	case err != nil:
		t.Fatalf("%s: %v", about, err)
	case !alike(value, v.Value):
		t.Errorf("%s: the SQL gives %v, printed is %v\n%s", about, value, v.Value, x.anatomy.Readings[0].SQL)
	case !math.IsNaN(v.Numerator) && !alike(y, v.Numerator):
		t.Errorf("%s: the SQL's numerator is %v, printed is %v", about, y, v.Numerator)
	}
	return "again"
}

// What is withheld stays so: neither totals nor rows nor how many there are.
func TestExplanationOfWithheldNumbersTellsNothing(t *testing.T) {
	ctx := context.Background()
	for _, edition := range []disclosure.Edition{disclosure.Public, disclosure.Internal} {
		w := measuredExample(t, edition)
		seen := 0
		for _, v := range w.evaluated.Values {
			if v.State != analysis.Confidential {
				continue
			}
			seen++
			if seen > 8 {
				break
			}
			one := reports.Asked{Code: v.Code, Period: v.Period.Label, Place: v.Place, Group: v.Group}
			result, err := w.explanation(ctx, one, true)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"formula", "rows counted and left out", "sample", "first rows", "comparison", "sql"} {
				if rows := tableOf(result, name).Rows; len(rows) > 0 {
					t.Errorf("%s: %s of a confidential number has %v", edition, name, rows)
				}
			}
			number := tableOf(result, "number")
			for k, c := range number.Columns {
				if c.Type == "number" && number.Rows[0][k] != nil || c.Type == "integer" && number.Rows[0][k] != nil {
					t.Errorf("%s: %s of a confidential number is %v", edition, c.Name, number.Rows[0][k])
				}
			}
		}
		if seen == 0 && edition == disclosure.Public {
			t.Error("no confidential number to look at")
		}
	}
}

// The public edition names no row, however it is asked.
func TestPublicExplanationNamesNoRow(t *testing.T) {
	w := measuredExample(t, disclosure.Public)
	result, err := w.explanation(context.Background(), reports.Asked{Code: "2.1.3.1"}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"first rows", "rows counted and left out"} {
		if len(tableOf(result, name).Rows) > 0 {
			t.Errorf("the public edition has %s", name)
		}
	}
	for _, row := range tableOf(result, "inputs").Rows {
		if row[4] != nil {
			t.Errorf("the public edition counts the rows of %v", row[1])
		}
	}
}

func TestBare(t *testing.T) {
	for given, want := range map[string]string{"((a = 1))": "a = 1", "(a) AND (b)": "(a) AND (b)", "f(x)": "f(x)", "": "", "(x": "(x"} {
		if got := bare(given); got != want {
			t.Errorf("bare(%q) = %q, want %q", given, got, want)
		}
	}
}
