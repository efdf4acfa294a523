package survey

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"pediment/analysis"
)

// Population is known totals of the population: people by variable and level, and
// under the variable "" totals by name of a regression term, such as
// "(Intercept)", "stypeH" or "api99".
type Population map[string]map[string]float64

// termTotals is the variable under which totals of regression terms stand.
const termTotals = ""

// UnmarshalJSON reads totals by variable and level, {"stype": {"E": 4421}}, or by
// regression term, {"(Intercept)": 6194, "stypeE": 4421}.
func (p *Population) UnmarshalJSON(raw []byte) error {
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		return fmt.Errorf("read population totals: %w", err)
	}
	*p = Population{}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		var levels map[string]float64
		if json.Unmarshal(entries[name], &levels) == nil && levels != nil {
			(*p)[name] = levels
			continue
		}
		var total *float64
		if json.Unmarshal(entries[name], &total) != nil || total == nil {
			return analysis.Problem{
				Message: fmt.Sprintf("the population total of %q is not a number", name),
				Hint:    `write {"variable": {"level": total}} or {"term": total}`,
			}
		}
		p.set(termTotals, name, *total)
	}
	return nil
}

func (p Population) set(variable, level string, total float64) {
	if p[variable] == nil {
		p[variable] = map[string]float64{}
	}
	p[variable][level] = total
}

// Margin is one row of a margins file: how many people a level of a variable
// counts or, where Level is "", the total of a numeric variable.
type Margin struct {
	Variable, Level string
	Total           float64
	At              analysis.Position
}

// NewPopulation gathers the rows of a margins file. Rows without a variable,
// repeated ones and totals below 0 are Problems, all reported at once.
func NewPopulation(margins []Margin) (Population, error) {
	p := Population{}
	var problems analysis.Problems
	for _, m := range margins {
		variable, level := m.Variable, m.Level
		if level == "" {
			variable, level = termTotals, m.Variable
		}
		_, repeated := p[variable][level]
		switch {
		case m.Variable == "":
			problems = append(problems, analysis.Problem{Position: m.At, Message: "the row names no variable", Hint: "write the column of the survey the total belongs to"})
		case repeated:
			problems = append(problems, analysis.Problem{Position: m.At, Message: fmt.Sprintf("%s has a total already", levelName(m.Variable, m.Level)), Hint: "keep one of the two rows"})
		case badTotal(m.Total) && m.Level != "" || math.IsNaN(m.Total) || math.IsInf(m.Total, 0):
			problems = append(problems, analysis.Problem{Position: m.At, Message: fmt.Sprintf("the total of %s is %v", levelName(m.Variable, m.Level), m.Total), Hint: "a total counts people: 0 or more"})
		default:
			p.set(variable, level, m.Total)
		}
	}
	return p, problems.Err()
}

// badTotal reports whether a number cannot count people.
func badTotal(total float64) bool {
	return !(total >= 0) || math.IsInf(total, 1)
}

// levelName renders a level for a message: stype "E".
func levelName(variable, level string) string {
	if level == "" {
		return fmt.Sprintf("%q", variable)
	}
	return fmt.Sprintf("%s %q", variable, level)
}

// sum is the population a variable's levels add up to, added in order of levels.
func (p Population) sum(variable string) float64 {
	sum := 0.0
	for _, level := range slices.Sorted(maps.Keys(p[variable])) {
		sum += p[variable][level]
	}
	return sum
}

// sameSums returns a Problem where variables count different populations: totals
// that differ by more than 1e-6 of the first cannot be met together.
func (p Population) sameSums(variables []string) error {
	for _, v := range variables[1:] {
		first, sum := p.sum(variables[0]), p.sum(v)
		if math.Abs(sum-first) > 1e-6*math.Abs(first) {
			return analysis.Problem{
				Message: fmt.Sprintf("the population totals contradict each other: %s adds up to %v, %s to %v", variables[0], first, v, sum),
				Hint:    "bring both to the same population, or add the levels that are left out",
			}
		}
	}
	return nil
}

// unused returns Problems for the totals of variables and of terms that are not
// among those asked for.
func (p Population) unused(variables, names []string) analysis.Problems {
	var problems analysis.Problems
	complain := func(name string, asked []string) {
		problems = append(problems, analysis.Problem{
			Message: fmt.Sprintf("there are population totals of %q, which the weights are not calibrated on", name),
			Hint:    cmp.Or(analysis.Suggest(name, asked), "remove them, or add it to the calibration"),
		})
	}
	for _, v := range slices.Sorted(maps.Keys(p)) {
		if v != termTotals && !slices.Contains(variables, v) {
			complain(v, slices.Concat(variables, names))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p[termTotals])) {
		if !slices.Contains(names, name) {
			complain(name, slices.Concat(variables, names))
		}
	}
	return problems
}
