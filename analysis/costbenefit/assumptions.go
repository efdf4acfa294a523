package costbenefit

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pediment/analysis"
)

// The states of an input, worst first.
const (
	stateExpired    = "expired"    // its review was due
	stateUnsourced  = "unsourced"  // neither measured nor from a source anybody named
	stateOverridden = "overridden" // set on the command line
	stateOK         = "ok"
)

var statesWorstFirst = []string{stateExpired, stateUnsourced, stateOverridden, stateOK}

// state says whether an input may be relied on.
func (m *Model) state(in Input) string {
	switch {
	case in.Expired(m.AsOf):
		return stateExpired
	case in.Source == "" && in.Kind != "indicator" && in.Kind != "population":
		return stateUnsourced
	case in.Overridden:
		return stateOverridden
	}
	return stateOK
}

// assumptions is the register of every number the results hang on, worst state
// first and otherwise in the order of the inputs.
func (m *Model) assumptions() analysis.Table {
	order := make([]int, len(m.Inputs))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int { return slices.Index(statesWorstFirst, m.state(m.Inputs[i])) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	table := analysis.Table{Name: "assumptions", Columns: registerColumns()}
	for _, i := range order {
		table.Rows = append(table.Rows, m.registerRow(m.Inputs[i]))
	}
	return table
}

func registerColumns() []analysis.Column {
	var columns []analysis.Column
	for _, name := range strings.Fields("id label value unit low high distribution source page date price_year quoted grade owner reviewer review changed used_by state note") {
		column := analysis.Column{Name: name, Type: "text"}
		switch name {
		case "value", "low", "high", "quoted":
			column.Type = "number"
		case "price_year", "grade":
			column.Type = "integer"
		}
		columns = append(columns, column)
	}
	return columns
}

func (m *Model) registerRow(in Input) []any {
	return []any{
		in.ID, in.Label, in.Value, in.Unit, in.Low, in.High, in.Draw.Kind, in.Source, in.Page, in.Date,
		known0(in.PriceYear), in.Quoted, known0(in.Grade), in.Owner, in.Reviewer, in.Review, in.Changed,
		strings.Join(in.Used, ", "), m.state(in), in.Note,
	}
}

// known0 is a whole number whose 0 stands for none.
func known0(n int) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

// Overdue lists the inputs whose review was due and those without a source, each
// where it is written, by position. Whether they stop anything is the caller's
// decision.
func (m *Model) Overdue() analysis.Problems {
	var problems analysis.Problems
	for _, in := range m.Inputs {
		switch m.state(in) {
		case stateExpired:
			problems = append(problems, analysis.Problem{Position: in.At, Message: fmt.Sprintf("%s: the review was due on %s, %s ago", in.ID, in.Review, since(in.Review, m.AsOf)), Hint: hintReview(in)})
		case stateUnsourced:
			problems = append(problems, analysis.Problem{Position: in.At, Message: in.ID + ": no source", Hint: hintSource(in)})
		}
	}
	return problems.Sorted()
}

// since says how long ago a day was.
func since(day string, asOf time.Time) string {
	then, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "some time"
	}
	days := int(asOf.Sub(then).Hours() / 24)
	switch {
	case days == 1:
		return "a day"
	case days < 60:
		return strconv.Itoa(days) + " days"
	}
	return strconv.Itoa(days/30) + " months"
}

func hintReview(in Input) string {
	if in.Owner != "" {
		return "ask " + in.Owner + " to review it, then set review to the next date"
	}
	return "review it, then set review to the next date"
}

func hintSource(in Input) string {
	switch in.Kind {
	case "line":
		return "give the line a source, or make the number an assumption with one"
	case "setting":
		return "make it an assumption with a source"
	}
	return "say under source where the number comes from"
}
