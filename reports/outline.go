package reports

import "slices"

// Part is a part of the report: what the outline lists, and where a chapter stands.
type Part string

// The parts of a report in the usual order.
const (
	Summary    Part = "summary"    // decisions, the city at a glance, what changed
	Context    Part = "context"    // the city, its people and its record
	Plan       Part = "plan"       // progress against the action plan
	Scorecard  Part = "scorecard"  // every indicator on a line
	Areas      Part = "areas"      // every indicator in full
	Fairness   Part = "fairness"   // gaps between groups
	Programmes Part = "programmes" // what was offered: programmes, events, places
	Money      Part = "money"      // budget, cost-sharing, appraisals
	Index      Part = "index"
	Voice      Part = "voice"     // what residents ask for, and what stakeholders said
	Lessons    Part = "lessons"   // lessons and recommendations
	Checklist  Part = "checklist" // the guidelines' recommendations
	Quality    Part = "quality"   // of the data, and what is missing
	Methods    Part = "methods"   // how figures were made, and of what
)

// String is the part's name in an outline.
func (p Part) String() string { return string(p) }

// Parts lists every part in the usual order, each under its title and with the
// question it answers.
var Parts = []PartTitle{
	{Summary, "Summary", "What needs a decision?"},
	{Context, "Context", "Who lives and learns here?"},
	{Plan, "Plan", "Is the plan on its path?"},
	{Scorecard, "Scorecard", "Where does every indicator stand?"},
	{Areas, "Areas", "What does each indicator say?"},
	{Fairness, "Fairness", "Is it fair?"},
	{Programmes, "Programmes and events", "What was offered, and who came?"},
	{Money, "Money", "What it costs and what it brings"},
	{Index, "Index", "The parts in one figure"},
	{Voice, "Residents’ voice", "What do people ask for?"},
	{Lessons, "Lessons and recommendations", "What should be done?"},
	{Checklist, "Guidelines", "Are the guidelines followed?"},
	{Quality, "Data quality and gaps", "Can the data be trusted?"},
	{Methods, "Methods", "How were the figures made?"},
}

// PartTitle is how a part is called and asked about.
type PartTitle struct {
	Part            Part
	Title, Question string
}

// titleOf finds how a part is called; an unknown part has no title.
func titleOf(part Part) PartTitle {
	k := slices.IndexFunc(Parts, func(p PartTitle) bool { return p.Part == part })
	if k < 0 {
		return PartTitle{Part: part}
	}
	return Parts[k]
}

// outline lists the parts of the report in its order.
func (r *Report) outline() []Part {
	if len(r.Outline) > 0 {
		return r.Outline
	}
	var all []Part
	for _, p := range Parts {
		all = append(all, p.Part)
	}
	return all
}

// Says reports whether the report has the part.
func (r *Report) Says(part Part) bool { return slices.Contains(r.outline(), part) }
