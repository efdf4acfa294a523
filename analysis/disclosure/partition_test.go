package disclosure

import (
	"math"
	"testing"

	"pediment/analysis"
)

// learners are counts of one indicator by district, the whole city first.
func learners(code string, counts ...float64) []analysis.Value {
	places := []string{"", "W1", "W2", "W3", "W4"}
	var values []analysis.Value
	for k, n := range counts {
		v := analysis.Value{Code: code, Period: analysis.Period{Label: "2025"}, Place: places[k], Unit: "learners", Estimate: analysis.Unknown(), Numerator: n, Denominator: math.NaN()}
		v.Value, v.N = n, int64(n)
		values = append(values, v)
	}
	return values
}

// sameRecords are three conditions on the rows of one dataset.
func sameRecords(smallest int64) Rule {
	return Rule{
		Smallest: smallest, People: func(v analysis.Value) float64 { return v.Numerator },
		Source: func(code string) string { return "courses " + code }, Records: func(string) string { return "courses" },
	}
}

// TestPartition: all learners less those without a migrant background are those
// with one; where these are few, no two of the three may be shown.
func TestPartition(t *testing.T) {
	values := append(append(learners("all", 153, 40, 38, 50, 25), learners("others", 113, 33, 27, 30, 23)...), learners("migrants", 40, 7, 11, 20, 2)...)
	protected, _ := Protect(values, sameRecords(10))
	for place := 1; place <= 4; place++ {
		hidden := 0
		for code := range 3 {
			if protected[5*code+place].State == analysis.Confidential {
				hidden++
			}
		}
		if hidden == 1 {
			t.Errorf("in %s one of three counts is withheld, which the two others give away", values[place].Place)
		}
	}
	for _, k := range []int{11, 14} {
		if protected[k].State != analysis.Confidential {
			t.Errorf("%g migrants in %s are shown", values[k].Numerator, values[k].Place)
		}
	}
}

// TestNested: of two counts, one of which holds the other, the difference is a group.
func TestNested(t *testing.T) {
	values := append(learners("all", 153, 40, 38, 50, 25), learners("under 65", 120, 30, 24, 43, 23)...)
	protected, log := Protect(values, sameRecords(10))
	for _, place := range []int{3, 4} { // 50 − 43 and 25 − 23 people of 65 and over
		if protected[place].State != analysis.Confidential && protected[5+place].State != analysis.Confidential {
			t.Errorf("in %s both are shown, a few people apart", values[place].Place)
		}
	}
	if log.Withheld() == 0 || protected[1].State == analysis.Confidential || protected[6].State == analysis.Confidential && protected[7].State == analysis.Confidential {
		t.Errorf("withheld: %v", log)
	}
}
