package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"pediment/analysis/disclosure"
	"pediment/reports"
)

func (a *app) report() *cobra.Command {
	var formats []string
	var period, folder string
	cmd := &cobra.Command{
		Use: "report", Short: "Write the progress report: workbook and page",
		Long: `Reads changed files, computes every indicator and writes the progress report into
the folder reports: a workbook (xlsx) and a page (html) that opens from disk, and
on request json, csv or text. With xlsx, each appraisal gets a workbook of its own
that recalculates. The same inputs give the same bytes.
` + editionHelp,
		Example: "  pediment report\n  pediment report --period 2025 --format html,xlsx,json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := chooseFormats(reportFormats, formats)
			if err != nil {
				return err
			}
			if err := a.chooseEdition(cmd); err != nil {
				return err
			}
			w, err := a.workFor(cmd, period)
			if err != nil {
				return err
			}
			if err := w.checkYear(); err != nil {
				return err
			}
			if err := w.take(cmd.Context(), chapters); err != nil {
				return err
			}
			if folder == "" {
				folder = filepath.Join(a.dir, "reports")
			}
			r := w.assemble()
			if err := a.writeReports(r, chosen, folder); err != nil {
				return err
			}
			if slices.Contains(chosen, reports.XLSX) {
				if err := w.writeAppraisals(r, folder); err != nil {
					return err
				}
			}
			return a.failOnRejects(w.loads)
		},
	}
	editionFlag(cmd, disclosure.Public)
	flags := cmd.Flags()
	flags.StringSliceVar(&formats, "format", []string{"xlsx", "html"}, formatNames(reportFormats)+"; several with commas")
	flags.StringVar(&period, "period", "", "the reporting year; default: report: {period: …} in pediment.yaml, else the latest year")
	flags.StringVarP(&folder, "output", "o", "", "folder to write to (default: reports in the city's folder)")
	return cmd
}

func (a *app) workFor(cmd *cobra.Command, period string) (*work, error) {
	p, err := readProject(a.dir)
	if err != nil {
		return nil, err
	}
	if period != "" {
		if _, err := p.calendar.ParsePeriod(period); err != nil {
			return nil, usageError{fmt.Errorf("--period: %w", err)}
		}
		p.settings.Report.Period = period
	}
	return a.run(cmd.Context(), p, p.reportQuery())
}

// writeReports writes each format to a file named for city and period, complete
// or not at all, and prints the names.
func (a *app) writeReports(r *reports.Report, formats []*reports.Format, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range formats {
		path := filepath.Join(folder, fileName(strings.Join(strings.Fields(r.City+" "+r.Period+" "+r.Edition), " "))+f.Ext)
		if err := writeFile(path, func(file *os.File) error { return f.Write(file, r) }); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
		fmt.Fprintln(a.out, path)
	}
	return nil
}

// writeFile writes to a neighbour and renames it over when it is whole.
func writeFile(path string, write func(*os.File) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".pediment-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := write(file); err != nil {
		file.Close()
		return err
	}
	if err := file.Chmod(0o644); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// fileName makes a name safe for every file system; letters of any script stay.
func fileName(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return unicode.ToLower(r)
		}
		return '-'
	}, name), "-")
}
