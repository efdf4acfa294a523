package indicators

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// RowSource opens the rows of a relation, with computed columns by name beside
// its own, to be read by column.
type RowSource func(ctx context.Context, relation string, computed map[string]string) (analysis.Rows, error)

// estimateKey names one estimate: an indicator, a by-set, a group in it, a
// reporting period.
type estimateKey struct {
	code, set, group, period string
}

// estimates are what the survey engine says of the sampled relations at a place.
type estimates struct {
	answers map[estimateKey]survey.Answer
	refused map[string]string // relation and period → why its design gives no errors
}

// estimateSamples runs every indicator of sampled relations through the survey
// engine: one request for each relation and reporting period, whose rounds put
// together are strata of their own.
func (e *evaluator) estimateSamples(ctx context.Context) error {
	e.sampled = estimates{map[estimateKey]survey.Answer{}, map[string]string{}}
	var names []string
	for _, i := range e.wanted {
		if i.estimated() && !slices.Contains(names, i.num.relation.Name) {
			names = append(names, i.num.relation.Name)
		}
	}
	for _, name := range names {
		g := e.scans[name]
		rows, err := e.Rows(ctx, name, e.computed(g.relation))
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		e.noteRounds(g)
		for _, period := range g.periods {
			if !e.Setup.wanted(e.query, period) {
				continue
			}
			if err := e.estimatePeriod(ctx, rows, g, period); err != nil {
				return fmt.Errorf("estimate %s %s: %w", name, period.Label, err)
			}
		}
		if err := e.correlateRounds(ctx, rows, g); err != nil {
			return fmt.Errorf("compare rounds of %s: %w", name, err)
		}
	}
	return nil
}

// estimated reports whether the indicator's values come from the survey engine.
func (i bound) estimated() bool {
	return i.gap == (Gap{}) && i.num != nil && i.num.relation.Sample != nil && i.Kind != "score" && i.Kind != "published" && i.Kind != "distinct"
}

// computed lists the columns that are derived from a relation's own.
func (s Setup) computed(r analysis.Relation) map[string]string {
	if r.Has(ageBand) || !r.Has("age") || len(s.Ages) == 0 {
		return nil
	}
	return map[string]string{ageBand: s.ageBandSQL()}
}

// estimatePeriod asks for all estimates of one reporting period.
func (e *evaluator) estimatePeriod(ctx context.Context, rows analysis.Rows, g *gathered, period analysis.Period) error {
	rounds := e.pooled(g, period)
	request := survey.Request{RowFilter: &survey.Filter{SQL: g.rowsOf(rounds)}}
	var problem error
	if request.Design, problem = e.designOf(g, period); problem == nil {
		if len(rounds) > 1 {
			request.Design.Pool, request.Design.SamePSUs = "period", g.relation.Sample.SamePSUs
			request.Design.Strata = slices.DeleteFunc(request.Design.Strata, func(c string) bool { return c == "period" })
		}
		request.Estimates = e.asksOf(g)
		var answers []survey.Answer
		answers, _, problem = survey.Estimate(ctx, rows, request)
		e.out.errors.within.note(e.place, period.Label, answers)
		for _, a := range answers {
			code, set, _ := strings.Cut(a.ID, "\x00")
			e.sampled.answers[estimateKey{code, set, groupKey(a.By), period.Label}] = a
		}
	}
	var one analysis.Problem
	var many analysis.Problems
	switch {
	case errors.As(problem, &one):
		e.sampled.refused[g.relation.Name+"\x00"+period.Label] = inProject.Replace(one.String())
	case errors.As(problem, &many):
		e.sampled.refused[g.relation.Name+"\x00"+period.Label] = many[0].String()
	default:
		return problem
	}
	e.warn(g.relation.Name, fmt.Sprintf("%s: no intervals: %s", period.Label, e.sampled.refused[g.relation.Name+"\x00"+period.Label]))
	return nil
}

// asksOf are the asks of every indicator of the survey.
func (e *evaluator) asksOf(g *gathered) (asks []survey.Ask) {
	for _, i := range e.wanted {
		if !i.estimated() || i.num.relation.Name != g.relation.Name {
			continue
		}
		for _, ask := range e.asks(i) {
			ask.Covariance = e.query.Covariance && e.studied(i.Code) && len(ask.By) > 0
			asks = append(asks, ask)
		}
	}
	return asks
}

// pooled lists the reporting periods whose rounds are put together for one: its
// own and as many before it as the query asks for.
func (e *evaluator) pooled(g *gathered, period analysis.Period) []analysis.Period {
	at := slices.Index(g.periods, period)
	return g.periods[max(0, at+1-max(1, e.query.Pool)) : at+1]
}

// inProject turns what a request says into what pediment.yaml says.
var inProject = strings.NewReplacer("declare nest ", "declare nested: true ", "declare lonely_psu", "declare design: lonely_psu")

// rowsOf is the condition that a row is part of the sample of reporting periods.
func (g *gathered) rowsOf(periods []analysis.Period) string {
	var labels []string
	for _, period := range periods {
		for _, p := range g.parts[period.Label] {
			labels = append(labels, p.Label)
		}
	}
	condition := "period IN (" + literals(labels) + ")"
	if weight := g.relation.Sample.Weight; weight != "" {
		condition += " AND " + analysis.Quote(weight) + " IS NOT NULL"
	}
	return condition
}

// designOf is the design of a reporting period's sample.
func (e *evaluator) designOf(g *gathered, period analysis.Period) (survey.Design, error) {
	sample := g.relation.Sample
	rounds := len(g.parts[period.Label])
	d := survey.Design{
		IDs: quoted(sample.PSU), FPC: quoted(sample.FPC), Nest: sample.Nested || rounds > 1,
		LonelyPSU: sample.LonelyPSU, NonProbability: sample.NonProbability,
	}
	if sample.Weight != "" {
		d.Weights = analysis.Quote(sample.Weight)
	}
	if rounds > 1 {
		d.Strata = append(d.Strata, "period")
	}
	if sample.Stratum != "" {
		d.Strata = append(d.Strata, analysis.Quote(sample.Stratum))
	}
	if r := sample.Replicates; r != nil {
		d.Replicates = survey.Replicates{
			Type: "replicate", Kind: r.Kind, Columns: quoted(r.Weights), Combined: r.Combined,
			Count: r.Count, RScales: r.RScales, MSE: r.MSE, Rho: r.Rho,
		}
		if r.Scale > 0 {
			d.Scale = &r.Scale
		}
	}
	if sample.Calibrate == nil {
		return d, nil
	}
	calibration, err := e.calibration(*sample.Calibrate, period)
	d.Calibration = &calibration
	return d, err
}

func quoted(names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, analysis.Quote(name))
	}
	return list
}

// asks are the estimates an indicator is made of, one for each by-set.
func (e *evaluator) asks(i bound) []survey.Ask {
	s := scan{Setup: e.Setup, relation: i.num.relation}
	if e.place != "" && s.relation.Has("place") {
		s.places = e.Places.Within(e.place)
	}
	num := item{value: i.num.value, where: i.num.where}
	domain := and(i.num.domain, s.placeFilter())
	together := i.den != nil && i.den.relation.Name == i.num.relation.Name
	if together {
		num.x = i.den.value
	}
	a := survey.Ask{Op: "by_ratio", Vars: []string{guarded(orTrue(domain), num.counted())}, Den: guarded(orTrue(domain), num.denominator()), NaRm: true}
	switch {
	case i.Kind == "total" || i.den != nil && !together:
		a.Op, a.Den = "by_total", ""
	case i.proportion():
		a = survey.Ask{Op: "ciprop", Indicator: a.Vars[0], NaRm: true}
	}
	if domain != "" {
		a.Domain = &survey.Filter{SQL: "COALESCE(" + domain + ", FALSE)"}
	}
	var asks []survey.Ask
	for _, set := range e.bySets(i) {
		one := a
		one.ID = i.Code + "\x00" + strings.Join(set, "\x00")
		for _, column := range set {
			one.By = append(one.By, levelSQL(column))
		}
		asks = append(asks, one)
	}
	return asks
}

// levelSQL is the level of a disaggregation column, "(not stated)" where nobody
// says.
func levelSQL(column string) string {
	return fmt.Sprintf("COALESCE(CAST(%s AS VARCHAR), %s)", analysis.Quote(column), analysis.Literal(notStated))
}

// groupKey joins a group's levels as gathered does.
func groupKey(by analysis.Group) string {
	levels := make([]string, len(by))
	for k, level := range by {
		levels[k] = level.Value
	}
	return strings.Join(levels, "\x00")
}

// sample fills a value of a survey with its estimate, in units of the indicator;
// x is what a total is divided by.
func (e *evaluator) sample(v *analysis.Value, i bound, s sides, at key, x float64) {
	set := strings.Join(v.Group.Columns(), "\x00")
	name := i.num.relation.Name
	a, ok := e.sampled.answers[estimateKey{i.Code, set, at.group, v.Period.Label}]
	switch {
	case !ok && i.num.relation.Sample.Calibrate != nil:
		v.Withhold(analysis.Refused, "the weights cannot be calibrated: "+e.sampled.refused[name+"\x00"+v.Period.Label])
		return
	case !ok:
		v.Value, v.ErrorUnknown = i.Scale()*v.Numerator/x, true
		v.Flags = append(v.Flags, "no interval: "+e.sampled.refused[name+"\x00"+v.Period.Label])
		unsampled := analysis.Unknown()
		unsampled.Value, unsampled.N = v.Value, v.N
		e.judge(v, i, survey.Answer{Estimate: unsampled}, false)
		return
	case i.num.relation.Sample.NonProbability:
		v.ErrorUnknown = true
		v.Flags = append(v.Flags, "no interval: not a random sample")
	case a.Error != "":
		v.ErrorUnknown = true
		v.Flags = append(v.Flags, "no interval: "+firstClause(a.Error))
		e.warn(i.Code, "no interval: "+a.Error)
	}
	scale, total := i.Scale(), s.den != nil || i.Kind == "total"
	if rounds := e.pooled(s.num, v.Period); len(rounds) > 1 {
		v.N, v.Missing = a.N, a.Missing
		v.Flags = append(v.Flags, fmt.Sprintf("%d rounds pooled, %s to %s", len(rounds), rounds[0].Label, v.Period.Label))
		kept := "each is taken as an independent sample"
		if s.num.relation.Sample.SamePSUs {
			kept = "they keep their PSUs"
		}
		e.warn(name, "rounds are pooled: "+kept+", and figures are those of an average round, as if little changed between them")
	}
	v.Numerator = a.Numerator
	if total {
		scale /= x
	} else {
		v.Denominator = a.Denominator
	}
	v.Value, v.SE, v.DF, v.DEFF = scale*a.Value, scale*a.SE, a.DF, a.DEFF
	v.Low, v.High = scale*a.Low, scale*a.High
	if v.SE > 0 && math.IsNaN(v.Low) {
		v.Flags = append(v.Flags, "no interval: too few PSUs")
	}
	e.judge(v, i, a, total)
}

// firstClause is what a message says before its advice.
func firstClause(text string) string {
	clause, _, _ := strings.Cut(text, ",")
	return clause
}

// judge flags an estimate by the city's standard, or withholds it.
func (e *evaluator) judge(v *analysis.Value, i bound, a survey.Answer, total bool) {
	kind := survey.Other
	switch {
	case i.proportion():
		kind = survey.Share
	case total:
		kind = survey.Total
	}
	switch verdict := e.Standard.Judge(kind, a.Estimate); verdict.Flag {
	case survey.Caution:
		v.Flags = append(v.Flags, "use with caution: "+verdict.Reason)
	case survey.Suppress:
		n, missing := v.N, v.Missing
		v.Withhold(analysis.Unreliable, verdict.Reason)
		v.N, v.Missing = n, missing
	}
}
