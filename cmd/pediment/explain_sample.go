package main

import (
	"fmt"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// sampleTable is what the error of a survey value follows from.
func (x *explained) sampleTable() analysis.Table {
	t := analysis.Table{Name: "sample", Columns: analysis.Columns("what", "total:number", "note")}
	s := x.anatomy.Sample
	if s == nil || x.value.State.Withheld() {
		return t
	}
	line := func(what string, n float64, note string) { t.Rows = append(t.Rows, []any{what, number(n), note}) }
	v := x.value
	line("answers that count", float64(v.N), "")
	if x.rows {
		line("sum of their weights", x.facts.Weights, x.weightWords())
		line("strata", float64(x.facts.Strata), fmt.Sprintf("%d of them have answers that count", x.facts.DomainStrata))
		line("primary sampling units", float64(x.facts.PSUs), fmt.Sprintf("%d of them have answers that count", x.facts.DomainPSUs))
		line("strata with one unit", float64(x.facts.Lonely), lonelyWords(s.Design, x.facts.Lonely))
	}
	line("degrees of freedom", v.DF, "")
	line("design effect", v.DEFF, "")
	line("effective number of answers", survey.EffectiveN(v.N, v.DEFF), "")
	return t
}

// weightWords says where the weights come from.
func (x *explained) weightWords() string {
	s := x.anatomy.Readings[0].Relation.Sample
	text := "column " + s.Weight
	if s.Weight == "" {
		text = "every answer counts once"
	}
	if c := s.Calibrate; c != nil {
		text += fmt.Sprintf(", made to meet the totals of %s (%s%s)", c.Margins, c.Method, within(c.Variables))
	}
	return text
}

func lonelyWords(d survey.Design, n int64) string {
	switch {
	case n == 0:
		return ""
	case d.LonelyPSU == "" || d.LonelyPSU == "fail":
		return "their variance cannot be known; name a rule under design: lonely_psu"
	}
	return "treated by the rule " + d.LonelyPSU
}

// errorWords says how the standard error was made.
func (x *explained) errorWords() string {
	s := x.anatomy.Sample
	switch {
	case s == nil && x.value.ErrorUnknown:
		return "It has an error that nobody can state, so there is no interval."
	case s == nil:
		return "It is not a sample's figure, so it has no sampling error."
	case s.Refused != "":
		return "It has no interval: " + s.Refused + "."
	case s.Design.NonProbability:
		return "The answers are not a random sample, so there is no sampling error to state."
	case s.Design.Replicates.Type != "":
		return fmt.Sprintf("The standard error is that of the replicate weights (%s).", s.Design.Kind)
	}
	return "The standard error is by Taylor linearisation over the primary sampling units within strata, the rows that do not count kept as a domain of the whole sample; the interval uses Student’s t with the degrees of freedom below, for shares on the logit scale."
}
