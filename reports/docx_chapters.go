package reports

import (
	"fmt"
	"slices"
	"strings"
)

// How many pictures and tables of a chapter a document shows.
const (
	mostPictures = 3
	mostTables   = 2
)

// chapter prints a computation of its own: findings, pictures and the tables in
// view, in the order the page has them.
func (d *word) chapter(c chapterView) {
	d.heading(2, c.Anchor, c.Title)
	if c.TablesFirst() {
		d.shown(c)
	}
	for _, t := range c.OpenTopics() {
		d.topic(t)
	}
	d.further(c)
	d.row(c.Pictures[:min(mostPictures, len(c.Pictures))])
	if !c.TablesFirst() {
		d.shown(c)
	}
	for _, w := range c.Warnings {
		d.paragraph("Note", append([]inked{strong("Note: ")}, caveat(w.About, w.Text)...)...)
	}
}

func (d *word) shown(c chapterView) {
	for _, t := range c.Shown[:min(mostTables, len(c.Shown))] {
		d.heading(3, "", t.Name)
		d.table(t)
	}
}

// topic prints what is found about one thing.
func (d *word) topic(t topic) {
	d.paragraph("CardTitle", said(sentenceCase(t.About)))
	for _, text := range t.First() {
		d.paragraph("ListBullet", said(text))
	}
}

// further says what the document leaves to the page and the workbooks.
func (d *word) further(c chapterView) {
	var parts []string
	rest := 0
	for _, t := range c.OpenTopics() {
		rest += len(t.Rest())
	}
	for _, t := range c.FoldedTopics() {
		rest += len(t.Texts)
	}
	if rest > 0 {
		parts = append(parts, counted(rest, "more finding"))
	}
	if n := len(c.Pictures) - mostPictures; n > 0 {
		parts = append(parts, counted(n, "more picture"))
	}
	if tables := slices.Concat(c.Shown[min(mostTables, len(c.Shown)):], c.Further); len(tables) > 0 {
		var names []string
		for _, t := range tables {
			names = append(names, lowerFirst(t.Name))
		}
		parts = append(parts, "the tables "+strings.Join(names, ", "))
	}
	text := ""
	if len(parts) > 0 {
		text = "On the page and in the workbook: " + strings.Join(parts, "; ") + "."
	}
	if c.Workbook != "" {
		text += fmt.Sprintf(" The workbook %s recalculates it: change an assumption and the verdict moves.", c.Workbook)
	}
	d.paragraph("Note", said(strings.TrimSpace(text)))
}
