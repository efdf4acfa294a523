package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pediment/analysis"
)

// wordStyle is a style of paragraphs: sizes in points, spaces in twentieths of one.
type wordStyle struct {
	id, name      string
	size          float64
	colour        string
	bold          bool
	before, after int
	more          string // further properties of the paragraph
	tight         bool   // lines without air between them
	level         int    // of a heading, in the outline of the document
}

// bodySize is the size of running text in points.
const bodySize = 10

// wordStyles are the styles of paragraphs, in the order of the elements that Word
// asks for in each.
func wordStyles() []wordStyle {
	const next = "<w:keepNext/><w:keepLines/>"
	return []wordStyle{
		{id: "Title", name: "Title", size: 22, bold: true, after: 80, colour: ink},
		{id: "Subtitle", name: "Subtitle", size: 14, bold: true, after: 60, colour: accent},
		{id: "Lead", name: "Lead", size: 10.5, after: 120, colour: soft},
		{id: "Heading1", name: "heading 1", size: 18, bold: true, before: 240, after: 120, colour: ink, more: next, level: 1},
		{id: "Heading2", name: "heading 2", size: 13, bold: true, before: 280, after: 100, colour: accent, more: next, level: 2},
		{id: "Heading3", name: "heading 3", size: 10.5, bold: true, before: 180, after: 60, colour: ink, more: next, level: 3},
		{id: "NoteHeading", name: "Note heading", size: bodySize, bold: true, before: 80, after: 20, colour: ink, more: next},
		{id: "ContentsHeading", name: "Contents heading", size: 13, bold: true, after: 100, colour: accent, more: next},
		{id: "TOC1", name: "toc 1", size: 9.5, bold: true, before: 40, after: 0, more: contentsTab},
		{id: "TOC2", name: "toc 2", size: 8.5, after: 0, more: contentsTab + `@<w:ind w:left="340"/>`},
		{id: "Caption", name: "caption", size: 9.5, bold: true, before: 160, after: 60, colour: ink, more: next},
		{id: "Figure", name: "Figure", size: 16, bold: true, after: 0},
		{id: "Standing", name: "Standing", after: 60, more: next},
		{id: "Picture", name: "Picture", after: 40, more: "<w:keepNext/>"},
		{id: "Source", name: "Source", size: 8, after: 120, colour: soft},
		{id: "Note", name: "Note", size: 8.5, after: 80, colour: soft},
		{id: "Warning", name: "Warning", size: 11, bold: true, after: 120, colour: badInk},
		{id: "CardTitle", name: "Card title", size: 10, bold: true, before: 120, after: 30, more: next},
		{id: "CardText", name: "Card text", after: 30},
		{id: "Term", name: "Term", size: 9.5, after: 50},
		{id: "Quote", name: "Quote", after: 60, colour: soft, more: `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="` + sixDigits(line) + `"/></w:pBdr>@<w:ind w:left="240"/>`},
		{id: "ListBullet", name: "List Bullet", after: 50, more: `<w:numPr><w:numId w:val="1"/></w:numPr>`},
		{id: "ListNumber", name: "List Number", after: 50, more: `@<w:ind w:left="340" w:hanging="340"/>`},
		{id: "ListContinue", name: "List Continue", after: 50, more: `@<w:ind w:left="340"/>`},
		{id: "TableText", name: "Table text", size: 8, after: 0, tight: true},
		{id: "TableHead", name: "Table head", size: 7.5, bold: true, after: 0, colour: soft, tight: true},
		{id: "AfterTable", name: "After table", size: 2, after: 40, tight: true},
		{id: "Header", name: "header", size: 8, after: 0, colour: soft},
		{id: "HeaderMark", name: "Header mark", size: 9, bold: true, after: 20, colour: badInk, more: `@<w:jc w:val="center"/>`},
		{id: "FooterMade", name: "Footer made by", size: 6.5, after: 0, colour: soft},
		{id: "Footer", name: "footer", size: 7.5, after: 0, colour: soft, more: `<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="` + sixDigits(line) + `"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`},
	}
}

const contentsTab = `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="4535"/></w:tabs>`

// sixDigits is a colour as Word writes it.
func sixDigits(colour string) string { return strings.TrimPrefix(colour, "#") }

// styles writes the styles of paragraphs, characters and tables. Each status has a
// style of its own, so that one change in Word changes them all.
func (d *word) styles() string {
	var out strings.Builder
	out.WriteString(xmlHead + "<w:styles" + wordSpaces + "><w:docDefaults><w:rPrDefault><w:rPr>" + fonts +
		fmt.Sprintf(`<w:color w:val="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="%s" w:eastAsia="%[4]s" w:bidi="%[4]s"/>`, sixDigits(ink), 2*bodySize, 2*bodySize, wordText(d.Lang)) +
		`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	fmt.Fprintf(&out, `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>%s</w:style>`, d.bidi("<w:pPr><w:bidi/></w:pPr>"))
	out.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	for _, s := range wordStyles() {
		out.WriteString(s.xml())
	}
	character := func(id, name, look string) {
		fmt.Fprintf(&out, `<w:style w:type="character" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:qFormat/><w:rPr>%s</w:rPr></w:style>`, id, name, look)
	}
	fmt.Fprintf(&out, `<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="%s"/></w:rPr></w:style>`, sixDigits(accent))
	character("Quiet", "Quiet", `<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="`+sixDigits(soft)+`"/><w:sz w:val="17"/><w:szCs w:val="17"/>`)
	character("Code", "Code", `<w:rFonts w:ascii="Noto Sans Mono" w:hAnsi="Noto Sans Mono" w:cs="Noto Sans Mono"/><w:sz w:val="16"/><w:szCs w:val="16"/>`)
	for _, class := range slices.Sorted(maps.Keys(d.statuses)) {
		l := coloured(d.statuses[class])
		character("Status"+class, "Status "+class, fmt.Sprintf(`<w:b/><w:bCs/><w:color w:val="%s"/><w:sz w:val="17"/><w:szCs w:val="17"/>%s<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`,
			sixDigits(l.Ink), dashedBorder(l), sixDigits(l.Ground)))
	}
	out.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	out.WriteString(`<w:style w:type="table" w:customStyle="1" w:styleId="Beside"><w:name w:val="Beside a picture"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	fmt.Fprintf(&out, `<w:style w:type="table" w:customStyle="1" w:styleId="PlainTable"><w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/><w:tblPr>`+
		`<w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="%[1]s"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="%[1]s"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="%[2]s"/></w:tblBorders>`+
		`<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="%[3]d" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="%[3]d" w:type="dxa"/></w:tblCellMar></w:tblPr>`+
		`<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="%[4]s"/></w:tcPr></w:tblStylePr></w:style></w:styles>`,
		sixDigits(soft), sixDigits(line), cellPadding, sixDigits(wash))
	return out.String()
}

// coloured gives a look that has only its class the colours of that class.
func coloured(l look) look {
	if l.Ink != "" {
		return l
	}
	for _, known := range looks {
		if known.Class == l.Class {
			return known
		}
	}
	return looks[analysis.Unclear]
}

// dashedBorder goes around a status without data, as everywhere.
func dashedBorder(l look) string {
	if !l.Dashed {
		return ""
	}
	return `<w:bdr w:val="dashed" w:sz="4" w:space="0" w:color="` + sixDigits(l.Ink) + `"/>`
}

func (s wordStyle) xml() string {
	first, last, _ := strings.Cut(s.more, "@") // spacing stands between the two
	if s.level > 0 {
		last += fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, s.level-1)
	}
	look := ""
	if s.bold {
		look += "<w:b/><w:bCs/>"
	}
	if s.colour != "" {
		look += `<w:color w:val="` + sixDigits(s.colour) + `"/>`
	}
	if s.size > 0 {
		look += fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, int(2*s.size))
	}
	lines := ""
	if s.tight {
		lines = ` w:line="240" w:lineRule="auto"`
	}
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s<w:spacing w:before="%d" w:after="%d"%s/>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
		s.id, s.name, first, s.before, s.after, lines, last, look)
}

const fonts = `<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:eastAsia="Noto Sans CJK SC" w:cs="Noto Sans Arabic"/>`

// fontTable names what stands in where the fonts are not installed.
const fontTable = `<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
	`<w:font w:name="Noto Sans"><w:altName w:val="Segoe UI"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Noto Sans Arabic"><w:altName w:val="Segoe UI"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Noto Sans CJK SC"><w:altName w:val="Microsoft YaHei"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Noto Sans Mono"><w:altName w:val="Consolas"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>`

// numbering is the bullet of lists.
const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
