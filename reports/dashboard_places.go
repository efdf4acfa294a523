package reports

import (
	"cmp"
	"slices"
	"strings"
)

// sitePage is a page of the dashboard that shows parts of the report.
type sitePage struct {
	path, title string
	parts       []Part
	under       string // path of the page it stands under in the navigation, "" for one of the main pages
	main        string // what the navigation calls it and those under it, "" for its title
}

// sitePages are the pages in the order of the navigation.
var sitePages = []sitePage{
	{path: "/", title: "Overview", parts: []Part{Summary}},
	{path: "/scorecard", title: "Scorecard", parts: []Part{Scorecard, Index}, under: "/"},
	{path: "/lessons", title: "Lessons", parts: []Part{Lessons}, under: "/"},
	{path: "/areas", title: "All areas", main: "Areas", parts: []Part{Areas}},
	{path: "/context", title: "Context", parts: []Part{Context}, under: "/areas"},
	{path: "/programmes", title: "Programmes", parts: []Part{Programmes}, under: "/areas"},
	{path: "/plan", title: "Plan", parts: []Part{Plan, Checklist}},
	{path: "/fairness", title: "Fairness", parts: []Part{Fairness}},
	{path: "/finance", title: "Finance", parts: []Part{Money}},
	{path: "/data", title: "Quality and gaps", main: "Data", parts: []Part{Quality}},
	{path: "/methods", title: "Methods", parts: []Part{Methods}, under: "/data"},
	{path: "/downloads", title: "Downloads", under: "/data"},
	{path: "/voice", title: "Residents’ voice", main: "Feedback", parts: []Part{Voice}},
	{path: "/remarks", title: "Remarks and questions", under: "/voice"},
}

// pageOf is the page that shows the part.
func pageOf(part Part) sitePage {
	for _, p := range sitePages {
		if slices.Contains(p.parts, part) {
			return p
		}
	}
	return sitePage{path: "/"}
}

// withinPage are the anchors of sections that are no part of their own.
var withinPage = map[string]string{
	"absent": "/data", "sources": "/methods", "glossary": "/methods", "warnings": "/methods", "remarks": "/voice",
	"glance": "/", "changes": "/", "left-out": "/", "overview": "/", "chapters-glance": "/",
	"money": "/finance", "money-glance": "/",
}

// dashboardHref is where the dashboard shows what stands at an anchor of the report.
func dashboardHref(anchor string) string {
	if code, ok := strings.CutPrefix(anchor, "ind-"); ok {
		return "/indicator/" + code
	}
	if code, ok := strings.CutPrefix(anchor, "area-"); ok {
		return "/area/" + code
	}
	if path, ok := withinPage[anchor]; ok {
		return path + "#" + anchor
	}
	if code, ok := strings.CutPrefix(anchor, Money.String()+"-"); ok {
		return chapterPath(code)
	}
	for _, p := range Parts {
		name := p.Part.String()
		if anchor == name {
			return pageOf(p.Part).path + "#" + anchor
		}
		if strings.HasPrefix(anchor, name+"-") {
			return pageOf(p.Part).path + "#" + anchor
		}
	}
	return "#" + anchor
}

// shows reports whether the page has anything to show of the report.
func (v *visit) shows(p sitePage) bool {
	switch p.path {
	case "/remarks":
		return v.Remarks != nil
	case "/", "/areas", "/downloads":
		return true
	}
	return v.frozen != nil && slices.ContainsFunc(v.frozen.view.Parts, func(part partView) bool { return slices.Contains(p.parts, part.Part) })
}

// navLink is one entry of the navigation.
type navLink struct {
	Path, Title string
	Current     bool // the page itself
	Within      bool // a page under it
}

// navigation lists the main pages, and the pages that stand beside the one shown.
func (v *visit) navigation(at string) (main, beside []navLink) {
	top := topOf(at)
	for _, p := range sitePages {
		if p.under == "" {
			if link, ok := v.mainLink(p, at, top); ok {
				main = append(main, link)
			}
		}
		if top != "" && (p.path == top || p.under == top) && v.shows(p) {
			beside = append(beside, navLink{Path: p.path, Title: p.title, Current: p.path == at})
		}
	}
	if len(beside) < 2 {
		beside = nil
	}
	return main, beside
}

// mainLink leads to a main page, or to the first one under it when it has nothing to
// show itself.
func (v *visit) mainLink(p sitePage, at, top string) (navLink, bool) {
	for _, one := range sitePages {
		if (one.path == p.path || one.under == p.path) && v.shows(one) {
			return navLink{Path: one.path, Title: cmp.Or(p.main, p.title), Current: one.path == at, Within: p.path == top}, true
		}
	}
	return navLink{}, false
}

// topOf is the main page a page stands under.
func topOf(at string) string {
	for _, p := range sitePages {
		if p.path == at && p.under != "" {
			return p.under
		}
	}
	return at
}
