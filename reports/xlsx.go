package reports

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// XLSX prints a workbook: for a progress report a cover, a scorecard of the
// areas, a sheet an area with native charts, every value in tidy form, methods,
// coverage and sources; for a plain result a sheet a table. Values that are a
// numerator over a denominator are live formulas beside their cached number.
// Equal reports give equal bytes.
var XLSX = &Format{
	Name: "xlsx", Ext: ".xlsx",
	Doc:   "a workbook with charts, live formulas and every value in tidy form",
	Write: writeXLSX,
}

func writeXLSX(w io.Writer, r *Report) error {
	b := newBook(r)
	defer b.file.Close()
	if len(r.Areas) == 0 {
		for _, t := range r.Tables {
			b.plainSheet(t)
		}
		if len(r.Warnings) > 0 || len(r.Tables) == 0 {
			s := b.sheet("Caveats", 24, 100)
			s.warnings(1)
		}
	} else {
		b.cover()
		for _, s := range b.outlined() {
			s.write()
		}
		b.drawPictures()
	}
	b.finish()
	if b.err != nil {
		return fmt.Errorf("write xlsx: %w", b.err)
	}
	return writeNormalised(w, b.file, b.texts)
}

// book is a workbook in the making. The first error stays in err; what follows
// does nothing.
type book struct {
	file     *excelize.File
	report   *Report
	err      error
	styles   map[styleKey]int
	names    map[string]bool   // sheet names in use, in lower case
	areas    []string          // sheet name of each area
	chapters []string          // sheet name of each chapter
	trend    map[string]int    // row of each indicator on the sheet of trends
	spans    map[int]span      // rows of each area there that share a unit
	columns  []analysis.Period // the periods there, in the order of their columns
	tables   int               // Excel tables so far
	pictures []sheetPicture    // drawn when every sheet is there
	texts    []string          // cached texts of formulas
}

func newBook(r *Report) *book {
	b := &book{file: excelize.NewFile(), report: r, styles: map[styleKey]int{}, names: map[string]bool{}, trend: map[string]int{}, spans: map[int]span{}}
	for _, reserved := range []string{"Cover", "Decisions", "Recommendations", "Scorecard", "Trends", "Data", "Methods", "Coverage", "Sources", "Remarks", "Failing rows"} {
		b.names[strings.ToLower(reserved)] = true
	}
	for _, a := range r.Areas {
		b.areas = append(b.areas, b.unique(a.title()))
	}
	for _, c := range r.Chapters {
		b.chapters = append(b.chapters, b.unique(c.Title))
	}
	return b
}

// unique makes text a sheet name: at most 31 characters, without those a sheet
// name may not hold, unlike every other name.
func (b *book) unique(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return '’' // a straight one would end the name in a reference
		case strings.ContainsRune(`[]:*?/\`, r) || unicode.IsControl(r):
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		text = "Sheet"
	}
	name := cutAtWord(text, 31)
	for n := 2; b.names[strings.ToLower(name)]; n++ {
		suffix := fmt.Sprintf(" (%d)", n)
		name = cutAtWord(text, 31-len(suffix)) + suffix
	}
	b.names[strings.ToLower(name)] = true
	return name
}

// cutAtWord cuts text to n UTF-16 units at a space, unless that loses half of
// it, and ends it in … when something was cut.
func cutAtWord(text string, n int) string {
	if cut(text, n) == text {
		return text
	}
	short := cut(text, n-1)
	if at := strings.LastIndex(short, " "); at > len(short)/2 && text[len(short)] != ' ' {
		short = short[:at]
	}
	return short + "…"
}

// cut shortens text to n UTF-16 units, which is how spreadsheets count.
func cut(text string, n int) string {
	units := 0
	for at, r := range text {
		units++
		if r > 0xffff {
			units++
		}
		if units > n {
			return strings.TrimRight(text[:at], " ")
		}
	}
	return text
}

func (b *book) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// finish removes the sheet every new workbook starts with and sets what the
// file says about itself.
func (b *book) finish() {
	b.fail(b.file.DeleteSheet("Sheet1"))
	b.file.SetActiveSheet(0)
	stamp := b.report.stamp()
	b.fail(b.file.SetDocProps(&excelize.DocProperties{
		Title: cut(printable(b.report.Title), 255), Creator: cut(printable(b.report.Engine), 255), Identifier: b.report.Inputs,
		Created: stamp.Format(time.RFC3339), Modified: stamp.Format(time.RFC3339),
	}))
}

// stamp is the date of a report's files, the end of the reporting period: the clock
// would make equal reports differ.
func (r *Report) stamp() time.Time {
	if p, ok := r.period(); ok {
		return p.End
	}
	return zipStart
}

// period returns the reporting period itself, found by its label among the values.
func (r *Report) period() (analysis.Period, bool) {
	for _, i := range r.indicators() {
		if i.Headline.Period.Label == r.Period && !i.Headline.Period.IsZero() {
			return i.Headline.Period, true
		}
	}
	return analysis.Period{}, false
}

// failing prints the rows that break declared rules, for whoever mends the files.
func (b *book) failing() {
	if len(b.report.Failing.Rows) == 0 {
		return
	}
	s := b.sheet("Failing rows")
	s.tidy(1, b.report.Failing)
	s.freeze(1, 0)
}

// plainSheet prints one table of a plain result.
func (b *book) plainSheet(t analysis.Table) {
	s := b.sheet(b.unique(t.Name))
	s.tidy(1, t)
	s.freeze(1, 0)
}
