// Package survey makes estimates with design-based standard errors from the rows
// of a sample.
//
// Rows are read as often as an estimate needs, by column, and added up by domain
// and sampled unit (tally); what comes of it are functions of those totals, whose
// variance follows from the design (influence, variance). Sums are exact, so that
// no result depends on the order of rows or the number of processors.
package survey

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// Estimate answers a request. A design that cannot be is an error; an estimate
// that cannot be made is one Answer with the reason as its Error, and the others
// are still answered. Answers come in the order asked.
func Estimate(ctx context.Context, rows analysis.Rows, r Request) ([]Answer, []analysis.Warning, error) {
	s, err := newSample(ctx, rows, r)
	if err != nil {
		return nil, nil, err
	}
	e := &estimation{sample: s, answers: make([][]Answer, len(r.Estimates))}
	if e.standard, err = ParseStandard(r.Standard); err != nil {
		return nil, nil, err
	}
	if r.Design.Pool != "" {
		e.warnings = append(e.warnings, analysis.Warning{About: r.Design.Pool, Text: s.pooling()})
	}
	if err := e.run(ctx, r.Estimates); err != nil {
		return nil, nil, err
	}
	answers := slices.Concat(e.answers...)
	for k := range answers {
		e.settle(&answers[k])
	}
	return answers, e.warnings, nil
}

// pooling says what putting rounds together takes for granted.
func (s *sample) pooling() string {
	kept := "each is taken as an independent sample and a stratum of its own"
	if s.design.SamePSUs {
		kept = "they are taken to keep their PSUs"
	}
	return fmt.Sprintf("%.0f rounds are pooled: %s, and figures are those of an average round, as if little changed between them", s.pooled, kept)
}

// estimation carries one request.
type estimation struct {
	*sample
	standard Standard
	answers  [][]Answer // by ask
	warnings []analysis.Warning
}

// run answers all asks: those that are functions of totals share their readings.
func (e *estimation) run(ctx context.Context, asks []Ask) error {
	var linear []*linear
	quantiles := map[int]Ask{}
	for k, a := range asks {
		err := e.check(ctx, a)
		if err != nil {
			a.Op = ""
		}
		switch a.Op {
		case "":
		case "quantile":
			quantiles[k] = a
		case "chisq":
			e.answers[k], err = e.chisq(ctx, a)
		case "glm":
			e.answers[k], err = e.regression(ctx, a)
		case "ttest1", "ttest2":
			e.answers[k], err = e.ttest(ctx, a)
		case "variance":
			e.answers[k], err = e.populationVariances(ctx, a)
		case "weights":
			e.answers[k], err = e.weightFigures(ctx, a)
		default:
			l, problem := e.linear(ctx, k, a)
			if err = problem; err == nil {
				linear = append(linear, l)
			}
		}
		if err := e.refuse(k, asks[k], err); err != nil {
			return err
		}
	}
	if err := e.answerQuantiles(ctx, quantiles); err != nil {
		return err
	}
	return e.answerLinear(ctx, linear)
}

// withoutBy are the operations that answer for one domain only.
var withoutBy = []string{"chisq", "glm", "ttest1", "ttest2", "variance", "table", "weights"}

// check sees that the expressions of an ask can be evaluated.
func (e *estimation) check(ctx context.Context, a Ask) error {
	var expressions []string
	for _, text := range slices.Concat(a.Vars, a.By, []string{a.Num, a.Den, a.Indicator, a.Row, a.Col, a.domain()}) {
		if inner, ok := strings.CutPrefix(text, "factor("); ok {
			text = strings.TrimSuffix(inner, ")")
		}
		if text != "" {
			expressions = append(expressions, text)
		}
	}
	switch {
	case len(a.By) > 0 && slices.Contains(withoutBy, a.Op):
		return analysis.Problem{Message: "by: " + a.Op + " is not broken down", Hint: "ask for one group at a time with domain"}
	case e.design.Pool != "" && slices.Contains(a.By, e.design.Pool):
		return analysis.Problem{Message: "by: " + e.design.Pool + " tells apart the rounds that are pooled", Hint: "leave out one of the two"}
	}
	_, err := e.rows.Types(ctx, expressions)
	return err
}

// settle takes off what a sample that was not drawn at random cannot say, and
// gives a reason to what has no figure.
func (e *estimation) settle(a *Answer) {
	nan := math.NaN()
	if e.design.NonProbability {
		a.SE, a.Low, a.High, a.DF, a.DEFF, a.Statistic, a.PValue = nan, nan, nan, nan, nan, nan, nan
		if a.Error == "" && math.IsNaN(a.Value) {
			a.Error = "a test needs a random sample"
		}
	}
	if a.Error == "" && !finite(a.Value) && !finite(a.Statistic) {
		a.Error = "it cannot be worked out: a value is infinite, or there is nothing to divide by"
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// refuse makes an estimate's mistake its answer; errors of reading stay errors.
func (e *estimation) refuse(k int, a Ask, err error) error {
	var problem analysis.Problem
	var problems analysis.Problems
	var lonely *ErrLonely
	switch {
	case err == nil:
	case errors.As(err, &problem), errors.As(err, &problems), errors.As(err, &lonely):
		e.answers[k] = []Answer{refused(a, err.Error())}
	default:
		return fmt.Errorf("estimate %s: %w", a.ID, err)
	}
	return nil
}

// refused is an answer without a figure.
func refused(a Ask, reason string) Answer {
	answer := a.blank()
	answer.Error = reason
	return answer
}

// blank is an answer about which nothing is known yet.
func (a Ask) blank() Answer {
	nan := math.NaN()
	return Answer{
		ID: a.ID, Op: a.Op, P: nan, Estimate: analysis.Unknown(),
		Numerator: nan, Denominator: nan, Statistic: nan, PValue: nan,
	}
}

// level is the confidence level asked for.
func (a Ask) level() float64 {
	if a.Level == 0 {
		return 0.95
	}
	return a.Level
}

func (a Ask) domain() string {
	if a.Domain == nil {
		return ""
	}
	return a.Domain.SQL
}

// answerQuantiles answers all asks for quantiles together.
func (e *estimation) answerQuantiles(ctx context.Context, asks map[int]Ask) error {
	if len(asks) == 0 {
		return nil
	}
	at := slices.Sorted(maps.Keys(asks))
	list := make([]Ask, len(at))
	for k, j := range at {
		list[k] = asks[j]
	}
	answers, err := e.quantiles(ctx, list)
	if err != nil {
		return err
	}
	for k, j := range at {
		e.answers[j] = answers[k]
		for n := range answers[k] {
			if a := &answers[k][n]; a.Sampled() {
				a.Flag = e.standard.Judge(Other, a.Estimate).Flag
			}
		}
	}
	return nil
}
