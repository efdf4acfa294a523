package survey

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// Thresholds of the NCHS presentation standards: Parker et al., National Center
// for Health Statistics Data Presentation Standards for Proportions, Vital and
// Health Statistics 2:175 (2017), and … for Rates and Counts, 2:200 (2023).
const (
	fewestEffective  = 30       // effective sample size of a proportion
	narrow, wide     = .05, .30 // interval widths shown and suppressed whatever the proportion
	widestProportion = 1.30     // interval width relative to the proportion or its complement
	fewestCounted    = 10       // rows under a count
	widestCount      = 1.60     // interval width relative to a count
	fewestDF         = 8
)

// judgeProportion applies the NCHS standard for proportions. Its interval is
// Korn and Graubard's with an effective sample size of n at most; at 0 and 1,
// where widths say nothing, only the sample size counts.
func judgeProportion(e analysis.Estimate) Verdict {
	p, all := e.Value, float64(e.N)
	extreme := p == 0 || p == 1
	effective := all
	if !extreme {
		effective = min(all, p*(1-p)/(e.SE*e.SE))
	}
	if effective < fewestEffective*(1-1e-12) {
		return Verdict{Suppress, fmt.Sprintf("the effective sample size is %s, less than %d", oneDecimal(effective), fewestEffective)}
	}
	if !(e.DF >= 1) {
		return Verdict{Suppress, "there are too few sampled units to compute an interval"}
	}
	var width float64
	if !extreme {
		low, high := kornGraubard(p, min(all, effectiveRows(p, e.SE, e.DF, e.N, 0)), 0)
		width = high - low
	}
	switch {
	case width <= narrow:
		return cautions(e, extreme, 0)
	case width >= wide:
		return Verdict{Suppress, fmt.Sprintf("the 95 %% interval is %s points wide, %d or more", asPoints(width), int(wide*100))}
	case width/p > widestProportion:
		return Verdict{Suppress, fmt.Sprintf("the 95 %% interval is %s points wide, %s of the estimate and more than %s", asPoints(width), asPercent(width/p), asPercent(widestProportion))}
	}
	return cautions(e, extreme, width/(1-p))
}

// cautions lists what a proportion that may be shown is to be flagged for;
// complement is the interval's width relative to 1 − p, 0 where it is narrow.
func cautions(e analysis.Estimate, extreme bool, complement float64) Verdict {
	var reasons []string
	if complement > widestProportion {
		reasons = append(reasons, fmt.Sprintf("the 95 %% interval is %s of the share without the property wide, more than %s", asPercent(complement), asPercent(widestProportion)))
	}
	if e.DF < fewestDF {
		reasons = append(reasons, fewDegrees(e.DF))
	}
	if extreme && e.Value == 0 {
		reasons = append(reasons, "nobody in the sample has the property, which does not show that nobody in the population has")
	}
	if extreme && e.Value == 1 {
		reasons = append(reasons, "everybody in the sample has the property, which does not show that everybody in the population has")
	}
	if reasons == nil {
		return Verdict{}
	}
	return Verdict{Caution, strings.Join(reasons, "; ")}
}

// judgeCount applies the NCHS standard for counts. Their interval is symmetric on
// the log scale, value·e^±(t·se/value), so its relative width is 2·sinh(t·se/value).
func judgeCount(e analysis.Estimate) Verdict {
	switch {
	case e.N < fewestCounted:
		return Verdict{Suppress, fmt.Sprintf("it rests on %d answers, fewer than %d", e.N, fewestCounted)}
	case !(e.DF >= 1):
		return Verdict{Suppress, "there are too few sampled units to compute an interval"}
	case e.Value <= 0:
		return Verdict{Caution, "the estimate is not above 0, so the relative width of its interval cannot be computed"}
	}
	if width := 2 * math.Sinh(tCritical(e.DF, 0)*e.SE/e.Value); width > widestCount {
		return Verdict{Suppress, fmt.Sprintf("the 95 %% interval is %s of the estimate wide, more than %s", asPercent(width), asPercent(widestCount))}
	}
	if e.DF < fewestDF {
		return Verdict{Caution, fewDegrees(e.DF)}
	}
	return Verdict{}
}

func fewDegrees(df float64) string {
	return fmt.Sprintf("the standard error rests on %s degrees of freedom, fewer than %d, and is uncertain itself", oneDecimal(df), fewestDF)
}

// asPoints writes a share in percentage points.
func asPoints(share float64) string { return oneDecimal(share * 100) }

// oneDecimal cuts x to one decimal, so that it is not rounded onto a threshold.
func oneDecimal(x float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Floor(x*10+1e-9)/10), ".0")
}
