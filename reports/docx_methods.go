package reports

import "fmt"

// methods prints how the figures were made and of what.
func (d *word) methods() {
	for _, text := range d.Methods {
		d.paragraph("Normal", said(text))
	}
	d.paragraph("Normal", said("Figures are rounded to the digits their standard error supports; they may not add up because of rounding. The workbook and the data package keep full precision. Every definition stands on the page and in the workbook."))
	d.warnings(d.Warnings)
	if len(d.Sources) > 0 {
		d.heading(2, "sources", "Data behind the report")
		columns := []wordColumn{{name: "Dataset"}, {name: "Kind"}, {name: "File"}, {name: "Rows", number: true}, {name: "Rejected", number: true}, {name: "SHA-256"}}
		var rows [][]wordCell
		for _, s := range d.Sources {
			rows = append(rows, []wordCell{cellOf(said(s.Dataset)), cellOf(said(s.Kind)), cellOf(said(s.File)), cellOf(said(count(s.Rows))), cellOf(said(count(s.Rejected))), cellOf(inked{text: short(s.Hash), code: true})})
		}
		d.grid("Data behind the report", columns, rows)
	}
	if len(d.RejectTable.Rows) > 0 {
		d.heading(3, "", "Rows that could not be read")
		d.table(d.RejectTable)
	}
	if n := len(d.FailingTable.Rows); n > 0 {
		d.paragraph("Note", said(fmt.Sprintf("%s break a declared rule; the workbook lists them with the line or cell of their file.", sentenceCase(counted(n, "row")))))
	}
	d.heading(2, "glossary", "Signs and words")
	for _, g := range glossary() {
		term := strong(g.Term)
		if g.Look != nil {
			term = d.chip(*g.Look)
		}
		d.paragraph("Term", term, said("\u2002"+g.Text))
	}
}
