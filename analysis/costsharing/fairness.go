package costsharing

import (
	"maps"
	"math"
	"slices"
)

// Gini returns the Gini coefficient of numbers that are not negative:
//
//	2 Σ i·x_(i) / (n Σ x)  −  (n+1)/n
//
// over the sorted numbers, 0 when all are equal and (n−1)/n when one has all. It
// is NaN when there are none, their sum is 0, or one is negative or NaN.
func Gini(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	if len(sorted) == 0 || !(sorted[0] >= 0) {
		return math.NaN()
	}
	ranked, total, n := 0.0, 0.0, float64(len(sorted))
	for i, x := range sorted {
		ranked += float64(i+1) * x
		total += x
	}
	if total == 0 {
		return math.NaN()
	}
	return clean(2*ranked/(n*total) - (n+1)/n)
}

// Herfindahl returns the sum of squared shares of numbers: 1 when one has all,
// 1/n when n have the same. Negative numbers count as 0; NaN when nobody has any.
func Herfindahl(numbers []float64) float64 {
	total, squares := 0.0, 0.0
	for _, x := range numbers {
		x = max(0, x)
		total += x
		squares += x * x
	}
	if total == 0 {
		return math.NaN()
	}
	return squares / (total * total)
}

// clean takes what arithmetic leaves of zero for zero.
func clean(x float64) float64 {
	if math.Abs(x) < 1e-12 {
		return 0
	}
	return x
}

// The answers to a question of which not everything needed may be known.
const (
	yes     = "yes"
	no      = "no"
	unknown = "unknown"
)

// inCore says whether no set of partners would pay less by themselves, and names
// the first that would. The answer is unknown where the costs of some sets are.
func (c *Case) inCore(o Outcome) (answer string, blocking uint64) {
	all := c.everybody()
	known := 0
	for _, set := range slices.Sorted(maps.Keys(c.coalitions)) {
		if set == 0 || set == all {
			continue
		}
		known++
		paid := 0.0
		for i, x := range o.Amounts {
			if set&(1<<i) != 0 {
				paid += x
			}
		}
		if cost := c.coalitions[set]; paid > cost+1e-9*float64(c.Cost)+tiny {
			return no, set
		}
	}
	if float64(known) == math.Exp2(float64(len(c.Members)))-2 {
		return yes, 0
	}
	return unknown, 0
}

// ofAbility returns contribution over ability to pay by member; one entry is NaN
// where ability is not known or 0.
func (c *Case) ofAbility(o Outcome) []float64 {
	ratios := make([]float64, len(c.Members))
	for i, m := range c.Members {
		ratios[i] = o.Amounts[i] / m.Ability
		if m.Ability == 0 {
			ratios[i] = math.NaN()
		}
	}
	return ratios
}

// spread returns the largest less the smallest contribution for one unit of
// benefit, over those who benefit: 0 when each unit costs everybody the same. NaN
// when a benefit is unknown or nobody has one.
func (c *Case) spread(o Outcome) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for i, m := range c.Members {
		if math.IsNaN(m.Benefit) {
			return math.NaN()
		}
		if m.Benefit > 0 {
			low, high = min(low, o.Amounts[i]/m.Benefit), max(high, o.Amounts[i]/m.Benefit)
		}
	}
	if high < low {
		return math.NaN()
	}
	return clean(high - low)
}

// marginalised returns the share of the cost that marginalised partners pay and
// the share of the benefits they get; NaN where there are none or it is unknown.
func (c *Case) marginalised(o Outcome) (cost, benefit float64) {
	any, paid, got, all := false, 0.0, 0.0, 0.0
	for i, m := range c.Members {
		all += m.Benefit
		if m.Marginalised {
			any = true
			paid += o.Amounts[i]
			got += m.Benefit
		}
	}
	if !any {
		return math.NaN(), math.NaN()
	}
	if !(all > 0) {
		got, all = math.NaN(), 1
	}
	return paid / float64(c.Cost), got / all
}

// worseThanAlone names those who would pay less alone.
func (c *Case) worseThanAlone(o Outcome) (names []string, known bool) {
	known = true
	for i, m := range c.Members {
		switch {
		case math.IsNaN(m.Alone):
			known = false
		case float64(o.Contributions[i]) > m.Alone:
			names = append(names, m.Name)
		}
	}
	return names, known
}
