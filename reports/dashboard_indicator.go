package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"pediment/analysis"
)

// indicatorView is one indicator with all that is said of it.
type indicatorView struct {
	entry          // of an indicator with a value
	Known          bool
	Missing        absentRow // of one without
	Area           section
	Leading        *picture // over time, beside the figure
	Pictures       []picture
	Measures       []Measure
	Advice         []Suggestion
	Decided        []Recommendation
	Remarks        []Remark
	Draft          remarksView // the form for another, empty
	Filter         filterView
	Values         string // name under which its values can be taken away, "" for none
	Earlier, Later *link  // the indicators beside it
	Caveats        []string
}

// link is an address and what it is called.
type link struct{ Path, Title string }

func (v *visit) indicatorPage() (screen, error) {
	view, ok := v.frozen.indicator(v.r.PathValue("slug"))
	if !ok {
		return screen{}, notFound("There is no such indicator.")
	}
	var err error
	if view.Remarks, err = v.remarksOn(view.Code); err != nil {
		return screen{}, err
	}
	view.Filter, err = v.filter([]string{view.Code})
	return screen{name: "indicator", At: "/areas", Heading: view.Code + " " + view.Name, Data: view, filters: true}, err
}

// indicator gathers what the report says of the indicator.
func (f *Frozen) indicator(slugged string) (indicatorView, bool) {
	for _, s := range f.view.Sections {
		k := slices.IndexFunc(s.Indicators, func(i Indicator) bool { return slug(i.Code) == slugged })
		if k < 0 {
			continue
		}
		view := indicatorView{entry: entry{Indicator: s.Indicators[k]}, Area: s}
		view.beside(s.Indicators, k)
		view.fill(f, s)
		return view, true
	}
	return indicatorView{}, false
}

// beside names the indicators before and after in the area.
func (view *indicatorView) beside(all []Indicator, k int) {
	to := func(i Indicator) *link {
		return &link{dashboardHref("ind-" + slug(i.Code)), i.Name}
	}
	if k > 0 {
		view.Earlier = to(all[k-1])
	}
	if k+1 < len(all) {
		view.Later = to(all[k+1])
	}
}

// fill takes over what other parts of the report say of the indicator.
func (view *indicatorView) fill(f *Frozen, s section) {
	code := view.Code
	for _, e := range s.Known {
		if e.Code == code {
			view.entry, view.Known, view.Pictures = e, true, slices.Concat(e.Charts, e.More)
			view.lead()
		}
	}
	for _, row := range s.Absent {
		if row.Code == code {
			view.Missing = row
		}
	}
	about := func(text string) bool { return text == code }
	view.Measures = slices.DeleteFunc(slices.Clone(f.Report.Measures), func(m Measure) bool { return !about(m.Code) })
	view.Advice = slices.DeleteFunc(slices.Clone(f.Suggestions), func(s Suggestion) bool { return !about(s.About) })
	view.Decided = slices.DeleteFunc(slices.Clone(f.Recommendations), func(r Recommendation) bool { return !about(r.About) })
	for _, w := range f.Warnings {
		if about(w.About) {
			view.Caveats = append(view.Caveats, w.Text)
		}
	}
	if name := "ind-" + slug(code); len(f.files[name].Rows) > 0 {
		view.Values = name
	}
}

// lead takes the picture over time out of the others.
func (view *indicatorView) lead() {
	k := slices.IndexFunc(view.Pictures, func(p picture) bool { return p.chart.Kind == analysis.Line && p.Option != "" })
	if k >= 0 {
		view.Leading = &view.Pictures[k]
		view.Pictures = slices.Concat(view.Pictures[:k], view.Pictures[k+1:])
	}
}

// remarksOn lists what readers said about it: as published in the report, and since.
func (v *visit) remarksOn(about string) ([]Remark, error) {
	all := slices.Clone(v.frozen.Report.Remarks)
	if v.Remarks != nil {
		later, err := v.Remarks.Published()
		if err != nil {
			return nil, fmt.Errorf("read remarks: %w", err)
		}
		for _, one := range later {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return slices.DeleteFunc(all, func(r Remark) bool { return r.About != about }), nil
}

// remarksVersion changes whenever a published remark does.
func (v *visit) remarksVersion() string {
	if v.Remarks == nil {
		return ""
	}
	list, err := v.Remarks.Published()
	if err != nil {
		return "unread"
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", list))
	return hex.EncodeToString(sum[:8])
}

// AimText is a target of a measure in its unit.
func (m Measure) AimText() string {
	text := amount(plainEstimate(m.Target), m.Unit)
	if finite(m.TargetHigh) {
		text = number(plainEstimate(m.Target), m.Unit) + "–" + amount(plainEstimate(m.TargetHigh), m.Unit)
	}
	if !finite(m.Target) {
		return ""
	}
	return text + " by " + m.TargetPeriod
}

// valuesOf are the rows of the tidy table that are of the code.
func valuesOf(t analysis.Table, code string) analysis.Table {
	out := analysis.Table{Name: "values of " + code, Columns: t.Columns}
	k := slices.IndexFunc(t.Columns, func(c analysis.Column) bool { return c.Name == "code" })
	for _, row := range t.Rows {
		if k >= 0 && row[k] == code {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}
