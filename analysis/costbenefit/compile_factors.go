package costbenefit

import "strings"

// factors lists what multiplies a line's amounts, in the order in which people
// read it: size, who comes and finishes, what would have happened anyway, what is
// taken from others, whose merit it is.
func (c *compiler) factors(l *Line, inputs map[string]int) []Factor {
	var factors []Factor
	for _, f := range append(l.sizes(), l.filters()...) {
		i := inputOf(inputs, f.key)
		if i == None {
			continue
		}
		factor := Factor{f.label, formOf(l, f.key), i, None}
		switch f.key {
		case "success":
			if less := inputOf(inputs, "deadweight"); less != None {
				factor = Factor{"success less deadweight", Difference, i, less}
				c.atMost(l, i, less)
			}
		case "deadweight":
			if inputOf(inputs, "success") != None {
				continue
			}
		}
		factors = append(factors, factor)
	}
	return factors
}

// formOf is how a filter takes off or leaves.
func formOf(l *Line, key string) Form {
	switch key {
	case "deadweight", "displacement", "leakage", "substitution":
		return Complement
	case "attribution":
		if l.Attribution.Due == "others" {
			return Complement
		}
	}
	return Plain
}

// atMost refuses deadweight above success, which would turn a benefit into harm.
func (c *compiler) atMost(l *Line, success, deadweight int) {
	s, d := c.m.Inputs[success], c.m.Inputs[deadweight]
	switch {
	case d.Value > s.Value:
		c.fail(l.Deadweight.At, "both are shares of those who finish", "line %s: deadweight %s is above success %s, a negative benefit", l.ID, short(d.Value), short(s.Value))
	case d.High > s.Low || d.High > s.Value || d.Value > s.Low:
		c.warn(l.ID, "within their ranges deadweight may exceed success: the benefit turns negative there")
	}
}

// correction is the factor for optimism: the line's own, or by the grade of the
// evidence its numbers rest on. What a transfer takes from one another receives,
// so that nothing is added to it by grade.
func (c *compiler) correction(l *Line, inputs map[string]int) (Factor, bool) {
	form := Complement
	if l.Side == "cost" {
		form = Increase
	}
	if i := inputOf(inputs, "optimism"); i != None {
		return Factor{"optimism correction", form, i, None}, true
	}
	f := field{key: "optimism", label: "optimism correction", unit: "share", rule: l.correctionRule()}
	in := provenance(l)
	in.PriceYear = 0
	percent, ok := 0.0, false
	if given(l.Correction) {
		percent, ok = c.ownCorrection(l, &in), true
		f.text.At = l.Correction.At
	} else if fee := l.Class == "transfer" && l.Side == "cost"; !fee && !l.Contingent && c.a.NoOptimism == "" {
		percent, ok = c.gradeCorrection(l, inputs, &in)
		f.text.At = c.places.of(l.At, "grade")
	}
	if !ok {
		return Factor{}, false
	}
	i := c.literal(l.ID, f, percent, in)
	c.m.Inputs[i].Label = l.Name + ": optimism correction"
	c.used(i, l.ID, f)
	return Factor{"optimism correction", form, i, None}, true
}

// ownCorrection is the line's correction less what has been mitigated.
func (c *compiler) ownCorrection(l *Line, in *Input) float64 {
	full := numberOf(l.Correction)
	if p, ok := presetNamed(l.Correction.Value); ok {
		full = numberOf(p.Value)
		source, note := p.provenance()
		in.Kind, in.Source, in.Date, in.Note, in.Page = "preset", source, p.Date, joined(p.Label, note), ""
		if !p.Verified {
			c.warn(l.ID+".optimism", "the preset %s was not verified in a public copy of its source", p.Name)
		}
	}
	if given(l.Mitigation) {
		in.Note = joined(in.Note, "correction "+percentText(full)+", of which "+percentText(numberOf(l.Mitigation))+" is mitigated")
	}
	return full * (1 - numberOf(l.Mitigation))
}

func percentText(x float64) string { return short(100*x) + " %" }

// gradeCorrection is the correction for the line's weakest evidence.
func (c *compiler) gradeCorrection(l *Line, inputs map[string]int, in *Input) (float64, bool) {
	grade := c.weakest(l, inputs)
	if grade == 0 {
		return 0, false
	}
	var correction float64
	if c.a.Optimism != nil {
		correction = c.a.Optimism[grade-1] / 100
		in.Kind, in.Source, in.Page, in.Date = "setting", "optimism_by_grade of the appraisal", "", ""
	} else if p, ok := presetNamed("evidence-grades"); ok {
		correction = numberOf(p.Grades[grade-1])
		source, note := p.provenance()
		in.Kind, in.Source, in.Page, in.Date, in.Note = "preset", source, "", p.Date, note
		if !p.Verified {
			c.warn("optimism", "corrections by evidence grade (preset %s) were not verified in a public copy of their source", p.Name)
		}
	}
	in.Note = joined("evidence of grade "+plain(float64(grade)), in.Note)
	correction *= 1 - numberOf(l.Mitigation)
	return correction, correction > 0
}

// weakest is the worst grade among the line's own and those of the assumptions
// it takes its size from, 0 where nothing is graded.
func (c *compiler) weakest(l *Line, inputs map[string]int) int {
	worst := l.Grade
	for _, f := range l.sizes() {
		if i := inputOf(inputs, f.key); i != None && (strings.HasPrefix(f.key, "quantity") || f.key == "unit_value") {
			worst = max(worst, c.m.Inputs[i].Grade)
		}
	}
	return worst
}
