package costbenefit

import (
	"math"
	"strconv"
	"strings"
)

// numberWords prints a number for a sentence with its unit: shares as per cent to
// two significant digits, others to three; whole numbers below ten thousand as
// they are.
func numberWords(x float64, unit string) string {
	return digitsWords(x, unit, 0)
}

// distinct prints x with as many digits as tell it from the base value.
func distinct(x, base float64, unit string) string {
	for extra := range 5 {
		if text := digitsWords(x, unit, extra); text != digitsWords(base, unit, extra) || x == base {
			return text
		}
	}
	return digitsWords(x, unit, 5)
}

func digitsWords(x float64, unit string, extra int) string {
	if unit == "share" || strings.HasPrefix(unit, "share ") {
		return grouped(significant(100*x, 2+extra)) + " %"
	}
	if x != math.Trunc(x) || math.Abs(x) >= 10_000 {
		x = significant(x, 3+extra)
	}
	if unit == "" || unit == "×" {
		return grouped(x)
	}
	return grouped(x) + " " + unit
}

// rangeWords prints two numbers with their unit once.
func rangeWords(low, high float64, unit string) string {
	first, second := numberWords(low, unit), numberWords(high, unit)
	if number, suffix, found := strings.Cut(first, " "); found && strings.HasSuffix(second, " "+suffix) {
		first = number
	}
	return first + " to " + second
}

// percentWords prints a share as per cent to two significant digits.
func percentWords(x float64) string { return numberWords(x, "share") }

// moneyWords prints an amount in the appraisal's currency.
func (m *Model) moneyWords(x float64) string {
	text := amount(x) + " " + m.Appraisal.Currency
	if x < 0 {
		text = "−" + text
	}
	return strings.TrimRight(text, " ")
}

// grouped prints x in full with commas between thousands and a true minus sign.
func grouped(x float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', -1, 64), ".")
	whole = thousands(whole)
	if fraction != "" {
		whole += "." + fraction
	}
	if x < 0 {
		return "−" + whole
	}
	return whole
}

// lossWords says how likely a loss is, no more precisely than the draws allow.
// Where none or all of n draws lost, the bound is the rule of three, 3/n.
func lossWords(s Spread, draws int) string {
	n := float64(draws)
	switch p := 100 * s.Loss; {
	case p == 0:
		return "less than " + percentWords(3/n)
	case p == 100:
		return "more than " + grouped(significant(100-300/n, 4)) + " %"
	case 100*s.LossError >= 1:
		return "about " + strconv.FormatFloat(math.Round(p), 'f', 0, 64) + " %, give or take " +
			strconv.FormatFloat(math.Ceil(200*s.LossError), 'f', 0, 64) + " points"
	case p < 1 || p > 99:
		return "about " + strconv.FormatFloat(p, 'f', 1, 64) + " %"
	default:
		return "about " + strconv.FormatFloat(math.Round(p), 'f', 0, 64) + " %"
	}
}
