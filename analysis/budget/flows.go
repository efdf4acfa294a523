package budget

import (
	"cmp"
	"fmt"
	"slices"

	"pediment/analysis"
)

// flow is what one source paid for one programme. An empty code is money of which
// the lines do not say it.
type flow struct {
	source, programme string
	cents             int64
}

// flows makes the table flows: which source paid for which programme, in every
// year and phase of spending. Its rows add up to the totals to the cent: money of
// which lines do not say one or the other is "not stated".
func (l *ledger) flows(*findings) []analysis.Table {
	if len(l.dimensions(source)) == 0 || len(l.dimensions(programme)) == 0 {
		return nil
	}
	t := analysis.Table{Name: "flows", Columns: analysis.Columns("year", "phase", "source", "source_name", "programme", "programme_name", l.money("amount"), "note")}
	for _, y := range l.years {
		for _, p := range []phase{approved, adjusted, executed, unstated} {
			if p == unstated && l.phase != unstated {
				continue
			}
			for _, f := range l.flowsOf(y, p) {
				t.Rows = append(t.Rows, []any{y.Label, p.String(), f.source, l.label(source, f.source), f.programme, l.label(programme, f.programme),
					inUnits(f.cents), y.incomplete(p)})
			}
		}
	}
	l.flowsChart()
	return []analysis.Table{t}
}

// flowsOf adds the year's spending by source and programme, in order of codes,
// lines without one last.
func (l *ledger) flowsOf(y *year, p phase) []flow {
	sums := map[[2]string]int64{}
	keep := spending(y, p)
	for i := range l.lines {
		if x := &l.lines[i]; keep(x) {
			sums[[2]string{x.codes[source], x.codes[programme]}] += x.cents
		}
	}
	var list []flow
	for codes, cents := range sums {
		list = append(list, flow{codes[0], codes[1], cents})
	}
	slices.SortFunc(list, func(a, b flow) int {
		return cmp.Or(compareCodes(a.source, b.source), compareCodes(a.programme, b.programme))
	})
	return list
}

// The most sources and programmes a picture of flows has room for.
const (
	mostSources    = 6
	mostProgrammes = 14
)

// flowsChart draws the reporting year's flows. Only lines that say both ends are
// drawn, and nothing below 0: what is left out is said. Of many sources or
// programmes the smallest stand together.
func (l *ledger) flowsChart() {
	var flows []flow
	var left, negative, all int64
	for _, f := range l.flowsOf(l.current, l.phase) {
		all += f.cents
		switch {
		case f.source == "" || f.programme == "":
			left += f.cents
		case f.cents < 0:
			negative += f.cents
		case f.cents > 0:
			flows = append(flows, f)
		}
	}
	from := l.flowNames(flows, func(f flow) string { return f.source }, source, mostSources, "other sources")
	to := l.flowNames(flows, func(f flow) string { return f.programme }, programme, mostProgrammes, "other programmes")
	if len(flows) < 2 || len(from.labels) < 2 && len(to.labels) < 2 {
		return
	}
	to.apart(from)
	c := analysis.Chart{Name: "flows", Kind: analysis.Sankey, Unit: l.currency, Source: l.source(l.current), Labels: slices.Concat(from.labels, to.labels)}
	c.Under = fmt.Sprintf("Spending of %s (%s), from who pays to what for, %s", l.current.Label, l.phase, l.currency)
	sums := map[[2]string]int64{}
	for _, f := range flows {
		sums[[2]string{from.of[f.source], to.of[f.programme]}] += f.cents
	}
	for _, a := range from.labels {
		for _, b := range to.labels {
			if cents := sums[[2]string{a, b}]; cents > 0 {
				c.Links = append(c.Links, analysis.Link{From: a, To: b, Value: inUnits(cents)})
			}
		}
	}
	c.Title = fmt.Sprintf("Largest source: %s, %s of spending; largest programme: %s, %s", from.largest, share(percent(from.most, all)), to.largest, share(percent(to.most, all)))
	c.Text = fmt.Sprintf("Who paid for what in %s: %s of %s went from %d sources to %d programmes.", l.current.Label, l.spoken(sumOf(flows)), l.spoken(all), from.n, to.n)
	if left != 0 {
		c.Text += fmt.Sprintf(" Of %s the lines do not say both who paid and what for.", l.spoken(left))
	}
	if negative != 0 {
		c.Text += fmt.Sprintf(" Reversals of %s are not drawn.", l.spoken(-negative))
	}
	if why := l.current.incomplete(l.phase); why != "" {
		c.Text += " Not complete: " + why + "."
	}
	l.draw(c)
}

func sumOf(flows []flow) (cents int64) {
	for _, f := range flows {
		cents += f.cents
	}
	return cents
}

// flowEnds are the labels of one side of a picture of flows.
type flowEnds struct {
	labels  []string          // the largest first, what stands together last
	of      map[string]string // label by code
	largest string            // label of the largest
	most    int64             // what it stands for
	n       int               // codes there are
}

// flowNames names one side's codes, the smallest together under rest.
func (l *ledger) flowNames(flows []flow, code func(flow) string, c column, most int, rest string) flowEnds {
	sums := map[string]int64{}
	for _, f := range flows {
		sums[code(f)] += f.cents
	}
	var codes []string
	for one := range sums {
		codes = append(codes, one)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	ends := flowEnds{of: map[string]string{}, n: len(codes)}
	for k, one := range codes {
		label := l.label(c, one)
		if len(codes) > most && k >= most-1 {
			label = rest
		}
		if ends.of[one] = label; !slices.Contains(ends.labels, label) {
			ends.labels = append(ends.labels, label)
		}
		if k == 0 {
			ends.largest, ends.most = label, sums[one]
		}
	}
	return ends
}

// apart renames the labels that the other side has as well.
func (e *flowEnds) apart(other flowEnds) {
	for code, label := range e.of {
		if slices.Contains(other.labels, label) {
			e.of[code] = label + " (programme)"
		}
	}
	for k, label := range e.labels {
		if slices.Contains(other.labels, label) {
			e.labels[k] = label + " (programme)"
		}
	}
}
