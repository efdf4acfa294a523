package progress

import (
	"fmt"
	"math"
	"strings"
)

// sentences say how a measure stands.
func (st *standing) sentences(s Setup) []string {
	if st.absent != "" {
		_, label, _ := st.statusCells()
		return []string{opened(label) + ": " + strings.TrimSuffix(st.absent, ".") + "."}
	}
	out := []string{st.verdict() + " " + st.journey()}
	if text := st.paceSentence(); text != "" {
		out = append(out, text)
	}
	if text := strings.TrimSpace(st.costSentence(s) + " " + st.outlook()); text != "" {
		out = append(out, text)
	}
	if len(st.notes) > 0 && st.best >= 0 {
		out = append(out, "Note: "+strings.Join(st.notes, "; ")+".")
	}
	return out
}

// verdict is the status and how sure it is.
func (st *standing) verdict() string {
	switch {
	case st.best < 0:
		return "Not judged: " + strings.TrimSuffix(st.bare, ".") + "."
	case !st.printed() && (!st.onCourse(st.best) || st.onCourse(st.worst)):
		return st.sureCourse() + fmt.Sprintf("; whether %s is not clear.", st.choices())
	case !st.printed() && st.sampled():
		return fmt.Sprintf("We cannot yet tell whether it is %s. A larger sample would help.", st.choices())
	case !st.printed():
		return fmt.Sprintf("With the declared error we cannot tell whether it is %s.", st.choices())
	}
	label := opened(st.statuses[st.best].Label)
	if st.exact() {
		return label + "."
	}
	return fmt.Sprintf("%s (%s sure).", label, chance(st.sure))
}

// sureCourse says that it is on course or off, where that alone is sure.
func (st *standing) sureCourse() string {
	on := 0.0
	for k, p := range st.shares {
		if st.onCourse(k) {
			on += p
		}
	}
	if st.onCourse(st.worst) {
		return fmt.Sprintf("On course (%s sure)", chance(on))
	}
	return fmt.Sprintf("Off course (%s sure)", chance(1-on))
}

// choices are the statuses left open with their shares.
func (st *standing) choices() string {
	var parts []string
	for k := st.best; k <= st.worst; k++ {
		likely := ""
		if k == st.best {
			likely = " likely"
		}
		parts = append(parts, fmt.Sprintf("“%s” (%s%s)", st.statuses[k].Label, chance(st.shares[k]), likely))
	}
	n := len(parts) - 1
	return strings.Join(parts[:n], ", ") + " or " + parts[n]
}

// sampled reports whether a sampling error stands behind the status.
func (st *standing) sampled() bool {
	return st.now.Sampled() || st.base != nil && st.base.Sampled() || st.Baseline.SE > 0
}

// exact reports whether the status rests on values without any error.
func (st *standing) exact() bool { return st.currentPoint().SE == 0 && !(st.basePoint().SE > 0) }

// journey says where it was, where it is and where it is to go.
func (st *standing) journey() string {
	now := st.nowPoint()
	text := fmt.Sprintf("%s in %s", opened(inUnit(now.Value, now.SE, st.unit)), st.now.Period.Label)
	if st.Cumulative {
		text = fmt.Sprintf("%s counted up to the end of %s", opened(inUnit(now.Value, now.SE, st.unit)), st.now.Period.Label)
	}
	if len(st.points) > 1 && !st.Cumulative {
		base := st.points[0]
		text += fmt.Sprintf(", after %s in %s", inUnit(base.Value, base.SE, st.unit), st.from.Label)
	}
	if st.aimed {
		text += "; the target is "
		if st.leg.Period != st.target.Period {
			text += targetWords(st.Measure, st.leg, st.unit) + " by " + st.leg.Period.Label + " and "
		}
		text += targetWords(st.Measure, st.target, st.unit) + " by " + st.target.Period.Label
	} else {
		text += "; there is no target, only a direction"
	}
	return text + "."
}

// targetWords is what a target wants.
func targetWords(m Measure, t Target, unit string) string {
	switch {
	case m.Direction == Parity:
		return fmt.Sprintf("parity (%s to %s)", figure(t.Value-m.Tolerance, 0), figure(t.Value+m.Tolerance, 0))
	case m.Direction == ToValue && m.Tolerance > 0:
		return inUnit(t.Value, 0, unit) + ", give or take " + figure(m.Tolerance, 0)
	case m.Direction != InRange:
		return inUnit(t.Value, 0, unit)
	case math.IsInf(t.Low, -1):
		return "at most " + inUnit(t.High, 0, unit)
	case math.IsInf(t.High, 1):
		return "at least " + inUnit(t.Low, 0, unit)
	default:
		return figure(t.Low, 0) + " to " + inUnit(t.High, 0, unit)
	}
}

// paceSentence sets needed pace beside observed pace.
func (st *standing) paceSentence() string {
	switch {
	case !st.aimed || st.gap == 0 || math.IsNaN(st.gap):
		return ""
	case math.IsNaN(st.needed):
		return fmt.Sprintf("The target's time is over; %s are missing.", st.amount(st.gap, st.currentPoint().SE))
	case math.IsNaN(st.pace):
		return fmt.Sprintf("It needs to %s by %s a year from now on.", way(st.needed, "rise", "fall"), st.amount(st.needed, 0))
	}
	text := fmt.Sprintf("It needs to %s by %s a year from now on; so far it has %s", way(st.needed, "rise", "fall"), st.amount(st.needed, st.paceError), st.moved())
	if !math.IsNaN(st.level) && st.currentPoint().SE > 0 {
		text += fmt.Sprintf(". The chance that it is where the plan wants it in %s (%s) is %s",
			st.now.Period.Label, inUnit(st.required, st.currentPoint().SE, st.unit), chance(st.level))
	} else if !math.IsNaN(st.required) {
		text += fmt.Sprintf(". The plan wants it at %s in %s", inUnit(st.required, 0, st.unit), st.now.Period.Label)
	}
	return text + "."
}

// amount is a change without its sign, in the unit of differences.
func (st *standing) amount(x, se float64) string {
	if x = math.Abs(x); st.unit == "percent" && x >= .1 {
		return decimal(x, min(1, max(0, stepDecimals(se)))) + stepUnit(st.unit)
	}
	return figure(x, se) + stepUnit(st.unit)
}

// moved is the observed pace in words.
func (st *standing) moved() string {
	if st.pace == 0 {
		return "not moved"
	}
	return way(st.pace, "risen", "fallen") + " by " + st.amount(st.pace, st.paceError) + " a year"
}

// way is the word for a change up or down.
func way(change float64, up, down string) string {
	if change < 0 {
		return down
	}
	return up
}

// costSentence says how many people and how much money are still needed.
func (st *standing) costSentence(s Setup) string {
	if st.gap == 0 {
		return ""
	}
	var parts []string
	if st.units > 0 && !counted(st.unit) {
		who := ""
		if st.people() > 0 {
			who = " people"
		}
		parts = append(parts, fmt.Sprintf("to the target that is about %s%s %s", about(st.units), who, way(st.gap, "more", "fewer")))
	}
	if st.money > 0 {
		parts = append(parts, fmt.Sprintf("at the declared unit cost it takes about %s %s", about(st.money), st.currency(s)))
	}
	if len(parts) == 0 {
		return ""
	}
	return opened(strings.Join(parts, "; ")) + "."
}

// outlook says where the method expects it at the target's time.
func (st *standing) outlook() string {
	if math.IsNaN(st.projected) || st.best < 0 || math.IsNaN(st.needed) || st.gap == 0 {
		return ""
	}
	half := (st.projectedHigh - st.projectedLow) / 2 / normalBound
	text := fmt.Sprintf("At the present pace it would be at %s in %s", inUnit(st.projected, half, st.unit), st.target.Period.Label)
	if half > 0 {
		text += fmt.Sprintf(" (95 %% interval %s to %s, if the pace holds)", figure(st.projectedLow, half), inUnit(st.projectedHigh, half, st.unit))
	}
	return text + "."
}
