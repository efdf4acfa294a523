package composite

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// factor is one thing the simulation varies. set takes a number from 0 to 1.
type factor struct {
	key, name string // key is how it is declared
	text      string // between what it varies
	set       func(u float64, c *choice)
	fixed     string // why it cannot vary, "" where it does
}

const defaultNoise = 0.25

// factors lists what varies and what does not. What was declared and cannot vary
// is a mistake.
func (m *model) factors() (varied, fixed []factor, problems analysis.Problems) {
	v := m.setup.Vary
	if !v.Declared {
		v = m.everything()
	}
	all := []factor{m.varyInputs(v), m.varyNormalise(v), m.varyWeights(v), m.varyAggregate(v), m.varyImpute(v), m.varyOutliers(v), m.varyLeaveOut(v)}
	for _, f := range all {
		if f.fixed == "" && f.set != nil && !m.moves(f) {
			f.fixed = "it changes no score"
		}
		switch {
		case f.fixed == "" && f.set != nil:
			varied = append(varied, f)
			continue
		case f.set != nil && v.Declared:
			problems = append(problems, analysis.Problem{
				Position: v.At, Message: fmt.Sprintf("vary: %s cannot vary: %s", f.key, f.fixed),
				Hint: "remove " + f.key + ", so that nobody thinks it was varied",
			})
		case f.fixed == "":
			f.fixed = "not asked for"
		}
		fixed = append(fixed, f)
	}
	if len(varied) == 0 && len(problems) == 0 {
		problems = append(problems, analysis.Problem{
			Position: v.At, Message: "vary: nothing varies, and ranks are not shown without how sure they are",
			Hint: "leave vary out to vary all that can",
		})
	}
	return varied, fixed, problems
}

// everything is what varies where nothing is declared.
func (m *model) everything() Vary {
	return Vary{
		Normalise: []Normalisation{MinMax, ZScore, ByRank}, Aggregate: []Mean{Arithmetic, Geometric},
		Impute: []Imputation{NoImputation, FromMedian}, Outliers: true, Weights: defaultNoise, LeaveOut: true, Inputs: true,
	}
}

// moves reports whether a factor alone changes any score of an indicator, a group
// or the index.
func (m *model) moves(f factor) bool {
	const probes = 16
	base, w := m.newRoom(), m.newRoom()
	m.evaluate(m.declared(), base)
	for k := range probes {
		c := m.declared()
		f.set((float64(k)+.5)/probes, &c)
		m.prepare(c)
		m.evaluate(c, w)
		if differ(base.scores, w.scores) || differ(base.nodes, w.nodes) {
			return true
		}
	}
	return false
}

// differ reports whether any number differs; what is missing in both does not.
func differ(a, b [][]float64) bool {
	for k := range a {
		for i, x := range a[k] {
			if y := b[k][i]; x != y && !(math.IsNaN(x) && math.IsNaN(y)) {
				return true
			}
		}
	}
	return false
}

// pick is the place in a list of n that u stands for.
func pick(u float64, n int) int { return min(int(u*float64(n)), n-1) }

// seed makes a seed, never 0, of a number from 0 to 1.
func seed(u float64) uint64 { return math.Float64bits(u) | 1<<63 }

func (m *model) varyInputs(v Vary) factor {
	f := factor{key: "inputs", name: "sampling errors", text: "every value within its standard error, independently"}
	if v.Inputs {
		f.set = func(u float64, c *choice) { c.inputs = seed(u) }
	}
	if !slices.ContainsFunc(m.data[m.setup.Impute].se, uncertain) {
		f.fixed = "no value has a stated error"
	}
	return f
}

func (m *model) varyNormalise(v Vary) factor {
	f := factor{key: "normalise", name: "scale (normalisation)"}
	options := []Normalisation{m.setup.Normalise}
	for _, one := range v.Normalise {
		if !slices.Contains(options, one) {
			options = append(options, one)
		}
	}
	f.text = words(options)
	if len(v.Normalise) > 0 {
		f.set = func(u float64, c *choice) { c.normalise = options[pick(u, len(options))] }
		m.prepareAll(f, len(options))
	}
	if len(options) < 2 {
		f.fixed = "there is only " + f.text
	}
	return f
}

func (m *model) varyAggregate(v Vary) factor {
	f := factor{key: "aggregate", name: "mean (aggregation)"}
	options := [][]Mean{m.setup.Aggregate}
	for _, one := range v.Aggregate {
		if m.differs(one) {
			options = append(options, []Mean{one})
		}
	}
	names := make([]string, len(options))
	for k, one := range options {
		names[k] = inTurn(one)
	}
	f.text = strings.Join(names, ", ")
	if len(v.Aggregate) > 0 {
		f.set = func(u float64, c *choice) { c.aggregate = options[pick(u, len(options))] }
	}
	if len(options) < 2 {
		f.fixed = "there is only " + f.text
	}
	return f
}

// differs reports whether the mean everywhere is another index than declared.
func (m *model) differs(one Mean) bool {
	return slices.ContainsFunc(m.branches, func(b branch) bool { return meanAt(m.setup.Aggregate, b.height) != one })
}

func (m *model) varyImpute(v Vary) factor {
	f := factor{key: "impute", name: "filling of gaps"}
	options := []Imputation{m.setup.Impute}
	for _, one := range v.Impute {
		if !slices.Contains(options, one) {
			options = append(options, one)
		}
	}
	f.text = words(options)
	switch {
	case m.complete():
		f.fixed = "no value is missing"
	case len(options) < 2:
		f.fixed = "there is only " + words(options)
	}
	if len(v.Impute) > 0 {
		f.set = func(u float64, c *choice) { c.impute = options[pick(u, len(options))] }
		m.prepareAll(f, len(options))
	}
	return f
}

// complete reports whether every cell was measured.
func (m *model) complete() bool {
	for _, r := range m.rows {
		for _, i := range m.screened.indicators {
			if m.panel.at(r.period, r.unit, i).source != measured {
				return false
			}
		}
	}
	return true
}

func (m *model) varyOutliers(v Vary) factor {
	f := factor{key: "outliers", name: "treatment of outliers", text: "treated, left as they are"}
	if v.Outliers {
		f.set = func(u float64, c *choice) { c.treat = u < .5 }
		m.prepareAll(f, 2)
	}
	if !slices.ContainsFunc(m.data[m.setup.Impute].treatments, func(t Treatment) bool { return !t.none() }) {
		f.fixed = "no indicator has outliers to treat"
	}
	return f
}

func (m *model) varyWeights(v Vary) factor {
	f := factor{key: "weights", name: "weights", text: fmt.Sprintf("each up to %.0f %% more or less", 100*v.Weights)}
	if v.Weights > 0 {
		f.set = func(u float64, c *choice) { c.weights, c.noise = seed(u), v.Weights }
	}
	if !slices.ContainsFunc(m.branches, func(b branch) bool { return len(b.weights) > 1 }) {
		f.fixed = "no group has two members"
	}
	return f
}

func (m *model) varyLeaveOut(v Vary) factor {
	f := factor{key: "leave_out", name: "an indicator left out", text: "none, or any one"}
	n := len(m.inputs)
	if v.LeaveOut {
		f.set = func(u float64, c *choice) { c.leaveOut = pick(u, n+1) - 1 }
	}
	if n < 2 {
		f.fixed = "there is only one indicator"
	}
	return f
}

// prepareAll prepares the choices a factor with n options can make, on top of
// those that are prepared.
func (m *model) prepareAll(f factor, n int) {
	var made []choice
	for how, d := range m.data {
		for scaling := range d.scores {
			c := m.declared()
			c.impute, c.scaling = how, scaling
			made = append(made, c)
		}
	}
	for _, c := range made {
		for k := range n {
			f.set((float64(k)+.5)/float64(n), &c)
			m.prepare(c)
		}
	}
}

// inTurn joins the means of levels, the lowest first.
func inTurn(means []Mean) string { return strings.ReplaceAll(words(means), ", ", " then ") }

// words joins options for people.
func words[T ~string](options []T) string {
	list := make([]string, len(options))
	for k, one := range options {
		list[k] = string(one)
	}
	return strings.Join(list, ", ")
}
