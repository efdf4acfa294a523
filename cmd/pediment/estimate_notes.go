package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// footnotes say what the columns mean and what was left out.
func (q *inquiry) footnotes(answers []survey.Answer) []string {
	var notes []string
	has := func(what func(survey.Answer) bool) bool {
		return slices.ContainsFunc(answers, func(e survey.Answer) bool { return e.Error == "" && what(e) })
	}
	if q.Design.NonProbability {
		notes = append(notes, "Nobody was drawn at random, so no interval is printed: nothing in these rows says how far the figures may be from the population's.")
	} else if has(func(e survey.Answer) bool { return number(e.Low) != nil && number(e.High) != nil }) {
		notes = append(notes, q.intervalNote())
	}
	if has(func(e survey.Answer) bool { return number(e.DEFF) != nil }) {
		notes = append(notes, "deff: how many times the variance of a simple random sample of as many rows. effective n: rows of such a sample that would be as precise.")
	}
	return notes
}

// intervalNote says what an interval is.
func (q *inquiry) intervalNote() string {
	level := 0.0
	for k, ask := range q.Estimates {
		if k > 0 && ask.Level != level {
			return "ci_low, ci_high: each at the level its estimate asked for."
		}
		level = ask.Level
	}
	return "ci_low, ci_high: " + survey.IntervalFootnote(level)
}

// leftOut says how many rows had no answer to what.
func leftOut(answers []survey.Answer) []analysis.Warning {
	var names []string
	missing := map[string]map[string]int64{} // by name, then by figure: summed over groups
	for _, e := range answers {
		if e.Missing == 0 || e.Error != "" {
			continue
		}
		name := cmp.Or(e.Var, e.Name)
		if e.Op == "glm" || strings.HasPrefix(e.Op, "ttest") {
			name = e.ID
		}
		if missing[name] == nil {
			names = append(names, name)
			missing[name] = map[string]int64{}
		}
		missing[name][fmt.Sprint(e.ID, "|", e.Name, "|", e.P)] += e.Missing
	}
	var notes []analysis.Warning
	for _, name := range names {
		most := slices.Max(slices.Collect(maps.Values(missing[name])))
		notes = append(notes, analysis.Warning{About: name, Text: plural(most, "row") + " without an answer left out"})
	}
	return notes
}

// flagNotes say what the flags that occur mean.
func (q *inquiry) flagNotes(answers []survey.Answer) []analysis.Warning {
	var flags []string
	for _, e := range answers {
		if e.Flag != survey.Show && !slices.Contains(flags, string(e.Flag)) {
			flags = append(flags, string(e.Flag))
		}
	}
	standard, err := survey.ParseStandard(q.Standard)
	if err != nil || len(flags) == 0 {
		return nil
	}
	text := standard.Footnote(string(survey.Caution), string(survey.Suppress))
	if slices.Contains(flags, string(survey.Suppress)) {
		text += " A suppressed figure is printed here because the file is your own: do not publish it."
	}
	return []analysis.Warning{{About: "flag", Text: text}}
}

// noteWidth is where lines of notes end.
const noteWidth = 100

// wrapped breaks a note into lines, those after the first indented.
func wrapped(note string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(note) {
		if len([]rune(line))+1+len([]rune(word)) > noteWidth {
			lines, line = append(lines, line), " "
		}
		line = strings.TrimPrefix(line+" "+word, " ")
		if len(lines) > 0 && !strings.HasPrefix(line, "  ") {
			line = "  " + strings.TrimLeft(line, " ")
		}
	}
	return strings.Join(append(lines, line), "\n")
}
