package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"pediment/ingest"
	"pediment/reports"
)

// note reads the evaluator's text on an indicator, notes/CODE.md, as plain
// paragraphs; headings are left out. There need not be one.
func (p *project) note(code string) string {
	data, err := os.ReadFile(filepath.Join(p.dir, "notes", code+".md"))
	if err != nil {
		return ""
	}
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(string(data), "\r\n", "\n")) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, ""))
}

// texts reads every file of the folder notes by what it is about: notes/2.1.md is
// about area 2.1, notes/summary.md about the summary.
func (p *project) texts() map[string]string {
	texts := map[string]string{}
	files, _ := filepath.Glob(filepath.Join(p.dir, "notes", "*.md")) // the pattern is right
	for _, file := range files {
		about := strings.TrimSuffix(filepath.Base(file), ".md")
		texts[about] = p.note(about)
	}
	return texts
}

// readRemarks reads what stakeholders said, from every relation of kind feedback.
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
	return nil
}
