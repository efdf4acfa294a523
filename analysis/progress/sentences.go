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
	for _, text := range []string{st.outOfReach(), st.disagreement(), st.steps()} {
		if text != "" {
			out = append(out, text)
		}
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
	status := st.statuses[st.best]
	text := opened(status.Label)
	if !status.Achieved {
		text += st.forLeg()
	}
	if !st.exact() {
		text += fmt.Sprintf(" (%s sure)", chance(st.sure))
	} else if !status.Achieved {
		text += " (no error declared, so taken as exact)"
	}
	if !status.Achieved {
		text += st.legMet()
	}
	return text + "."
}

// legMet says that the target before the last, which the status is about, is met or
// missed, where that is as sure as a status must be.
func (st *standing) legMet() string {
	if !st.interim() {
		return ""
	}
	now := st.currentPoint()
	chance := normal{now.Value, now.SE, math.Inf(-1), math.Inf(1)}.between(st.legAim.low, st.legAim.high)
	switch {
	case chance >= st.threshold:
		return ": that target is met"
	case chance <= 1-st.threshold && st.timeOf(st.leg.Period) <= now.Time:
		return ": that target is missed"
	}
	return ""
}

// interim reports whether the status is about a target before the last.
func (st *standing) interim() bool { return st.aimed && st.leg.Period != st.target.Period }

// forLeg says which target the status is about where that is not the last.
func (st *standing) forLeg() string {
	if !st.interim() {
		return ""
	}
	return " for " + st.leg.Period.Label
}

// sureCourse says that it is on course or off, where that alone is sure.
func (st *standing) sureCourse() string {
	course := "Off course"
	if st.onCourse(st.worst) {
		course = "On course"
	}
	return fmt.Sprintf("%s%s (%s sure)", course, st.forLeg(), chance(st.surety()))
}

// choices are the statuses left open with their shares.
func (st *standing) choices() string {
	var parts []string
	few := 0 // statuses too improbable to be told
	for _, p := range st.shares[st.best : st.worst+1] {
		if p < .01 {
			few++
		}
	}
	for k := st.best; k <= st.worst; k++ {
		if st.shares[k] < .01 && st.worst-st.best-few > 0 {
			continue
		}
		likely := ""
		if len(parts) == 0 {
			likely = " likely"
		}
		parts = append(parts, fmt.Sprintf("“%s” (%s%s)", st.statuses[k].Label, chance(st.shares[k]), likely))
	}
	n := len(parts) - 1
	text := strings.Join(parts[:n], ", ") + " or " + parts[n]
	if best := st.statuses[st.best]; !best.Achieved {
		text += st.forLeg()
	}
	return text
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
		return fmt.Sprintf("%s to %s by %s a year %s.", st.whoNeeds(), way(st.needed, "rise", "fall"), st.amount(st.needed, 0), st.onward())
	}
	text := fmt.Sprintf("%s to %s by %s a year %s; so far it has %s", st.whoNeeds(), way(st.needed, "rise", "fall"), st.amount(st.needed, st.paceError), st.onward(), st.moved())
	if first := st.legNeeded(); first != 0 {
		text = fmt.Sprintf("It needs to %s by %s a year for %s and by %s for %s; so far it has %s", way(st.needed, "rise", "fall"),
			st.amount(first, st.paceError), st.leg.Period.Label, st.amount(st.needed, st.paceError), st.target.Period.Label, st.moved())
	} else if times := st.times(); times != "" {
		text = fmt.Sprintf("%s to %s by %s a year %s, %s as so far (%s)",
			st.whoNeeds(), way(st.needed, "rise", "fall"), st.amount(st.needed, st.paceError), st.onward(), times, st.amount(st.pace, st.paceError))
	}
	if !math.IsNaN(st.level) && st.currentPoint().SE > 0 {
		text += fmt.Sprintf(". The chance that it is where the plan wants it in %s (%s) is %s",
			st.now.Period.Label, inUnit(st.required, st.currentPoint().SE, st.unit), chance(st.level))
	} else if !math.IsNaN(st.required) {
		text += fmt.Sprintf(". The plan wants it at %s in %s", inUnit(st.required, 0, st.unit), st.now.Period.Label)
	}
	return text + "."
}

// whoNeeds begins a sentence about the last target, and names it where the status is
// about another.
func (st *standing) whoNeeds() string {
	if st.interim() {
		return "For " + st.target.Period.Label + " it needs"
	}
	return "It needs"
}

// legNeeded is the pace that the target before the last needs from now on, 0 where the
// status is about the last, it is hit or over, or it needs another direction.
func (st *standing) legNeeded() float64 {
	now := st.currentPoint()
	if !st.interim() {
		return 0
	}
	need := NeededPace(now.Value, st.legAim.goal(now.Value), st.timeOf(st.leg.Period)-st.ahead)
	if math.IsNaN(need) || need*st.needed <= 0 {
		return 0
	}
	return need
}

// times says how many times as fast as so far a measure must move on to the last
// target, where the status is about another and the pace is known well enough: its
// error a third of it at most.
func (st *standing) times() string {
	ratio := st.needed / st.pace
	if !st.interim() || st.pace == 0 || !(ratio >= 1.5) || st.paceError > math.Abs(st.pace)/3 {
		return ""
	}
	words := []string{"", "", "twice", "three times", "four times", "five times", "six times", "seven times", "eight times", "nine times", "ten times"}
	if n := int(math.Round(ratio)); n < len(words) {
		return "about " + words[n] + " as fast"
	}
	return "more than ten times as fast"
}

// amount is a change without its sign, in the unit of differences.
func (st *standing) amount(x, se float64) string {
	if x = math.Abs(x); st.unit == "percent" && x >= .1 {
		return decimal(x, min(1, max(0, stepDecimals(se)))) + stepUnit(st.unit)
	}
	return figure(x, se) + stepUnit(st.unit)
}

// unclearPace reports whether the errors of baseline and latest value could be all
// there is to the pace: its 95 % interval holds zero.
func (st *standing) unclearPace() bool {
	return st.paceError > 0 && math.Abs(st.pace) < normalBound*st.paceError
}

// moved is the observed pace in words.
func (st *standing) moved() string {
	switch {
	case st.pace == 0:
		return "not moved"
	case st.unclearPace() && st.best >= 0 && st.printed() && st.best == len(st.statuses)-1:
		return "probably " + way(st.pace, "risen", "fallen") + " by " + st.amount(st.pace, st.paceError) + " a year"
	case st.unclearPace():
		return "not clearly moved"
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
	if st.people() > 0 && !math.IsInf(st.units, 0) && !counted(st.unit) { // of anything else nobody knows what is counted
		parts = append(parts, fmt.Sprintf("to the target%s that is about %s people %s", st.ofLast(), about(st.units), way(st.gap, "more", "fewer")))
	}
	if st.money > 0 && !math.IsInf(st.money, 0) {
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
	if st.useless() {
		return fmt.Sprintf("Its errors are too large for a projection to %s to be of any use.", st.target.Period.Label)
	}
	half := (st.projectedHigh - st.projectedLow) / 2 / normalBound
	text := fmt.Sprintf("%s it would be at %s in %s", st.carriedOn(), inUnit(st.projected, half, st.unit), st.target.Period.Label)
	if st.cut {
		text = fmt.Sprintf("%s it would reach the limit of %s before %s", st.carriedOn(), inUnit(st.projected, 0, st.unit), st.target.Period.Label)
	}
	if half > 0 {
		text += fmt.Sprintf(" (95 %% interval %s to %s, if the pace holds)", figure(st.projectedLow, half), inUnit(st.projectedHigh, half, st.unit))
	}
	return text + "."
}

// ofLast names the last target where the status is about another.
func (st *standing) ofLast() string {
	if st.interim() {
		return " of " + st.target.Period.Label
	}
	return ""
}

// useless reports whether the interval of the projection holds nearly everything: the
// target and as large a step away from it, half of all values that are possible, or
// three times the whole way from baseline to target.
func (st *standing) useless() bool {
	low, high := st.possible()
	now, width := st.currentPoint().Value, st.projectedHigh-st.projectedLow
	holds := func(x float64) bool { return st.projectedLow <= x && x <= st.projectedHigh }
	whole := math.Abs(now - st.points[0].Value + st.gap)
	return width > 0 && (holds(now+st.gap) && holds(now-st.gap) || width > (high-low)/2 || width > 3*max(whole, math.Abs(st.gap)))
}

// farShort is the part of the way from baseline to the last target that must be
// covered for the target not to be clearly out of reach.
const farShort = .6

// outOfReach says that the last target is clearly out of reach at the present pace:
// even the better end of the projection covers less than farShort of the way. Where
// the status already says that it moves away, nothing is added.
func (st *standing) outOfReach() string {
	if math.IsNaN(st.projected) || st.best < 0 || math.IsNaN(st.needed) || st.gap == 0 || st.useless() || st.best == len(st.statuses)-1 && st.pace*st.gap <= 0 {
		return ""
	}
	a := st.aim
	from, target := a.turned(st.points[0].Value), a.target()
	best := a.better() * a.nearest(st.projectedLow, st.projectedHigh)
	way := a.better() * (target - from)
	if !(way > 0) || best-a.better()*from >= farShort*way {
		return ""
	}
	return fmt.Sprintf("The target of %s for %s is clearly out of reach at the present pace.", targetWords(st.Measure, st.target, st.unit), st.target.Period.Label)
}
