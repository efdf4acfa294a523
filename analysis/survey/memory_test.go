package survey

import (
	"context"
	"runtime"
	"sync"
	"testing"
)

// TestMemoryDoesNotGrowWithRows estimates from samples where every row is a PSU,
// and measures what is alive while rows are read.
func TestMemoryDoesNotGrowWithRows(t *testing.T) {
	asks := []Ask{
		{ID: "mean", Op: "mean", Vars: []string{"x", "y", "g"}, NaRm: true},
		{ID: "total", Op: "total", Vars: []string{"x"}},
		{ID: "by", Op: "by_mean", Vars: []string{"y"}, By: []string{"g", "h"}, NaRm: true},
		{ID: "share", Op: "ciprop", Indicator: "b"},
		{ID: "median", Op: "quantile", Vars: []string{"x"}, Probs: []float64{0.5}},
	}
	alive := func(rows int64) uint64 {
		var lock sync.Mutex
		most := uint64(0)
		watch := func() {
			lock.Lock()
			defer lock.Unlock()
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		design := Design{Strata: []string{"stratum"}, Weights: "w"}
		answers, _, err := Estimate(context.Background(), madeRows{rows: rows, step: 1, workers: 2, watch: watch}, Request{Design: design, Estimates: asks})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range answers {
			if a.Error != "" || !(a.SE > 0) {
				t.Fatalf("%s %s of %d rows: %v ± %v %s", a.ID, a.Name, rows, a.Value, a.SE, a.Error)
			}
		}
		return most
	}
	few, many := alive(100_000), alive(5_000_000)
	t.Logf("%.1f MB alive with 100,000 rows, %.1f MB with 5,000,000", float64(few)/1e6, float64(many)/1e6)
	if many > few+2e6 {
		t.Errorf("%d bytes alive with 5,000,000 rows, %d with 100,000", many, few)
	}
}
