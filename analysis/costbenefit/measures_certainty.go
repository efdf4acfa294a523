package costbenefit

import (
	"fmt"
	"math"
	"slices"
)

// certainty are the measures of how sure the verdict on the option i is: the
// probability of a loss, the assumption that turns the verdict first, and what is
// not valued in money.
func (m *Model) certainty(i int, u Uncertainty) []Measure {
	loss := Measure{Option: i, Name: "probability_loss", Label: "Probability that the net present value is below 0",
		Value: math.NaN(), Unit: "share", Note: "no assumption has a distribution"}
	if u.Draws > 0 {
		option := u.Options[i]
		loss.Value = option.Loss
		loss.Note = fmt.Sprintf("standard error %s; %s draws, seed %d", percent(option.LossError), thousands(fmt.Sprint(u.Draws)), u.Seed)
	}
	list := []Measure{loss, m.mainSwitch(i, u)}
	if n, words := m.unmonetised(i); n > 0 {
		list = append(list, Measure{Option: i, Name: "unmonetised", Label: "Effects not valued in money", Value: float64(n), Note: words})
	}
	return list
}

// mainSwitch is the input whose switching value is the smallest change of its own
// value, and among those with a range the one that turns the verdict within it.
func (m *Model) mainSwitch(i int, u Uncertainty) Measure {
	r := Measure{Option: i, Name: "switching_value", Label: "What turns the verdict first", Value: math.NaN(), Note: "no assumption alone turns the verdict"}
	if i >= len(u.Options) {
		return r
	}
	best, found := Sensitivity{}, false
	for _, s := range u.Options[i].Sensitivities {
		if math.IsNaN(s.Switching) || s.Switching == s.Base {
			continue
		}
		if !found || s.Decisive() && !best.Decisive() ||
			s.Decisive() == best.Decisive() && math.Abs(s.SwitchingChange) < math.Abs(best.SwitchingChange) {
			best, found = s, true
		}
	}
	if found {
		in := m.Inputs[best.Input]
		r.Value, r.Unit, r.Note = best.Switching, in.Unit, in.Label+": "+best.Remark
	}
	return r
}

// unmonetised counts the effects of the option i that have no value in money, and
// says how many speak for and against it.
func (m *Model) unmonetised(i int) (int, string) {
	favour, against, other := 0, 0, 0
	for _, effect := range m.Appraisal.Unmonetised {
		if len(effect.Options) > 0 && !slices.Contains(effect.Options, m.optionID(i)) {
			continue
		}
		switch effect.Direction {
		case "for":
			favour++
		case "against":
			against++
		default:
			other++
		}
	}
	words := fmt.Sprintf("%d for, %d against", favour, against)
	if other > 0 {
		words += fmt.Sprintf(", %d undecided", other)
	}
	return favour + against + other, words
}
