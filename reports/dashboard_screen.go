package reports

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
)

// screen is what one page of the dashboard says, to be set between the head and the
// foot that all have. Its template is "screen:" and its name, in the folder dashboard.
type screen struct {
	name    string
	At      string // path of the page in the navigation it belongs to
	Heading string // in the window's title
	Data    any
	filters bool // the page can be narrowed, and says itself to what
}

// window is what the templates of a screen print: the report's page around it.
type window struct {
	*page
	screen
	Reader       *Account
	CanSignIn    bool
	CanRemark    bool
	CanExplain   bool
	Here         string // address to come back to
	Main, Beside []navLink
	Styles       []string
	Scripts      []string
	Preview      bool
	Unfiltered   string // that the page is not narrowed as its address asks
	Problem      string // why later files are not shown, for those who are signed in
	Content      template.HTML
}

var dashboardTemplate = template.Must(template.Must(pageTemplate.Clone()).Funcs(template.FuncMap{
	"href": dashboardHref, "slug": slug, "query": func(query string) template.URL { return template.URL(query) },
	"asset": func(name string) string { return assets[name].address },
}).ParseFS(dashboardFiles, "dashboard/*.html"))

// showPage answers with a page of the report. For anonymous readers it is made once.
func (v *visit) showPage(page func(*visit) (screen, error)) error {
	if v.signedIn() {
		s, err := page(v)
		if err != nil {
			return err
		}
		return v.showAs(http.StatusOK, s)
	}
	key := "page " + v.r.URL.Path
	if v.filtered() {
		key = "filtered " + v.r.URL.Path
	}
	made, err := v.frozen.shelf.take(v.r.Context(), key, v.remarksVersion(), func() (rendition, error) {
		all := v.forAll()
		s, err := page(all)
		if err != nil {
			return rendition{}, err
		}
		body, err := all.render(s)
		return newRendition(htmlKind, body), err
	})
	if err != nil {
		return err
	}
	v.keep()
	return made.send(v.w, v.r, http.StatusOK)
}

// forAll is the visit without its reader's patience: what is made for everybody is
// finished when who asked first has left.
func (v *visit) forAll() *visit {
	all := *v
	all.r = v.r.WithContext(context.WithoutCancel(v.r.Context()))
	return &all
}

const htmlKind = "text/html; charset=utf-8"

// show answers with a screen made for this request.
func (v *visit) show(s screen) error { return v.showAs(http.StatusOK, s) }

// showAs is show with a status.
func (v *visit) showAs(status int, s screen) error {
	body, err := v.render(s)
	if err != nil {
		return err
	}
	v.keep()
	return newRendition(htmlKind, body).send(v.w, v.r, status)
}

// render prints the screen in its frame.
func (v *visit) render(s screen) ([]byte, error) {
	f := v.framed(s)
	var content, out bytes.Buffer
	if err := dashboardTemplate.ExecuteTemplate(&content, "screen:"+s.name, f); err != nil {
		return nil, fmt.Errorf("render %s: %w", s.name, err)
	}
	if bytes.Contains(content.Bytes(), []byte(`<div class="chart`)) {
		f.Scripts = append(f.Scripts, "echarts.js")
	}
	f.Scripts = append(f.Scripts, "page.js")
	if s.name == "levers" {
		f.Scripts = append(f.Scripts, "levers.js")
	}
	f.Content = template.HTML(content.String())
	if err := dashboardTemplate.ExecuteTemplate(&out, "frame", f); err != nil {
		return nil, fmt.Errorf("render frame: %w", err)
	}
	return out.Bytes(), nil
}

// framed is the screen with what stands around it.
func (v *visit) framed(s screen) window {
	f := window{
		screen: s, page: &page{Report: &Report{}, Lang: "en", Dir: "ltr"}, Reader: v.reader,
		CanSignIn: v.Accounts != nil, CanRemark: v.Remarks != nil && (v.Open || v.signedIn()), CanExplain: v.Explain != nil,
		Here: v.r.URL.Path, Styles: []string{"page.css"}, Scripts: []string{"start.js"},
	}
	f.Main, f.Beside = v.navigation(s.At)
	if v.frozen == nil {
		return f
	}
	f.page, f.Preview = v.frozen.view, v.frozen.Preview
	f.Unfiltered = v.unfiltered(s)
	if v.signedIn() && v.Problem != nil {
		f.Problem = v.Problem()
	}
	if f.Edition == Internal {
		f.Styles = append(f.Styles, "internal.css")
	}
	return f
}
