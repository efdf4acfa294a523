package main

import (
	"math"
	"testing"
)

// The comparison agrees with R's own answers and finds every figure that is
// moved out of its tolerance, or missing.
func TestComparison(t *testing.T) {
	k := readCase(t, referenceFolder+"/city.json")
	agreed := newComparison(nil)
	agreed.compare(k, echo(k))
	for _, failure := range agreed.failures {
		t.Error(failure)
	}
	for n, row := range echo(k) {
		for column := range row.figures {
			if column == "p" || column == "estimate" && row.figures["p"] != nil {
				continue
			}
			moved := echo(k)
			x := *moved[n].figures[column]
			x += .02*math.Abs(x) + 1e-3
			moved[n].figures[column] = &x
			c := newComparison(nil)
			if c.compare(k, moved); len(c.failures) == 0 {
				t.Errorf("%s %s %s: %s moved and nobody noticed", row.ID, row.By, row.Name, column)
			}
		}
	}
	c := newComparison(nil)
	c.compare(k, echo(k)[1:])
	if len(c.failures) == 0 {
		t.Error("a row is missing and nobody noticed")
	}
}

// echo is R's answers as if pediment had given them.
func echo(k referenceCase) (rows []answerRow) {
	for _, r := range k.results {
		if k.refused || r.Error != "" {
			rows = append(rows, answerRow{ID: r.ID, Error: "refused"})
			continue
		}
		figures := func(of map[string]*rNumber) map[string]*float64 {
			kept := map[string]*float64{}
			for column, x := range of {
				if x != nil && !math.IsNaN(float64(*x)) && !math.IsInf(float64(*x), 0) {
					y := float64(*x)
					kept[column] = &y
				}
			}
			return kept
		}
		switch r.Op {
		case "chisq":
			rows = append(rows, answerRow{ID: r.ID, figures: figures(map[string]*rNumber{"statistic": r.Statistic, "p_value": r.PValue})})
		case "weights":
			for name, x := range map[string]*rNumber{"sum": r.Sum, "sum_sq": r.SumSq, "min": r.Min, "max": r.Max, "n": r.N} {
				rows = append(rows, answerRow{ID: r.ID, Name: name, figures: figures(map[string]*rNumber{"estimate": x})})
			}
		}
		for _, w := range r.rows {
			rows = append(rows, echoRow(r, w, figures))
		}
	}
	return rows
}

func echoRow(r referenceResult, w referenceRow, figures func(map[string]*rNumber) map[string]*float64) answerRow {
	row := answerRow{ID: r.ID, Name: w.Name, Var: w.Var, Level: w.Level, By: r.group(w)}
	if w.ClosedForm != nil {
		w.Est, w.SE, w.CI = w.ClosedForm.Est, w.ClosedForm.SE, w.ClosedForm.CI
	}
	of := map[string]*rNumber{"estimate": w.Est, "se": w.SE, "deff": w.Deff, "statistic": w.T, "p_value": w.PT, "df": r.DF}
	if w.DF != nil {
		of["df"] = w.DF
	}
	if r.DFResidual != nil {
		of["df"] = r.DFResidual
	}
	if r.Op == "quantile" {
		of["p"] = w.P
	} else if w.P != nil {
		of["p_value"] = w.P
	}
	ends := w.CIT
	if ends == nil {
		ends = w.CI
	}
	if len(ends) == 2 {
		of["ci_low"], of["ci_high"] = &ends[0], &ends[1]
	}
	row.figures = figures(of)
	return row
}
