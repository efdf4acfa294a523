package survey

import (
	"context"
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// linear is an ask whose figures are totals or ratios of totals.
type linear struct {
	at      int // among the asks
	ask     Ask
	tally   *tally
	targets []target
}

// target is one figure of every group: Σ w·num, or Σ w·num / Σ w·den. Terms are
// by number, den is -1 for a total; yy, xy and xx are pairs of them, -1 for none.
type target struct {
	name, variable, level string
	kind                  Kind
	num, den              int
	yy, xy, xx            int
}

// linear plans an ask.
func (e *estimation) linear(ctx context.Context, at int, a Ask) (*linear, error) {
	l := &linear{at: at, ask: a, tally: &tally{domain: a.domain(), by: a.By}}
	var err error
	switch a.Op {
	case "mean", "by_mean", "total", "by_total":
		err = e.variables(ctx, l, strings.HasSuffix(a.Op, "mean"))
	case "domain_contrast":
		if len(a.Vars) != 1 || len(a.By) == 0 {
			return nil, analysis.Problem{Message: "domain_contrast compares one variable over the levels of by", Hint: "give vars one name, by the column of groups and coefficients a number for each level compared"}
		}
		err = e.variables(ctx, l, a.Stat != "total")
	case "ratio":
		err = e.ratios(l, []string{a.Num}, a.Den)
	case "by_ratio":
		err = e.ratios(l, a.Vars, a.Den)
	case "ciprop":
		err = e.proportion(l)
	case "table":
		l.tally.by = a.Vars
		l.targets = []target{{num: l.term(one), den: -1, kind: Total, yy: -1, xy: -1, xx: -1}}
	default:
		err = analysis.Problem{Message: fmt.Sprintf("no operation %q", a.Op), Hint: orList(analysis.Suggest(a.Op, operations), operations)}
	}
	return l, err
}

// operations are what an Ask's Op can be.
var operations = []string{
	"mean", "total", "ratio", "by_mean", "by_total", "by_ratio", "domain_contrast", "quantile", "ciprop",
	"chisq", "ttest1", "ttest2", "glm", "variance", "table", "weights",
}

// orList is the suggestion, else the list of what there is.
func orList(suggestion string, list []string) string {
	if suggestion != "" {
		return suggestion
	}
	return "known: " + strings.Join(list, ", ")
}

// term adds a term to the ask's tally and returns its number.
func (l *linear) term(t term) int {
	l.tally.terms = append(l.tally.terms, t)
	return len(l.tally.terms) - 1
}

func (l *linear) pair(a, b int) int {
	l.tally.pairs = append(l.tally.pairs, [2]int{a, b})
	return len(l.tally.pairs) - 1
}

// variables plans means or totals: of a column's numbers, or of the levels of a
// text column. The number one comes last, so that it is never what a row's
// linearised value is measured from.
func (e *estimation) variables(ctx context.Context, l *linear, mean bool) error {
	if len(l.ask.Vars) == 0 {
		return analysis.Problem{Message: l.ask.Op + " needs vars", Hint: "name the columns to estimate"}
	}
	for _, name := range l.ask.Vars {
		column, text, err := e.categorical(ctx, name)
		if err != nil {
			return err
		}
		if !text {
			l.mustKnow(&l.tally.known, name)
			num := l.term(term{number: name})
			l.targets = append(l.targets, target{name: name, num: num, kind: Other, yy: l.pair(num, num), xy: -1, xx: -1})
			continue
		}
		levels, err := e.levels(ctx, column)
		if err != nil {
			return err
		}
		l.mustKnow(&l.tally.stated, column)
		for _, level := range levels {
			label := name + level
			if column != name {
				label = column + "=" + level
			}
			l.targets = append(l.targets, target{name: label, variable: name, level: level, num: l.term(term{text: column, level: level}), kind: Share, yy: -1, xy: -1, xx: -1})
		}
	}
	size := l.term(one)
	for k := range l.targets {
		l.targets[k].den = size
		if !mean {
			l.targets[k].den, l.targets[k].kind = -1, Total
		}
	}
	return nil
}

// mustKnow makes rows without the column leave the estimate, where asked for.
func (l *linear) mustKnow(list *[]string, name string) {
	if l.ask.NaRm {
		*list = append(*list, name)
	}
}

// categorical reports whether a variable stands for the levels of a column, as
// text columns, those with declared levels and factor(column) do, and which
// column that is.
func (s *sample) categorical(ctx context.Context, variable string) (column string, yes bool, err error) {
	if inner, ok := strings.CutPrefix(variable, "factor("); ok && strings.HasSuffix(inner, ")") {
		return strings.TrimSuffix(inner, ")"), true, nil
	}
	types, err := s.rows.Types(ctx, []string{variable})
	if err != nil {
		return variable, false, err
	}
	return variable, s.design.Levels[variable] != nil || types[0] == "text" || types[0] == "date" || types[0] == "period", nil
}

// ratios plans Σ num / Σ den.
func (e *estimation) ratios(l *linear, nums []string, den string) error {
	if len(nums) == 0 || nums[0] == "" || den == "" {
		return analysis.Problem{Message: l.ask.Op + " needs a numerator and a denominator", Hint: "give num and den; by_ratio takes its numerators from vars"}
	}
	l.mustKnow(&l.tally.known, den)
	for _, name := range nums {
		l.mustKnow(&l.tally.known, name)
		num := l.term(term{number: name})
		l.targets = append(l.targets, target{name: name + "/" + den, num: num, kind: Other, yy: l.pair(num, num)})
	}
	x := l.term(term{number: den})
	for k := range l.targets {
		l.targets[k].den, l.targets[k].xx, l.targets[k].xy = x, l.pair(x, x), l.pair(l.targets[k].num, x)
	}
	l.term(one)
	return nil
}

// proportion plans the share of rows that meet a condition.
func (e *estimation) proportion(l *linear) error {
	if l.ask.Indicator == "" {
		return analysis.Problem{Message: "ciprop needs an indicator", Hint: "give a condition, as in age >= 18"}
	}
	l.mustKnow(&l.tally.known, l.ask.Indicator)
	num := l.term(term{number: l.ask.Indicator})
	l.targets = []target{{name: l.ask.Indicator, num: num, den: l.term(one), kind: Share, yy: -1, xy: -1, xx: -1}}
	return nil
}

// figure is an answer being made.
type figure struct {
	answer    Answer
	target    target
	ask       Ask
	statistic statistic
}

// answerLinear tallies all linear asks in one reading and works out their
// variances together.
func (e *estimation) answerLinear(ctx context.Context, asks []*linear) error {
	if len(asks) == 0 {
		return nil
	}
	var tallies []*tally
	for _, l := range asks {
		tallies = append(tallies, l.tally)
	}
	groups, err := e.tally(ctx, tallies...)
	if err != nil {
		return err
	}
	figures, of := []*figure{}, make([][]*figure, len(asks))
	for k, l := range asks {
		for _, g := range groups[k] {
			for _, t := range l.targets {
				of[k] = append(of[k], newFigure(l.ask, t, g))
			}
		}
		figures = append(figures, of[k]...)
	}
	if err := e.addErrors(ctx, figures); err != nil {
		return err
	}
	for k, l := range asks {
		if l.ask.Covariance {
			if err := e.addCovariance(ctx, of[k]); err != nil {
				return err
			}
		}
		if l.ask.Op == "domain_contrast" {
			e.answers[l.at], err = e.contrast(ctx, l, of[k])
			if err := e.refuse(l.at, l.ask, err); err != nil {
				return err
			}
			continue
		}
		e.answers[l.at] = e.finish(of[k])
	}
	return nil
}

// newFigure works out a group's figure and its derivatives.
func newFigure(a Ask, t target, g *group) *figure {
	f := &figure{answer: a.blank(), target: t, ask: a, statistic: statistic{group: g, value: t.value, gradient: make([]float64, len(g.sums[0]))}}
	f.answer.Name, f.answer.Var, f.answer.Level = t.name, t.variable, t.level
	columns := g.tally.by
	for k, level := range g.levels {
		f.answer.By = append(f.answer.By, analysis.Level{Column: columns[k], Value: level})
	}
	f.answer.N, f.answer.Missing, f.answer.DF = g.n, g.missing, g.df
	sums := g.sums[0]
	f.answer.Numerator = sums[t.num]
	unknown := g.unknown[t.num]
	f.statistic.gradient[t.num] = 1
	if t.den >= 0 {
		f.answer.Denominator = sums[t.den]
		unknown = max(unknown, g.unknown[t.den])
		f.statistic.gradient[t.num] = 1 / sums[t.den]
		f.statistic.gradient[t.den] -= t.value(sums) / sums[t.den]
	}
	switch {
	case g.rows == 0:
		f.answer.Error = "no rows in the domain say anything about it"
	case g.n == 0 && t.den >= 0:
		f.answer.Error = "all rows in the domain have a weight of 0"
	case unknown > 0:
		f.answer.Error = unknownRows(unknown)
	default:
		f.answer.Value = t.value(sums)
	}
	return f
}

func unknownRows(n int64) string {
	return fmt.Sprintf("%d rows have no value; na_rm leaves them out", n)
}

func (t target) value(sums []float64) float64 {
	if t.den < 0 {
		return sums[t.num]
	}
	return sums[t.num] / sums[t.den]
}

// known reports whether the figure has a value.
func (f *figure) known() bool { return !math.IsNaN(f.answer.Value) && !math.IsInf(f.answer.Value, 0) }

// addErrors gives every figure its standard error and design effect.
func (e *estimation) addErrors(ctx context.Context, figures []*figure) error {
	if e.design.NonProbability {
		return nil
	}
	var statistics []statistic
	var known []*figure
	for _, f := range figures {
		if f.known() {
			statistics, known = append(statistics, f.statistic), append(known, f)
		}
	}
	variances, refused, err := e.variances(ctx, statistics)
	if err != nil {
		return err
	}
	for k, f := range known {
		if refused[k] != nil {
			f.answer.Error = refused[k].Error()
			continue
		}
		f.answer.SE = snap(math.Sqrt(variances[k]), f.answer.Value)
		f.answer.DEFF = f.designEffect(variances[k])
	}
	return e.centreDesignEffects(ctx, known, variances)
}

// addCovariance gives every figure its covariance with each of its ask; with one
// that has no error it is NaN.
func (e *estimation) addCovariance(ctx context.Context, figures []*figure) error {
	var statistics []statistic
	var at []int
	for k, f := range figures {
		f.answer.Covariance = make([]float64, len(figures))
		for j := range f.answer.Covariance {
			f.answer.Covariance[j] = math.NaN()
		}
		if f.known() && f.answer.Error == "" {
			statistics, at = append(statistics, f.statistic), append(at, k)
		}
	}
	if e.design.NonProbability {
		return nil
	}
	v, err := e.covariance(ctx, statistics)
	if err != nil {
		return err
	}
	for j, k := range at {
		for n, m := range at {
			figures[k].answer.Covariance[m] = v[j][n]
		}
	}
	return nil
}

// snap makes a standard error that is rounding noise beside the estimate zero.
func snap(se, value float64) float64 {
	if se <= 1e-14*math.Abs(value) {
		return 0
	}
	return se
}

// finish adds intervals and flags.
func (e *estimation) finish(figures []*figure) []Answer {
	answers := make([]Answer, len(figures))
	for k, f := range figures {
		e.addInterval(f)
		answers[k] = f.answer
	}
	return answers
}

// addInterval adds the confidence interval and the reliability flag.
func (e *estimation) addInterval(f *figure) {
	a := &f.answer
	if a.Error != "" || math.IsNaN(a.SE) {
		return
	}
	if f.ask.Op == "ciprop" {
		n, se := a.N, a.SE
		switch method := f.ask.Method; {
		case method == "beta":
			n = f.statistic.group.rows // as R counts there
		case (method == "" || method == "logit") && e.replicates != nil:
			se = e.logitError(f) * a.Value * (1 - a.Value)
		}
		low, high, err := Proportion(f.ask.Method, a.Value, se, a.DF, n, f.ask.level())
		if err != nil {
			a.Error = err.Error()
			return
		}
		a.Low, a.High = low, high
	} else {
		a.Low, a.High = TInterval(a.Value, a.SE, a.DF, f.ask.level())
	}
	a.Flag = e.standard.Judge(f.target.kind, a.Estimate).Flag
}

// logitError is the standard error of log(p/(1 − p)) over the replicates.
func (e *estimation) logitError(f *figure) float64 {
	logit := f.statistic
	logit.value = func(sums []float64) float64 {
		p := f.target.value(sums)
		return math.Log(p / (1 - p))
	}
	return math.Sqrt(e.replicates.spread(byReplicate([]statistic{logit}))[0][0])
}

// contrast is Σ c·θ over groups with its covariance.
func (e *estimation) contrast(ctx context.Context, l *linear, figures []*figure) ([]Answer, error) {
	a := l.ask.blank()
	a.Name = "contrast"
	a.Value = 0
	var statistics []statistic
	var c []float64
	for _, f := range figures {
		var levels []string
		for _, level := range f.answer.By {
			levels = append(levels, level.Value)
		}
		weight, ok := l.ask.Coefficients[strings.Join(levels, ".")]
		if !ok || f.target != l.targets[0] {
			continue
		}
		if f.answer.Error != "" {
			return nil, analysis.Problem{Message: f.answer.By.String() + ": " + f.answer.Error}
		}
		a.Value += weight * f.answer.Value
		a.N += f.answer.N
		a.Missing += f.answer.Missing
		statistics, c = append(statistics, f.statistic), append(c, weight)
	}
	if len(c) < len(l.ask.Coefficients) {
		return nil, analysis.Problem{Message: "a coefficient names a level that no row has", Hint: "coefficients are by level of " + strings.Join(l.ask.By, ", ")}
	}
	v, err := e.covariance(ctx, statistics)
	if err != nil {
		return nil, err
	}
	whole, err := e.tally(ctx, &tally{domain: l.ask.domain()})
	if err != nil {
		return nil, err
	}
	variance := 0.0
	for j, x := range c {
		for k, y := range c {
			variance += x * y * v[j][k]
		}
	}
	a.SE, a.DF = math.Sqrt(variance), whole[0][0].df
	a.Low, a.High = TInterval(a.Value, a.SE, a.DF, l.ask.level())
	a.Statistic = a.Value / a.SE
	a.PValue = tPValue(a.Statistic, a.DF)
	return []Answer{a}, nil
}
