package reports

import (
	"cmp"
	"slices"
	"strings"
)

// gapPanel shows for one indicator which groups are left behind.
type gapPanel struct {
	Anchor, Name, Whole, Source string
	Rows                        []gapRow
	More                        int // groups that are not listed
}

// gapRow is one group against the whole city.
type gapRow struct {
	Label, Column, Value, Gap string
	N                         string // rows the value rests on
	Behind                    bool
	Low, Width, Point, City   px
	Interval                  bool
}

// How much of who is left out the first page shows.
const (
	mostPanels  = 2
	mostGapRows = 7
	gapWidth    = 300.0
)

// leftOut picks the indicators with the most groups that are clearly behind,
// those that rest on a sample first: there the interval has a say.
func leftOut(r *Report) []gapPanel {
	type candidate struct {
		i      Indicator
		behind int
	}
	var found []candidate
	for _, i := range r.indicators() {
		n := 0
		for _, b := range i.Groups {
			for _, l := range firmLevels(i, b) {
				if i.Headline.Sampled() && behind(i, l.Value) {
					n++
				}
			}
		}
		if n > 0 {
			found = append(found, candidate{i, n})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.behind, a.behind), cmp.Compare(widest(b.i), widest(a.i)), cmp.Compare(a.i.Code, b.i.Code))
	})
	var panels []gapPanel
	for _, c := range found[:min(len(found), mostPanels)] {
		panels = append(panels, newGapPanel(c.i, r.Period))
	}
	return panels
}

// widest is the largest shortfall of any group as a share of the city's value.
func widest(i Indicator) float64 {
	largest := 0.0
	for _, b := range i.Groups {
		for _, l := range firmLevels(i, b) {
			if i.Headline.Value != 0 {
				largest = max(largest, shortfall(i, l.Value)/i.Headline.Value)
			}
		}
	}
	return largest
}

func newGapPanel(i Indicator, period string) gapPanel {
	type group struct {
		column string
		level  BreakdownLevel
	}
	var groups []group
	numbers := []float64{i.Headline.Value}
	for _, b := range i.Groups {
		for _, l := range firmLevels(i, b) {
			groups = append(groups, group{b.Label, l})
			numbers = append(numbers, l.Value.Value, l.Value.Low, l.Value.High)
		}
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Compare(shortfall(i, b.level.Value), shortfall(i, a.level.Value))
	})
	p := gapPanel{
		Anchor: "ind-" + slug(i.Code), Name: i.Name, Source: sourceLine(i),
		Whole: dated(i.Headline, i.Unit, period), More: max(0, len(groups)-mostGapRows),
	}
	s := fit(8, gapWidth-8, numbers...)
	for _, g := range groups[:min(len(groups), mostGapRows)] {
		p.Rows = append(p.Rows, newGapRow(i, g.column, g.level, s))
	}
	return p
}

func newGapRow(i Indicator, column string, l BreakdownLevel, s scale) gapRow {
	v := l.Value
	row := gapRow{
		Label: l.Label, N: "n" + noBreak + "=" + noBreak + count(v.N), Value: number(v.Estimate, i.Unit), Behind: behind(i, v),
		Point: s.at(v.Value), City: s.at(i.Headline.Value), Gap: "no clear gap",
	}
	if !strings.Contains(l.Label, column) {
		row.Column = column
	}
	if finite(v.Low) && finite(v.High) {
		row.Interval, row.Low, row.Width = true, s.at(v.Low), s.at(v.High)-s.at(v.Low)
		row.Value += " (" + interval(v.Estimate, i.Unit) + ")"
	}
	if row.Behind {
		gap := v.Estimate
		gap.Value = shortfall(i, v)
		row.Gap = "gap " + rounded(gap.Value, decimals(gap, unitOfChange(i.Unit)))
		if i.Unit == "percent" {
			row.Gap += noBreak + "pp"
		}
	}
	return row
}
