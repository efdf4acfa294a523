package quality

import (
	"math"
	"slices"
)

// Consistency over time compares a number with the mean of up to this many
// comparable ones before it, of which there must be two at least.
const (
	earlier     = 3
	leastBefore = 2
	lowRatio    = 0.67
	highRatio   = 1.33
)

// step is a number held against those before it.
type step struct {
	series
	at          int     // which of its numbers
	mean, ratio float64 // of those before; number / mean
	outside     bool    // the ratio lies outside 0.67 to 1.33, and not by chance alone
	common      float64 // median ratio of all places that period; NaN of fewer than four
	apart       bool    // it lies outside as well when held against that
}

// leastPlaces is how many places make a common movement.
const leastPlaces = 4

// stepsOf holds all numbers of the series against those before them, and each
// place's movement against that of all: growth that all places share is no doubt
// about any of them.
func stepsOf(list []series) []step {
	var all []step
	ratios := map[string][]float64{}
	id := func(s step) string { return s.measure + "\x00" + s.periods[s.at].Label }
	for _, s := range list {
		for _, one := range s.steps() {
			all = append(all, one)
			if s.place != "" {
				ratios[id(one)] = append(ratios[id(one)], one.ratio)
			}
		}
	}
	common := map[string]float64{}
	for name, r := range ratios {
		common[name] = math.NaN()
		if len(r) >= leastPlaces {
			slices.Sort(r)
			common[name] = median(r)
		}
	}
	for k := range all {
		one := &all[k]
		one.common = math.NaN()
		if c, ok := common[id(*one)]; ok && one.place != "" {
			one.common = c
		}
		relative := one.ratio / one.common
		one.apart = (relative < lowRatio || relative > highRatio) && one.beyondChance(one.mean*one.common)
	}
	return all
}

// beyondChance reports whether a number lies further from what was to be expected
// than counts do by chance: three times the square root.
func (s step) beyondChance(expected float64) bool {
	return !s.counts || math.Abs(s.values[s.at]-expected) > 3*math.Sqrt(expected)
}

// steps holds every number that has predecessors against their mean. Counts only
// jump when chance does not explain it.
func (s series) steps() []step {
	var list []step
	for k, x := range s.values {
		sum, n := 0.0, 0
		for j := k - 1; j >= 0 && n < earlier; j-- {
			if s.periods[j].Comparable(s.periods[k]) && s.near(j, k) {
				sum, n = sum+s.values[j], n+1
			}
		}
		if n < leastBefore || !(sum > 0) {
			continue
		}
		mean := sum / float64(n)
		one := step{series: s, at: k, mean: mean, ratio: x / mean}
		one.outside = (one.ratio < lowRatio || one.ratio > highRatio) && one.beyondChance(mean)
		list = append(list, one)
	}
	return list
}

// near reports whether number j is one of the few years before number k.
func (s series) near(j, k int) bool {
	return s.periods[k].Start.Year()-s.periods[j].Start.Year() <= earlier+1
}
