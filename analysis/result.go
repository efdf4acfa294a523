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
	Title  string   `json:"title"` // what it shows
	Text   string   `json:"text"`  // the same in a sentence, for those who do not see it
	Kind   string   `json:"kind"`  // "line": over periods; "dot": groups side by side
	Unit   string   `json:"unit"`
	Source string   `json:"source"` // data source and n, printed under the chart
	Labels []string `json:"labels"` // periods or groups, in order
	Series []Series `json:"series"`
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
