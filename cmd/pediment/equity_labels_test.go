package main

import (
	"testing"

	"pediment/analysis"
)

// A group is told apart from every other where its label stands alone.
func TestLevelName(t *testing.T) {
	w := &work{project: &project{places: analysis.Places{{Code: "RB06", Name: "Eastmoor"}}}}
	for _, c := range []struct{ column, level, want string }{
		{"place", "RB06", "Eastmoor"},
		{"education", "low", "education: low"},
		{"income_band", "high", "income band: high"},
		{"migrant", "true", "migrant: yes"},
		{"disability", "false", "disability: no"},
		{"age_band", "75+", "aged 75+"},
		{"age_band", "16 to 17", "aged 16 to 17"},
		{"age_band", "65 and over", "aged 65 and over"},
		{"age_band", "2 year olds", "2 year olds"},
		{"age_band", "Age 17", "Age 17"},
		{"sex", "female", "female"},
		{"gender", "Boy", "Boy"},
		{"equality_group", "Ethnic minorities", "Ethnic minorities"},
		{"quintile", "1", "quintile: 1"},
		{"quintile", "Q1", "Q1"},
		{"school", "мектеп", "school: мектеп"},
	} {
		if got := w.levelName(analysis.Level{Column: c.column, Value: c.level}); got != c.want {
			t.Errorf("%s=%s is called %q, want %q", c.column, c.level, got, c.want)
		}
	}
}
