package costsharing

import (
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"
)

// What must hold of every cost that partners share, tried on random ones.

// drawCase draws a case of up to six partners, each rule with what it needs. Its
// coalitions cost at most as much as their members alone, the whole included.
func drawCase(t *rapid.T, fewest int) *Case {
	n := rapid.IntRange(fewest, 6).Draw(t, "partners")
	c := &Case{ID: "x", Name: "x", coalitions: map[uint64]float64{}}
	weight := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0.001, 1e9))
	for i := range n {
		m := Member{ID: string(rune('a' + i)), Name: string(rune('A' + i)), Limit: math.NaN()}
		m.Use, m.Budget, m.Ability = weight.Draw(t, "use"), weight.Draw(t, "budget"), weight.Draw(t, "ability")
		m.Benefit = math.Round(weight.Draw(t, "benefit"))
		m.Alone = float64(rapid.IntRange(1, 1e6).Draw(t, "alone"))
		c.Members = append(c.Members, m)
		c.coalitions[1<<i] = m.Alone
	}
	for set := uint64(1); set <= c.everybody(); set++ {
		if bits.OnesCount64(set) > 1 {
			c.coalitions[set] = math.Round(rapid.Float64Range(0.3, 1).Draw(t, "scale") * alone(c, set))
		}
	}
	c.Cost = max(1, int64(c.coalitions[c.everybody()]))
	delete(c.coalitions, c.everybody())
	by := rapid.IntRange(0, n-1).Draw(t, "funder")
	c.matching = &match{by: by, award: math.NaN(), share: rapid.Float64Range(0, 1).Draw(t, "match"),
		of: rapid.SampledFrom([]string{ofTotal, ofAward}).Draw(t, "of"), others: "equal"}
	return c
}

// alone adds what the members of a set cost alone.
func alone(c *Case, set uint64) float64 {
	total := 0.0
	for i := range c.Members {
		if set&(1<<i) != 0 {
			total += c.Members[i].Alone
		}
	}
	return total
}

func holdSome(t *rapid.T, c *Case) {
	for i := range c.Members {
		m := &c.Members[i]
		switch rapid.IntRange(0, 3).Draw(t, "held") {
		case 0:
			m.Limit = float64(rapid.Int64Range(0, c.Cost).Draw(t, "cap"))
		case 1:
			m.Exempt = true
		}
	}
	c.Redistribute = rapid.SampledFrom([]string{"", "equal", "ability"}).Draw(t, "redistribute")
}

// Every rule adds up to the cent; nobody is above a cap, the exempt pay nothing,
// and no cent is more than one from what the rule says.
func TestEveryRuleAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, 1)
		holdSome(t, c)
		for _, rule := range Rules() {
			o := c.Divide(rule)
			if o.Reason != "" {
				continue
			}
			total := int64(0)
			for i, cents := range o.Contributions {
				m := c.Members[i]
				total += cents
				if float64(cents) > m.Limit {
					t.Errorf("%s: %d is above the cap of %v", rule.Name, cents, m.Limit)
				}
				if m.Exempt && cents != 0 {
					t.Errorf("%s: one exempt pays %d", rule.Name, cents)
				}
				if math.Abs(float64(cents)-o.Amounts[i]) >= 1 {
					t.Errorf("%s: %d for %v", rule.Name, cents, o.Amounts[i])
				}
			}
			if total != c.Cost {
				t.Errorf("%s: %d of %d", rule.Name, total, c.Cost)
			}
		}
	})
}

// Partners who are equal in everything pay the same, but for a cent, by every rule.
// A match treats its funder as one of its kind.
func TestEqualsPayTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, 2)
		twin := c.Members[0]
		twin.ID, twin.Name = "b", "B"
		c.Members[1] = twin
		swap := func(set uint64) uint64 { return set&^3 | set&1<<1 | set&2>>1 }
		for set := uint64(1); set < c.everybody(); set++ {
			c.coalitions[set] = c.coalitions[min(set, swap(set))]
		}
		for _, rule := range Rules() {
			o := c.Divide(rule)
			if o.Reason != "" || rule.Name == "matching" && c.matching.by < 2 {
				continue
			}
			if gap := o.Amounts[0] - o.Amounts[1]; math.Abs(gap) > tolerance*float64(c.Cost)+tiny {
				t.Errorf("%s: %v and %v", rule.Name, o.Amounts[0], o.Amounts[1])
			}
			if gap := o.Contributions[0] - o.Contributions[1]; gap < -1 || gap > 1 {
				t.Errorf("%s: %d and %d cents", rule.Name, o.Contributions[0], o.Contributions[1])
			}
		}
	})
}

// One who adds to every coalition what it costs alone pays that and no more.
func TestShapleyDummy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, 1)
		all, own := c.everybody(), c.Members[0].Alone
		cost := func(set uint64) float64 { // without the first
			if set == all {
				return float64(c.Cost)
			}
			return c.coalitions[set]
		}
		for set := uint64(1); set < all; set += 2 {
			c.coalitions[set] = cost(set&^1) + own
		}
		c.Cost = int64(cost(all&^1) + own)
		near2(t, c.Divide(ruleNamed("shapley")).Amounts[0], own, float64(c.Cost))
	})
}

// Of two costs shared together each pays the sum of its parts of both.
func TestShapleyAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawCase(t, 1)
		b, sum := *a, *a
		b.coalitions, sum.coalitions = map[uint64]float64{}, map[uint64]float64{}
		for set := uint64(1); set < a.everybody(); set++ {
			b.coalitions[set] = float64(rapid.IntRange(0, 1e6).Draw(t, "cost"))
			sum.coalitions[set] = a.coalitions[set] + b.coalitions[set]
		}
		b.Cost = rapid.Int64Range(1, 1e6).Draw(t, "whole")
		sum.Cost = a.Cost + b.Cost
		rule := ruleNamed("shapley")
		x, y, z := a.Divide(rule), b.Divide(rule), sum.Divide(rule)
		for i := range a.Members {
			near2(t, z.Amounts[i], x.Amounts[i]+y.Amounts[i], 1e6)
		}
	})
}

// The Shapley value is the mean, over all orders of joining, of what each adds.
func TestShapleyIsTheMeanOverOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, 1)
		n := len(c.Members)
		sums, orders := make([]float64, n), 0.0
		var join func(set uint64, marginal []float64)
		join = func(set uint64, marginal []float64) {
			if set == c.everybody() {
				orders++
				for i, x := range marginal {
					sums[i] += x
				}
				return
			}
			before, _ := c.costOf(set)
			for i := range n {
				if set&(1<<i) == 0 {
					after, _ := c.costOf(set | 1<<i)
					marginal[i] = after - before
					join(set|1<<i, marginal)
				}
			}
		}
		join(0, make([]float64, n))
		for i, x := range c.Divide(ruleNamed("shapley")).Amounts {
			near2(t, x, sums[i]/orders, float64(c.Cost))
		}
	})
}

// Twice the cost, and twice whatever else is money, is twice the contribution.
func TestDoubledCostDoublesEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t, 1)
		double := *c
		double.Cost, double.coalitions, double.Members = 2*c.Cost, map[uint64]float64{}, nil
		for set, cost := range c.coalitions {
			double.coalitions[set] = 2 * cost
		}
		for _, m := range c.Members {
			m.Benefit, m.Alone = 2*m.Benefit, 2*m.Alone
			double.Members = append(double.Members, m)
		}
		for _, rule := range Rules() {
			a, b := c.Divide(rule), double.Divide(rule)
			for i := range a.Amounts {
				if rule.Name == "matching" { // the funder's part is whole cents
					continue
				}
				near2(t, b.Amounts[i], 2*a.Amounts[i], float64(c.Cost))
			}
		}
	})
}

func near2(t *rapid.T, got, want, scale float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*max(1, scale) {
		t.Errorf("%.12g, want %.12g", got, want)
	}
}
