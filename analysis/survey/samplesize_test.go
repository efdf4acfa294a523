package survey

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// z = 1.959964, z² = 3.841459; R: qnorm(.975)^2*.25/.03^2 = 1067.07.
func TestInterviewsForMargin(t *testing.T) {
	half := ProportionSD(.5)
	for _, c := range []struct {
		what       string
		sd, margin float64
		level      float64
		sampling   Sampling
		want       Size
	}{
		{"±3 points: 3.841459·.25/.0009 = 1067.07", half, .03, 0, Sampling{}, Size{1068, 1068}},
		{"deff 1.8: 1920.73", half, .03, 0, Sampling{DEFF: 1.8}, Size{1921, 1921}},
		{"of 5,000: 1067.07/(1 + 1066.07/5000) = 879.55", half, .03, 0, Sampling{Population: 5000}, Size{880, 880}},
		{"60 % answer: 1068/.6 = 1780", half, .03, 0, Sampling{Response: .6}, Size{1068, 1780}},
		{"p = .1: 3.841459·.09/.0009 = 384.15", ProportionSD(.1), .03, 0, Sampling{}, Size{385, 385}},
		{"at 90 %: qnorm(.95)² = 2.705543, ·.25/.0009 = 751.54", half, .03, .9, Sampling{}, Size{752, 752}},
		{"a mean, sd 12 ± 1: 3.841459·144 = 553.17", 12, 1, 0, Sampling{}, Size{554, 554}},
		{"more than there are", half, .0001, 0, Sampling{Population: 300, DEFF: 3}, Size{300, 300}},
	} {
		got, err := InterviewsForMargin(c.sd, c.margin, c.level, c.sampling)
		if err != nil || got != c.want {
			t.Errorf("%s: %v %v, want %v", c.what, got, err, c.want)
		}
	}
}

// The sample size found has the margin asked for, and one interview less has not.
func TestMarginOfItsSampleSize(t *testing.T) {
	for _, p := range []float64{.02, .3, .5} {
		size, err := InterviewsForMargin(ProportionSD(p), .025, 0, Sampling{DEFF: 1.4})
		if err != nil {
			t.Fatal(err)
		}
		margin := func(n int64) float64 { return 1.959963984540054 * standardError(ProportionSD(p), n, 1.4) }
		if margin(size.Interviews) > .025 || margin(size.Interviews-1) <= .025 {
			t.Errorf("p = %v: %d interviews have a margin of %v, one less %v", p, size.Interviews, margin(size.Interviews), margin(size.Interviews-1))
		}
	}
}

// Z = qnorm(.975) + qnorm(.8) = 2.801585, Z² = 7.848880. Means have R's
// power.t.test(delta = .3, sd = 2, power = .8), 698.64, but for its t; and
// power.prop.test(p1 = .4, p2 = .43, power = .8), which pools the variance, says
// 4233.29.
func TestInterviewsPerWave(t *testing.T) {
	for _, c := range []struct {
		what             string
		sd1, sd2, change float64
		detection        Detection
		sampling         Sampling
		want             int64
	}{
		{".40 to .43: 7.848880·(.24 + .2451)/.0009 = 4230.55", ProportionSD(.4), ProportionSD(.43), .03, Detection{}, Sampling{}, 4231},
		{"down as up", ProportionSD(.4), ProportionSD(.43), -.03, Detection{}, Sampling{}, 4231},
		{"means: 7.848880·8/.09 = 697.68", 2, 2, .3, Detection{}, Sampling{}, 698},
		{"half correlated .5·.6 = .3: 697.68·.7 = 488.37", 2, 2, .3, Detection{Correlation: .3}, Sampling{}, 489},
		{"deff 1.5: 1046.52", 2, 2, .3, Detection{}, Sampling{DEFF: 1.5}, 1047},
		{"alpha .1, power .9: (1.644854 + 1.281552)² = 8.563847, ·8/.09 = 761.23", 2, 2, .3, Detection{Alpha: .1, Power: .9}, Sampling{}, 762},
	} {
		got, err := InterviewsPerWave(c.sd1, c.sd2, c.change, c.detection, c.sampling)
		if err != nil || got.Interviews != c.want {
			t.Errorf("%s: %v %v, want %v", c.what, got, err, c.want)
		}
	}
}

// √(.018² + .020²) = .0269072, times 2.801585 = .0753829; correlation .4:
// .000724 − 2·.4·.018·.020 = .000436, √ = .0208806, times Z = .0584989.
func TestMinimumDetectableChange(t *testing.T) {
	for _, c := range []struct{ correlation, want float64 }{{0, .0753829}, {.4, .0584989}} {
		got, err := MinimumDetectableChange(.018, .020, Detection{Correlation: c.correlation})
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "smallest change", got, c.want, 1e-5)
	}
	// Two waves of the size InterviewsPerWave asks for see the change.
	size, _ := InterviewsPerWave(3, 4, .5, Detection{}, Sampling{DEFF: 1.7})
	smallest, _ := MinimumDetectableChange(standardError(3, size.Interviews, 1.7), standardError(4, size.Interviews, 1.7), Detection{})
	agree(t, "there and back", smallest, .5, 1e-3)
}

// (.03/2.801585)² = .000114666. With se .008 there is .000114666 − .000064 =
// .000050666 left for the next wave; p = .40 gives .43·.57 = .2451 at worst:
// R: 1.8*.2451/((.03/Z)^2 - .008^2) = 8707.61.
func TestInterviewsForChange(t *testing.T) {
	present := Wave{Proportion: .4, SE: .008}
	for _, c := range []struct {
		what      string
		present   Wave
		change    float64
		detection Detection
		want      int64
	}{
		{"three points", present, .03, Detection{}, 8708},
		{"three points down", present, -.03, Detection{}, 8708},
		// R: 1.8*.2451/(.3*.008 + sqrt((.03/Z)^2 - .008^2*(1-.3^2)))^2 = 4490.73.
		{"a panel, correlation .3", present, .03, Detection{Correlation: .3}, 4491},
		// A register of the present has no error: 1.8·.2451·7.848880/.0009 = 3847.51.
		{"no error now", Wave{Proportion: .4}, .03, Detection{}, 3848},
		// A mean with sd 12, se .2: (1/2.801585)² − .04 = .0874068; 1.8·144/.0874068 = 2965.44.
		{"a mean", Wave{SD: 12, SE: .2}, 1, Detection{}, 2966},
	} {
		got, _, err := InterviewsForChange(c.present, c.change, c.detection, Sampling{DEFF: 1.8})
		if err != nil || got.Interviews != c.want {
			t.Errorf("%s: %v %v, want %v", c.what, got, err, c.want)
		}
	}
}

// With a present se of .012, Z·.012 = .0336190 is the smallest change any next
// wave can show; a panel with correlation .6 brings it to .0336190·.8 = .0268952.
func TestChangeThatCannotBeSeen(t *testing.T) {
	present := Wave{Proportion: .4, SE: .012}
	_, smallest, err := InterviewsForChange(present, .03, Detection{}, Sampling{})
	agree(t, "smallest change", smallest, 0.0336190226173556, intervalTolerance)
	if _, ok := err.(analysis.Problem); !ok || !strings.Contains(err.Error(), "no number of interviews") || !strings.Contains(err.Error(), "0.03362") {
		t.Errorf("a change of three points: %v", err)
	}
	if size, smallest, err := InterviewsForChange(present, .03, Detection{Correlation: .6}, Sampling{}); err != nil || size.Interviews == 0 || math.Abs(smallest-.0268952) > 1e-7 {
		t.Errorf("with a panel: %v %v %v", size, smallest, err)
	}
	if _, _, err := InterviewsForChange(present, .0337, Detection{}, Sampling{}); err != nil {
		t.Errorf("just above the smallest: %v", err)
	}
}

func TestSampleSizeMistakes(t *testing.T) {
	for what, call := range map[string]func() error{
		"margin 0":      func() error { _, err := InterviewsForMargin(.5, 0, 0, Sampling{}); return err },
		"level 95":      func() error { _, err := InterviewsForMargin(.5, .03, 95, Sampling{}); return err },
		"response 60":   func() error { _, err := InterviewsForMargin(.5, .03, 0, Sampling{Response: 60}); return err },
		"deff -1":       func() error { _, err := InterviewsForMargin(.5, .03, 0, Sampling{DEFF: -1}); return err },
		"change 0":      func() error { _, err := InterviewsPerWave(1, 1, 0, Detection{}, Sampling{}); return err },
		"power 80":      func() error { _, err := InterviewsPerWave(1, 1, 1, Detection{Power: 80}, Sampling{}); return err },
		"correlation 1": func() error { _, err := MinimumDetectableChange(1, 1, Detection{Correlation: 1}); return err },
		"proportion 40": func() error {
			_, _, err := InterviewsForChange(Wave{Proportion: 40}, 3, Detection{}, Sampling{})
			return err
		},
		"unknown error": func() error {
			_, _, err := InterviewsForChange(Wave{SE: math.NaN()}, 3, Detection{}, Sampling{})
			return err
		},
		"boundless size": func() error { _, err := InterviewsForMargin(1e9, 1e-9, 0, Sampling{}); return err },
	} {
		if _, ok := call().(analysis.Problem); !ok {
			t.Errorf("%s: %v, want a problem", what, call())
		}
	}
}

// standardError is that of a mean of n interviews: sd·√(deff/n).
func standardError(sd float64, n int64, deff float64) float64 {
	return sd * math.Sqrt(deff/float64(n))
}
