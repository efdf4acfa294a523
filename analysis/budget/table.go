package budget

import (
	"math"

	"pediment/analysis"
)

// money makes the spec of a column of amounts.
func (l *ledger) money(name string) string { return name + ":number:" + l.currency }

// units is an amount as a cell: in units of the currency.
func inUnits(cents int64) float64 { return analysis.Money{Cents: cents}.Float() }

// cents is an amount as a cell, absent where there is none.
func centsCell(cents int64, known bool) any {
	if !known {
		return nil
	}
	return inUnits(cents)
}

// number is a cell that is empty where the number is absent.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// percent is 100·a/b, NaN where b is 0.
func percent(a, b int64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return 100 * float64(a) / float64(b)
}

// state is a state as a cell.
func state(s analysis.State) string { return string(s) }
