package main

import (
	"errors"
	"fmt"
	"math"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// reliability is how the city judges what survey estimates are worth.
type reliability struct {
	At         analysis.Position
	Standard   analysis.Text `yaml:"standard"`    // nchs (default), 30/30, cv or none
	CautionCV  *float64      `yaml:"caution_cv"`  // percent; of cv and 30/30
	SuppressCV *float64      `yaml:"suppress_cv"` // percent; of cv
}

// read returns the standard; mistakes are problems with position.
func (r reliability) read() (survey.Standard, analysis.Problems) {
	s, err := survey.ParseStandard(r.Standard.Value)
	at := r.Standard.At
	if err == nil {
		at = r.At
		var thresholds []float64
		if thresholds, err = r.thresholds(s); err == nil {
			s, err = survey.ParseStandard(s.Name, thresholds...)
		}
	}
	var p analysis.Problem
	if errors.As(err, &p) {
		p.Position, p.Message = at, "reliability: "+p.Message
		return s, analysis.Problems{p}
	}
	return s, nil
}

// thresholds are those the city gives, in the standard's units and order.
func (r reliability) thresholds(s survey.Standard) ([]float64, error) {
	if r.CautionCV == nil && r.SuppressCV == nil {
		return nil, nil
	}
	switch s.Name {
	case "cv":
		return []float64{percent(r.CautionCV, s.CautionCV), percent(r.SuppressCV, s.SuppressCV)}, nil
	case "30/30":
		if r.SuppressCV != nil {
			return nil, analysis.Problem{Message: "the standard 30/30 suppresses by the number of answers, not by suppress_cv", Hint: "leave it out, or write standard: cv"}
		}
		return []float64{float64(s.Rows), *r.CautionCV}, nil
	}
	return nil, analysis.Problem{Message: fmt.Sprintf("the standard %s has no thresholds to set", s.Name), Hint: "leave out caution_cv and suppress_cv, or write standard: cv"}
}

// percent is a threshold in percent, or the usual one, which is a share.
func percent(given *float64, usual float64) float64 {
	if given != nil {
		return *given
	}
	return math.Round(usual*1e4) / 100
}
