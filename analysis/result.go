package analysis

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"strings"
)

// Result is what every computation yields and every format prints.
type Result struct {
	Title    string    `json:"title"`
	Tables   []Table   `json:"tables"`
	Charts   []Chart   `json:"charts"`
	Warnings []Warning `json:"warnings"`
}

// Table is a named table. Cells are string, float64, int64, bool or nil; a
// float64 that is NaN or infinite prints as absent.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

// Column names a table's column. Type is "text", "number", "integer" or
// "boolean"; Unit is "" or what the numbers count.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Unit string `json:"unit"`
}

// Columns makes columns of "name", "name:type" or "name:type:unit"; the type is
// text where none is given.
func Columns(specs ...string) []Column {
	list := make([]Column, len(specs))
	for k, spec := range specs {
		parts := append(strings.SplitN(spec, ":", 3), "", "")
		list[k] = Column{Name: parts[0], Type: cmp.Or(parts[1], "text"), Unit: parts[2]}
	}
	return list
}

// Warning is a caveat on what it is about: an indicator, a table, a dataset.
type Warning struct {
	About string `json:"about"`
	Text  string `json:"text"`
}

// Chart is a picture as data, whatever draws it. Every point keeps its interval.
type Chart struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`              // what it shows
	Under  string   `json:"subtitle,omitempty"` // what is measured, in which unit, of which period; "" says the unit only
	Text   string   `json:"text"`               // the same in a sentence, for those who do not see it
	Kind   Kind     `json:"kind"`
	Unit   string   `json:"unit"`
	Source string   `json:"source"` // data source and n, printed under the chart
	Labels []string `json:"labels"` // periods or groups, in order
	Series []Series `json:"series"`
	Marks  []Mark   `json:"marks,omitempty"` // lines across the picture
	Links  []Link   `json:"links,omitempty"` // of a Sankey, in place of series: flows between its labels
	Shapes []Shape  `json:"-"`               // of a Map: the outline of each label, none where it is not known
}

// Kind is how a chart is drawn.
type Kind string

// The kinds of charts.
const (
	Line      Kind = "line"      // series over periods, with their intervals as bands
	Dot       Kind = "dot"       // groups one under the other, each with its interval
	Bar       Kind = "bar"       // bars from zero
	Stack     Kind = "stack"     // bars that add up
	Waterfall Kind = "waterfall" // steps from one sum to the next
	Tornado   Kind = "tornado"   // what moves a result, largest first
	Density   Kind = "density"   // how often each range of a result comes up
	Bullet    Kind = "bullet"    // the first series as a bar from zero, series of tone Path as ticks on it: target and actual
	Dumbbell  Kind = "dumbbell"  // two series joined by a line at each label: a gap
	Likert    Kind = "likert"    // answers from worst to best by tone, drawn to both sides of the middle; shares of 100
	Multiples Kind = "multiples" // a small picture for each series over the same periods and scale; the first stands behind all others
	Map       Kind = "map"       // one series, a value for each shape
	Sankey    Kind = "sankey"    // flows from sources to uses
)

// Mark is a line across a chart: a target at a value, or at a label where a
// series breaks. At is "" for a line all along; Value is NaN for a break.
type Mark struct {
	Text  string  `json:"text"`
	At    string  `json:"at,omitempty"`
	Value float64 `json:"value"`
}

// MarshalJSON writes the mark with null where it has no value.
func (m Mark) MarshalJSON() ([]byte, error) {
	return plainJSON(struct {
		Text  string   `json:"text"`
		At    string   `json:"at,omitempty"`
		Value *float64 `json:"value"`
	}{m.Text, m.At, finite([]float64{m.Value})[0]})
}

// Link is a flow between two labels of a chart, in its unit.
type Link struct {
	From  string  `json:"from"`
	To    string  `json:"to"`
	Value float64 `json:"value"`
}

// Shape is the outline of a place: rings of longitude and latitude in degrees, the
// first of each polygon its border, the others holes.
type Shape struct {
	Code, Name, Kind string // of the place
	Polygons         [][][][2]float64
}

// Series is one line or set of dots; Value, Low and High run along the chart's
// labels, NaN where there is nothing to draw.
type Series struct {
	Name  string    `json:"name"`
	Tone  Tone      `json:"tone,omitempty"`
	Value []float64 `json:"value"`
	Low   []float64 `json:"low"`
	High  []float64 `json:"high"`
}

// Tone says what a series means where a colour may tell: the zero Tone is a series
// like any other.
type Tone string

// The tones of a series: a path that is wanted, not measured, and how good a
// status is.
const (
	Path Tone = "path"
	Good Tone = "good"
	Fair Tone = "fair"
	Poor Tone = "poor"
	Bad  Tone = "bad"
	Even Tone = "even" // neither good nor bad: the middle of a Likert scale
)

// MarshalJSON writes the series with null where a number is absent.
func (s Series) MarshalJSON() ([]byte, error) {
	return plainJSON(struct {
		Name  string     `json:"name"`
		Tone  Tone       `json:"tone,omitempty"`
		Value []*float64 `json:"value"`
		Low   []*float64 `json:"low"`
		High  []*float64 `json:"high"`
	}{s.Name, s.Tone, finite(s.Value), finite(s.Low), finite(s.High)})
}

func finite(numbers []float64) []*float64 {
	out := make([]*float64, len(numbers))
	for i, x := range numbers {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			out[i] = &x
		}
	}
	return out
}

// MarshalJSON writes the chart with empty lists as [].
func (c Chart) MarshalJSON() ([]byte, error) {
	type plain Chart
	c.Labels, c.Series = listed(c.Labels), listed(c.Series)
	return plainJSON(plain(c))
}

// MarshalJSON writes the table with null where a cell is absent and empty lists
// as [].
func (t Table) MarshalJSON() ([]byte, error) {
	type plain Table
	t.Columns = listed(t.Columns)
	rows := make([][]any, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = make([]any, len(row))
		for j, cell := range row {
			if x, ok := cell.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
				cell = nil
			}
			rows[i][j] = cell
		}
	}
	t.Rows = rows
	return plainJSON(plain(t))
}

// MarshalJSON writes empty lists as [], as scripts expect.
func (r Result) MarshalJSON() ([]byte, error) {
	type plain Result
	r.Tables, r.Charts, r.Warnings = listed(r.Tables), listed(r.Charts), listed(r.Warnings)
	return plainJSON(plain(r))
}

// listed returns the list, an empty one for nil, which JSON would call null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// plainJSON is json.Marshal that leaves <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return out.Bytes(), err
}

// Warn appends a warning unless the same was given already.
func (r *Result) Warn(about, text string) {
	w := Warning{about, text}
	for _, have := range r.Warnings {
		if have == w {
			return
		}
	}
	r.Warnings = append(r.Warnings, w)
}
