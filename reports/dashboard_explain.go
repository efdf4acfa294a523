package reports

import (
	"context"
	"fmt"
	"net/http"

	"pediment/analysis"
)

// explainView is one number taken down to what it was made of.
type explainView struct {
	Code, Name, Path string
	Of               string // what it is of, in words
	Title            string
	Steps            []topic // in sentences
	SQL              []topic // queries that give the totals, each under what it gives
	Tables           []tableView
	Warnings         []analysis.Warning
	Filter           filterView
}

// explainPage takes a number of the report apart. Which one is asked for by an
// indicator's address and, of readers who are signed in, by a selection.
func (v *visit) explainPage() (screen, error) {
	view, ok := v.frozen.indicator(v.r.PathValue("slug"))
	if !ok {
		return screen{}, notFound("There is no such indicator.")
	}
	if !v.signedIn() && v.Current != nil && !v.Current() {
		return screen{}, refusal{http.StatusForbidden, "The data have changed since this report was published. How its numbers were made is shown again with the next publication" + v.orSigningIn() + "."}
	}
	asked := Asked{Code: view.Code, Period: view.Headline.Period.Label}
	of := v.frozen.titleOf(selection{Period: asked.Period}, false)
	filter := filterView{Refused: !v.signedIn() && v.filtered()}
	if v.signedIn() {
		chosen, problem := v.frozen.choices.parse(v.r.URL.Query())
		if problem != "" {
			return screen{}, refusal{http.StatusUnprocessableEntity, problem}
		}
		if chosen.Period != "" {
			asked.Period = chosen.Period
		}
		asked.Place, asked.Group = chosen.Place, chosen.Group
		of = v.frozen.titleOf(selection{asked.Period, asked.Place, asked.Group}, false)
	}
	if err := v.spend(); err != nil {
		return screen{}, err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), viewTime)
	defer cancel()
	result, err := inRoom(ctx, v.rooms.computing, func() (analysis.Result, error) { return v.Explain(ctx, asked, v.signedIn()) })
	if err != nil {
		return screen{}, err
	}
	data := explainView{Code: view.Code, Name: view.Name, Path: dashboardHref("ind-" + slug(view.Code)), Of: of, Title: result.Title, Warnings: result.Warnings, Filter: filter}
	for _, t := range result.Tables {
		switch {
		case t.Name == "explanation":
			data.Steps = toldSteps(t)
		case t.Name == "sql":
			data.SQL = toldSteps(firstColumns(t, 2))
		case len(t.Rows) > 0:
			data.Tables = append(data.Tables, captioned(t))
		}
	}
	return screen{name: "explain", At: "/areas", Heading: "How " + view.Code + " was made", Data: data, filters: true}, nil
}

// orSigningIn names the other way where there is one.
func (v *visit) orSigningIn() string {
	if v.Accounts == nil {
		return ""
	}
	return ", and at any time to those who are signed in"
}

// firstColumns keeps the first columns of a table.
func firstColumns(t analysis.Table, n int) analysis.Table {
	out := analysis.Table{Name: t.Name, Columns: t.Columns[:n]}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, row[:n])
	}
	return out
}

// toldSteps are the sentences of an explanation, each under what it is about.
func toldSteps(t analysis.Table) []topic {
	var told []Finding
	for _, row := range t.Rows {
		if len(row) == 2 {
			told = append(told, Finding{fmt.Sprint(row[0]), fmt.Sprint(row[1])})
		}
	}
	return topics(told)
}
