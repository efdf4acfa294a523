package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/indicators"
	"pediment/ingest"
)

// live answers what appraisals ask of the city's own data. Every answer has gone
// through the pipeline, disclosure included; each query is run once.
type live struct {
	app     *app
	project *project
	loads   *ingest.Loads // nil until the files were read
	asOf    time.Time     // values of periods that begin later are not looked at
	queries []*liveQuery
	refused bool // a question was not answered
}

// liveQuery is one run of the pipeline and everything it is to answer.
type liveQuery struct {
	place   string
	by      []string // sorted columns
	codes   []string
	entries []indicators.Indicator // that exist for this run only: counts of residents
	work    *work
	err     error
}

// gather notes what the appraisals ask, so that questions which share a query are
// answered by one run. Nothing is run yet.
func (l *live) gather(appraisals ...*costbenefit.Appraisal) {
	for _, a := range appraisals {
		for _, assumption := range a.Assumptions {
			if link := assumption.Indicator; link != nil && l.known(*link) == nil {
				l.query(link.Place, groupColumns(link.Group)).ask(link.Code.Value)
			}
			if count := assumption.Population; count != nil && l.knownPlace(count.Place) == nil {
				l.query(count.Place, nil).askResidents(*count)
			}
		}
	}
}

// query is the run for a place and breakdown, a new one when there is none yet.
func (l *live) query(place string, by []string) *liveQuery {
	for _, q := range l.queries {
		if q.place == place && slices.Equal(q.by, by) {
			return q
		}
	}
	q := &liveQuery{place: place, by: by}
	l.queries = append(l.queries, q)
	return q
}

func (q *liveQuery) ask(code string) {
	if !slices.Contains(q.codes, code) {
		q.codes, q.work, q.err = append(q.codes, code), nil, nil
	}
}

func (q *liveQuery) askResidents(count costbenefit.Residents) {
	entry := residentsEntry(count)
	if !slices.ContainsFunc(q.entries, func(e indicators.Indicator) bool { return e.Code == entry.Code }) {
		q.entries, q.work, q.err = append(q.entries, entry), nil, nil
	}
}

// residentsEntry is the catalogue entry that counts the residents asked for.
func residentsEntry(count costbenefit.Residents) indicators.Indicator {
	return indicators.Indicator{
		At: count.At, Code: "residents where " + count.Where.Value, Name: "Residents", Kind: "total",
		Numerator: indicators.Term{
			Dataset: "population", Where: count.Where, Time: "last",
			Value: analysis.Text{Value: "persons", At: count.At},
		},
		Unit: "persons", Better: "context",
	}
}

func groupColumns(group map[string]string) []string { return slices.Sorted(maps.Keys(group)) }

// Indicator answers for an indicator's level or change. A value the pipeline
// withheld or calls incomplete is an error with its reason.
func (l *live) Indicator(ctx context.Context, link costbenefit.IndicatorLink) (v costbenefit.Value, err error) {
	defer func() { l.refused = l.refused || err != nil }()
	if err := l.known(link); err != nil {
		return costbenefit.Value{}, err
	}
	q := l.query(link.Place, groupColumns(link.Group))
	q.ask(link.Code.Value)
	w, err := l.answer(ctx, q, link.Code.Value)
	if err != nil {
		return costbenefit.Value{}, err
	}
	series, err := l.series(w, link.Code.Value, link.Group)
	if err != nil {
		return costbenefit.Value{}, err
	}
	last, err := l.figure(series, link.From)
	if err != nil {
		return costbenefit.Value{}, err
	}
	if link.Since == "" {
		return l.level(w, last), nil
	}
	first, err := l.figure(series, link.Since)
	if err != nil {
		return costbenefit.Value{}, fmt.Errorf("since: %w", err)
	}
	return l.change(w, first, last)
}

// Residents counts the persons of the population datasets who meet a condition.
// A count below the city's smallest cell is refused, none at all included.
func (l *live) Residents(ctx context.Context, count costbenefit.Residents) (answer costbenefit.Value, err error) {
	defer func() { l.refused = l.refused || err != nil }()
	if err := l.knownPlace(count.Place); err != nil {
		return costbenefit.Value{}, err
	}
	q, code := l.query(count.Place, nil), residentsEntry(count).Code
	q.askResidents(count)
	w, err := l.answer(ctx, q, code)
	if err != nil {
		return costbenefit.Value{}, err
	}
	series, err := l.series(w, code, nil)
	if err != nil {
		return costbenefit.Value{}, err
	}
	v, err := l.figure(series, count.Period)
	if err != nil {
		return costbenefit.Value{}, err
	}
	if smallest := l.project.smallestCell(); v.Value < float64(smallest) {
		return costbenefit.Value{}, fmt.Errorf("fewer than %d residents of %s meet the condition", smallest, v.Period.Label)
	}
	if count.Where.Value != "" {
		v.Name = "Residents where " + count.Where.Value
	}
	return l.level(w, v), nil
}

// known reports a reference to an indicator or place there is not.
func (l *live) known(link costbenefit.IndicatorLink) error {
	if _, ok := l.project.catalogue.Find(link.Code.Value); !ok {
		return analysis.Problem{
			Position: link.Code.At, Message: fmt.Sprintf("no indicator %q", link.Code.Value),
			Hint: cmp.Or(analysis.Suggest(link.Code.Value, l.project.catalogue.Codes()), "list them with: pediment check"),
		}
	}
	return l.knownPlace(link.Place)
}

func (l *live) knownPlace(code string) error {
	if code == "" {
		return nil
	}
	if _, ok := l.project.places.Find(code); ok {
		return nil
	}
	codes := make([]string, len(l.project.places))
	for k, place := range l.project.places {
		codes[k] = place.Code
	}
	return analysis.Problem{Message: fmt.Sprintf("no place %q in places.csv", code), Hint: analysis.Suggest(code, codes)}
}

// answer is the work that holds the values of a code. When the run for all that
// share the query fails, the code is tried alone, so that each is told its own
// mistake.
func (l *live) answer(ctx context.Context, q *liveQuery, code string) (*work, error) {
	if q.work == nil && q.err == nil {
		q.work, q.err = l.run(ctx, q)
	}
	if q.err == nil || len(q.codes)+len(q.entries) == 1 {
		return q.work, q.err
	}
	alone := liveQuery{place: q.place, by: q.by}
	if slices.Contains(q.codes, code) {
		alone.codes = []string{code}
	}
	for _, entry := range q.entries {
		if entry.Code == code {
			alone.entries = []indicators.Indicator{entry}
		}
	}
	return l.run(ctx, &alone)
}

// run takes one query through the pipeline of a project that has the asked
// indicators alone.
func (l *live) run(ctx context.Context, q *liveQuery) (*work, error) {
	if l.loads == nil {
		loads, err := l.app.loadFiles(ctx, l.project)
		if err != nil {
			return nil, err
		}
		l.loads = &loads
	}
	asked := *l.project
	asked.catalogue.Indicators = nil
	query := analysis.Query{By: q.by, Totals: len(q.by) == 0}
	for _, code := range q.codes {
		entry, _ := l.project.catalogue.Find(code)
		asked.catalogue.Indicators = append(asked.catalogue.Indicators, entry)
	}
	asked.catalogue.Indicators = append(asked.catalogue.Indicators, q.entries...)
	if q.place != "" {
		query.Places = []string{q.place}
	}
	w := &work{app: l.app, project: &asked, query: query, loads: *l.loads}
	return w, plainProblem(w.take(ctx, measure))
}

// plainProblem takes the code and role of a temporary entry off a problem with
// its condition, whose position says it better.
func plainProblem(err error) error {
	problems, other := asProblems(err)
	if err == nil || other != nil || len(problems) != 1 {
		return err
	}
	problem := problems[0]
	if rest, ok := strings.CutPrefix(problem.Message, "residents where "); ok {
		if _, message, ok := strings.Cut(rest, ": numerator: "); ok {
			problem.Message = message
		}
	}
	return problem
}
