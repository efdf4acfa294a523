package survey

import (
	"context"
	"strings"
	"testing"
)

// R: svychisq(~g+h, D, statistic=…) of the sample of tableOf. The p-values of
// saddlepoint are good to R's own uniroot, 1e-8.
func TestChisqEqualsR(t *testing.T) {
	for _, test := range []struct {
		kind         string
		statistic, p float64
	}{
		{"F", 1.9067447466437, 0.191000225888729},
		{"", 1.9067447466437, 0.191000225888729},
		{"Chisq", 1.06932018236498, 0.14856321120278},
		{"Wald", 1.58320995522795, 0.280449394330663},
		{"adjWald", 1.31934162935663, 0.346640063318575},
	} {
		for _, ask := range []Ask{{Row: "g", Col: "h"}, {Row: "h", Col: "g"}} {
			ask.StatisticType = test.kind
			answers, err := sampleOf(t, tableOf(), Design{}).chisq(context.Background(), ask)
			if err != nil {
				t.Fatal(err)
			}
			wantAlike(t, test.kind, answers[0].Statistic, test.statistic)
			wantAlike(t, test.kind+" p", answers[0].PValue, test.p)
		}
	}
	answers, err := sampleOf(t, tableOf(), Design{}).chisq(context.Background(), Ask{Row: "g", Col: "h", StatisticType: "saddlepoint"})
	if err != nil {
		t.Fatal(err)
	}
	if p := answers[0].PValue; p < 0.220961 || p > 0.220962 { // R: 0.220961005747586
		t.Errorf("saddlepoint p is %v", p)
	}
}

func TestChisqLevels(t *testing.T) {
	declared := Design{Levels: map[string][]string{"g": {"p", "q", "r", "unheard of"}}}
	for kind, want := range map[string]string{"F": `no row of the domain has g "unheard of"`, "Wald": ""} {
		answers, err := sampleOf(t, tableOf(), declared).chisq(context.Background(), Ask{Row: "g", Col: "h", StatisticType: kind})
		if err != nil || answers[0].Error != want {
			t.Errorf("%s with a level without rows: error %v, answer's %q", kind, err, answers[0].Error)
		}
	}
	for _, ask := range []Ask{{Row: "g", Col: "h", Domain: &Filter{"h = 's'"}}, {Row: "g"}, {Row: "g", Col: "h", StatisticType: "G"}} {
		if _, err := sampleOf(t, tableOf(), Design{}).chisq(context.Background(), ask); err == nil || strings.Contains(err.Error(), "%!") {
			t.Errorf("%+v: error %v", ask, err)
		}
	}
}
