package reports

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Namespaces of the parts of a document.
const wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"`

const relationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const wordTypes = "application/vnd.openxmlformats-officedocument.wordprocessingml."

// files are the parts of the finished document.
func (d *word) files() ([]archived, error) {
	body := strings.Replace(d.body.String(), contentsMark, d.contentsField(), 1)
	body, media, err := d.drawn(body)
	if err != nil {
		return nil, err
	}
	document := xmlHead + "<w:document" + wordSpaces + "><w:body>" + body + "</w:body></w:document>"
	files := []archived{
		{"[Content_Types].xml", []byte(d.contentTypes())},
		{"_rels/.rels", []byte(xmlHead + packageRelations)},
		{"docProps/app.xml", []byte(d.appProperties())},
		{"docProps/core.xml", []byte(d.coreProperties())},
		{"word/document.xml", []byte(document)},
		{"word/_rels/document.xml.rels", []byte(d.relations())},
		{"word/styles.xml", []byte(d.styles())},
		{"word/numbering.xml", []byte(xmlHead + numbering)},
		{"word/settings.xml", []byte(d.settings())},
		{"word/fontTable.xml", []byte(xmlHead + fontTable)},
		{"word/footer1.xml", []byte(d.footer())},
	}
	for i, head := range d.heads {
		files = append(files, archived{fmt.Sprintf("word/header%d.xml", i+1), []byte(d.header(head))})
	}
	return append(files, media...), nil
}

// endSection ends a section; its running head names what it holds, and start says
// where it began: on the nextPage or continuous. Its properties stand in its last
// paragraph, those of the last section at the end of the body.
func (d *word) endSection(head, start string, columns int) {
	d.heads = append(d.heads, head)
	n := len(d.heads)
	properties := fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="header%d"/><w:footerReference w:type="default" r:id="footer1"/><w:type w:val="%s"/>`+
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="510" w:gutter="0"/><w:cols w:num="%d" w:space="567"/>%s</w:sectPr>`, n, start, columns, d.bidi("<w:bidi/>"))
	if n == d.sections() {
		d.body.WriteString(properties)
		return
	}
	d.body.WriteString("<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/>" + properties + "</w:pPr></w:p>")
}

// sections is how many sections the document has: its parts, what stands before the
// contents, and the contents.
func (d *word) sections() int {
	if len(d.Sections) == 0 {
		return 1
	}
	return 2 + len(d.Parts)
}

// header is the running head of a section.
func (d *word) header(head string) string {
	mark := ""
	if text := d.mark(); text != "" {
		mark = d.para("HeaderMark", "", said(text))
	}
	line := d.para("Header", "", said(strings.Join(filledTexts(d.City, d.Period, head), " · ")))
	return xmlHead + "<w:hdr" + wordSpaces + ">" + cmp.Or(mark+line, "<w:p/>") + "</w:hdr>"
}

// footer is the foot of every page: provenance and page number.
func (d *word) footer() string {
	page := func(code string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + code + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	from := d.Provenance()
	runs := d.run(said(from.Brief())) + "<w:r><w:tab/></w:r>" + d.run(said("Page ")) + page("PAGE") + d.run(said(" of ")) + page("NUMPAGES")
	made := d.para("FooterMade", "", said(dotted(from.Engine, labelled("inputs", from.Inputs))))
	return xmlHead + "<w:ftr" + wordSpaces + ">" + paraOf("Footer", "", runs) + made + "</w:ftr>"
}

// contentsField is the table of contents: a field Word can renew, filled already.
func (d *word) contentsField() string {
	if len(d.contents) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	for i, line := range d.contents {
		link := `<w:hyperlink w:anchor="` + line.bookmark + `" w:history="1"><w:r>` + runText(line.text) + "</w:r></w:hyperlink>"
		if i == 0 {
			link = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + link
		}
		if i == len(d.contents)-1 {
			link += `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		out.WriteString(paraOf(fmt.Sprintf("TOC%d", line.level), "", link))
	}
	out.WriteString("</w:sdtContent></w:sdt>")
	return out.String()
}

func (d *word) contentTypes() string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	override := func(part, kind string) {
		fmt.Fprintf(&out, `<Override PartName="/%s" ContentType="%s+xml"/>`, part, kind)
	}
	override("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties")
	override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties")
	override("word/document.xml", wordTypes+"document.main")
	for _, part := range []string{"fontTable", "numbering", "settings", "styles"} {
		override("word/"+part+".xml", wordTypes+part)
	}
	override("word/footer1.xml", wordTypes+"footer")
	for i := range d.heads {
		override(fmt.Sprintf("word/header%d.xml", i+1), wordTypes+"header")
	}
	out.WriteString("</Types>")
	return out.String()
}

const packageRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="document" Type="` + relationTypes + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="app" Type="` + relationTypes + `extended-properties" Target="docProps/app.xml"/></Relationships>`

// relations lists what the document refers to: its parts, pictures and outside addresses.
func (d *word) relations() string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	relate := func(id, kind, target, more string) {
		fmt.Fprintf(&out, `<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, id, relationTypes, kind, target, more)
	}
	for _, part := range []string{"fontTable", "numbering", "settings", "styles"} {
		relate(part, part, part+".xml", "")
	}
	relate("footer1", "footer", "footer1.xml", "")
	for i := range d.heads {
		relate(fmt.Sprintf("header%d", i+1), "header", fmt.Sprintf("header%d.xml", i+1), "")
	}
	for i := range d.pictures {
		relate(fmt.Sprintf("png%d", i+1), "image", fmt.Sprintf("media/picture%d.png", i+1), "")
		relate(fmt.Sprintf("svg%d", i+1), "image", fmt.Sprintf("media/picture%d.svg", i+1), "")
	}
	for i, address := range d.links {
		relate(fmt.Sprintf("link%d", i+1), "hyperlink", wordText(address), ` TargetMode="External"`)
	}
	out.WriteString("</Relationships>")
	return out.String()
}

func (d *word) coreProperties() string {
	stamp := d.stamp().UTC().Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + wordText(d.Title) + "</dc:title><dc:subject>" + wordText(d.Provenance().String()) + "</dc:subject><dc:creator>" + wordText(d.Engine) + "</dc:creator><dc:description>" + wordText(d.Provenance().Sentence()) + "</dc:description>" +
		"<dc:identifier>" + wordText(d.Inputs) + "</dc:identifier><dc:language>" + wordText(d.Lang) + "</dc:language>" +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + stamp + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + stamp + "</dcterms:modified></cp:coreProperties>"
}

func (d *word) appProperties() string {
	return xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` + wordText(d.Engine) + "</Application></Properties>"
}

func (d *word) settings() string {
	return xmlHead + "<w:settings" + wordSpaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + wordText(d.Lang) + `"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`
}
