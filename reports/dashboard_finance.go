package reports

import (
	"net/http"
	"slices"
	"strings"
)

// financeRoutes are the pages of money: an overview, and one for each chapter.
func (d *Dashboard) financeRoutes() []route {
	return append(d.leverRoutes(),
		route{pattern: "GET /finance", page: (*visit).financePage},
		route{pattern: "GET /finance/{name}", answer: (*visit).answerChapter})
}

// chapterPath is where the dashboard shows a chapter about money.
func chapterPath(code string) string { return "/finance/" + slug(code) }

// appraisalCode begins the codes of chapters that are appraisals.
const appraisalCode = "appraisal_"

// financeView is the overview of the chapters about money.
type financeView struct {
	Question string
	Note     string // the evaluator's
	Chapters []briefChapter
	Tried    []navLink // the appraisals whose values may be tried
	CanTry   bool      // by this reader
	MaySign  bool
}

// briefChapter is a chapter in the sentences that lead it.
type briefChapter struct {
	Path, Title string
	Lead        []string
}

// brief is what an overview says of the chapter: its lead, else its first finding.
func (c chapterView) brief() briefChapter {
	b := briefChapter{Path: chapterPath(c.Code), Title: c.Title, Lead: c.Lead}
	if len(b.Lead) == 0 && len(c.Findings) > 0 {
		b.Lead = []string{c.Findings[0].Text}
	}
	return b
}

// moneyPart is the part about money as the report prints it.
func (v *visit) moneyPart() (partView, bool) {
	k := slices.IndexFunc(v.frozen.view.Parts, func(p partView) bool { return p.Part == Money })
	if k < 0 {
		return partView{}, false
	}
	return v.frozen.view.Parts[k], true
}

// financePage lists the chapters about money.
func (v *visit) financePage() (screen, error) {
	part, ok := v.moneyPart()
	if !ok {
		return screen{}, notFound("This report does not have that part.")
	}
	view := financeView{Question: part.Question, Note: v.frozen.Texts[Money.String()], CanTry: v.signedIn(), MaySign: v.Accounts != nil && !v.signedIn()}
	for _, c := range part.Chapters {
		brief := c.brief()
		view.Chapters = append(view.Chapters, brief)
		if v.Appraise != nil && strings.HasPrefix(c.Code, appraisalCode) {
			view.Tried = append(view.Tried, navLink{Path: brief.Path, Title: appraisalTitle(c.Title)})
		}
	}
	return screen{name: "finance", At: "/finance", Heading: pageOf(Money).title, Data: view}, nil
}

func appraisalTitle(title string) string { return strings.TrimPrefix(title, "Appraisal: ") }

// moneyChapter is the chapter about money at the address.
func (v *visit) moneyChapter() (chapterView, bool) {
	part, _ := v.moneyPart()
	k := slices.IndexFunc(part.Chapters, func(c chapterView) bool { return slug(c.Code) == v.r.PathValue("name") })
	if k < 0 {
		return chapterView{}, false
	}
	return part.Chapters[k], true
}

// answerChapter shows a chapter about money: an appraisal with its levers to those
// who are signed in. For everybody the page stands still, so an address that moves
// levers is refused.
func (v *visit) answerChapter() error {
	if v.frozen == nil {
		return refusal{http.StatusServiceUnavailable, v.absence()}
	}
	c, ok := v.moneyChapter()
	appraisal := ok && v.Appraise != nil && strings.HasPrefix(c.Code, appraisalCode)
	switch {
	case !ok:
		return notFound("There is no such chapter in this report.")
	case appraisal && v.signedIn():
		return v.showPage((*visit).leversPage)
	case appraisal && v.r.URL.RawQuery != "":
		return refusal{http.StatusForbidden, "Other values are tried by people who are signed in."}
	}
	return v.showPage((*visit).chapterPage)
}

// moneyChapterView is one chapter on a page of its own.
type moneyChapterView struct {
	briefChapter
	Chapter  chapterView
	Contents []link
	MaySign  bool // to try other values
}

// chapterPage shows a chapter as the report prints it.
func (v *visit) chapterPage() (screen, error) {
	c, _ := v.moneyChapter()
	view := moneyChapterView{briefChapter: c.brief(), Chapter: c, Contents: c.contents()}
	view.MaySign = strings.HasPrefix(c.Code, appraisalCode) && v.Appraise != nil && v.Accounts != nil
	view.Title = appraisalTitle(view.Title)
	view.Chapter.Title, view.Chapter.Workbook = "In detail", ""
	return screen{name: "chapter", At: "/finance", Heading: view.Title, Data: view}, nil
}

// contents are the tables of the chapter that stand in view.
func (c chapterView) contents() []link {
	var list []link
	for _, t := range c.Shown {
		list = append(list, link{"#" + t.File, t.Name})
	}
	return list
}
