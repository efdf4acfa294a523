package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// recommendationsFile holds what was decided on suggestions, and what became of it.
const recommendationsFile = "recommendations.yaml"

// recommendationFile is an entry of recommendations.yaml as it is written.
type recommendationFile struct {
	At         analysis.Position
	ID         analysis.Text `yaml:"id"`
	Period     analysis.Text `yaml:"period"`
	Rule       analysis.Text `yaml:"rule"` // the rule that made it; none for the evaluator's own
	About      analysis.Text `yaml:"about"`
	Finding    string        `yaml:"finding"`
	Suggestion string        `yaml:"suggestion"`
	Evidence   []string      `yaml:"evidence"`
	State      analysis.Text `yaml:"state"`
	Reason     string        `yaml:"reason"`
	Owner      string        `yaml:"owner"`
	Due        analysis.Text `yaml:"due"`
	Outcome    string        `yaml:"outcome"`
	Text       string        `yaml:"text"` // the evaluator's wording, in place of suggestion
}

// recommendation is an entry with its dates read.
type recommendation struct {
	reports.Recommendation
	period, due analysis.Period // due is zero where there is none
}

// readRecommendations reads recommendations.yaml; a city need not have one.
func (p *project) readRecommendations() analysis.Problems {
	data, err := os.ReadFile(filepath.Join(p.dir, recommendationsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return analysis.Problems{{Position: analysis.Position{File: recommendationsFile}, Message: err.Error()}}
	}
	list, problems := parseRecommendations(data, p.calendar)
	p.recommendations = list
	return problems
}

// parseRecommendations reads and checks the entries of a recommendations.yaml.
func parseRecommendations(data []byte, calendar analysis.Calendar) ([]recommendation, analysis.Problems) {
	var written []recommendationFile
	problems := analysis.DecodeYAML(recommendationsFile, data, &written)
	r := recommendationReader{calendar: calendar, problems: problems, seen: map[string]int{}}
	var list []recommendation
	for _, w := range written {
		list = append(list, r.entry(w))
	}
	return list, r.problems.Sorted()
}

// recommendationReader checks entries one after the other.
type recommendationReader struct {
	calendar analysis.Calendar
	problems analysis.Problems
	seen     map[string]int // line by id and period
}

func (r *recommendationReader) fail(at analysis.Position, hint, format string, args ...any) {
	r.problems = append(r.problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (r *recommendationReader) entry(w recommendationFile) recommendation {
	id := cmp.Or(w.ID.Value, "entry")
	one := recommendation{period: r.period(w.Period, id+": period"), due: r.period(w.Due, id+": due")}
	one.Recommendation = reports.Recommendation{
		Suggestion: reports.Suggestion{
			ID: w.ID.Value, Rule: w.Rule.Value, About: w.About.Value, Title: strings.TrimSuffix(w.Finding, "."),
			Text: cmp.Or(w.Text, w.Suggestion), Evidence: w.Evidence, Owner: w.Owner,
		},
		Period: one.period.Label, State: r.state(w), Reason: w.Reason, Due: one.due.Label, Outcome: w.Outcome, Words: w.Text,
	}
	r.checkNames(w, id)
	r.checkDecision(w, id, one.State)
	return one
}

// checkNames looks at what tells an entry from others and what it is about.
func (r *recommendationReader) checkNames(w recommendationFile, id string) {
	rules := reports.RuleNames()
	switch key := w.ID.Value + "\x00" + w.Period.Value; {
	case w.ID.Value == "":
		r.fail(w.At, "give it an id of its own, such as evening-buses", "recommendation without an id")
	case r.seen[key] > 0:
		r.fail(w.ID.At, "keep one of the two, or give this one an id of its own", "%s is given twice for %s; first in line %d", id, w.Period.Value, r.seen[key])
	default:
		r.seen[key] = w.ID.At.Line
	}
	if w.Period.Value == "" {
		r.fail(w.At, "write period: and the reporting period it was made for, such as 2025", "%s: period is missing", id)
	}
	if rule := w.Rule.Value; rule != "" && !slices.Contains(rules, rule) {
		r.fail(w.Rule.At, cmp.Or(analysis.Suggest(rule, rules), "there are "+list(rules)+"; leave rule out for a recommendation of your own"), "%s: there is no rule %q", id, rule)
	}
	if w.Finding == "" {
		r.fail(w.At, "say in a sentence what was found", "%s: finding is missing", id)
	}
	if w.Suggestion == "" && w.Text == "" {
		r.fail(w.At, "say in a sentence what is to be done", "%s: suggestion is missing", id)
	}
}

// checkDecision looks for what a decision needs: an owner and a date, or a reason.
func (r *recommendationReader) checkDecision(w recommendationFile, id, state string) {
	taken := state == reports.Accepted || state == reports.UnderWay
	if taken && w.Owner == "" {
		r.fail(w.State.At, "write owner: and who answers for it", "%s is %s but has no owner", id, state)
	}
	if taken && w.Due.Value == "" {
		r.fail(w.State.At, "write due: and a day or period, as in 2026-06-30", "%s is %s but due at no time", id, state)
	}
	if (state == reports.Rejected || state == reports.Dropped) && w.Reason == "" {
		r.fail(w.State.At, "write reason: and why, so that nobody has to ask again", "%s is %s without a reason", id, state)
	}
}

// state reads an entry's state.
func (r *recommendationReader) state(w recommendationFile) string {
	state := w.State.Value
	known := list(reports.States)
	switch {
	case state == "":
		r.fail(w.At, "write state: and one of "+known, "%s: state is missing", cmp.Or(w.ID.Value, "entry"))
	case !slices.Contains(reports.States, state):
		r.fail(w.State.At, cmp.Or(analysis.Suggest(state, reports.States), "write one of "+known), "%s: state %q is not known", w.ID.Value, state)
	default:
		return state
	}
	return reports.Proposed
}

// period reads a day or period; an empty text is none.
func (r *recommendationReader) period(t analysis.Text, what string) analysis.Period {
	if t.Value == "" {
		return analysis.Period{}
	}
	p, err := r.calendar.ParsePeriod(t.Value)
	if err != nil {
		r.fail(t.At, "write a day or a period, as in 2026-06-30 or 2026", "%s: %q is neither", what, t.Value)
	}
	return p
}
