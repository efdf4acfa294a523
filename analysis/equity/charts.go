package equity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

const (
	mostCharts = 6  // indicators drawn
	mostWaves  = 3  // gaps in two waves drawn
	mostGroups = 24 // groups in a chart; of more, the ends
	mostGaps   = 10 // indicators in the chart of gaps
)

// charts draws the groups of the indicators with the widest gaps, the gaps that
// changed, and spending along need.
func charts(latest []*study, flows []*flow) []analysis.Chart {
	var list []analysis.Chart
	widest, clear, compared := widestByIndicator(latest)
	if c, worth := gapsChart(widest, clear, compared); worth {
		list = append(list, c)
	}
	for _, s := range widest[:min(mostCharts, len(widest))] {
		list = append(list, s.groupsChart())
	}
	drawn := 0
	for _, s := range widest {
		if c := changeOf(s.changes, "difference"); c != nil && drawn < mostWaves && (c.clear() || math.IsNaN(c.p)) {
			list = append(list, s.wavesChart(c))
			drawn++
		}
	}
	for _, f := range flows {
		if f.usable() {
			list = append(list, f.chart())
		}
	}
	return list
}

// gapsChart joins the group furthest behind with the average, for the indicators
// with the widest gaps. They share a scale, so those of one unit are drawn:
// percent, else that of the widest gap. It is worth drawing from two on.
func gapsChart(widest []*study, clear, compared int) (analysis.Chart, bool) {
	if len(widest) == 0 {
		return analysis.Chart{}, false
	}
	unit := widest[0].Unit
	if slices.ContainsFunc(widest, func(s *study) bool { return s.Unit == "percent" }) {
		unit = "percent"
	}
	chart := analysis.Chart{Name: "widest_gaps", Kind: analysis.Dumbbell, Unit: unit, Under: "Group furthest behind against the average, " + unit,
		Title: fmt.Sprintf("In %d of %d indicators a group counts as behind", clear, compared), Text: "Value of the group furthest behind and the average, the widest gap in relation to the average first: "}
	behind, average := analysis.Series{Name: "group furthest behind", Tone: analysis.Bad}, analysis.Series{Name: "average"}
	var sources, texts []string
	for _, s := range widest {
		if s.Unit != unit || len(chart.Labels) == mostGaps {
			continue
		}
		g, _ := furthest(s.standings)
		v := s.group(g.k).Value
		chart.Labels = append(chart.Labels, s.label(g.k)+": "+s.name())
		behind.Value, behind.Low, behind.High = append(behind.Value, v.Value), append(behind.Low, v.Low), append(behind.High, v.High)
		average.Value = append(average.Value, s.against.value)
		texts = append(texts, fmt.Sprintf("%s %s (%s)", chart.Labels[len(chart.Labels)-1], s.level(g.k), s.amount(s.against.value, math.NaN())))
		if !slices.Contains(sources, s.Source) && s.Source != "" {
			sources = append(sources, s.Source)
		}
	}
	average.Low, average.High = absent(len(chart.Labels)), absent(len(chart.Labels))
	chart.Text += strings.Join(texts, "; ") + "."
	chart.Series, chart.Source = []analysis.Series{behind, average}, strings.Join(sources, ", ")
	return chart, len(chart.Labels) > 1
}

// groupsChart sets the groups side by side, the worst first.
func (s *study) groupsChart() analysis.Chart {
	g, _ := furthest(s.standings)
	chart := analysis.Chart{Name: s.Code + " by " + s.by(), Kind: analysis.Dot, Unit: s.Unit, Source: s.source(),
		Title: fmt.Sprintf("%s: %s is furthest behind, %s", s.name(), s.label(g.k), s.Period.Label)}
	series := analysis.Series{Name: s.Period.Label}
	order := s.worstFirst()
	text := ""
	if n := len(order); n > mostGroups {
		order = append(order[:mostGroups/2:mostGroups/2], order[n-mostGroups/2:]...)
		text = fmt.Sprintf(" Of %d groups the first and the last %d are drawn.", n, mostGroups/2)
	}
	for _, k := range order {
		v := s.group(k).Value
		label := s.label(k)
		if !s.named[k] {
			label += " (uncertain)"
		}
		chart.Labels = append(chart.Labels, label)
		series.Value = append(series.Value, v.Value)
		series.Low, series.High = append(series.Low, v.Low), append(series.High, v.High)
	}
	chart.Series = []analysis.Series{series}
	chart.Text = s.furthestSentence(g) + text
	return chart
}

func (s *study) worstFirst() []int {
	order := make([]int, len(s.y))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(turned(s.lower)*s.y[a], turned(s.lower)*s.y[b]) })
	return order
}

// source names the data and the number of answers.
func (s *study) source() string {
	n := int64(0)
	for k := range s.y {
		if v := s.group(k).Value; v.Sampled() {
			n += v.N
		}
	}
	if n == 0 {
		return s.Source
	}
	count := "n = " + counted(float64(n))
	if s.Source == "" {
		return count
	}
	return s.Source + ", " + count
}

// wavesChart draws the gap in both waves.
func (s *study) wavesChart(c *change) analysis.Chart {
	way := "grew"
	if c.widened() < 0 {
		way = "shrank"
	}
	chart := analysis.Chart{Name: s.Code + " gap by " + s.by(), Kind: analysis.Dot, Unit: c.unit, Source: s.source(), Text: c.sentence,
		Title:  fmt.Sprintf("%s: the gap between groups (%s) %s", s.name(), s.by(), way),
		Labels: []string{s.Earlier.Period.Label, s.Period.Label}}
	chart.Series = []analysis.Series{{Name: "gap", Value: []float64{c.earlier, c.later}, Low: c.lows[:], High: c.highs[:]}}
	return chart
}

// chart draws the cumulated share of spending against that of people, from the
// neediest, at every tenth.
func (f *flow) chart() analysis.Chart {
	chart := analysis.Chart{Name: f.Code + " along need", Kind: analysis.Line, Unit: "percent", Source: f.Source,
		Title: fmt.Sprintf("%s: the neediest quarter gets %s %%%s", f.name(), figure(100*At(f.across, f.upward, .25), 0), f.part()), Text: f.quarterSentence()}
	if f.sampled && !(f.errorOf.equal < level) {
		chart.Title = f.name() + ": which places are the neediest cannot be told"
	}
	spent, equal := analysis.Series{Name: "of spending"}, analysis.Series{Name: "if equal per head", Tone: analysis.Path}
	for tenth := 0; tenth <= 10; tenth++ {
		chart.Labels = append(chart.Labels, fmt.Sprintf("%d %%", 10*tenth))
		spent.Value = append(spent.Value, 100*At(f.across, f.upward, float64(tenth)/10))
		equal.Value = append(equal.Value, float64(10*tenth))
	}
	for _, s := range []*analysis.Series{&spent, &equal} {
		s.Low, s.High = absent(11), absent(11)
	}
	chart.Series = []analysis.Series{spent, equal}
	return chart
}

func absent(n int) []float64 {
	none := make([]float64, n)
	for i := range none {
		none[i] = math.NaN()
	}
	return none
}
