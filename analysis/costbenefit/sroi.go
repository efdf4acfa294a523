package costbenefit

// Impact returns the value of an outcome in its first year that is due to the
// activity:
//
//	quantity · proxy · (1 − deadweight)(1 − displacement)(1 − attribution)
//
// attribution being the share due to others. Source: The SROI Network, A Guide to
// Social Return on Investment (2012), stages 3 and 4.
func Impact(quantity, proxy, deadweight, displacement, attribution float64) float64 {
	return quantity * proxy * (1 - deadweight) * (1 - displacement) * (1 - attribution)
}

// ImpactStream returns an impact in each of the years it lasts, every year the
// drop-off less of what was left: impact · (1 − drop-off)^k, k = 0, 1, …
func ImpactStream(impact, dropOff float64, years int) []float64 {
	stream := make([]float64, years)
	for k := range stream {
		stream[k] = impact
		impact *= 1 - dropOff
	}
	return stream
}
