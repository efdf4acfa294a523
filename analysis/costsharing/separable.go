package costsharing

import (
	"errors"
	"fmt"
	"math"
)

// separable divides by separable costs and remaining benefits. With the separable
// cost SC_i = C(all) − C(all but i) and the joint cost JC = C(all) − Σ SC each pays
//
//	SC_i + JC · (min(B_i, A_i) − SC_i) / Σ (min(B_j, A_j) − SC_j)
//
// where B is its benefit and A what it would pay alone. Nobody may gain less than
// its separable cost, and the separable costs may not exceed the cost.
func (c *Case) separable() (division, error) {
	n := len(c.Members)
	costs, gains, joint, gained := make([]float64, n), make([]float64, n), float64(c.Cost), 0.0
	for i := range c.Members {
		m := &c.Members[i]
		without, known := c.costOf(c.everybody() &^ (1 << i))
		switch {
		case !known:
			return division{}, fmt.Errorf("the cost of %s without %s is not given", c.names(c.everybody()&^(1<<i)), m.Name)
		case math.IsNaN(m.Benefit):
			return division{}, fmt.Errorf("benefit is not given for %s", m.Name)
		case n > 1 && math.IsNaN(m.Alone):
			return division{}, fmt.Errorf("what it would pay alone is not given for %s", m.Name)
		}
		costs[i] = float64(c.Cost) - without
		gains[i] = min(m.Benefit, c.alone(i)) - costs[i]
		if gains[i] < 0 {
			return division{}, fmt.Errorf("%s adds %s to the cost and would gain or save only %s: it is not worth including",
				m.Name, c.money(costs[i]), c.money(min(m.Benefit, c.alone(i))))
		}
		joint, gained = joint-costs[i], gained+gains[i]
	}
	if joint < 0 {
		return division{}, fmt.Errorf("the separable costs are %s more than the cost: together it is not cheaper", c.money(-joint))
	}
	if joint > 0 && gained == 0 {
		return division{}, errors.New("nobody has a remaining benefit to divide the joint cost by")
	}
	for i := range costs {
		if joint > 0 {
			costs[i] += joint * (gains[i] / gained)
		}
	}
	return division{amounts: costs, note: "joint cost " + c.money(joint)}, nil
}

// alone is what the member would pay alone; one who is alone pays the cost.
func (c *Case) alone(i int) float64 {
	if len(c.Members) == 1 {
		return float64(c.Cost)
	}
	return c.Members[i].Alone
}
