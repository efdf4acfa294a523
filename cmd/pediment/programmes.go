package main

import (
	"context"
	"errors"
	"fmt"

	"pediment/analysis"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// programmes adds the chapter that says what was offered and who came: programmes, events, learning spaces.
func (w *work) programmes(ctx context.Context) error {
	result, err := w.surveyOffer(ctx)
	if err == nil && len(tableOf(result, "findings").Rows) == 0 {
		return nil
	}
	lead := []string{"enrolments and attendances", "events", "learning spaces"}
	return w.chapterOf(chapterName{reports.Programmes, "programmes", "What was offered and who came", lead},
		[]string{"programmes", "enrolments and attendances", "visits", "events"}, result, err)
}

// surveyOffer counts what the providers recorded: enrolments, attendances, learners
// and completions by programme, provider and subject; events; learning spaces.
func (w *work) surveyOffer(ctx context.Context) (analysis.Result, error) {
	if err := w.reportValues(ctx); err != nil {
		return analysis.Result{}, err
	}
	o := &offer{work: w, findings: analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}}
	for _, r := range w.relationsOf("participation") {
		o.askRecord(r)
	}
	o.askEvents()
	o.askSpaces()
	if len(o.entries) == 0 {
		return analysis.Result{Title: o.title()}, nil
	}
	if err := errors.Join(o.answer(ctx, w), o.readNames(ctx)); err != nil {
		return analysis.Result{}, err
	}
	result := analysis.Result{Title: o.title()}
	tables := append(o.participationTables(), o.eventTables()...)
	tables = append(tables, o.spaceTables()...)
	result.Tables = append([]analysis.Table{o.findings}, tables...)
	result.Charts = append(o.participationCharts(), o.spaceCharts()...)
	for _, text := range protection(o.run.evaluated.Values) {
		result.Warn("", text)
	}
	return result, nil
}

// offer gathers what was offered and used.
type offer struct {
	*work
	questions
	records       []recordQuestions
	events, space offerQuestions
	names         map[string]string // of programmes by code
	findings      analysis.Table
}

// recordQuestions are the codes of what is asked of one provider's record, "" for
// what it does not tell.
type recordQuestions struct {
	relation                                            analysis.Relation
	taken, learners, hours, completed, subjects, visits string
}

// offerQuestions are the codes of what is asked of events or learning spaces.
type offerQuestions struct{ number, visitors, estimated, media string }

func (o *offer) title() string {
	return "What was offered in " + o.project.settings.City + ", and who came" + o.editionTitle()
}

func (o *offer) say(about, format string, args ...any) {
	o.findings.Rows = append(o.findings.Rows, []any{about, fmt.Sprintf(format, args...)})
}

// askRecord asks what one provider's record tells: of learners where it names them by
// a pseudonym, else of visits.
func (o *offer) askRecord(r analysis.Relation) {
	q := recordQuestions{relation: r}
	if !r.Has("person") {
		q.visits = o.ask(ofPersons(r, aboutRecord(r, "visits", "visits", "activity", "programme")))
		o.records = append(o.records, q)
		return
	}
	q.taken = o.ask(ofPersons(r, aboutRecord(r, "participations", "participations", "programme", "provider")))
	learners := aboutRecord(r, "learners", "persons", "programme")
	learners.Kind, learners.Numerator.Value.Value = "distinct", "person"
	q.learners = o.ask(learners)
	if r.Has("hours") {
		hours := aboutRecord(r, "hours", "hours", "programme")
		hours.Numerator.Value.Value = "hours"
		q.hours = o.ask(hours)
	}
	if r.Has("completed") {
		completed := aboutRecord(r, "completions", "percent", "programme")
		completed.Kind, completed.Numerator.Value.Value, completed.Denominator = "ratio", "completed", &indicators.Term{}
		q.completed = o.ask(completed)
	}
	if r.Has("subject") {
		q.subjects = o.ask(ofPersons(r, aboutRecord(r, "participations by subject", "participations", "subject")))
	}
	o.records = append(o.records, q)
}

// aboutRecord is a question about the rows of a record, broken down by those of the
// columns that it has.
func aboutRecord(r analysis.Relation, what, unit string, by ...string) indicators.Indicator {
	return indicators.Indicator{
		Code: what + " in " + r.Name, Name: sentenceCase(what), Kind: "total", Unit: unit, Better: "context",
		Numerator: indicators.Term{Dataset: r.Name},
		By:        filtered(by, func(column string) bool { return r.Has(column) }),
	}
}

// ofPersons adds up the persons a row stands for, where the record says.
func ofPersons(r analysis.Relation, i indicators.Indicator) indicators.Indicator {
	if r.Has("persons") {
		i.Numerator.Value.Value = "persons"
	}
	return i
}

// readNames reads what the programmes are called, from whatever dataset says so.
func (o *offer) readNames(ctx context.Context) (err error) {
	o.names = map[string]string{}
	warehouse, err := ingest.Open(ctx, o.project.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	for _, r := range o.relations {
		if !r.Has("programme", "programme_name") {
			continue
		}
		t, err := warehouse.Rows(ctx, r, "programme", "programme_name")
		if err != nil {
			return err
		}
		for _, row := range t.Rows {
			if code, name := fmt.Sprint(row[0]), fmt.Sprint(row[1]); row[0] != nil && row[1] != nil && name != "" {
				o.names[code] = name
			}
		}
	}
	o.programmeNames = o.names
	return nil
}
