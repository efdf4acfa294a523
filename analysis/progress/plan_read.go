package progress

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// DefaultThreshold is the probability a status needs where the plan declares none.
const DefaultThreshold = 0.8

// Read reads an action plan, with periods of the city's calendar. All mistakes come
// back at once; codes, places, groups and areas are for the caller to check, who
// knows the catalogue. Measures and answers with mistakes are left as far as they
// were understood.
func Read(file string, data []byte, calendar analysis.Calendar) (Plan, analysis.Problems) {
	var written planFile
	r := reader{calendar: calendar, problems: analysis.DecodeYAML(file, data, &written)}
	if written.At.Line == 0 {
		written.At = analysis.Position{File: file}
	}
	plan := Plan{
		At: written.At, Title: written.Title, Threshold: DefaultThreshold,
		Method: choice(&r, written.Method, "method", OpenSDG, Methods[:]),
		Path:   choice(&r, written.Path, "path", LinearPath, paths[:]),
	}
	plan.From, plan.To = r.period(written.From, "from"), r.period(written.To, "to")
	if !plan.From.IsZero() && !plan.To.IsZero() && plan.To.End.Before(plan.From.End) {
		r.fail(written.To.At, "write the first period under from, the last under to", "to: %s is before %s", plan.To.Label, plan.From.Label)
	}
	plan.Threshold = r.threshold(written.Threshold)
	plan.Statuses = r.statuses(written.Statuses, plan.Method)
	plan.Objectives = r.objectives(written.Objectives, &plan)
	plan.Checklist = r.answers(written.Checklist)
	if len(written.Objectives) == 0 && len(written.Checklist) == 0 && len(r.problems) == 0 {
		r.fail(written.At, "list what the city wants to reach under objectives", "the plan has neither objectives nor a checklist")
	}
	return plan, r.problems.Sorted()
}

var (
	paths      = [...]Path{LinearPath, GeometricPath, SteppedPath}
	directions = [...]Direction{Up, Down, ToValue, InRange, Parity}
	states     = [...]State{Done, UnderWay, NotStarted, NotApplicable}
	colours    = [...]string{"good", "fair", "poor", "bad", "none"}
)

// reader gathers the mistakes of one plan.
type reader struct {
	calendar analysis.Calendar
	problems analysis.Problems
}

// fail notes a mistake. What could not be read at all stands nowhere and has its
// message already.
func (r *reader) fail(at analysis.Position, hint, format string, args ...any) {
	if at.File == "" && len(r.problems) > 0 {
		return
	}
	r.problems = append(r.problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// period reads a period where one is written.
func (r *reader) period(t analysis.Text, what string) analysis.Period {
	if t.Value == "" {
		return analysis.Period{}
	}
	p, err := r.calendar.ParsePeriod(t.Value)
	if err != nil {
		r.fail(t.At, "", "%s: %v", what, err)
	}
	return p
}

// choice reads one word of a list; fallback where none is written.
func choice[T ~string](r *reader, t analysis.Text, what string, fallback T, known []T) T {
	if t.Value == "" {
		return fallback
	}
	if slices.Contains(known, T(t.Value)) {
		return T(t.Value)
	}
	words := make([]string, len(known))
	for k, w := range known {
		words[k] = string(w)
	}
	hint := analysis.Suggest(t.Value, words)
	if hint == "" {
		hint = "write one of: " + strings.Join(words, ", ")
	}
	r.fail(t.At, hint, "%s: %q is not known", what, t.Value)
	return fallback
}

// threshold reads the probability a status needs. One of a half or less would let
// two statuses stand at once.
func (r *reader) threshold(t analysis.Text) float64 {
	if t.Value == "" {
		return DefaultThreshold
	}
	p, err := parseShare(t.Value)
	if err != nil || !(p > 0.5 && p < 1) {
		r.fail(t.At, "write a probability above 0.5, such as 0.8 or 80%", "threshold: %q is not between 0.5 and 1", t.Value)
		return DefaultThreshold
	}
	return p
}

// statuses reads the bands of the governing method, best first.
func (r *reader) statuses(list []statusFile, method Method) []Status {
	if len(list) == 0 {
		return DefaultStatuses(method)
	}
	var out []Status
	seen := map[string]bool{}
	for _, s := range list {
		if s.ID.Value == "" || s.Label == "" || s.Icon == "" {
			r.fail(s.At, "colour alone does not reach everyone: give each status an id, a label and an icon", "statuses: id, label or icon is missing")
		}
		if seen[s.ID.Value] {
			r.fail(s.ID.At, "give each status an id of its own", "statuses: %q is given twice", s.ID.Value)
		}
		seen[s.ID.Value] = true
		if s.Achieved && s.From != nil {
			r.fail(s.At, "leave from out: this status is for a target that is reached", "statuses: %s has both achieved and from", s.ID.Value)
		}
		one := Status{
			At: s.At, ID: s.ID.Value, Label: s.Label, Icon: s.Icon, Words: s.Words, Achieved: s.Achieved, From: math.Inf(-1),
			Colour: choice(r, s.Colour, "statuses: colour", "none", colours[:]),
		}
		if s.From != nil {
			one.From = *s.From
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Status) int {
		if a.Achieved != b.Achieved {
			if a.Achieved {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.From, a.From)
	})
	r.checkBands(out)
	return out
}

// checkBands looks for ratios that fall into no status or into two.
func (r *reader) checkBands(list []Status) {
	achieved := 0
	for k, s := range list {
		switch {
		case s.Achieved:
			achieved++
		case k > 0 && !list[k-1].Achieved && list[k-1].From == s.From && math.IsInf(s.From, -1):
			r.fail(s.At, "only the lowest status goes without from", "statuses: %s and %s have no lower bound", list[k-1].ID, s.ID)
		case k > 0 && !list[k-1].Achieved && list[k-1].From == s.From:
			r.fail(s.At, "give each status a lower bound of its own", "statuses: %s and %s both begin at %g", list[k-1].ID, s.ID, s.From)
		}
	}
	last := list[len(list)-1]
	if achieved != 1 {
		r.fail(list[0].At, "mark the status of a target that is reached with achieved: true", "statuses: %d have achieved, not one", achieved)
	}
	if !math.IsInf(last.From, -1) {
		r.fail(last.At, "leave from out of the lowest status, so that it takes everything below", "statuses: a ratio below %g has no status", last.From)
	}
}

// objectives reads the objectives, their measures and milestones.
func (r *reader) objectives(list []objectiveFile, plan *Plan) []Objective {
	var out []Objective
	seen, measures := map[string]bool{}, map[string]int{}
	for _, w := range list {
		o := Objective{At: w.At, ID: w.ID.Value, Name: w.Name, Area: w.Area, Owner: w.Owner, Note: w.Note}
		switch {
		case o.ID == "" || o.Name == "":
			r.fail(w.At, "give it both, as in: id: learning, name: More adults learn", "objective without id or name")
		case seen[o.ID]:
			r.fail(w.ID.At, "give each objective an id of its own", "objective %q is given twice", o.ID)
		}
		seen[o.ID] = true
		if len(w.Measures) == 0 && len(w.Milestones) == 0 {
			r.fail(w.At, "add measures (an indicator with baseline and target) or milestones", "objective %q has nothing it is measured by", o.ID)
		}
		for _, m := range w.Measures {
			one := r.measure(m, plan, o)
			if line, twice := measures[one.ID]; twice && one.Code.Value != "" {
				r.fail(m.At, "put all its targets into one", "%s: is given twice, first in line %d", one.ID, line)
			}
			measures[one.ID] = m.At.Line
			o.Measures = append(o.Measures, one)
		}
		o.Milestones = r.milestones(w.Milestones, "objective "+o.ID, o.Owner)
		out = append(out, o)
	}
	return out
}

// milestones reads steps; owner is who stands for those that name nobody.
func (r *reader) milestones(list []milestoneFile, of, owner string) []Milestone {
	var out []Milestone
	seen := map[string]bool{}
	for _, w := range list {
		m := Milestone{
			At: w.At, Name: w.Name, Evidence: w.Evidence, Owner: cmp.Or(w.Owner, owner),
			Due: r.period(w.Due, of+": milestone: due"), Done: r.period(w.Done, of+": milestone: done"),
			State: choice(r, w.State, of+": milestone: state", NotStarted, states[:]),
		}
		switch {
		case m.Name == "":
			r.fail(w.At, "say in a few words what will be there", "%s: milestone without a name", of)
		case seen[m.Name]:
			r.fail(w.At, "keep one of the two", "%s: milestone %q is given twice", of, m.Name)
		}
		seen[m.Name] = true
		if w.Due.Value == "" {
			r.fail(w.At, "add due: and a day or period, as in 2026-06-30", "%s: milestone %q is due at no time", of, m.Name)
		}
		if m.Owner == "" {
			r.fail(w.At, "add owner: to it or to its objective", "%s: milestone %q has no owner", of, m.Name)
		}
		if m.State != Done && w.Done.Value != "" {
			r.fail(w.Done.At, "write state: done, or leave done out", "%s: milestone %q has a day of completion but is %s", of, m.Name, m.State)
		}
		out = append(out, m)
	}
	return out
}

// answers reads what the city says about the recommendations.
func (r *reader) answers(list []answerFile) []Answer {
	var ids []string
	for _, one := range Recommendations() {
		ids = append(ids, one.ID)
	}
	var out []Answer
	seen := map[string]bool{}
	for _, w := range list {
		a := Answer{At: w.At, ID: w.ID, Evidence: w.Evidence, Owner: w.Owner, Date: r.period(w.Date, "checklist: "+w.ID.Value+": date")}
		switch {
		case w.ID.Value == "":
			r.fail(w.At, "write the id of a recommendation, as in P1", "checklist: answer without id")
		case !slices.Contains(ids, w.ID.Value):
			r.fail(w.ID.At, "there are "+idRanges(ids), "checklist: there is no recommendation %q", w.ID.Value)
		case seen[w.ID.Value]:
			r.fail(w.At, "keep one of the two", "checklist: %s is answered twice", w.ID.Value)
		case w.State.Value == "":
			r.fail(w.At, "write done, under way, not started or not applicable", "checklist: %s has no state", w.ID.Value)
		}
		seen[w.ID.Value] = true
		a.State = choice(r, w.State, "checklist: "+w.ID.Value+": state", Unanswered, states[:])
		out = append(out, a)
	}
	return out
}

// idRanges writes ids that share a letter as one range: P1 to P6, I1 to I4.
func idRanges(ids []string) string {
	var parts []string
	for first := 0; first < len(ids); {
		last := first
		for last+1 < len(ids) && ids[last+1][0] == ids[first][0] {
			last++
		}
		parts = append(parts, ids[first]+" to "+ids[last])
		first = last + 1
	}
	return strings.Join(parts, ", ")
}
