package costsharing

import (
	"fmt"
	"math/bits"
)

// mostShapley is the most partners whose Shapley value is computed: they have
// 4,094 coalitions, which nobody costs by hand.
const mostShapley = 12

// shapley divides by Shapley value, exactly:
//
//	x_i = Σ_{S without i} |S|!(n−|S|−1)!/n! · (C(S and i) − C(S))
//
// A part may be negative where taking part makes it cheaper for all.
func (c *Case) shapley() (division, error) {
	n := len(c.Members)
	if n > mostShapley {
		return division{}, fmt.Errorf("there are %d partners; it is computed for up to %d", n, mostShapley)
	}
	if err := c.missingCoalition(); err != nil {
		return division{}, err
	}
	amounts := make([]float64, n)
	for set := range c.everybody() {
		size := bits.OnesCount64(set)
		weight := 1 / float64(n) // |S|!(n−|S|−1)!/n! = 1 / (n · (n−1 choose |S|))
		for k := 1; k <= size; k++ {
			weight *= float64(k) / float64(n-k)
		}
		cost, _ := c.costOf(set)
		for i := range amounts {
			if set&(1<<i) == 0 {
				with, _ := c.costOf(set | 1<<i)
				amounts[i] += weight * (with - cost)
			}
		}
	}
	return division{amounts: amounts}, nil
}

// missingCoalition names the first coalition without a cost, small ones first.
func (c *Case) missingCoalition() error {
	first, missing := uint64(0), 0
	for set := range c.everybody() {
		if _, known := c.costOf(set); known {
			continue
		}
		missing++
		if first == 0 || bits.OnesCount64(set) < bits.OnesCount64(first) {
			first = set
		}
	}
	switch {
	case missing == 0:
		return nil
	case bits.OnesCount64(first) == 1 && missing == 1:
		return fmt.Errorf("what it would cost %s alone is not given", c.names(first))
	case missing == 1:
		return fmt.Errorf("the cost of the coalition of %s is not given", c.names(first))
	}
	return fmt.Errorf("the costs of %d coalitions are not given, first that of %s", missing, c.names(first))
}
