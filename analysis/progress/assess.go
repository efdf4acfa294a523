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

	// Reported is the year the report is about: where the latest value is older, the
	// needed pace counts from it. The zero Period: from the latest value.
	Reported analysis.Period

	// Correlation is that of the sampling errors of two values, as waves of a panel
	// have; nil: none.
	Correlation func(first, last analysis.Value) float64

	// Covariance is that of the sampling errors of two values of one period, NaN where
	// nobody knows; nil: nobody does.
	Covariance func(a, b analysis.Value) float64

	// Compared reports whether an indicator's groups told by the columns are people or
	// else are to be compared with the city; nil: all are.
	Compared func(code string, columns []string) bool

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
//	catch_up    groups and places behind the city with the threshold's probability,
//	            how long they need, and those left out
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

// Kinds of measures in the order a reader wants them. On course and off are what is
// known with the threshold's probability, whatever statuses are left; open is what is
// neither.
const (
	offKind = iota
	openKind
	onKind
	unjudgedKind
	withheldKind
	emptyKind
)

// kind is the measure's kind.
func (st *standing) kind() int {
	switch {
	case st.absent != "" && st.now.State == analysis.Confidential:
		return withheldKind
	case st.absent != "" && st.now.State != analysis.Unreliable:
		return emptyKind
	case st.best < 0:
		return unjudgedKind
	case st.onCourse(st.worst):
		return onKind
	case st.onCourse(st.best):
		return openKind
	}
	return offKind
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
