package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// rNumber is a number of R's: "NA", "NaN", "Inf" and "-Inf" are texts.
type rNumber float64

func (n *rNumber) UnmarshalJSON(text []byte) error {
	word := strings.Trim(string(text), `"`)
	if word == "NA" {
		word = "NaN"
	}
	x, err := strconv.ParseFloat(word, 64)
	*n = rNumber(x)
	return err
}

// A score counts the results compared and how they came out.
type score struct {
	compared, agreeing, explained, figures int
	worst                                  float64 // relative difference of a figure that agrees
	where                                  string
}

func (s score) unexplained() int { return s.compared - s.agreeing - s.explained }

// comparison holds answers against R's, figure by figure.
type comparison struct {
	explained map[string]string
	scores    map[string]*score // by op
	failures  []string
}

func newComparison(explained map[string]string) *comparison {
	return &comparison{explained: explained, scores: map[string]*score{}}
}

func (c *comparison) takeFailures() []string {
	failures := c.failures
	c.failures = nil
	return failures
}

func (c *comparison) total() (sum score) {
	for _, s := range c.scores {
		sum.compared += s.compared
		sum.agreeing += s.agreeing
		sum.explained += s.explained
		sum.figures += s.figures
	}
	return sum
}

// summary is a table of the scores.
func (c *comparison) summary() string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "op\tcompared\tagree\texplained\tunexplained\tfigures\tworst relative difference")
	line := func(op string, s score) {
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%.1e %s\n", op, s.compared, s.agreeing, s.explained, s.unexplained(), s.figures, s.worst, s.where)
	}
	for _, op := range slices.Sorted(maps.Keys(c.scores)) {
		line(op, *c.scores[op])
	}
	line("all", c.total())
	table.Flush()
	return text.String()
}

// compare holds a case's answers against R's.
func (c *comparison) compare(k referenceCase, answers []answerRow) {
	byID := map[string][]answerRow{}
	for _, row := range answers {
		byID[row.ID] = append(byID[row.ID], row)
	}
	for _, r := range k.results {
		if c.scores[r.Op] == nil {
			c.scores[r.Op] = &score{}
		}
		s, before := c.scores[r.Op], len(c.failures)
		s.compared++
		v := &verdict{comparison: c, score: s, k: k, r: r, place: k.name + " " + r.ID}
		v.judge(byID[r.ID])
		why := c.explained[k.name+"/"+r.ID]
		switch {
		case len(c.failures) == before:
			s.agreeing++
		case why != "":
			s.explained++
			c.failures = c.failures[:before]
		}
	}
}

// verdict is the comparison of one result.
type verdict struct {
	*comparison
	score *score
	k     referenceCase
	r     referenceResult
	place string // case, id and row
}

func (v *verdict) judge(got []answerRow) {
	switch {
	case len(got) == 0:
		v.report("no answer")
	case v.k.refused || v.r.Error != "":
		v.judgeRefusal(got)
	case got[0].Error != "" && len(got) == 1:
		if v.r.known() {
			v.report("refused: " + got[0].Error)
		}
	case v.r.Op == "chisq":
		v.figure("statistic", v.r.Statistic, got[0], "statistic", v.tolerance("t"), 1)
		v.figure("p_value", v.r.PValue, got[0], "p_value", v.tolerance("p"), 0)
	case v.r.Op == "weights":
		v.judgeWeights(got)
	default:
		v.judgeRows(got)
	}
}

func (v *verdict) report(what string) {
	v.failures = append(v.failures, v.place+": "+what)
}

// known reports whether R's answer has any figure: what has none may be refused.
func (r referenceResult) known() bool {
	if r.Op == "chisq" {
		return !math.IsNaN(float64(*r.PValue))
	}
	return r.Op == "weights" || slices.ContainsFunc(r.rows, func(w referenceRow) bool {
		df := r.DF
		if w.DF != nil {
			df = w.DF
		}
		return w.Est != nil && !math.IsNaN(float64(*w.Est)) && !nothing(w, df)
	})
}

// judgeRefusal: what R refuses is refused, but a share of 0 or 1 may have its
// estimate without an interval.
func (v *verdict) judgeRefusal(got []answerRow) {
	for _, row := range got {
		without := row.figures["ci_low"] == nil && row.figures["ci_high"] == nil
		if row.Error == "" && !(v.r.Op == "ciprop" && !v.k.refused && without) {
			v.report("answered, but R refuses")
		}
	}
}

func (v *verdict) judgeWeights(got []answerRow) {
	place := v.place
	for name, want := range map[string]*rNumber{"sum": v.r.Sum, "sum_sq": v.r.SumSq, "min": v.r.Min, "max": v.r.Max, "n": v.r.N} {
		v.place = place + " " + name
		k := slices.IndexFunc(got, func(row answerRow) bool { return row.Name == name })
		if k < 0 {
			v.report("no such row")
			continue
		}
		tolerance := 1e-9
		if v.k.loose && name != "sum" {
			tolerance = 1e-7
		}
		v.figure("est", want, got[k], "estimate", tolerance, 0)
	}
}

func (v *verdict) judgeRows(got []answerRow) {
	place, left := v.place, slices.Clone(got)
	for _, want := range v.r.rows {
		v.place = place + " " + want.label()
		k := v.find(want, left, len(left) == len(got) || len(got) == len(v.r.rows))
		if k < 0 {
			if want.counts() {
				v.report("no such row")
			}
			continue
		}
		v.judgeRow(want, left[k])
		left = slices.Delete(left, k, k+1)
	}
	v.place = place
	for _, row := range left {
		if row.figures["estimate"] != nil {
			v.report(fmt.Sprintf("row %s %s that R does not have", row.By, row.Name))
		}
	}
}

// counts: a row for a cell without weight may be left out.
func (w referenceRow) counts() bool {
	return w.Est != nil && !math.IsNaN(float64(*w.Est)) && !(*w.Est == 0 && w.SE == nil)
}

func (w referenceRow) label() string {
	var parts []string
	for _, column := range slices.Sorted(maps.Keys(w.By)) {
		parts = append(parts, column+"="+w.By[column])
	}
	if w.P != nil && w.Name == "" {
		parts = append(parts, fmt.Sprint(*w.P))
	}
	return strings.Join(append(parts, w.Name), " ")
}

// find finds the row of the same group, share and name; failing the name, as R
// names some figures in ways of its own, the first of the same group and share.
func (v *verdict) find(want referenceRow, rows []answerRow, inOrder bool) int {
	group := v.r.group(want)
	alike := func(row answerRow) bool {
		if want.By != nil && row.By != group {
			return false
		}
		p := row.figures["p"]
		return v.r.Op != "quantile" || p != nil && *p == float64(*want.P)
	}
	k := slices.IndexFunc(rows, func(row answerRow) bool {
		if want.Var != "" {
			return alike(row) && row.Var == want.Var && row.Level == want.Level
		}
		return alike(row) && row.Name == want.Name
	})
	if k < 0 && inOrder {
		k = slices.IndexFunc(rows, alike)
	}
	return k
}
