package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// plan is a dataset's declaration bound to one file's header: which SQL
// expression fills each column of the dataset's table.
type plan struct {
	dataset     Dataset
	raw         []string // columns of the file, and after unpivoting those that remain
	ownFilename bool     // raw ends with the column filename that every file has besides its own
	unpivot     *unpivot
	columns     []planned
	exclude     *analysis.Expression
}

// planned is one column of the dataset's table.
type planned struct {
	Column
	analysis.Expression
	form     form
	result   string   // SQL type the expression gives
	direct   bool     // the expression is a raw column: its texts are held against form
	absent   bool     // an optional column this file does not have
	missing  []string // texts that mean "no value"
	required bool     // empty is a reject
	counts   string   // what the figure counts, where a negative one is a reject
}

// filename is the raw column with the file's base name, unless the file has one
// so called.
const filename = "filename"

// binder binds declarations to headers with DuckDB's own parser and binder.
type binder struct {
	querier  analysis.Querier
	calendar analysis.Calendar
}

// bind returns the plan for a file with header h. Every mistake it finds is in
// the error, as analysis.Problems.
func (b binder) bind(ctx context.Context, d Dataset, s *source, h header, typed bool) (*plan, error) {
	p := &plan{dataset: d, raw: slices.Clone(h.names)}
	if !slices.ContainsFunc(h.names, func(name string) bool { return strings.EqualFold(name, filename) }) {
		p.raw, p.ownFilename = append(p.raw, filename), true
	}
	k, err := findKind(d)
	problems := gather(nil, err)
	if d.Unpivot != nil {
		if err := p.bindUnpivot(s, h); err != nil {
			return nil, gather(problems, err) // columns would not be found for the same reason
		}
	}
	scope := scope{binder: b, source: s, header: h, raw: p.raw}
	problems = gather(problems, p.bindColumns(ctx, scope, k, typed))
	if d.Exclude.Value != "" {
		e, result, err := scope.expression(ctx, d.Exclude, false)
		problems = gather(problems, err)
		if err == nil && result != "BOOLEAN" {
			problems = append(problems, analysis.Problem{Position: d.Exclude.At, Message: "exclude must be a condition", Hint: "for example: district = 'Total'"})
		}
		p.exclude = &e
	}
	return p, problems.Err()
}

// bindColumns binds the declared columns and those of the design.
func (p *plan) bindColumns(ctx context.Context, sc scope, k kind, typed bool) error {
	var problems analysis.Problems
	for _, c := range p.dataset.columns() {
		column, err := sc.column(ctx, c, typed)
		problems = gather(problems, err)
		column.required = slices.Contains(k.filled, c.Name)
		p.columns = append(p.columns, column)
	}
	failed := analysis.Position{} // of names for many columns one message is enough
	for _, c := range p.dataset.Design.columns() {
		column, err := sc.column(ctx, c, typed)
		if err != nil && c.At != failed {
			problems, failed = gather(problems, err), c.At
		}
		column.required, column.counts = true, designCounts(c.Name)
		p.columns = append(p.columns, column)
	}
	return problems.Err()
}

// declared returns the declared columns followed by those of the survey design.
func (d Dataset) declared() []Column { return append(d.columns(), d.Design.columns()...) }

// designCounts says what a figure of a survey design counts, "" where a negative
// one may be right, as a calibrated replicate weight is now and then.
func designCounts(column string) string {
	switch {
	case column == "weight":
		return "a weight counts how many people a respondent stands for"
	case strings.HasPrefix(column, "fpc"):
		return "a finite population correction says how many units were drawn from"
	}
	return ""
}

// scope is the raw columns expressions of one dataset and file may name.
type scope struct {
	binder
	source *source
	header header
	raw    []string
}

// column binds one declared column.
func (sc scope) column(ctx context.Context, c Column, typed bool) (planned, error) {
	read := sc.source.read
	out := planned{Column: c, missing: read.Missing, form: form{
		kind: c.typeName(), decimal: or(c.Decimal.Value, or(read.Decimal.Value, ".")), thousands: or(c.Thousands.Value, read.Thousands.Value),
		date: c.Form.Value, isoToo: typed, yes: c.True, no: c.False, calendar: sc.calendar,
	}}
	if c.Missing != nil {
		out.missing = c.Missing
	}
	from := c.From
	if from.Value == "" {
		from = analysis.Text{Value: analysis.Quote(c.Name), At: c.At}
	}
	var err error
	out.Expression, out.result, err = sc.expression(ctx, from, c.Optional)
	if err != nil {
		return out, err
	}
	if out.absent = out.result == ""; out.absent {
		return out, nil
	}
	out.direct = len(out.Columns) == 1 && isColumn(out.SQL, out.Columns[0])
	if _, ok := out.form.convert("x", out.result); !ok {
		return out, analysis.Problem{
			Position: orAt(c.From.At, c.At),
			Message:  fmt.Sprintf("%s: the expression gives %s, which is no %s", c.Name, plainType(out.result), c.typeName()),
		}
	}
	return out, nil
}

// isColumn reports whether the expression is nothing but the column.
func isColumn(sqlText, column string) bool {
	return sqlText == column || sqlText == analysis.Quote(column)
}

// plainType says an SQL type in plain words.
func plainType(sqlType string) string {
	switch {
	case sqlType == "BOOLEAN":
		return "true or false"
	case isNumeric(sqlType):
		return "a number"
	case sqlType == "DATE" || strings.HasPrefix(sqlType, "TIMESTAMP"):
		return "a date"
	case sqlType == "VARCHAR" || sqlType == "STRING_LITERAL":
		return "text"
	}
	return strings.ToLower(sqlType)
}

// noColumn is the problem that a file has no column called name.
func noColumn(at analysis.Position, name string, s *source, h header, candidates []string) analysis.Problem {
	if places := h.repeated[strings.ToLower(name)]; places != nil {
		return analysis.Problem{
			Position: at,
			Message:  fmt.Sprintf("%s has %d columns %q", s.name, len(places), name),
			Hint:     fmt.Sprintf("say which: %q is column %d, %q column %d", name+" (1)", places[0], name+" (2)", places[1]),
		}
	}
	hint := analysis.Suggest(name, candidates)
	if hint == "" {
		hint = "its columns: " + someNames(candidates)
	}
	return analysis.Problem{Position: at, Message: fmt.Sprintf("no column %q in %s", name, s.name), Hint: hint}
}

// someNames lists names, not more than a line or two of them.
func someNames(names []string) string {
	const most = 12
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, … and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
