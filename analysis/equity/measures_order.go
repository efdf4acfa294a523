package equity

import "math"

// slopes are turned so that more is worse for the worst placed.
func (s *sheet) slopes() {
	s.slope("", "a straight line", Linear(s.y, s.p))
	if low, high, ok := s.bounds(); ok {
		s.slope("_logit", "an S-curve within the natural limits", Logit(s.y, s.p, low, high))
	}
}

func (s *sheet) slope(suffix, curve string, l Line) {
	if s.lower {
		l.Bottom, l.Top, l.bottomGradient, l.topGradient = l.Top, l.Bottom, l.topGradient, l.bottomGradient
	}
	value, g := l.SII()
	e := s.estimate(value, g, 1)
	s.add("sii"+suffix, "slope index of inequality along "+curve+" (SII)", changeUnit(s.Unit), e, s.siiSentence(e, curve))
	value, g = l.RII()
	e = s.estimateRatio(value, g, 1)
	s.add("rii"+suffix, "relative index of inequality along "+curve+" (RII)", "", e, s.riiSentence(e, curve))
}

// bounds are the natural limits of the values.
func (s *sheet) bounds() (low, high float64, ok bool) {
	switch {
	case s.Bounded && s.High > s.Low:
		return s.Low, s.High, true
	case s.Unit == "percent":
		return 0, 100, true
	}
	return 0, 0, false
}

func (s *sheet) concentrations() {
	put := func(measure, label, unit string, value float64, g []float64) {
		sign := turned(s.lower)
		e := s.estimate(sign*value, scaled(g, sign), 1)
		s.add(measure, label, unit, e, s.concentrationSentence(label, unit, e))
	}
	value, g := ACI(s.y, s.p)
	put("aci", "absolute concentration index (ACI)", changeUnit(s.Unit), value, g)
	if s.mean > 0 {
		value, g = RCI(s.y, s.p)
		put("rci", "relative concentration index (RCI)", "", value, g)
	}
	if low, high, ok := s.bounds(); ok {
		value, g = Erreygers(s.y, s.p, low, high)
		put("erreygers", "concentration index of a bounded value (Erreygers)", "", value, g)
	}
}

// parities compare two groups where there are no more.
func (s *sheet) parities() {
	if len(s.y) != 2 || len(s.Groups) != 2 || s.reference < 0 || !(s.y[0] > 0 && s.y[1] > 0) {
		return
	}
	value, g := Parity(s.y, s.compared, s.reference)
	e := s.estimateRatio(value, g, 1)
	s.add("parity", "parity index", "", e, s.paritySentence(e))
	adjusted, g := AdjustedParity(s.y, s.compared, s.reference)
	a := s.estimate(adjusted, g, 1)
	if !math.IsNaN(a.se) {
		a = a.around(1, s.DF, 1)
	}
	s.add("parity_adjusted", "parity index, as far from 1 for either side", "", a, s.paritySentence(a))
}
