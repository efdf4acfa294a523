package analysis

import (
	"math"
	"strings"
	"testing"
)

// 500 at an index of 100 are 500·123.4/100 = 617 at one of 123.4, and back.
func TestDeflatorsFactor(t *testing.T) {
	index := Deflators{{2015, 100, ""}, {2024, 123.4, ""}}
	for _, c := range []struct {
		from, to     int
		amount, want float64
	}{
		{2015, 2024, 500, 617},
		{2024, 2015, 617, 500},
		{2024, 2024, 500, 500},
		{1999, 1999, 500, 500}, // within one year nothing is needed
	} {
		factor, err := index.Factor(c.from, c.to)
		if err != nil || math.Abs(c.amount*factor-c.want) > 1e-9 {
			t.Errorf("%v of %d in prices of %d: %v, %v; want %v", c.amount, c.from, c.to, c.amount*factor, err, c.want)
		}
	}
	for _, years := range [][2]int{{2015, 2020}, {2020, 2015}} {
		if _, err := index.Factor(years[0], years[1]); err == nil || !strings.Contains(err.Error(), "no index for 2020") {
			t.Errorf("%v: error %v, want the year that is missing", years, err)
		}
	}
}

// TestDeflatorsOfTheUserGuide takes the published growth rates and the sum
// inflated from their index numbers. Source: HM Treasury, GDP deflators user
// guide, Annex A (2002-03 = 100); years are called by the one they begin in.
// Tolerance: half of the last printed digit.
func TestDeflatorsOfTheUserGuide(t *testing.T) {
	index := []float64{70.984, 75.285, 77.756, 79.874, 81.053, 83.414, 86.292, 88.48, 91.031, 93.046, 94.251, 96.721, 100, 102.789, 105.161, 107.812, 110.702, 113.691, 116.761}
	growth := []float64{6.06, 3.28, 2.72, 1.48, 2.91, 3.45, 2.54, 2.88, 2.21, 1.29, 2.62, 3.39, 2.79, 2.31, 2.52, 2.68, 2.7, 2.7}
	var ds Deflators
	for i, x := range index {
		ds = append(ds, Deflator{Year: 1990 + i, Index: x})
	}
	check := func(from, to int, scale, add, want, tolerance float64) {
		t.Helper()
		factor, err := ds.Factor(from, to)
		if err != nil {
			t.Fatal(err)
		}
		if got := scale*factor + add; math.Abs(got-want) > tolerance {
			t.Errorf("%d to %d: %v, want %v", from, to, got, want)
		}
	}
	for i, want := range growth {
		check(1990+i, 1991+i, 100, -100, want, .006)
	}
	check(1997, 2002, 100, -100, 13.02, .005)
	check(1998, 2003, 7.4, 0, 8.36, .005)
}
