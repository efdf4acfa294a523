package reports

import (
	"math"
	"strconv"
	"strings"

	"pediment/analysis"
)

// Numbers are rounded once, here, and never show more digits than their
// interval supports. Words and numbers are English: a decimal point, commas
// between thousands.

// none stands where a number is absent.
const none = "–"

const noBreak = "\u00a0"

// decimals returns after how many decimals the estimate is rounded, negative
// when it is rounded to tens or hundreds. It is the smaller of what a reader
// needs for such a number in such a unit and what its standard error supports;
// a whole number without sampling error keeps none.
func decimals(e analysis.Estimate, unit string) int {
	need := needed(e.Value, unit)
	se := e.SE
	if !finite(se) {
		se = (e.High - e.Low) / (2 * 1.96)
	}
	if finite(se) && se > 0 {
		return min(need, supported(se))
	}
	if unit != "percent" && unit != percentagePoints && e.Value == math.Trunc(e.Value) {
		return 0
	}
	return need
}

// supported returns the decimals a standard error supports by the rule of the
// Particle Data Group (Review of Particle Physics, introduction, 5.3
// "Rounding"): where its first three digits lie between 100 and 354 the first
// two count, between 355 and 949 the first one, and from 950 on it is rounded
// up to 1000 and two count. An error of 1.2 supports one decimal, one of 4.1
// none, one of 41 rounding to tens.
func supported(se float64) int {
	order := int(math.Floor(math.Log10(se)))
	if leading := math.Round(se / math.Pow10(order-2)); leading < 355 {
		return 1 - order
	}
	return -order
}

// What differs from a whole percentage by less than noise, or from zero by less than
// nothing, does so because computers round.
const (
	noise   = 1e-5
	nothing = 1e-12
)

// percentagePoints is the unit of a difference between percentages.
const percentagePoints = "percentage points"

// needed returns the decimals a reader needs: one for a percentage and more
// close to 0 and 100, where two significant digits of the distance are kept;
// for other numbers three significant digits, two below 1.
func needed(x float64, unit string) int {
	if !finite(x) {
		return 0
	}
	x = math.Abs(x)
	switch {
	case unit == "percent" && x > 0 && x < 100:
		if x < noise || 100-x < noise {
			return 1
		}
		return max(1, min(6, twoDigits(min(x, 100-x))))
	case unit == percentagePoints && x > 0:
		return max(1, twoDigits(10*x))
	case unit == "percent", unit == percentagePoints:
		return 1
	case x < nothing:
		return 0
	case x < 1:
		return twoDigits(x)
	}
	return max(0, 2-int(math.Floor(math.Log10(x))))
}

// twoDigits returns the decimals that keep two significant digits of x, which
// is not negative; none for 0.
func twoDigits(x float64) int {
	if x == 0 {
		return 0
	}
	return 1 - int(math.Floor(math.Log10(x)))
}

// rounded prints x after the given number of decimals with commas between
// thousands and a true minus sign; very large and very small numbers in powers
// of ten. An absent number is a dash.
func rounded(x float64, decimals int) string {
	if !finite(x) {
		return none
	}
	if math.Abs(x) < nothing {
		x = 0
	}
	if size := math.Abs(x); size >= 1e15 || size > 0 && size < 1e-6 {
		return scientific(x)
	}
	if decimals < 0 {
		step := math.Pow10(-decimals)
		x, decimals = math.Round(x/step)*step, 0
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	text = grouped(whole)
	if fraction != "" {
		text += "." + fraction
	}
	if x < 0 && strings.Trim(text, "0.,") != "" {
		return "−" + text
	}
	return text
}

func grouped(digits string) string {
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String()
}

func scientific(x float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', 1, 64), "e")
	power, _ := strconv.Atoi(exponent)
	superscript := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return strings.Replace(mantissa, "-", "−", 1) + "×10" + superscript.Replace(strconv.Itoa(power))
}

// count prints a whole number.
func count(n int64) string { return rounded(float64(n), 0) }

// withUnit adds the unit to a printed number: " %" for percent, else the unit's words.
func withUnit(number, unit string) string {
	switch {
	case number == none || unit == "":
		return number
	case unit == "percent":
		return number + noBreak + "%"
	}
	return number + " " + unit
}

// amount prints an estimate rounded as its interval supports, with its unit.
func amount(e analysis.Estimate, unit string) string {
	return withUnit(rounded(e.Value, decimals(e, unit)), unit)
}

// number prints an estimate where its unit stands elsewhere: only the sign of
// percent stays with it.
func number(e analysis.Estimate, unit string) string {
	text := rounded(e.Value, decimals(e, unit))
	if unit == "percent" {
		return withUnit(text, unit)
	}
	return text
}

// interval prints the 95 % interval as "36.2 to 41.0", rounded like its value,
// or "" when there is none.
func interval(e analysis.Estimate, unit string) string {
	if !finite(e.Low) || !finite(e.High) {
		return ""
	}
	d := decimals(e, unit)
	return rounded(e.Low, d) + " to " + rounded(e.High, d)
}

// difference prints a change with its sign, in percentage points where the
// values are percentages.
func difference(c analysis.Change, unit string) string {
	return withUnit(signed(c, unit), unitOfChange(unit))
}

// change prints the indicator's change; "" when there is no number to it.
func change(i Indicator) string {
	if !finite(i.Change.Difference) {
		return ""
	}
	return difference(i.Change, i.Unit)
}

// signed prints a change with its sign and no unit.
func signed(c analysis.Change, unit string) string {
	e := analysis.Estimate{Value: c.Difference, SE: c.SE, Low: math.NaN(), High: math.NaN()}
	number := rounded(c.Difference, decimals(e, unitOfChange(unit)))
	if finite(c.Difference) && c.Difference > 0 && strings.Trim(number, "0.,") != "" {
		number = "+" + number
	}
	return number
}

// unitOfChange names what the difference of two values counts.
func unitOfChange(unit string) string {
	if unit == "percent" {
		return percentagePoints
	}
	return unit
}

// finite reports whether x is a number that can be printed.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// known reports whether there is a number to print.
func known(v analysis.Value) bool { return !v.State.Withheld() && finite(v.Value) }
