package progress

import (
	"cmp"
	"slices"

	"pediment/analysis"
)

// Setup is what a plan is held against.
type Setup struct {
	Title    string
	Values   []analysis.Value // disclosed: whole city, places and groups, in any order
	Calendar analysis.Calendar
	Places   analysis.Places
	Currency string // of unit costs that name none

	// Year is the reporting year: later values are left out. The zero Period
	// leaves out none.
	Year analysis.Period

	// Correlation is that of the sampling errors of two values, as waves of a panel
	// have; nil: none.
	Correlation func(first, last analysis.Value) float64

	// ProgrammeCost is what one more unit costs in a budget programme, and whether
	// that is known; nil: it is not.
	ProgrammeCost func(programme string) (cost float64, known bool)

	// People reports whether the numerators of an indicator's percentages are people;
	// nil: those of surveys are. Units that name people need no answer.
	People func(code string) bool

	// Level is what people call one level of a group, "aged 65-74"; nil: the column
	// and the level.
	Level func(analysis.Level) string

	// Source names the data an indicator is made from, for charts; nil: nothing.
	Source func(code string) string
}

// Assess holds the city's values against its plan. Its tables:
//
//	findings    what the figures say, in sentences, what is certainly off track first
//	progress    every measure: baseline, value, target, path, pace, status with its
//	            probability, people and money still needed, and all of it in words
//	shares      how probable each status of each measure is
//	methods     every method's judgement beside the declared one
//	targets     every target that was due, and whether it was met
//	scores      every objective: mean score, the worst measure beside it, coverage
//	catch_up    groups and places behind the city and how long they need
//
// Pace is held against the next target due; "judged_for" names it. The target reached
// means the last one.
//
// A status is printed when its probability reaches the plan's threshold; otherwise
// the statuses between which it lies. Values without sampling error have the error
// the plan declares for them, none by default. Where an error cannot be stated
// nothing is judged, where there is no value there is no data; "reason" says why.
// Milestones are Plan.Steps.
func Assess(p Plan, s Setup) analysis.Result {
	a := assessment{plan: p, setup: s, index: gather(s)}
	for _, o := range p.Objectives {
		for _, m := range o.Measures {
			a.all = append(a.all, p.stand(m, o, a.index, s))
		}
	}
	a.ranked = slices.Clone(a.all)
	slices.SortStableFunc(a.ranked, func(x, y *standing) int { return x.rank(y) })
	methods, disagreeing := a.methodsTable()
	behind := a.catchUps()
	result := analysis.Result{Title: s.Title}
	result.Tables = []analysis.Table{
		a.findingsTable(disagreeing, behind), a.progressTable(), a.sharesTable(), methods,
		a.targetsTable(), a.scoresTable(), catchUpTable(behind),
	}
	result.Charts = a.charts()
	return result
}

// assessment is a plan with all that is known about its measures.
type assessment struct {
	plan   Plan
	setup  Setup
	index  map[seriesKey][]analysis.Value
	all    []*standing // in the plan's order
	ranked []*standing // what asks for a decision first
}

// onCourse reports whether a status needs no decision: the target reached, or the
// best band short of it.
func (st *standing) onCourse(status int) bool {
	return status == 0 || st.statuses[0].Achieved && status == 1
}

// kind says in which order a reader wants measures: off course for sure, open, on
// course, not judged, without data.
func (st *standing) kind() int {
	switch {
	case st.absent != "" && st.now.State != analysis.Unreliable:
		return 4
	case st.best < 0:
		return 3
	case st.onCourse(st.worst):
		return 2
	case st.onCourse(st.best):
		return 1
	}
	return 0
}

// rank orders measures by kind, the whole city before places and groups, the worst
// and surest first.
func (st *standing) rank(other *standing) int {
	part := func(s *standing) int {
		if s.Place.Value == "" && len(s.Group) == 0 {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(st.kind(), other.kind()), cmp.Compare(part(st), part(other)),
		-cmp.Compare(st.expected(), other.expected()), -cmp.Compare(st.sure, other.sure),
	)
}

// expected is the mean rank of the statuses by their shares; higher is worse.
func (st *standing) expected() float64 {
	sum := 0.0
	for k, p := range st.shares {
		sum += float64(k) * p
	}
	return sum
}
