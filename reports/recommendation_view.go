package reports

import (
	"fmt"
	"strings"
)

// recommendationRow is a recommendation as the page prints it.
type recommendationRow struct {
	Anchor, Period, Title, Text string
	Evidence                    []string
	Owner, Due                  string
	Overdue                     bool
	State                       look
	Moved                       string // what the figure did since: "34.4 % in 2021, 29 % in 2025"
	Now                         look   // how good that is; no word where nothing is known
	Reason, Outcome             string
}

// stateLooks are how the states of recommendations are shown.
var stateLooks = map[string]look{
	Proposed: {Icon: "◇", Word: "proposed", Class: "unsure"},
	Accepted: {Icon: "●", Word: "accepted", Class: "first"},
	UnderWay: {Icon: "◆", Word: "under way", Class: "mixed"},
	Done:     {Icon: "▲", Word: "done", Class: "good"},
	Rejected: {Icon: "■", Word: "rejected", Class: "context"},
	Dropped:  {Icon: "■", Word: "dropped", Class: "context"},
}

func newRecommendationRow(r Recommendation) recommendationRow {
	row := recommendationRow{
		Anchor: r.Anchor, Period: r.Period, Title: r.Title, Text: r.Text, Evidence: r.Evidence, Owner: r.Owner, Due: r.Due,
		Overdue: r.Overdue, State: stateLooks[r.State], Reason: r.Reason, Outcome: r.Outcome,
	}
	if !r.Then.Period.IsZero() && known(r.Then) && known(r.Now) {
		row.Moved = fmt.Sprintf("%s in %s, %s in %s", amount(r.Then.Estimate, r.Then.Unit), r.Then.Period.Label, amount(r.Now.Estimate, r.Now.Unit), r.Now.Period.Label)
		row.Now = lookOf(Indicator{Unit: r.Then.Unit, Headline: r.Now, Baseline: r.Then, Change: r.Change})
	}
	return row
}

// decided are the rows of the recommendations of earlier periods, or of this one.
func decided(r *Report, earlier bool) []recommendationRow {
	var rows []recommendationRow
	for _, one := range r.Recommendations {
		if one.Earlier == earlier {
			rows = append(rows, newRecommendationRow(one))
		}
	}
	return rows
}

// followed says in a sentence what became of the recommendations of earlier periods,
// "" without any.
func followed(r *Report) string {
	by := map[string]int{}
	by[Rejected] = r.Refused
	total, late := r.Refused, 0
	for _, one := range r.Recommendations {
		if !one.Earlier {
			continue
		}
		total++
		by[one.State]++
		if one.Overdue {
			late++
		}
	}
	if total == 0 {
		return ""
	}
	var parts []string
	for _, state := range []string{Done, UnderWay, Accepted, Dropped, Rejected} {
		if by[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", by[state], state))
		}
	}
	text := fmt.Sprintf("Of %s: %s.", counted(total, "recommendation"), strings.Join(parts, ", "))
	if late > 0 {
		text += fmt.Sprintf(" Overdue: %d.", late)
	}
	return text
}

// FollowedText says what became of the recommendations of earlier periods.
func (p *page) FollowedText() string { return followed(p.Report) }

// openCard is a suggestion that waits for a decision, with what it is called in the
// file decisions are written in.
type openCard struct {
	card
	ID string
}

// InHand are the recommendations that were decided on and are not finished.
func (p *page) InHand() []recommendationRow {
	var rows []recommendationRow
	for _, one := range p.Recommendations {
		if one.Open() {
			rows = append(rows, newRecommendationRow(one))
		}
	}
	return rows
}

// OpenCards are the suggestions nobody has decided on.
func (p *page) OpenCards() []openCard {
	var list []openCard
	for _, s := range p.Suggestions {
		list = append(list, openCard{newCard(s), s.ID})
	}
	return list
}

// MoreSuggestions is how many suggestions the first page does not name.
func (p *page) MoreSuggestions() int { return max(0, p.Waiting-len(p.Decisions)) }
