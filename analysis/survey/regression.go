package survey

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"pediment/analysis"
)

// linearModel is a regression of a response on predictors, column by column, over
// the rows of a domain where all of them are known.
type linearModel struct {
	name      string // of the formula
	binomial  bool   // logit link, binomial variance; else identity link
	intercept bool
	domain    string
	columns   []modelColumn // the response, then predictors
}

// modelColumn is one column of a model. It is worked on as (value − centre)/unit,
// which lies between −1 and 1 and changes nothing but the accuracy.
type modelColumn struct {
	name, sql    string
	factor       string // the text whose level it indicates, "" for none
	centre, unit float64
	binary       bool // holds no values but 0 and 1, or 1 and 2
}

// regression answers an Ask for a linear or logistic regression: coefficients b
// that solve Σ w·x·(y − μ) = 0 with μ = x′b or its inverse logit, and their
// design-based errors by linearisation,
//
//	z_i = A⁻¹·x_i·w_i·(y_i − μ_i)     A = Σ w·μ′·x·x′
//
// or from the coefficients by replicate. Rows where the response or a predictor is
// unknown are left out. DF of tests and intervals is that of the rows that
// remain, plus one, less the number of coefficients. Binder, International
// Statistical Review 51 (1983); R package survey, svyglm.
func (s *sample) regression(ctx context.Context, a Ask) ([]Answer, error) {
	m, err := s.newModel(ctx, a)
	if err != nil {
		return nil, err
	}
	r, err := s.regress(ctx, m)
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for k, name := range m.coefficients() {
		answers = append(answers, r.answer(a, k, name))
	}
	return answers, nil
}

// coefficients are the names of a model's coefficients.
func (m *linearModel) coefficients() []string {
	var names []string
	if m.intercept {
		names = append(names, "(Intercept)")
	}
	for _, c := range m.predictors() {
		names = append(names, c.name)
	}
	return names
}

func (m *linearModel) predictors() []modelColumn { return m.columns[1:] }

// sqls are the expressions of the columns.
func (m *linearModel) sqls() []string {
	list := make([]string, len(m.columns))
	for k, c := range m.columns {
		list[k] = c.sql
	}
	return list
}

// regressed is a fitted model.
type regressed struct {
	group        *group // of the rows that count
	coefficients []float64
	covariance   [][]float64
}

// answer is the answer for a coefficient, with its t test against 0.
func (r *regressed) answer(a Ask, k int, name string) Answer {
	answer := a.blank()
	answer.Name, answer.Var = name, name
	answer.Value, answer.SE = r.coefficients[k], math.Sqrt(r.covariance[k][k])
	answer.DF = r.group.df + 1 - float64(len(r.coefficients))
	answer.N, answer.Missing = r.group.n, r.group.missing
	answer = answer.tested(a.level())
	if answer.DF <= 1 { // R's confint is infinite there
		answer.Low, answer.High = math.NaN(), math.NaN()
	}
	return answer
}

// tested adds to an answer the t test of its value against 0, and its interval.
func (a Answer) tested(level float64) Answer {
	a.Statistic = a.Value / a.SE
	a.PValue = tPValue(a.Statistic, a.DF)
	a.Low, a.High = TInterval(a.Value, a.SE, a.DF, level)
	return a
}

// mostLevels bounds the coefficients of one text column.
const mostLevels = 200

// newModel reads the formula of an ask against the columns there are.
func (s *sample) newModel(ctx context.Context, a Ask) (*linearModel, error) {
	if a.Family != "" && a.Family != "gaussian" && a.Family != "binomial" {
		return nil, analysis.Problem{Message: fmt.Sprintf("family: no family %q", a.Family), Hint: "families are gaussian, for a linear model, and binomial, for a logistic one"}
	}
	f, err := parseFormula(a.Formula)
	if err != nil {
		return nil, err
	}
	if f.response == nil {
		return nil, formulaProblem("%q has no response", a.Formula)
	}
	m := &linearModel{name: a.Formula, binomial: a.Family == "binomial", intercept: f.intercept, domain: a.domain()}
	return m, s.addColumns(ctx, m, f)
}

// addColumns adds the response and the predictors of a formula.
func (s *sample) addColumns(ctx context.Context, m *linearModel, f formula) error {
	terms := append([]formulaTerm{*f.response}, f.predictors...)
	expressions := make([]string, len(terms))
	for k, t := range terms {
		expressions[k] = t.sql
	}
	types, err := s.rows.Types(ctx, expressions)
	if err != nil {
		return err
	}
	for k, t := range terms {
		declared := t.column != "" && s.design.Levels[t.column] != nil
		switch kind := types[k]; {
		case isNumber(kind) && (k == 0 || !declared && !t.factor):
			m.columns = append(m.columns, modelColumn{name: t.name, sql: t.sql})
		case kind == "boolean" && k == 0:
			m.columns = append(m.columns, modelColumn{name: t.name, sql: t.sql})
		case kind == "boolean":
			m.columns = append(m.columns, modelColumn{name: t.name + "TRUE", sql: t.sql})
		case k == 0:
			return analysis.Problem{Message: fmt.Sprintf("formula: the response %s is a %s, not a number", t.name, kind), Hint: `name a number, or a condition as in I(answer=="yes")`}
		case kind == "text" || isNumber(kind):
			if err := s.addLevels(ctx, m, t, kind); err != nil {
				return err
			}
		default:
			return analysis.Problem{Message: fmt.Sprintf("formula: %s is a %s", t.name, kind), Hint: "predictors are numbers, texts and conditions"}
		}
	}
	return nil
}

func isNumber(kind string) bool { return kind == "integer" || kind == "number" || kind == "decimal" }

// addLevels adds an indicator for every level of a text, or of a number that
// stands for categories.
func (s *sample) addLevels(ctx context.Context, m *linearModel, t formulaTerm, kind string) error {
	levels := s.design.Levels[t.column]
	if levels == nil {
		text := t.sql
		if kind != "text" {
			text = "CAST(" + t.sql + " AS VARCHAR)"
		}
		var err error
		if levels, err = s.levels(ctx, text); len(levels) > mostLevels {
			err = analysis.Problem{Message: fmt.Sprintf("%s has %d levels, each a coefficient", text, len(levels)), Hint: fmt.Sprintf("put them together until there are at most %d", mostLevels)}
		}
		if err != nil {
			return err
		}
	}
	for _, level := range levels {
		value := analysis.Literal(level)
		if kind != "text" {
			if _, err := strconv.ParseFloat(level, 64); err != nil {
				return analysis.Problem{Message: fmt.Sprintf("formula: level %q of %s is not a number, but the column holds numbers", level, t.name), Hint: "declare the levels as the column has them"}
			}
			value = level
		}
		m.columns = append(m.columns, modelColumn{name: t.name + level, sql: t.sql + " = " + value, factor: t.name})
	}
	return nil
}
