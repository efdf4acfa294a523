package composite

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// check finds what keeps an index from being made; all at once.
func (s *Setup) check() analysis.Problems {
	var problems analysis.Problems
	fail := func(hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: s.At, Message: "index: " + fmt.Sprintf(format, args...), Hint: hint})
	}
	if len(s.Units)-len(s.Without) < 2 {
		fail("an index compares at least two "+s.Words, "there are values of %d %s", max(len(s.Units)-len(s.Without), 0), s.Words)
	}
	for _, code := range s.Without {
		if !slices.ContainsFunc(s.Units, func(u Unit) bool { return u.Code == code }) {
			fail("write its code", "without: there is no %s %q", s.Word, code)
		}
	}
	for _, i := range s.Indicators {
		s.checkIndicator(i, fail)
	}
	s.checkTree(fail)
	for _, share := range []float64{s.Screening.Units, s.Screening.Indicators} {
		if !(share >= 0 && share <= 1) {
			fail("write 0.8 for 80 %", "screening: %v is not a share from 0 to 1", share)
		}
	}
	for _, period := range s.Shown {
		if !slices.Contains(s.Periods, period) {
			fail("there are values for "+strings.Join(s.Periods, ", "), "periods: there are no values for %s", period)
		}
	}
	if s.Draws < 100 {
		fail("write 1000, or leave it out", "draws: %d are too few to say how sure a rank is", s.Draws)
	}
	if s.Draws > MostDraws {
		fail("write 1000, or leave it out", "draws: %d are more than %d, which say nothing more", s.Draws, MostDraws)
	}
	if v := s.Vary; v.Weights < 0 || v.Weights > 1 {
		fail("write 0.25 for a quarter more or less", "vary: weights: %v is not a share from 0 to 1", v.Weights)
	}
	return append(problems, s.unlike()...)
}

func (s *Setup) checkIndicator(i Indicator, fail func(hint, format string, args ...any)) {
	switch {
	case !slices.Contains([]string{"higher", "lower", "target"}, i.Better):
		fail("write under better: "+i.Code+": higher or lower, or leave it out of indicators", "%s says no direction, so nobody knows whether more of it is better", i.Code)
	case i.Better == "target" && !i.HasTarget:
		fail("write under targets: "+i.Code+": and the value that is best", "%s is best at a value that is not given", i.Code)
	case s.uses(ToTarget) && !i.HasTarget:
		fail("write under targets: "+i.Code+": and the value aimed at", "%s has no target to measure the distance to", i.Code)
	case s.uses(Goalposts) && !i.HasGoalposts:
		fail("write under goalposts: "+i.Code+": {low: …, high: …}", "%s has no goalposts", i.Code)
	case i.HasGoalposts && !(i.Low < i.High):
		fail("write the lower end as low, whichever is better", "%s: goalposts %v and %v leave no room between them", i.Code, i.Low, i.High)
	case i.HasGoalposts && i.Better == "target" && (i.Target < i.Low || i.Target > i.High):
		fail("put the target between the goalposts", "%s: its target %v lies beyond the goalposts", i.Code, i.Target)
	}
}

// uses reports whether a normalisation is the method's or among what varies.
func (s *Setup) uses(n Normalisation) bool {
	return s.Normalise == n || slices.Contains(s.Vary.Normalise, n)
}

func (s *Setup) checkTree(fail func(hint, format string, args ...any)) {
	known := map[string]bool{}
	var codes []string
	for _, i := range s.Indicators {
		known[i.Code] = true
		codes = append(codes, i.Code)
	}
	if len(s.Indicators) == 0 {
		fail("name some under indicators", "there are no indicators with a direction and values by %s", s.Word)
	}
	placed := map[string]bool{}
	for _, code := range s.Tree.codes() {
		switch {
		case placed[code]:
			fail("leave it in one group", "tree: %s stands in it twice", code)
		case !known[code]:
			hint := analysis.Suggest(code, codes)
			if hint == "" {
				hint = "it needs a direction and values by " + s.Word
			}
			fail(hint, "tree: there is no indicator %s to put in", code)
		}
		placed[code] = true
	}
	for _, code := range codes {
		if !placed[code] {
			fail("put it in a group, or leave it out of indicators", "tree: %s has no place in it", code)
		}
	}
}

// unlike refuses to compare what is defined differently, and says what and where.
func (s *Setup) unlike() analysis.Problems {
	names := map[string]string{}
	for _, u := range s.Units {
		names[u.Code] = u.Name
	}
	var problems analysis.Problems
	for _, i := range s.Indicators {
		if len(i.Definitions) == 0 {
			continue
		}
		var where []string
		var first Observation
		for _, o := range s.Observations {
			if o.Indicator != i.Code || slices.Contains(i.Definitions, o.Definition) {
				continue
			}
			if len(where) == 0 {
				first = o
			}
			if !slices.Contains(where, names[o.Unit]) {
				where = append(where, names[o.Unit])
			}
		}
		if len(where) > 0 {
			problems = append(problems, unlikeProblem(i, where, first))
		}
	}
	return problems
}

func unlikeProblem(i Indicator, where []string, first Observation) analysis.Problem {
	how := "has no definition"
	if first.Definition != "" {
		how = fmt.Sprintf("is defined as %q", first.Definition)
	}
	forms := make([]string, len(i.Definitions))
	for k, form := range i.Definitions {
		forms[k] = fmt.Sprintf("%q", form)
	}
	return analysis.Problem{
		Position: first.At,
		Message:  fmt.Sprintf("%s %s in %s, so it is not compared", i.Code, how, strings.Join(where, ", ")),
		Hint:     "only like is compared: give figures by the definition " + strings.Join(forms, " or ") + ", or leave the indicator out",
	}
}
