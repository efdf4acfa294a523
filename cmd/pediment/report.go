package main

import (
	"cmp"
	"errors"
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
		Use: "report", Short: "Write the progress report: workbook, page, Word, PDF, data package",
		Long: `Reads changed files, computes every indicator and writes the progress report into
the folder reports: a workbook (xlsx) and a page (html) that opens from disk, and
on request a document to edit in Word (docx), the page on A4 (pdf, with an installed
Chromium), a data package of CSV and Parquet files with their description (data), or
json, csv and text for scripts. With xlsx, each appraisal gets a workbook of its own
that recalculates. The same inputs give the same bytes.

Every file says at its foot where it comes from: city, period, edition, version, the
run and the hash of its inputs. Which parts the report has, and in which order, is
report: {sections: […], without: […]} in pediment.yaml; report: {licence: CC-BY-4.0}
is written into the data package.
` + editionHelp,
		Example: "  pediment report\n  pediment report --format docx,pdf\n  pediment report --format all\n  pediment report --period 2025 --format html,xlsx,json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := chooseReportFormats(formats)
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
			a.warnOfNotes(w)
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
	flags.StringSliceVar(&formats, "format", []string{"xlsx", "html"}, formatNames(reportFormats)+", all; several with commas")
	flags.StringVar(&period, "period", "", "the reporting year; default: report: {period: …} in pediment.yaml, else the latest year")
	flags.StringVarP(&folder, "output", "o", "", "folder to write to (default: reports in the city's folder)")
	return cmd
}

// chooseReportFormats finds the formats of a report by name; "all" is every one.
func chooseReportFormats(names []string) ([]*reports.Format, error) {
	if slices.Contains(names, "all") {
		return reportFormats, nil
	}
	chosen, err := chooseFormats(reportFormats, names)
	if err != nil {
		return nil, usageError{fmt.Errorf("%w, all", err)}
	}
	return chosen, nil
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
		p.usual, p.asked = p.settings.Report.Period, true
		p.settings.Report.Period = period
	}
	return a.run(cmd.Context(), p, p.reportQuery())
}

// writeReports writes each format to a file named for city, period and edition,
// complete or not at all, and prints the names. One that fails does not keep the
// others from being written.
func (a *app) writeReports(r *reports.Report, formats []*reports.Format, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	bar := a.writingBar(len(formats))
	defer bar.stop()
	var failed []error
	for _, f := range formats {
		path := filepath.Join(folder, fileName(strings.Join(strings.Fields(r.City+" "+cmp.Or(r.Period, "without figures")+" "+r.Edition), " "))+f.Ext)
		bar.show(filepath.Base(path))
		if err := writeFile(path, func(file *os.File) error { return f.Write(file, r) }); err != nil {
			failed = append(failed, fmt.Errorf("write %s: %w", path, err))
			continue
		}
		bar.done()
		fmt.Fprintln(a.out, path)
	}
	return errors.Join(failed...)
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
