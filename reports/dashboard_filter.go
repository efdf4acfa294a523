package reports

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
)

// selection is what a reader wants to see: of one period, place and group. Empty
// fields mean the report's period, the whole city and everybody.
type selection struct {
	Period, Place string
	Group         analysis.Group
}

func (s selection) none() bool { return s.Period == "" && s.Place == "" && len(s.Group) == 0 }

// filterView is the form that narrows a page, and what it narrowed it to.
type filterView struct {
	Over    bool // of one indicator: without a period, every period is shown
	Offered bool // readers who are signed in are offered it
	Refused bool // an anonymous reader asked for it
	To      string
	choices
	selection
	Chosen  []string // values of the form's group fields that are selected
	Title   string   // "Riverside · women · 2023", "" when nothing was narrowed
	Problem string   // why there is nothing to see
	Rows    []filterRow
	Small   bool   // whether some values rest on few answers
	Hidden  int    // indicators that have no value of the kind
	Query   string // of the address, for what can be taken away
}

// Has reports whether a group stands in the address.
func (f filterView) Has(group string) bool { return slices.Contains(f.Chosen, group) }

// filterRow is an indicator as selected, beside the whole city.
type filterRow struct {
	Name, Code, Path, Period string
	Number, Unit, Interval   string
	City, N, State           string
	Small, Withheld          bool
}

// filterKeys are the parts of an address that narrow a page.
var filterKeys = []string{"period", "place", "group"}

// filtered reports whether the address narrows the page.
func (v *visit) filtered() bool {
	query := v.r.URL.Query()
	return slices.ContainsFunc(filterKeys, func(key string) bool { return strings.Join(query[key], "") != "" })
}

// unfiltered says that a page shows everything although its address asks for less,
// "" when it does not.
func (v *visit) unfiltered(s screen) string {
	if s.filters || !v.signedIn() || v.frozen == nil || !v.filtered() {
		return ""
	}
	return "The address narrows the figures to a period, a place or a group. This page cannot be narrowed: it shows the whole city in " + v.frozen.Period + "."
}

// filter narrows a page to what the address asks for; codes are the indicators of the
// page, none for all. Values come from the report, which holds what was disclosed; what
// is not among them is computed, and disclosed, for this reader.
func (v *visit) filter(codes []string) (filterView, error) {
	view := filterView{Offered: v.signedIn(), Refused: !v.signedIn() && v.filtered(), To: v.r.URL.Path, Over: len(codes) == 1}
	if !v.signedIn() {
		return view, nil
	}
	view.choices = v.frozen.choices
	if len(codes) > 0 {
		view.choices = newChoices(v.frozen.Report, codes)
	}
	chosen, problem := view.choices.parse(v.r.URL.Query())
	view.selection, view.Problem = chosen, problem
	if chosen.none() || problem != "" {
		return view, nil
	}
	for _, level := range chosen.Group {
		view.Chosen = append(view.Chosen, level.Column+":"+level.Value)
	}
	over := view.Over && chosen.Period == ""
	view.Title, view.Query = v.frozen.titleOf(chosen, over), v.frozen.address(chosen)
	values := v.frozen.valuesOf(chosen, codes, over)
	if len(values) == 0 {
		var err error
		if values, view.Problem, err = v.compute(chosen, codes, over); err != nil {
			return view, err
		}
	}
	view.Rows, view.Hidden = v.frozen.filterRows(values, codes)
	view.Small = slices.ContainsFunc(view.Rows, func(row filterRow) bool { return row.Small })
	if len(view.Rows) == 0 && view.Problem == "" {
		view.Problem = "There are no values of this kind here."
	}
	return view, nil
}

// parse reads a selection; a problem says what is not among the choices.
func (c choices) parse(query url.Values) (chosen selection, problem string) {
	for _, key := range []string{"period", "place"} {
		if len(query[key]) > 1 {
			return selection{}, "The address names more than one " + key + ". Choose one."
		}
	}
	chosen.Period, chosen.Place = query.Get("period"), query.Get("place")
	if chosen.Period != "" && !slices.Contains(c.Periods, chosen.Period) {
		return selection{}, fmt.Sprintf("There are no values of the period “%s”.", clip(chosen.Period, 40))
	}
	if chosen.Place != "" && !slices.ContainsFunc(c.Places, func(p choice) bool { return p.Value == chosen.Place }) {
		return selection{}, fmt.Sprintf("There are no values of the place “%s”.", clip(chosen.Place, 40))
	}
	for _, group := range query["group"] {
		if group == "" {
			continue
		}
		if _, ok := c.level(group); !ok {
			return selection{}, fmt.Sprintf("There are no values of the group “%s”.", clip(group, 40))
		}
		column, value, _ := strings.Cut(group, ":")
		if chosen.Group.Level(column) != "" {
			return selection{}, "Choose one level of each breakdown."
		}
		chosen.Group = append(chosen.Group, analysis.Level{Column: column, Value: value})
	}
	return chosen, ""
}

// level finds a group's level by how it stands in an address.
func (c choices) level(value string) (choice, bool) {
	for _, g := range c.Groups {
		for _, level := range g.Levels {
			if level.Value == value {
				return level, true
			}
		}
	}
	return choice{}, false
}

// titleOf says what is selected in words; over is for every period.
func (f *Frozen) titleOf(s selection, over bool) string {
	place := "Whole city"
	for _, p := range f.choices.Places {
		if p.Value == s.Place {
			place = p.Label
		}
	}
	parts := []string{place}
	for _, level := range s.Group {
		if found, ok := f.choices.level(level.Column + ":" + level.Value); ok {
			parts = append(parts, found.Label)
		}
	}
	if over {
		return strings.Join(append(parts, "every period"), " · ")
	}
	return strings.Join(append(parts, cmp.Or(s.Period, f.Period)), " · ")
}

// address is the query of the selection's address, always the same for the same one.
func (f *Frozen) address(s selection) string {
	query := url.Values{}
	for key, value := range map[string]string{"period": s.Period, "place": s.Place} {
		if value != "" {
			query.Set(key, value)
		}
	}
	for _, level := range s.Group {
		query.Add("group", level.Column+":"+level.Value)
	}
	return query.Encode()
}

// valuesOf are the report's values of the indicators that are exactly of the
// selection; over is for every period.
func (f *Frozen) valuesOf(s selection, codes []string, over bool) []analysis.Value {
	period := cmp.Or(s.Period, f.Period)
	var list []analysis.Value
	for _, v := range f.Values {
		if (over || v.Period.Label == period) && isOf(v, s) && (len(codes) == 0 || slices.Contains(codes, v.Code)) {
			list = append(list, v)
		}
	}
	return list
}

// isOf reports whether the value is of the selection's place and group, and of no
// smaller part.
func isOf(v analysis.Value, s selection) bool {
	if placeCode(v) != s.Place {
		return false
	}
	columns := 0
	for _, level := range v.Group {
		if level.Column == "place" {
			continue
		}
		columns++
		if s.Group.Level(level.Column) != level.Value {
			return false
		}
	}
	return columns == len(s.Group)
}

// viewTime is how long a view of a reader's own may take to compute.
const viewTime = 30 * time.Second

// compute asks for values the report does not hold. A mistake in what was asked is a
// sentence for the reader.
func (v *visit) compute(s selection, codes []string, over bool) ([]analysis.Value, string, error) {
	if v.View == nil {
		return nil, "The report has no values of this combination.", nil
	}
	if err := v.spend(); err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), viewTime)
	defer cancel()
	query := analysis.Query{Codes: codes, By: s.Group.Columns()}
	if !over {
		query.Periods = []string{cmp.Or(s.Period, v.frozen.Period)}
	}
	if s.Place != "" {
		query.Places = []string{s.Place}
	}
	result, err := inRoom(ctx, v.rooms.computing, func() (analysis.Result, error) { return v.View(ctx, query) })
	if known := v.refusalOfView(err); known != "" {
		return nil, known, nil
	}
	if err != nil {
		return nil, "", err
	}
	var list []analysis.Value
	for _, value := range readValues(result) {
		if isOf(value, s) {
			list = append(list, value)
		}
	}
	return list, "", nil
}

// refusalOfView is a mistake in what was asked, in a sentence; "" for another fault.
func (v *visit) refusalOfView(err error) string {
	if err == nil {
		return ""
	}
	if known := v.refusalOf(err); known.status < http.StatusInternalServerError || known.status == http.StatusServiceUnavailable {
		return sentence(sentenceCase(known.text))
	}
	return ""
}

// filterRows prints the values of the indicators, in the report's order, beside those
// of the whole city in the same period.
func (f *Frozen) filterRows(values []analysis.Value, codes []string) (rows []filterRow, without int) {
	for _, i := range f.indicators() {
		if len(codes) > 0 && !slices.Contains(codes, i.Code) {
			continue
		}
		before := len(rows)
		for _, v := range values {
			if v.Code == i.Code {
				rows = append(rows, newFilterRow(i, v))
			}
		}
		if len(rows) == before {
			without++
		}
	}
	return rows, without
}

func newFilterRow(i Indicator, v analysis.Value) filterRow {
	row := filterRow{
		Name: i.Name, Code: i.Code, Path: dashboardHref("ind-" + slug(i.Code)), Period: v.Period.Label,
		Number: none, State: stateText(v), Withheld: v.State.Withheld(),
	}
	if known(v) {
		row.Number, row.Interval = number(v.Estimate, i.Unit), interval(v.Estimate, i.Unit)
		if i.Unit != "percent" {
			row.Unit = i.Unit
		}
		if v.N > 0 {
			row.N = count(v.N)
		}
		row.Small = v.Sampled() && v.N < fewest
	}
	k := slices.IndexFunc(i.Trend, func(t analysis.Value) bool { return t.Period.Label == v.Period.Label })
	if k >= 0 && known(i.Trend[k]) {
		row.City = amount(i.Trend[k].Estimate, i.Unit)
	}
	return row
}
