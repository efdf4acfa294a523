package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

const deflatorsFile = "deflators.csv"

// readDeflators reads deflators.csv; a city without one has no real terms.
func (p *project) readDeflators() analysis.Problems {
	data, err := os.ReadFile(filepath.Join(p.dir, deflatorsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return analysis.Problems{{Position: analysis.Position{File: deflatorsFile}, Message: err.Error()}}
	}
	deflators, problems := parseDeflators(string(data))
	p.deflators = deflators
	return problems
}

// parseDeflators reads the index by year and the source of each figure. Years may
// come in any order but each once; every mistake is a problem with its line.
func parseDeflators(text string) (analysis.Deflators, analysis.Problems) {
	columns := []string{"year", "index", "source"}
	rows, lines, problems := readStrictCSV(deflatorsFile, text, columns)
	var deflators analysis.Deflators
	for k, row := range rows {
		fail := func(column int, message, hint string) {
			problems = append(problems, analysis.Problem{
				Position: analysis.Position{File: deflatorsFile, Line: lines[k]}, Message: columns[column] + ": " + message, Hint: hint,
			})
		}
		year, err := strconv.Atoi(row[0])
		if err != nil || year < 1000 || year > 9999 {
			fail(0, fmt.Sprintf("%q is not a year", row[0]), "write four digits, as in 2024")
			continue
		}
		if slices.ContainsFunc(deflators, func(d analysis.Deflator) bool { return d.Year == year }) {
			fail(0, fmt.Sprintf("%d is given twice", year), "keep one of the two")
			continue
		}
		index, err := strconv.ParseFloat(row[1], 64)
		if err != nil || !(index > 0) || index > 1e12 {
			fail(1, fmt.Sprintf("%q is not a price level above 0", row[1]), "write a number with a decimal point, as in 103.2")
			continue
		}
		if strings.TrimSpace(row[2]) == "" {
			fail(2, "there is none", "say where the figure comes from, with its date")
		}
		deflators = append(deflators, analysis.Deflator{Year: year, Index: index, Source: row[2]})
	}
	return deflators, problems
}

// readStrictCSV reads a small UTF-8 table whose first line is exactly the columns
// and returns its rows, cells trimmed, with the line each begins in.
func readStrictCSV(name, text string, columns []string) (rows [][]string, lines []int, problems analysis.Problems) {
	fail := func(line int, message, hint string) {
		problems = append(problems, analysis.Problem{Position: analysis.Position{File: name, Line: line}, Message: message, Hint: hint})
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	reader.FieldsPerRecord = -1
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken := (*csv.ParseError)(nil); errors.As(err, &broken) {
			fail(broken.Line, broken.Err.Error(), "save it as UTF-8 with commas")
			return nil, nil, problems
		}
		line, _ := reader.FieldPos(0)
		for k := range row {
			row[k] = strings.TrimSpace(row[k])
		}
		switch {
		case len(rows) == 0 && lines == nil:
			if !slices.Equal(row, columns) {
				fail(line, "the columns are not "+strings.Join(columns, ","), "write exactly this first line")
				return nil, nil, problems
			}
			lines = []int{}
		case len(row) != len(columns):
			fail(line, fmt.Sprintf("there are %d cells, not %d", len(row), len(columns)), "put cells that contain a comma in double quotes")
		default:
			rows, lines = append(rows, row), append(lines, line)
		}
	}
	if lines == nil {
		fail(1, "the file is empty", "write the first line "+strings.Join(columns, ","))
	}
	return rows, lines, problems
}
