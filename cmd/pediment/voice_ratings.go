package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// ratingRow is how one group answered a question, worst answer first.
type ratingRow struct {
	by, label string // by is "" for everybody
	answers   []analysis.Value
	good      analysis.Value
}

// hidden reports whether an answer is withheld to protect people. The others are
// withheld with it then: together they make the whole.
func (r ratingRow) hidden() bool {
	return r.good.State == analysis.Confidential || slices.ContainsFunc(r.answers, func(v analysis.Value) bool { return v.State == analysis.Confidential })
}

// sides reports whether the share above the middle puts answers together.
func (q ratingQuestion) sides() bool { return len(aboveMiddle(texts(q.Scale))) > 1 }

// drawn reports whether every answer is told.
func (r ratingRow) drawn() bool {
	return !r.hidden() && !slices.ContainsFunc(r.answers, func(v analysis.Value) bool { return !told(v) })
}

// state says why answers of the row are not there.
func (r ratingRow) state() string {
	if r.hidden() {
		return string(analysis.Confidential)
	}
	for _, v := range r.answers {
		if why := notTold(v); why != "" {
			return "in part " + why
		}
	}
	return ""
}

// rows are everybody and the groups of a question in the wave that stands for the
// reporting year.
func (h *hearing) rows(q ratingQuestion) (rows []ratingRow, period analysis.Period) {
	all := h.latest(q.good)
	if all.Period.IsZero() {
		return nil, period
	}
	all.State, all.Reason = stateInItsYear(all)
	rows = append(rows, h.rowOf(q, "", "All", all))
	for _, by := range q.By {
		var groups []ratingRow
		for _, v := range h.of(q.good, by.Value) {
			if v.Period == all.Period && v.Group[0].Value != notStatedLevel {
				groups = append(groups, h.rowOf(q, by.Value, h.levelName(v.Group[0]), v))
			}
		}
		if order := h.project.settings.Equity.order([]string{by.Value}); order != nil {
			slices.SortStableFunc(groups, func(a, b ratingRow) int {
				return slices.Index(order, a.good.Group[0].Value) - slices.Index(order, b.good.Group[0].Value)
			})
		}
		rows = append(rows, groups...)
	}
	return rows, all.Period
}

// notStatedLevel is the level of those who do not say which group they belong to.
const notStatedLevel = "(not stated)"

// stateInItsYear takes from a value that it is older than the reporting year, which is
// said elsewhere.
func stateInItsYear(v analysis.Value) (analysis.State, string) {
	if v.State == analysis.CarriedForward {
		return analysis.Known, ""
	}
	return v.State, v.Reason
}

func (h *hearing) rowOf(q ratingQuestion, by, label string, good analysis.Value) ratingRow {
	row := ratingRow{by: by, label: label, good: good}
	for _, code := range q.answers {
		row.answers = append(row.answers, h.alike(code, good))
	}
	return row
}

// ratingTables are the answers to each question, in words for readers and in numbers,
// with their charts.
func (h *hearing) ratingTables() (shown []analysis.Table, numbers analysis.Table, charts []analysis.Chart) {
	numbers = analysis.Table{Name: "answers in figures", Columns: analysis.Columns(
		"question", "period", "by", "group", "answer", "share:number:percent", "ci_low:number:percent", "ci_high:number:percent", "n:integer", "state",
	)}
	for _, q := range h.ratings {
		rows, period := h.rows(q)
		if len(rows) == 0 {
			continue
		}
		h.sayRating(q, rows, period)
		shown = append(shown, answersTable(q, rows, period))
		numbers.Rows = append(numbers.Rows, figuresOf(q, rows, period)...)
		charts = append(charts, h.likert(q, rows, period)...)
	}
	return shown, numbers, charts
}

// answersTable has a row for each group and a column for each answer, the interval
// beside the share.
func answersTable(q ratingQuestion, rows []ratingRow, period analysis.Period) analysis.Table {
	t := analysis.Table{Name: strings.TrimRight(q.Question, "?") + ", " + period.Label, Columns: analysis.Columns("group", "answers:integer")}
	for _, answer := range q.Scale {
		t.Columns = append(t.Columns, analysis.Column{Name: answer.Value, Type: "text"})
	}
	if q.sides() {
		t.Columns = append(t.Columns, analysis.Column{Name: orList(aboveMiddle(texts(q.Scale))), Type: "text"})
	}
	t.Columns = append(t.Columns, analysis.Column{Name: "note", Type: "text"})
	for _, r := range rows {
		line := []any{r.label, answered(r)}
		for _, v := range r.answers {
			line = append(line, shareCell(v, r.hidden()))
		}
		if q.sides() {
			line = append(line, shareCell(r.good, false))
		}
		t.Rows = append(t.Rows, append(line, r.state()))
	}
	return t
}

// answered is how many answered, nil where that is not told.
func answered(r ratingRow) any {
	if !told(r.good) {
		return nil
	}
	return r.good.N
}

func shareCell(v analysis.Value, hidden bool) any {
	if hidden || !told(v) {
		return nil
	}
	return shareText(v.Estimate)
}

// shareText is a share with its interval: "31 % (29 to 33)".
func shareText(e analysis.Estimate) string { return shareOnly(e) + rangeText(e) }

// shareOnly is a share without its interval: "31 %".
func shareOnly(e analysis.Estimate) string { return shareDigits(e.Value, e) + " %" }

// rangeText is an interval as it stands behind its share, "" where there is none.
func rangeText(e analysis.Estimate) string {
	if math.IsNaN(e.Low) || math.IsNaN(e.High) {
		return ""
	}
	return fmt.Sprintf(" (%s to %s)", shareDigits(e.Low, e), shareDigits(e.High, e))
}

// shareDigits writes a percentage with the decimals its standard error supports: one
// where the error is less than a point.
func shareDigits(x float64, e analysis.Estimate) string {
	const coarse = 0.95
	if e.SE >= coarse || x == math.Trunc(x) && math.IsNaN(e.SE) {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.1f", x)
}

// figuresOf are the same answers in numbers, a row each.
func figuresOf(q ratingQuestion, rows []ratingRow, period analysis.Period) (list [][]any) {
	for _, r := range rows {
		for k, v := range r.answers {
			list = append(list, figureOf(q, r, period, q.Scale[k].Value, v, r.hidden()))
		}
		if q.sides() {
			list = append(list, figureOf(q, r, period, orList(aboveMiddle(texts(q.Scale))), r.good, false))
		}
	}
	return list
}

func figureOf(q ratingQuestion, r ratingRow, period analysis.Period, answer string, v analysis.Value, hidden bool) []any {
	line := []any{q.Question, period.Label, r.by, r.label, answer, nil, nil, nil, nil, notTold(v)}
	switch {
	case hidden:
		line[9] = string(analysis.Confidential)
	case told(v):
		line[5], line[6], line[7], line[8] = v.Value, number(v.Low), number(v.High), v.N
	}
	return line
}

// sayRating tells how many answer above and below the middle, and of which group that
// is clearly fewest.
func (h *hearing) sayRating(q ratingQuestion, rows []ratingRow, period analysis.Period) {
	all := rows[0]
	if !told(all.good) {
		return
	}
	h.say("answers", "%s In %s, %s say %s.", q.Question, period.Label, shareText(all.good.Estimate), orList(aboveMiddle(texts(q.Scale))))
	lowest := ratingRow{}
	for _, r := range rows[1:] {
		behind := told(r.good) && r.good.High < all.good.Low
		if behind && (lowest.label == "" || r.good.Value < lowest.good.Value) {
			lowest = r
		}
	}
	if lowest.label != "" {
		h.say("answers", "Clearly fewer do so in one group than among all: %s, %s.", lowest.label, shareText(lowest.good.Estimate))
	}
}

// aboveMiddle are the better answers of a scale.
func aboveMiddle(scale []string) []string { return scale[(len(scale)+1)/2:] }

// orList joins words: "satisfied or very satisfied".
func orList(words []string) string { return strings.Join(words, " or ") }

// likert shows the answers of everybody and of the groups of which all are told.
func (h *hearing) likert(q ratingQuestion, rows []ratingRow, period analysis.Period) []analysis.Chart {
	chart := analysis.Chart{
		Name: "answers " + q.Column.Value, Title: q.Question, Kind: analysis.Likert, Unit: "percent",
		Source: fmt.Sprintf("%s, %s", plainWords(q.Dataset.Value), period.Label),
	}
	for k, answer := range q.Scale {
		chart.Series = append(chart.Series, analysis.Series{Name: answer.Value, Tone: toneOf(k, len(q.Scale))})
	}
	for _, r := range rows {
		if !r.drawn() {
			continue
		}
		chart.Labels = append(chart.Labels, r.label)
		for k, v := range r.answers {
			s := &chart.Series[k]
			s.Value, s.Low, s.High = append(s.Value, v.Value), append(s.Low, v.Low), append(s.High, v.High)
		}
	}
	if len(chart.Labels) == 0 {
		return nil
	}
	if all := rows[0]; all.drawn() {
		chart.Source += fmt.Sprintf(", n = %s", counted(float64(all.good.N)))
		chart.Text = fmt.Sprintf("%s of all say %s.", shareText(all.good.Estimate), orList(aboveMiddle(texts(q.Scale))))
	}
	if left := len(rows) - len(chart.Labels); left > 0 {
		chart.Text += fmt.Sprintf(" Not drawn: %s of which not every answer can be shown.", plural(int64(left), "group"))
	}
	return []analysis.Chart{chart}
}

// toneOf is how good the answer k of n is, worst first.
func toneOf(k, n int) analysis.Tone {
	switch {
	case k == 0:
		return analysis.Bad
	case k == n-1:
		return analysis.Good
	case 2*k+1 == n:
		return analysis.Even
	case 2*k+1 < n:
		return analysis.Poor
	}
	return analysis.Fair
}
