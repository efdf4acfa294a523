package progress

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// mostTold is how many measures have sentences of their own; the table has all.
const mostTold = 24

// findingsTable says in sentences what the figures mean: the whole plan first, then
// the measures in the order they ask for a decision, then what spans them.
func (a *assessment) findingsTable(parted []disagreement, lagging []behind) analysis.Table {
	t := analysis.Table{Name: "findings", Columns: textColumns("about", "text")}
	if len(a.all) == 0 {
		return t
	}
	say := func(about string, sentences ...string) {
		for _, one := range sentences {
			t.Rows = append(t.Rows, []any{about, one})
		}
	}
	say("In short", a.inShort()...)
	for k, st := range a.ranked {
		if k == mostTold {
			say("Further measures", fmt.Sprintf("%s more are in the table.", opened(counts(len(a.ranked)-k, "measure", "measures"))))
			break
		}
		say(st.title, st.sentences(a.setup)...)
	}
	say("Objectives", a.objectiveSentences()...)
	say("Groups and places behind", lagSentences(lagging)...)
	say("Methods", a.methodSentences(parted)...)
	return t
}

// inShort counts the measures by what is known of them.
func (a *assessment) inShort() []string {
	var kinds [5][]string
	reached := 0
	for _, st := range a.ranked {
		k := st.kind()
		kinds[k] = append(kinds[k], st.title)
		if st.printed() && st.statuses[st.best].Achieved {
			reached++
		}
	}
	parts := []string{}
	for _, one := range []struct {
		n    int
		text string
	}{
		{len(kinds[0]), "off course"}, {len(kinds[2]), "on course"}, {len(kinds[1]), "open"},
		{len(kinds[3]), "not judged"}, {len(kinds[4]), "without data"},
	} {
		if one.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", one.n, one.text))
		}
	}
	text := fmt.Sprintf("Of %s in the plan, %s", counts(len(a.all), "measure", "measures"), isAre(parts))
	if reached > 0 {
		text = strings.Replace(text, " on course", fmt.Sprintf(" on course (%d with the target reached)", reached), 1)
	}
	out := []string{text + "."}
	if len(kinds[0]) > 0 {
		out = append(out, "Off course for sure enough: "+shortList(kinds[0], 6)+".")
	}
	if len(kinds[1]) > 0 {
		out = append(out, fmt.Sprintf("Open means that no status reaches a probability of %s: the errors of the values are too large to tell.", chance(a.threshold())))
	}
	return out
}

// isAre joins "3 off course" and "1 open" with their verbs.
func isAre(parts []string) string {
	out := make([]string, len(parts))
	for k, p := range parts {
		number, rest, _ := strings.Cut(p, " ")
		verb := "are"
		if number == "1" {
			verb = "is"
		}
		out[k] = number + " " + verb + " " + rest
	}
	return listed(out)
}

// shortList names the first few.
func shortList(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, "; ")
	}
	return strings.Join(names[:most], "; ") + fmt.Sprintf("; and %d more", len(names)-most)
}

// sentences say how a measure stands.
func (st *standing) sentences(s Setup) []string {
	if st.absent != "" {
		return []string{"No data: " + strings.TrimSuffix(st.absent, ".") + "."}
	}
	out := []string{st.verdict() + " " + st.journey()}
	if text := st.paceSentence(); text != "" {
		out = append(out, text)
	}
	if text := st.costSentence(s); text != "" {
		out = append(out, text)
	}
	if text := st.outlook(); text != "" {
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
	return figure(math.Abs(x), se) + stepUnit(st.unit)
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

// objectiveSentences name each objective's mean score and, because a mean hides it,
// the worst measure.
func (a *assessment) objectiveSentences() []string {
	var out []string
	for _, o := range a.scores() {
		switch {
		case o.judged == 0:
			out = append(out, fmt.Sprintf("%s: none of %s can be judged.", o.Name, counts(o.total, "measure", "measures")))
		case o.judged == 1:
			_, status, _ := o.worst.statusCells()
			out = append(out, fmt.Sprintf("%s: %d of %s judged: %s, %s.", o.Name, o.judged, counts(o.total, "measure", "measures"), o.worst.title, status))
		default:
			_, status, _ := o.worst.statusCells()
			out = append(out, fmt.Sprintf("%s: mean score %s on a scale from −5 to 5; worst is %s with %s (%s). %d of %s judged.",
				o.Name, decimal(o.mean, 1), o.worst.title, decimal(o.worstScore, 1), status, o.judged, counts(o.total, "measure", "measures")))
		}
	}
	return out
}

// lagSentences say of each measure which groups are behind and whether they catch
// up.
func lagSentences(list []behind) []string {
	var out []string
	for at := 0; at < len(list) && len(out) < mostTold; {
		to := at
		for to < len(list) && list[to].of == list[at].of {
			to++
		}
		out = append(out, lagSentence(list[at:to]))
		at = to
	}
	return out
}

// lagSentence is about the groups behind in one measure, the furthest first.
func lagSentence(list []behind) string {
	var soon, never, unclear []string
	for _, b := range list {
		switch b.state {
		case catchingUp:
			soon = append(soon, fmt.Sprintf("%s in %s", b.name, years(b.years)))
		case neverAtPace:
			never = append(never, b.name)
		default:
			unclear = append(unclear, b.name)
		}
	}
	var parts []string
	if len(soon) > 0 {
		parts = append(parts, "catching up at the present paces: "+shortList(soon, 4))
	}
	if len(never) > 0 {
		parts = append(parts, "never at the present paces: "+shortList(never, 4))
	}
	if len(unclear) > 0 {
		parts = append(parts, "too uncertain to tell: "+shortList(unclear, 4))
	}
	return fmt.Sprintf("%s: behind the city, %s.", list[0].of.title, strings.Join(parts, ". Behind, "))
}

// methodSentences say where methods part from the declared one.
func (a *assessment) methodSentences(parted []disagreement) []string {
	judged := 0
	for _, st := range a.all {
		if st.point >= 0 && len(st.course.Points) > 0 {
			judged++
		}
	}
	if judged == 0 {
		return nil
	}
	declared := methodWords(a.plan.Method)
	if len(parted) == 0 {
		return []string{fmt.Sprintf("The status rests on %s. The other methods that can judge a measure agree with it on which are on course and which are not.", declared)}
	}
	out := []string{fmt.Sprintf("The status rests on %s. On %d of %s another method says something else, so the choice of method matters there; all are compared at the estimates, before their errors.",
		declared, len(parted), counts(judged, "judged measure", "judged measures"))}
	for k, d := range parted {
		if k == 5 {
			break
		}
		out = append(out, fmt.Sprintf("%s: %s says “%s”, %s.", d.title, methodWords(d.method.Name), d.declared, listed(d.others)))
	}
	return out
}
