// Package survey makes estimates with design-based standard errors from totals
// per stratum and primary sampling unit.
package oldsurvey

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"pediment/analysis"
)

// Stratum is what the whole sample, not only a domain, has in one stratum.
type Stratum struct {
	PSUs       int     // sampled PSUs
	Population float64 // PSUs in the population, or the sampled fraction when ≤ 1; NaN without finite population correction
}

// Design is the sample as drawn: every stratum with all its PSUs, whether or
// not they hold anybody of a domain.
type Design struct {
	Strata    map[string]Stratum
	LonelyPSU string // fail (default), remove, certainty, adjust or average
}

// Total is what one PSU of a domain adds up to: weighted sums of the numerator y
// and the denominator x. Where every row is its own PSU one Total holds all rows
// of a stratum: Rows is then their number and YY, XY and XX are the sums of
// squares and products of the weighted values.
type Total struct {
	Stratum    string
	Y, X       float64
	Rows       int
	YY, XY, XX float64
}

// ErrLonely says that a stratum has one PSU and no rule for it was declared.
type ErrLonely struct{ Strata []string }

// Error names the strata and the way out.
func (e *ErrLonely) Error() string {
	name := strings.TrimPrefix(strings.ReplaceAll(e.Strata[0], "\x00", " "), " ")
	return fmt.Sprintf("stratum %q has one PSU, so its variance cannot be estimated; declare design: {lonely_psu: remove | certainty | adjust | average}", name)
}

// Ratio estimates R = Σy / Σx of a domain and its Taylor-linearised standard
// error under the ultimate-cluster approximation:
//
//	z_hi = (y_hi − R·x_hi) / Σx, 0 for PSUs without domain members
//	V = Σ_h (1 − f_h) · n_h/(n_h − 1) · Σ_i (z_hi − z̄_h)²
//
// n_h counts the PSUs of the whole sample. DF is PSUs minus strata that have
// domain members. A domain with Σx = 0 is analysis.Unknown; the interval is left
// to MeanInterval or LogitInterval. The error is *ErrLonely. Formula: Lumley,
// Complex Surveys (2010), and R package survey, svyratio.
func Ratio(d Design, domain []Total) (analysis.Estimate, error) {
	e := analysis.Unknown()
	var y, x float64
	for _, t := range domain {
		y, x = y+t.Y, x+t.X
	}
	if x == 0 {
		return e, nil
	}
	e.Value = y / x
	return d.estimate(e, domain, e.Value, x)
}

// TotalOf estimates Σy of a domain with the standard error of Ratio's design.
func TotalOf(d Design, domain []Total) (analysis.Estimate, error) {
	e := analysis.Unknown()
	e.Value = 0
	for _, t := range domain {
		e.Value += t.Y
	}
	return d.estimate(e, domain, 0, 1)
}

// estimate adds degrees of freedom and standard error to a value that is linear
// in z = (y_i − r·x_i)/x.
func (d Design) estimate(e analysis.Estimate, domain []Total, r, x float64) (analysis.Estimate, error) {
	sums, psus := linearise(domain, r, x)
	e.DF = float64(psus - len(sums))
	variance, err := d.variance(sums)
	if err != nil {
		return e, err
	}
	e.SE = snap(math.Sqrt(variance), e.Value)
	return e, nil
}

// moments are Σz and Σz² over the PSUs of one stratum.
type moments struct {
	z, zz float64
	psus  int
}

// linearise turns totals into moments of z = (y − R·x)/X per stratum and counts
// the PSUs with domain members.
func linearise(domain []Total, r, x float64) (map[string]moments, int) {
	sums, psus := map[string]moments{}, 0
	for _, t := range domain {
		m := sums[t.Stratum]
		z := (t.Y - r*t.X) / x
		m.z += z
		if t.Rows > 0 {
			m.zz += (t.YY - 2*r*t.XY + r*r*t.XX) / (x * x)
			m.psus += t.Rows
			psus += t.Rows
		} else {
			m.zz += z * z
			m.psus++
			psus++
		}
		sums[t.Stratum] = m
	}
	return sums, psus
}

// variance adds the strata's contributions in name order, so that the sum does
// not depend on map order.
func (d Design) variance(sums map[string]moments) (float64, error) {
	var grand moments
	names := make([]string, 0, len(d.Strata))
	for name, s := range d.Strata {
		names = append(names, name)
		grand.psus += s.PSUs
	}
	slices.Sort(names)
	for _, name := range names {
		grand.z += sums[name].z
	}
	var variance float64
	var lonely []string
	for _, name := range names {
		s, m := d.Strata[name], sums[name]
		if s.PSUs == 1 && s.correction() > 0 {
			lonely = append(lonely, name)
			if d.LonelyPSU == "adjust" {
				centred := m.z - grand.z/float64(grand.psus)
				variance += s.correction() * centred * centred
			}
			continue
		}
		if s.PSUs > 1 {
			n := float64(s.PSUs)
			variance += s.correction() * n / (n - 1) * max(0, m.zz-m.z*m.z/n)
		}
	}
	return d.withLonely(variance, lonely, len(names))
}

func (d Design) withLonely(variance float64, lonely []string, strata int) (float64, error) {
	if len(lonely) == 0 {
		return variance, nil
	}
	switch d.LonelyPSU {
	case "remove", "certainty", "adjust":
		return variance, nil
	case "average":
		if strata == len(lonely) {
			return math.NaN(), nil
		}
		return variance * float64(strata) / float64(strata-len(lonely)), nil
	}
	return math.NaN(), &ErrLonely{lonely}
}

// correction is 1 − f, the finite population correction.
func (s Stratum) correction() float64 {
	switch {
	case math.IsNaN(s.Population) || math.IsInf(s.Population, 1):
		return 1
	case s.Population <= 1:
		return 1 - s.Population
	}
	return max(0, 1-float64(s.PSUs)/s.Population)
}

// snap makes a standard error that is rounding noise beside the estimate zero.
func snap(se, value float64) float64 {
	if se <= 1e-14*math.Abs(value) {
		return 0
	}
	return se
}

// MeanInterval returns the 95 % interval value ± t(df)·se, unknown when df < 1.
func MeanInterval(e analysis.Estimate) (low, high float64) {
	half := quantile(e.DF) * e.SE
	return e.Value - half, e.Value + half
}

// LogitInterval returns the 95 % interval of a proportion, symmetric on the
// logit scale: expit(logit p ± t(df)·se/(p(1−p))). It is unknown at 0 and 1 and
// when df < 1. Formula: R package survey, svyciprop, method "xlogit".
func LogitInterval(e analysis.Estimate) (low, high float64) {
	p := e.Value
	if p <= 0 || p >= 1 {
		return math.NaN(), math.NaN()
	}
	logit, half := math.Log(p/(1-p)), quantile(e.DF)*e.SE/(p*(1-p))
	return expit(logit - half), expit(logit + half)
}

func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// quantile is the 97.5 % point of Student's t; NaN below one degree of freedom.
func quantile(df float64) float64 {
	if !(df >= 1) {
		return math.NaN()
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.975)
}
