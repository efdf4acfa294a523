package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/ingest"
)

// marginColumns are the columns of a margins file.
var marginColumns = []string{"variable", "level", "total"}

// margins reads known population totals and says how the weights are to meet
// them: by post-stratification where they are of one variable, by raking where
// of several, by linear calibration where a total is that of a number.
func (a *app) margins(ctx context.Context, file string) (*survey.Calibration, error) {
	data, err := ingest.OpenFile(ctx, ingest.File{Path: a.inDir(file)}, adapters)
	if err != nil {
		return nil, err
	}
	defer data.Close()
	c := newColumns(data, file)
	at := analysis.Position{File: file}
	for _, name := range marginColumns {
		if _, known := c.find(name); !known {
			p := c.unknown(name, at)
			p.Hint = "a margins file has the columns variable, level and total; " + p.Hint
			return nil, p
		}
	}
	if kind, err := c.typeOf(ctx, "total"); err != nil || !slices.Contains(numbers, kind) {
		return nil, analysis.Problem{Position: at, Message: "the column total does not hold numbers", Hint: "write one total a row, digits only"}
	}
	margins, err := c.margins(ctx, data.Count(), at)
	if err != nil {
		return nil, err
	}
	return calibrationTo(margins, at)
}

// margins reads the rows of a margins file.
func (c *surveyColumns) margins(ctx context.Context, rows int64, at analysis.Position) ([]survey.Margin, error) {
	margins := make([]survey.Margin, rows)
	err := c.rows.Stream(ctx, []string{"total"}, []string{"variable", "level"}, func(_ int, b analysis.Batch) error {
		variables, levels := c.rows.Texts("variable"), c.rows.Texts("level")
		for row := range b.Rows {
			m := survey.Margin{Total: b.Numbers[0][row], At: at}
			if strings.EqualFold(filepath.Ext(at.File), ".csv") {
				m.At.Line = int(b.First) + row + 2
			}
			if code := b.Texts[0][row]; code >= 0 {
				m.Variable = variables[code]
			}
			if code := b.Texts[1][row]; code >= 0 {
				m.Level = levels[code]
			}
			margins[b.First+int64(row)] = m
		}
		return nil
	})
	return margins, err
}

// calibrationTo is the calibration that meets the margins.
func calibrationTo(margins []survey.Margin, at analysis.Position) (*survey.Calibration, error) {
	if len(margins) == 0 {
		return nil, analysis.Problem{Position: at, Message: "holds no totals", Hint: "write one row for each level: variable, level, total"}
	}
	population, err := survey.NewPopulation(margins)
	if err != nil {
		return nil, err
	}
	c := &survey.Calibration{Method: "rake", Population: population, Epsilon: 1e-10, MaxIterations: 1000}
	for _, m := range margins {
		if m.Level != "" && !slices.Contains(c.Vars, m.Variable) {
			c.Vars = append(c.Vars, m.Variable)
		}
	}
	switch {
	case len(population[""]) > 0:
		return calibrationOnTerms(c, margins), nil
	case len(c.Vars) == 1:
		c.Method, c.Epsilon, c.MaxIterations = "poststratify", 0, 0
	}
	return c, nil
}

// calibrationOnTerms turns margins into totals of the terms of a regression, as
// linear calibration needs them: the population, every level but the first of
// each variable, and the numbers.
func calibrationOnTerms(c *survey.Calibration, margins []survey.Margin) *survey.Calibration {
	totals := map[string]float64{}
	terms := slices.Clone(c.Vars)
	first := map[string]string{}
	for _, m := range margins {
		if have, known := first[m.Variable]; m.Level != "" && (!known || compareLevels(m.Level, have) < 0) {
			first[m.Variable] = m.Level
		}
	}
	for _, m := range margins {
		switch {
		case m.Level == "":
			terms = append(terms, m.Variable)
			totals[m.Variable] = m.Total
		case m.Level != first[m.Variable]:
			totals[m.Variable+m.Level] = m.Total
		}
		if m.Level != "" && m.Variable == c.Vars[0] {
			totals["(Intercept)"] += m.Total
		}
	}
	formula := "~ " + strings.Join(terms, " + ")
	if len(c.Vars) == 0 {
		formula = "~ 0 + " + strings.Join(terms, " + ")
	}
	return &survey.Calibration{Method: "calibrate", Formula: formula, Population: survey.Population{"": totals}}
}
