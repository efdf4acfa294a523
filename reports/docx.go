package reports

import (
	"fmt"
	"io"
)

// DOCX prints a document for Word that evaluators edit: real styles, contents,
// running heads and feet, pictures with their text, tables that repeat their heads.
// It follows the outline; what is folded away on the page stays in the workbook.
// Equal reports give equal bytes.
var DOCX = &Format{
	Name: "docx", Ext: ".docx",
	Doc:   "a document to edit in Word",
	Write: writeDOCX,
}

func writeDOCX(w io.Writer, r *Report) error {
	view, err := newPage(r)
	if err != nil {
		return err
	}
	d := newWord(view)
	if len(view.Sections) == 0 {
		d.plain()
	} else {
		d.cover()
		for _, part := range view.Parts {
			d.part(part)
		}
	}
	files, err := d.files()
	if err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	if err := writeArchive(w, files); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

// plain prints a plain result: its tables and caveats.
func (d *word) plain() {
	d.paragraph("Title", said(d.Title))
	for _, t := range d.Plain {
		d.heading(1, "", t.Name)
		d.table(t)
	}
	d.warnings(d.Warnings)
	d.endSection("", "nextPage", 1)
}

// cover says what the document is. What a council reads follows at once: where the
// summary comes first, its decisions and the areas at a glance stand before the
// contents.
func (d *word) cover() {
	d.paragraph("Title", said(d.Title))
	if mark := d.mark(); mark != "" {
		d.paragraph("Warning", said(mark))
	}
	if !d.opensWithSummary() {
		d.paragraph("Subtitle", said(d.Headline))
		d.paragraph("Lead", said(d.Lead))
		d.listContents()
	}
}

// listContents ends what stands before the contents and prints them in two columns.
func (d *word) listContents() {
	d.endSection("", "nextPage", 1)
	d.paragraph("ContentsHeading", said("Contents"))
	d.body.WriteString(contentsMark)
	d.endSection("", "continuous", 2)
}

// opensWithSummary reports whether the summary is the first part.
func (d *word) opensWithSummary() bool {
	return len(d.Parts) > 0 && d.Parts[0].Part == Summary
}

// part prints one part of the outline as a section of its own.
func (d *word) part(part partView) {
	d.heading(1, part.Part.String(), part.Title)
	d.note(d.Texts[part.Part.String()])
	switch part.Part {
	case Summary:
		d.overview()
	case Scorecard:
		d.scorecard()
	case Areas:
		d.paragraph("Note", said("An indicator stands with its first picture unless it did not change clearly; all pictures and breakdowns are on the page, all figures in the workbook."))
		for _, s := range d.Sections {
			d.area(s)
		}
	case Voice:
		d.remarks()
	case Lessons:
		d.lessons()
	case Quality:
		d.gaps()
	case Methods:
		d.methods()
	}
	for _, c := range part.Chapters {
		d.chapter(c)
	}
	d.endSection(part.Title, d.startOf(part.Part), 1)
}

// startOf is where the last section of a part begins: long parts on a page of their
// own, the rest of an opening summary below the contents.
func (d *word) startOf(part Part) string {
	switch part {
	case Areas, Money:
		return "nextPage"
	case Summary:
		if !d.opensWithSummary() {
			return "nextPage"
		}
	}
	return "continuous"
}
