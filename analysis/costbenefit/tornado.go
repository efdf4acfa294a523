package costbenefit

import (
	"cmp"
	"math"
	"slices"
)

// Sensitivity is what one input alone does to the NPV of one option, all others
// at their own values.
type Sensitivity struct {
	Option, Input    int
	Low, Base, High  float64 // values of the input; Low and High NaN where nobody states them
	Percentiles      bool    // Low and High are the 10th and 90th percentile of its distribution
	NPV              float64 // at the base value
	NPVLow, NPVHigh  float64 // at Low and High, NaN without
	Swing            float64 // |NPVHigh − NPVLow|, NaN without
	Elasticity       float64 // per cent of |NPV| that one per cent more of the input adds; NaN where either is 0
	Switching        float64 // value nearest to the base at which the NPV is 0; NaN: none in its natural range
	SwitchingChange  float64 // the same as a change relative to the base value
	Remark           string  // the switching value in words
	lowest, greatest float64 // natural range
}

// Critical reports whether one per cent of the input moves the NPV by one per cent
// or more, as the European Commission's Guide to Cost-Benefit Analysis of
// Investment Projects defines critical variables.
func (s Sensitivity) Critical() bool { return math.Abs(s.Elasticity) >= 1 }

// Decisive reports whether the verdict turns within the stated range.
func (s Sensitivity) Decisive() bool {
	return s.Switching >= min(s.Low, s.High) && s.Switching <= max(s.Low, s.High)
}

// sensitivities tests every input that moves an NPV, by option; those with a range
// come first, the widest swing on top, equal ones in the order of the inputs, then
// the others by elasticity.
func (m *Model) sensitivities() [][]Sensitivity {
	by := make([][]Sensitivity, len(m.Appraisal.Options))
	for i, input := range m.Inputs {
		if len(by) == 0 || len(m.roles(i)) == 0 {
			continue
		}
		t := m.newTrial(i)
		for o := range by {
			if s := t.sensitivity(o); s.Elasticity != 0 || s.Swing > 0 {
				s.Remark = m.remark(s, input)
				by[o] = append(by[o], s)
			}
		}
	}
	for _, list := range by {
		slices.SortStableFunc(list, func(a, b Sensitivity) int {
			return cmp.Or(descending(a.Swing, b.Swing), descending(math.Abs(a.Elasticity), math.Abs(b.Elasticity)))
		})
	}
	return by
}

// descending compares so that greater ones come first and NaN last.
func descending(a, b float64) int {
	switch {
	case math.IsNaN(a) && math.IsNaN(b):
		return 0
	case math.IsNaN(a):
		return 1
	case math.IsNaN(b):
		return -1
	}
	return cmp.Compare(b, a)
}

// trial tries values of one input.
type trial struct {
	m       *Model
	input   int
	x, npv  []float64
	sampled func(x, npv []float64)
}

func (m *Model) newTrial(input int) *trial {
	return &trial{m, input, m.Values(), make([]float64, len(m.Appraisal.Options)), m.sampler([]int{input})}
}

// at returns the NPV of the option when the input has the value.
func (t *trial) at(option int, value float64) float64 {
	t.x[t.input] = value
	t.sampled(t.x, t.npv)
	return t.npv[option]
}

// onePercent is the step of elasticities.
const onePercent = .01

func (t *trial) sensitivity(option int) Sensitivity {
	input := t.m.Inputs[t.input]
	npv := func(v float64) float64 { return t.at(option, v) }
	s := Sensitivity{Option: option, Input: t.input, Base: input.Value, Low: input.Low, High: input.High}
	s.NPV = npv(s.Base)
	s.Swing, s.NPVLow, s.NPVHigh = math.NaN(), math.NaN(), math.NaN()
	if (math.IsNaN(s.Low) || math.IsNaN(s.High)) && input.Draw.Drawn() {
		s.Low, s.High, s.Percentiles = input.Draw.Quantile(.1), input.Draw.Quantile(.9), true
	}
	if !math.IsNaN(s.Low) && !math.IsNaN(s.High) {
		s.NPVLow, s.NPVHigh = npv(s.Low), npv(s.High)
		s.Swing = math.Abs(s.NPVHigh - s.NPVLow)
	}
	s.Elasticity = math.NaN()
	if s.Base != 0 && s.NPV != 0 {
		s.Elasticity = (npv(s.Base*(1+onePercent)) - s.NPV) / (onePercent * math.Abs(s.NPV))
	}
	s.lowest, s.greatest = t.m.naturalRange(t.input)
	s.Switching = switchingValue(npv, s)
	s.SwitchingChange = math.NaN()
	if s.Base != 0 {
		s.SwitchingChange = (s.Switching - s.Base) / math.Abs(s.Base)
	}
	return s
}
