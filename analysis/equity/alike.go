package equity

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// noise is how far apart in relation to their size two values may lie that differ
// by nothing but how computers add.
const noise = 1e-12

// same reports whether two values are the same but for the last digits.
func same(a, b float64) bool {
	return a == b || math.Abs(a-b) <= noise*max(math.Abs(a), math.Abs(b))
}

// apart is a − b, 0 where they are the same.
func apart(a, b float64) float64 {
	if same(a, b) {
		return 0
	}
	return a - b
}

// alike reports whether all of two values or more are the same, and makes them so to
// the last digit.
func alike(y []float64) bool {
	if len(y) < 2 {
		return false
	}
	for _, x := range y {
		if !same(x, y[0]) {
			return false
		}
	}
	for k := range y {
		y[k] = y[0]
	}
	return true
}

// mostAlike are the breakdowns of groups that are all alike that one sentence names.
const mostAlike = 5

// sameEverywhere names the indicators all of whose groups have the same value.
func (f *findings) sameEverywhere(latest []*study) {
	var names []string
	for _, s := range latest {
		if s.alike {
			names = append(names, fmt.Sprintf("%s by %s (%s)", s.name(), s.by(), s.panel.level(0)))
		}
	}
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	more := ""
	if n := len(names); n > mostAlike {
		names, more = names[:mostAlike], fmt.Sprintf(" and %d more", n-mostAlike)
	}
	f.say("all indicators", "All groups are alike: %s%s.", strings.Join(names, "; "), more)
}
