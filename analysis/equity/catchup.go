package equity

import (
	"fmt"
	"math"
)

// furthestGap is the change of the gap between the group furthest behind and the
// average. The group was picked by its later value, which makes the gap look as if
// it grew: interval and p hold for all groups at once, and that it shrinks is said
// too seldom rather than too often.
func (w *waves) furthestGap(level string) (change, bool) {
	k := w.later.index(level)
	if k < 0 {
		return change{}, false
	}
	if w.earlier.against.of != w.later.against.of {
		return change{}, false
	}
	var m [2]measureOf
	for i, v := range []*panel{w.earlier, w.later} {
		sign := turned(v.lower)
		g := scaled(v.against.gradient, sign)
		g[k] -= sign
		m[i] = measureOf{value: sign * (v.against.value - v.y[k]), gradient: g, more: v.against.variance}
	}
	c := change{measure: "furthest_gap", label: "gap between the average and the group furthest behind", unit: changeUnit(w.later.Unit), absolute: true,
		earlier: m[0].value, later: m[1].value, estimate: w.difference(m[0], m[1])}
	if !math.IsNaN(c.se) {
		c.estimate = c.estimate.around(0, w.df, len(w.later.y))
	}
	c.sentence = w.sentence(c, fmt.Sprintf("The gap between %s and %s", w.later.against.name(), w.later.label(k)))
	if years := w.catchUp(c); years > 0 {
		c.sentence += fmt.Sprintf(" At this pace it would be level in about %s.", plural(int(math.Ceil(years)), "year", "years"))
	}
	return c, true
}

// catchUp returns the years until the gap is 0 if it goes on shrinking as it did,
// 0 where it does not shrink by more than chance would bring or takes more than a
// century:
//
//	gap / ((earlier gap − gap) / years between)
func (w *waves) catchUp(c change) float64 {
	from, to := w.earlier.Period.Start, w.later.Period.Start
	shrinks := c.value < 0 && c.later > 0 && (math.IsNaN(c.p) && !w.later.unsure() && !w.earlier.unsure() || c.clear())
	if !shrinks || !to.After(from) {
		return 0
	}
	between := to.Sub(from).Hours() / (365.25 * 24)
	if years := c.later / (-c.value / between); years <= 100 {
		return years
	}
	return 0
}
