package composite

import (
	"math"
	"slices"
)

// cell is one value of the panel and where it comes from.
type cell struct {
	value, se float64
	source    source
	from      string // the period it was carried from
	reason    string // why it was withheld
}

// source says where a cell's value comes from.
type source uint8

const (
	absent source = iota
	measured
	carried
	filled
)

// panel is units × indicators × periods.
type panel struct {
	units      []Unit
	indicators []Indicator
	periods    []string
	cells      []cell
}

func (p *panel) at(period, unit, indicator int) *cell {
	return &p.cells[(period*len(p.units)+unit)*len(p.indicators)+indicator]
}

// newPanel places the observations. Those of other units, indicators or periods
// than the setup's are left out.
func newPanel(s *Setup) *panel {
	p := &panel{units: s.Units, indicators: s.Indicators, periods: s.Periods}
	p.cells = make([]cell, len(p.units)*len(p.indicators)*len(p.periods))
	for k := range p.cells {
		p.cells[k].value, p.cells[k].se = math.NaN(), math.NaN()
	}
	units, indicators, periods := map[string]int{}, map[string]int{}, map[string]int{}
	for k, u := range p.units {
		units[u.Code] = k
	}
	for k, i := range p.indicators {
		indicators[i.Code] = k
	}
	for k, name := range p.periods {
		periods[name] = k
	}
	for _, o := range s.Observations {
		u, known := units[o.Unit]
		i, listed := indicators[o.Indicator]
		t, dated := periods[o.Period]
		if !known || !listed || !dated {
			continue
		}
		c := p.at(t, u, i)
		if math.IsNaN(o.Value) {
			c.reason = o.Reason
			continue
		}
		*c = cell{value: o.Value, se: o.SE, source: measured}
	}
	return p
}

// earlier is the period of the latest value measured before the period, −1 where
// there is none.
func (p *panel) earlier(period, unit, indicator int) int {
	for t := period - 1; t >= 0; t-- {
		if p.at(t, unit, indicator).source == measured {
			return t
		}
	}
	return -1
}

// available reports whether a cell has a value, measured or to be carried forward.
func (p *panel) available(impute Imputation, period, unit, indicator int) bool {
	return p.at(period, unit, indicator).source == measured ||
		impute == FromPrevious && p.earlier(period, unit, indicator) >= 0
}

// imputed returns the panel with its gaps filled in the periods. An error of the
// fill is the standard deviation of the values it was made from; a value carried
// forward keeps its own.
func (p *panel) imputed(how Imputation, periods []int) *panel {
	out := *p
	out.cells = slices.Clone(p.cells)
	for _, t := range periods {
		for i := range p.indicators {
			for u := range p.units {
				c := out.at(t, u, i)
				if c.source == measured {
					continue
				}
				switch how {
				case FromPrevious:
					if e := p.earlier(t, u, i); e >= 0 {
						was := p.at(e, u, i)
						c.value, c.se, c.source, c.from = was.value, was.se, carried, p.periods[e]
					}
				case FromMean, FromMedian, FromGroup:
					if value, spread, ok := p.donors(how, t, u, i); ok {
						c.value, c.se, c.source = value, spread, filled
					}
				}
			}
		}
	}
	return &out
}

// donors fills a gap from the other units of the period.
func (p *panel) donors(how Imputation, period, unit, indicator int) (value, spread float64, ok bool) {
	var values []float64
	for u := range p.units {
		alike := how != FromGroup || p.units[u].Group == p.units[unit].Group
		if c := p.at(period, u, indicator); alike && c.source == measured {
			values = append(values, c.value)
		}
	}
	if len(values) == 0 {
		return 0, 0, false
	}
	value, spread = spreadOf(values)
	if how == FromMedian {
		slices.Sort(values)
		value = quantile(values, .5)
	}
	return value, spread, true
}
