package main

import (
	"math"
	"strconv"
	"strings"
)

// Figures of estimate are rounded for people to two significant digits of their
// standard error, which an analyst can hold against another program's; without
// one to four digits of their own.

// decimalsOf is after how many decimals an estimate is rounded, negative for tens
// and hundreds.
func decimalsOf(value, se float64) int {
	if se > 0 && !math.IsInf(se, 0) {
		return 1 - int(math.Floor(math.Log10(se*(1+5e-3)))) // 0.0996 is written 0.10
	}
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0
	}
	return max(0, 3-int(math.Floor(math.Log10(math.Abs(value)))))
}

// digits writes x after so many decimals, with commas between thousands and a
// true minus sign; nothing where there is no number.
func digits(x float64, decimals int) any {
	switch size := math.Abs(x); {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return nil
	case size >= 1e15 || decimals > 12:
		return strconv.FormatFloat(x, 'g', 4, 64)
	}
	if decimals < 0 {
		step := math.Pow10(-decimals)
		x, decimals = math.Round(x/step)*step, 0
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, fraction, fractional := strings.Cut(text, ".")
	text = thousands(whole)
	if fractional {
		text += "." + fraction
	}
	if x < 0 && strings.Trim(text, "0.,") != "" {
		text = "−" + text
	}
	return text
}

// thousands puts commas into a whole number.
func thousands(whole string) string {
	for k := len(whole) - 3; k > 0; k -= 3 {
		whole = whole[:k] + "," + whole[k:]
	}
	return whole
}

// shortest writes x with as few decimals as it has, four at most.
func shortest(x float64) any {
	text, written := digits(x, 4).(string)
	if !written {
		return nil
	}
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// chance writes a p value.
func chance(p float64) any {
	if math.IsNaN(p) {
		return nil
	}
	if p < 1e-4 {
		return "<0.0001"
	}
	return digits(p, max(2, 1-int(math.Floor(math.Log10(p)))))
}
