package disclosure

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// measure is one of the counts a value is made of; each adds up along the lines.
type measure uint8

const (
	people measure = iota // those it is about
	others                // in a percentage the rest of its denominator
	money                 // the total of contributions
	late                  // records that came after an earlier report
)

// need is a number nobody may find out: of the count at a cell an attacker may
// know no narrower interval than width, which reaches as far as up above the
// true count and down below it.
type need struct {
	cell, code      int32
	measure         measure
	up, down, width float64
}

// cause says why a value itself is sensitive; up, down and width as in need.
type cause struct {
	why             Why
	detail          string
	measure         measure
	up, down, width float64
}

// smallGroup times the smallest cell is the size below which a group is small
// enough that "all of them" or "none of them" says something about each.
const smallGroup = 5

// causes lists why a value may not be shown. Nobody at all is no person: a count
// of 0 is shown; but 0 or all of a small group tells of each of its members, and
// so, nearly, does all but a few of any group.
func (p *protection) causes(v int32) []cause {
	x := &p.values[v]
	var found []cause
	count := func(why Why, m measure, detail string) {
		found = append(found, cause{why: why, measure: m, width: float64(p.rule.Smallest), detail: detail})
	}
	n, least := p.people[v], float64(p.rule.Smallest)
	switch {
	case p.rule.Smallest <= 0 || math.IsInf(n, 1):
	case math.IsNaN(n):
		count(SmallCount, people, "the number of people is unknown")
	case n > 0 && n < least:
		count(SmallCount, people, fmt.Sprintf("%g people", n))
	case n <= 0 && p.inSmallGroup(x):
		count(AllOrNone, people, fmt.Sprintf("none of %g people", x.Denominator))
	}
	if rest := p.others(v); p.rule.Smallest > 0 && rest < least {
		if rest > 0 {
			count(SmallCount, others, fmt.Sprintf("all but %g of %g people", rest, x.Denominator))
		} else if p.inSmallGroup(x) {
			count(AllOrNone, others, fmt.Sprintf("all of %g people", x.Denominator))
		}
	}
	if c, sensitive := p.rule.concentrated(x); sensitive {
		found = append(found, c)
	}
	return found
}

func (p *protection) inSmallGroup(v *analysis.Value) bool {
	return !v.Sampled() && v.Denominator > 0 && v.Denominator < smallGroup*float64(p.rule.Smallest)
}

// others counts the people of a percentage's denominator who are not in its
// numerator; +Inf when the value is no percentage of people who were all counted.
func (p *protection) others(v int32) float64 {
	x := &p.values[v]
	rest := x.Denominator - x.Numerator
	if x.Unit != "percent" || x.Sampled() || p.people[v] != x.Numerator || !(rest >= 0) {
		return math.Inf(1)
	}
	return rest
}

// concentrated applies the (n,k), p % and pq rules to a money total. The interval
// it asks for is the one at which the rule would be met: for (n,k)
//
//	U = (x₁+…+x_n)/k − X,
//
// for p %, with what others know beforehand to within q %,
//
//	U = p/q·x₁ − (X − x₁ − x₂).
//
// Formulas: Hundepool et al., Statistical Disclosure Control, 2012, chapter 4.
func (r Rule) concentrated(v *analysis.Value) (cause, bool) {
	if r.Contributions == nil || r.Dominance.Top <= 0 && r.PPercent <= 0 {
		return cause{}, false
	}
	largest := r.Contributions(*v)
	if len(largest) == 0 || !(largest[0] > 0) {
		return cause{}, false
	}
	total := moneyOf(v)
	if n, share := r.Dominance.Top, r.Dominance.Share; n > 0 && share > 0 {
		top := 0.
		for _, x := range largest[:min(n, len(largest))] {
			top += x
		}
		if top > share*total+tiny {
			detail := fmt.Sprintf("the largest %d of its contributors give %.0f %%, more than %.0f %%", min(n, len(largest)), 100*top/total, 100*share)
			return spread(Dominated, detail, top/share-total, total), true
		}
	}
	if r.PPercent > 0 {
		known := r.PriorPercent
		if known <= 0 {
			known = 100
		}
		second := 0.
		if len(largest) > 1 {
			second = largest[1]
		}
		if rest, limit := total-largest[0]-second, r.PPercent/known*largest[0]; rest < limit-tiny {
			detail := fmt.Sprintf("the second largest contributor could estimate the largest to within %.1f %%", 100*max(0, rest)/largest[0])
			return spread(PRule, detail, limit-max(0, rest), total), true
		}
	}
	return cause{}, false
}

func spread(why Why, detail string, up, total float64) cause {
	return cause{why: why, measure: money, detail: detail, up: up, down: min(up, total)}
}

// moneyOf is the total the contributions add up to.
func moneyOf(v *analysis.Value) float64 {
	if !math.IsNaN(v.Numerator) {
		return v.Numerator
	}
	return v.Value
}

// count is how much of a measure stands at a value, 0 when that is unknown.
func (p *protection) count(m measure, v int32) float64 {
	x := math.NaN()
	switch m {
	case people:
		x = p.people[v]
	case others:
		x = p.others(v)
	case money:
		x = moneyOf(&p.values[v])
	case late:
		x = p.unseen(v)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
		return 0
	}
	return x
}
