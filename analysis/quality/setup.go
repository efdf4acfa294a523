package quality

import (
	"context"
	"time"

	"pediment/analysis"
)

// Setup is what Assess is about.
type Setup struct {
	City         string
	Datasets     []Dataset // in the order they are declared
	Calendar     analysis.Calendar
	Places       analysis.Places
	Values       []analysis.Value // disclosed indicator values; those of Pairs are held against each other
	Pairs        []Pair
	Day          time.Time // by which a report has fallen due
	Rows         bool      // name failing rows, outliers and duplicates; the public edition only counts them
	Most         int       // of the rows of one rule only the first are named, with a warning; 0: all
	SmallestCell int64     // without Rows, smaller counts of people are not told
	Issues       []Issue   // what the issue log holds

	// Locate says where rows of a dataset stand in their files; nil: nobody knows.
	Locate func(ctx context.Context, dataset string, rows []Row) ([]analysis.Position, error)
}

// Dataset is one declared dataset and what is expected of it.
type Dataset struct {
	Table     analysis.Relation // its own table in the warehouse
	Feeds     string            // the relation its rows go into
	Files     []File
	Rules     []Rule
	Expect    *Expect
	Interview *Interview
}

// File is one file of a dataset. Rows of the dataset's table carry its ID in the
// column _file.
type File struct {
	ID             int64
	Name           string
	Rows, Rejected int64
}

// Row names a row of a dataset's table by its file's ID and rowid, and the column
// that matters.
type Row struct {
	File, ID int64
	Column   string
}

// Rule is something the rows of a dataset must fulfil. It says one of Row, Values,
// Range, References, Unique, Required and Sums.
type Rule struct {
	At         analysis.Position
	Name       analysis.Text
	Column     analysis.Text
	Where      analysis.Text   // condition: only these rows must fulfil it
	Row        analysis.Text   // condition every row must fulfil
	Values     []analysis.Text // accepted values
	Range      []analysis.Text // least and greatest; "" or null for none
	References analysis.Text   // "places", or dataset.column
	Unique     []analysis.Text // "true", or columns
	Required   analysis.Text   // "true", or a share such as "95%"
	Sums       *Sums
	Severity   analysis.Text // "warn" or ""; "block"
	Missing    analysis.Text // "skip" or "": rows with a missing value are left out; "fail"
}

// Sums says which rows must add up to which, within each combination of By.
type Sums struct {
	At                  analysis.Position
	Value, Total, Parts analysis.Text
	By                  []analysis.Text
	Tolerance           analysis.Text // "0.5%" of the total, or an amount; "" is none
}

// Expect is what a dataset should consist of, and when it is due.
type Expect struct {
	At          analysis.Position
	Every       analysis.Text // year, fiscal year, school year, quarter or month
	From, Until analysis.Text // periods
	Places      analysis.Text // kind of place that reports
	Reporters   analysis.Text // column of those who report
	Rows        analysis.Text // rows of one report
	Due         analysis.Text // "60 days" after the period's end, or an ISO day
	Received    analysis.Text // date column
}

// Interview is what shows how a questionnaire was answered.
type Interview struct {
	At       analysis.Position
	Battery  []analysis.Text // questions on one scale, asked in a row
	Duration analysis.Text   // column with minutes
}

// Pair is one figure from two sources, as two indicators.
type Pair struct {
	At        analysis.Position
	Name      string
	Codes     [2]string
	Tolerance float64 // as a fraction of the second where Relative, in its unit otherwise
	Relative  bool
}

// personal reports whether rows of the dataset are people.
func (d Dataset) personal() bool {
	return d.Table.Kind == "survey" || d.Table.Kind == "participation"
}
