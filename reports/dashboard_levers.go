package reports

import (
	"context"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// leverRoutes are the appraisals computed again, to be taken away.
func (d *Dashboard) leverRoutes() []route {
	if d.Appraise == nil || d.Workbook == nil {
		return nil
	}
	return []route{{pattern: "GET /finance/{name}/workbook", roles: []Role{Finance}, answer: (*visit).takeLeversWorkbook}}
}

// leversView is one appraisal with its levers.
type leversView struct {
	Title, Path string
	Lead        []string // as the report has it
	Chapter     chapterView
	Verdict     []string // before and after, when levers are moved
	Levers      []leverView
	Moved       bool
	Workbook    string // address of the workbook, "" for those it is not for
}

// leverView is a lever as the form shows it.
type leverView struct {
	Lever
	Text, GivenText, LowText, HighText string // with their unit
	Moved                              bool
}

// Number prints a number as a form takes it.
func (l leverView) Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func newLeverView(l Lever) leverView {
	text := func(x float64) string {
		if l.Unit == "year" {
			return strconv.FormatFloat(x, 'f', -1, 64)
		}
		number := rounded(x, stepDecimals(l))
		if rest, ok := strings.CutPrefix(l.Unit, "percent"); ok {
			return withUnit(number, "percent") + rest
		}
		return withUnit(number, l.Unit)
	}
	return leverView{Lever: l, Text: text(l.Value), GivenText: text(l.Given), LowText: text(l.Low), HighText: text(l.High), Moved: l.Value != l.Given}
}

// stepDecimals is after how many decimals the values of a lever are told apart.
func stepDecimals(l Lever) int {
	most := 0
	for _, x := range []float64{l.Step, l.Given} {
		_, fraction, _ := strings.Cut(strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64), ".")
		most = max(most, len(fraction))
	}
	return min(most, 4)
}

// leversPage shows an appraisal with the levers of the address: as the report has it,
// or computed again where some are moved. Its values are of the internal edition.
func (v *visit) leversPage() (screen, error) {
	c, _ := v.moneyChapter()
	moved, err := v.moved()
	if err != nil {
		return screen{}, err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), viewTime)
	defer cancel()
	var view leversView
	if len(moved) == 0 {
		view, err = v.leversView(ctx, c, nil)
	} else if err = v.spend(); err == nil {
		view, err = inRoom(ctx, v.rooms.computing, func() (leversView, error) { return v.leversView(ctx, c, moved) })
	}
	return screen{name: "levers", At: "/finance", Heading: view.Title, Data: view}, err
}

// appraisal is the name of the appraisal at the address.
func (v *visit) appraisal() (string, bool) {
	c, ok := v.moneyChapter()
	name, appraisal := strings.CutPrefix(c.Code, appraisalCode)
	return name, ok && appraisal
}

// moved reads where the levers are moved to.
func (v *visit) moved() (map[string]float64, error) {
	moved := map[string]float64{}
	for id, texts := range v.r.URL.Query() {
		x, err := strconv.ParseFloat(texts[0], 64)
		if err != nil || len(texts) > 1 {
			return nil, refusal{http.StatusUnprocessableEntity, "The value of " + id + " is not one number."}
		}
		moved[id] = x
	}
	return moved, nil
}

// leversView computes the appraisal. What can be taken away of the report has other
// values, so nothing is offered here but the workbook.
func (v *visit) leversView(ctx context.Context, c chapterView, moved map[string]float64) (leversView, error) {
	chapter, levers, err := v.Appraise(ctx, strings.TrimPrefix(c.Code, appraisalCode), moved)
	if err != nil {
		return leversView{}, err
	}
	view := leversView{Title: appraisalTitle(c.Title), Path: chapterPath(c.Code), Lead: c.brief().Lead}
	query := url.Values{}
	for _, l := range levers {
		one := newLeverView(l)
		if view.Levers = append(view.Levers, one); one.Moved {
			view.Moved = true
			query.Set(l.ID, one.Number(l.Value))
		}
	}
	const aboutLevers = "with these values"
	for _, f := range chapter.Findings {
		if f.About == aboutLevers {
			view.Verdict = append(view.Verdict, f.Text)
		}
	}
	chapter.Workbook, chapter.Title = "", "Result"
	chapter.Findings = slices.DeleteFunc(slices.Clone(chapter.Findings), func(f Finding) bool { return f.About == aboutLevers })
	if view.Chapter, err = newChapterView(chapter); err != nil {
		return view, err
	}
	view.Chapter.withoutFiles()
	if v.reader.Role == Finance && v.Workbook != nil {
		view.Workbook = view.Path + "/workbook"
		if text := query.Encode(); text != "" {
			view.Workbook += "?" + text
		}
	}
	return view, nil
}

// withoutFiles takes off the names under which tables and pictures of the report can
// be taken away.
func (c *chapterView) withoutFiles() {
	for k := range c.Pictures {
		c.Pictures[k].Name = ""
	}
	for k := range c.Shown {
		c.Shown[k].File = ""
	}
	for k := range c.Further {
		c.Further[k].File = ""
	}
}

// takeLeversWorkbook hands over the workbook of an appraisal with levers moved.
func (v *visit) takeLeversWorkbook() error {
	if v.frozen == nil {
		return refusal{http.StatusServiceUnavailable, v.absence()}
	}
	name, ok := v.appraisal()
	if !ok {
		return notFound("There is no such appraisal in this report.")
	}
	moved, err := v.moved()
	if err != nil {
		return err
	}
	if err := v.spend(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), viewTime)
	defer cancel()
	body, err := inRoom(ctx, v.rooms.computing, func() ([]byte, error) { return v.Workbook(ctx, name, moved) })
	if err != nil {
		return err
	}
	parts := []string{"appraisal", name}
	if len(moved) > 0 {
		parts = append(parts, "moved")
	}
	file := v.frozen.fileName(parts...) + XLSX.Ext
	v.keep()
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	return newRendition(xlsxKind, body).send(v.w, v.r, http.StatusOK)
}
