package equity

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	farOut = 3.5 // modified z-score beyond which a group stands apart
	fewest = 10  // groups without which nobody stands apart
	many   = 20  // groups from which on their quartiles are told
)

// outlying marks groups whose value is so far from the others that the figure
// should be checked before anybody is named: a modified z-score
//
//	0.6745·(x − median) / MAD
//
// beyond 3.5 (Iglewicz & Hoaglin, 1993), of logarithms where values are above 0 and
// no percentages, as those are skewed. Values with a sampling error have their
// interval to tell, and nobody stands apart among fewer than 10.
func (v *panel) outlying() []bool {
	out := make([]bool, len(v.y))
	if v.cov != nil || len(v.y) < fewest {
		return out
	}
	x := slices.Clone(v.y)
	if v.Unit != "percent" && slices.Min(x) > 0 {
		for k := range x {
			x[k] = math.Log(x[k])
		}
	}
	middle := quantile(x, .5)
	off := make([]float64, len(x))
	for k := range x {
		off[k] = math.Abs(x[k] - middle)
	}
	mad := quantile(off, .5)
	for k := range x {
		out[k] = mad > 0 && .6745*off[k]/mad > farOut
	}
	return out
}

// quantile is the usual one between neighbours (type 7 of Hyndman & Fan, 1996).
func quantile(x []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(x))
	at := share * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// middleSentence says where half of many groups lie, which no extreme decides.
func (s *study) middleSentence() string {
	if len(s.y) < many {
		return ""
	}
	print := func(share float64) string {
		x := quantile(s.y, share)
		return figure(x, decimals(x, math.NaN(), s.Unit))
	}
	return fmt.Sprintf("Half of the %d groups lie between %s and %s, the one in the middle at %s.", len(s.y), print(.25), of(print(.75), s.Unit), print(.5))
}

// outlyingWarning names the groups that stand apart, "" where none does.
func (s *study) outlyingWarning() string {
	var names []string
	for k, odd := range s.odd {
		if odd {
			names = append(names, fmt.Sprintf("%s (%s)", s.label(k), s.panel.level(k)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	more := ""
	if n := len(names); n > 6 {
		names, more = names[:6], fmt.Sprintf(" and %d more", n-6)
	}
	return fmt.Sprintf("by %s: far from all other groups: %s%s; check whether these figures are complete before naming anybody best or behind", s.by(), strings.Join(names, ", "), more)
}
