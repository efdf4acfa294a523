package progress

import (
	"math"
	"strconv"
	"strings"

	"pediment/analysis"
)

// parseShare reads a share as it may be written: 0.02 or 2%.
func parseShare(text string) (float64, error) {
	plain, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(plain), 64)
	if percent {
		x /= 100
	}
	return x, err
}

// share reads a share where one is written, else NaN.
func (r *reader) share(t analysis.Text, what string) float64 {
	if t.Value == "" {
		return math.NaN()
	}
	x, err := parseShare(t.Value)
	if err != nil || math.IsNaN(x) {
		r.fail(t.At, "write it as 0.02 or 2%", "%s: %q is not a number", what, t.Value)
		return math.NaN()
	}
	return x
}

// tolerance reads how far from a target is near enough: of a ratio 0.03 or 3%, of a
// value an amount in its own unit, where a percentage could mean points or a share.
func (r *reader) tolerance(t analysis.Text, direction Direction, at string) float64 {
	if direction == ToValue && strings.HasSuffix(strings.TrimSpace(t.Value), "%") {
		r.fail(t.At, "write it in the indicator's unit, as in 0.5 for half a point of percent", "%s: tolerance: %q can mean points or a share of the value", at, t.Value)
		return math.NaN()
	}
	return r.share(t, at+": tolerance")
}

// largest is the size from which on no indicator of a city has values.
const largest = 1e15

// checkSizes looks for numbers that are too large for anything a city counts.
func (r *reader) checkSizes(w measureFile, at string) {
	check := func(x *float64, pos analysis.Position, what string) {
		if x != nil && math.Abs(*x) > largest {
			r.fail(pos, "mend the number", "%s: %s: %g is more than any city counts", at, what, *x)
		}
	}
	check(w.Limit, w.At, "limit")
	if b := w.Baseline; b != nil {
		check(b.Value, b.At, "baseline")
		check(b.SE, b.At, "baseline: se")
	}
	for _, t := range w.Targets {
		for _, x := range []*float64{t.Value, t.Low, t.High, t.Increment} {
			check(x, t.At, "targets: "+t.Period.Value)
		}
	}
}
