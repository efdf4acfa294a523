package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
)

// missingData suggests to fill the gaps of core indicators, and of those the plan has
// a target for, of which it is known what would fill them: one suggestion for all that
// the same file or series would fill.
func missingData(r *Report) []Suggestion {
	var order []string
	by := map[string][]Indicator{}
	for _, i := range r.indicators() {
		if known(i.Headline) || absence(i.Headline) != analysis.Missing || i.Fill == "" || i.Status != "core" && !r.planned(i.Code) {
			continue
		}
		if by[i.Fill] == nil {
			order = append(order, i.Fill)
		}
		by[i.Fill] = append(by[i.Fill], i)
	}
	var list []Suggestion
	for _, fill := range order {
		list = append(list, r.fills(fill, by[fill]))
	}
	return list
}

// fills is the suggestion to do what would fill the gaps of the indicators.
func (r *Report) fills(fill string, gaps []Indicator) Suggestion {
	const most = 5
	first := gaps[0]
	s := Suggestion{
		ID: slug(fill), About: first.Code, Anchor: IndicatorAnchor(first.Code), Look: "absent", Word: "no data", Certainty: "core indicators", Owner: r.ownerOf(first.Code),
		Title: first.Name + " cannot be computed", Text: sentence(sentenceCase(fill)),
	}
	if first.Headline.Reason != "" {
		s.Evidence = []string{sentence(sentenceCase(first.Headline.Reason))}
	}
	if len(gaps) > 1 {
		s.Title = fmt.Sprintf("%s cannot be computed for one reason", sentenceCase(counted(len(gaps), "indicator")))
		var names []string
		for _, i := range gaps[:min(len(gaps), most)] {
			names = append(names, i.Name)
		}
		text := "They are " + strings.Join(names, ", ")
		if more := len(gaps) - most; more > 0 {
			text += fmt.Sprintf(" and %s more", numberWord(more))
		}
		s.Evidence = append(s.Evidence, text+".")
	}
	severity := minor
	if slices.ContainsFunc(gaps, func(i Indicator) bool { return r.planned(i.Code) }) {
		severity, s.Certainty = moderate, "the plan has targets for it"
	}
	s.Weight = weight(severity, counted95, otherPriority)
	return s
}

// contradictions suggests to find out which of two sources is right.
func contradictions(r *Report) []Suggestion {
	latest := map[string]tableRow{}
	var order []string
	for _, row := range r.rows("quality_triangulation") {
		pair := row.text("pair")
		if _, seen := latest[pair]; !seen {
			order = append(order, pair)
		}
		latest[pair] = row
	}
	var list []Suggestion
	for _, pair := range order {
		row := latest[pair]
		if row.text("verdict") != "differs" {
			continue
		}
		unit := row.text("unit")
		value := func(name string) string {
			x := row.number(name)
			return withUnit(rounded(x, needed(x, unit)), unit)
		}
		s := Suggestion{
			ID: slug(pair), About: pair, Anchor: "quality-quality", Look: "unsure", Word: "sources differ", Certainty: "more than sampling error",
			Title: fmt.Sprintf("Two sources of %s differ: %s and %s", pair, value("first_value"), value("second_value")),
			Text:  "Find out whose definition or count is another before either is relied on.",
			Evidence: []string{fmt.Sprintf("%s in %s by %s and %s.", sentenceCase(pair), row.text("period"),
				r.nameOf(row.text("first")), r.nameOf(row.text("second")))},
		}
		s.Weight = weight(slight, counted95, otherPriority)
		list = append(list, s)
	}
	return list
}

// nameOf is an indicator's name with its code.
func (r *Report) nameOf(code string) string {
	if i, found := r.indicator(code); found {
		return fmt.Sprintf("“%s” (%s)", i.Name, code)
	}
	return code
}

// failingRules suggests to mend the data that break a rule.
func failingRules(r *Report) []Suggestion {
	var list []Suggestion
	for _, row := range r.rows("quality_rules") {
		if row.text("state") != "fails" {
			continue
		}
		dataset, name := row.text("dataset"), row.text("rule")
		s := Suggestion{
			ID: slug(dataset) + " " + slug(name), About: dataset, Anchor: "quality-quality", Look: "unsure", Word: "data", Certainty: "every row checked",
			Title: fmt.Sprintf("%s: “%s” does not hold", sentenceCase(strings.ReplaceAll(dataset, "_", " ")), strings.ReplaceAll(name, "_", " ")),
			Text:  "Mend the source, or correct the rule if it asks too much.",
		}
		switch failed := row.number("failed"); {
		case finite(failed) && finite(row.number("rows")):
			s.Evidence = []string{fmt.Sprintf("It fails for %s of %s rows.", count(int64(failed)), count(int64(row.number("rows"))))}
		case finite(failed):
			s.Evidence = []string{fmt.Sprintf("It fails for %s rows.", count(int64(failed)))}
		case row.text("note") != "":
			s.Evidence = []string{sentence("It fails for " + row.text("note") + " rows")}
		}
		severity := minor
		if row.text("severity") == "block" {
			severity = serious
		}
		s.Weight = weight(severity, counted95, otherPriority)
		list = append(list, s)
	}
	return list
}

// longWait is how long before the end of the reporting period a remark was left that
// should have an answer.
const longWait = 60 * 24 * time.Hour

// unanswered suggests to answer the remarks that have waited for long.
func unanswered(r *Report) []Suggestion {
	period, known := r.period()
	if !known {
		return nil
	}
	var waiting []string
	for _, remark := range r.Remarks {
		day, err := time.Parse(time.DateOnly, remark.Date)
		if err != nil || strings.TrimSpace(remark.Response) != "" || period.End.Sub(day) < longWait {
			continue
		}
		text := remark.Date
		if remark.About != "" {
			text += ", about " + remark.About
		}
		waiting = append(waiting, text)
	}
	if len(waiting) == 0 {
		return nil
	}
	slices.Sort(waiting)
	s := Suggestion{
		ID: "remarks", About: "remarks", Anchor: "voice", Look: "unsure", Word: "no answer", Certainty: "by their dates",
		Title:    fmt.Sprintf("%s for an answer since %s", sentenceCase(wait(len(waiting))), waiting[0][:len(time.DateOnly)]),
		Text:     "Answer them, or say who will and by when.",
		Evidence: []string{sentence("Left on " + strings.Join(waiting, "; "))},
		Weight:   weight(slight, counted95, otherPriority),
	}
	return []Suggestion{s}
}

// wait is "one remark waits" or "three remarks wait".
func wait(n int) string {
	if n == 1 {
		return "one remark waits"
	}
	return counted(n, "remark") + " wait"
}
