package indicators

import (
	"slices"
	"strings"

	"pediment/analysis"
)

// Coverage says for which years an indicator can be computed, or what it lacks.
type Coverage struct {
	Indicator Indicator
	Years     []string // labels of the periods with a whole value
	Partial   []string // labels of the periods with an incomplete one
	Missing   string   // what is lacking, "" when there are values
	Fill      string   // the file or column that would fill the gap
	Formula   string   // row-level expressions in one line, "" when not bound
	Hash      string   // of the definition, "" when not bound
	Sources   []string // relations it reads
	Files     []string // files of those relations
}

// coverage sums up what was computed for an indicator.
func (e *evaluator) coverage(i bound) Coverage {
	c := Coverage{Indicator: i.Indicator, Missing: i.gap.Missing, Fill: i.gap.Fill}
	if i.gap != (Gap{}) {
		return c
	}
	c.Formula, c.Hash = i.formula, i.definition
	for _, t := range []*boundTerm{i.num, i.den} {
		if t != nil && !slices.Contains(c.Sources, t.relation.Name) {
			c.Sources = append(c.Sources, t.relation.Name)
			c.Files = append(c.Files, t.relation.Files...)
		}
	}
	reason := ""
	for _, v := range e.out.Values {
		if v.Code != i.Code || len(v.Group) > 0 {
			continue
		}
		switch {
		case v.State == analysis.Partial:
			c.Partial = append(c.Partial, v.Period.Label)
		case !v.State.Withheld():
			c.Years = append(c.Years, v.Period.Label)
		default:
			reason = v.Reason
		}
	}
	if len(c.Years)+len(c.Partial) == 0 {
		c.Missing, c.Fill = i.absence(reason)
	}
	return c
}

// absence explains an indicator whose data are declared but hold nothing for it.
func (i bound) absence(reason string) (missing, fill string) {
	name := i.num.relation.Name
	switch {
	case reason != "":
		return reason, "add the missing rows to " + strings.Join(relationNames(i), ", ")
	case i.num.series != "":
		return "nobody has given the figures “" + plainWords(i.num.series) + "” yet", "add the figures “" + plainWords(i.num.series) + "” to the " + plainWords(name) + " data (rows with series " + i.num.series + ")"
	case i.Kind == "score":
		return "no reviewer scored it", "add scores with indicator " + i.Code + " to " + name
	}
	return name + " has no rows for it", "add rows to " + name
}

// plainWords is a name of a file or column for people.
func plainWords(name string) string { return strings.ReplaceAll(name, "_", " ") }

func relationNames(i bound) []string {
	if i.den != nil && i.den.relation.Name != i.num.relation.Name {
		return []string{i.num.relation.Name, i.den.relation.Name}
	}
	return []string{i.num.relation.Name}
}
