package costsharing

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pediment/analysis"
)

// reading gathers the problems found while a plan is compiled.
type reading struct {
	problems analysis.Problems
}

func (r *reading) fail(at analysis.Position, hint, format string, args ...any) {
	r.problems = append(r.problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// largest is what an amount or a weight stays below, so that cents stay exact.
const largest = "1,000,000,000,000"

var (
	plainNumber  = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]+)?$`)
	plainAmount  = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,2})?$`)
	plainShare   = regexp.MustCompile(`^([0-9]{1,3}(\.[0-9]+)?) ?%$`)
	currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)
	manyDigits   = regexp.MustCompile(`^[0-9]{13,}(\.[0-9]+)?$`)
)

// measure reads a number of any unit; NaN where there is none.
func (r *reading) measure(t analysis.Text, what string) float64 {
	if !r.readable(t, what, plainNumber, "write digits with a point for decimals and nothing between thousands") {
		return math.NaN()
	}
	x, _ := strconv.ParseFloat(t.Value, 64)
	return x
}

// cents reads an amount of money; NaN where there is none.
func (r *reading) cents(t analysis.Text, what string) float64 {
	if !r.readable(t, what, plainAmount, "write digits with a point for cents and nothing between thousands, as in 12500.50") {
		return math.NaN()
	}
	whole, fraction, _ := strings.Cut(t.Value, ".")
	x, _ := strconv.ParseFloat(whole+(fraction + "00")[:2], 64)
	return x
}

// readable reports whether the text is given and has the form, and explains what
// is wrong with one that has not.
func (r *reading) readable(t analysis.Text, what string, form *regexp.Regexp, hint string) bool {
	value := strings.TrimPrefix(t.Value, "-")
	switch {
	case !written(t):
		return false
	case form.MatchString(t.Value):
		return true
	case value != t.Value && plainNumber.MatchString(value):
		r.fail(t.At, "write it without the sign", "%s: %s is negative", what, t.Value)
	case manyDigits.MatchString(t.Value):
		r.fail(t.At, "write it in thousands of another unit", "%s: %s is not below %s", what, t.Value, largest)
	case plainNumber.MatchString(t.Value):
		r.fail(t.At, "round it to cents", "%s: %s has more than two decimals", what, t.Value)
	default:
		r.fail(t.At, hint, "%s: %q is not a number", what, t.Value)
	}
	return false
}

// share reads a share from 0% to 100%; NaN where there is none.
func (r *reading) share(t analysis.Text, what string) float64 {
	if !written(t) {
		return math.NaN()
	}
	match := plainShare.FindStringSubmatch(t.Value)
	if match == nil {
		r.fail(t.At, "write it in percent, as in 40%", "%s: %q is not a share", what, t.Value)
		return math.NaN()
	}
	x, _ := strconv.ParseFloat(match[1], 64)
	if x > 100 {
		r.fail(t.At, "a share lies between 0% and 100%", "%s: %s is more than the whole", what, t.Value)
		return math.NaN()
	}
	return x / 100
}

// limit reads a cap in cents, rounded down where it is a share of the cost; NaN
// where there is none.
func (r *reading) limit(t analysis.Text, cost float64, what string) float64 {
	if strings.HasSuffix(t.Value, "%") {
		// A share of cents that is whole may miss it by the last bit.
		return math.Floor(r.share(t, what)*cost + 1e-6)
	}
	return r.cents(t, what)
}

// day reads an ISO day; "" where there is none.
func (r *reading) day(t analysis.Text, what string) string {
	if !written(t) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, t.Value); err != nil {
		r.fail(t.At, "write year-month-day, as in 2027-12-31", "%s: %q is not a day", what, t.Value)
		return ""
	}
	return t.Value
}

// oneOf reads a word of a list; "" where there is none.
func (r *reading) oneOf(t analysis.Text, what string, words ...string) string {
	if !written(t) {
		return ""
	}
	for _, word := range words {
		if t.Value == word {
			return word
		}
	}
	hint := analysis.Suggest(t.Value, words)
	if hint == "" {
		hint = "one of " + strings.Join(words, ", ")
	}
	r.fail(t.At, hint, "%s: %q is not known", what, t.Value)
	return ""
}
