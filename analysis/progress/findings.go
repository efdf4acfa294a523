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
	mostSentences  = 20 // together
	leastTold      = 7  // about single measures, however much else there is to say
	mostObjectives = 3  // the lowest scores
	mostLags       = 3
	mostParted     = 1
)

// findingsTable says in sentences what the figures mean: the whole plan first, then
// the measures in the order they ask for a decision as far as a reader follows, then
// what spans them. The table progress has every measure in words.
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
	if more := len(a.ranked) - told; more > 0 {
		say("Further measures", fmt.Sprintf("Of the other %s the table of the measures says the same in words.", counts(more, "measure", "measures")))
	}
	say("Objectives", objectives...)
	say("Groups and places behind", lags...)
	say("Methods", methods...)
	say("What the words mean", a.statusWords()...)
	return t
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
	sure := chance(a.threshold())
	for kind, words := range []string{
		offKind:  "▽ off course: That no status on course holds is as probable as " + sure + ", but no single one is.",
		openKind: "◇ uncertain: Given the errors of the values neither on course nor off is as probable as " + sure + "; it lies between those named.",
		onKind:   "☆ on course: That a status on course holds is as probable as " + sure + ", but no single one is.",
	} {
		if slices.ContainsFunc(a.all, func(st *standing) bool { return st.kind() == kind && !st.printed() }) {
			parts = append(parts, words)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{strings.Join(parts, " ")}
}

// Further kinds; farKind is on course for a target before the last while the last is
// out of reach.
const (
	farKind   = emptyKind + 1 + iota
	exactKind // off course by values without any error
	kinds
)

// inShort counts the measures by what is known of them and names them.
func (a *assessment) inShort() []string {
	of, reached := a.byKind()
	var parts []string
	count := func(n int, text string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, text))
		}
	}
	onCourse := "on course"
	if reached > 0 {
		onCourse += fmt.Sprintf(" (%d with the target reached)", reached)
	}
	count(len(of[offKind])+len(of[exactKind]), "off course")
	count(len(of[onKind])+len(of[farKind]), onCourse)
	count(len(of[openKind]), "open")
	count(len(of[unjudgedKind]), "not judged")
	count(len(of[withheldKind]), "withheld")
	count(len(of[emptyKind]), "without data")
	out := []string{fmt.Sprintf("Of %s in the plan, %s.", counts(len(a.all), "measure", "measures"), isAre(parts))}
	name := func(kind int, heading string) {
		if len(of[kind]) > 0 {
			out = append(out, fmt.Sprintf("%s: %s.", heading, shortList(of[kind], 6)))
		}
	}
	name(offKind, fmt.Sprintf("Off course with a probability of %s or more", chance(a.threshold())))
	name(exactKind, "Off course by values for which no error is declared, so that they are taken as exact")
	name(openKind, fmt.Sprintf("Open, because the errors of the values are too large to tell with a probability of %s", chance(a.threshold())))
	name(onKind, "On course")
	name(farKind, "On course for a target before the last, while the last is clearly out of reach at the present pace")
	name(unjudgedKind, "Not judged, for reasons given in the table of the measures")
	return out
}

// byKind lists the titles of the measures by kind, and counts those with the target
// reached for sure.
func (a *assessment) byKind() (of [kinds][]string, reached int) {
	for _, st := range a.ranked {
		k := st.kind()
		switch {
		case k == onKind && st.interim() && st.outOfReach() != "":
			k = farKind
		case k == offKind && st.exact():
			k = exactKind
		}
		of[k] = append(of[k], st.title)
		if st.printed() && st.statuses[st.best].Achieved {
			reached++
		}
	}
	return of, reached
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
// the worst measure. Of many objectives those with the lowest scores are told.
func (a *assessment) objectiveSentences() []string {
	scores := a.scores()
	all := len(scores)
	if all > mostObjectives {
		scores = slices.DeleteFunc(scores, func(o objectiveScore) bool { return o.judged == 0 })
		slices.SortStableFunc(scores, func(x, y objectiveScore) int { return cmp.Compare(x.mean, y.mean) })
		scores = scores[:min(mostObjectives, len(scores))]
	}
	var out []string
	for _, o := range scores {
		out = append(out, o.sentence())
	}
	if all > len(scores) {
		out = append(out, "The other objectives score higher or cannot be judged; they are in the table scores.")
	}
	return out
}

// sentence says how an objective stands.
func (o objectiveScore) sentence() string {
	measures := counts(o.total, "measure", "measures")
	if o.judged == 0 {
		return fmt.Sprintf("%s: none of %s can be judged.", o.Name, measures)
	}
	_, status, _ := o.worst.statusCells()
	if o.judged == 1 {
		return fmt.Sprintf("%s: 1 of %s judged: %s, %s.", o.Name, measures, o.worst.title, status)
	}
	interval := ""
	if o.sd > 0 {
		low, high := o.interval()
		if from, to := decimal(low, 1), decimal(high, 1); from != to {
			interval = fmt.Sprintf(" (95 %% interval %s to %s)", from, to)
		}
	}
	return fmt.Sprintf("%s: mean score %s%s on a scale from −5 to 5; worst is %s with %s (%s). %d of %s judged.",
		o.Name, decimal(o.mean, 1), interval, o.worst.title, decimal(o.worstScore, 1), status, o.judged, measures)
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
			soon = append(soon, b.name+" "+comes(b.years))
		case neverAtPace:
			never = append(never, b.name)
		default:
			unclear = append(unclear, b.name)
		}
	}
	var parts []string
	if len(soon) > 0 {
		parts = append(parts, "catching up with the city at the present paces: "+shortList(soon, 4))
	}
	if len(never) > 0 {
		parts = append(parts, "behind the city and not catching up: "+shortList(never, 4))
	}
	if len(unclear) > 0 {
		parts = append(parts, "behind, and too uncertain to tell whether it catches up: "+shortList(unclear, 4))
	}
	if len(without) > 0 {
		parts = append(parts, "left out, because they have no figure to show: "+shortList(without, 4))
	}
	for k := range parts[1:] {
		parts[k+1] = opened(parts[k+1])
	}
	return list[0].of.title + ": " + strings.Join(parts, ". ") + "."
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
