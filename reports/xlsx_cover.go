package reports

import (
	"cmp"
	"fmt"
	"strings"

	"pediment/analysis"
)

// cover writes the first sheet: what this is, how to read it, what is in it.
func (b *book) cover() {
	r := b.report
	s := b.sheet("Cover", 34, 92)
	s.put(1, 1, clip(r.Title, 90), styleKey{kind: titleCell})
	s.put(1, 2, headline(r), styleKey{kind: headingCell})
	row := 4
	fact := func(name string, value any, key styleKey) {
		s.put(1, row, name, styleKey{kind: leadCell})
		s.put(2, row, value, key)
		row++
	}
	text := styleKey{kind: wrapCell}
	fact("Edition", cmp.Or(r.mark(), r.Edition), text)
	fact("City", r.City, text)
	fact("Reporting period", r.Period, text)
	if p, ok := r.period(); ok {
		date := styleKey{kind: wrapCell, format: dateFormat}
		fact("First day", p.Start, date)
		fact("Last day", p.End.AddDate(0, 0, -1), date)
	}
	fact("In short", lead(r), text)
	fact("Framework", r.Framework, text)
	fact("Made by", r.Engine, text)
	fact("Run", r.Run(), text)
	fact("Hash of all inputs", r.Inputs, text)
	row = b.howToRead(s, row+1)
	b.contents(s, row+1)
}

// howToRead explains the signs of the workbook.
func (b *book) howToRead(s worksheet, row int) int {
	s.put(1, row, "How to read it", styleKey{kind: headingCell})
	for _, status := range append(statusOrder[:len(statusOrder):len(statusOrder)], mixed) {
		row++
		s.put(1, row, chipText(status), styleKey{kind: chipCell, status: status})
		for _, m := range statusMeanings {
			if m.status == status {
				s.put(2, row, m.text, styleKey{kind: wrapCell})
			}
		}
	}
	for _, entry := range [][2]string{
		{"Figures", "Cells hold full precision and show no more digits than the standard error supports. Percentages are stored as 38.6, not 0.386."},
		{"Formulas", "A value that is a numerator over a denominator is a live formula; change either and it follows. All other figures are the engine’s."},
		{"Empty cells", "A value that is not there is empty, never zero; its state says why."},
		{stateIcon(analysis.Confidential) + " Confidential", "Withheld because so few people stand behind it that they might be recognised, or because it would give such a group away."},
		{stateIcon(analysis.Unreliable) + " Unreliable", "Too uncertain to show by the city’s standard of reliability; nobody could be recognised by it."},
	} {
		row++
		s.put(1, row, entry[0], styleKey{kind: leadCell})
		s.put(2, row, entry[1], styleKey{kind: wrapCell})
	}
	return row + 1
}

// contents lists the sheets with links.
func (b *book) contents(s worksheet, row int) {
	s.put(1, row, "Contents", styleKey{kind: headingCell})
	for _, sheet := range b.outlined() {
		row++
		s.link(1, row, sheet.name, sheet.name)
		s.put(2, row, sheet.about, styleKey{kind: wrapCell})
	}
}

// chipText is a status as icon and word.
func chipText(status analysis.Status) string {
	return looks[status].Icon + " " + looks[status].Word
}

// scorecard writes one row an area: how many indicators stand how.
func (b *book) scorecard() {
	s := b.sheet("Scorecard", 8, 48, 24, 20, 8, 8, 9, 9, 10, 9, 9, 10, 9, 26, 44)
	s.put(1, 1, "Scorecard "+b.report.Period, styleKey{kind: titleCell})
	columns := []columnView{{"Area", false}, {"Name", false}, {"Group", false}, {"Status", false}, {"Total", true}, {"Known", true}}
	for _, status := range statusOrder {
		columns = append(columns, columnView{sentenceCase(looks[status].Word), true})
	}
	s.header(3, append(columns, columnView{"Why values are absent", false}, columnView{"Weakest indicator", false})...)
	row := 3
	number := styleKey{format: "0"}
	for i, a := range b.report.Areas {
		row++
		sum := summarise(a.Indicators)
		s.put(1, row, a.Code, styleKey{})
		if b.report.Says(Areas) {
			s.link(2, row, a.Name, b.areas[i])
		} else {
			s.put(2, row, a.Name, styleKey{})
		}
		s.put(3, row, a.Group, styleKey{kind: wrapCell})
		s.put(4, row, chipText(sum.Status()), styleKey{kind: chipCell, status: sum.Status()})
		s.put(5, row, sum.Total, number)
		s.put(6, row, sum.Known, number)
		for k, status := range statusOrder {
			s.put(7+k, row, sum.By[status], number)
		}
		s.put(7+len(statusOrder), row, sum.Absent(), styleKey{kind: wrapCell})
		s.put(8+len(statusOrder), row, sum.WeakestText(), styleKey{kind: wrapCell})
	}
	b.scorecardTotal(s, row+1)
	s.freeze(3, 2)
}

// scorecardTotal adds the columns up with live formulas.
func (b *book) scorecardTotal(s worksheet, row int) {
	sum := summarise(b.report.indicators())
	total := styleKey{kind: totalCell, format: "0"}
	for column := 1; column <= 8+len(statusOrder); column++ {
		s.put(column, row, nil, total)
	}
	s.put(2, row, "All areas", styleKey{kind: totalCell})
	values := []int{sum.Total, sum.Known}
	for _, status := range statusOrder {
		values = append(values, sum.By[status])
	}
	for k, value := range values {
		column := strings.TrimRight(cellName(5+k, 1), "1")
		s.put(5+k, row, formula{fmt.Sprintf("SUM(%s4:%s%d)", column, column, row-1), float64(value)}, total)
	}
	s.put(7+len(statusOrder), row, sum.Absent(), styleKey{kind: totalCell})
}
