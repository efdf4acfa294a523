package costbenefit

import "math"

// LineSwitch is what one line does to the NPV of one option.
type LineSwitch struct {
	Option, Flow int
	PV           float64 // what the line adds to the NPV: a cost is negative; with its deadweight cost of taxation
	Elasticity   float64 // per cent of |NPV| that one per cent more of the line adds, PV/|NPV|
	Change       float64 // of the line at which the NPV is 0, −NPV/PV as a share: −NPV/PV of a benefit, NPV/PV of a cost
	Remark       string
}

// Critical reports whether one per cent of the line moves the NPV by one per cent
// or more.
func (l LineSwitch) Critical() bool { return math.Abs(l.Elasticity) >= 1 }

// lineSwitches lists the lines that move an option's NPV, by option, in the order
// of the lines. Their PVs add up to the NPV.
func (m *Model) lineSwitches(o Outcome) [][]LineSwitch {
	x := m.Values()
	by := make([][]LineSwitch, len(o.Options))
	for i := range by {
		for l := range m.Flows {
			f := &m.Flows[l]
			pv := f.side()*o.PV[l] - optional(x, m.TaxDeadweight, 0)*m.publicSign(f)*dot(o.Market[l], o.Factors)
			if pv *= f.Members[i]; pv == 0 {
				continue
			}
			npv := o.Options[i].NPV
			s := LineSwitch{Option: i, Flow: l, PV: pv, Elasticity: math.NaN(), Change: -npv / pv}
			if npv != 0 {
				s.Elasticity = pv / math.Abs(npv)
			}
			s.Remark = s.words(npv)
			by[i] = append(by[i], s)
		}
	}
	return by
}

// words says what the change means for the verdict.
func (l LineSwitch) words(npv float64) string {
	switch {
	case l.Change < -1 && npv >= 0:
		return "pays back even without it"
	case l.Change < -1:
		return "does not pay back even without it"
	case l.Change < 0 && npv >= 0:
		return "pays back unless it comes to " + percentWords(-l.Change) + " less"
	case npv >= 0:
		return "pays back unless it comes to " + percentWords(l.Change) + " more"
	case l.Change < 0:
		return "would pay back only if it came to " + percentWords(-l.Change) + " less"
	}
	return "would pay back only if it came to " + percentWords(l.Change) + " more"
}
