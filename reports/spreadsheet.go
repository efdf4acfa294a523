package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// Spreadsheet prints a workbook that goes on calculating: formulas with the
// results they have now, named cells, choices and native charts. The language
// decides which way its sheets are written; engine is the program that made it.
// Equal spreadsheets give equal bytes.
func Spreadsheet(w io.Writer, s analysis.Spreadsheet, engine, language string) error {
	b := newBook(&Report{Result: analysis.Result{Title: s.Title}, City: s.Title, Engine: engine, Language: language})
	defer b.file.Close()
	for _, page := range s.Sheets {
		b.spreadsheetSheet(page)
	}
	for _, page := range s.Sheets {
		b.spreadsheetCharts(page)
	}
	b.finish()
	if b.err != nil {
		return fmt.Errorf("write xlsx: %w", b.err)
	}
	return writeNormalised(w, b.file, b.texts)
}

// spreadsheetSheet prints one sheet's cells.
func (b *book) spreadsheetSheet(page analysis.Sheet) {
	s := b.sheet(page.Name, page.Widths...)
	for _, c := range page.Cells {
		s.spreadsheetCell(c)
	}
	if page.Rows > 0 || page.Columns > 0 {
		s.freeze(max(1, page.Rows), page.Columns)
	}
}

func (s worksheet) spreadsheetCell(c analysis.Cell) {
	key := cellKey(c)
	switch {
	case c.Link != "":
		s.link(c.Column, c.Row, fmt.Sprint(c.Value), c.Link)
	case c.Formula != "":
		s.put(c.Column, c.Row, liveCell(c), key)
	case c.Style == analysis.ProseStyle && c.Span > 1:
		s.prose(c.Row, c.Column, c.Column+c.Span-1, fmt.Sprint(c.Value))
	default:
		s.put(c.Column, c.Row, c.Value, key)
	}
	if c.Span > 1 && (c.Style != analysis.ProseStyle || c.Formula != "") {
		s.fail(s.file.MergeCell(s.name, cellName(c.Column, c.Row), cellName(c.Column+c.Span-1, c.Row)))
	}
	cell := cellName(c.Column, c.Row)
	if c.Name != "" {
		s.fail(s.file.SetDefinedName(&excelize.DefinedName{Name: c.Name, RefersTo: quoted(s.name) + "!" + absolute(c.Column, c.Row)}))
	}
	if len(c.Choices) > 0 {
		s.choices(cell, c.Choices)
	}
	if c.Style == analysis.CheckStyle {
		s.colourCheck(cell)
	}
}

// liveCell is a formula with the result it has now.
func liveCell(c analysis.Cell) any {
	if text, ok := c.Value.(string); ok {
		return textFormula{c.Formula, text}
	}
	x, _ := c.Value.(float64)
	return formula{c.Formula, x}
}

// textFormula is a live cell that gives text.
type textFormula struct{ text, value string }

// choices lets a person choose from a list. Lists are this program's own words:
// one with a comma in it would be read as two.
func (s worksheet) choices(cell string, list []string) {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(cell)
	rule.SetError(excelize.DataValidationErrorStyleStop, "Not a choice", "Choose one of: "+strings.Join(list, ", "))
	s.fail(rule.SetDropList(list))
	s.fail(s.file.AddDataValidation(s.name, rule))
}

// colourCheck colours a cell by whether its text begins with ok.
func (s worksheet) colourCheck(cell string) {
	var rules []excelize.ConditionalFormatOptions
	for _, status := range []analysis.Status{analysis.Better, analysis.Worse} {
		l := looks[status]
		style, err := s.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: l.Ink}, Fill: solid(l.Ground)})
		s.fail(err)
		sign := map[bool]string{true: "=", false: "<>"}[status == analysis.Better]
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: "LEFT(" + cell + ",2)" + sign + `"ok"`, Format: &style})
	}
	s.fail(s.file.SetConditionalFormat(s.name, cell, rules))
}
