package ingest

import "pediment/analysis"

// Rule is one entry under rules: something the rows of a dataset must fulfil. It
// says one of row, values, range, references, unique, required and sums. Reading
// files does not depend on rules.
type Rule struct {
	At         analysis.Position
	Name       analysis.Text   `yaml:"name"`       // what tables and messages call it; "" is made from what it says
	Column     analysis.Text   `yaml:"column"`     // what values, range, references, required and unique are about
	Where      analysis.Text   `yaml:"where"`      // condition: only these rows must fulfil the rule
	Row        analysis.Text   `yaml:"row"`        // condition over the columns that every row must fulfil
	Values     []analysis.Text `yaml:"values"`     // accepted values
	Range      []analysis.Text `yaml:"range"`      // least and greatest value; null for none
	References analysis.Text   `yaml:"references"` // places, or dataset.column: every value must stand there
	Unique     []analysis.Text `yaml:"unique"`     // true, or columns no two rows may share the values of
	Required   analysis.Text   `yaml:"required"`   // true, or the share of rows that must be filled: "95%"
	Sums       *Sums           `yaml:"sums"`       // parts that must add up to a total
	Severity   analysis.Text   `yaml:"severity"`   // warn (default) or block: indicators that use the dataset are refused
	Missing    analysis.Text   `yaml:"missing"`    // skip (default) rows where a value is missing, or fail them
}

// Sums says which rows must add up to which, within each combination of By.
type Sums struct {
	At        analysis.Position
	Value     analysis.Text   `yaml:"value"`     // column or expression that is added up
	Total     analysis.Text   `yaml:"total"`     // condition: rows that are the total
	Parts     analysis.Text   `yaml:"parts"`     // condition: rows that are the parts
	By        []analysis.Text `yaml:"by"`        // columns
	Tolerance analysis.Text   `yaml:"tolerance"` // "0.5%" of the total, or an amount; "" is none
}

// Expect is expect: the reports a dataset should consist of, and when they are due.
type Expect struct {
	At        analysis.Position
	Every     analysis.Text `yaml:"every"`     // year, fiscal year, school year, quarter or month
	From      analysis.Text `yaml:"from"`      // first period
	Until     analysis.Text `yaml:"until"`     // last period; "" is the last that is due
	Places    analysis.Text `yaml:"places"`    // kind of place in places.csv: each one reports
	Reporters analysis.Text `yaml:"reporters"` // column: whoever reported once reports every period
	Rows      analysis.Text `yaml:"rows"`      // rows of one report
	Due       analysis.Text `yaml:"due"`       // days after the period's end, "60 days", or a day
	Received  analysis.Text `yaml:"received"`  // date column: when the row came in
}

// Interview is interview: what shows how a questionnaire was answered.
type Interview struct {
	At       analysis.Position
	Battery  []analysis.Text `yaml:"battery"`  // questions on one scale, asked in a row
	Duration analysis.Text   `yaml:"duration"` // column with the minutes an interview took
}
