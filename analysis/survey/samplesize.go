package survey

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// Sampling is how a planned sample differs from a simple random sample of a
// boundless population in which everybody answers; its zero value is that sample.
type Sampling struct {
	DEFF       float64 // design effect; 0 means 1
	Population float64 // its size; 0 means no finite population correction
	Response   float64 // share of those approached who are interviewed; 0 means all
}

// Detection is how surely a change between two waves shall be seen.
type Detection struct {
	Alpha float64 // two-sided chance of seeing a change where there is none; 0 means 0.05
	Power float64 // chance of seeing the change when it is there; 0 means 0.8

	// Correlation is that of the two waves' estimates: 0 for independent samples;
	// with a panel, the share of respondents in both waves times the correlation
	// of their answers.
	Correlation float64
}

// Wave is the present wave of a survey, of which the next is planned.
type Wave struct {
	Proportion float64 // the present estimate of a proportion, where SD is 0
	SD         float64 // of a mean: the standard deviation between people
	SE         float64 // standard error of the present estimate
}

// Size is the size of a sample.
type Size struct {
	Interviews int64 // completed
	Approached int64 // people to approach for them, at the response rate
}

// ProportionSD returns √(p(1−p)), the standard deviation between people of a
// property that a share p of them has.
func ProportionSD(p float64) float64 { return math.Sqrt(p * (1 - p)) }

// InterviewsForMargin returns how many interviews make the half width of a
// confidence interval at the level, 0 being 0.95, at most margin:
//
//	n = deff·z²·sd² / margin²,  with a population N:  n / (1 + (n−1)/N)
//
// sd is the standard deviation between people, see ProportionSD; margin is in its
// unit. Source: Cochran, Sampling Techniques (1977), 4.4–4.6; Kish (1965) for the
// design effect. The error is an analysis.Problem.
func InterviewsForMargin(sd, margin, level float64, s Sampling) (Size, error) {
	if level == 0 {
		level = defaultLevel
	}
	if !(margin > 0) || !(sd >= 0) || !(level > 0 && level < 1) {
		return Size{}, analysis.Problem{
			Message: fmt.Sprintf("no sample size for a margin of error of %v at level %v with standard deviation %v", margin, level, sd),
			Hint:    "give a margin above 0 and a level between 0 and 1"}
	}
	z := normalQuantile((1 + level) / 2)
	return s.size(math.Pow(z*sd/margin, 2))
}

// InterviewsPerWave returns how many interviews each of two waves of equal size
// needs to see a change:
//
//	n = deff·(z_{1−α/2} + z_power)²·(sd₁² + sd₂² − 2·correlation·sd₁·sd₂) / change²
//
// sd1 and sd2 are the standard deviations between people in the two waves, see
// ProportionSD. The variance is not pooled, as by R's power.prop.test, whose
// answers are a little larger for proportions. Source: Fleiss, Levin and Paik,
// Statistical Methods for Rates and Proportions (2003), 4.3; Kish (1965), 12.4,
// for overlapping samples. The error is an analysis.Problem.
func InterviewsPerWave(sd1, sd2, change float64, d Detection, s Sampling) (Size, error) {
	factor, err := d.factor(change)
	if err != nil {
		return Size{}, err
	}
	variance := sd1*sd1 + sd2*sd2 - 2*d.Correlation*sd1*sd2
	return s.size(variance * math.Pow(factor/change, 2))
}

// MinimumDetectableChange returns the smallest change between two waves with
// standard errors se1 and se2 that is seen with the power asked for:
//
//	(z_{1−α/2} + z_power)·√(se1² + se2² − 2·correlation·se1·se2)
//
// It is in the unit of the standard errors. Source as of InterviewsPerWave. The error is an
// analysis.Problem.
func MinimumDetectableChange(se1, se2 float64, d Detection) (float64, error) {
	factor, err := d.factor(1)
	if err != nil {
		return math.NaN(), err
	}
	return factor * math.Sqrt(se1*se1+se2*se2-2*d.Correlation*se1*se2), nil
}

// InterviewsForChange returns how many interviews the next wave needs to see a
// change of either sign, when the present wave is what it is. With
// Z = z_{1−α/2} + z_power and the present standard error se₁, the next may be at
// most the se₂ with se₁² + se₂² − 2·correlation·se₁·se₂ = (change/Z)², and
//
//	n = deff·sd² / se₂²,  with a population N:  n / (1 + (n−1)/N)
//
// For a proportion sd is that of the present proportion plus or minus the change,
// whichever is larger. Where the present standard error alone is too large, no
// number of interviews is enough; the error, an analysis.Problem, says so and
// names the smallest change that could be seen, which is also returned.
func InterviewsForChange(present Wave, change float64, d Detection, s Sampling) (size Size, smallest float64, err error) {
	factor, err := d.factor(change)
	if err != nil {
		return Size{}, math.NaN(), err
	}
	if !(present.SE >= 0) || !(present.SD > 0 || present.Proportion >= 0 && present.Proportion <= 1) {
		return Size{}, math.NaN(), analysis.Problem{
			Message: "the present wave's estimate or standard error is unknown",
			Hint:    "give a proportion from 0 to 1, or a standard deviation, and a standard error"}
	}
	c, se := d.Correlation, present.SE
	smallest = factor * se * math.Sqrt(1-c*c) // a next wave with standard error c·se
	if c < 0 {
		smallest = factor * se
	}
	room := math.Pow(change/factor, 2) - se*se*(1-c*c)
	next := c*se + math.Sqrt(max(0, room))
	if room < 0 || next <= 0 {
		return Size{}, smallest, analysis.Problem{
			Message: fmt.Sprintf("no number of interviews can show a change of %.4g: the present standard error of %.4g alone hides it", math.Abs(change), se),
			Hint:    fmt.Sprintf("the smallest change a next wave could show is %.4g; compare with a more precise wave, or pool waves", smallest)}
	}
	size, err = s.size(math.Pow(present.nextSD(change)/next, 2))
	return size, smallest, err
}

// nextSD is the standard deviation between people in a wave with a change of
// either sign.
func (w Wave) nextSD(change float64) float64 {
	if w.SD > 0 {
		return w.SD
	}
	up, down := min(1, w.Proportion+math.Abs(change)), max(0, w.Proportion-math.Abs(change))
	return max(ProportionSD(up), ProportionSD(down))
}

// factor returns z_{1−α/2} + z_power.
func (d Detection) factor(change float64) (float64, error) {
	alpha, power := d.Alpha, d.Power
	if alpha == 0 {
		alpha = .05
	}
	if power == 0 {
		power = .8
	}
	switch {
	case change == 0 || math.IsNaN(change) || math.IsInf(change, 0):
		return 0, analysis.Problem{Message: fmt.Sprintf("no sample size for a change of %v", change), Hint: "say how large the change to be seen is"}
	case !(alpha > 0 && alpha < 1 && power > alpha/2 && power < 1):
		return 0, analysis.Problem{Message: fmt.Sprintf("alpha %v and power %v are not chances between 0 and 1", alpha, power), Hint: "usual are alpha 0.05 and power 0.8"}
	case !(d.Correlation > -1 && d.Correlation < 1):
		return 0, analysis.Problem{Message: fmt.Sprintf("the correlation between waves %v is not between -1 and 1", d.Correlation), Hint: "for independent samples it is 0"}
	}
	return normalQuantile(1-alpha/2) + normalQuantile(power), nil
}

// size turns the size of a simple random sample into one of s, rounding up.
func (s Sampling) size(simple float64) (Size, error) {
	deff, response := s.DEFF, s.Response
	if deff == 0 {
		deff = 1
	}
	if response == 0 {
		response = 1
	}
	if !(deff > 0) || !(response > 0 && response <= 1) || !(s.Population >= 0) {
		return Size{}, analysis.Problem{
			Message: fmt.Sprintf("design effect %v, response rate %v and population %v do not describe a sample", s.DEFF, s.Response, s.Population),
			Hint:    "the design effect is above 0, the response rate a share from 0 to 1, the population a number of people"}
	}
	n := deff * simple
	if s.Population > 0 {
		n /= 1 + max(0, n-1)/s.Population
		n = min(n, s.Population)
	}
	if !(n < 1e15) {
		return Size{}, analysis.Problem{Message: "the sample would have to be boundless", Hint: "ask for less precision"}
	}
	interviews := ceiling(n)
	return Size{Interviews: int64(interviews), Approached: int64(ceiling(interviews / response))}, nil
}

// ceiling rounds up what is not whole but for rounding.
func ceiling(x float64) float64 { return math.Ceil(x * (1 - 1e-12)) }
