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
