package equity

import (
	"math"
	"slices"
)

// material is the share of the average from which a gap counts where values have
// no sampling error: everything else is a difference, but a small one.
const material = .05

// The answers to "is the group behind?".
const (
	clearly   = "clearly"       // worse than the average by more than chance
	perhaps   = "perhaps"       // worse, which may be chance
	yes       = "yes"           // worse, and no sampling error to speak of
	slightly  = "slightly"      // worse by less than 5 % of the average, no sampling error
	no        = "no"            // not worse
	tooFew    = "too few"       // not named, whatever its value
	notJudged = "not judged"    // neither direction is better
	notKnown  = "error unknown" // nobody can state the error
)

// standing is how a group stands to the average, or to everybody.
type standing struct {
	k      int // of the groups shown
	gap    estimate
	behind string
	people float64 // how many more, or fewer, it takes for it to be level; NaN where not known or not behind
	toBest float64 // the same for it to be level with the reference group
}

// isBehind reports whether the group counts as behind.
func (s standing) isBehind() bool { return s.behind == clearly || s.behind == yes }

// standings compares every group with the panel's yardstick. Intervals hold for all
// groups at once, so that one of many groups is not called behind by chance.
func (v *panel) standings() []standing {
	list := make([]standing, len(v.y))
	for k := range v.y {
		s := standing{k: k, gap: v.gap(k), people: math.NaN(), toBest: math.NaN()}
		s.behind = v.verdict(s)
		people := v.countsPeople() && v.judged
		if people && v.worse(v.y[k], v.against.value) {
			s.people = v.group(k).Population * math.Abs(s.gap.value) / 100
		}
		if people && v.reference >= 0 && v.worse(v.y[k], v.y[v.reference]) {
			s.toBest = v.group(k).Population * math.Abs(v.y[v.reference]-v.y[k]) / 100
		}
		list[k] = s
	}
	return list
}

// countsPeople reports whether a difference of points stands for a number of people.
func (v *panel) countsPeople() bool { return v.Persons && v.Unit == "percent" && !math.IsNaN(v.people) }

func (v *panel) verdict(s standing) string {
	switch worse := v.worse(v.y[s.k], v.against.value); {
	case !v.judged:
		return notJudged
	case !v.named[s.k]:
		return tooFew
	case v.cov != nil && math.IsNaN(s.gap.se):
		return notKnown
	case !worse:
		return no
	case v.cov == nil && math.Abs(s.gap.value) >= material*math.Abs(v.against.value):
		return yes
	case v.cov == nil:
		return slightly
	case s.gap.clear():
		return clearly
	}
	return perhaps
}

// furthest returns the standing of the group furthest behind: of those that count
// as behind the one with the largest gap, else of those that may be named and are
// worse than the average. ok is false where there is none.
func furthest(list []standing) (found standing, ok bool) {
	for _, s := range list {
		if !slices.Contains([]string{clearly, yes, perhaps, slightly}, s.behind) {
			continue
		}
		larger := math.Abs(s.gap.value) > math.Abs(found.gap.value)
		if !ok || s.isBehind() && !found.isBehind() || s.isBehind() == found.isBehind() && larger {
			found, ok = s, true
		}
	}
	return found, ok
}
