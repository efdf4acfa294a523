package costbenefit

import (
	"slices"
	"strconv"

	"pediment/analysis"
)

const (
	firstScenarioRow = 9
	centralScenario  = 4 // column of the central values; the scenarios follow
)

// scenarios writes the switch and the values of every scenario: the cells of
// inputs a scenario does not set follow the central value.
func (w *workbook) scenarios() {
	n := len(w.m.Scenarios)
	widths := []float64{24, 40, 14, 14}
	for range n {
		widths = append(widths, 18)
	}
	p := w.sheet(scenariosSheet, widths...)
	p.title("Scenarios", "Choose a number; every sheet then shows that scenario.")
	p.text(4, 1, "Scenario in use", analysis.HeadingStyle)
	choice := w.input(p, 4, 3, "Scenario in use", int64(0), analysis.CountFormat)
	choice.Name = "scenario"
	for k := range n + 1 {
		choice.Choices = append(choice.Choices, strconv.Itoa(k))
	}
	p.text(5, 1, "Its name", analysis.LeadStyle)
	p.put(5, 3, "=INDEX("+area(centralScenario, 8, centralScenario+n, 8)+",scenario+1)", analysis.TotalStyle, "")
	p.header(8, "Id", "What", "Unit", "Central")
	p.text(7, 1, "Number", analysis.LeadStyle)
	p.put(7, centralScenario, int64(0), analysis.LeadStyle, analysis.CountFormat)
	for k, s := range w.m.Scenarios {
		p.put(7, centralScenario+1+k, int64(k+1), analysis.LeadStyle, analysis.CountFormat)
		p.text(8, centralScenario+1+k, called(s.Scenario.Name, s.Scenario.ID), analysis.HeaderStyle)
	}
	row := firstScenarioRow
	for _, i := range w.inScenarios() {
		w.scenarioRow(p, row, i)
		row++
	}
	row = w.withoutFunding(p, row+1)
	for _, s := range w.m.Scenarios {
		row++
		p.text(row, 1, called(s.Scenario.Name, s.Scenario.ID), analysis.TextStyle)
		p.text(row, 2, s.Scenario.Description, analysis.ProseStyle).Span = 3 + n
	}
	w.printed(p, row+2, "scenarios", "What the engine finds under each scenario", "scenario", "name", "option", "npv", "bcr")
	p.Rows, p.Columns = 8, 2
}

// inScenarios are the inputs that any scenario sets, in order.
func (w *workbook) inScenarios() []int {
	var list []int
	for i := range w.m.Inputs {
		if slices.ContainsFunc(w.m.Scenarios, func(s Settings) bool { _, set := s.Values[i]; return set }) {
			list = append(list, i)
		}
	}
	return list
}

func (w *workbook) scenarioRow(p page, row, i int) {
	input := w.m.Inputs[i]
	format := inputFormat(input)
	p.text(row, 1, input.ID, analysis.PlainStyle)
	p.text(row, 2, input.Label, analysis.TextStyle)
	p.text(row, 3, input.Unit, analysis.TextStyle)
	p.put(row, centralScenario, "=in_"+w.names[i], analysis.PlainStyle, format)
	for k, s := range w.m.Scenarios {
		if value, set := s.Values[i]; set {
			w.input(p, row, centralScenario+1+k, input.Label+", "+called(s.Scenario.Name, s.Scenario.ID), value, format)
		} else {
			p.put(row, centralScenario+1+k, "="+inColumn(centralScenario, row), analysis.PlainStyle, format)
		}
	}
}

// chosen is the formula of an input's value in use.
func (w *workbook) chosen(i int) string {
	k := slices.Index(w.inScenarios(), i)
	if k < 0 {
		return "in_" + w.names[i]
	}
	row := firstScenarioRow + k
	return "INDEX(" + on(scenariosSheet, area(centralScenario, row, centralScenario+len(w.m.Scenarios), row)) + ",scenario+1)"
}

// withoutFunding says which funding stays under each scenario, and returns the
// row after it.
func (w *workbook) withoutFunding(p page, row int) int {
	if len(w.m.Funds) == 0 {
		return row
	}
	p.text(row, 1, "Funding that stays", analysis.HeadingStyle)
	p.text(row, 3, "1 stays, 0 falls away", analysis.LeadStyle)
	w.stays = row + 1
	for k, fund := range w.m.Funds {
		p.text(row+1+k, 1, w.stakeholder(fund.Source), analysis.PlainStyle)
		p.text(row+1+k, 2, fund.Name, analysis.TextStyle)
		w.input(p, row+1+k, centralScenario, fund.Name, 1.0, analysis.CountFormat)
		for s, settings := range w.m.Scenarios {
			gone := slices.ContainsFunc(settings.Without, func(i int) bool { return w.m.Appraisal.Stakeholders[i].ID == fund.Source })
			w.input(p, row+1+k, centralScenario+1+s, fund.Name+", "+called(settings.Scenario.Name, settings.Scenario.ID), oneIf(!gone), analysis.CountFormat)
		}
	}
	return row + 2 + len(w.m.Funds)
}

// stakeholder is the name of the stakeholder with the id.
func (w *workbook) stakeholder(id string) string {
	for _, s := range w.m.Appraisal.Stakeholders {
		if s.ID == id {
			return called(s.Name, s.ID)
		}
	}
	return id
}
