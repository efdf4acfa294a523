package reports

import (
	"cmp"
	"slices"
)

// rule finds one kind of thing that asks for a decision.
type rule struct {
	name, doc string
	family    string // what the decision is about: of one family only one leads the overview
	find      func(*Report) []Suggestion
}

// suggestionRules are all rules, in the order they are explained.
var suggestionRules = []rule{
	{"off-track", "a target of the plan is missed on the present path, as surely as the plan asks", "plan", offTrack},
	{"uncertain", "a target's status lies between two, and its value is estimated", "doubt", uncertain},
	{"late", "a milestone of the plan is overdue", "plan", lateMilestones},
	{"worse", "an indicator without a target got clearly worse", "trend", gotWorse},
	{"gap", "the gap between the groups of an indicator grew clearly, in points and as a ratio", "fairness", widerGaps},
	{"behind", "one group is behind in half of what can be compared, or more", "fairness", oftenBehind},
	{"unit-cost", "a programme's cost per learner is several times that of the others, years in a row", "money", costlyProgrammes},
	{"weak-evidence", "most of what an appraisal promises rests on weak evidence", "money", weakEvidence},
	{"loss", "an appraised project probably costs more than it brings", "money", probableLoss},
	{"one-assumption", "an appraisal's verdict turns on one assumption", "money", oneAssumption},
	{"expired", "assumptions of an appraisal are past their review date", "money", expiredAssumptions},
	{"missing", "core indicators cannot be computed, and it is known what would fill the gap", "data", missingData},
	{"contradiction", "two sources of one figure contradict each other", "data", contradictions},
	{"failing", "data break a rule that was declared for them", "data", failingRules},
	{"guideline", "a recommendation of the guidelines was not started", "guidelines", guidelines},
	{"unanswered", "remarks have waited long for an answer", "voice", unanswered},
}

// RuleDoc is a rule for those who read of it.
type RuleDoc struct{ Name, Doc string }

// Rules lists the rules that make suggestions, with what each looks for.
func Rules() []RuleDoc {
	list := make([]RuleDoc, len(suggestionRules))
	for k, one := range suggestionRules {
		list[k] = RuleDoc{one.name, one.doc}
	}
	return list
}

// RuleNames lists the names of the rules.
func RuleNames() []string {
	names := make([]string, len(suggestionRules))
	for k, one := range suggestionRules {
		names[k] = one.name
	}
	return names
}

// Suggest lists what the rules find in a report, weightiest first. Nothing is
// suggested from a value that is withheld, unreliable or in doubt.
func Suggest(r *Report) []Suggestion {
	var all []Suggestion
	for _, one := range suggestionRules {
		for _, s := range one.find(r) {
			s.Rule = one.name
			s.ID = one.name + " " + s.ID
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(b.Weight, a.Weight) })
	return all
}

// familyOf is what a rule's decisions are about; the evaluator's own suggestions are a
// family each.
func familyOf(s Suggestion) string {
	for _, one := range suggestionRules {
		if one.name == s.Rule {
			return one.family
		}
	}
	return s.ID
}
