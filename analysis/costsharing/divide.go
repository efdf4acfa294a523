package costsharing

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// Outcome is a cost divided by one rule.
type Outcome struct {
	Rule
	Reason        string    // why the rule cannot be computed; the rest is empty then
	Note          string    // what else the rule says
	Amounts       []float64 // by member, before rounding
	Before        []float64 // by member, before caps and exemptions
	Contributions []int64   // by member, in cents; they add up to the cost
	Bound         []string  // by member: "cap", "exempt", "award" or ""
}

// Divide divides the cost by the rule: caps and exemptions are applied, what
// they free is passed on, and cents are rounded so that they add up.
func (c *Case) Divide(rule Rule) Outcome {
	o := Outcome{Rule: rule}
	d, err := rule.divide(c)
	if err == nil {
		err = c.limit(&o, d)
	}
	if err != nil {
		return Outcome{Rule: rule, Reason: err.Error()}
	}
	o.Note, o.Before, o.Contributions = d.note, d.amounts, rounded(c.Cost, o.Amounts)
	return o
}

// limit holds everybody to exemption and cap. What that frees goes to those who
// are not held, in proportion to what they pay by the rule of redistribution,
// again and again until nobody is above a cap.
func (c *Case) limit(o *Outcome, d division) error {
	n := len(c.Members)
	limits := make([]float64, n)
	o.Amounts, o.Bound = append([]float64{}, d.amounts...), make([]string, n)
	for i := range c.Members {
		limits[i] = c.Members[i].limit()
		if d.limits != nil {
			limits[i] = min(limits[i], d.limits[i])
		}
	}
	var weights []float64
	held := make([]bool, n)
	for {
		freed := 0.0
		for i := range held {
			m := &c.Members[i]
			if held[i] || !m.Exempt && o.Amounts[i] <= limits[i]+tiny {
				continue
			}
			freed += o.Amounts[i] - limits[i]
			o.Amounts[i], held[i], o.Bound[i] = limits[i], true, m.bound(limits[i])
		}
		if freed == 0 {
			return nil
		}
		if weights == nil {
			var err error
			if weights, err = c.passedOnBy(d); err != nil {
				return err
			}
		}
		if err := c.passOn(o.Amounts, freed, weights, held); err != nil {
			return err
		}
	}
}

// tiny is less than any cent: what arithmetic may miss a limit by.
const tiny = 1e-6

// limit is the most the member pays.
func (m *Member) limit() float64 {
	switch {
	case m.Exempt:
		return 0
	case math.IsNaN(m.Limit):
		return math.Inf(1)
	}
	return m.Limit
}

// bound names what holds the member to the limit.
func (m *Member) bound(limit float64) string {
	switch {
	case m.Exempt:
		return "exempt"
	case limit < m.limit():
		return "award"
	}
	return "cap"
}

// passedOnBy returns the weights by which what is freed is divided.
func (c *Case) passedOnBy(d division) ([]float64, error) {
	if c.Redistribute == "" {
		return d.amounts, nil
	}
	by, err := ruleNamed(c.Redistribute).divide(c)
	if err != nil {
		return nil, fmt.Errorf("what caps and exemptions free cannot be passed on by %s: %w", c.Redistribute, err)
	}
	return by.amounts, nil
}

// passOn divides what was freed among those who are not held.
func (c *Case) passOn(amounts []float64, freed float64, weights []float64, held []bool) error {
	total := 0.0
	for i, w := range weights {
		if !held[i] {
			total += max(0, w)
		}
	}
	if total == 0 && math.Abs(freed) > tiny {
		return fmt.Errorf("caps and exemptions leave %s that nobody is left to pay; raise a cap or find a partner", c.money(freed))
	}
	for i, w := range weights {
		if !held[i] && total > 0 {
			amounts[i] += freed * (max(0, w) / total)
		}
	}
	return nil
}

// rounded rounds amounts, which add up to the total, to cents that do so exactly:
// each is rounded down and the cents left go to the largest remainders, earlier
// members first. Negative amounts are rounded down too, away from zero.
func rounded(total int64, amounts []float64) []int64 {
	parts, remainders, left := make([]int64, len(amounts)), make([]float64, len(amounts)), total
	for i, x := range amounts {
		whole := math.Floor(x + tiny) // what arithmetic left just below a cent is the cent
		parts[i] = int64(whole)
		remainders[i] = math.Round(max(0, x-whole)/tiny) * tiny // ties stay ties
		left -= parts[i]
	}
	if left == 0 {
		return parts
	}
	for i, more := range analysis.Apportion(left, remainders) {
		parts[i] += more
	}
	return parts
}
