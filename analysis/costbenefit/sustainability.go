package costbenefit

// Liquidity is the money in hand over the columns of a timeline, undiscounted.
type Liquidity struct {
	Cumulated     []float64
	Sustainable   bool    // never below zero
	FirstNegative int     // column, None
	Worst         int     // column with the lowest amount, the first of several; None without columns
	Minimum       float64 // amount there
	Bridging      float64 // money that would have to be lent to keep it at zero
}

// Sustainability returns the cumulated funding + inflows − outflows, which must
// not be negative in any column. Lists are equally long and hold cash only: no
// residual value unless the asset is really sold. Amounts below 10⁻¹² of all
// flows together count as nothing. Source: European Commission, Guide to
// Cost-Benefit Analysis of Investment Projects (2014), on financial sustainability.
func Sustainability(funding, inflows, outflows []float64) Liquidity {
	l := Liquidity{Cumulated: make([]float64, len(funding)), Sustainable: true, FirstNegative: None, Worst: None}
	nothing := 1e-12 * (gross(funding) + gross(inflows) + gross(outflows))
	sum := 0.0
	for t := range funding {
		sum += funding[t] + inflows[t] - outflows[t]
		l.Cumulated[t] = sum
		if sum < -nothing && l.Sustainable {
			l.Sustainable, l.FirstNegative = false, t
		}
		if l.Worst == None || sum < l.Minimum {
			l.Worst, l.Minimum = t, sum
		}
	}
	if !l.Sustainable {
		l.Bridging = -l.Minimum
	}
	return l
}
