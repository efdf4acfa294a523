package indicators

import (
	"context"
	"fmt"
	"math"

	"pediment/analysis"
)

// published prints official figures. Where numerator and denominator are known
// the value is computed from them: parts of a year by the time rule, a missing
// whole as the sum over places. A figure without them is printed as it was given
// and never rolled up.
func (e *evaluator) published(ctx context.Context, i bound) error {
	found, err := e.figures(ctx, *i.num)
	if err != nil {
		return err
	}
	e.mark(i, found)
	sets, dims := e.bySets(i), dimensions(i.num.relation)
	p := publication{i: i, sets: sets, whole: map[string]bool{}, placeOnly: map[string]bool{}}
	for _, f := range found {
		set, levels, ok := e.placeIn(f, dims, sets)
		if _, _, isPlace := e.placeIn(f, dims, [][]string{{"place"}}); isPlace {
			p.parts = append(p.parts, f)
		}
		if ok && len(levels) == 0 {
			p.whole[f.period] = true
		}
		if ok {
			err = e.publish(&p, f, set, levels)
		}
		if err != nil {
			return err
		}
	}
	e.rollUp(&p)
	return e.fromTotals(&p)
}

// publication collects what a published indicator's figures allow.
type publication struct {
	i         bound
	sets      [][]string
	cells     []cell          // of figures with numerator and denominator
	parts     []figure        // of places
	whole     map[string]bool // periods with a row for the whole
	placeOnly map[string]bool // periods whose whole cannot be rolled up
}

// ratioCell is the figure as numerator and denominator.
func (f figure) ratioCell(set int, levels []string) cell {
	return cell{set: set, period: f.period, levels: levels, items: []totals{{y: f.numerator, x: f.denominator, n: 1, matched: 1}}}
}

// computable reports whether the figure has a numerator and a denominator.
func (f figure) computable() bool {
	return f.copies == 1 && !math.IsNaN(f.numerator) && !math.IsNaN(f.denominator)
}

// publish keeps a figure that can be computed for later and prints any other.
func (e *evaluator) publish(p *publication, f figure, set int, levels []string) error {
	if f.computable() {
		p.cells = append(p.cells, f.ratioCell(set, levels))
		return nil
	}
	period, err := e.Calendar.ParsePeriod(f.period)
	if err != nil || !e.Setup.wanted(e.query, period) || f.repeat {
		return err
	}
	v := e.blank(p.i, period, p.sets[set], levels)
	switch {
	case f.copies > 1:
		v.Withhold(analysis.Refused, fmt.Sprintf("series %s has %d rows for this figure; remove the wrong ones", p.i.num.series, f.copies))
	case math.IsNaN(f.value):
		v.Withhold(analysis.Missing, "the figure is empty in the file")
	default:
		v.N, v.Value = 1, f.value
		v.Flags = append(v.Flags, "published figure")
	}
	e.out.Values = append(e.out.Values, v)
	return nil
}

// rollUp adds up the places of periods without a row for the whole, or notes
// that their figures cannot be added.
func (e *evaluator) rollUp(p *publication) {
	for _, f := range p.parts {
		switch {
		case p.whole[f.period]:
		case f.computable():
			p.cells = append(p.cells, f.ratioCell(0, nil))
		default:
			p.placeOnly[f.period] = true
		}
	}
}

// fromTotals makes the values of figures with numerator and denominator.
func (e *evaluator) fromTotals(p *publication) error {
	g, err := e.collect(p.i.num.relation, p.sets, p.cells)
	if err != nil {
		return err
	}
	rule := p.i.num.time
	for _, at := range g.order {
		period := g.of[g.cells[at][0].period]
		if !e.Setup.wanted(e.query, period) || len(g.levels[at]) == 0 && p.placeOnly[period.Label] {
			continue
		}
		v := e.blank(p.i, period, p.sets[at.set], g.levels[at])
		t := g.total(at, 0, rule, rule)
		if t.x == 0 {
			v.Withhold(analysis.NotApplicable, "the denominator is zero")
		} else {
			v.N, v.Numerator, v.Denominator = t.n, t.y, t.x
			v.Value = p.i.Scale() * t.y / t.x
		}
		if reason := g.partial(rule, period.Label); reason != "" && v.State == analysis.Known {
			v.State, v.Reason = analysis.Partial, reason
		}
		e.out.Values = append(e.out.Values, v)
	}
	return e.unrolled(p)
}

// unrolled says why the whole is missing where the places' figures cannot be added.
func (e *evaluator) unrolled(p *publication) error {
	for _, f := range p.parts {
		if !p.placeOnly[f.period] {
			continue
		}
		delete(p.placeOnly, f.period)
		period, err := e.Calendar.ParsePeriod(f.period)
		if err != nil {
			return err
		}
		if e.Setup.wanted(e.query, period) {
			v := e.blank(p.i, period, nil, nil)
			v.Withhold(analysis.Missing, "the places' figures were published without numerator and denominator, so they cannot be rolled up; add a row for the whole city")
			e.out.Values = append(e.out.Values, v)
		}
	}
	return nil
}
