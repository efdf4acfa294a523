package main

import (
	"context"
	"errors"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// explain takes one number apart. Readers who may see rows get it of the internal
// edition: of the report that is shown, else of a run of its own. Others get what the
// public edition they read prints, and nothing new is computed for them.
func (s *service) explain(ctx context.Context, one reports.Asked, rows bool) (analysis.Result, error) {
	if !rows {
		return s.explainPublished(ctx, one)
	}
	if l := s.levers.Load(); l != nil {
		if _, err := l.work.find(one); err == nil {
			return l.work.explanation(ctx, one, true)
		}
	}
	return s.run(disclosure.Internal).explanation(ctx, one, true)
}

// explainPublished explains a number of the public edition from what that edition
// says.
func (s *service) explainPublished(ctx context.Context, one reports.Asked) (_ analysis.Result, err error) {
	frozen := s.public.Load()
	if frozen == nil {
		return analysis.Result{}, analysis.Problem{Message: "no report has been published yet"}
	}
	p, err := readProject(s.app.dir)
	if err != nil {
		return analysis.Result{}, err
	}
	warehouse, err := ingest.Open(ctx, p.dir)
	if err != nil {
		return analysis.Result{}, err
	}
	relations, err := warehouse.Relations(ctx)
	if err := errors.Join(err, warehouse.Close()); err != nil {
		return analysis.Result{}, err
	}
	return s.run(disclosure.Public).workOf(p, relations, frozen.Report).explanation(ctx, one, false)
}

// workOf is the run a report was made in, as far as the report tells.
func (a *app) workOf(p *project, relations []analysis.Relation, r *reports.Report) *work {
	w := &work{app: a, project: p, relations: relations, series: map[string]*series{}}
	w.evaluated.Values, w.evaluated.Warnings = r.Values, r.Warnings
	w.year, _ = p.calendar.ParsePeriod(r.Period)
	for _, source := range r.Sources {
		w.sources = append(w.sources, ingest.FileLoad{Dataset: source.Dataset, File: source.File, Rows: source.Rows, Rejected: source.Rejected, Hash: source.Hash})
	}
	for _, area := range r.Areas {
		for _, i := range area.Indicators {
			w.evaluated.Coverage = append(w.evaluated.Coverage, p.coverageOf(i))
			if len(i.Trend) > 0 {
				w.series[i.Code] = &series{trend: i.Trend, headline: i.Headline, baseline: i.Baseline, change: i.Change}
			}
		}
	}
	return w
}

// coverageOf is an indicator's entry of a report with the definition of today. Of one
// that was defined otherwise then, only its words are known.
func (p *project) coverageOf(i reports.Indicator) indicators.Coverage {
	entry, _ := p.catalogue.Find(i.Code)
	entry.Code, entry.Name, entry.Definition, entry.Unit, entry.Better, entry.Window = i.Code, i.Name, i.Definition, i.Unit, i.Better, i.Window
	c := indicators.Coverage{Indicator: entry, Formula: i.Formula, Hash: i.Hash, Fill: i.Fill, Sources: strings.Split(i.Source, ", ")}
	if len(i.Trend) == 0 {
		c.Missing = i.Headline.Reason
	}
	return c
}
