package progress

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// The most sentences of each kind; the tables have the rest.
const (
	mostSentences  = 20 // together, those that only name measures not counted
	leastTold      = 7  // about single measures, however much else there is to say
	mostObjectives = 4
	mostLags       = 3
	mostParted     = 1
)

// findingsTable says in sentences what the figures mean: the whole plan first, then
// the measures in the order they ask for a decision as far as a reader follows, the
// others by name, then what spans them. The table progress has every measure in words.
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
	short, objectives, lags, methods := a.inShort(), a.objectiveSentences(), lagSentences(lagging), a.methodSentences(parted)
	say("In short", short...)
	left := max(leastTold, mostSentences-len(short)-len(objectives)-len(lags)-len(methods))
	told := 0
	for _, st := range a.ranked {
		sentences := st.sentences(a.setup)
		if left -= len(sentences); left < 0 && told > 0 {
			break
		}
		say(st.title, sentences...)
		told++
	}
	for _, one := range a.others(told) {
		say(one.about, one.text)
	}
	say("Objectives", objectives...)
	say("Groups and places behind", lags...)
	say("Methods", methods...)
	say("What the words mean", a.statusWords()...)
	return t
}

// paragraph is a sentence under a heading.
type paragraph struct{ about, text string }

// others names the measures that have no sentences of their own, by what is known of
// them: where each is and where it is to be.
func (a *assessment) others(told int) []paragraph {
	headings := [5]string{"Off course too", "Open", "On course", "Not judged", "Without data"}
	var kinds [5][]string
	for _, st := range a.ranked[told:] {
		kinds[st.kind()] = append(kinds[st.kind()], st.inBrief())
	}
	var out []paragraph
	for k, list := range kinds {
		if len(list) > 0 {
			out = append(out, paragraph{headings[k], shortList(list, 8) + "."})
		}
	}
	return out
}

// inBrief is a measure with its value and its target.
func (st *standing) inBrief() string {
	if st.absent != "" {
		return st.title
	}
	now := st.nowPoint()
	text := st.title + ": " + inUnit(now.Value, now.SE, st.unit)
	if st.aimed {
		text += fmt.Sprintf(", target %s by %s", targetWords(st.Measure, st.target, st.unit), st.target.Period.Label)
	}
	if st.outOfReach() != "" {
		text += ", clearly out of reach at the present pace"
	}
	return text
}

// statusWords says what the statuses that are printed or left open mean, best first.
func (a *assessment) statusWords() []string {
	var list []Status
	for _, st := range a.all {
		for k := max(0, st.best); k <= st.worst; k++ {
			if s := st.statuses[k]; s.Words != "" && !slices.ContainsFunc(list, func(have Status) bool { return have.Label == s.Label }) {
				list = append(list, s)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Status) int {
		if x.Achieved != y.Achieved {
			return map[bool]int{true: -1, false: 1}[x.Achieved]
		}
		return cmp.Compare(y.From, x.From)
	})
	var parts []string
	for _, s := range list {
		parts = append(parts, fmt.Sprintf("%s %s: %s", s.Icon, s.Label, s.Words))
	}
	if slices.ContainsFunc(a.all, func(st *standing) bool { return st.best >= 0 && !st.printed() }) {
		parts = append(parts, fmt.Sprintf("◇ uncertain: No status is as probable as %s, given the errors of the values. What may be on course or off is open.", chance(a.threshold())))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{strings.Join(parts, " ")}
}

// inShort counts the measures by what is known of them.
func (a *assessment) inShort() []string {
	var kinds [5][]string
	var far []string
	reached := 0
	for _, st := range a.ranked {
		k := st.kind()
		if k == 2 && st.outOfReach() != "" {
			far = append(far, st.title)
		}
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
		out = append(out, fmt.Sprintf("Off course with a probability of %s or more: %s.", chance(a.threshold()), shortList(kinds[0], 6)))
	}
	if len(far) > 0 {
		out = append(out, fmt.Sprintf("On course for a target before the last, but the last is clearly out of reach at the present pace: %s.", shortList(far, 6)))
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

// objectiveSentences name each objective's mean score and, because a mean hides it,
// the worst measure.
func (a *assessment) objectiveSentences() []string {
	var out []string
	for k, o := range a.scores() {
		switch {
		case k == mostObjectives:
			return append(out, "The other objectives are in the table scores.")
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
	for at := 0; at < len(list); {
		if len(out) == mostLags {
			return append(out, "What else is behind is in the table catch_up.")
		}
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
	var soon, never, unclear, without []string
	for _, b := range list {
		switch b.state {
		case leftOut:
			without = append(without, b.name)
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
	text := ""
	if len(parts) > 0 {
		text = fmt.Sprintf(" behind the city, %s.", strings.Join(parts, ". Behind, "))
	}
	if len(without) > 0 {
		text += fmt.Sprintf(" Left out, because they have no figure to show: %s.", shortList(without, 4))
	}
	return list[0].of.title + ":" + text
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
	out := []string{fmt.Sprintf("The status rests on %s. On %d of %s another method says something else, so the choice of method matters there (table methods); all are compared at the estimates, before their errors.",
		declared, len(parted), counts(judged, "judged measure", "judged measures"))}
	for k, d := range parted {
		if k == mostParted {
			break
		}
		out = append(out, fmt.Sprintf("%s: %s says “%s”, %s.", d.title, methodWords(d.method.Name), d.declared, listed(d.others)))
	}
	return out
}
