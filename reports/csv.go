package reports

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"pediment/analysis"
)

// CSV prints one clean table, whatever else the result holds, so that
// "> values.csv" gives a file every program reads: the table "values" where
// there is one, else the first. Other tables and the warnings are in the other
// formats. Numbers are in full precision, absent cells empty. A text that a
// spreadsheet program would run as a formula, because it starts with = + - @, a
// tab or a carriage return, gets an apostrophe in front; numbers never do.
var CSV = &Format{
	Name: "csv", Ext: ".csv",
	Doc:   "the main table, numbers in full precision; other tables and warnings are in json",
	Write: writeCSV,
}

func writeCSV(w io.Writer, r *Report) error {
	table, ok := mainTable(r.Result)
	if !ok {
		return nil
	}
	if err := encodeCSV(w, table); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// encodeCSV writes one table under its column names.
func encodeCSV(w io.Writer, table analysis.Table) error {
	records := make([][]string, 0, len(table.Rows)+1)
	header := make([]string, len(table.Columns))
	for i, column := range table.Columns {
		header[i] = inert(column.Name)
	}
	records = append(records, header)
	for _, row := range table.Rows {
		record := make([]string, len(row))
		for i, cell := range row {
			record[i] = csvCell(cell)
		}
		records = append(records, record)
	}
	return csv.NewWriter(w).WriteAll(records)
}

// mainTable returns the table a reader who wants only one means.
func mainTable(r analysis.Result) (analysis.Table, bool) {
	if table, ok := tableNamed(r, "values"); ok {
		return table, true
	}
	if len(r.Tables) == 0 {
		return analysis.Table{}, false
	}
	return r.Tables[0], true
}

// tableNamed returns the result's table with the name and whether there is one.
func tableNamed(r analysis.Result, name string) (analysis.Table, bool) {
	for _, table := range r.Tables {
		if table.Name == name {
			return table, true
		}
	}
	return analysis.Table{}, false
}

func csvCell(cell any) string {
	switch x := cell.(type) {
	case nil:
		return ""
	case string:
		return inert(x)
	case float64:
		return exact(x)
	}
	return fmt.Sprint(cell)
}

// exact prints x in full precision, in powers of ten only where JSON does, and
// nothing when it is absent.
func exact(x float64) string {
	size := math.Abs(x)
	switch {
	case !finite(x):
		return ""
	case size != 0 && (size < 1e-6 || size >= 1e21):
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// inert puts an apostrophe before a text that a spreadsheet would run.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
