package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"pediment/analysis"
	"pediment/indicators"
	"pediment/ingest"
)

// ageBand is the column that the city's ages make of age.
const ageBand = "age_band"

// checkMargins holds the variables of a margins file against the survey's columns
// and calibration, and their totals against each other.
func (p *project) checkMargins(d ingest.Dataset, margins []indicators.Margin) analysis.Problems {
	var found []analysis.Text
	for _, m := range margins {
		if !holds(found, m.Variable) {
			found = append(found, analysis.Text{Value: m.Variable, At: m.At})
		}
	}
	problems := checkFound(d, found)
	var variables []string
	for _, v := range found {
		variables = append(variables, v.Value)
	}
	for _, v := range d.Calibrate.Variables {
		if len(found) > 0 && !slices.Contains(variables, v.Value) {
			problems = append(problems, analysis.Problem{
				Position: v.At,
				Message:  fmt.Sprintf("%s has no totals of %s", d.Calibrate.Margins.Value, v.Value),
				Hint:     cmp.Or(analysis.Suggest(v.Value, variables), "add one line for each of its levels"),
			})
		}
	}
	if at, needed := needsAges(d, found); needed && len(p.settings.Ages) == 0 {
		problems = append(problems, analysis.Problem{Position: at, Message: "age_band is made of the city's ages, and none are declared", Hint: "add ages: [0, 15, 25, 65] or others to " + projectFile})
	}
	return append(problems, contradictions(margins)...)
}

// needsAges says where a calibration names the column made of the city's ages.
func needsAges(d ingest.Dataset, found []analysis.Text) (analysis.Position, bool) {
	variables := found
	if len(d.Calibrate.Variables) > 0 {
		variables = d.Calibrate.Variables
	}
	_, age := d.Columns["age"]
	_, own := d.Columns[ageBand]
	at := slices.IndexFunc(variables, func(v analysis.Text) bool { return v.Value == ageBand })
	if at < 0 || own || !age {
		return analysis.Position{}, false
	}
	return variables[at].At, true
}

// checkFound checks the variables that a margins file has totals of.
func checkFound(d ingest.Dataset, found []analysis.Text) analysis.Problems {
	var problems analysis.Problems
	named := d.Calibrate.Variables
	for _, v := range found {
		var p analysis.Problem
		switch {
		case len(named) > 0 && !holds(named, v.Value):
			problems = append(problems, analysis.Problem{Position: v.At, Message: fmt.Sprintf("%s is not among the variables %s is calibrated on", v.Value, d.Name), Hint: "add it to variables:, or keep its totals in another file"})
		case len(named) == 0 && errors.As(d.CheckVariable(v), &p):
			problems = append(problems, p)
		}
	}
	if d.Calibrate.Method.Value == "poststratify" && len(named) == 0 && len(found) > 1 {
		problems = append(problems, analysis.Problem{Position: found[1].At, Message: fmt.Sprintf("%s: post-stratification takes one variable", d.Name), Hint: "write method: rake, or keep the others in another file"})
	}
	return problems
}

func holds(list []analysis.Text, value string) bool {
	return slices.ContainsFunc(list, func(t analysis.Text) bool { return t.Value == value })
}

// contradictions reports variables that count another population than the first
// of their period.
func contradictions(margins []indicators.Margin) analysis.Problems {
	type key struct{ period, variable string }
	sums := map[key]float64{}
	var order []indicators.Margin // the first of each variable and period
	for _, m := range margins {
		k := key{m.Period, m.Variable}
		if _, seen := sums[k]; !seen {
			order = append(order, m)
		}
		sums[k] += m.Total
	}
	var problems analysis.Problems
	first := map[string]string{} // variable by period
	for _, m := range order {
		reference, later := first[m.Period]
		if !later {
			first[m.Period] = m.Variable
			continue
		}
		want, have := sums[key{m.Period, reference}], sums[key{m.Period, m.Variable}]
		if math.Abs(have-want) > 1e-6*want {
			problems = append(problems, analysis.Problem{
				Position: m.At,
				Message:  fmt.Sprintf("the totals contradict each other%s: %s adds up to %s, %s to %s", inPeriod(m.Period), reference, strconv.FormatFloat(want, 'f', -1, 64), m.Variable, strconv.FormatFloat(have, 'f', -1, 64)),
				Hint:     "bring both to the same population, or add the levels that are left out",
			})
		}
	}
	return problems
}
