package main

import (
	"context"
	"fmt"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// voice adds the chapter that says what residents ask for, beside what is offered and used.
func (w *work) voice(ctx context.Context) error {
	if !w.project.settings.Voice.declared() {
		return nil
	}
	result, err := w.hearResidents(ctx)
	shown := []string{topicsTable}
	for _, t := range result.Tables {
		if columnNamed(t, "group") == 0 {
			shown = append(shown, t.Name)
		}
	}
	return w.chapterOf(chapterName{reports.Voice, "voice", "What residents say and ask for", []string{"asked for", "answers"}}, shown, result, err)
}

// hearResidents says how content residents are, group by group, and what they ask
// for, beside what is offered and used.
func (w *work) hearResidents(ctx context.Context) (analysis.Result, error) {
	if !w.project.settings.Voice.declared() {
		return analysis.Result{}, noVoice()
	}
	if err := w.reportValues(ctx); err != nil {
		return analysis.Result{}, err
	}
	if err := w.checkScales(ctx); err != nil {
		return analysis.Result{}, err
	}
	h := &hearing{work: w, findings: analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}}
	h.gather()
	if err := h.answer(ctx, w); err != nil {
		return analysis.Result{}, plainQuestion(err)
	}
	result := analysis.Result{Title: "What residents of " + w.project.settings.City + " say and ask for" + w.editionTitle()}
	topics, topicFigures, topicChart := h.compareTopics()
	answers, figures, answerCharts := h.ratingTables()
	result.Tables = append([]analysis.Table{h.findings, topics}, append(answers, topicFigures, figures)...)
	result.Charts = append(topicChart, answerCharts...)
	if len(h.topics) > 0 {
		result.Warn("", "Residents could ask for several topics, so shares of residents add up to more than 100 %; shares of all wishes, of what is offered and of what is used do not.")
	}
	for _, text := range protection(h.run.evaluated.Values) {
		result.Warn("", text)
	}
	return result, nil
}

// noVoice says what to declare.
func noVoice() analysis.Problem {
	return analysis.Problem{
		Position: analysis.Position{File: projectFile}, Message: "nothing says which answers are the residents' voice",
		Hint: "write voice: {ratings: [{dataset: residents_survey, column: satisfaction, question: …, scale: [bad, fair, good]}]}",
	}
}

// hearing gathers what residents said.
type hearing struct {
	*work
	questions
	ratings             []ratingQuestion
	topics              []topicQuestion
	offeredAll, usedAll string // codes of all that is offered and used
	findings            analysis.Table
}

// gather notes all questions.
func (h *hearing) gather() {
	for _, r := range h.project.settings.Voice.Ratings {
		h.askRating(r)
	}
	if len(h.project.settings.Voice.Topics) > 0 {
		h.askTopics()
	}
}

func (h *hearing) say(about, format string, args ...any) {
	h.findings.Rows = append(h.findings.Rows, []any{about, fmt.Sprintf(format, args...)})
}

// checkHearing reports conditions of voice: that cannot be asked of their datasets.
func (w *work) checkHearing(ctx context.Context) analysis.Problems {
	if !w.project.settings.Voice.declared() || w.series == nil || len(w.project.checkVoice()) > 0 {
		return nil
	}
	h := &hearing{work: w}
	h.gather()
	problems, _ := asProblems(plainQuestion(h.answer(ctx, w)))
	scales, _ := asProblems(w.checkScales(ctx))
	return append(problems, scales...)
}

// plainQuestion leaves of the problems with a topic's condition the one of the
// question asked first: a condition that fails there fails in shares of all wishes too.
// The role the condition has in the question is taken off.
func plainQuestion(err error) error {
	problems, other := asProblems(err)
	if err == nil || other != nil {
		return err
	}
	var plain analysis.Problems
	for _, p := range problems {
		if !strings.HasPrefix(p.Message, wishCode) && !strings.HasPrefix(p.Message, peopleCode) {
			p.Message = "voice: " + strings.NewReplacer("numerator: value: ", "", "numerator: where: ", "").Replace(p.Message)
			plain = append(plain, p)
		}
	}
	return plain.Err()
}
