package costbenefit

import (
	"math"
	"strconv"
	"strings"
)

// amount is a sum of money for a sentence, to three significant digits: 90,000,
// 1.18 million. Its sign is left to the words around it.
func amount(x float64) string {
	x = significant(math.Abs(x), 3)
	switch {
	case x >= 1e9:
		return plainDigits(x/1e9) + " billion"
	case x >= 1e6:
		return plainDigits(x/1e6) + " million"
	case x >= 100:
		return thousands(strconv.FormatFloat(x, 'f', 0, 64))
	}
	return plainDigits(x)
}

// significant rounds x to so many significant digits.
func significant(x float64, digits int) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 64)
	return rounded
}

// plainDigits prints at most three significant digits, without zeros at the end.
func plainDigits(x float64) string {
	return strconv.FormatFloat(significant(x, 3), 'f', -1, 64)
}

func thousands(digits string) string {
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, parts...), ",")
}

// percent is a fraction as a percentage to three significant digits: 3.5 %.
func percent(x float64) string { return plainDigits(x*100) + " %" }

// wholePercent is a share for a sentence, without decimals but for the smallest.
func wholePercent(x float64) string {
	if x > 0 && x < .01 {
		return "less than 1 %"
	}
	return strconv.FormatFloat(math.Round(x*100), 'f', 0, 64) + " %"
}

// plainRatio is a ratio with two decimals.
func plainRatio(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// and joins words as in a sentence: a, b and c.
func and(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
