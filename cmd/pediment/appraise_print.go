package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
	"pediment/reports"
)

// printAppraisals prints the appraisals in the format asked for.
func (a *app) printAppraisals(d *dossier, done []appraised, o appraiseOptions) error {
	if a.format == reports.XLSX.Name {
		return a.writeWorkbooks(d, done, o)
	}
	for k := range done {
		done[k].result = forOption(done[k], o.option)
	}
	result, err := d.collected(done, o)
	if err != nil {
		return err
	}
	write := func() error { return a.print(result) }
	switch {
	case a.format == reports.Text.Name && o.table == "":
		write = func() error { return a.printCases(d, done, o) }
	case a.format == reports.Text.Name:
		result.Tables[0] = plainYears(result.Tables[0])
	}
	if o.output == "" {
		return write()
	}
	return a.toFile(o.output, write)
}

// toFile has what is printed in a file instead, and prints its name.
func (a *app) toFile(path string, write func() error) error {
	out := a.out
	defer func() { a.out = out }()
	err := writeFile(path, func(file *os.File) error {
		a.out = file
		return write()
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	fmt.Fprintln(out, path)
	return nil
}

// forOption keeps what is about one option or about none; "" keeps all.
func forOption(one appraised, option string) analysis.Result {
	if option == "" {
		return one.result
	}
	var others []string // their ids and names
	for _, x := range one.model.Appraisal.Options {
		if x.ID != option {
			others = append(others, x.ID, x.Name)
		}
	}
	result := one.result
	result.Tables = slices.Clone(result.Tables)
	for k, t := range result.Tables {
		at := columnNamed(t, "option")
		if t.Name == "findings" {
			at = columnNamed(t, "about")
		}
		if at >= 0 {
			result.Tables[k].Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return slices.Contains(others, fmt.Sprint(row[at])) })
		}
	}
	result.Charts = slices.DeleteFunc(slices.Clone(result.Charts), func(c analysis.Chart) bool {
		return slices.ContainsFunc(others, func(id string) bool { return strings.HasSuffix(c.Name, "_"+id) })
	})
	return result
}

func columnNamed(t analysis.Table, name string) int {
	return slices.IndexFunc(t.Columns, func(c analysis.Column) bool { return c.Name == name })
}

// collected puts the tables of all appraisals together, each row under the name
// of its appraisal where there are several; or the one table asked for.
func (d *dossier) collected(done []appraised, o appraiseOptions) (analysis.Result, error) {
	all := analysis.Result{Title: d.title(done, o)}
	for _, one := range done {
		result, name := one.result, one.model.Appraisal.Name
		if len(done) > 1 {
			result = underName(result, name)
		}
		for _, t := range result.Tables {
			all.Tables = added(all.Tables, t)
		}
		all.Charts = append(all.Charts, result.Charts...)
		for _, warning := range result.Warnings {
			all.Warn(warning.About, warning.Text)
		}
	}
	table := o.table
	if table == "" && d.app.format == reports.CSV.Name {
		table = "summary"
	}
	if table == "" {
		return all, nil
	}
	at := slices.IndexFunc(all.Tables, func(t analysis.Table) bool { return t.Name == table })
	if at < 0 {
		var known []string
		for _, t := range all.Tables {
			known = append(known, t.Name)
		}
		return all, unknownID("--table", "table", table, known)
	}
	all.Tables, all.Charts = []analysis.Table{all.Tables[at]}, nil
	return all, nil
}

// title says what was appraised, as of when, and what was tried.
func (d *dossier) title(done []appraised, o appraiseOptions) string {
	text := "Appraisals"
	switch {
	case len(done) == 1:
		text = done[0].model.Appraisal.Title
	case !d.bare:
		text += " of " + d.project.settings.City
	}
	return text + ", " + d.tried(o)
}

// tried says as of when the appraisals are made, and which values were tried.
func (d *dossier) tried(o appraiseOptions) string {
	text := "as of " + o.day.Format(time.DateOnly)
	if o.scenario != "" {
		text += ", scenario " + o.scenario
	}
	if len(o.set) > 0 {
		text += ", with " + list(o.set)
	}
	return text
}

// underName puts the appraisal's name before every row, chart and warning.
func underName(result analysis.Result, name string) analysis.Result {
	out := analysis.Result{Title: result.Title}
	for _, t := range result.Tables {
		with := analysis.Table{Name: t.Name, Columns: slices.Concat(analysis.Columns("appraisal"), t.Columns)}
		for _, row := range t.Rows {
			with.Rows = append(with.Rows, slices.Concat([]any{name}, row))
		}
		out.Tables = append(out.Tables, with)
	}
	for _, c := range result.Charts {
		c.Name = name + "_" + c.Name
		out.Charts = append(out.Charts, c)
	}
	for _, warning := range result.Warnings {
		out.Warn(strings.TrimSuffix(name+": "+warning.About, ": "), warning.Text)
	}
	return out
}

// added puts a table's rows under those of the table of the same name and columns.
func added(tables []analysis.Table, t analysis.Table) []analysis.Table {
	sameName := func(a, b analysis.Column) bool { return a.Name == b.Name }
	for k, have := range tables {
		if have.Name == t.Name && slices.EqualFunc(have.Columns, t.Columns, sameName) {
			tables[k].Rows = append(tables[k].Rows, t.Rows...)
			return tables
		}
	}
	t.Rows = slices.Clone(t.Rows)
	return append(tables, t)
}

// writeWorkbooks writes a workbook for each appraisal and prints their names.
func (a *app) writeWorkbooks(d *dossier, done []appraised, o appraiseOptions) error {
	for _, one := range done {
		path := filepath.Join(d.project.dir, "reports", fileName(one.model.Appraisal.Name)+reports.XLSX.Ext)
		switch {
		case o.output != "" && len(done) == 1:
			path = o.output
		case o.output != "":
			path = filepath.Join(o.output, filepath.Base(path))
		}
		if err := a.writeWorkbook(one, path, d.project.settings.Language); err != nil {
			return err
		}
	}
	return nil
}

// writeWorkbook writes the workbook that recalculates, and prints its name.
func (a *app) writeWorkbook(one appraised, path, language string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	book, err := one.model.Workbook(one.result)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	err = writeFile(path, func(file *os.File) error { return reports.Spreadsheet(file, book, engine(), language) })
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	fmt.Fprintln(a.out, path)
	return nil
}
