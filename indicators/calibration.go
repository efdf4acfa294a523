package indicators

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// calibration is how the weights of a reporting period are made to meet the
// population totals of its margins file: those of the period, else those without
// one.
func (e *evaluator) calibration(c analysis.Calibrate, period analysis.Period) (survey.Calibration, error) {
	var margins []survey.Margin
	for _, label := range []string{period.Label, ""} {
		for _, m := range e.Margins[c.Margins] {
			if m.Period == label {
				margins = append(margins, survey.Margin{Variable: m.Variable, Level: m.Level, Total: m.Total, At: m.At})
			}
		}
		if len(margins) > 0 {
			break
		}
	}
	if len(margins) == 0 {
		return survey.Calibration{}, analysis.Problem{Position: c.At, Message: fmt.Sprintf("%s has no totals for %s", c.Margins, period.Label), Hint: "add them, or leave its column period empty where one set of totals serves every round"}
	}
	population, err := survey.NewPopulation(margins)
	if err != nil {
		return survey.Calibration{}, err
	}
	out := survey.Calibration{Method: c.Method, Vars: c.Variables, Population: population, Bounds: c.Bounds, Epsilon: 1e-9, MaxIterations: 200}
	if len(out.Vars) == 0 {
		for _, m := range margins {
			if !slices.Contains(out.Vars, m.Variable) {
				out.Vars = append(out.Vars, m.Variable)
			}
		}
	}
	switch c.Method {
	case "linear", "raking", "logit":
		out.Method, out.Function = "calibrate", c.Method
		out.Formula = "~" + strings.Join(out.Vars, "+")
	}
	return out, nil
}
