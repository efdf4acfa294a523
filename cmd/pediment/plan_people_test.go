package main

import "testing"

// What the framework's definitions count, and what own indicators are called.
func TestStartsWithPeople(t *testing.T) {
	for text, want := range map[string]bool{
		"residents aged 15 to 24 in neither employment, education nor training": true,
		"unemployed residents in job-related training during the year":          true,
		"teachers and educators who took training":                              true,
		"Young people without school":                                           true,
		"Adults in formal learning in the last 12 months (4-3-1)":               true,
		"seats in the city council, or its equivalent, held by women":           false,
		"employers' spending on the education and training of their staff":      false,
		"patent applications by residents and firms of the city":                false,
		"solid waste from households, in kilograms":                             false,
		"children's books":                  false,
		"executed expenditure on education": false,
		"":                                  false,
	} {
		if got := startsWithPeople(text); got != want {
			t.Errorf("%q: people %v, want %v", text, got, want)
		}
	}
}
