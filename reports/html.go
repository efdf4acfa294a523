package reports

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// HTML prints a page that needs nothing but itself: it opens from disk without
// a network, prints on A4 and is complete without scripts. A progress report is
// laid out for a committee; a plain result is its tables.
var HTML = &Format{
	Name: "html", Ext: ".html",
	Doc:   "one self-contained page with charts, for reading and printing",
	Write: writeHTML,
}

//go:embed page
var pageFiles embed.FS

// chartLibrary is Apache ECharts 6.1.0, dist/echarts.min.js as published
// on npm; its licences lie beside it.
//
//go:embed assets/echarts/echarts.min.js
var chartLibrary string

var pageTemplate = template.Must(template.New("page.html").Funcs(template.FuncMap{
	"href":  func(anchor string) string { return "#" + anchor },
	"count": count, "counted": func(n int64) string { return counted(int(n), "row") }, "glossary": glossary, "sentence": sentence, "sentenceCase": sentenceCase, "short": short, "oneLine": oneLine, "cellClass": cellClass, "statusIn": statusIn, "paragraphs": paragraphs, "noteGroups": noteGroups,
}).ParseFS(pageFiles, "page/*.html"))

// sentence ends text with a full stop.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// oneLine reports whether a cell is short enough to stand on one line.
func oneLine(cell string) bool { return textWidth(cell) <= len("2006-01-02") }

// short is enough of a hash to tell two apart.
func short(hash string) string { return hash[:min(len(hash), 12)] }

// What every page carries: its style and the two scripts of ours, one before
// anything is drawn and one that draws the charts.
var pageStyle, pageStart, pageScript = mustRead("page/page.css"), mustRead("page/start.js"), mustRead("page/page.js")

func mustRead(name string) string {
	data, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func writeHTML(w io.Writer, r *Report) error {
	view, err := newPage(r)
	if err != nil {
		return err
	}
	view.Style = template.CSS(tokens() + pageStyle + printedFrame(r))
	view.Scripts = []template.JS{template.JS(pageStart)}
	if view.HasCharts() {
		view.Scripts = append(view.Scripts, template.JS(chartLibrary))
	}
	if len(view.Sections) > 0 {
		view.Scripts = append(view.Scripts, template.JS(pageScript))
	}
	view.Policy = policy(view.Scripts)
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, view); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	_, err = out.WriteTo(w)
	return err
}

// printedFrame puts provenance and page number at the foot of every printed page, and
// the edition's mark at its head.
func printedFrame(r *Report) string {
	if r.Inputs == "" {
		return ""
	}
	const small = "font:7.5pt sans-serif;color:" + soft
	foot := "@bottom-left{content:" + cssString(r.Provenance().Brief()) + ";" + small + "}" +
		`@bottom-right{content:counter(page) " of " counter(pages);` + small + "}"
	return "@page{" + foot + "}\n" + printedMark(r.mark())
}

// printedMark puts the mark of an edition at the head of every printed page.
func printedMark(mark string) string {
	if mark == "" {
		return ""
	}
	return "@page{@top-center{content:" + cssString(mark) + ";font:bold 9pt sans-serif;color:" + badInk + "}}\n"
}

// cssString writes text as a string of a style sheet: what could end the string or
// the sheet by its number.
func cssString(text string) string {
	var out strings.Builder
	for _, r := range printable(text) {
		if strings.ContainsRune("\"\\<>&", r) {
			fmt.Fprintf(&out, "\\%x ", r)
		} else {
			out.WriteRune(r)
		}
	}
	return `"` + out.String() + `"`
}

// policy is the page's content security policy: nothing may be loaded, and no
// script may run but these, known by their hash.
func policy(scripts []template.JS) string {
	var hashes []string
	for _, script := range scripts {
		sum := sha256.Sum256([]byte(script))
		hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return "default-src 'none'; style-src 'unsafe-inline'; script-src " + strings.Join(hashes, " ") + "; base-uri 'none'; form-action 'none'"
}

// tokens writes the colours of look.go as the style sheet's variables.
func tokens() string {
	var css strings.Builder
	css.WriteString(":root{")
	for _, t := range [][2]string{{"ink", ink}, {"soft", soft}, {"line", line}, {"wash", wash}, {"paper", paper}, {"accent", accent}, {"hatch", hatch}} {
		fmt.Fprintf(&css, "--%s:%s;", t[0], t[1])
	}
	css.WriteString("}\n")
	for _, status := range append(statusOrder[:len(statusOrder):len(statusOrder)], mixed) {
		l := looks[status]
		fmt.Fprintf(&css, ".%s{--s:%s;--g:%s}\n", l.Class, l.Ink, l.Ground)
	}
	return css.String()
}
