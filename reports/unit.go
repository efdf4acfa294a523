package reports

import (
	"regexp"
	"strconv"
	"strings"
)

var perUnit = regexp.MustCompile(`^per ([\d,  ]+)`)

// scaleOf returns what a numerator over a denominator was multiplied by to give
// a value in the unit: 100 for percent, 100,000 for "per 100,000", else 1.
func scaleOf(unit string) float64 {
	if unit == "percent" {
		return 100
	}
	if m := perUnit.FindStringSubmatch(unit); m != nil {
		digits := strings.NewReplacer(",", "", " ", "", " ", "").Replace(m[1])
		if n, err := strconv.ParseFloat(digits, 64); err == nil {
			return n
		}
	}
	return 1
}

// numberFormat returns the spreadsheet format of values in the unit with the
// given number of decimals. Percentages are stored as 38.6, not 0.386, so the
// sign is a text in the format.
func numberFormat(unit string, decimals int) string {
	format := "#,##0"
	if decimals > 0 {
		format += "." + strings.Repeat("0", min(decimals, 9))
	}
	if unit == "percent" {
		format += `" %"`
	}
	return format
}
