package equity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Numbers in sentences are rounded as their standard error supports: two digits of
// an error that begins with 1 to 3.5, else one; without an error to what a reader
// needs.

// decimals returns after how many decimals to round, negative for tens.
func decimals(x, se float64, unit string) int {
	need := 0
	switch size := math.Abs(x); {
	case strings.HasPrefix(unit, "percent") && (size >= 1 || size == 0):
		need = 1
	case strings.HasPrefix(unit, "percent"):
		need = 1 - int(math.Floor(math.Log10(size)))
	case unit == "people":
		need = 0
	case size == 0:
		need = 1
	default:
		need = max(0, 2-int(math.Floor(math.Log10(size))))
	}
	if !(se > 0) || math.IsInf(se, 0) {
		return min(need, 6)
	}
	order := int(math.Floor(math.Log10(se)))
	if math.Round(se/math.Pow10(order-2)) < 355 {
		return min(need, 1-order)
	}
	return min(need, -order)
}

// figure prints x after so many decimals, commas between thousands, a true minus.
func figure(x float64, decimals int) string {
	if decimals < 0 {
		step := math.Pow10(-decimals)
		x, decimals = math.Round(x/step)*step, 0
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if x < 0 && strings.Trim(whole, "0.,") != "" {
		return "−" + whole
	}
	return whole
}

// counted prints a number of people or groups.
func counted(x float64) string { return figure(math.Round(x), 0) }

// of adds the unit to a number.
func of(number, unit string) string {
	switch unit {
	case "", asPublished:
		return number
	case "percent":
		return number + " %"
	case "percentage points":
		if number == "1" {
			return "1 percentage point"
		}
	case "people":
		if number == "1" {
			return "1 person"
		}
	}
	return number + " " + unit
}

// level prints a group's value with its unit.
func (v *panel) level(k int) string { return v.amount(v.y[k], v.spreadOf(k)) }

// spreadOf is the SE of a group's value.
func (v *panel) spreadOf(k int) float64 {
	if v.cov == nil {
		return math.NaN()
	}
	return math.Sqrt(v.cov[k][k])
}

func (v *panel) amount(x, se float64) string { return of(figure(x, decimals(x, se, v.Unit)), v.Unit) }

// text prints a measure in its unit without sign.
func (e estimate) text(unit string) string {
	return of(figure(math.Abs(e.value), decimals(e.value, e.se, unit)), unit)
}

// interval prints "8 to 16". An end that is not 0 is not rounded to it where that
// would hide that the interval leaves it out.
func (e estimate) interval(unit string) string {
	d := decimals(e.value, e.se, unit)
	for range 2 {
		if e.low*e.high > 0 && (isZero(figure(e.low, d)) || isZero(figure(e.high, d))) {
			d++
		}
	}
	return figure(e.low, d) + " to " + figure(e.high, d)
}

func isZero(text string) bool { return strings.Trim(text, "0.") == "" }

// sure ends a clause: how sure the measure is, where it has an error.
func (e estimate) sure(unit string) string {
	switch {
	case math.IsNaN(e.low) || math.IsNaN(e.p):
		return ""
	case e.clear():
		return fmt.Sprintf(" (95 %% interval %s), more than chance would bring", e.interval(unit))
	}
	return fmt.Sprintf(" (95 %% interval %s), which may be chance", e.interval(unit))
}

// between is sure for what follows from a gap already said to be clear.
func (e estimate) between(unit string) string {
	if e.clear() && !math.IsNaN(e.low) {
		return fmt.Sprintf(" (95 %% interval %s)", e.interval(unit))
	}
	return e.sure(unit)
}

// turnedRound is the estimate of a gap as a distance, above 0.
func (e estimate) turnedRound() estimate {
	if e.value < 0 {
		e.value, e.low, e.high = -e.value, -e.high, -e.low
	}
	return e
}

// asPublished is the unit of figures that were published without one.
const asPublished = "as published"

// changeUnit is the unit of differences of values.
func changeUnit(unit string) string {
	if unit == "percent" {
		return "percentage points"
	}
	return unit
}

func squaredUnit(unit string) string {
	if unit == "" || unit == asPublished {
		return ""
	}
	return changeUnit(unit) + " squared"
}

// percentSafe keeps a name out of the way of formatting.
func percentSafe(name string) string { return strings.ReplaceAll(name, "%", "%%") }

// listed joins names as in "A, B and C".
func listed(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// plural is "1 group", "3 groups".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return counted(float64(n)) + " " + many
}

// capital begins a sentence.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
