// Package ingest reads a city's declared datasets into its warehouse, an
// embedded DuckDB database, and opens that warehouse for reading.
//
// A dataset says which files it is made of, how they are written and which typed
// columns come out of them; nothing is guessed when a file is read. Every adapter
// turns a file into a relation whose columns are all text. One INSERT casts that
// relation to the declared types and marks the rows that do not fit; those are
// kept as rejects with file, line or cell, column, value and the rule they broke.
package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"pediment/analysis"
)

// Dataset is one entry under "datasets:" in pediment.yaml.
type Dataset struct {
	At   analysis.Position
	Name string // the entry's key; whoever decodes the map sets it

	Kind      analysis.Text     `yaml:"kind"`      // survey, participation, budget, statistic, population, space, event, review or feedback
	Feeds     analysis.Text     `yaml:"feeds"`     // relation the rows go into; "" is the kind, for a survey the dataset's own name
	Files     []analysis.Text   `yaml:"files"`     // globs, relative to the city's folder or absolute
	Read      Read              `yaml:"read"`      // how the files are written
	Exclude   analysis.Text     `yaml:"exclude"`   // condition over the raw columns: rows that are not data
	Unpivot   *Unpivot          `yaml:"unpivot"`   // headers that are data
	Columns   map[string]Column `yaml:"columns"`   // what comes out, by name
	Design    *Design           `yaml:"design"`    // how a survey was sampled
	Calibrate *Calibrate        `yaml:"calibrate"` // population totals a survey's weights are made to meet
	Year      analysis.Text     `yaml:"year"`      // calendar (default), fiscal or school: the year months and quarters are gathered to
	Until     analysis.Text     `yaml:"until"`     // ISO day up to which the record is complete; "" when it is complete
	Rules     []Rule            `yaml:"rules"`     // what the rows must fulfil; checked after loading
	Expect    *Expect           `yaml:"expect"`    // the reports there should be
	Interview *Interview        `yaml:"interview"` // what shows how a survey's questionnaire was answered
}

// Read says how files are written. Its zero value is a UTF-8 CSV with commas,
// double quotes, one header line and a decimal point, or the first sheet of a
// workbook with one header row.
type Read struct {
	Format    analysis.Text `yaml:"format"`    // name of an adapter; "" by the file's extension
	Sheet     analysis.Text `yaml:"sheet"`     // of a workbook; "" is the first
	Header    analysis.Text `yaml:"header"`    // line or row of the column names: "1" (default), "3", "3-4" for names in several rows, "0" for none
	Range     analysis.Text `yaml:"range"`     // block of a sheet, "A3:K900" or "A:K"; its first row is the header unless Header says otherwise
	Encoding  analysis.Text `yaml:"encoding"`  // utf-8 (default), utf-16, utf-16le, utf-16be, windows-1252 or latin-1
	Delimiter analysis.Text `yaml:"delimiter"` // one character; "" is a comma, in .tsv files a tab
	Quote     analysis.Text `yaml:"quote"`     // one character; "" is ", "none" when quotes mean nothing
	Decimal   analysis.Text `yaml:"decimal"`   // "." (default) or ","
	Thousands analysis.Text `yaml:"thousands"` // sign between groups of three digits; "" means there is none
	Missing   []string      `yaml:"missing"`   // texts that mean "no value"; the empty text always does
}

// Column is one typed column of a dataset.
type Column struct {
	At   analysis.Position
	Name string `yaml:"-"` // the entry's key, set when the dataset is prepared

	Type      analysis.Text `yaml:"type"`      // text (default), integer, number, decimal, boolean, date or period
	From      analysis.Text `yaml:"from"`      // expression over the raw columns; "" is the raw column of the same name
	Form      analysis.Text `yaml:"form"`      // of a date, in strptime signs: "%d/%m/%Y"; "" is 2024-05-03
	Decimal   analysis.Text `yaml:"decimal"`   // as in Read, for this column alone
	Thousands analysis.Text `yaml:"thousands"` // as in Read, for this column alone
	Missing   []string      `yaml:"missing"`   // replaces Read.Missing for this column; [] means there is no such text
	True      []string      `yaml:"true"`      // texts of a boolean that mean true; none given: true, yes, 1
	False     []string      `yaml:"false"`     // texts that mean false; none given: false, no, 0
	Optional  bool          `yaml:"optional"`  // files without the raw column are fine: the column is empty there
}

// Unpivot turns headers that are data into rows: each row becomes one row for
// each of Columns, with the header under Name and the cell under Value. Empty
// cells give no row.
type Unpivot struct {
	At      analysis.Position
	Columns []analysis.Text `yaml:"columns"` // headers, or regular expressions between slashes: /^\d{4}$/
	Name    analysis.Text   `yaml:"name"`    // raw column that takes the header
	Value   analysis.Text   `yaml:"value"`   // raw column that takes the cell
}

// Relation returns the name of the relation the dataset's rows go into.
func (d Dataset) Relation() string {
	switch {
	case d.Feeds.Value != "":
		return d.Feeds.Value
	case d.Kind.Value == "survey":
		return d.Name
	}
	return d.Kind.Value
}

// columns returns the declared columns in file order, named.
func (d Dataset) columns() []Column {
	list := make([]Column, 0, len(d.Columns))
	for name, c := range d.Columns {
		c.Name = name
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// declaration returns a hash of everything that decides how the dataset's files
// are read. Where it is written, what it is complete up to and what is made of a
// design's columns do not.
func (d Dataset) declaration(calendar analysis.Calendar) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %v %q %q %q %q\n", bookVersion, calendar, d.Name, d.Kind, d.Read, d.Exclude)
	for _, c := range d.columns() {
		fmt.Fprintf(h, "%q %q %q %q %q %q %t\n", c.Name, c.Type, c.From, c.Form, c.Decimal, c.Thousands, c.Optional)
		for _, list := range [][]string{c.Missing, c.True, c.False} {
			fmt.Fprintf(h, "%q %t\n", list, list == nil)
		}
	}
	if d.Unpivot != nil {
		fmt.Fprintf(h, "unpivot %q %q %q\n", d.Unpivot.Columns, d.Unpivot.Name, d.Unpivot.Value)
	}
	for _, c := range d.Design.columns() {
		fmt.Fprintf(h, "design %q %q\n", c.Name, c.From)
	}
	return hex.EncodeToString(h.Sum(nil))
}
