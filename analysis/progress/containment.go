package progress

import (
	"math"
	"strings"

	"pediment/analysis"
)

// containment knows how the errors of groups hang together with that of the city they
// are part of.
type containment struct {
	index      map[seriesKey][]analysis.Value
	siblings   map[string][]seriesKey // the parts of each breakdown
	covariance func(a, b analysis.Value) float64
}

// containing sorts parts of the city by the breakdown they belong to.
func (a *assessment) containing(parts []seriesKey) containment {
	c := containment{index: a.index, siblings: map[string][]seriesKey{}, covariance: a.setup.Covariance}
	for _, key := range parts {
		set := breakdownOf(a.index[key][0])
		c.siblings[set] = append(c.siblings[set], key)
	}
	return c
}

// breakdownOf names the breakdown a value is a part of.
func breakdownOf(v analysis.Value) string {
	set := strings.Join(v.Group.Columns(), "\x00")
	if v.Place != "" {
		set += "\x00place"
	}
	return set
}

// apart is the standard error of the difference between a part and the whole, whose
// errors on the scale compared are given.
func (c containment) apart(part, whole analysis.Value, se, wholeSE float64) float64 {
	cov := c.correlation(part, whole) * se * wholeSE
	return math.Sqrt(max(0, se*se+wholeSE*wholeSE-2*cov))
}

// correlation is that of the errors of a part and of the whole, which is the mean of
// its parts by their denominators:
//
//	cov(g, c) = Σ_j share_j·cov(g, g_j)
//
// Where a covariance or a denominator of the breakdown is not known,
//
//	cov(g, c) = share_g·var(g)
//
// as it is for a domain of one simple random sample, the shares taken as known in
// both. Values without sampling error have none in common, declared errors are not
// known to be shared; a part whose share nobody knows is treated as independent.
func (c containment) correlation(part, whole analysis.Value) float64 {
	if !part.Sampled() || !whole.Sampled() || part.SE == 0 || whole.SE == 0 {
		return 0
	}
	cov := c.summed(part, whole)
	if math.IsNaN(cov) {
		share := part.Denominator / whole.Denominator
		if !(share > 0 && share <= 1) {
			return 0
		}
		cov = share * part.SE * part.SE
	}
	return within(cov/(part.SE*whole.SE), -.999, .999)
}

// summed is the covariance by the parts of the breakdown, NaN where one is not known.
// Their denominators must make the whole's, up to a hundredth.
func (c containment) summed(part, whole analysis.Value) float64 {
	if c.covariance == nil {
		return math.NaN()
	}
	sum, total := 0.0, 0.0
	for _, key := range c.siblings[breakdownOf(part)] {
		for _, v := range c.index[key] {
			if v.Period == part.Period {
				sum += v.Denominator / whole.Denominator * c.covariance(part, v)
				total += v.Denominator
			}
		}
	}
	if !(math.Abs(total-whole.Denominator) <= .01*whole.Denominator) {
		return math.NaN()
	}
	return sum
}
