package costbenefit

import "math"

// Gap is how much grant a project that earns needs.
type Gap struct {
	Rate     float64 // share of the investment its net revenue does not pay for
	Decision float64 // eligible cost · Rate: what the grant's rate is applied to
	Grant    float64 // Decision · maximum rate
}

// FundingGapOf returns the funding gap from the discounted investment cost, the
// discounted net revenue (revenue less operating cost plus residual value), the
// eligible cost and the highest rate of co-financing:
//
//	Rate = (investment − net revenue) / investment
//
// It is 1 when the project earns nothing net and 0 when it pays for itself. NaN
// when investment is not positive. Source: European Commission, COCOF 07/0074/09
// on revenue-generating projects (2007–13), still used in national practice.
func FundingGapOf(investment, netRevenue, eligible, maximum float64) Gap {
	rate := math.NaN()
	if investment > 0 {
		rate = min(1, max(0, (investment-netRevenue)/investment))
	}
	return Gap{Rate: rate, Decision: eligible * rate, Grant: eligible * rate * maximum}
}
