package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/ingest"
)

// surveyColumns is a file's columns, and the SQL of the texts that name them.
type surveyColumns struct {
	rows    analysis.Rows
	querier analysis.Querier
	file    string
	filter  string // SQL of the condition that makes a row part of the sample; "" for all
	decimal string // sign the file is read with; "" is a point
	names   []string
	labels  map[string]string // SQL → the text it stands for, where they differ
	known   map[string]string // SQL → type
	written map[string]string // column → SQL
}

// newColumns lists the columns of an open file.
func newColumns(data *ingest.Microdata, file string) *surveyColumns {
	c := &surveyColumns{rows: data, querier: data, file: file, labels: map[string]string{}, known: map[string]string{}, written: map[string]string{}}
	for _, column := range data.Columns() {
		c.names = append(c.names, column.Name)
		c.known[column.Name], c.known[analysis.Quote(column.Name)] = column.Type, column.Type
	}
	return c
}

var (
	plainColumn = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	factorCall  = regexp.MustCompile(`^factor\((.*)\)$`)
)

// sql is the SQL of a column or expression: a column's name as it is wherever SQL
// reads it so. factor(x) is R for the levels of a number.
func (c *surveyColumns) sql(ctx context.Context, text analysis.Text) (string, error) {
	if name, known := c.find(text.Value); known {
		if c.written[name] == "" {
			c.written[name] = name
			if e, err := analysis.ParseExpression(ctx, c.querier, analysis.Text{Value: name}); !plainColumn.MatchString(name) || err != nil || !slices.Equal(e.Columns, []string{name}) {
				c.written[name] = analysis.Quote(name)
			}
		}
		return c.label(c.written[name], text.Value), nil
	}
	if m := factorCall.FindStringSubmatch(text.Value); m != nil {
		inner, err := c.sql(ctx, analysis.Text{Value: m[1], At: text.At})
		return c.label("CAST("+inner+" AS VARCHAR)", text.Value), err
	}
	e, err := analysis.ParseExpression(ctx, c.querier, text)
	if err != nil {
		return "", err
	}
	for _, name := range e.Columns {
		if _, known := c.find(name); !known {
			return "", c.unknown(name, text.At)
		}
	}
	return c.label(e.SQL, text.Value), nil
}

// column is the SQL of a column.
func (c *surveyColumns) column(ctx context.Context, text analysis.Text) (string, error) {
	if _, known := c.find(text.Value); !known {
		return "", c.unknown(text.Value, text.At)
	}
	return c.sql(ctx, text)
}

func (c *surveyColumns) unknown(name string, at analysis.Position) analysis.Problem {
	hint := analysis.Suggest(name, c.names)
	if hint == "" {
		hint = "it has: " + strings.Join(c.names[:min(len(c.names), 12)], ", ")
		if len(c.names) > 12 {
			hint += fmt.Sprintf(" and %d more", len(c.names)-12)
		}
	}
	return analysis.Problem{Position: at, Message: fmt.Sprintf("no column %q in %s", name, c.file), Hint: hint}
}

// repeatedColumn is what ingest calls a column whose name the file gives to several, be
// it in other letter case: "Nh (2)".
var repeatedColumn = regexp.MustCompile(`^(.*) \(\d+\)$`)

// find returns what a column is called in the rows. Letter case counts only where
// the file has two columns that differ by nothing else.
func (c *surveyColumns) find(name string) (string, bool) {
	k := slices.IndexFunc(c.names, func(have string) bool { return strings.EqualFold(have, name) })
	if k >= 0 {
		return c.names[k], true
	}
	var same []string
	for _, have := range c.names {
		if m := repeatedColumn.FindStringSubmatch(have); m != nil && m[1] == name {
			same = append(same, have)
		}
	}
	if len(same) != 1 {
		return "", false
	}
	return same[0], true
}

func (c *surveyColumns) label(sql, text string) string {
	if sql != text && !plainColumn.MatchString(sql) {
		c.labels[sql] = text
	}
	return sql
}

// plain turns SQL in a name back into what was written.
func (c *surveyColumns) plain(name string) string {
	if text, known := c.labels[name]; known {
		return text
	}
	longest := ""
	for sql := range c.labels {
		if strings.Contains(name, sql) && (len(sql) > len(longest) || len(sql) == len(longest) && sql < longest) {
			longest = sql
		}
	}
	if longest == "" {
		return name
	}
	before, after, _ := strings.Cut(name, longest)
	return c.plain(before) + c.labels[longest] + c.plain(after)
}

// typeOf returns the type of an expression; the error of one that cannot be
// evaluated names the text it was written as.
func (c *surveyColumns) typeOf(ctx context.Context, sql string) (string, error) {
	if c.known[sql] != "" {
		return c.known[sql], nil
	}
	types, err := c.rows.Types(ctx, []string{sql})
	var problem analysis.Problem
	var problems analysis.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		problem, err = problems[0], problems[0]
	}
	if errors.As(err, &problem) {
		problem.Message = c.plain(problem.Message)
		return "", problem
	}
	if err != nil {
		return "", err
	}
	c.known[sql] = types[0]
	return types[0], nil
}

// mostLevels is how many levels a column may have before it is no longer taken
// for a list of answers.
const mostLevels = 500

// levels reads the levels that columns have in the sample in one go, each in order.
func (c *surveyColumns) levels(ctx context.Context, columns []string) (map[string][]string, error) {
	found := map[string][]string{}
	if len(columns) == 0 {
		return found, nil
	}
	seen := make([][mostLevels]bool, c.rows.Workers()*len(columns))
	var filter []string
	if c.filter != "" {
		filter = []string{c.filter}
	}
	err := c.rows.Stream(ctx, filter, columns, func(worker int, b analysis.Batch) error {
		for k, codes := range b.Texts {
			mine := &seen[worker*len(columns)+k]
			for row, code := range codes {
				if len(b.Numbers) > 0 && b.Numbers[0][row] != 1 {
					continue
				}
				if code >= mostLevels {
					return analysis.Problem{
						Message: fmt.Sprintf("%s has more than %d different values", c.plain(columns[k]), mostLevels),
						Hint:    `write a condition, as in "x >= 18", or group its values first`,
					}
				}
				if code >= 0 {
					mine[code] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for k, column := range columns {
		for code, text := range c.rows.Texts(column) {
			for worker := range c.rows.Workers() {
				if seen[worker*len(columns)+k][code] {
					found[column] = append(found[column], text)
					break
				}
			}
		}
		slices.SortFunc(found[column], compareLevels)
	}
	return found, nil
}

// compareLevels puts numbers by size before texts by letters.
func compareLevels(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil:
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(a, b)
}
