package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// regression is the columns x of a calibration: a constant, numbers as they are
// and texts as indicators of their levels but the first (treatment contrasts).
type regression struct {
	auxiliary
	constant   bool
	called     []string   // names of the numbers' terms
	categories []category // by text
	names      []string   // by place in x
	totals     []float64  // of the population, by place in x
	largest    []float64  // |x|, by place in x
	numberAt   []int      // place of each number in x
}

// category is a text variable of a regression.
type category struct {
	name   string
	levels []string
	full   bool  // the first level has a term too
	at     []int // place in x by code, −1 for a level without a term
}

// intercept is the name of the constant term.
const intercept = "(Intercept)"

// regressionOf reads the formula: which variables are numbers, which texts, and
// the levels of those. Without a constant the first text has a term for every level.
func (f *fitting) regressionOf(ctx context.Context) (*regression, error) {
	model, err := parseFormula(f.Formula)
	if err != nil {
		return nil, err
	}
	g := &regression{constant: model.intercept}
	if model.response != nil || len(model.predictors) == 0 && !g.constant {
		return nil, formulaProblem("%q is not a list of terms to calibrate on", f.Formula)
	}
	var kinds []string
	if len(model.predictors) > 0 {
		expressions := make([]string, len(model.predictors))
		for i, t := range model.predictors {
			expressions[i] = t.sql
		}
		if kinds, err = f.types(expressions); err != nil {
			return nil, err
		}
	}
	for i, t := range model.predictors {
		if err := f.addTerm(ctx, g, t, kinds[i]); err != nil {
			return nil, err
		}
	}
	g.centre(f.Population)
	return g, nil
}

// addTerm adds a variable. A number with declared levels, or one in factor( ),
// counts as text.
func (f *fitting) addTerm(ctx context.Context, g *regression, t formulaTerm, kind string) error {
	text, levels := t.sql, f.design.Levels[t.column]
	switch {
	case kind == "text":
	case levels != nil || t.factor:
		text = "CAST(" + t.sql + " AS VARCHAR)"
	case kind == "boolean":
		g.numbers, g.called = append(g.numbers, t.sql), append(g.called, t.name+"TRUE")
		return nil
	case isNumber(kind):
		g.numbers, g.called = append(g.numbers, t.sql), append(g.called, t.name)
		return nil
	default:
		return analysis.Problem{Message: fmt.Sprintf("formula: %s is a %s", t.name, kind), Hint: "calibrate on numbers, texts and conditions"}
	}
	if levels == nil {
		var err error
		if levels, err = f.sample.levels(ctx, text); err != nil {
			return err
		}
	}
	full := !g.constant && len(g.categories) == 0
	g.texts = append(g.texts, text)
	g.categories = append(g.categories, category{name: t.name, levels: levels, full: full})
	return nil
}

// centre sets the numbers' centres: the population's means where there is a
// constant, which changes nothing but the accuracy, else 0.
func (g *regression) centre(p Population) {
	size := g.population(p)
	for _, name := range g.called {
		mean := p[termTotals][name] / size
		if !g.constant || math.IsNaN(mean) || math.IsInf(mean, 0) {
			mean = 0
		}
		g.centres = append(g.centres, mean)
	}
}

// population is the size of the population by its totals, 0 where they do not say.
func (g *regression) population(p Population) float64 {
	if size, ok := p[termTotals][intercept]; ok {
		return size
	}
	for _, c := range g.categories {
		if len(p[c.name]) > 0 {
			return p.sum(c.name)
		}
		if c.full {
			size := 0.0
			for _, level := range c.levels {
				size += p[termTotals][c.name+level]
			}
			return size
		}
	}
	return 0
}

// byLevel returns a category's totals by level. Where they are given by term, the
// level without one has what the others leave of the population.
func (g *regression) byLevel(c category, p Population) (map[string]float64, error) {
	if len(p[c.name]) > 0 {
		return p[c.name], nil
	}
	totals, rest := map[string]float64{}, g.population(p)
	for i, level := range c.levels {
		if i == 0 && !c.full {
			continue
		}
		if total, ok := p[termTotals][c.name+level]; ok {
			totals[level] = total
			rest -= total
		}
	}
	if c.full || len(c.levels) == 0 {
		return totals, nil
	}
	size := g.population(p)
	if rest < -1e-6*size {
		return nil, analysis.Problem{
			Message: fmt.Sprintf("the population totals contradict each other: those of %s add up to %v, %s is %v", c.name, size-rest, intercept, size),
			Hint:    fmt.Sprintf("the first level, %q, has no total of its own: it is what the others leave", c.levels[0]),
		}
	}
	if math.Abs(rest) <= 1e-6*size {
		rest = 0
	}
	totals[c.levels[0]] = rest
	return totals, nil
}

// settle matches the terms with the population totals, once the codes of the rows
// are known, and so fixes the places in x.
func (g *regression) settle(p Population, in *inspection, texts [][]string) error {
	problems := g.unused(p)
	if g.constant {
		size := g.population(p)
		if size <= 0 {
			return append(problems, analysis.Problem{Message: fmt.Sprintf("there is no population total of %q", intercept), Hint: "add it: the number of people in the population"}).Err()
		}
		g.add(intercept, size, 1)
	}
	for k, name := range g.called {
		total, ok := p[termTotals][name]
		if !ok {
			problems = append(problems, analysis.Problem{Message: fmt.Sprintf("there is no population total of %q", name), Hint: "add its sum over the population"})
		}
		if g.centres[k] != 0 {
			total = 0
		}
		g.numberAt = append(g.numberAt, len(g.names))
		g.add(name, total, in.largest[k])
	}
	for k := range g.categories {
		c := &g.categories[k]
		totals, err := g.byLevel(*c, p)
		if err != nil {
			return err
		}
		missing := levelProblems(c.name, texts[k], totals, in.seen[k])
		problems = append(problems, missing...)
		g.place(c, totals, in.seen[k], texts[k])
	}
	return problems.Err()
}

func (g *regression) add(name string, total, largest float64) {
	g.names, g.totals, g.largest = append(g.names, name), append(g.totals, total), append(g.largest, largest)
}

// place gives the levels of a category that have rows their places in x.
func (g *regression) place(c *category, totals map[string]float64, seen []int64, texts []string) {
	c.at = slices.Repeat([]int{-1}, len(texts))
	for i, level := range c.levels {
		code := slices.Index(texts, level)
		if i == 0 && !c.full || code < 0 || code >= len(seen) || seen[code] == 0 {
			continue
		}
		c.at[code] = len(g.names)
		g.add(c.name+level, totals[level], 1)
	}
}

// unused reports population totals that belong to no term.
func (g *regression) unused(p Population) analysis.Problems {
	var variables []string
	names := slices.Clone(g.called)
	if g.constant {
		names = append(names, intercept)
	}
	for _, c := range g.categories {
		variables = append(variables, c.name)
		for i, level := range c.levels {
			if i > 0 || c.full {
				names = append(names, c.name+level)
			}
		}
	}
	return p.unused(variables, names)
}

// regressors appends x of a row: nothing where something of it is unknown.
func (g *regression) regressors(numbers []float64, texts []int32, into []regressor) []regressor {
	before := len(into)
	if g.constant {
		into = append(into, regressor{0, 1})
	}
	for k, number := range numbers {
		if math.IsNaN(number) {
			return into[:before]
		}
		if x := number - g.centres[k]; x != 0 {
			into = append(into, regressor{g.numberAt[k], x})
		}
	}
	for k, code := range texts {
		at := g.categories[k].at
		if code < 0 || int(code) >= len(at) {
			return into[:before]
		}
		if at[code] >= 0 {
			into = append(into, regressor{at[code], 1})
		}
	}
	return into
}
