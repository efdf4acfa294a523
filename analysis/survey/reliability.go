package survey

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// Flag says how far an estimate may be relied upon.
type Flag string

// The flags, from the one that says nothing.
const (
	Show     Flag = ""         // no objection
	Caution  Flag = "caution"  // may be shown with the reason beside it
	Suppress Flag = "suppress" // too uncertain to be shown
)

// Kind is what an estimate estimates, as far as rules of reliability differ.
type Kind string

// The kinds.
const (
	Share      Kind = "proportion" // 0 … 1
	Total      Kind = "total"      // a total that cannot be negative
	Difference Kind = "difference" // may be 0 or negative: relative errors mean nothing
	Other      Kind = "other"      // means, ratios, quantiles
)

// Verdict is a flag and the reason for it, one sentence with the figures; Reason
// is "" when there is no objection.
type Verdict struct {
	Flag   Flag
	Reason string
}

// Standard is a rule that flags estimates.
//
//   - nchs, the default: the presentation standards of the U.S. National Center
//     for Health Statistics for proportions (Vital and Health Statistics 2:175,
//     2017) and for counts (2:200, 2023), as CDC's R package surveytable has
//     them. They do not cover means and ratios; those are judged by the centre's
//     older rule of thumb, 30/30
//   - 30/30: suppressed below Rows rows, caution from a relative standard error
//     of CautionCV on
//   - cv: caution above a coefficient of variation of CautionCV, suppressed above
//     SuppressCV; the defaults are Statistics Canada's 16.6 % and 33.3 %
//   - none: nothing is flagged
//
// Coefficients of variation, se/|value|, are shares, not percent.
type Standard struct {
	Name       string
	Rows       int64
	CautionCV  float64
	SuppressCV float64
}

// Standards lists the standards with their usual thresholds, the default first.
func Standards() []Standard {
	return []Standard{
		{Name: "nchs", Rows: 30, CautionCV: .3},
		{Name: "30/30", Rows: 30, CautionCV: .3},
		{Name: "cv", CautionCV: .166, SuppressCV: .333},
		{Name: "none"},
	}
}

// ParseStandard returns the standard of that name, "" being nchs. Thresholds are
// in the standard's own units: rows and percent for 30/30, two percentages for
// cv; nchs and none have none to set. The error is an analysis.Problem.
func ParseStandard(name string, thresholds ...float64) (Standard, error) {
	var names []string
	for _, s := range Standards() {
		if s.Name == name || name == "" {
			return s.with(thresholds)
		}
		names = append(names, s.Name)
	}
	hint := "use " + strings.Join(names, ", ")
	if suggestion := analysis.Suggest(name, names); suggestion != "" {
		hint = suggestion + " " + hint
	}
	return Standard{}, analysis.Problem{Message: fmt.Sprintf("unknown reliability standard %q", name), Hint: hint}
}

// with returns the standard with other thresholds.
func (s Standard) with(thresholds []float64) (Standard, error) {
	if len(thresholds) == 0 {
		return s, nil
	}
	wrong := func(hint string) (Standard, error) {
		return Standard{}, analysis.Problem{Message: fmt.Sprintf("wrong thresholds %v for reliability standard %q", thresholds, s.Name), Hint: hint}
	}
	two := len(thresholds) == 2 && thresholds[0] > 0 && thresholds[1] > 0
	switch {
	case s.Name == "30/30" && two:
		s.Rows, s.CautionCV = int64(thresholds[0]), thresholds[1]/100
	case s.Name == "30/30":
		return wrong("give the fewest rows and the largest relative standard error in percent, such as 30 and 30")
	case s.Name == "cv" && two && thresholds[0] <= thresholds[1]:
		s.CautionCV, s.SuppressCV = thresholds[0]/100, thresholds[1]/100
	case s.Name == "cv":
		return wrong("give the coefficients of variation in percent above which to caution and to suppress, such as 16.6 and 33.3")
	default:
		return wrong("it has no thresholds to set")
	}
	return s, nil
}

// Judge flags an estimate. One that is unknown is not flagged; one without a
// sampling error is judged by its rows alone. e.N counts rows, e.DF degrees of freedom; its interval is not used,
// the standards prescribe their own.
func (s Standard) Judge(kind Kind, e analysis.Estimate) Verdict {
	switch {
	case math.IsNaN(e.Value):
		return Verdict{}
	case !e.Sampled() && e.N < s.Rows:
		return Verdict{Suppress, fmt.Sprintf("it rests on %d answers, fewer than %d", e.N, s.Rows)}
	case !e.Sampled():
		return Verdict{}
	}
	switch {
	case s.Name == "cv":
		return s.judgeVariation(kind, e)
	case s.Name == "30/30":
		return s.judgeThirty(kind, e)
	case s.Name != "nchs":
		return Verdict{}
	case kind == Share:
		return judgeProportion(e)
	case kind == Total:
		return judgeCount(e)
	}
	return s.judgeThirty(kind, e)
}

// EffectiveN returns n/deff, the size of a simple random sample as precise as n
// rows of a sample with that design effect; NaN for an unknown design effect.
func EffectiveN(n int64, deff float64) float64 {
	if !(deff > 0) {
		return math.NaN()
	}
	return float64(n) / deff
}

// judgeVariation applies the bands of coefficients of variation.
func (s Standard) judgeVariation(kind Kind, e analysis.Estimate) Verdict {
	if kind == Difference {
		return Verdict{}
	}
	if e.Value == 0 {
		return Verdict{Caution, "the estimate is 0, so its coefficient of variation cannot be computed"}
	}
	cv := e.SE / math.Abs(e.Value)
	for _, band := range []struct {
		above float64
		flag  Flag
	}{{s.SuppressCV, Suppress}, {s.CautionCV, Caution}} {
		if cv > band.above {
			return Verdict{band.flag, fmt.Sprintf("the coefficient of variation is %s, above %s", asPercent(cv), asPercent(band.above))}
		}
	}
	return Verdict{}
}

// judgeThirty applies the 30/30 rule.
func (s Standard) judgeThirty(kind Kind, e analysis.Estimate) Verdict {
	if e.N < s.Rows {
		return Verdict{Suppress, fmt.Sprintf("it rests on %d answers, fewer than %d", e.N, s.Rows)}
	}
	if kind == Difference {
		return Verdict{}
	}
	if e.Value == 0 {
		return Verdict{Caution, "the estimate is 0, so its relative standard error cannot be computed"}
	}
	if cv := e.SE / math.Abs(e.Value); cv >= s.CautionCV {
		return Verdict{Caution, fmt.Sprintf("the standard error is %s of the estimate; %s or more is too much to rely on", asPercent(cv), asPercent(s.CautionCV))}
	}
	return Verdict{}
}

// IntervalFootnote explains a confidence interval at the level, 0 being 0.95, to
// a reader without statistics.
func IntervalFootnote(level float64) string {
	if level == 0 {
		level = defaultLevel
	}
	return fmt.Sprintf("The interval shows how far chance in who was interviewed may have moved the figure: "+
		"of 100 samples drawn like this one, about %.3g would give an interval that holds the figure for everybody. "+
		"It does not cover other errors, such as wrong answers or people who could not be reached.", level*100)
}

// Footnote explains the flags to a reader without statistics, under the words
// they are printed with; "" for none.
func (s Standard) Footnote(caution, suppress string) string {
	switch s.Name {
	case "nchs":
		return fmt.Sprintf("%q marks figures resting on too few interviews, or with too wide an interval, to be shown, and %q figures to be read with care, "+
			"by the presentation standards of the U.S. National Center for Health Statistics for percentages and counts. "+
			"Those have no rule for averages and ratios, which are too uncertain to show below %d answers and to be read with care from a standard error of %s of the figure on, the centre's older rule of thumb.", suppress, caution, s.Rows, asPercent(s.CautionCV))
	case "30/30":
		return fmt.Sprintf("%q marks figures resting on fewer than %d answers; %q marks figures whose standard error, the usual size of chance differences between samples, is %s of the figure or more.", suppress, s.Rows, caution, asPercent(s.CautionCV))
	case "cv":
		return fmt.Sprintf("%q marks figures whose standard error, the usual size of chance differences between samples, is more than %s of the figure, and %q those where it is more than %s.", caution, asPercent(s.CautionCV), suppress, asPercent(s.SuppressCV))
	}
	return ""
}

// asPercent writes a share with three digits at most.
func asPercent(share float64) string { return fmt.Sprintf("%.3g %%", share*100) }
