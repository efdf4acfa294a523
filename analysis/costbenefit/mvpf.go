package costbenefit

import "math"

// MVPF returns the marginal value of public funds: what those who gain would
// pay for the policy, per unit of its net cost to public budgets,
//
//	willingness to pay / net cost
//
// It is +Inf when the policy costs nothing net (or pays for itself) and is worth
// something, NaN when it is worth nothing and costs nothing. Of a policy that
// raises money and is paid for by those it hits, both are negative and the ratio
// is their loss per unit raised. Source: N. Hendren and B. Sprung-Keyser, "A
// unified welfare analysis of government policies", QJE 135 (2020).
func MVPF(willingness, netCost float64) float64 {
	switch {
	case willingness > 0 && netCost <= 0:
		return math.Inf(1)
	case netCost == 0:
		return math.NaN()
	}
	return willingness / netCost
}
