package costbenefit

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// ScenarioOutcome is what the options come to when some inputs have other values.
// Who funds them is a transfer and leaves NPV and BCR as they are.
type ScenarioOutcome struct {
	ID, Name    string
	Description string    // in words, with the values that are set
	NPV, BCR    []float64 // by option; no BCR where there is no net cost
}

// scenarioOutcomes computes the base, which comes first, and the scenarios in the
// order in which they are written.
func (m *Model) scenarioOutcomes() []ScenarioOutcome {
	list := []ScenarioOutcome{m.scenarioAt(m.Values(), "base", "Base", "the values as written")}
	for _, s := range m.Scenarios {
		x := m.Values()
		for input, value := range s.Values {
			x[input] = value
		}
		list = append(list, m.scenarioAt(x, s.Scenario.ID, s.Scenario.Name, m.definition(s)))
	}
	return list
}

func (m *Model) scenarioAt(x []float64, id, name, description string) ScenarioOutcome {
	s := ScenarioOutcome{ID: id, Name: name, Description: description}
	for _, o := range m.Compute(x).Options {
		bcr := math.NaN()
		if o.PVCosts > 0 {
			bcr = o.PVBenefits / o.PVCosts
		}
		s.NPV, s.BCR = append(s.NPV, o.NPV), append(s.BCR, bcr)
	}
	return s
}

// definition describes the scenario and lists what it sets.
func (m *Model) definition(s Settings) string {
	var parts []string
	for _, input := range slices.Sorted(maps.Keys(s.Values)) {
		in := m.Inputs[input]
		parts = append(parts, in.Label+" "+numberWords(s.Values[input], in.Unit)+" instead of "+numberWords(in.Value, in.Unit))
	}
	for _, stakeholder := range s.Without {
		if stakeholder >= 0 && stakeholder < len(m.Appraisal.Stakeholders) {
			parts = append(parts, "no funding from "+m.Appraisal.Stakeholders[stakeholder].Name)
		}
	}
	set := strings.Join(parts, "; ")
	if s.Scenario.Description == "" || set == "" {
		return s.Scenario.Description + set
	}
	return strings.TrimSuffix(s.Scenario.Description, ".") + ": " + set
}
