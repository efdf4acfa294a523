package progress

import (
	"fmt"
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
		out = append(out, fmt.Sprintf("Off course with a probability of %s or more: %s.", chance(a.threshold()), shortList(kinds[0], 6)))
	}
	if len(kinds[1]) > 0 {
		out = append(out, fmt.Sprintf("Open means that the errors of the values are too large to tell, with a probability of %s, whether it is on course.", chance(a.threshold())))
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
