package reports

import (
	"net/http"
	"slices"
)

// pageRoutes are the pages of the report.
func (d *Dashboard) pageRoutes() []route {
	list := []route{
		{pattern: "GET /{$}", page: (*visit).overviewPage},
		{pattern: "GET /areas", page: (*visit).areasPage},
		{pattern: "GET /area/{slug}", page: (*visit).areaPage},
		{pattern: "GET /indicator/{slug}", page: (*visit).indicatorPage},
		{pattern: "GET /downloads", page: (*visit).downloadsPage},
		{pattern: "GET /search", answer: (*visit).searchPage},
	}
	if d.Explain != nil {
		list = append(list, route{pattern: "GET /explain/{slug}", page: (*visit).explainPage})
	}
	for _, p := range sitePages {
		if len(p.parts) > 0 && !slices.Contains([]string{"/", "/areas", "/finance"}, p.path) {
			list = append(list, route{pattern: "GET " + p.path, page: func(v *visit) (screen, error) { return v.partsPage(p) }})
		}
	}
	return list
}

// partsView are parts of the report on a page of their own.
type partsView struct {
	Question string
	Parts    []placed
	Contents []link     // what is on the page, where that is much
	Coverage *tableView // on the page of the data
}

// manyChapters is from how many entries on a page begins with the list of them.
const manyChapters = 3

// partsPage shows the parts of a page as the report prints them.
func (v *visit) partsPage(p sitePage) (screen, error) {
	view := v.partsOf(p)
	if len(view.Parts) == 0 {
		return screen{}, notFound("This report does not have that part.")
	}
	return screen{name: "parts", At: p.path, Heading: p.title, Data: view}, nil
}

// partsOf are the parts of the report that a page shows.
func (v *visit) partsOf(p sitePage) partsView {
	var view partsView
	for _, name := range p.parts {
		for _, part := range v.frozen.view.Parts {
			if part.Part == name {
				view.Parts = append(view.Parts, v.frozen.view.In(part))
			}
		}
	}
	if len(view.Parts) > 0 {
		view.Question = view.Parts[0].At.Question
	}
	view.Contents = view.contents()
	if t, ok := tableNamed(v.frozen.Result, "coverage"); ok && slices.Contains(p.parts, Quality) {
		coverage := captioned(t)
		coverage.File = slug(t.Name)
		view.Coverage = &coverage
	}
	return view
}

// contents are the chapters on the page, of few chapters with their tables; nothing
// where the page is short.
func (view partsView) contents() []link {
	var chapters, all []link
	for _, part := range view.Parts {
		for _, c := range part.At.Chapters {
			one := link{"#" + c.Anchor, c.Title}
			chapters = append(chapters, one)
			all = append(append(all, one), c.contents()...)
		}
	}
	switch {
	case len(chapters) >= manyChapters:
		return chapters
	case len(all) >= manyChapters:
		return all
	}
	return nil
}

// overviewView is the first page.
type overviewView struct {
	Part   placed
	Filter filterView
}

func (v *visit) overviewPage() (screen, error) {
	filter, err := v.filter(nil)
	if err != nil {
		return screen{}, err
	}
	part := partView{PartTitle: titleOf(Summary)}
	if parts := v.partsOf(pageOf(Summary)).Parts; len(parts) > 0 {
		part = parts[0].At
	}
	return screen{name: "overview", At: "/", Heading: "Overview", Data: overviewView{v.frozen.view.In(part), filter}, filters: true}, nil
}

func (v *visit) areasPage() (screen, error) {
	return screen{name: "areas", At: "/areas", Heading: "Areas"}, nil
}

// areaView is one area.
type areaView struct {
	section
	Filter filterView
}

func (v *visit) areaPage() (screen, error) {
	sections := v.frozen.view.Sections
	k := slices.IndexFunc(sections, func(s section) bool { return s.Anchor == "area-"+v.r.PathValue("slug") })
	if k < 0 {
		return screen{}, notFound("There is no such area.")
	}
	var codes []string
	for _, i := range sections[k].Indicators {
		codes = append(codes, i.Code)
	}
	filter, err := v.filter(codes)
	return screen{name: "area", At: "/areas", Heading: sections[k].Title, Data: areaView{sections[k], filter}, filters: true}, err
}

func (v *visit) searchPage() error {
	if v.frozen == nil {
		return refusal{http.StatusServiceUnavailable, "No report has been published yet."}
	}
	query := v.r.URL.Query().Get("q")
	return v.show(screen{name: "search", Heading: "Find", Data: searchView{query, v.frozen.search(query)}})
}
