package budget

import (
	"cmp"
	"fmt"
	"math"

	"pediment/analysis"
)

// barsShown is how many bars a chart has room for.
const barsShown = 15

func compareCents(a, b int64) int { return cmp.Compare(a, b) }

// draw adds a chart, without intervals: a ledger has no sampling error.
func (l *ledger) draw(c analysis.Chart) {
	for i := range c.Series {
		c.Series[i].Low, c.Series[i].High = gaps(len(c.Labels)), gaps(len(c.Labels))
	}
	l.result.Charts = append(l.result.Charts, c)
}

func gaps(n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = math.NaN()
	}
	return list
}

// source says under a chart where its figures come from.
func (l *ledger) source(y *year) string {
	return fmt.Sprintf("%s, %s", l.budget.Name, y.Label)
}
