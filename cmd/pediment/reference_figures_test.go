package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// group is a row's group as pediment writes it.
func (r referenceResult) group(w referenceRow) string {
	columns := r.By
	if r.Op == "table" {
		columns = r.Vars
	}
	var group []string
	for _, column := range columns {
		if level, ok := w.By[column]; ok {
			group = append(group, column+"="+level)
		}
	}
	return strings.Join(group, ",")
}

func (v *verdict) judgeRow(want referenceRow, got answerRow) {
	if want.ClosedForm != nil && len(want.ClosedForm.CI) == 2 {
		want.Est, want.SE, want.CI = want.ClosedForm.Est, want.ClosedForm.SE, want.ClosedForm.CI
	}
	df := v.r.DF
	if want.DF != nil {
		df = want.DF
	}
	if v.r.DFResidual != nil {
		df = v.r.DFResidual
	}
	if nothing(want, df) && got.figures["estimate"] == nil {
		return
	}
	scale := 0.0
	if slices.Contains([]string{"domain_contrast", "glm", "ttest1", "ttest2", "variance"}, v.r.Op) && want.SE != nil {
		scale = math.Abs(float64(*want.SE))
	}
	if want.Tie && v.otherCandidate(want, got) {
		v.score.figures++
		return
	}
	v.figure("est", want.Est, got, "estimate", v.tolerance("est"), scale)
	if !(want.SE != nil && *want.SE == 0 && df != nil && *df <= 0 && got.figures["se"] == nil) {
		v.figure("se", want.SE, got, "se", v.tolerance("se"), 0)
	}
	if df != nil && (*df > 0 || got.figures["df"] != nil) {
		v.figure("df", df, got, "df", 1e-9, 0)
	}
	v.figure("deff", want.Deff, got, "deff", v.tolerance("deff"), 0)
	v.figure("t", want.T, got, "statistic", v.tolerance("t"), 1)
	v.figure("p", want.PT, got, "p_value", v.tolerance("p"), 0)
	if v.r.Op != "quantile" {
		v.figure("p", want.P, got, "p_value", v.tolerance("p"), 0)
	}
	v.interval(want, got)
}

// nothing: R says 0 ± 0 of a domain without rows.
func nothing(want referenceRow, df *rNumber) bool {
	return want.Est != nil && *want.Est == 0 && want.SE != nil && *want.SE == 0 && df != nil && *df <= 0
}

// otherCandidate reports whether the answer is another than R's of the values
// between which the last bit decides; its interval is then another one too.
func (v *verdict) otherCandidate(want referenceRow, got answerRow) bool {
	est := got.figures["estimate"]
	if est == nil || near12(*est, float64(*want.Est)) || len(want.TieCandidates) < 2 {
		return false
	}
	middle := (want.TieCandidates[0] + want.TieCandidates[1]) / 2
	return slices.ContainsFunc(append(want.TieCandidates, middle), func(x float64) bool { return near12(*est, x) })
}

func near12(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }

func (v *verdict) interval(want referenceRow, got answerRow) {
	ends := want.CIT
	if ends == nil {
		ends = want.CI
	}
	if len(ends) != 2 {
		return
	}
	low, high := got.figures["ci_low"], got.figures["ci_high"]
	if est := float64(*want.Est); v.r.Op == "ciprop" && (est < 1e-9 || est > 1-1e-9) {
		// R's interval of a share of 0 or 1 is noise: none, or an exact one.
		if (low == nil) != (high == nil) || low != nil && !(0 <= *low && *low <= est+1e-9 && est-1e-9 <= *high && *high <= 1) {
			v.report("an interval that does not hold the share")
		}
		return
	}
	scale := 0.0
	for _, end := range ends {
		if v.r.Op != "ciprop" && !math.IsNaN(float64(end)) {
			scale = max(scale, math.Abs(float64(end)))
		}
	}
	v.figure("ci_low", &ends[0], got, "ci_low", v.tolerance("ci"), scale)
	v.figure("ci_high", &ends[1], got, "ci_high", v.tolerance("ci"), scale)
}

// tolerance is how far a figure may lie from R's, relative to it.
func (v *verdict) tolerance(figure string) float64 {
	tolerance := 1e-10
	switch v.r.Op {
	case "domain_contrast", "quantile":
		tolerance = 1e-9
	case "ciprop":
		switch {
		case v.r.Method == "likelihood" && figure == "ci":
			tolerance = 1e-2
		case v.r.Method == "likelihood" || v.r.Method == "logit" && !v.closed():
			tolerance = 1e-6
		case figure == "ci":
			tolerance = 1e-9
		}
	case "chisq", "ttest1", "ttest2", "glm":
		tolerance = 1e-8
		if v.r.Family == "binomial" && figure != "est" {
			tolerance = 1e-6
		}
	}
	if figure == "p" {
		tolerance = max(tolerance, 1e-7)
	}
	if v.k.loose {
		tolerance = max(tolerance, 1e-7)
	}
	if v.r.Tol > 0 {
		tolerance = v.r.Tol
	}
	return tolerance
}

func (v *verdict) closed() bool { return len(v.r.rows) > 0 && v.r.rows[0].ClosedForm != nil }

// figure compares one figure. The difference is relative to what R has or to
// scale if that is larger; what both have as nearly 0 is equal.
func (v *verdict) figure(name string, want *rNumber, row answerRow, column string, tolerance, scale float64) {
	if want == nil {
		return
	}
	v.score.figures++
	got, w := row.figures[column], float64(*want)
	switch unknown := math.IsNaN(w) || math.IsInf(w, 0); {
	case unknown && got == nil:
		return
	case unknown || got == nil:
		v.report(fmt.Sprintf("%s: want %v, got %s %s", name, w, printedNumber(got), row.Error))
		return
	}
	floor := 1e-9
	if est := row.figures["estimate"]; est != nil {
		floor *= max(1, math.Abs(*est))
	}
	if math.Abs(w) <= floor && math.Abs(*got) <= floor {
		return
	}
	difference := math.Abs(*got-w) / max(math.Abs(w), scale)
	if !(difference <= tolerance) {
		v.report(fmt.Sprintf("%s: want %v, got %v, relative difference %.1e", name, w, *got, difference))
		return
	}
	if difference > v.score.worst {
		v.score.worst, v.score.where = difference, v.place+" "+name
	}
}

func printedNumber(x *float64) string {
	if x == nil {
		return "nothing"
	}
	return fmt.Sprint(*x)
}
