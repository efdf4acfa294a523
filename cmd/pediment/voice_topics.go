package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// topicsTable is the table a reader sees of the topics.
const topicsTable = "asked for, offered and used"

// topicRow is what is known of a topic.
type topicRow struct {
	topicQuestion
	wanted, share analysis.Value // of residents, of all wishes
	offered, used part
	change        analysis.Change // of the share of residents, since it was asked before
}

// part is a topic's share of what is offered or used, in percent; NaN where it is not
// told, with the reason.
type part struct {
	share  float64
	reason string
}

func (p part) known() bool { return !math.IsNaN(p.share) }

// cell is the share, nil where it is not told.
func (p part) cell() any { return number(p.share) }

// text is the share as readers read it, nil where it is not told.
func (p part) text() any {
	if !p.known() {
		return nil
	}
	return plainShare(p.share)
}

// topicRows are the topics, those most asked for first.
func (h *hearing) topicRows() []topicRow {
	var rows []topicRow
	for _, q := range h.topics {
		row := topicRow{topicQuestion: q, wanted: h.latest(q.asked), share: analysis.Value{Estimate: analysis.Unknown()}}
		row.change = analysis.Change{Difference: math.NaN(), P: math.NaN()}
		if s := h.run.series[q.asked]; s != nil {
			row.change = s.change
		}
		if q.wish != "" {
			row.share = h.latest(q.wish)
		}
		row.offered, row.used = h.partOf(q.offered, h.offeredAll), h.partOf(q.used, h.usedAll)
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b topicRow) int { return cmp.Compare(sizeOf(b.wanted), sizeOf(a.wanted)) })
	return rows
}

func sizeOf(v analysis.Value) float64 {
	if !told(v) {
		return -1
	}
	return v.Value
}

// partOf is the share a count has of all that was counted in the same period. Where
// no row meets the condition there is none of it.
func (h *hearing) partOf(code, allCode string) part {
	none := part{share: math.NaN()}
	all := h.latest(allCode)
	if code == "" || !told(all) || all.Value == 0 {
		return none
	}
	v := h.alike(code, wholeCity(all))
	switch {
	case told(v):
		return part{share: 100 * v.Value / all.Value}
	case v.State == analysis.Missing && v.N == 0 && v.Missing == 0:
		return part{share: 0}
	}
	return part{share: math.NaN(), reason: notTold(v)}
}

// wholeCity stands for the whole city in the period of a value.
func wholeCity(v analysis.Value) analysis.Value {
	return analysis.Value{Period: v.Period}
}

// The balance of what is asked for and offered. A difference counts when the
// interval of the share of wishes leaves the share of the offer out.
func (r topicRow) balance() string {
	switch {
	case !told(r.share) || !r.offered.known():
		return ""
	case r.offered.share == 0:
		return "asked for, not offered"
	case r.share.Low > r.offered.share:
		return "asked for more than offered"
	case r.share.High < r.offered.share:
		return "offered more than asked for"
	}
	return "no clear difference"
}

// gap is how far the share of wishes lies from that of the offer, in points.
func (r topicRow) gap() float64 {
	if !told(r.share) || !r.offered.known() {
		return 0
	}
	return math.Abs(r.share.Value - r.offered.share)
}

// compareTopics sets what is asked for beside what is offered and used: in words for
// readers, and in numbers.
func (h *hearing) compareTopics() (shown, numbers analysis.Table, charts []analysis.Chart) {
	shown = analysis.Table{Name: topicsTable, Columns: analysis.Columns("topic", "of residents", "change", "of all wishes", "offered", "used", "balance", "note")}
	numbers = analysis.Table{Name: "topics in figures", Columns: analysis.Columns(
		"topic", "period", "of residents:number:percent", "low:number:percent", "high:number:percent",
		"of all wishes:number:percent", "wishes low:number:percent", "wishes high:number:percent", "offered:number:percent", "used:number:percent",
	)}
	rows := h.topicRows()
	for _, r := range rows {
		shown.Rows = append(shown.Rows, []any{
			r.Name, shareCell(r.wanted, false), changeSince(r.change), shareCell(r.share, false), r.offered.text(), r.used.text(), r.balance(), r.note(),
		})
		numbers.Rows = append(numbers.Rows, []any{
			r.Name, r.wanted.Period.Label, tellable(r.wanted, r.wanted.Value), tellable(r.wanted, r.wanted.Low), tellable(r.wanted, r.wanted.High),
			tellable(r.share, r.share.Value), tellable(r.share, r.share.Low), tellable(r.share, r.share.High), r.offered.cell(), r.used.cell(),
		})
	}
	h.sayTopics(rows)
	return shown, numbers, h.topicChart(rows)
}

// tellable is a number of a value that has one to show.
func tellable(v analysis.Value, x float64) any {
	if !told(v) {
		return nil
	}
	return number(x)
}

// note says what is withheld of a topic.
func (r topicRow) note() string {
	var parts []string
	for _, one := range []struct{ what, why string }{
		{"asked for", notTold(r.wanted)}, {"offered", r.offered.reason}, {"used", r.used.reason},
	} {
		if one.why != "" {
			parts = append(parts, one.what+" "+one.why)
		}
	}
	return strings.Join(parts, "; ")
}

// changeSince writes a change of a percentage; one that may be chance has no number.
func changeSince(c analysis.Change) string {
	if math.IsNaN(c.Difference) {
		return ""
	}
	text := strings.Replace(fmt.Sprintf("%+.1f points since %s", c.Difference, c.From), "-", "−", 1)
	if !certainly(c) {
		return "no clear change since " + c.From
	}
	return text
}

// certainly reports whether a change is more than sampling error explains.
func certainly(c analysis.Change) bool { return !math.IsNaN(c.P) && c.P < 0.05 }

// sayTopics tells what is asked for most, what changed, and where the offer differs
// most from the wishes.
func (h *hearing) sayTopics(rows []topicRow) {
	known := filtered(rows, func(r topicRow) bool { return told(r.wanted) })
	if len(known) < 2 {
		return
	}
	h.say("asked for", "Residents ask most for %s, %s, and %s, %s, by the survey of %s.",
		lowerName(known[0].Name), shareText(known[0].wanted.Estimate), lowerName(known[1].Name), shareText(known[1].wanted.Estimate), known[0].wanted.Period.Label)
	const most = 3
	for _, r := range mostApart(known, most) {
		h.say("asked for", "%s", h.apartText(r))
	}
	for _, r := range known {
		if certainly(r.change) {
			h.say("changed", "%s: %s, more than sampling error alone would explain.", r.Name, changeSince(r.change))
		}
	}
}

// apartText says of a topic how much it is asked for, offered and used.
func (h *hearing) apartText(r topicRow) string {
	s := h.project.settings.Voice
	text := fmt.Sprintf("%s: %s of residents ask for it%s and it makes up %s of all wishes%s, but %s of %s",
		r.Name, shareOnly(r.wanted.Estimate), rangeText(r.wanted.Estimate), shareOnly(r.share.Estimate), rangeText(r.share.Estimate),
		plainShare(r.offered.share), cmp.Or(s.Offered.Text, "what is offered"))
	if r.used.known() {
		text += fmt.Sprintf(" and %s of %s", plainShare(r.used.share), cmp.Or(s.Used.Text, "those who came"))
	}
	return text + ". " + sentenceCase(r.balance()) + "."
}

// mostApart are the topics that are clearly asked for more or less than offered, those
// furthest apart first.
func mostApart(rows []topicRow, most int) []topicRow {
	apart := filtered(rows, func(r topicRow) bool { return r.balance() != "" && r.balance() != "no clear difference" })
	slices.SortStableFunc(apart, func(a, b topicRow) int { return cmp.Compare(b.gap(), a.gap()) })
	return apart[:min(most, len(apart))]
}

// plainShare is a share without sampling error.
func plainShare(x float64) string { return fmt.Sprintf("%.0f %%", x) }

// lowerName is a topic within a sentence; a name with a second capital stays.
func lowerName(name string) string {
	if lower := lowerFirst(name); lower == strings.ToLower(name) {
		return lower
	}
	return name
}

// topicChart shows the share of wishes beside that of the offer.
func (h *hearing) topicChart(rows []topicRow) []analysis.Chart {
	both := filtered(rows, func(r topicRow) bool { return told(r.share) && r.offered.known() })
	if len(both) < 2 {
		return nil
	}
	nan := math.NaN()
	s := h.project.settings.Voice
	wishes, offer := analysis.Series{Name: "of all wishes"}, analysis.Series{Name: "of " + cmp.Or(s.Offered.Text, "what is offered")}
	chart := analysis.Chart{
		Name: "asked for and offered", Title: "What is asked for and what is offered", Kind: analysis.Dumbbell, Unit: "percent",
		Source: fmt.Sprintf("%s, %s; %s, %s", plainWords(s.Asked.Dataset.Value), both[0].share.Period.Label, plainWords(s.Offered.Dataset.Value), h.latest(h.offeredAll).Period.Label),
	}
	slices.SortStableFunc(both, func(a, b topicRow) int { return cmp.Compare(b.share.Value, a.share.Value) })
	for _, r := range both {
		chart.Labels = append(chart.Labels, r.Name)
		wishes.Value, wishes.Low, wishes.High = append(wishes.Value, r.share.Value), append(wishes.Low, r.share.Low), append(wishes.High, r.share.High)
		offer.Value, offer.Low, offer.High = append(offer.Value, r.offered.share), append(offer.Low, nan), append(offer.High, nan)
	}
	chart.Series = []analysis.Series{wishes, offer}
	if apart := mostApart(both, 1); len(apart) > 0 {
		r := apart[0]
		chart.Title = fmt.Sprintf("%s: %s", r.Name, r.balance())
		chart.Text = fmt.Sprintf("%s makes up %s of all wishes and %s of %s.", r.Name, shareText(r.share.Estimate), plainShare(r.offered.share), cmp.Or(s.Offered.Text, "what is offered"))
	}
	return []analysis.Chart{chart}
}
