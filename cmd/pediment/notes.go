package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"pediment/analysis"
	"pediment/ingest"
	"pediment/reports"
)

// note is the evaluator's text on an indicator, an area or a part of the report, in
// Markdown: notes/2023/ABOUT.md in the report of 2023, else notes/ABOUT.md, which is
// about the year the city reports on now. There need not be one; one that is not UTF-8
// is left out.
func (w *work) note(about string) string {
	folders := []string{filepath.Join(notesFolder, w.year.Label)}
	if w.year.Label == "" {
		folders = nil
	}
	if w.reportsNow() {
		folders = append(folders, notesFolder)
	}
	for _, folder := range folders {
		data, err := os.ReadFile(filepath.Join(w.project.dir, folder, about+".md"))
		if err == nil && utf8.Valid(data) {
			return strings.TrimSpace(strings.TrimPrefix(string(data), "\uFEFF"))
		}
	}
	return ""
}

// reportsNow reports whether the report is of the year it would be of if no other had
// been asked for.
func (w *work) reportsNow() bool { return w.year.Label == w.now.Label }

// usualYear is the year the report would be of if none had been asked for.
func (w *work) usualYear() analysis.Period {
	if !w.project.asked {
		return w.year
	}
	usual, project := *w, *w.project
	project.settings.Report.Period = project.usual
	usual.project = &project
	return usual.reportingYear()
}

// texts reads every file of the folder notes by what it is about: notes/2.1.md is
// about area 2.1, notes/summary.md about the summary.
func (w *work) texts() map[string]string {
	texts := map[string]string{}
	for _, file := range w.project.noteFiles() {
		about := strings.TrimSuffix(path.Base(file), ".md")
		texts[about] = w.note(about)
	}
	return texts
}

// warnOfNotes tells of texts that the report could not print, and of those it did not
// because they may be about another year.
func (a *app) warnOfNotes(w *work) {
	for _, p := range w.project.checkNotes() {
		fmt.Fprintf(a.err, "Left out: %s\n", p)
	}
	if w.reportsNow() {
		return
	}
	general := slices.DeleteFunc(w.project.noteFiles(), func(file string) bool { return strings.Contains(file, "/") })
	if len(general) > 0 {
		a.remark("The texts in notes are about the current report and are not printed in that of %[1]s; those in notes/%[1]s are.", w.year.Label)
	}
}

// readRemarks reads what stakeholders said: from every relation of kind feedback and
// from the city's own book.
func (w *work) readRemarks(ctx context.Context, warehouse *ingest.Warehouse) error {
	for _, r := range w.relations {
		if r.Kind != "feedback" {
			continue
		}
		t, err := warehouse.Rows(ctx, r, "date", "about", "stakeholder", "text", "response", "status")
		if err != nil {
			return err
		}
		for _, row := range t.Rows {
			text := func(k int) string { return row[k].(string) }
			w.remarks = append(w.remarks, reports.Remark{Date: text(0), About: text(1), Stakeholder: text(2), Text: text(3), Response: text(4), Status: text(5)})
		}
	}
	return w.readBook()
}
