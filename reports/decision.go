package reports

import (
	"fmt"
	"slices"
	"strings"
)

// mostLeading is how many decisions lead the first page.
const mostLeading = 3

// leading picks what the first page puts before the committee: the weightiest first,
// but among those that lead no two of one family of rules or about one indicator, and
// among those that are named besides no more than two of a rule.
func leading(open []Suggestion) []Suggestion {
	var lead, rest []Suggestion
	for _, s := range open {
		same := func(other Suggestion) bool { return familyOf(other) == familyOf(s) || other.Anchor == s.Anchor }
		switch {
		case s.Weight < decisive:
		case len(lead) < mostLeading && !slices.ContainsFunc(lead, same):
			lead = append(lead, s)
		default:
			rest = append(rest, s)
		}
	}
	for len(lead) < mostLeading && len(rest) > 0 {
		lead, rest = append(lead, rest[0]), rest[1:]
	}
	for _, s := range rest {
		alike := 0
		for _, other := range lead[min(len(lead), mostLeading):] {
			if other.Rule == s.Rule {
				alike++
			}
		}
		aboutOne := func(other Suggestion) bool { return other.Anchor == s.Anchor && other.Rule == s.Rule }
		if alike < mostAlike && len(lead) < decisionsShown && !slices.ContainsFunc(lead, aboutOne) {
			lead = append(lead, s)
		}
	}
	return lead
}

// mostAlike is how many decisions that do not lead come from one rule.
const mostAlike = 2

// card is a decision as the first page prints it.
type card struct {
	Look     look
	Chip     string   // after the icon: what kind of finding it is and how sure
	Title    string   // the finding
	Text     []string // what it would take, strongest evidence first
	Proposal string   // what is suggested, "" in the public edition
	Owner    string
	Anchor   string // of the section with the details
}

// mostTexts is how much evidence a card has; the rest stands where its title leads.
const mostTexts = 2

// decisionLooks are how findings that ask for a decision are shown.
var decisionLooks = map[string]look{
	"bad":    {Icon: "▼", Class: "bad"},
	"mixed":  {Icon: "◆", Class: "mixed"},
	"unsure": {Icon: "◇", Class: "unsure"},
	"absent": {Icon: "○", Class: "absent"},
}

func newCard(s Suggestion) card {
	l, known := decisionLooks[s.Look]
	if !known {
		l = decisionLooks["unsure"]
	}
	l.Word = sentenceCase(s.Word)
	c := card{Look: l, Chip: l.Word, Title: clip(s.Title, longestTitle), Proposal: s.Text, Owner: s.Owner, Anchor: s.Anchor, Text: s.Evidence[:min(len(s.Evidence), mostTexts)]}
	if s.Certainty != "" {
		c.Chip = strings.TrimPrefix(l.Word+" · "+s.Certainty, " · ")
	}
	return c
}

// longestTitle is the most columns of a card's title.
const longestTitle = 160

// decisionCards are the cards that lead the page, and what is to decide besides.
func decisionCards(r *Report) (lead, also []card) {
	for k, s := range r.Decisions {
		if k < mostLeading {
			lead = append(lead, newCard(s))
		} else {
			also = append(also, newCard(s))
		}
	}
	return lead, also
}

// inHand says of how many findings those that lead are, and counts what was decided and
// is not finished: "Two more are in hand."
func inHand(r *Report) string {
	n := 0
	for _, one := range r.Recommendations {
		if one.Open() {
			n++
		}
	}
	text := ""
	if more := r.Waiting - min(len(r.Decisions), mostLeading); more > 0 {
		text = fmt.Sprintf("They weigh most of %s nobody has decided on. ", counted(r.Waiting, "finding"))
	}
	switch {
	case n == 0:
		return strings.TrimSpace(text)
	case len(r.Decisions) == 0:
		return text + sentenceCase(counted(n, "decision")) + " in hand."
	case n == 1:
		return text + "One more is in hand."
	}
	return text + sentenceCase(numberWord(n)) + " more are in hand."
}
