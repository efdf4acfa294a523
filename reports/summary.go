package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// summary counts the indicators of an area, or of the whole report, by status.
type summary struct {
	Total, Known int
	By           map[analysis.Status]int
	States       []stateCount // why values are absent, most frequent first
	Weakest      *Indicator   // the one that moved most in the wrong direction; nil when none can be judged
	Surely       int          // got better or worse by more than sampling error
	Sampled      bool         // whether sampling error stands behind every unclear change
}

// stateCount is how many values are absent for one reason.
type stateCount struct {
	State analysis.State
	N     int
}

// summarise counts the indicators' statuses.
func summarise(indicators []Indicator) summary {
	s := summary{Total: len(indicators), By: map[analysis.Status]int{}, Sampled: true}
	absent := map[analysis.State]int{}
	for i := range indicators {
		ind := &indicators[i]
		status := statusOf(*ind)
		s.By[status]++
		if status == analysis.NoData {
			absent[absence(ind.Headline)]++
			continue
		}
		s.Known++
		if finite(ind.Change.SE) && (status == analysis.Better || status == analysis.Worse) {
			s.Surely++
		}
		s.Sampled = s.Sampled && (status != analysis.Unclear || finite(ind.Change.SE))
		if judged(*ind) && (s.Weakest == nil || weaker(*ind, *s.Weakest)) {
			s.Weakest = ind
		}
	}
	for state, n := range absent {
		s.States = append(s.States, stateCount{state, n})
	}
	slices.SortFunc(s.States, func(a, b stateCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.State, b.State))
	})
	return s
}

// absence names why a value is not there; a value without a number and without
// a state is missing.
func absence(v analysis.Value) analysis.State {
	if v.State == analysis.Known {
		return analysis.Missing
	}
	return v.State
}

// judged reports whether the indicator has a change that can be good or bad.
func judged(i Indicator) bool {
	switch statusOf(i) {
	case analysis.Better, analysis.Worse, analysis.Unclear:
		return true
	}
	return false
}

// weaker reports whether a stands worse than b: first by status, then by the
// change relative to the baseline, then by code.
func weaker(a, b Indicator) bool {
	rank := map[analysis.Status]int{analysis.Worse: 0, analysis.Unclear: 1, analysis.Better: 2}
	return cmp.Or(
		cmp.Compare(rank[statusOf(a)], rank[statusOf(b)]),
		cmp.Compare(gain(a), gain(b)),
		cmp.Compare(a.Code, b.Code)) < 0
}

// gain is the change in the good direction as a share of the baseline, 0 when
// it cannot be told.
func gain(i Indicator) float64 {
	g := i.Change.Difference / math.Abs(i.Baseline.Value)
	if i.Better == "lower" {
		g = -g
	}
	if math.IsNaN(g) {
		return 0
	}
	return g
}

// Status is the area's status: better or worse when every clear change points
// that way, mixed when they disagree, no clear change when none is clear.
func (s summary) Status() analysis.Status {
	better, worse := s.By[analysis.Better], s.By[analysis.Worse]
	switch {
	case s.Known == 0:
		return analysis.NoData
	case better > 0 && worse > 0:
		return mixed
	case worse > 0:
		return analysis.Worse
	case better > 0:
		return analysis.Better
	case s.By[analysis.Unclear] > 0:
		return analysis.Unclear
	case s.By[doubtful] > 0:
		return doubtful
	case s.By[analysis.FirstValue] > 0:
		return analysis.FirstValue
	}
	return analysis.NoDirection
}

// Look is how the area's status is shown.
func (s summary) Look() look { return looks[s.Status()] }

// KnownOf says how many indicators have a value: "5 of 7 known".
func (s summary) KnownOf() string { return fmt.Sprintf("%d of %d known", s.Known, s.Total) }

// statusOrder is the order statuses are counted and listed in.
var statusOrder = []analysis.Status{
	analysis.Worse, analysis.Better, analysis.Unclear, doubtful, analysis.FirstValue, analysis.NoDirection, analysis.NoData,
}

// Words counts the statuses that occur: "2 worse, 1 better, 3 no clear change".
func (s summary) Words() string {
	var parts []string
	for _, status := range statusOrder {
		if n := s.By[status]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, looks[status].Word))
		}
	}
	return strings.Join(parts, ", ")
}

// Absent lists why values are absent: "3 missing, 1 confidential".
func (s summary) Absent() string {
	parts := make([]string, len(s.States))
	for i, c := range s.States {
		parts[i] = fmt.Sprintf("%d %s", c.N, c.State)
	}
	return strings.Join(parts, ", ")
}

// WeakestText names the weakest indicator with its change: "Crime level ▼ +31
// per 100,000"; "" when none can be judged.
func (s summary) WeakestText() string {
	if s.Weakest == nil {
		return ""
	}
	i := *s.Weakest
	text := strings.TrimSpace(fmt.Sprintf("%s %s %s", clip(i.Name, 120), lookOf(i).Icon, change(i)))
	if i.Headline.State == analysis.CarriedForward {
		text += fmt.Sprintf(" (%s to %s)", i.Change.From, i.Change.To)
	}
	return text
}

// title is the area's code in the framework and its name; the city's own
// indicators stand outside the framework and have no code to show.
func (a Area) title() string {
	if a.Position == "" {
		return a.Name
	}
	return strings.TrimSpace(a.Code + " " + a.Name)
}

// indicators returns every indicator of the report in order.
func (r *Report) indicators() []Indicator {
	var all []Indicator
	for _, area := range r.Areas {
		all = append(all, area.Indicators...)
	}
	return all
}
