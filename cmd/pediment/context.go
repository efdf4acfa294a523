package main

import (
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// context adds the chapter that says what city the report is of: its people, places and record.
func (w *work) context(ctx context.Context) error {
	result, err := w.describeCity(ctx)
	before := len(w.chapters)
	name := chapterName{reports.Context, "context", "The city and its people", nil}
	if err := w.chapterOf(name, []string{"residents", "record"}, result, err); err != nil || len(w.chapters) == before {
		return err
	}
	w.chapters[before].Lead = nil // nothing a committee must decide
	return nil
}

// describeCity says who lives in the city and what the report knows of it. Figures
// of the population register stand as they were published.
func (w *work) describeCity(ctx context.Context) (analysis.Result, error) {
	if err := w.reportValues(ctx); err != nil {
		return analysis.Result{}, err
	}
	c := &cityContext{work: w, findings: analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}}
	c.gather()
	if err := c.answer(ctx, w); err != nil {
		return analysis.Result{}, err
	}
	result := analysis.Result{Title: "The city and its people: " + w.project.settings.City}
	residents, record := c.describeResidents(), c.describeRecord()
	result.Tables = []analysis.Table{c.findings, residents, record}
	result.Charts = c.ageChart()
	return result, nil
}

// reportValues measures what a report does, unless that was done.
func (w *work) reportValues(ctx context.Context) error {
	if w.series == nil {
		w.query = w.project.reportQuery()
	}
	return w.measured(ctx)
}

// cityContext gathers what describes a city.
type cityContext struct {
	*work
	questions
	residents string // code of the count of residents, "" without a register
	surveys   []surveyCount
	findings  analysis.Table
}

// surveyCount is the code under which a survey's interviews are counted.
type surveyCount struct{ relation, code string }

// gather asks for residents and interviews.
func (c *cityContext) gather() {
	for _, r := range c.relations {
		switch {
		case r.Kind == "population" && r.Has("persons") && c.residents == "" && c.apart(r):
			c.residents = c.ask(indicators.Indicator{
				Code: "residents of the city", Name: "Residents", Kind: "total", Unit: "persons", Better: "context",
				Numerator: indicators.Term{Dataset: r.Name, Value: analysis.Text{Value: "persons"}, Time: "last"},
				By:        []string{"place", "age_band"},
			})
		case r.Kind == "survey" && c.apart(r):
			code := c.ask(indicators.Indicator{
				Code: "interviews of " + r.Name, Name: "Interviews", Kind: "total", Unit: "persons", Better: "context",
				Numerator: indicators.Term{Dataset: r.Name},
			})
			c.surveys = append(c.surveys, surveyCount{r.Name, code})
		}
	}
}

// apart reports whether a relation stands for itself and is not a part of one that
// several datasets make together.
func (w *work) apart(r analysis.Relation) bool {
	return !slices.ContainsFunc(w.project.datasets, func(d ingest.Dataset) bool { return d.Name == r.Name && d.Relation() != r.Name })
}

func (c *cityContext) say(about, format string, args ...any) {
	c.findings.Rows = append(c.findings.Rows, []any{about, fmt.Sprintf(format, args...)})
}
