package main

import (
	"fmt"
	"testing"

	"pediment/analysis"
)

// TestReliability reads standards with thresholds in percent; Standard has them as
// shares.
func TestReliability(t *testing.T) {
	const at = "pediment.yaml:1:1: reliability: "
	for _, test := range []struct{ declared, want string }{
		{"", "{nchs 30 0.3 0}"},
		{"standard: 30/30", "{30/30 30 0.3 0}"},
		{"{standard: 30/30, caution_cv: 25}", "{30/30 30 0.25 0}"},
		{"{standard: 30/30, suppress_cv: 25}", at + "the standard 30/30 suppresses by the number of answers, not by suppress_cv (leave it out, or write standard: cv)"},
		{"standard: cv", "{cv 0 0.166 0.333}"},
		{"{standard: cv, caution_cv: 15, suppress_cv: 35}", "{cv 0 0.15 0.35}"},
		{"{standard: cv, suppress_cv: 50}", "{cv 0 0.166 0.5}"},
		{"{standard: cv, caution_cv: 40}", at + `wrong thresholds [40 33.3] for reliability standard "cv" (give the coefficients of variation in percent above which to caution and to suppress, such as 16.6 and 33.3)`},
		{"{standard: cv, caution_cv: 0}", at + `wrong thresholds [0 33.3] for reliability standard "cv" (give the coefficients of variation in percent above which to caution and to suppress, such as 16.6 and 33.3)`},
		{"{standard: none, caution_cv: 5}", at + "the standard none has no thresholds to set (leave out caution_cv and suppress_cv, or write standard: cv)"},
		{"{caution_cv: 5}", at + "the standard nchs has no thresholds to set (leave out caution_cv and suppress_cv, or write standard: cv)"},
		{"{standard: nhsc}", `pediment.yaml:1:12: reliability: unknown reliability standard "nhsc" (use nchs, 30/30, cv, none)`},
	} {
		var r reliability
		if problems := analysis.DecodeYAML(projectFile, []byte(test.declared), &r); len(problems) > 0 {
			t.Fatal(problems)
		}
		got := ""
		if s, problems := r.read(); len(problems) > 0 {
			got = problems.Error()
		} else {
			got = fmt.Sprint(s)
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.declared, got, test.want)
		}
	}
}
