package composite

import (
	"fmt"
	"slices"
)

// excluded is a unit, indicator or group that is not in the index, and why.
type excluded struct {
	kind, code, name, period, reason string
}

// row is a unit in a period.
type row struct{ unit, period int }

// screened is what is left of the panel after screening.
type screened struct {
	shown      []int // periods
	indicators []int
	rows       []row // by period, then unit
	left       []excluded
}

// screen keeps the indicators with enough units in every period shown, then the
// units with enough of those. What cannot tell units apart is left out too.
func (p *panel) screen(s *Setup, impute Imputation) screened {
	out := screened{shown: p.shownPeriods(s)}
	for i, indicator := range p.indicators {
		if reason := p.tooThin(s, impute, out.shown, i); reason != "" {
			out.left = append(out.left, excluded{"indicator", indicator.Code, indicator.Name, "", reason})
			continue
		}
		out.indicators = append(out.indicators, i)
	}
	for _, t := range out.shown {
		for u, unit := range p.units {
			n := 0
			for _, i := range out.indicators {
				if p.available(impute, t, u, i) {
					n++
				}
			}
			if n == 0 || float64(n) < s.Screening.Units*float64(len(out.indicators)) {
				reason := fmt.Sprintf("has %d of %d indicators", n, len(out.indicators))
				out.left = append(out.left, excluded{s.Word, unit.Code, unit.Name, p.periods[t], reason})
				continue
			}
			out.rows = append(out.rows, row{u, t})
		}
	}
	out.dropConstant(p)
	return out
}

// tooThin says why an indicator is measured for too few units, "" where it is not.
func (p *panel) tooThin(s *Setup, impute Imputation, shown []int, indicator int) string {
	for _, t := range shown {
		n := 0
		for u := range p.units {
			if p.available(impute, t, u, indicator) {
				n++
			}
		}
		if n == 0 || float64(n) < s.Screening.Indicators*float64(len(p.units)) {
			return fmt.Sprintf("has values of %d of %d %s in %s", n, len(p.units), s.Words, p.periods[t])
		}
	}
	return ""
}

// dropConstant leaves out the indicators that are the same for all rows.
func (o *screened) dropConstant(p *panel) {
	o.indicators = slices.DeleteFunc(o.indicators, func(i int) bool {
		var values []float64
		for _, r := range o.rows {
			if c := p.at(r.period, r.unit, i); c.source == measured {
				values = append(values, c.value)
			}
		}
		low, high := rangeOf(values)
		if low < high {
			return false
		}
		o.left = append(o.left, excluded{"indicator", p.indicators[i].Code, p.indicators[i].Name, "", "is the same everywhere, so it tells nobody apart"})
		return true
	})
}

// shownPeriods are the periods asked for; else those in which the share of
// indicators that a unit must have was measured; else the one with most.
func (p *panel) shownPeriods(s *Setup) []int {
	var shown []int
	if len(s.Shown) > 0 {
		for t, name := range p.periods {
			if slices.Contains(s.Shown, name) {
				shown = append(shown, t)
			}
		}
		return shown
	}
	most, best := 0, -1
	for t := range p.periods {
		n := p.measuredIn(t)
		if n > 0 && float64(n) >= s.Screening.Units*float64(len(p.indicators)) {
			shown = append(shown, t)
		}
		if n >= most && n > 0 {
			most, best = n, t
		}
	}
	if len(shown) == 0 && best >= 0 {
		shown = []int{best}
	}
	return shown
}

// measuredIn counts the indicators with a value in the period.
func (p *panel) measuredIn(period int) int {
	n := 0
	for i := range p.indicators {
		for u := range p.units {
			if p.at(period, u, i).source == measured {
				n++
				break
			}
		}
	}
	return n
}
