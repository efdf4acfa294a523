package survey

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// ErrLonely says that strata have one PSU each and no rule for them was declared,
// or that they are all there is.
type ErrLonely struct {
	Strata []string
	All    bool
}

// Error names the strata and the way out.
func (e *ErrLonely) Error() string {
	if len(e.Strata) == 1 && e.Strata[0] == "" {
		return "the sample has one PSU, so the variance cannot be estimated; name the units that were drawn in ids"
	}
	if e.All {
		return "no stratum has more than one PSU, so the variance cannot be estimated from this sample"
	}
	names := make([]string, len(e.Strata))
	for k, name := range e.Strata {
		names[k] = fmt.Sprintf("%q", strings.TrimSpace(strings.ReplaceAll(name, "\x00", " ")))
	}
	subject, verb := "stratum ", " has one PSU"
	if len(names) > 1 {
		subject, verb = "strata ", " have one PSU each"
	}
	if len(names) > 3 {
		names = append(names[:3], "…")
	}
	return subject + strings.Join(names, ", ") + verb + ", so the variance cannot be estimated; declare lonely_psu: remove | certainty | adjust | average"
}

// presence is the PSUs of each stratum that hold rows of a domain; every PSU
// under calibration, whose correction reaches all of them.
func (s *sample) presence(g *group) []int64 {
	present := make([]int64, len(s.frame.names))
	if s.adjustment != nil {
		for h := range present {
			present[h] = s.frame.cohorts[0][h].n
		}
		return present
	}
	seen := map[int32]bool{}
	for _, c := range g.cells {
		if s.frame.rowwise() {
			present[c.leaf] += c.rows
		} else if psu := s.frame.psu(c.leaf); !seen[psu] {
			seen[psu] = true
			present[s.frame.stratum(c.leaf)]++
		}
	}
	return present
}

// variance adds up the covariance of two linearised statistics given by leaf,
// stage by stage:
//
//	V = Σ_h (1 − f_h)·n_h/(n_h − 1)·Σ_i (t_hi − t̄_h)² + Σ_h f_h·Σ_i V(unit i)
//
// n_h counts the units of the whole sample. Strata with one PSU follow the
// design's rule. Formula: Särndal, Swensson & Wretman (1992), ch. 4, and R
// package survey, svyrecvar.
func (s *sample) variance(a, b []float64, present []int64) (float64, error) {
	f := s.frame
	below := make([]float64, len(a)) // variance within each unit of the stage at hand
	for stage := len(f.parents); stage > 1; stage-- {
		a, b, below = f.within(stage, a, b, below)
	}
	shares := s.between(a, b)
	for psu, v := range below {
		h := f.parents[0][psu]
		shares[h].value += f.cohorts[0][h].f * v
	}
	return s.combine(shares, present)
}

// within adds up units of a stage after the first to their parents.
func (f *frame) within(stage int, a, b, below []float64) (sumsA, sumsB, variance []float64) {
	parents, cohorts := f.parents[stage-1], f.cohorts[stage-1]
	sumsA, sumsB, variance = make([]float64, len(cohorts)), make([]float64, len(cohorts)), make([]float64, len(cohorts))
	for unit, parent := range parents {
		sumsA[parent] += a[unit]
		sumsB[parent] += b[unit]
	}
	for unit, parent := range parents {
		c := cohorts[parent]
		if n := float64(c.n); c.n > 1 {
			variance[parent] += (1 - c.f) * n / (n - 1) * (a[unit] - sumsA[parent]/n) * (b[unit] - sumsB[parent]/n)
		}
		variance[parent] += c.f * below[unit]
	}
	return sumsA, sumsB, variance
}

// share is what one stratum adds to a variance.
type share struct {
	value   float64 // with n/(n−1) and the finite population correction
	a, b    float64 // Σ t
	product float64 // Σ t_a·t_b
}

// between makes the share of each stratum from totals by PSU.
func (s *sample) between(a, b []float64) []share {
	f := s.frame
	shares := make([]share, len(f.names))
	for psu, h := range f.parents[0] {
		shares[h].a += a[psu]
		shares[h].b += b[psu]
		shares[h].product += a[psu] * b[psu]
	}
	for psu, h := range f.parents[0] {
		c := f.cohorts[0][h]
		if n := float64(c.n); c.n > 1 {
			correction := 1 - c.f
			if f.chance != nil {
				correction = 1 - f.chance[psu]
			}
			shares[h].value += correction * n / (n - 1) * (a[psu] - shares[h].a/n) * (b[psu] - shares[h].b/n)
		}
	}
	return shares
}

// combine adds up strata, by the design's rule where one has a lone PSU.
func (s *sample) combine(shares []share, present []int64) (float64, error) {
	var total, grandA, grandB, psus float64
	strata := 0
	for h, share := range shares {
		if present[h] > 0 {
			strata++
			grandA, grandB, psus = grandA+share.a, grandB+share.b, psus+float64(s.frame.cohorts[0][h].n)
		}
	}
	var lonely []string
	for h, share := range shares {
		if !s.alone(s.frame.cohorts[0][h], present[h]) {
			total += share.value
			continue
		}
		lonely = append(lonely, s.frame.names[h])
		if s.design.LonelyPSU == "adjust" {
			total += s.frame.cohorts[0][h].adjusted(share, grandA/psus, grandB/psus)
		}
	}
	return s.settle(total, lonely, strata)
}

// alone reports whether a stratum's variance follows the rule for lone PSUs: it
// was drawn with one, or, where declared, has one in the domain.
func (s *sample) alone(c cohort, present int64) bool {
	if c.f >= 1 || present == 0 {
		return false
	}
	averaged := s.design.LonelyPSU == "adjust" || s.design.LonelyPSU == "average"
	return c.n == 1 || s.design.AdjustDomainLonely && averaged && present == 1
}

// adjusted is the share of a stratum whose PSUs, n of them with those outside the
// domain, are measured from the mean of all PSUs:
//
//	(1 − f)·n/(n−1)·Σ(t_a − c_a)(t_b − c_b), without n/(n−1) for n = 1
func (c cohort) adjusted(s share, centreA, centreB float64) float64 {
	n := float64(c.n)
	scale := 1 - c.f
	if c.n > 1 {
		scale *= n / (n - 1)
	}
	return scale * (s.product - s.a*centreB - s.b*centreA + n*centreA*centreB)
}

// settle applies what the rule for lone PSUs says of the whole.
func (s *sample) settle(total float64, lonely []string, strata int) (float64, error) {
	if len(lonely) == 0 {
		return total, nil
	}
	rule := s.design.LonelyPSU
	switch {
	case rule == "certainty":
		return total, nil
	case s.frame.allLonely():
		return math.NaN(), &ErrLonely{lonely, true}
	case rule == "remove" || rule == "adjust":
		return total, nil
	case rule == "average" && strata == len(lonely):
		return math.NaN(), nil
	case rule == "average":
		return total * float64(strata) / float64(strata-len(lonely)), nil
	}
	slices.Sort(lonely)
	return math.NaN(), &ErrLonely{lonely, false}
}

// allLonely reports whether no stratum has a second PSU.
func (f *frame) allLonely() bool {
	return !slices.ContainsFunc(f.cohorts[0], func(c cohort) bool { return c.n > 1 })
}
