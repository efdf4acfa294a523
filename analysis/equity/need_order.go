package equity

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

// draws is how often the order of need is drawn anew from its sampling error.
const draws = 1000

// along are the measures of spending along need, or their intervals' ends.
type along struct{ quarter, spent, kakwani float64 }

// flowErrors are 95 % intervals of spending along need where need is an estimate.
type flowErrors struct {
	low, high along
	unclear   int     // places whose need cannot be told from that of the next in the order
	equal     float64 // probability that needs differ so much where all are equal
}

// measure computes the measures along the needs given, of the neediest quarter in
// percent.
func (f *flow) measure(need []float64) along {
	across, up := Curve(f.perHead, f.p, need)
	spent := Concentration(f.perHead, f.p, need)
	return along{100 * At(across, up, .25), spent, Kakwani(f.perHead, f.p, need)}
}

// errors returns intervals that sampling error of need brings about: need is drawn
// from normal distributions around its estimates, places apart from each other, and
// the measures are computed anew; the interval runs from the 2.5th to the 97.5th
// percentile, and further where that leaves out the value. Drawing adds the error to
// estimates that have it once already. That pulls shares of spending towards those of
// people, but makes need look more unequal than it is: the interval of Kakwani's index
// holds the mirror image around the value too. Where needs differ no more than by
// chance, all intervals hold what equal needs would give. Spending itself has no error. The same need gives the same draws. ok is
// false where no place's need has an error, or one that nobody can state.
func (f *flow) errors() (e flowErrors, ok bool) {
	for _, r := range f.places {
		if math.IsInf(r.NeedSE, 0) {
			return e, false
		}
		ok = ok || r.NeedSE > 0
	}
	if !ok || !f.usable() {
		return e, false
	}
	seed := fnv.New64a()
	seed.Write([]byte(f.Code + "\x00order of need\x00" + f.NeedName))
	random := rand.New(rand.NewPCG(seed.Sum64(), draws))
	need := make([]float64, len(f.need))
	var quarter, spent, kakwani []float64
	for range draws {
		for k, r := range f.places {
			need[k] = f.need[k]
			if r.NeedSE > 0 {
				need[k] += r.NeedSE * random.NormFloat64()
			}
		}
		m := f.measure(need)
		quarter, spent, kakwani = append(quarter, m.quarter), append(spent, m.spent), append(kakwani, m.kakwani)
	}
	at := f.measure(f.need)
	e.low.quarter, e.high.quarter = percentiles(quarter, at.quarter)
	e.low.spent, e.high.spent = percentiles(spent, at.spent)
	e.low.kakwani, e.high.kakwani = percentiles(kakwani, at.kakwani)
	e.low.kakwani, e.high.kakwani = min(e.low.kakwani, 2*at.kakwani-e.high.kakwani), max(e.high.kakwani, 2*at.kakwani-e.low.kakwani)
	e.unclear, e.equal = f.unclear(), f.equalNeed()
	if !(e.equal < level) {
		e.low.widen(&e.high, along{quarter: 25})
	}
	return e, true
}

// widen makes the interval from low to high hold a point.
func (low *along) widen(high *along, point along) {
	*low = along{min(low.quarter, point.quarter), min(low.spent, point.spent), min(low.kakwani, point.kakwani)}
	*high = along{max(high.quarter, point.quarter), max(high.spent, point.spent), max(high.kakwani, point.kakwani)}
}

// equalNeed is the probability that needs differ so much where all are equal.
func (f *flow) equalNeed() float64 {
	variances := make([][]float64, len(f.places))
	for k, r := range f.places {
		variances[k] = make([]float64, len(f.places))
		variances[k][k] = orNone(r.NeedSE) * orNone(r.NeedSE)
	}
	return Equality(f.need, variances, 0)
}

// percentiles are the ends of the middle 95 %, and the value where it lies outside.
func percentiles(list []float64, value float64) (low, high float64) {
	list = slices.DeleteFunc(list, math.IsNaN)
	if len(list) == 0 {
		return math.NaN(), math.NaN()
	}
	return min(value, quantile(list, .025)), max(value, quantile(list, .975))
}

// unclear counts the places whose need cannot be told from that of the next in the
// order.
func (f *flow) unclear() int {
	n := 0
	for k := 1; k < len(f.places); k++ {
		one, next := f.places[k-1], f.places[k]
		if se := math.Hypot(orNone(one.NeedSE), orNone(next.NeedSE)); se > 0 && chance(one.Need-next.Need, se, 0, 1) >= level {
			n++
		}
	}
	return n
}

// orNone is a standard error, 0 where there is none.
func orNone(se float64) float64 {
	if se > 0 {
		return se
	}
	return 0
}

// differs reports whether need is not the same everywhere.
func (f *flow) differs() bool {
	return len(f.need) > 0 && !same(slices.Min(f.need), slices.Max(f.need))
}

// unsureOrder says how sure the order of need is, "" where it has no error.
func (f *flow) unsureOrder() string {
	for _, r := range f.places {
		if math.IsInf(r.NeedSE, 0) {
			return " Need is an estimate whose error nobody can state, so it is not known how sure the order of places is."
		}
	}
	switch {
	case !f.sampled || f.errorOf.unclear == 0:
		return ""
	case !(f.errorOf.equal < level):
		return " Which places are the neediest cannot be told: need is an estimate and differs between places no more than chance would have it."
	}
	return fmt.Sprintf(" The order is uncertain: need is an estimate, and in %d of %s that follow each other in it the two cannot be told apart.",
		f.errorOf.unclear, plural(len(f.places)-1, "pair of places", "pairs of places"))
}

// shown prints a value and, where need has an error, its interval, with one digit
// more where the ends would look the same.
func (f *flow) shown(value, low, high float64, unit string, decimals int) string {
	if !f.sampled || math.IsNaN(low) {
		return of(figure(value, decimals), unit)
	}
	if figure(low, decimals) == figure(high, decimals) {
		decimals++
	}
	return fmt.Sprintf("%s (95 %% interval %s to %s, as need is an estimate)", of(figure(value, decimals), unit), figure(low, decimals), figure(high, decimals))
}

// certain reports whether an interval, if there is one, lies on the value's side of 0.
func (f *flow) certain(low, high float64) bool { return !f.sampled || low*high > 0 }
