package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/analysis/progress"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

// work is one run through the pipeline: what each step leaves for the next.
type work struct {
	app       *app
	project   *project
	query     analysis.Query
	loads     ingest.Loads
	sources   []ingest.FileLoad
	relations []analysis.Relation
	evaluated indicators.Evaluation
	year      analysis.Period    // the reporting year
	series    map[string]*series // by indicator code
	hidden    int                // values withheld by disclosure
	remarks   []reports.Remark   // what stakeholders said
}

// steps is the one order everything happens in; rendering follows.
var steps = []func(*work, context.Context) error{
	(*work).load,
	(*work).compute, // checks every definition first
	(*work).progress,
	(*work).disclose,
}

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
	for _, step := range steps {
		if err := step(w, ctx); err != nil {
			return nil, err
		}
	}
	return w, nil
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
	w.evaluated, err = indicators.Evaluate(ctx, warehouse, w.project.setup(w.relations), w.query)
	if err != nil {
		return err
	}
	w.flagRejects()
	return w.readRemarks(ctx, warehouse)
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
	}
}

// series is an indicator's whole-city values over time, the one that stands for
// the reporting period, and how it changed.
type series struct {
	trend              []analysis.Value
	headline, baseline analysis.Value
	change             analysis.Change
}

// reportingYear is the calendar year the report is about: the one declared, else
// the latest for which at least half the indicators have a whole value.
func (w *work) reportingYear() analysis.Period {
	calendar := w.project.calendar
	if asked, err := calendar.ParsePeriod(w.project.settings.Report.Period); err == nil {
		return calendar.JoinYear(asked)
	}
	var latest analysis.Period
	counts := map[string]map[string]bool{}
	for _, v := range w.evaluated.Values {
		if len(v.Group) > 0 || v.State != analysis.Known {
			continue
		}
		year := calendar.JoinYear(v.Period)
		if counts[year.Label] == nil {
			counts[year.Label] = map[string]bool{}
		}
		counts[year.Label][v.Code] = true
		enough := 2*len(counts[year.Label]) >= len(w.series)
		if enough && year.Start.After(latest.Start) {
			latest = year
		}
	}
	return latest
}

// checkYear refuses a reporting year for which there are no values at all.
func (w *work) checkYear() error {
	asked := w.project.settings.Report.Period
	if asked == "" || len(w.evaluated.Values) == 0 {
		return nil
	}
	var years []string
	for _, v := range w.evaluated.Values {
		year := w.project.calendar.JoinYear(v.Period)
		if year.Label == w.year.Label {
			return nil
		}
		if !slices.Contains(years, year.Label) {
			years = append(years, year.Label)
		}
	}
	slices.Sort(years)
	return analysis.Problem{Message: "there are no figures for " + asked, Hint: "there are some for " + strings.Join(years, ", ")}
}

// progress finds each indicator's headline and compares it with its baseline.
func (w *work) progress(context.Context) error {
	w.series = map[string]*series{}
	for _, v := range w.evaluated.Values {
		if len(v.Group) > 0 || v.Place != "" {
			continue
		}
		if w.series[v.Code] == nil {
			w.series[v.Code] = &series{}
		}
		w.series[v.Code].trend = append(w.series[v.Code].trend, v)
	}
	w.year = w.reportingYear()
	for code, s := range w.series {
		indicator, _ := w.project.catalogue.Find(code)
		s.headline = w.headline(s.trend)
		upTo := slices.IndexFunc(s.trend, func(v analysis.Value) bool { return v.Period == s.headline.Period })
		s.baseline = progress.Baseline(s.trend[:upTo+1])
		s.change = progress.Compare(s.baseline, s.headline, indicator.Better)
		s.trend = w.withGaps(s.trend)
	}
	return nil
}

// withGaps puts an absent value where a yearly series skips years, so that a
// line over time shows the gap.
func (w *work) withGaps(trend []analysis.Value) []analysis.Value {
	var out []analysis.Value
	for k, v := range trend {
		if k > 0 {
			for _, year := range w.project.calendar.YearsBetween(trend[k-1].Period, v.Period) {
				gap := analysis.Value{Code: v.Code, Name: v.Name, Period: year, Unit: v.Unit, Definition: v.Definition}
				gap.Withhold(analysis.Missing, "there are no data for "+year.Label)
				out = append(out, gap)
			}
		}
		out = append(out, v)
	}
	return out
}

// headline is the value that stands for the reporting period: the latest whole
// one up to it, marked when it is older; else the latest there is.
func (w *work) headline(trend []analysis.Value) analysis.Value {
	var best, any analysis.Value
	for _, v := range trend {
		if w.after(v.Period) {
			continue
		}
		any = v
		if v.State == analysis.Known {
			best = v
		}
	}
	switch {
	case any.Period.IsZero():
		any = trend[0]
		any.Withhold(analysis.Missing, "the first figure is of "+any.Period.Label)
		return any
	case best.Period.IsZero():
		return any
	}
	if year := w.project.calendar.JoinYear(best.Period); year.Start.Before(w.year.Start) {
		best.State = analysis.CarriedForward
		best.Reason = fmt.Sprintf("the latest whole figure is of %s", best.Period.Label)
	}
	return best
}

// after reports whether p counts for a year after the reporting year.
func (w *work) after(p analysis.Period) bool {
	return !w.year.IsZero() && w.project.calendar.JoinYear(p).Start.After(w.year.Start)
}

// disclose withholds small cells everywhere a value stands.
func (w *work) disclose(context.Context) error {
	rule := disclosure.Rule{Smallest: w.project.smallestCell(), People: w.people(), Source: w.rowsOf}
	before := w.evaluated.Values
	w.evaluated.Values = disclosure.Cells(before, rule)
	for k := range before {
		if before[k].State != analysis.Confidential && w.evaluated.Values[k].State == analysis.Confidential {
			w.hidden++
		}
	}
	for _, s := range w.series {
		s.trend = disclosure.Cells(s.trend, rule)
		ends := disclosure.Cells([]analysis.Value{s.headline}, rule)
		s.headline = ends[0]
		if !s.baseline.Period.IsZero() {
			s.baseline = disclosure.Cells([]analysis.Value{s.baseline}, rule)[0]
		}
		if s.headline.State == analysis.Confidential || s.baseline.State == analysis.Confidential {
			s.change = analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN(), Reason: "withheld to protect people"}
		}
	}
	return nil
}

// rowsOf names the rows an indicator is about: its relation and the conditions
// that restrict it.
func (w *work) rowsOf(code string) string {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code != code {
			continue
		}
		i := c.Indicator
		name := strings.Join(append(slices.Clone(c.Sources[:min(1, len(c.Sources))]), i.Population.Value), "\x00")
		if i.Denominator != nil {
			return name + "\x00" + i.Denominator.Where.Value
		}
		return name + "\x00" + i.Numerator.Where.Value
	}
	return code
}

// people counts the people behind a value. Rows of surveys and participation
// records are people, unless the record itself counts persons; then the
// numerator is that count. Other rows are not people.
func (w *work) people() func(analysis.Value) float64 {
	kinds := map[string]string{}
	for _, r := range w.relations {
		kinds[r.Name] = r.Kind
	}
	personal, counted := map[string]bool{}, map[string]bool{}
	for _, c := range w.evaluated.Coverage {
		code := c.Indicator.Code
		counted[code] = strings.Contains(c.Indicator.Numerator.Value.Value, "persons")
		if len(c.Sources) > 0 {
			personal[code] = kinds[c.Sources[0]] == "survey" || kinds[c.Sources[0]] == "participation"
		}
	}
	return func(v analysis.Value) float64 {
		switch {
		case !personal[v.Code]:
			return math.Inf(1)
		case counted[v.Code]:
			return v.Numerator
		case v.Sampled() || math.IsNaN(v.Numerator):
			return float64(v.N)
		}
		return min(float64(v.N), v.Numerator)
	}
}
