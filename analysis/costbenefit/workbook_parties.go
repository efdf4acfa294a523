package costbenefit

import "pediment/analysis"

// parties writes the options, the stakeholders and the groups.
func (w *workbook) parties() {
	p := w.sheet(partiesSheet, 8, 40, 18, 18, 18, 40)
	p.title("Options, stakeholders and groups", "Who is meant by what the other sheets say.")
	row := w.optionRows(p, 4)
	row = w.stakeholderRows(p, row+1)
	w.groupRows(p, row+1)
}

func (w *workbook) optionRows(p page, row int) int {
	p.text(row, 1, "Options, each less business as usual", analysis.HeadingStyle)
	p.header(row+1, "No.", "Option", "Learners", "Priority learners", "Effect", "Unit of the effect")
	w.options = row + 2
	for i, option := range w.m.Appraisal.Options {
		at := w.options + i
		p.put(at, 1, int64(i+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(at, 2, called(option.Name, option.ID), analysis.TextStyle)
		for k, input := range []int{w.m.Learners[i], w.m.Priority[i], w.m.Effects[i]} {
			if input != None {
				p.put(at, 3+k, "="+w.used(input), analysis.PlainStyle, inputFormat(w.m.Inputs[input]))
			}
		}
		p.text(at, 6, option.EffectUnit, analysis.TextStyle)
	}
	return w.options + len(w.m.Appraisal.Options)
}

func (w *workbook) stakeholderRows(p page, row int) int {
	p.text(row, 1, "Stakeholders", analysis.HeadingStyle)
	p.header(row+1, "No.", "Stakeholder", "Public: 1")
	w.people = row + 2
	for i, s := range w.m.Appraisal.Stakeholders {
		p.put(w.people+i, 1, int64(i+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(w.people+i, 2, called(s.Name, s.ID), analysis.TextStyle)
		w.input(p, w.people+i, 3, "Public: "+called(s.Name, s.ID), oneIf(s.Public), analysis.CountFormat)
	}
	return w.people + max(1, len(w.m.Appraisal.Stakeholders))
}

func (w *workbook) groupRows(p page, row int) {
	if len(w.m.Appraisal.Groups) == 0 {
		return
	}
	p.text(row, 1, "Groups", analysis.HeadingStyle)
	p.header(row+1, "No.", "Group", "Income a year", "Persons", "Priority: 1")
	w.groupRow = row + 2
	for i, g := range w.m.Appraisal.Groups {
		at := w.groupRow + i
		p.put(at, 1, int64(i+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(at, 2, called(g.Name, g.ID), analysis.TextStyle)
		for k, list := range [][]int{w.m.Incomes, w.m.Populations} {
			if i < len(list) && list[i] != None {
				p.put(at, 3+k, "="+w.used(list[i]), analysis.PlainStyle, analysis.MoneyFormat)
			}
		}
		w.input(p, at, 5, "Priority: "+called(g.Name, g.ID), oneIf(g.Priority), analysis.CountFormat)
	}
}

// stakeholders is a column of the list of stakeholders.
func (w *workbook) stakeholders(column int) string {
	return on(partiesSheet, area(column, w.people, column, w.people+max(1, len(w.m.Appraisal.Stakeholders))-1))
}

// called is the name for people, the id where there is none.
func called(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

func (w *workbook) optionName(i int) string {
	option := w.m.Appraisal.Options[i]
	return called(option.Name, option.ID)
}
