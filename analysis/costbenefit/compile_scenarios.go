package costbenefit

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"pediment/analysis"
)

// scenarios settles what each scenario sets. A value is written as that of the
// assumption is, in the prices of its year.
func (c *compiler) scenarios() {
	for i := range c.a.Scenarios {
		s := &c.a.Scenarios[i]
		settings := Settings{Scenario: s, Values: map[int]float64{}}
		for _, id := range slices.Sorted(maps.Keys(s.Set)) {
			text := s.Set[id]
			input, ok := c.declared[id]
			if !ok {
				c.fail(text.At, c.nearest(id), "scenario %s: no assumption %q", s.ID, id)
				continue
			}
			settings.Values[input] = c.scenarioValue(input, text)
		}
		for _, id := range s.Without {
			settings.Without = append(settings.Without, c.stakeholder(id))
		}
		c.m.Scenarios = append(c.m.Scenarios, settings)
	}
}

func (c *compiler) scenarioValue(input int, text analysis.Text) float64 {
	in := c.m.Inputs[input]
	x := numberOf(text)
	if in.PriceYear != 0 && in.PriceYear != c.a.PriceBase {
		x *= c.factor(in.PriceYear, c.a.PriceBase, text.At)
	}
	for _, use := range c.uses[input] {
		if !use.field.rule.admits(x) {
			c.fail(text.At, use.field.rule.hint(x), "%s %s is not %s, as %s of %s must be", in.ID, text.Value, use.field.rule, use.field.key, orWord(use.owner, "the appraisal"))
			break
		}
	}
	return x
}

// correlations checks that what is correlated is drawn, and that all the
// correlations can hold together.
func (c *compiler) correlations() {
	var ids []string
	for _, pair := range c.a.Correlations {
		for _, id := range pair.Between {
			i, ok := c.declared[id]
			if ok && c.m.Inputs[i].Draw.Kind == "" && !c.m.Inputs[i].Overridden {
				c.fail(c.places.of(pair.At, "between"), "give it a distribution", "correlation of %s, which is not drawn", id)
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) < 2 {
		return
	}
	matrix := mat.NewSymDense(len(ids), nil)
	for i := range ids {
		matrix.SetSym(i, i, 1)
	}
	for _, pair := range c.a.Correlations {
		if len(pair.Between) == 2 && pair.Between[0] != pair.Between[1] {
			matrix.SetSym(slices.Index(ids, pair.Between[0]), slices.Index(ids, pair.Between[1]), ofNormals(pair.Correlation))
		}
	}
	c.semidefinite(matrix, ids)
}

// ofNormals is the correlation of two normals whose rank correlation is rank:
// 2 sin(π·rank/6).
func ofNormals(rank float64) float64 { return 2 * math.Sin(math.Pi*rank/6) }

// semidefinite refuses correlations that cannot hold together and names the pair
// that stands most in the way: the one that pulls the smallest eigenvalue down
// most, by ρ_ij·v_i·v_j with v its eigenvector.
func (c *compiler) semidefinite(matrix *mat.SymDense, ids []string) {
	var eigen mat.EigenSym
	if !eigen.Factorize(matrix, true) || eigen.Values(nil)[0] >= -1e-9 {
		return
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	worst, pull := Correlation{}, 0.0
	for _, pair := range c.a.Correlations {
		i, j := slices.Index(ids, pair.Between[0]), slices.Index(ids, pair.Between[1])
		if p := matrix.At(i, j) * vectors.At(i, 0) * vectors.At(j, 0); p < pull {
			worst, pull = pair, p
		}
	}
	if len(worst.Between) == 2 {
		c.failUnder(worst.At, "rank", "weaken this one first", "the correlations cannot hold together: %s and %s at %s", worst.Between[0], worst.Between[1], plain(worst.Correlation))
	}
}
