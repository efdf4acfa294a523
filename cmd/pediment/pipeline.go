package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/analysis/disclosure"
	"pediment/analysis/survey"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// work is one run through the pipeline: what each step leaves for the next.
type work struct {
	app        *app
	project    *project
	query      analysis.Query
	loads      ingest.Loads
	sources    []ingest.FileLoad
	relations  []analysis.Relation
	evaluated  indicators.Evaluation
	blockers   analysis.Problems    // rules that block and do not hold
	standard   survey.Standard      // by which survey estimates were judged
	year       analysis.Period      // the reporting year
	now        analysis.Period      // the reporting year of a report for which none is asked for
	series     map[string]*series   // by indicator code
	hidden     int                  // values withheld by disclosure
	withheld   disclosure.Log       // what disclosure did and why
	answers    []answerTable        // shares that tell together how a group answered
	topics     topicTable           // likewise what is asked for, offered and used
	ledger     record               // what was published before
	remarks    []reports.Remark     // what stakeholders said
	appraisals []appraised          // of a report
	chapters   []resultChapter      // of a report, besides appraisals
	measures   []reports.Measure    // of the plan
	models     []*costbenefit.Model // of the appraisals, when they are checked

	programmeNames map[string]string // by code, where a record gives them
}

// The one order everything happens in: load, measure, then the chapters of a
// report; rendering follows.
var (
	// measure makes values that may be shown. What an appraisal asks of the data
	// takes the same way.
	measure = []func(*work, context.Context) error{
		(*work).compute, // checks every definition first
		(*work).progress,
		(*work).disclose,
	}
	// chapters are what a report says besides indicators, from what was disclosed.
	chapters = []func(*work, context.Context) error{
		(*work).context,
		(*work).plan,
		(*work).fairness,
		(*work).programmes,
		(*work).spend,
		(*work).divide,
		(*work).index,
		(*work).voice,
		(*work).quality,
		(*work).privacy,
		(*work).restated,
		(*work).appraise,
	}
)

// values runs the pipeline for a query.
func (a *app) values(ctx context.Context, query analysis.Query) (*work, error) {
	p, err := readProject(a.dir)
	if err != nil {
		return nil, err
	}
	return a.run(ctx, p, query)
}

// run runs the pipeline for a project that was read.
func (a *app) run(ctx context.Context, p *project, query analysis.Query) (*work, error) {
	w := &work{app: a, project: p, query: query}
	if err := w.measured(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// measured loads and measures unless the run has done so.
func (w *work) measured(ctx context.Context) error {
	if w.series != nil {
		return nil
	}
	if err := w.load(ctx); err != nil {
		return err
	}
	return w.take(ctx, measure)
}

// take takes the steps one after the other.
func (w *work) take(ctx context.Context, steps []func(*work, context.Context) error) error {
	for _, step := range steps {
		if err := step(w, ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) load(ctx context.Context) (err error) {
	w.loads, err = w.app.loadFiles(ctx, w.project)
	return err
}

func (w *work) compute(ctx context.Context) error {
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return err
	}
	defer warehouse.Close()
	if w.relations, err = warehouse.Relations(ctx); err != nil {
		return err
	}
	if w.sources, err = warehouse.Sources(ctx); err != nil {
		return err
	}
	setup := w.project.setup(w.relations)
	setup.Rows = openRows(warehouse)
	setup.CountOnly = w.app.edition == disclosure.Public
	w.standard = setup.Standard
	w.evaluated, err = indicators.Evaluate(ctx, warehouse, setup, w.query)
	if err != nil {
		return err
	}
	w.flagRejects()
	if err := w.refuseBlocked(ctx); err != nil {
		return err
	}
	return w.readRemarks(ctx, warehouse)
}

// openRows opens the rows of the warehouse's relations.
func openRows(warehouse *ingest.Warehouse) indicators.RowSource {
	return func(ctx context.Context, relation string, computed map[string]string) (analysis.Rows, error) {
		var columns []ingest.Computed
		for _, name := range slices.Sorted(maps.Keys(computed)) {
			columns = append(columns, ingest.Computed{Name: name, SQL: computed[name]})
		}
		return warehouse.RowsOf(ctx, relation, columns...)
	}
}

// manyRejects is the share of a record's rows from which on its values say that
// rows are missing.
const manyRejects = 0.01

// flagRejects marks the values made from a record of which many rows were rejected.
func (w *work) flagRejects() {
	rows, rejected := map[string]int64{}, map[string]int64{}
	for _, f := range w.sources {
		for _, d := range w.project.datasets {
			if d.Name != f.Dataset {
				continue
			}
			for _, name := range []string{d.Name, d.Relation()} {
				rows[name] += f.Rows
				rejected[name] += f.Rejected
				if d.Name == d.Relation() {
					break
				}
			}
		}
	}
	for _, c := range w.evaluated.Coverage {
		for _, name := range c.Sources {
			if n := rejected[name]; n > 0 && float64(n) >= manyRejects*float64(rows[name]+n) {
				w.flag(c.Indicator.Code, fmt.Sprintf("%d of %d rows of %s were rejected", n, rows[name]+n, name))
			}
		}
	}
}

func (w *work) flag(code, text string) {
	for k := range w.evaluated.Values {
		if v := &w.evaluated.Values[k]; v.Code == code && !v.State.Withheld() {
			v.Flags = append(v.Flags, text)
		}
	}
}

func (p *project) setup(relations []analysis.Relation) indicators.Setup {
	return indicators.Setup{
		Catalogue: p.catalogue, Relations: relations, Calendar: p.calendar,
		Places: p.places, Ages: p.settings.Ages,
		Margins: p.margins, Standard: p.standard,
	}
}
