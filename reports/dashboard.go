package reports

import (
	"context"
	"net/http"

	"pediment/analysis"
)

// Dashboard serves a city's report as pages. A func that is nil is something this
// dashboard does not do; the pages leave it out.
type Dashboard struct {
	Public   func() *Frozen // what everybody may read; nil while nothing was published
	Internal func() *Frozen // what signed-in readers see
	Accounts *Accounts      // who can sign in; nil for nobody
	Remarks  *RemarkBook    // what readers leave; nil where they cannot
	Open     bool           // readers without an account may leave remarks too

	// View computes a view of a signed-in reader's own, of the internal edition.
	View func(context.Context, analysis.Query) (analysis.Result, error)
	// Explain takes one number down to its formula, inputs and rows. Addresses of rows
	// are for signed-in readers.
	Explain func(context.Context, analysis.Query, bool) (analysis.Result, error)
	// Appraise computes an appraisal again with levers moved, as a chapter of the
	// report, and lists its levers with their values.
	Appraise func(ctx context.Context, name string, moved map[string]float64) (Chapter, []Lever, error)
	// Workbook writes that appraisal as a workbook that recalculates.
	Workbook func(ctx context.Context, name string, moved map[string]float64) ([]byte, error)
}

// Lever is a number of an appraisal that a reader may move between Low and High.
type Lever struct {
	ID, Label, Unit  string
	Value, Low, High float64
	Step             float64
}

// Frozen is a report that is served until another takes its place, with what
// pages need of it prepared once.
type Frozen struct {
	*Report
	Preview bool   // not published yet
	Problem string // why later files are not in it yet, "" when they are
	view    *page
}

// Freeze prepares a report to be served.
func Freeze(r *Report) (*Frozen, error) {
	view, err := newPage(r)
	return &Frozen{Report: r, view: view}, err
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
// may ask for it, and the answer. An error is answered in one place.
type route struct {
	pattern string
	roles   []Role // none means everybody
	answer  func(*visit) error
}
