package main

import (
	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// answers is what the data answered an appraisal, by the place in its file that
// asked.
type answers map[analysis.Position]answer

type answer struct {
	value costbenefit.Value
	err   error
}

// remember lets each question be put to the data once: a second time, or by an
// appraisal computed again, it is answered from memory.
func (d *dossier) remember(s *costbenefit.Setup) {
	if d.heard == nil {
		d.heard = answers{}
	}
	indicator, residents := s.Indicator, s.Residents
	s.Indicator = func(link costbenefit.IndicatorLink) (costbenefit.Value, error) {
		return d.heard.to(link.At, func() (costbenefit.Value, error) { return indicator(link) })
	}
	s.Residents = func(count costbenefit.Residents) (costbenefit.Value, error) {
		return d.heard.to(count.At, func() (costbenefit.Value, error) { return residents(count) })
	}
}

// to is the answer to a place, asked for unless it is known.
func (known answers) to(at analysis.Position, ask func() (costbenefit.Value, error)) (costbenefit.Value, error) {
	if _, asked := known[at]; !asked {
		value, err := ask()
		known[at] = answer{value, err}
	}
	return known[at].value, known[at].err
}
