package main

import (
	"fmt"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// detections say for each proportion how many interviews the next wave needs to
// see a change of so many percentage points, and what a wave like this one sees.
func detections(answers []survey.Answer, points float64) []analysis.Warning {
	var notes []analysis.Warning
	for _, e := range answers {
		if points == 0 || e.Op != "ciprop" || e.Error != "" || number(e.SE) == nil {
			continue
		}
		about := e.Name
		if e.Var != "" {
			about = e.Var + " " + e.Level
		}
		if len(e.By) > 0 {
			about += " (" + e.By.String() + ")"
		}
		notes = append(notes, analysis.Warning{About: about, Text: detection(e, points)})
	}
	return notes
}

func detection(e survey.Answer, points float64) string {
	deff := 1.0
	if e.DEFF > 0 {
		deff = e.DEFF
	}
	alike := ""
	if least, err := survey.MinimumDetectableChange(e.SE, e.SE, survey.Detection{}); err == nil {
		alike = fmt.Sprintf(" Another wave like this one sees changes from %.3g points on.", 100*least)
	}
	size, smallest, err := survey.InterviewsForChange(survey.Wave{Proportion: e.Value, SE: e.SE}, points/100, survey.Detection{}, survey.Sampling{DEFF: deff})
	if err != nil {
		return fmt.Sprintf("no number of interviews next time can show a change of %v points, as this wave is too uncertain; the smallest it can be compared for is %.3g points%s.%s", points, 100*smallest, planned(survey.ProportionSD(e.Value), points/100, survey.Detection{}, survey.Sampling{DEFF: deff}), alike)
	}
	return fmt.Sprintf("to see a change of %v points either way the next wave needs %s (seen 8 times in 10, at the 5 %% level, design effect %.2f, other people asked).%s",
		points, plural(size.Interviews, "interview"), deff, alike)
}
