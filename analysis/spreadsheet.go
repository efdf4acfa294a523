package analysis

// Spreadsheet is a workbook as data: sheets whose formulas go on calculating when
// a person changes an input. Who knows the calculation writes it; the reports
// print it.
type Spreadsheet struct {
	Title  string
	Sheets []Sheet // in the order of their tabs
}

// Sheet is one sheet. Name is at most 31 characters and holds none of []:*?/\'.
type Sheet struct {
	Name    string
	Widths  []float64 // of the columns, in characters
	Rows    int       // rows at the top that stay in view, 0 none
	Columns int       // columns on the left that stay in view
	Cells   []Cell    // in any order, no two in one place
	Charts  []SheetChart
}

// Cell is one cell of a sheet.
type Cell struct {
	Row, Column int    // from 1
	Value       any    // string, float64, int64, bool or nil; of a formula what the engine has for it
	Formula     string // without the sign of equality, "" for a plain value; functions in English, commas between arguments
	Style       CellStyle
	Format      NumberFormat
	Name        string   // defined name of the cell in the whole workbook, "" none
	Span        int      // columns it is merged across, 0 and 1 for none; only texts, never in a calculation
	Link        string   // name of the sheet it leads to, "" none
	Choices     []string // what may be chosen in it, nil for anything
}

// CellStyle says what a cell is; the reports decide how that looks.
type CellStyle string

// The styles of cells.
const (
	PlainStyle   CellStyle = ""
	TitleStyle   CellStyle = "title"
	HeadingStyle CellStyle = "heading"
	LeadStyle    CellStyle = "lead"   // quiet text
	ProseStyle   CellStyle = "prose"  // a paragraph, wrapped across its span
	HeaderStyle  CellStyle = "header" // of a column
	TextStyle    CellStyle = "text"   // wrapped
	InputStyle   CellStyle = "input"  // meant to be changed
	TotalStyle   CellStyle = "total"
	StaticStyle  CellStyle = "static" // a result that does not recalculate, and says so
	GoodStyle    CellStyle = "good"   // a check that holds
	BadStyle     CellStyle = "bad"    // a check that fails
	CheckStyle   CellStyle = "check"  // a formula that gives "ok", "changed" or something else: coloured by what it gives
)

// NumberFormat is how a cell's number prints.
type NumberFormat string

// The formats of numbers.
const (
	GeneralFormat NumberFormat = ""
	MoneyFormat   NumberFormat = "money"   // whole units, thousands apart
	CentsFormat   NumberFormat = "cents"   // two decimals, thousands apart
	PercentFormat NumberFormat = "percent" // of a fraction, one decimal
	RatioFormat   NumberFormat = "ratio"   // two decimals
	FactorFormat  NumberFormat = "factor"  // six decimals
	CountFormat   NumberFormat = "count"   // whole numbers
	YearFormat    NumberFormat = "year"    // whole numbers without thousands apart
)

// SheetChart is a native chart over ranges of the workbook.
type SheetChart struct {
	Row, Column   int // of its upper left corner, from 1
	Width, Height int // in pixels; 0: 640 by 340
	Kind          SheetChartKind
	Title         string
	Text          string // what it shows, for those who do not see it
	Across, Up    string // titles of the axes
	Format        NumberFormat
	Categories    string // range of the labels, as in 'Cash flow'!$C$4:$M$4
	Series        []SheetSeries
}

// SheetChartKind is how a chart draws its series.
type SheetChartKind string

// The kinds of native charts.
const (
	LineChart          SheetChartKind = "line"
	ColumnChart        SheetChartKind = "column"
	StackedColumnChart SheetChartKind = "stacked column"
	BarChart           SheetChartKind = "bar"         // lying, first category on top
	StackedBarChart    SheetChartKind = "stacked bar" // lying, first category on top
)

// SheetSeries is one series of a chart. An invisible one carries the next in a
// stack, as under the steps of a waterfall.
type SheetSeries struct {
	Name      string // reference to the cell that names it
	Values    string // range
	Colour    int    // of the palette from 1; 0: the next
	Invisible bool
	Line      bool // drawn as a line over columns
}
