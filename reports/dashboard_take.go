package reports

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"pediment/analysis"
)

// takeable are the tables and pictures of the report by the names under which they
// can be taken away.
func takeable(p *page) (map[string]analysis.Table, map[string]analysis.Chart) {
	files, charts := map[string]analysis.Table{}, map[string]analysis.Chart{}
	for _, t := range slices.Concat(p.Tables, []analysis.Table{p.Rejects, p.Failing}) {
		if len(t.Rows) > 0 {
			files[slug(t.Name)] = t
		}
	}
	for _, picture := range p.pictures() {
		files[picture.Name] = chartData(picture.chart)
		if picture.Option != "" {
			charts[picture.Name] = picture.chart
		}
	}
	for _, part := range p.Parts {
		for _, c := range part.Chapters {
			for _, t := range slices.Concat(c.Tables, c.Folded) {
				files[c.tableName(t)] = t
			}
		}
	}
	values, _ := tableNamed(p.Result, "values")
	for _, i := range p.indicators() {
		if own := valuesOf(values, i.Code); len(own.Rows) > 0 {
			files["ind-"+slug(i.Code)] = own
		}
	}
	return files, charts
}

// pictures are all pictures of the page.
func (p *page) pictures() []picture {
	var list []picture
	for _, s := range p.Sections {
		for _, e := range s.Known {
			list = append(list, slices.Concat(e.Charts, e.More)...)
		}
	}
	for _, part := range p.Parts {
		for _, c := range part.Chapters {
			list = append(list, c.Pictures...)
		}
	}
	return list
}

// takeRoutes are the tables, pictures and whole renditions that can be taken away.
func (d *Dashboard) takeRoutes() []route {
	return []route{
		{pattern: "GET /table/{file}", answer: (*visit).takeTable},
		{pattern: "GET /chart/{file}", answer: (*visit).takeChart},
		{pattern: "GET /download/{format}", answer: (*visit).takeReport},
	}
}

// makers make what is taken away, by the ending of its name.
type maker struct {
	kind string
	make func(*Frozen, string) ([]byte, error)
}

var tableMakers = map[string]maker{
	".csv":  {"text/csv; charset=utf-8", func(f *Frozen, name string) ([]byte, error) { return f.tableAs(CSV, name) }},
	".xlsx": {xlsxKind, func(f *Frozen, name string) ([]byte, error) { return f.tableAs(XLSX, name) }},
}

var chartMakers = map[string]maker{
	".svg": {"image/svg+xml", func(f *Frozen, name string) ([]byte, error) { return SVG(f.charts[name], f.Language) }},
	".png": {"image/png", func(f *Frozen, name string) ([]byte, error) { return PNG(f.charts[name], f.Language) }},
}

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (v *visit) takeTable() error {
	if v.frozen == nil {
		return notFound("No report has been published yet.")
	}
	name, ending := cutEnding(v.r.PathValue("file"))
	if _, ok := v.frozen.files[name]; !ok || tableMakers[ending].make == nil {
		return notFound("There is no such table.")
	}
	return v.hand(tableMakers[ending], name, ending)
}

func (v *visit) takeChart() error {
	if v.frozen == nil {
		return notFound("No report has been published yet.")
	}
	name, ending := cutEnding(v.r.PathValue("file"))
	if _, ok := v.frozen.charts[name]; !ok || chartMakers[ending].make == nil {
		return notFound("There is no such picture.")
	}
	return v.hand(chartMakers[ending], name, ending)
}

// cutEnding divides a file's name before its last full stop.
func cutEnding(file string) (name, ending string) {
	k := strings.LastIndexByte(file, '.')
	if k < 0 {
		return file, ""
	}
	return file[:k], file[k:]
}

// hand gives the reader a file, made once for the report.
func (v *visit) hand(m maker, name, ending string) error {
	frozen := v.frozen
	made, err := frozen.shelf.take(v.r.Context(), "file "+name+ending, "", func() (rendition, error) {
		body, err := inRoom(context.WithoutCancel(v.r.Context()), v.rooms.drawing, func() ([]byte, error) { return m.make(frozen, name) })
		return newRendition(m.kind, body), err
	})
	if err != nil {
		return fmt.Errorf("make %s%s: %w", name, ending, err)
	}
	v.keep()
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": frozen.fileName(name) + ending}))
	return made.send(v.w, v.r, http.StatusOK)
}

// fileName is the name of a file that is taken away, without its ending.
func (r *Report) fileName(parts ...string) string {
	text := strings.ToLower(strings.Join(append([]string{r.City, r.Period, r.Edition}, parts...), " "))
	return strings.Join(strings.FieldsFunc(slug(text), func(r rune) bool { return r == '-' }), "-")
}

// tableAs prints one table of the report in a format.
func (f *Frozen) tableAs(format *Format, name string) ([]byte, error) {
	t := f.files[name]
	alone := *f.Report
	alone.Result = analysis.Result{Title: inWords(t.Name) + ": " + f.Title, Tables: []analysis.Table{t}}
	alone.Areas, alone.Chapters = nil, nil
	var out bytes.Buffer
	err := format.Write(&out, &alone)
	return out.Bytes(), err
}

// formats are the whole renditions that can be taken away. The page can be printed
// where a browser is installed.
func (d *Dashboard) formats() []*Format {
	if len(d.Formats) == 0 {
		return []*Format{HTML, XLSX}
	}
	if _, err := findBrowser(browsers); err != nil {
		return slices.DeleteFunc(slices.Clone(d.Formats), func(f *Format) bool { return f == PDF })
	}
	return d.Formats
}

func (v *visit) takeReport() error {
	if v.frozen == nil {
		return notFound("No report has been published yet.")
	}
	k := slices.IndexFunc(v.formats(), func(f *Format) bool { return f.Name == v.r.PathValue("format") })
	if k < 0 {
		return notFound("The report does not come in that format.")
	}
	format := v.formats()[k]
	whole := maker{formatKind(format), func(f *Frozen, _ string) ([]byte, error) {
		var out bytes.Buffer
		err := format.Write(&out, f.Report)
		return out.Bytes(), err
	}}
	return v.hand(whole, "", format.Ext)
}

// formatKind is the media type of a format.
func formatKind(f *Format) string {
	_, ending := cutEnding(f.Ext)
	switch ending {
	case ".html":
		return htmlKind
	case ".xlsx":
		return xlsxKind
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".pdf":
		return "application/pdf"
	case ".zip":
		return "application/zip"
	case ".json":
		return "application/json"
	case ".csv":
		return "text/csv; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}
