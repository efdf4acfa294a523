package reports

import (
	"slices"

	"pediment/analysis"
)

// Suggestion is a finding that asks for a decision, made by a rule from the
// report's figures.
type Suggestion struct {
	ID        string   // the same from report to report: "off-track 2.3.4.1"
	Rule      string   // which rule made it, "" for one of the evaluator's own
	About     string   // code of the indicator, measure, programme or appraisal
	Anchor    string   // where the report says more
	Title     string   // the finding, a sentence without a full stop
	Text      string   // what is suggested, a sentence
	Evidence  []string // sentences, strongest first
	Word      string   // what kind of finding it is, in two or three words: "off track"
	Certainty string   // a few words: "97 % sure", "not sampled"
	Look      string   // status it is shown with: bad, mixed, unsure, absent
	Weight    float64  // how much it matters, for the order; 0 to 1
	Owner     string   // who answers for it by the plan, "" unknown
}

// Recommendation is a suggestion the evaluator decided on, or one of the
// evaluator's own.
type Recommendation struct {
	Suggestion
	Period  string // label of the reporting period it was made for
	State   string // one of States
	Reason  string // why it was rejected or dropped
	Due     string // ISO date or period, "" none
	Overdue bool   // due by the end of the reporting period and neither done nor dropped
	Earlier bool   // made for a period before the report's
	Outcome string // what became of it
	Words   string // the evaluator's wording of what is suggested, in place of Text; "" keeps that

	Then, Now analysis.Value  // the value it is about: in Period and today; zero Period where there is none
	Change    analysis.Change // Now against Then
}

// The states of a recommendation.
const (
	Proposed = "proposed" // nobody has decided yet: still a suggestion
	Accepted = "accepted"
	Rejected = "rejected"
	UnderWay = "under way"
	Done     = "done"
	Dropped  = "dropped"
)

// States are all states, in the order a recommendation goes through them.
var States = []string{Proposed, Accepted, Rejected, UnderWay, Done, Dropped}

// Open reports whether it was taken on and is not finished.
func (r Recommendation) Open() bool { return r.State == Accepted || r.State == UnderWay }

// Decide sets the report's suggestions and what was decided on them. book holds the
// entries of this period and of earlier ones. The public edition has no suggestions,
// only the findings that lead the overview, and no rejected recommendations.
func (r *Report) Decide(book []Recommendation) {
	found := Suggest(r)
	r.Recommendations, r.Suggestions, r.Refused = nil, nil, 0
	for _, entry := range book {
		if entry.State == Rejected && r.Edition != Internal && entry.Earlier {
			r.Refused++
		}
		if entry.State == Proposed || entry.State == Rejected && r.Edition != Internal {
			continue
		}
		if k := indexOf(found, entry.ID); k >= 0 && !entry.Earlier {
			entry.Suggestion = entry.filledFrom(found[k])
		}
		r.Recommendations = append(r.Recommendations, entry)
	}
	open := undecided(found, book)
	r.Decisions, r.Waiting = leading(open), len(open)
	if r.Edition == Internal {
		r.Suggestions = open
		return
	}
	for k := range r.Decisions {
		r.Decisions[k].Text = ""
	}
}

// Undecided lists what the rules suggest and nobody has decided on, whatever the
// edition: what was decided in this period is a suggestion no more, nor is what was
// taken on before and is not overdue. The evaluator's words take the place of the
// generated ones, and what the evaluator proposes besides stands with the others.
func (r *Report) Undecided(book []Recommendation) []Suggestion { return undecided(Suggest(r), book) }

func undecided(found []Suggestion, book []Recommendation) []Suggestion {
	open := slices.Clone(found)
	for _, entry := range book {
		k := indexOf(open, entry.ID)
		switch {
		case entry.State == Proposed && !entry.Earlier && k >= 0 && entry.Words != "":
			open[k].Text = entry.Words
		case entry.State == Proposed && !entry.Earlier && k < 0 && entry.Rule == "":
			open = append(open, entry.Suggestion)
		case k >= 0 && entry.State != Proposed && (!entry.Earlier || entry.Open() && !entry.Overdue):
			open = slices.Delete(open, k, k+1)
		}
	}
	return open
}

func indexOf(list []Suggestion, id string) int {
	return slices.IndexFunc(list, func(s Suggestion) bool { return s.ID == id })
}

// filledFrom is the entry's suggestion with what it does not say taken from the rule's.
func (r Recommendation) filledFrom(s Suggestion) Suggestion {
	own := r.Suggestion
	if own.Title != "" {
		s.Title = own.Title
	}
	if own.Text != "" {
		s.Text = own.Text
	}
	if len(own.Evidence) > 0 {
		s.Evidence = own.Evidence
	}
	if own.Owner != "" {
		s.Owner = own.Owner
	}
	if own.About != "" {
		s.About = own.About
	}
	return s
}
