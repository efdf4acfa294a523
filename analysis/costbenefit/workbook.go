package costbenefit

import "pediment/analysis"

// The sheets of an appraisal's workbook.
const (
	coverSheet       = "Cover"
	assumptionsSheet = "Assumptions"
	scenariosSheet   = "Scenarios"
	ratesSheet       = "Rates"
	timelineSheet    = "Timeline"
	partiesSheet     = "Parties"
	linesSheet       = "Lines"
	amountsSheet     = "Amounts"
	calculationSheet = "Calculation"
	residualSheet    = "Residual values"
	cashSheet        = "Cash flow"
	returnsSheet     = "IRR and payback"
	resultsSheet     = "Results"
	chartsSheet      = "Charts"
	whoSheet         = "Who pays and gains"
	groupsSheet      = "Groups"
	fundingSheet     = "Funding"
	sensitivitySheet = "Sensitivity"
	monteCarloSheet  = "Monte Carlo"
	changesSheet     = "Changes"
	checksSheet      = "Checks"
)

// workbook is a workbook in the making. What is calculated in it is written from
// the model's inputs, not from what the engine computed; the engine's figures
// stand beside the sheets' own.
type workbook struct {
	m      *Model
	o      Outcome // the engine's, at the model's own values
	result analysis.Result
	names  []string // by input, of its cells
	pages  map[string]page
	book   analysis.Spreadsheet
	inputs []delivered
	checks []sheetCheck

	rows      []int // by input, of its row among the assumptions
	stays     int   // row where the funding under each scenario begins
	chain     int   // row of step 0 among the chained factors
	options   int   // rows where options, stakeholders and groups begin
	people    int
	groupRow  int
	residual  []int // by flow, of its residual value; 0 none
	residuals int
	cash      []cashRows
	back      []returnRows
	fund      fundRows

	resultRow  map[string]int // of each measure
	lastResult int
}

// delivered is a run of input cells of one row as the file was made with them.
type delivered struct {
	sheet, name string
	row, column int
	values      []any
}

// Workbook returns the appraisal as a workbook that goes on calculating: change
// an input and its results follow. Its formulas are written from the inputs, not
// from what the engine computed; the engine's figures stand beside the workbook's
// own. What cannot be live, sensitivity and Monte Carlo, comes out of the result's
// tables and says so; a result without them leaves their sheets out. The error
// names cells that cannot be calculated, as where something is divided by 0.
func (m *Model) Workbook(r analysis.Result) (analysis.Spreadsheet, error) {
	book := m.draft(r).book
	return book, book.Calculate()
}

// draft writes the workbook's cells; its formulas have no values yet.
func (m *Model) draft(r analysis.Result) *workbook {
	w := &workbook{m: m, o: m.Compute(m.Values()), result: r, names: stems(m.Inputs), pages: map[string]page{}}
	w.book.Title = m.Appraisal.Title
	w.assumptions()
	w.scenarios()
	w.rates()
	w.timeline()
	w.parties()
	w.lines()
	w.amounts()
	w.placeResiduals()
	w.calculation()
	w.residualValues()
	w.cashFlow()
	w.returns()
	w.placeFunding()
	w.results()
	w.who()
	w.groups()
	w.funding()
	w.chartsPage()
	w.sensitivity()
	w.monteCarlo()
	w.changes()
	w.checksPage()
	w.cover()
	for _, name := range w.tabs() {
		w.pages[name].alignHeaders()
		w.pages[name].fill()
		w.book.Sheets = append(w.book.Sheets, *w.pages[name].Sheet)
	}
	return w
}

// sheet adds a sheet with columns of the given widths.
func (w *workbook) sheet(name string, widths ...float64) page {
	p := page{&analysis.Sheet{Name: name, Widths: widths}}
	w.pages[name] = p
	return p
}

// timed adds a sheet with the timeline.
func (w *workbook) timed(name string, widths ...float64) page {
	for range w.m.Columns {
		widths = append(widths, 13)
	}
	return w.sheet(name, widths...)
}

// input writes a cell that is meant to be changed and remembers what it held.
func (w *workbook) input(p page, row, column int, name string, value any, format analysis.NumberFormat) *analysis.Cell {
	w.inputs = append(w.inputs, delivered{p.Name, name, row, column, []any{value}})
	return p.put(row, column, value, analysis.InputStyle, format)
}

// inputRow does the same for a row of cells.
func (w *workbook) inputRow(p page, row, column int, name string, values []float64, format analysis.NumberFormat) {
	d := delivered{p.Name, name, row, column, nil}
	for i, value := range values {
		p.put(row, column+i, value, analysis.InputStyle, format)
		d.values = append(d.values, value)
	}
	w.inputs = append(w.inputs, d)
}
