package ingest

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// maxRejects is how many rejects of one file are kept; all are counted.
const maxRejects = 10_000

// reject is one cell, or one row, that broke a rule. Rule goes on from the value:
// "is not a whole number".
type reject struct {
	line                int    // 0 in workbooks
	cell                string // "Sheet!F214" in workbooks
	column, value, rule string

	row    int64  // number of the row in the relation, from 1
	offset int64  // byte of the record in the file, from 1, where row is 0
	raw    string // raw column the value came from
}

// clip shortens a long text for a message.
func clip(text string) string {
	const most = 200
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// findRejects reads the rejects of the file from its relation again, this time
// with row numbers.
func (x extract) findRejects(ctx context.Context, q analysis.Querier) ([]reject, error) {
	var rejects []reject
	used := x.used()
	cells := make([]sql.NullString, 2*len(x.columns)+len(used))
	var row int64
	var notExcludable bool
	faults := make([]sql.NullBool, len(x.columns))
	targets := []any{&row, &notExcludable}
	for i := range x.columns {
		targets = append(targets, &faults[i], &cells[i])
	}
	raw := map[string]*sql.NullString{}
	for i, name := range used {
		raw[name] = &cells[len(x.columns)+i]
		targets = append(targets, raw[name])
	}
	err := query(ctx, q, func(rows *sql.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if notExcludable {
			rejects = append(rejects, x.failed(row, planned{Column: Column{Name: "exclude", From: x.dataset.Exclude}, Expression: *x.exclude}, raw))
		}
		for i, c := range x.columns {
			if faults[i].Bool {
				rejects = append(rejects, x.reject(row, c, cells[i], raw))
			}
		}
		return nil
	}, x.faulty(maxRejects))
	return rejects[:min(len(rejects), maxRejects)], err
}

// reject describes the fault of one column in one row.
func (x extract) reject(row int64, c planned, text sql.NullString, raw map[string]*sql.NullString) reject {
	r := reject{row: row, column: c.Name, value: clip(text.String), raw: x.source(c.Columns, raw)}
	switch {
	case text.Valid && c.negative(text.String):
		r.rule = "is negative; " + c.counts
	case text.Valid:
		r.rule = c.form.rule(text.String)
	case c.direct || c.absent || len(c.Columns) == 0:
		r.rule = "is missing"
	case anyFilled(c.Columns, raw):
		return x.failed(row, c, raw)
	default:
		r.rule = "is missing"
	}
	return r
}

// failed describes an expression that could not be computed in one row.
func (x extract) failed(row int64, c planned, raw map[string]*sql.NullString) reject {
	parts := make([]string, 0, len(c.Columns))
	for _, name := range c.Columns {
		parts = append(parts, name+" = "+raw[name].String)
	}
	return reject{row: row, column: c.Name, value: clip(strings.Join(parts, ", ")), rule: "cannot be used in " + or(c.From.Value, c.SQL), raw: x.source(c.Columns, raw)}
}

func anyFilled(columns []string, raw map[string]*sql.NullString) bool {
	return slices.ContainsFunc(columns, func(name string) bool { return raw[name] != nil && raw[name].Valid })
}

// source returns the file's column that a value came from: the first its
// expression names, and for an unpivoted value the header it stood under.
func (x extract) source(columns []string, raw map[string]*sql.NullString) string {
	if len(columns) == 0 {
		return ""
	}
	if u := x.unpivot; u != nil && (slices.Contains(columns, u.value) || columns[0] == u.name) {
		return raw[u.name].String
	}
	return columns[0]
}

// rule says in plain words why text does not fit the form.
func (f form) rule(text string) string {
	switch f.kind {
	case "integer", "number", "decimal":
		return f.numberRule(text)
	case "date":
		return "is not a date of the form " + or(f.date, "2024-05-31")
	case "boolean":
		return "is not one of the texts for true and false"
	case "period":
		return periodRule(f.calendar, text)
	}
	return "does not fit"
}

// periodRule says why text is no period of the calendar.
func periodRule(calendar analysis.Calendar, text string) string {
	if pair, _ := yearPair(text); pair {
		return "could be a month or two years; for years write from: replace(…, '-', '/')"
	}
	if _, err := calendar.ParsePeriod(text); err != nil {
		return strings.TrimPrefix(err.Error(), strconv.Quote(text)+" ")
	}
	return "is not a period"
}

func (f form) numberRule(text string) string {
	if slices.Contains([]string{"inf", "-inf", "nan"}, text) {
		return "is not a finite number"
	}
	signs := fmt.Sprintf("with decimal %q", f.decimal)
	if f.thousands != "" {
		signs += fmt.Sprintf(" and thousands %q", f.thousands)
	}
	if !f.isNumber(text) {
		return "is not a number " + signs
	}
	_, fraction, _ := strings.Cut(text, f.decimal)
	switch fraction = strings.TrimRight(fraction, "0"+spaces); {
	case f.kind == "integer" && fraction != "":
		return "is not a whole number"
	case f.kind == "decimal" && len(fraction) > 2:
		return "has more than 2 decimals"
	}
	return "is too large"
}

// isNumber reports whether text is a number with the form's signs, however large
// and with however many decimals.
func (f form) isNumber(text string) bool {
	digits := `\d+`
	if f.thousands != "" {
		digits = `(\d+|\d{1,3}(` + f.separator() + `\d{3})+)`
	}
	point := regexp.QuoteMeta(f.decimal)
	pattern := digits + `(` + point + `\d+)?|` + point + `\d+`
	if f.kind == "number" {
		pattern = `(` + pattern + `)([eE][+-]?\d{1,2})?`
	}
	return regexp.MustCompile(`^[+-]?(` + pattern + `)$`).MatchString(strings.Trim(text, spaces))
}

// values returns the reject as a row of the warehouse's table of rejects.
func (r reject) values(id int64, n int) []driver.Value {
	var line any
	if r.line > 0 {
		line = int64(r.line)
	}
	return []driver.Value{int32(id), int32(n), line, r.cell, r.column, r.value, r.rule}
}

// compareRejects orders rejects as they stand in the file.
func compareRejects(a, b reject) int {
	return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.row, b.row))
}
