package costbenefit

import "math"

// weakGrade is the grade of evidence from which a benefit rests on weak evidence.
const weakGrade = 5

// optimismFactor is the name of a factor that corrects for optimism.
const optimismFactor = "optimism correction"

// evidence are the measures of what the figures rest on.
func (v view) evidence() []Measure {
	weak, whole := 0.0, 0.0
	v.flows(func(l int, f *Flow, member float64) {
		if pv := member * v.o.PV[l]; f.isBenefit() && pv > 0 {
			whole += pv
			if v.m.weak(f) {
				weak += pv
			}
		}
	})
	share := shareOf("weak_evidence", "Share of benefits that rests on weak evidence", weak, whole)
	if !math.IsNaN(share.Value) {
		share.Note = "a number of grade 5 or 6, or without a grade"
	}
	return []Measure{share, v.money("optimism", "Taken off for optimism", v.optimism(), "net present value without corrections, less the net present value")}
}

// weak reports whether a number the flow hangs on is of grade 5 or 6, or has
// none. What was measured is not graded, and settings are no evidence.
func (m *Model) weak(f *Flow) bool {
	if f.Line != nil && len(f.Line.Amounts)+len(f.Line.Quantities) > 0 && weakly(f.Line.Grade) {
		return true
	}
	for _, i := range f.inputs() {
		switch input := m.Inputs[i]; input.Kind {
		case "indicator", "population", "preset", "setting":
		default:
			if weakly(input.Grade) {
				return true
			}
		}
	}
	return false
}

func weakly(grade int) bool { return grade == 0 || grade >= weakGrade }

// inputs are the inputs the flow hangs on, corrections for optimism left out.
func (f *Flow) inputs() []int {
	list := []int{f.Duration, f.DropOff, f.Growth}
	for _, factor := range f.Factors {
		if factor.Name != optimismFactor {
			list = append(list, factor.Input)
			if factor.Form == Difference {
				list = append(list, factor.Less)
			}
		}
	}
	if f.Residual != nil {
		switch f.Residual.Method {
		case "given":
			list = append(list, f.Residual.Value)
		case "net flows":
			list = append(list, f.Residual.Yearly, f.Residual.Years)
		}
	}
	known := list[:0]
	for _, i := range list {
		if i != None {
			known = append(known, i)
		}
	}
	return known
}

// optimism is what corrections for optimism take off the net present value.
func (v view) optimism() float64 {
	other, corrected := *v.m, false
	other.Flows = make([]Flow, len(v.m.Flows))
	for l, f := range v.m.Flows {
		kept := make([]Factor, 0, len(f.Factors))
		for _, factor := range f.Factors {
			if factor.Name == optimismFactor {
				corrected = true
				continue
			}
			kept = append(kept, factor)
		}
		f.Factors = kept
		other.Flows[l] = f
	}
	if !corrected {
		return 0
	}
	return other.Compute(v.o.Values).Options[v.option].NPV - v.outcome().NPV
}
