package equity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Numbers in sentences are rounded as their standard error supports: two digits of
// an error that begins with 1 to 3.5, else one; without an error to what a reader
// needs.

// decimals returns after how many decimals to round, negative for tens.
func decimals(x, se float64, unit string) int {
	need := 0
	switch size := math.Abs(x); {
	case strings.HasPrefix(unit, "percent"):
		need = 1
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
	case "":
		return number
	case "percent":
		return number + " %"
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

// interval prints "8 to 16".
func (e estimate) interval(unit string) string {
	d := decimals(e.value, e.se, unit)
	return figure(e.low, d) + " to " + figure(e.high, d)
}

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

// changeUnit is the unit of differences of values.
func changeUnit(unit string) string {
	if unit == "percent" {
		return "percentage points"
	}
	return unit
}

func squaredUnit(unit string) string {
	if unit == "" {
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
	if text == "" {
		return text
	}
	for i, r := range text {
		if i > 0 {
			return text[:i]
		}
		return strings.ToUpper(string(r)) + text[len(string(r)):]
	}
	return text
}
