package quality

import (
	"math"
	"slices"

	"pediment/analysis"
)

// outlying is a number unlike others it is held against.
type outlying struct {
	measure, place string
	period         string
	value          float64
	against        string // the same place in other years, other places at the same time
	test
	n int
}

// outliers looks for numbers unlike those of the same place at other times, and
// unlike those of other places at the same time. Counts of places are compared per
// resident where it is known how many live there.
func outliers(list []series, residents func(place string, p analysis.Period) float64) []outlying {
	var found []outlying
	type moment struct {
		measure string
		period  analysis.Period
	}
	var moments []moment
	across := map[moment][]outlying{}
	for _, s := range list {
		if t, ok := judge(s.values); ok && !s.season {
			for k, x := range s.values {
				if x < t.low || x > t.high {
					found = append(found, outlying{s.measure, s.place, s.periods[k].Label, x, "its other years", t, len(s.values)})
				}
			}
		}
		for k, x := range s.values {
			if s.place == "" {
				continue
			}
			m := moment{s.measure, s.periods[k]}
			if across[m] == nil {
				moments = append(moments, m)
			}
			against := "other places"
			if s.counts && residents != nil {
				x, against = x/residents(s.place, s.periods[k]), "other places, per resident"
			}
			across[m] = append(across[m], outlying{measure: s.measure, place: s.place, period: s.periods[k].Label, value: x, against: against})
		}
	}
	for _, m := range moments {
		found = append(found, outside(across[m])...)
	}
	return found
}

// outside returns those of one moment's places that are unlike the others. Places
// of unknown residents are left out; where none are known, counts stand as they are.
func outside(places []outlying) (found []outlying) {
	places = slices.DeleteFunc(slices.Clone(places), func(o outlying) bool { return math.IsNaN(o.value) || math.IsInf(o.value, 0) })
	values := make([]float64, len(places))
	for k, o := range places {
		values[k] = o.value
	}
	t, ok := judge(values)
	if !ok {
		return nil
	}
	for _, o := range places {
		if o.value < t.low || o.value > t.high {
			o.test, o.n = t, len(places)
			found = append(found, o)
		}
	}
	return found
}
