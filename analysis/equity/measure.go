package equity

import (
	"cmp"
	"fmt"
	"math"

	"pediment/analysis"
)

// Measure computes every measure for every breakdown, who is behind, what changed
// and who receives the spending. Its tables are findings (sentences, the most
// important first), furthest (the group furthest behind, by indicator),
// most_often_behind, change, intersections (groups of several columns worse than
// each of their margins), spending, measures (each with a sentence), groups and
// left_out (groups not shown or not named, and why). Whose value a group is held
// against stands beside it as average_of. Groups, furthest and
// intersections are those of each breakdown's last period.
func Measure(s Setup) analysis.Result {
	all := s.studies()
	latest := latestOnly(all)
	tallies := rank(latest)
	var crossed []crossing
	for _, one := range latest {
		crossed = append(crossed, one.crossings()...)
	}
	byClarity(crossed)
	var flows []*flow
	for i := range s.Spending {
		flows = append(flows, newFlow(&s.Spending[i]))
	}
	result := analysis.Result{Title: cmp.Or(s.Title, "Gaps between groups"), Tables: []analysis.Table{
		findingsOf(latest, tallies, crossed, flows).table(), furthestTable(latest), rankingTable(tallies), changeTable(all), crossingsTable(crossed),
		spendingTable(flows), measuresTable(all, flows), groupsTable(latest), leftTable(latest),
	}, Charts: charts(latest, flows)}
	for _, one := range all {
		one.warn(&result)
	}
	warnOrders(latest, &result)
	for _, f := range flows {
		f.warn(&result)
	}
	return result
}

// warn adds what must be known to read the breakdown's figures.
func (s *study) warn(result *analysis.Result) {
	sampled := s.cov != nil && !s.unsure()
	switch {
	case len(s.y) < 2:
		result.Warn(s.name(), fmt.Sprintf("by %s, %s: fewer than two groups have a value, so nothing is compared", s.by(), s.Period.Label))
		return
	case s.unsure():
		result.Warn(s.name(), fmt.Sprintf("by %s: nobody can state the error of the values, so no gap is called larger than chance", s.by()))
	case sampled && s.Covariance == nil:
		result.Warn(s.name(), fmt.Sprintf("by %s: the groups' estimates are taken as independent of one another", s.by()))
	}
	if !s.weighted {
		result.Warn(s.name(), fmt.Sprintf("by %s: how many people the groups have is not known, so every group counts the same%s", s.by(), s.against.instead()))
	}
	if whole := s.Whole; s.weighted && whole.SE > 0 && s.latest && math.Abs(whole.Value-s.mean) > 2*whole.SE {
		result.Warn(s.name(), fmt.Sprintf("by %s: the average of the groups shown is %s, the value for everybody %s", s.by(), s.amount(s.mean, whole.SE), s.amount(whole.Value, whole.SE)))
	}
	if text := s.outlyingWarning(); text != "" {
		result.Warn(s.name(), text)
	}
	if s.Earlier != nil && len(s.changes) == 0 {
		result.Warn(s.name(), fmt.Sprintf("by %s: %s and %s are not compared: the definition changed, or fewer than two groups have a value in both", s.by(), s.Earlier.Period.Label, s.Period.Label))
	}
}

func (f *flow) warn(result *analysis.Result) {
	for _, l := range f.left {
		result.Warn(f.name(), l.group+": "+l.why)
	}
	switch {
	case f.NeedName == "" || f.usable():
	case len(f.need) >= 2 && !f.differs():
		result.Warn(f.name(), "need is the same in every place with spending, so spending is not held against it")
	default:
		result.Warn(f.name(), "need is known in fewer than two places with spending, so spending is not held against it")
	}
}
