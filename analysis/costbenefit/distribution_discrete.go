package costbenefit

import (
	"cmp"
	"slices"
	"sort"
)

// steps is a discrete distribution in order of its values, with the probability
// of each value or a smaller one.
type steps struct {
	value, probability, upTo []float64
}

// newSteps orders the values; probabilities are taken relative to their sum.
func newSteps(d Distribution) steps {
	order := make([]int, len(d.Values))
	total := 0.0
	for i := range order {
		order[i] = i
		total += d.Probabilities[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(d.Values[i], d.Values[j]) })
	var s steps
	sum := 0.0
	for _, i := range order {
		if d.Probabilities[i] <= 0 {
			continue
		}
		sum += d.Probabilities[i]
		s.value = append(s.value, d.Values[i])
		s.probability = append(s.probability, d.Probabilities[i]/total)
		s.upTo = append(s.upTo, sum/total)
	}
	return s
}

// at is the smallest value that is reached with probability p.
func (s steps) at(p float64) float64 {
	i := sort.SearchFloat64s(s.upTo, p)
	return s.value[min(i, len(s.value)-1)]
}

func (s steps) moments() (mean, variance float64) {
	for i, v := range s.value {
		mean += s.probability[i] * v
	}
	for i, v := range s.value {
		variance += s.probability[i] * (v - mean) * (v - mean)
	}
	return mean, variance
}
