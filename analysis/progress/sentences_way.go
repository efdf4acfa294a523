package progress

import (
	"fmt"
	"math"
)

// onward says from when on the needed pace counts.
func (st *standing) onward() string {
	if st.stale() {
		return "from " + st.reported.Label + " on"
	}
	return "from now on"
}

// stale reports whether the latest value is older than the reporting year.
func (st *standing) stale() bool {
	return !st.reported.IsZero() && !st.now.Period.End.After(st.reported.Start)
}

// carriedOn says how the method carries the series on.
func (st *standing) carriedOn() string {
	switch st.method.Name {
	case OpenSDG, Eurostat, UNChart:
		return "At the present rate of growth, compounding as the method does,"
	case ESCAP:
		return "By the trend of all values"
	case LogitPace:
		return "At the present pace, slower near the limits as the method has it,"
	}
	return "At the present pace"
}

// disagreement explains a pace that is enough beside a value that is not where the
// plan wants it, or the other way round, and names an earlier target that was missed.
func (st *standing) disagreement() string {
	if !st.aimed || st.best < 0 || math.IsNaN(st.level) || st.aim.hit(st.currentPoint().Value) {
		return ""
	}
	text := ""
	switch k := st.kind(); {
	case k == onKind && st.level <= 1-st.threshold && st.leg.Period != st.now.Period:
		text = fmt.Sprintf("The status asks whether the pace since %s is enough for %s, and it is; but the plan wanted more by %s.", st.from.Label, st.leg.Period.Label, st.now.Period.Label)
	case k == offKind && st.level >= st.threshold && st.leg.Period != st.now.Period:
		text = fmt.Sprintf("It is where the plan wants it in %s, but its pace since %s is not enough for %s.", st.now.Period.Label, st.from.Label, st.leg.Period.Label)
	}
	if t, missed := st.missed(); missed {
		if text != "" {
			text += " "
		}
		text += fmt.Sprintf("The target of %s for %s was missed.", targetWords(st.Measure, t, st.unit), t.Period.Label)
	}
	return text
}

// missed is the last target before the one the status is about that was missed with
// the threshold's probability.
func (st *standing) missed() (Target, bool) {
	var last Target
	found := false
	for _, t := range st.Targets {
		if t.Period == st.leg.Period {
			break
		}
		if _, chance, known := st.metAt(t); known {
			last, found = t, chance <= 1-st.threshold
		}
	}
	return last, found
}

// steps says what a stepped path holds the value against.
func (st *standing) steps() string {
	if st.Path != SteppedPath || !st.interim() || st.best < 0 {
		return ""
	}
	for _, t := range st.Targets {
		if st.timeOf(t.Period) > st.timeOf(st.leg.Period) {
			return fmt.Sprintf("The plan's path has steps: until %s what was due by %s is all it asks for.", t.Period.Label, st.leg.Period.Label)
		}
	}
	return ""
}
