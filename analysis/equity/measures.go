package equity

import "math"

// measured is one measure of one breakdown.
type measured struct {
	measure, label, unit string
	estimate
	sentence string
}

// sheet gathers the measures of a panel.
type sheet struct {
	*panel
	equal float64 // probability that the groups differ so much where all are equal
	rows  []measured
}

// measures computes what the panel allows: gaps and ratios where two groups may be
// named, spread over all groups, the ordered ones where there is an order.
func (v *panel) measures() *sheet {
	s := &sheet{panel: v, equal: math.NaN()}
	if len(v.shown) < 2 {
		return s
	}
	s.equal = Equality(v.y, v.cov, v.DF)
	s.gaps()
	s.attributable()
	s.variances()
	s.deviations()
	s.entropies()
	if v.Ordered {
		s.slopes()
		s.concentrations()
	}
	s.parities()
	return s
}

// add keeps a measure that is a number.
func (s *sheet) add(measure, label, unit string, e estimate, sentence string) {
	if math.IsNaN(e.value) || math.IsInf(e.value, 0) {
		return
	}
	s.rows = append(s.rows, measured{measure, label, unit, e, sentence})
}

// found returns the measure of that name.
func (s *sheet) found(measure string) (measured, bool) {
	for _, m := range s.rows {
		if m.measure == measure {
			return m, true
		}
	}
	return measured{}, false
}

// spread is a measure of all groups together, never below 0. It is larger than
// chance where the groups' equality is refuted, and may be 0 where it is not.
func (s *sheet) spread(value float64, gradient []float64) estimate {
	e := s.estimate(value, gradient, 1)
	e.p = s.equal
	if math.IsNaN(e.low) {
		return e
	}
	e.low = max(0, e.low)
	if !(e.p < level) {
		e.low = 0
	}
	return e
}

// squares is spread for measures that are near factor·BGV where the groups are
// near each other. What chance adds to them is near factor·ChanceBGV, and so is what
// the delta method does not see of their variance, which is all of it where the
// groups are equal.
func (s *sheet) squares(value float64, gradient []float64, factor float64) estimate {
	e := s.estimate(value, gradient, 1)
	e.p = s.equal
	if math.IsNaN(e.low) {
		return e
	}
	_, g := BGV(s.y, s.p)
	e.se = math.Sqrt(e.se*e.se + factor*factor*(BGVVariance(s.y, s.p, s.cov)-quadratic(g, s.cov)))
	e.low, e.high = s.varianceInterval(value-factor*ChanceBGV(s.p, s.cov), e.se)
	return e.holding()
}

// holding widens an interval that is not around the value but around what is left
// of it without chance, so that it holds the value.
func (e estimate) holding() estimate {
	e.low, e.high = min(e.low, e.value), max(e.high, e.value) // NaN stays NaN
	return e
}

func (s *sheet) gaps() {
	if s.reference < 0 {
		return
	}
	first, second := s.reference, s.compared
	if s.lower {
		first, second = second, first
	}
	d := s.estimateDifference(first, second)
	s.add("difference", "gap between two groups (D)", changeUnit(s.Unit), d, s.differenceSentence(d))
	if ratio, g := Ratio(s.y, first, second); s.y[first] > 0 && s.y[second] > 0 {
		r := s.estimateRatio(ratio, g, s.pairOf())
		s.add("ratio", "ratio of two groups (R)", "", r, s.ratioSentence(r, first, second))
	}
}

func (s *sheet) estimateDifference(first, second int) estimate {
	d, g := Difference(s.y, first, second)
	return s.estimate(d, g, s.pairOf())
}

func (s *sheet) attributable() {
	if s.reference < 0 || !s.judged || !s.weighted {
		return
	}
	value, g := PAR(s.y, s.p, s.reference, s.lower)
	par := s.gain(value, g)
	s.add("par", "how much better the average would be (PAR)", changeUnit(s.Unit), par, s.parSentence(par))
	if s.countsPeople() {
		people := s.gain(value*s.people/100, scaled(g, s.people/100))
		s.add("par_people", "the same in people (PAR × N)", "people", people, s.parPeopleSentence(people))
	}
	if s.mean > 0 {
		paf := s.gain(PAF(s.y, s.p, s.reference, s.lower))
		s.add("paf", "the same in percent of the average (PAF)", "percent", paf, s.pafSentence(paf))
	}
}

// gain is an estimate that cannot be below 0. Where it is 0 because the reference
// is no better off than the average, its error cannot be told from the groups'.
func (s *sheet) gain(value float64, gradient []float64) estimate {
	if value == 0 {
		return exact(0)
	}
	e := s.estimate(value, gradient, s.oneOf())
	e.low = max(0, e.low) // NaN stays NaN
	return e
}

// variances are around the variance that is left when what chance adds is taken
// off; the value is that of the definition.
func (s *sheet) variances() {
	value, _ := BGV(s.y, s.p)
	e, bias := exact(value), 0.0
	if s.cov != nil {
		bias = ChanceBGV(s.p, s.cov)
		e.se = math.Sqrt(BGVVariance(s.y, s.p, s.cov))
		e.low, e.high = s.varianceInterval(value-bias, e.se)
		e.p = s.equal
		e = e.holding()
	}
	squared := squaredUnit(s.Unit)
	s.add("bgv", "variance between groups (BGV)", squared, e, s.bgvSentence(e, bias))
	if s.cov != nil {
		c := s.corrected(e, bias)
		s.add("bgv_corrected", "variance between groups less what chance adds", squared, c, s.correctedSentence(c))
	}
	sd, g := BGSD(s.y, s.p)
	root := s.estimate(sd, g, 1)
	root.low, root.high, root.p = math.Sqrt(e.low), math.Sqrt(e.high), e.p
	s.add("bgsd", "standard deviation between groups (BGSD)", changeUnit(s.Unit), root, s.bgsdSentence(root))
	if s.mean > 0 {
		cv, g := COV(s.y, s.p)
		of := s.estimate(cv, g, 1)
		of.low, of.high, of.p = 100*root.low/s.mean, 100*root.high/s.mean, e.p
		s.add("cov", "coefficient of variation between groups (COV)", "percent", of, s.covSentence(of))
	}
}

// varianceInterval is symmetric in the square root, which is nearer to normal,
// where the groups differ by more than chance; else it begins at 0.
func (s *sheet) varianceInterval(corrected, se float64) (low, high float64) {
	t := critical(s.DF, 1)
	if root := math.Sqrt(corrected); s.equal < level && root > 0 {
		half := t * se / (2 * root)
		low = max(0, root-half)
		return low * low, (root + half) * (root + half)
	}
	return 0 * se, max(0, corrected+t*se)
}

// corrected is the variance less what chance adds, which is below 0 where the groups
// differ less than that. Where they do not differ by more, its interval is symmetric
// around it and holds 0.
func (s *sheet) corrected(e estimate, bias float64) estimate {
	value := e.value - bias
	c := estimate{value, e.se, e.low, e.high, e.p}
	if !(s.equal < level && value > 0) {
		half := critical(s.DF, 1) * e.se
		c.low, c.high = min(0*half, value-half), max(0*half, value+half)
	} else {
		c.low, c.high = s.varianceInterval(value, e.se)
	}
	return c
}

func (s *sheet) deviations() {
	points := changeUnit(s.Unit)
	same := Even(len(s.y))
	put := func(measure, label, unit, how string, value float64, g []float64) {
		e := s.spread(value, g)
		s.add(measure, label, unit, e, s.deviationSentence(e, unit, how))
	}
	value, g := MDM(s.y, s.p)
	put("mdm", "mean difference from the average (MDM)", points, "A person's group lies %s from the average", value, g)
	value, g = MDMUnweighted(s.y, s.p)
	put("mdm_unweighted", "mean difference from the average, each group counting the same", points, "A group lies %s from the average", value, g)
	if s.mean > 0 {
		value, g = IDIS(s.y, s.p)
		put("idis", "index of disparity (IDIS)", "percent", "A person's group lies %s of the average away from it", value, g)
		value, g = IDISUnweighted(s.y, s.p)
		put("idis_unweighted", "index of disparity, each group counting the same", "percent", "A group lies %s of the average away from it", value, g)
	}
	if s.reference < 0 {
		return
	}
	s.fromReference(put, points, same)
}

// fromReference are the mean differences from the best group and, where another
// is declared, from the reference.
func (s *sheet) fromReference(put func(measure, label, unit, how string, value float64, g []float64), points string, same []float64) {
	if best := s.best(); s.judged && best >= 0 {
		value, g := MDR(s.y, s.p, best)
		put("mdb", "mean difference from the best group (MDB)", points, "A person's group lies %s from the best, "+percentSafe(s.label(best)), value, g)
		value, g = MDR(s.y, same, best)
		put("mdb_unweighted", "mean difference from the best group, each group counting the same", points, "A group lies %s from the best, "+percentSafe(s.label(best)), value, g)
		if best == s.reference {
			return
		}
	}
	value, g := MDR(s.y, s.p, s.reference)
	put("mdr", "mean difference from the reference group (MDR)", points, "A person's group lies %s from the reference, "+percentSafe(s.label(s.reference)), value, g)
	value, g = MDR(s.y, same, s.reference)
	put("mdr_unweighted", "mean difference from the reference group, each group counting the same", points, "A group lies %s from the reference, "+percentSafe(s.label(s.reference)), value, g)
}

// best is the best group by its value, whatever is declared.
func (v *panel) best() int {
	found := -1
	for k := range v.shown {
		if v.named[k] && (found < 0 || v.worse(v.y[found], v.y[k])) {
			found = k
		}
	}
	return found
}

// entropies need values above 0. Both are near half of the variance over the squared
// average.
func (s *sheet) entropies() {
	for _, y := range s.y {
		if !(y >= 0) {
			return
		}
	}
	if !(s.mean > 0) {
		return
	}
	half := 1 / (2 * s.mean * s.mean)
	value, g := Theil(s.y, s.p)
	e := s.squares(value, g, half)
	s.add("theil", "Theil index", "", e, s.indexSentence("The Theil index", e))
	value, g = MLD(s.y, s.p)
	e = s.squares(value, g, half)
	s.add("mld", "mean log deviation (MLD)", "", e, s.indexSentence("The mean log deviation", e))
}
