package reports

import (
	"strings"

	"pediment/analysis"
)

// data writes every value in tidy form as an Excel table.
func (b *book) data() {
	s := b.sheet("Data")
	table, ok := mainTable(b.report.Result)
	if !ok {
		s.put(1, 1, "The report holds no table of values.", styleKey{kind: leadCell})
		return
	}
	s.tidy(1, table)
	s.freeze(1, 1)
}

// texts are columns of text with these names.
func texts(names ...string) []columnView {
	columns := make([]columnView, len(names))
	for i, name := range names {
		columns[i].Name = name
	}
	return columns
}

// methods writes how the figures were made and every definition.
func (b *book) methods() {
	s := b.sheet("Methods", 9, 46, 30, 30, 13, 9, 12, 9, 34, 9, 10, 9, 14, 34)
	s.put(1, 1, "Methods and definitions", styleKey{kind: titleCell})
	row := 2
	for _, paragraph := range append([]string{b.report.Framework}, b.report.Methods...) {
		row++
		s.prose(row, 1, 8, paragraph)
	}
	row += 2
	s.header(row, texts("Code", "Indicator and meaning", "Numerator", "Denominator", "Unit", "Better", "Looks back on", "Kind", "Formula",
		"SDG", "Standing", "Verified", "Version", "Notes")...)
	s.freeze(row, 0)
	for _, i := range b.report.indicators() {
		row++
		verified := "no"
		if i.Verified {
			verified = "yes"
		}
		meaning := i.Name
		if i.Definition != "" {
			meaning += ": " + i.Definition
		}
		for k, text := range []string{i.Code, meaning, i.Numerator, i.Denominator, i.Unit, i.Better, i.Window, i.Kind, i.Formula,
			strings.Join(i.SDG, ", "), i.Status, verified, i.Hash, i.Notes} {
			s.put(k+1, row, text, styleKey{kind: wrapCell})
		}
	}
}

// coverage writes what cannot be computed and what would fill it.
func (b *book) coverage() {
	s := b.sheet("Coverage", 8, 12, 46, 16, 60, 60)
	s.put(1, 1, "What cannot be computed", styleKey{kind: titleCell})
	s.header(3, texts("Area", "Code", "Indicator", "State", "Why", "What would fill it")...)
	s.freeze(3, 0)
	row := 3
	for _, a := range b.report.Areas {
		for _, i := range a.Indicators {
			if known(i.Headline) {
				continue
			}
			row++
			for k, text := range []string{a.Code, i.Code, i.Name, string(absence(i.Headline)), i.Headline.Reason, i.Fill} {
				s.put(k+1, row, text, styleKey{kind: wrapCell})
			}
		}
	}
	if row == 3 {
		s.put(1, 4, "Every indicator has a value.", styleKey{kind: leadCell})
		row++
	}
	if table, ok := tableNamed(b.report.Result, "coverage"); ok && len(table.Rows) > 0 {
		s.put(1, row+2, "Coverage by indicator and period", styleKey{kind: headingCell})
		s.rows(row+3, table)
	}
}

// rows writes a table under others, keeping the sheet's column widths.
func (s worksheet) rows(row int, t analysis.Table) int {
	s.header(row, columnViews(t)...)
	for _, cells := range t.Rows {
		row++
		s.tidyRow(row, t, cells)
	}
	return row + 1
}

// remarks writes what stakeholders said; no sheet when nobody did.
func (b *book) remarks() {
	if len(b.report.Remarks) == 0 {
		return
	}
	s := b.sheet("Remarks", 14, 30, 30, 70, 60)
	s.put(1, 1, "What stakeholders said", styleKey{kind: titleCell})
	s.header(3, texts("Date", "About", "Stakeholder", "What was said", "Response")...)
	s.freeze(3, 0)
	for at, remark := range b.report.Remarks {
		for k, text := range []string{remark.Date, remark.About, remark.Stakeholder, remark.Text, remark.Response} {
			s.put(k+1, 4+at, text, styleKey{kind: wrapCell})
		}
	}
}

// sources writes the files behind the report, the rows that could not be read,
// and the caveats.
func (b *book) sources() {
	s := b.sheet("Sources", 26, 60, 40, 16, 18, 30, 40)
	s.put(1, 1, "Data behind the report", styleKey{kind: titleCell})
	s.header(3, append(texts("Dataset", "File", "SHA-256", "Kind"), columnView{"Rows", true}, columnView{"Rejected", true}, columnView{"State", false})...)
	row := 3
	for _, source := range b.report.Sources {
		row++
		for k, value := range []any{source.Dataset, source.File, source.Hash, source.Kind, source.Rows, source.Rejected, source.State} {
			key := styleKey{kind: wrapCell}
			if _, number := value.(int64); number {
				key.format = numberFormat("", 0)
			}
			s.put(k+1, row, value, key)
		}
	}
	row += 2
	s.put(1, row, "Rows that could not be read", styleKey{kind: headingCell})
	if len(b.report.Rejects.Rows) == 0 {
		s.put(1, row+1, "None.", styleKey{kind: leadCell})
		row += 3
	} else {
		row = s.rows(row+1, b.report.Rejects) + 1
	}
	s.put(1, row, "Caveats", styleKey{kind: headingCell})
	s.warnings(row + 1)
}
