// Package reports prints results: as text, JSON and CSV, as a workbook and as a
// page. Every format prints the same frozen value and computes nothing.
package reports

import (
	"io"

	"pediment/analysis"
)

// Format is one way to print a report.
type Format struct {
	Name, Doc, Ext string
	Write          func(w io.Writer, r *Report) error
}

// Report is the frozen content of a progress report. A plain result, such as
// that of compute, is a Report with only its Result filled in.
type Report struct {
	analysis.Result // every table in tidy form: areas, indicators, values, coverage, sources, rejects

	City      string
	Period    string // label of the reporting period
	Edition   string // public or internal
	Language  string // BCP 47, "" is "en"
	Currency  string
	Licence   string            // under which the data are given out, "" when the city declares none
	Framework string            // name of the framework and how far it was verified, one sentence
	Engine    string            // "Pediment VERSION, DuckDB VERSION"
	Inputs    string            // hash of all inputs: two reports with the same hash say the same
	Outline   []Part            // what the report says, in order; none means every part in the usual order
	Texts     map[string]string // the city's own Markdown by what it is about: the code of an area or indicator, or the name of a part
	Areas     []Area
	Values    []analysis.Value // every value that may be shown: all periods, places and groups
	Shapes    []analysis.Shape // of the places, none without a map
	Measures  []Measure        // of the action plan, in its order
	Since     string           // date of the publication that the figures of Before come from, "" without one
	Sources   []Source
	Rejects   analysis.Table // dataset, file, line, cell, column, value, rule
	Failing   analysis.Table // rows that break a declared rule, with file and line or cell; none in the public edition
	Methods   []string       // plain-language paragraphs: how values and intervals were made
	Remarks   []Remark       // what stakeholders said about the figures
	Chapters  []Chapter      // computations of their own, in the order of their parts

	Decisions       []Suggestion     // what asks for a decision on the first page, in order; without suggestions in the public edition
	Waiting         int              // findings nobody has decided on, those that lead included
	Refused         int              // recommendations of earlier periods that were rejected and are not printed in this edition
	Suggestions     []Suggestion     // what the rules suggest and nobody has decided on yet, weightiest first; none in the public edition
	Recommendations []Recommendation // what was decided in this period and before
}

// Internal is the edition for readers bound to secrecy.
const Internal = "internal"

// mark is what every page and sheet of an edition that is not public says; "" in
// the public one.
func (r *Report) mark() string {
	if r.Edition != Internal {
		return ""
	}
	return sentenceCase(r.Edition) + " edition: not for publication"
}

// Chapter is a part of the report that is a computation of its own: findings in
// sentences, charts and tables, printed as they are.
type Chapter struct {
	Part        Part
	Code, Title string
	Lead        []string  // what the overview says of it
	Findings    []Finding // in order; those about one thing stand together
	Charts      []analysis.Chart
	Tables      []analysis.Table // in view
	Folded      []analysis.Table // opened on demand
	Warnings    []analysis.Warning
	Workbook    string // file beside the report in which it recalculates, "" none
}

// Finding is a sentence of a chapter and what it is about: an option, a
// programme, a partner.
type Finding struct {
	About, Text string
}

// Remark is what a stakeholder said, and the city's response.
type Remark struct {
	Date, About, Stakeholder string // About names an indicator, an area or anything else
	Text, Response           string
	Status                   string // what became of it, in the city's words: "open", "taken up"
}

// Measure is a target of the action plan and how it stands.
type Measure struct {
	ID, Objective, Name, Code string
	Who                       string // place or group it is about, "" for the whole city
	Unit, Direction           string
	Baseline, Value           analysis.Estimate
	BaselinePeriod, Period    string
	Target, TargetHigh        float64 // NaN where there is none
	TargetPeriod              string
	JudgedFor                 string        // period of the target that pace is held against
	Pace, Needed              float64       // change a year so far, and what the target takes from now on; NaN where not known
	People                    float64       // how many people lie between value and target; NaN where it is not of people
	Status, Icon              string        // in words, and its sign
	Tone                      analysis.Tone // how good that is
	Probability               float64       // of the status, 0 to 1; NaN where it was not estimated
	Off                       bool          // as surely as the plan asks, no status on course holds
	Slow                      bool          // off, but it moves the right way and need only move faster
	Uncertain                 bool          // between two statuses
	Sentence                  string        // what it would take, in words
	Owner                     string
}

// Target is what the plan wants of an indicator's value for the whole city by the
// end of a period.
type Target struct {
	Period      string
	Value, High float64 // High is NaN unless the target is a range
	Ahead       bool    // due in the headline's period or later
}

// Area is one area of the framework with its indicators in code order. Own
// indicators outside the framework come in an area with Position "".
type Area struct {
	Code, Name, Group string
	Position          string // pediment, column or step
	Note              string // the evaluator's own text on the area, Markdown
	Indicators        []Indicator
}

// Indicator is one indicator's entry in the report.
type Indicator struct {
	Code, Name, Feature    string
	Definition             string
	Numerator, Denominator string // in words
	Unit, Better, Window   string
	Kind, Status, Notes    string
	Note                   string // the evaluator's own text, Markdown
	Verified               bool
	SDG                    []string
	Source                 string // datasets and files it was computed from
	Formula                string // the row-level expressions, for methods
	Hash                   string // of the definition

	Headline analysis.Value   // latest period, whole city; State and Reason when it cannot be computed
	Fill     string           // what file or column would fill the gap, when there is one
	Trend    []analysis.Value // whole city, every period, in order
	Baseline analysis.Value   // first comparable period; zero Period when there is none
	Change   analysis.Change  // headline against baseline
	Groups   []Breakdown      // headline period, by each disaggregation
	Places   []PlaceTrend     // every period by place
	Before   analysis.Value   // what the last publication said of the headline's indicator; zero Period without one
	Since    analysis.Change  // headline against Before; zero without one
	Targets  []Target         // for the whole city, in the order of periods
	Breaks   []analysis.Mark  // where the series does not compare with what was before, by declaration
}

// PlaceTrend is an indicator over time in one place.
type PlaceTrend struct {
	Code, Name string
	Trend      []analysis.Value // the periods of the indicator's Trend, in order
	Change     analysis.Change  // the headline's period against the first it compares with
}

// Breakdown is the headline period by one disaggregation.
type Breakdown struct {
	Column, Label string // "place", "District"
	Ordered       bool   // the order of the levels means something, as that of age bands
	Apart         bool   // the levels hold so little of what the city's figure is of that they are not held against it
	Levels        []BreakdownLevel
}

// BreakdownLevel is one group of a breakdown under its printable name.
type BreakdownLevel struct {
	Label string
	Value analysis.Value
}

// Source is one dataset the report rests on.
type Source struct {
	Dataset, Kind, File string
	Rows, Rejected      int64
	Hash                string // SHA-256 of the file
	State               string // loaded, unchanged, …
}
