package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"pediment/analysis"
	"pediment/indicators"
)

// readMargins reads every margins file that a survey's calibration names and holds
// its variables against the survey's columns.
func (p *project) readMargins() analysis.Problems {
	p.margins = map[string][]indicators.Margin{}
	var problems analysis.Problems
	for _, d := range p.datasets {
		if d.Calibrate == nil || d.Calibrate.Margins.Value == "" {
			continue
		}
		name := d.Calibrate.Margins.Value
		if _, read := p.margins[name]; !read {
			margins, mistakes := p.readMarginsFile(d.Calibrate.Margins)
			p.margins[name] = margins
			problems = append(problems, mistakes...)
		}
		problems = append(problems, p.checkMargins(d, p.margins[name])...)
	}
	return problems
}

// readMarginsFile reads one file; what could not be read is left out.
func (p *project) readMarginsFile(name analysis.Text) ([]indicators.Margin, analysis.Problems) {
	path := filepath.FromSlash(name.Value)
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.dir, path)
	}
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, analysis.Problems{{Position: name.At, Message: fmt.Sprintf("margins: there is no file %s", name.Value), Hint: "write its name relative to the city's folder; its columns are variable, level and total"}}
	case err != nil:
		return nil, analysis.Problems{{Position: name.At, Message: fmt.Sprintf("margins: %v", err)}}
	}
	f := marginsFile{name: name.Value, calendar: p.calendar, lines: map[indicators.Margin]int{}}
	f.read(data)
	return f.margins, f.problems
}

// marginsFile is a margins file being read.
type marginsFile struct {
	name     string
	calendar analysis.Calendar
	margins  []indicators.Margin
	lines    map[indicators.Margin]int // where each total stands, by period, variable and level
	problems analysis.Problems
}

func (f *marginsFile) fail(line int, hint, format string, args ...any) {
	f.problems = append(f.problems, analysis.Problem{Position: f.at(line), Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (f *marginsFile) at(line int) analysis.Position {
	return analysis.Position{File: f.name, Line: line}
}

// read reads the rows below the header. A byte-order mark may stand before it.
func (f *marginsFile) read(data []byte) {
	if !utf8.Valid(data) {
		valid := len(data) - len(bytes.TrimLeftFunc(data, func(r rune) bool { return r != utf8.RuneError }))
		f.fail(1+bytes.Count(data[:valid], []byte("\n")), "save it as UTF-8 with commas", "the file is not UTF-8")
		return
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.FieldsPerRecord = -1
	var header []string
	for {
		row, err := reader.Read()
		var broken *csv.ParseError
		switch {
		case err == io.EOF && header == nil:
			f.fail(1, "its first line is variable,level,total", "the file is empty")
			return
		case err == io.EOF && len(f.lines) == 0 && len(f.problems) == 0:
			f.fail(1, "write one line for each level: variable,level,total", "the file holds no totals")
			return
		case err == io.EOF:
			return
		case errors.As(err, &broken):
			f.fail(broken.Line, "put texts that hold commas or quotes between double quotes", "%v", broken.Err)
			return
		}
		line, _ := reader.FieldPos(0)
		if header != nil {
			f.row(line, header, row)
		} else if header = row; !slices.Equal(row, marginColumns) && !slices.Equal(row, append(slices.Clone(marginColumns), "period")) {
			f.fail(line, "write exactly this first line; period is for totals that differ from round to round", "the columns are not variable,level,total or variable,level,total,period")
			return
		}
	}
}

// written are the ways to write a total: digits, as programs write large ones too.
var written = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE]\+?[0-9]{1,2})?$`)

// row reads one row.
func (f *marginsFile) row(line int, header, row []string) {
	if len(row) != len(header) {
		f.fail(line, "put texts that hold commas between double quotes", "there are %d cells, the header has %d", len(row), len(header))
		return
	}
	m := indicators.Margin{Variable: row[0], Level: row[1]}
	before := len(f.problems)
	if m.Variable == "" {
		f.fail(line, "write the column the total is about", "the variable is empty")
	}
	if m.Level == "" {
		f.fail(line, "write the level the total counts", "the level is empty")
	}
	if len(row) > len(marginColumns) && row[3] != "" {
		period, err := f.calendar.ParsePeriod(row[3])
		if err != nil {
			f.fail(line, "", "period: %v", err)
		}
		m.Period = period.Label
	}
	if earlier, twice := f.lines[m]; twice && len(f.problems) == before {
		f.fail(line, "keep one of the two", "%s %q%s has a total in line %d already", m.Variable, m.Level, inPeriod(m.Period), earlier)
	}
	f.lines[m] = line
	total, err := strconv.ParseFloat(row[2], 64)
	switch {
	case !written.MatchString(row[2]) || err != nil:
		f.fail(line, "write digits, with a point for decimals and nothing between thousands", "the total %q is not a number", row[2])
	case total < 0:
		f.fail(line, "a total counts people: 0 or more", "the total %s is negative", row[2])
	}
	if len(f.problems) == before {
		m.Total, m.At = total, f.at(line)
		f.margins = append(f.margins, m)
	}
}

func inPeriod(label string) string {
	if label == "" {
		return ""
	}
	return " in " + label
}
