package equity

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// change is one measure in two waves.
type change struct {
	measure, label, unit string
	absolute             bool // in the unit of the values, not in relation to them
	earlier, later       float64
	estimate             // of later − earlier; of later / earlier for ratios
	factor               bool
	lows, highs          [2]float64 // interval of the gap in each wave, NaN but of the difference
	sentence             string
}

// changesSince compares inequality with an earlier wave, over the groups shown in
// both. The gap is that between the groups that are best and worst on the mean of
// both waves, so that neither wave's chance picks them.
func (s *study) changesSince(earlier *panel) []change {
	w := s.waves(earlier)
	if w == nil {
		return nil
	}
	var list []change
	add := func(c change, ok bool) {
		if ok {
			list = append(list, c)
		}
	}
	if w.reference >= 0 {
		add(w.gap())
		add(w.ratio())
	}
	if s.Ordered {
		add(w.slope())
		add(w.relativeSlope())
	}
	if g, ok := furthest(s.standings); ok && g.isBehind() {
		add(w.furthestGap(s.group(g.k).Level))
	}
	add(w.variance())
	add(w.entropy())
	return list
}

func (w *waves) gap() (change, bool) {
	first, second := w.reference, w.compare
	if w.later.lower {
		first, second = second, first
	}
	var m [2]measureOf
	for i, v := range []*panel{w.earlier, w.later} {
		m[i].value, m[i].gradient = Difference(v.y, first, second)
	}
	c := change{measure: "difference", label: "gap between two groups (D)", unit: changeUnit(w.later.Unit), absolute: true,
		earlier: m[0].value, later: m[1].value, estimate: w.difference(m[0], m[1])}
	for i, v := range []*panel{w.earlier, w.later} {
		e := v.estimate(m[i].value, m[i].gradient, 1)
		c.lows[i], c.highs[i] = e.low, e.high
	}
	c.sentence = w.gapSentence(c, w.later.label(w.reference), w.later.label(w.compare))
	return c, true
}

func (w *waves) ratio() (change, bool) {
	first, second := w.reference, w.compare
	if w.later.lower {
		first, second = second, first
	}
	var m [2]measureOf
	for i, v := range []*panel{w.earlier, w.later} {
		if !(v.y[first] > 0 && v.y[second] > 0) {
			return change{}, false
		}
		m[i].value, m[i].gradient = Ratio(v.y, first, second)
	}
	c := change{measure: "ratio", label: "ratio of two groups (R)", earlier: m[0].value, later: m[1].value, factor: true, estimate: w.factor(m[0], m[1])}
	c.sentence = w.sentence(c, fmt.Sprintf("The ratio of %s to %s", w.later.label(first), w.later.label(second)))
	return c, true
}

// lines are the straight lines of both waves, turned so that more is worse for the
// worst placed.
func (w *waves) lines() [2]Line {
	var lines [2]Line
	for i, v := range []*panel{w.earlier, w.later} {
		l := Linear(v.y, v.p)
		if v.lower {
			l.Bottom, l.Top, l.bottomGradient, l.topGradient = l.Top, l.Bottom, l.topGradient, l.bottomGradient
		}
		lines[i] = l
	}
	return lines
}

func (w *waves) slope() (change, bool) {
	var m [2]measureOf
	for i, l := range w.lines() {
		m[i].value, m[i].gradient = l.SII()
	}
	c := change{measure: "sii", label: "slope index of inequality (SII)", unit: changeUnit(w.later.Unit), absolute: true,
		earlier: m[0].value, later: m[1].value, estimate: w.difference(m[0], m[1])}
	c.sentence = w.gapSentence(c, "the best placed", "the worst placed")
	return c, true
}

func (w *waves) relativeSlope() (change, bool) {
	var m [2]measureOf
	for i, l := range w.lines() {
		if m[i].value, m[i].gradient = l.RII(); math.IsNaN(m[i].value) {
			return change{}, false
		}
	}
	c := change{measure: "rii", label: "relative index of inequality (RII)", earlier: m[0].value, later: m[1].value, factor: true, estimate: w.factor(m[0], m[1])}
	c.sentence = w.sentence(c, "The ratio of the best placed to the worst placed")
	return c, true
}

// variance compares the variances between groups less what chance adds to each.
func (w *waves) variance() (change, bool) {
	var m [2]measureOf
	for i, v := range []*panel{w.earlier, w.later} {
		m[i].value, m[i].gradient = BGV(v.y, v.p)
		if v.cov != nil {
			m[i].value -= ChanceBGV(v.p, v.cov)
			m[i].more = BGVVariance(v.y, v.p, v.cov) - quadratic(m[i].gradient, v.cov)
		}
	}
	c := change{measure: "bgv_corrected", label: "variance between groups less what chance adds", unit: squaredUnit(w.later.Unit), absolute: true,
		earlier: m[0].value, later: m[1].value, estimate: w.difference(m[0], m[1])}
	c.sentence = w.sentence(c, "The variance between groups")
	return c, !math.IsNaN(c.value)
}

// entropy compares Theil indices less what chance adds to each.
func (w *waves) entropy() (change, bool) {
	var m [2]measureOf
	for i, v := range []*panel{w.earlier, w.later} {
		if m[i].value, m[i].gradient = Theil(v.y, v.p); math.IsNaN(m[i].value) {
			return change{}, false
		}
		if v.cov != nil {
			half := 1 / (2 * v.mean * v.mean)
			_, g := BGV(v.y, v.p)
			m[i].value -= half * ChanceBGV(v.p, v.cov)
			m[i].more = half * half * (BGVVariance(v.y, v.p, v.cov) - quadratic(g, v.cov))
		}
	}
	c := change{measure: "theil_corrected", label: "Theil index less what chance adds", earlier: m[0].value, later: m[1].value, estimate: w.difference(m[0], m[1])}
	c.sentence = w.sentence(c, "Inequality between all groups (Theil index)")
	return c, true
}

// grew reports the direction of a change: above 0 it grew.
func (c change) grew() float64 {
	if c.factor {
		return c.value - 1
	}
	return c.value
}

// widened is grew away from equality, whichever side is better off.
func (c change) widened() float64 {
	if c.factor && c.earlier*c.later < 1 || !c.factor && c.earlier+c.later < 0 {
		return -c.grew()
	}
	return c.grew()
}

// hardly reports whether the measure changed by less than 2 % of what it was.
func (c change) hardly() bool {
	if c.factor {
		return math.Abs(c.value-1) < .02
	}
	return math.Abs(c.value) < .02*math.Abs(c.earlier)
}

// disagreement says that the gap grew in points and shrank as a ratio, or the
// other way round, and is "" where both tell the same.
func disagreement(list []change) string {
	for _, pair := range [][2]string{{"sii", "rii"}, {"difference", "ratio"}} {
		absolute, relative := changeOf(list, pair[0]), changeOf(list, pair[1])
		if absolute == nil || relative == nil || absolute.widened()*relative.widened() >= 0 {
			continue
		}
		if !math.IsNaN(absolute.p) && !absolute.clear() && !relative.clear() || absolute.hardly() && relative.hardly() {
			continue
		}
		if absolute.widened() > 0 {
			return "Measured as a difference the gap grew, measured as a ratio it shrank: both are right, and which counts is a choice."
		}
		return "Measured as a difference the gap shrank, measured as a ratio it grew: both are right, and which counts is a choice."
	}
	return ""
}

func changeOf(list []change, measure string) *change {
	for i := range list {
		if list[i].measure == measure {
			return &list[i]
		}
	}
	return nil
}

func changeTable(list []*study) analysis.Table {
	t := analysis.Table{Name: "change", Columns: analysis.Columns("code", "name", "by", "from", "to", "measure", "label", "earlier:number", "later:number",
		"change:number", "low:number", "high:number", "se:number", "p:number", "counted_as", "unit", "sentence")}
	for _, s := range list {
		for _, c := range s.changes {
			counted := "difference"
			if c.factor {
				counted = "later / earlier"
			}
			t.Rows = append(t.Rows, []any{s.Code, s.name(), s.by(), s.Earlier.Period.Label, s.Period.Label, c.measure, c.label, number(c.earlier), number(c.later),
				number(c.value), number(c.low), number(c.high), number(c.se), number(c.p), counted, c.unit, c.sentence})
		}
	}
	return t
}
