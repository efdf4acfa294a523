package reports

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"pediment/analysis"
)

// word is a document for Word in the making.
type word struct {
	*page
	body     strings.Builder
	places   map[string]string // name of the bookmark of each place that may be linked to
	marks    int               // bookmarks so far
	contents []contentsLine
	pictures []wordPicture
	links    []string // outside addresses, in order
	heads    []string // text of each section's running head
	statuses map[string]look
}

// contentsLine is one line of the table of contents.
type contentsLine struct {
	level          int
	bookmark, text string
}

// contentsMark and pictureMark stand in the body for what is known at the end
// only. No text holds the character they begin with.
const contentsMark = "\x00contents\x00"

func pictureMark(n int) string { return fmt.Sprintf("\x00picture %d\x00", n) }

func newWord(p *page) *word {
	d := &word{page: p, places: map[string]string{}, statuses: map[string]look{}}
	place := func(anchor string) {
		if d.places[anchor] == "" {
			d.places[anchor] = fmt.Sprintf("_Place%d", len(d.places)+1)
		}
	}
	for _, part := range p.Parts {
		place(part.Part.String())
		for _, c := range part.Chapters {
			place(c.Anchor)
		}
	}
	for _, s := range p.Sections {
		if !p.Says(Areas) {
			break
		}
		place(s.Anchor)
		for _, e := range s.Known {
			place(e.Anchor)
		}
	}
	if p.Says(Summary) {
		place("changes")
	}
	if p.Says(Quality) && len(p.Absent) > 0 {
		place("absent")
	}
	return d
}

// inked is text of one look within a paragraph.
type inked struct {
	text               string
	style              string // of characters, "" for the paragraph's own
	bold, italic, code bool
	to                 string // place in the document it leads to
	url                string // address outside it leads to
}

func said(text string) inked { return inked{text: text} }

func strong(text string) inked { return inked{text: text, bold: true} }

func quiet(text string) inked { return inked{text: text, style: "Quiet"} }

// linked is text that leads to a place of the document.
func linked(anchor, text string) inked { return inked{text: text, to: anchor} }

// chip is a status as icon and word on its ground.
func (d *word) chip(l look) inked { return d.chipText(l, l.Word) }

// chipText is a status whose word says more.
func (d *word) chipText(l look, text string) inked {
	d.statuses[l.Class] = l
	return inked{text: noBreak + l.Icon + noBreak + text + noBreak, style: "Status" + l.Class}
}

// paragraph writes one paragraph in a style; one without text is left out.
func (d *word) paragraph(style string, spans ...inked) {
	d.body.WriteString(d.para(style, "", spans...))
}

// para is a paragraph; more is added to its properties.
func (d *word) para(style, more string, spans ...inked) string {
	var out strings.Builder
	for _, s := range spans {
		out.WriteString(d.run(s))
	}
	if out.Len() == 0 {
		return ""
	}
	return paraOf(style, more, out.String())
}

func paraOf(style, more, runs string) string {
	properties := more
	if style != "" {
		properties = `<w:pStyle w:val="` + style + `"/>` + more
	}
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	return "<w:p>" + properties + runs + "</w:p>"
}

// run writes a span, linked where it leads somewhere.
func (d *word) run(s inked) string {
	if s.text == "" {
		return ""
	}
	bookmark := d.places[s.to]
	if s.url != "" || bookmark != "" {
		s.style = "Hyperlink"
	}
	run := "<w:r>" + runLook(s) + runText(s.text) + "</w:r>"
	switch {
	case s.url != "":
		d.links = append(d.links, s.url)
		return fmt.Sprintf(`<w:hyperlink r:id="link%d" w:history="1">%s</w:hyperlink>`, len(d.links), run)
	case bookmark != "":
		return `<w:hyperlink w:anchor="` + bookmark + `" w:history="1">` + run + `</w:hyperlink>`
	}
	return run
}

func runLook(s inked) string {
	var out strings.Builder
	if s.code {
		s.style = "Code"
	}
	if s.style != "" {
		out.WriteString(`<w:rStyle w:val="` + s.style + `"/>`)
	}
	if s.bold {
		out.WriteString("<w:b/><w:bCs/>")
	}
	if s.italic {
		out.WriteString("<w:i/><w:iCs/>")
	}
	if rightToLeft(s.text) {
		out.WriteString("<w:rtl/>")
	}
	if out.Len() == 0 {
		return ""
	}
	return "<w:rPr>" + out.String() + "</w:rPr>"
}

// rightToLeft reports whether the first letter is of a script written so.
func rightToLeft(text string) bool {
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return true
		case unicode.IsLetter(r):
			return false
		}
	}
	return false
}

// runText writes text with its line breaks.
func runText(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = `<w:t xml:space="preserve">` + wordText(lines[i]) + "</w:t>"
	}
	return strings.Join(lines, "<w:br/>")
}

// wordText escapes text and takes out what no document may hold, and the marks that
// would turn the direction of what follows.
func wordText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		case r == '\n' || r == '\t':
			return ' '
		}
		return r
	}, cleanText(text))
	var out strings.Builder
	if err := xml.EscapeText(&out, []byte(text)); err != nil {
		return ""
	}
	return out.String()
}

// heading writes a heading of level 1 to 3 that can be linked to; the first two
// levels stand in the contents.
func (d *word) heading(level int, anchor, text string, more ...inked) {
	if text == "" {
		return
	}
	bookmark := d.places[anchor]
	if bookmark == "" && level <= 2 {
		bookmark = fmt.Sprintf("_Heading%d", d.marks+1)
	}
	var runs strings.Builder
	for _, s := range append([]inked{said(text)}, more...) {
		runs.WriteString(d.run(s))
	}
	d.body.WriteString(paraOf(fmt.Sprintf("Heading%d", level), "", d.marked(bookmark, runs.String())))
	if level <= 2 {
		d.contents = append(d.contents, contentsLine{level, bookmark, text})
	}
}

// marked puts a bookmark around runs.
func (d *word) marked(bookmark, runs string) string {
	if bookmark == "" {
		return runs
	}
	d.marks++
	return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/>`, d.marks, bookmark, runs, d.marks)
}

// note writes the city's own text.
func (d *word) note(markdown string) {
	for _, b := range Note(markdown) {
		spans := make([]inked, len(b.Runs))
		for i, r := range b.Runs {
			spans[i] = inked{text: r.Text, bold: r.Bold, italic: r.Italic, code: r.Code, url: r.Link}
		}
		d.body.WriteString(d.para(noteStyle(b), noteIndent(b), noteSpans(b, spans)...))
	}
}

func noteStyle(b Block) string {
	switch {
	case b.Kind == NoteQuote:
		return "Quote"
	case b.Kind == NoteHeading:
		return "NoteHeading"
	case b.Kind != NoteItem:
		return "Normal"
	case b.Continues:
		return "ListContinue"
	case b.Number > 0:
		return "ListNumber"
	}
	return "ListBullet"
}

// noteSpans puts the number before a numbered item: the author's own.
func noteSpans(b Block, spans []inked) []inked {
	if b.Kind == NoteItem && b.Number > 0 && !b.Continues {
		return append([]inked{said(fmt.Sprintf("%d.%s", b.Number, noBreak))}, spans...)
	}
	return spans
}

// noteIndent moves nested items in.
func noteIndent(b Block) string {
	if b.Kind != NoteItem || b.Level < 2 {
		return ""
	}
	return fmt.Sprintf(`<w:ind w:left="%d"/>`, 340*min(b.Level, 6))
}

// warnings lists caveats.
func (d *word) warnings(list []analysis.Warning) {
	if len(list) == 0 {
		return
	}
	d.heading(2, "", "Caveats")
	for _, w := range list {
		d.paragraph("ListBullet", caveat(w.About, w.Text)...)
	}
}

// caveat is a text after what it is about.
func caveat(about, text string) []inked {
	if about == "" {
		return []inked{said(text)}
	}
	return []inked{strong(about + ": "), said(text)}
}
