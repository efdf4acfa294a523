package reports

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// grounds are words in a value's flags that forbid judging a change by it: what
// was counted changed, or part of it could not be read.
var grounds = []string{"break in series", "rejected"}

// doubts is the flag that puts the indicator's value in doubt, "" when none does.
func doubts(i Indicator) string {
	for _, flag := range i.Headline.Flags {
		if doubtsBy(flag) {
			return flag
		}
	}
	return ""
}

func doubtsBy(flag string) bool {
	return slices.ContainsFunc(grounds, func(ground string) bool { return strings.Contains(flag, ground) })
}

// doubted lists the indicators with a value that the data put in doubt.
func doubted(indicators []Indicator) []Indicator {
	var list []Indicator
	for _, i := range indicators {
		if known(i.Headline) && doubts(i) != "" {
			list = append(list, i)
		}
	}
	return list
}

// doubtLines name every indicator that needs a look before it is judged. Where many
// share one doubt, such as rows of a file they all rest on, a few of their names do.
func doubtLines(list []Indicator, period string) []unknownLine {
	const most = 3
	var lines []unknownLine
	var order []string
	by := map[string][]Indicator{}
	for _, i := range list {
		flag := doubts(i)
		if by[flag] == nil {
			order = append(order, flag)
		}
		by[flag] = append(by[flag], i)
	}
	for _, flag := range order {
		same := by[flag]
		for _, i := range same[:min(len(same), most)] {
			line := unknownLine{Anchor: IndicatorAnchor(i.Code), Text: doubtText(i, period)}
			if len(same) <= most {
				line.Notes = remarksOn(i)
			}
			lines = append(lines, line)
		}
		if more := len(same) - most; more > 0 {
			lines[len(lines)-1].Notes = []string{fmt.Sprintf("And %s more. Note: %s.", numberWord(more), flag)}
		}
	}
	return lines
}

// doubtText is the indicator's figure and the earlier one, without a judgement.
func doubtText(i Indicator, period string) string {
	text := clip(i.Name, 90) + ": " + dated(i.Headline, i.Unit, period)
	if known(i.Baseline) && finite(i.Change.Difference) {
		text += ", was " + dated(i.Baseline, i.Unit, period)
	}
	return text + "."
}

// flagText is the flags of the indicator's value in one line, those that put it
// in doubt first.
func flagText(i Indicator) string {
	flags := slices.Clone(i.Headline.Flags)
	slices.SortStableFunc(flags, func(a, b string) int { return order(doubtsBy(a), doubtsBy(b)) })
	return strings.Join(flags, "; ")
}

// remarksOn are the flags of the indicator's value and the evaluator's note, as
// a card prints them.
func remarksOn(i Indicator) []string {
	var out []string
	if flags := flagText(i); flags != "" {
		out = append(out, sentence("Note: "+flags))
	}
	if note := paragraphs(PlainNote(i.Note)); len(note) > 0 {
		out = append(out, "Evaluator’s note: "+clip(strings.Join(note, " "), 400))
	}
	return out
}

// paragraphs divides a text at its empty lines.
func paragraphs(text string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// notes is what the workbook says beside a value: its state and flags, its
// period where that is not the report's, what would fill it, the evaluator's note.
func notes(i Indicator, period string) string {
	parts := []string{stateText(i.Headline)}
	if label := otherPeriod(i.Headline, period); label != "" && i.Headline.State != analysis.CarriedForward && known(i.Headline) {
		parts = append(parts, "figure of "+label)
	}
	if i.Fill != "" && !known(i.Headline) {
		parts = append(parts, "To fill it: "+i.Fill)
	}
	text := strings.TrimPrefix(strings.Join(parts, ". "), ". ")
	if note := paragraphs(PlainNote(i.Note)); len(note) > 0 {
		text = strings.TrimPrefix(text+"\nEvaluator’s note: "+strings.Join(note, "\n"), "\n")
	}
	return text
}
