package reports

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"pediment/analysis"
)

// The columns of the sheet of trends that charts draw from.
const (
	latestColumn = 4
	lowColumn    = 5
	widthColumn  = 7
	trendColumn  = 8 // the first period
)

// span is a run of rows on the sheet of trends whose latest values share a unit.
type span struct {
	first, last int
	unit        string
	grain       grain   // of most of their periods
	lines       []int   // rows with values in periods of that grain
	high        float64 // the largest number among them and their trends
	negative    bool    // whether any lies below zero
}

// with takes one more indicator, on the next row, into the span.
func (s span) with(i Indicator) span {
	s.last++
	for _, v := range append(i.Trend[:len(i.Trend):len(i.Trend)], i.Headline) {
		for _, x := range []float64{v.Value, v.Low, v.High} {
			if known(v) && finite(x) {
				s.high, s.negative = max(s.high, x), s.negative || x < 0
			}
		}
	}
	if slices.ContainsFunc(i.Trend, func(v analysis.Value) bool { return whole(v) && grainOf(v.Period) == s.grain }) {
		s.lines = append(s.lines, s.last)
	}
	return s
}

// grain is what periods must share to stand on one axis: the month they begin
// in and their length.
type grain struct {
	begins time.Month
	months int
}

func grainOf(p analysis.Period) grain { return grain{p.Start.Month(), p.Months()} }

// commonGrain is the grain of most of the indicators' whole values; of two as
// frequent the one that begins earlier in the year.
func commonGrain(indicators []Indicator) grain {
	order := grains(indicators)
	if len(order) == 0 {
		return grain{}
	}
	return order[0]
}

// grains lists the grains of all whole values, the most frequent first.
func grains(indicators []Indicator) []grain {
	seen := map[grain]int{}
	for _, i := range indicators {
		for _, v := range i.Trend {
			if whole(v) {
				seen[grainOf(v.Period)]++
			}
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b grain) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a.begins, b.begins), cmp.Compare(a.months, b.months))
	})
}

// whole reports whether the value is there and its period complete.
func whole(v analysis.Value) bool { return known(v) && v.State != analysis.Partial }

// periods lists every period any trend has a whole value for, those of one
// grain side by side.
func (b *book) periods() []analysis.Period {
	indicators := b.report.indicators()
	order := grains(indicators)
	var all []analysis.Period
	for _, i := range indicators {
		for _, v := range i.Trend {
			if whole(v) {
				all = append(all, v.Period)
			}
		}
	}
	slices.SortFunc(all, func(p, q analysis.Period) int {
		return cmp.Or(cmp.Compare(slices.Index(order, grainOf(p)), slices.Index(order, grainOf(q))), p.Compare(q))
	})
	return slices.CompactFunc(all, func(p, q analysis.Period) bool { return p.Label == q.Label })
}

// block returns the first and last column of the periods of one grain; the last
// is less than the first when there are none.
func (b *book) block(g grain) (first, last int) {
	first, last = trendColumn, trendColumn-1
	for at, p := range b.columns {
		if grainOf(p) != g {
			continue
		}
		if last < first {
			first = trendColumn + at
		}
		last = trendColumn + at
	}
	return first, last
}

// trends writes the sheet the charts and sparklines draw from: a row an
// indicator, a column a period. Within an area the indicators that share its
// most frequent unit come first, so that one chart can show them. Incomplete
// periods are left out: they compare with nothing.
func (b *book) trends() {
	s := b.sheet("Trends", 10, 50, 24, 11, 11, 11, 13)
	b.columns = b.periods()
	columns := []columnView{{"Code", false}, {"Indicator", false}, {"Unit", false}, {"Latest", true}, {"95 % low", true}, {"95 % high", true}, {"High − low", true}}
	for _, p := range b.columns {
		columns = append(columns, columnView{p.Label, true})
	}
	s.header(1, columns...)
	row := 1
	for at, a := range b.report.Areas {
		shown, others := charted(a)
		b.spans[at] = span{first: row + 1, last: row, unit: commonUnit(a), grain: commonGrain(shown)}
		for _, i := range shown {
			b.spans[at] = b.spans[at].with(i)
		}
		for _, i := range append(shown, others...) {
			row++
			b.trend[i.Code] = row
			s.trendRow(row, i)
		}
	}
	s.freeze(1, 2)
}

// charted divides the area's indicators into those its charts show, as they
// have a latest value in its most frequent unit, and the others that have any
// value at all.
func charted(a Area) (shown, others []Indicator) {
	unit := commonUnit(a)
	for _, i := range a.Indicators {
		switch {
		case known(i.Headline) && i.Unit == unit:
			shown = append(shown, i)
		case known(i.Headline) || slices.ContainsFunc(i.Trend, known):
			others = append(others, i)
		}
	}
	return shown, others
}

func (s worksheet) trendRow(row int, i Indicator) {
	s.put(1, row, i.Code, styleKey{})
	s.put(2, row, i.Name, styleKey{})
	s.put(3, row, i.Unit, styleKey{})
	if known(i.Headline) {
		format := styleKey{format: numberFormat(i.Unit, decimals(i.Headline.Estimate, i.Unit))}
		s.put(latestColumn, row, i.Headline.Value, format)
		s.put(lowColumn, row, i.Headline.Low, format)
		s.put(lowColumn+1, row, i.Headline.High, format)
		if width := i.Headline.High - i.Headline.Low; finite(width) {
			s.put(widthColumn, row, formula{cellName(lowColumn+1, row) + "-" + cellName(lowColumn, row), width}, format)
		}
	}
	for _, v := range i.Trend {
		at := slices.IndexFunc(s.columns, func(p analysis.Period) bool { return p.Label == v.Period.Label })
		if whole(v) {
			s.put(trendColumn+at, row, v.Value, styleKey{format: numberFormat(i.Unit, decimals(v.Estimate, i.Unit))})
		}
	}
}

// commonUnit is the unit most of the area's known indicators have; the first
// in order where two are as frequent.
func commonUnit(a Area) string {
	seen, best := map[string]int{}, ""
	for _, i := range a.Indicators {
		if known(i.Headline) {
			seen[i.Unit]++
		}
	}
	for _, i := range a.Indicators {
		if seen[i.Unit] > seen[best] {
			best = i.Unit
		}
	}
	return best
}
