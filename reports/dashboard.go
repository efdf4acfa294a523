package reports

import (
	"context"
	"log/slog"
	"net/http"

	"pediment/analysis"
)

// Dashboard serves a city's report as pages. A func that is nil is something this
// dashboard does not do; the pages leave it out.
type Dashboard struct {
	Public   func() *Frozen // what everybody may read; nil while nothing was published
	Internal func() *Frozen // what signed-in readers see
	Absent   func() string  // why there is nothing to see for everybody
	Problem  func() string  // why later files are not in it yet, "" when they are
	Accounts *Accounts      // who can sign in; nil for nobody
	Remarks  *RemarkBook    // what readers leave; nil where they cannot
	Open     bool           // readers without an account may leave remarks too
	Site     Site           // how it is reached

	// View computes a view of a signed-in reader's own, of the internal edition.
	View func(context.Context, analysis.Query) (analysis.Result, error)
	// Explain takes one number down to its formula, inputs and rows. Addresses of rows
	// are for signed-in readers; others are told of what was published alone.
	Explain func(ctx context.Context, one Asked, rows bool) (analysis.Result, error)
	// Current reports whether the public report is what the data give now; nil for yes.
	// While it is not, nothing is explained to everybody.
	Current func() bool
	// Appraise computes an appraisal again with levers moved, as a chapter of the
	// report, and lists its levers with their values.
	Appraise func(ctx context.Context, name string, moved map[string]float64) (Chapter, []Lever, error)
	// Workbook writes that appraisal as a workbook that recalculates.
	Workbook func(ctx context.Context, name string, moved map[string]float64) ([]byte, error)

	Formats []*Format    // whole renditions that can be taken away; none means page and workbook
	Log     *slog.Logger // where faults are told; nil for nowhere

	rooms rooms
	guard *guard
}

// Asked names one number of a report.
type Asked struct {
	Code   string
	Period string // label, "" for that of the headline
	Place  string // code, "" for the whole city
	Group  analysis.Group
}

// Lever is a number of an appraisal that a reader may move between Low and High.
type Lever struct {
	ID, Label, Unit  string // the unit is "percent", "year" or what the number counts
	Value, Low, High float64
	Step             float64
	Given            float64 // as the appraisal has it
	Note             string  // at which value the verdict turns, "" when that is not known
}

// Frozen is a report that is served until another takes its place, with what
// pages need of it prepared once.
type Frozen struct {
	*Report
	Preview bool // not published yet
	view    *page
	files   map[string]analysis.Table // tables that can be taken away, by name
	charts  map[string]analysis.Chart // pictures that can be taken away, by name
	choices choices                   // what can be filtered by
	shelf   shelf                     // what was made for readers already
}

// Freeze prepares a report to be served.
func Freeze(r *Report) (*Frozen, error) {
	view, err := newPage(r)
	if err != nil {
		return nil, err
	}
	f := &Frozen{Report: r, view: view, choices: newChoices(r, nil)}
	f.files, f.charts = takeable(view)
	return f, nil
}

// visit is one request: by whom, and what report it is answered from.
type visit struct {
	*Dashboard
	w      http.ResponseWriter
	r      *http.Request
	reader *Account // nil for an anonymous reader
	frozen *Frozen  // the edition the reader may see
}

// route is a page or an action of the dashboard: a pattern of http.ServeMux, who
// may ask for it, and one of a page and an answer. An error is answered in one place.
type route struct {
	pattern string
	roles   []Role // none means everybody
	answer  func(*visit) error
	// page makes what the reader sees of the report. For anonymous readers it is made
	// once for each address, so it may depend on the path alone.
	page func(*visit) (screen, error)
}
