package equity

import (
	"fmt"
	"math"
)

// differenceSentence names both groups and the gap.
func (s *sheet) differenceSentence(d estimate) string {
	if d.value == 0 {
		return fmt.Sprintf("%s and %s are alike, at %s%s.", s.label(s.reference), s.label(s.compared), s.level(s.reference), d.sure(changeUnit(s.Unit)))
	}
	d = d.turnedRound()
	return fmt.Sprintf("%s is at %s, %s at %s: a gap of %s%s.", s.label(s.reference), s.level(s.reference), s.label(s.compared), s.level(s.compared),
		d.text(changeUnit(s.Unit)), d.sure(changeUnit(s.Unit)))
}

func (s *sheet) ratioSentence(r estimate, first, second int) string {
	return fmt.Sprintf("The value of %s is %s times that of %s%s.", s.label(first), r.text(""), s.label(second), r.sure(""))
}

// parSentence says what if everybody were as well off as the reference.
func (s *sheet) parSentence(e estimate) string {
	if e.value == 0 {
		return fmt.Sprintf("%s is no better off than the average, so nothing would change if all were as well off as it.", s.label(s.reference))
	}
	return fmt.Sprintf("If every group were as well off as %s, the average would be %s %s%s.", s.label(s.reference), e.text(changeUnit(s.Unit)), s.direction(), e.between(changeUnit(s.Unit)))
}

// direction is the way things get better.
func (s *sheet) direction() string {
	if s.lower {
		return "lower"
	}
	return "higher"
}

func (s *sheet) parPeopleSentence(e estimate) string {
	if e.value == 0 {
		return "It takes nobody more or fewer for the average to be as good as the reference group."
	}
	return fmt.Sprintf("That is about %s %s%s.", e.text("people"), s.moreOrFewer(), e.between("people"))
}

func (s *sheet) pafSentence(e estimate) string {
	if e.value == 0 {
		return "The average would not change."
	}
	return fmt.Sprintf("In relation to the average that is %s%s.", e.text("percent"), e.between("percent"))
}

// together says whether the groups' differences are more than chance.
func (s *sheet) together() string {
	switch {
	case math.IsNaN(s.equal):
		return ""
	case s.equal < level:
		return "; the groups differ more than by chance"
	}
	return "; all of it may be chance"
}

func (s *sheet) bgvSentence(e estimate, bias float64) string {
	unit := squaredUnit(s.Unit)
	if s.cov == nil || math.IsNaN(e.se) {
		return fmt.Sprintf("The groups spread around the average with a variance of %s%s.", e.text(unit), s.together())
	}
	return fmt.Sprintf("The groups spread around the average with a variance of %s, of which chance alone makes about %s%s.",
		e.text(unit), figure(bias, decimals(bias, e.se, unit)), s.together())
}

func (s *sheet) correctedSentence(e estimate) string {
	if math.IsNaN(e.value) || e.value > 0 {
		return fmt.Sprintf("Without what chance adds, the variance between groups is %s%s.", e.text(squaredUnit(s.Unit)), s.together())
	}
	return "The groups differ no more than chance would have them: no variance between them is left."
}

func (s *sheet) bgsdSentence(e estimate) string {
	return fmt.Sprintf("Groups typically lie %s from the average%s.", e.text(changeUnit(s.Unit)), s.together())
}

func (s *sheet) covSentence(e estimate) string {
	return fmt.Sprintf("Groups typically lie %s of the average away from it%s.", e.text("percent"), s.together())
}

// deviationSentence completes a clause with a %s for the number.
func (s *sheet) deviationSentence(e estimate, unit, how string) string {
	return fmt.Sprintf(how, "on average "+e.text(unit)) + s.together() + "."
}

func (s *sheet) indexSentence(name string, e estimate) string {
	return fmt.Sprintf("%s is %s, where 0 is equality%s.", name, e.text(""), s.together())
}

// siiSentence follows the curve from the bottom of the order to its top.
func (s *sheet) siiSentence(e estimate, curve string) string {
	way := "better"
	if e.value == 0 {
		return fmt.Sprintf("From the worst placed to the best placed, the value stays the same along %s%s.", curve, e.sure(changeUnit(s.Unit)))
	}
	if e.value < 0 {
		way = "worse"
	}
	if !s.judged {
		way = map[bool]string{true: "higher", false: "lower"}[e.value >= 0]
	}
	check := s.checkOrder(e)
	e = e.turnedRound()
	return fmt.Sprintf("From the worst placed to the best placed, the value gets %s by %s along %s%s%s.", way, e.text(changeUnit(s.Unit)), curve, e.sure(changeUnit(s.Unit)), check)
}

func (s *sheet) riiSentence(e estimate, curve string) string {
	first, second := "best", "worst"
	if s.lower {
		first, second = second, first
	}
	return fmt.Sprintf("Along %s the value of the %s placed is %s times that of the %s placed%s.", curve, first, e.text(""), second, e.sure(""))
}

func (s *sheet) concentrationSentence(label, unit string, e estimate) string {
	who := "the better placed are better off"
	switch {
	case e.value == 0:
		who = "all are as well off, wherever they are placed"
	case e.value < 0 && s.judged:
		who = "the worse placed are better off"
	case !s.judged && e.value >= 0:
		who = "the better placed have more"
	case !s.judged:
		who = "the worse placed have more"
	}
	number := of(figure(e.value, decimals(e.value, e.se, unit)), unit)
	return fmt.Sprintf("%s: %s, where 0 is equality; %s%s%s.", capital(label), number, who, e.sure(unit), s.checkOrder(e))
}

func (s *sheet) paritySentence(e estimate) string {
	return fmt.Sprintf("For every 1.00 of %s there are %s of %s; 1 is parity%s.", s.label(s.reference), e.text(""), s.label(s.compared), e.sure(""))
}
