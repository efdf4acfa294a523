package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/composite"
)

// indexSettings is index: in pediment.yaml.
type indexSettings struct {
	At         analysis.Position
	Title      string                   `yaml:"title"`
	Units      analysis.Text            `yaml:"units"`      // places (usual) or cities
	Kind       analysis.Text            `yaml:"kind"`       // of places, where places.csv has several
	Cities     analysis.Text            `yaml:"cities"`     // file of other cities' values
	Without    []analysis.Text          `yaml:"without"`    // codes of places, or cities, left out
	Indicators []analysis.Text          `yaml:"indicators"` // none: all rates with a direction and values by place
	Better     map[string]analysis.Text `yaml:"better"`     // direction, where the indicator's own is not to be used
	Targets    map[string]float64       `yaml:"targets"`
	Goalposts  map[string]struct {
		At   analysis.Position
		Low  float64 `yaml:"low"`
		High float64 `yaml:"high"`
	} `yaml:"goalposts"`
	Tree      []indexGroup `yaml:"tree"` // none: the framework's areas
	Screening struct {
		Units      *float64 `yaml:"units"`
		Indicators *float64 `yaml:"indicators"`
	} `yaml:"screening"`
	Impute           analysis.Text      `yaml:"impute"`
	Outliers         analysis.Text      `yaml:"outliers"`  // treat (usual) or none
	Winsorise        int                `yaml:"winsorise"` // most values drawn in
	Normalise        analysis.Text      `yaml:"normalise"`
	Weights          analysis.Text      `yaml:"weights"`
	IndicatorWeights map[string]float64 `yaml:"indicator_weights"`
	Aggregate        []analysis.Text    `yaml:"aggregate"` // from the lowest level up
	Periods          []analysis.Text    `yaml:"periods"`
	Draws            int                `yaml:"draws"`
	Seed             int64              `yaml:"seed"`
	Vary             struct {
		At        analysis.Position
		Normalise []analysis.Text `yaml:"normalise"`
		Aggregate []analysis.Text `yaml:"aggregate"`
		Impute    []analysis.Text `yaml:"impute"`
		Outliers  bool            `yaml:"outliers"`
		Weights   float64         `yaml:"weights"`
		LeaveOut  bool            `yaml:"leave_out"`
		Inputs    bool            `yaml:"inputs"`
	} `yaml:"vary"`
}

// indexGroup is a group of the index's tree.
type indexGroup struct {
	At         analysis.Position
	Code       string          `yaml:"code"`
	Name       string          `yaml:"name"`
	Weight     *float64        `yaml:"weight"`
	Indicators []analysis.Text `yaml:"indicators"`
	Groups     []indexGroup    `yaml:"groups"`
}

func (s indexSettings) declared() bool { return s.At.Line > 0 }
func (s indexSettings) ofCities() bool { return s.Units.Value == "cities" }

// method is the setup without observations.
func (s indexSettings) method() composite.Setup {
	v := s.Vary
	return composite.Setup{
		At: s.At, Without: valuesOf[string](s.Without), Draws: s.Draws, Seed: s.Seed,
		Screening: composite.Screening{Units: orShare(s.Screening.Units), Indicators: orShare(s.Screening.Indicators)},
		Impute:    composite.Imputation(s.Impute.Value), Normalise: composite.Normalisation(s.Normalise.Value),
		Outliers: composite.Outliers{Off: s.Outliers.Value == "none", Points: s.Winsorise},
		Weights:  composite.Weighting(s.Weights.Value), Aggregate: valuesOf[composite.Mean](s.Aggregate),
		Vary: composite.Vary{
			Declared: v.At.Line > 0, At: v.At, Outliers: v.Outliers, Weights: v.Weights, LeaveOut: v.LeaveOut, Inputs: v.Inputs,
			Normalise: valuesOf[composite.Normalisation](v.Normalise), Aggregate: valuesOf[composite.Mean](v.Aggregate),
			Impute: valuesOf[composite.Imputation](v.Impute),
		},
	}
}

// leastShare is the share of indicators or units that must be there where nothing
// is declared.
const leastShare = 0.8

func orShare(declared *float64) float64 {
	if declared == nil {
		return leastShare
	}
	return *declared
}

func valuesOf[T ~string](texts []analysis.Text) []T {
	var list []T
	for _, t := range texts {
		list = append(list, T(t.Value))
	}
	return list
}

// tree is the tree as declared.
func (s indexSettings) tree() composite.Node {
	root := composite.Node{Code: "index", Name: "Index"}
	for _, g := range s.Tree {
		root.Groups = append(root.Groups, s.node(g))
	}
	return root
}

func (s indexSettings) node(g indexGroup) composite.Node {
	n := composite.Node{Code: g.Code, Name: g.Name}
	if g.Weight != nil {
		n.Weight = *g.Weight
	}
	if n.Name == "" {
		n.Name = g.Code
	}
	for _, t := range g.Indicators {
		n.Indicators = append(n.Indicators, composite.Leaf{Code: t.Value, Weight: s.IndicatorWeights[t.Value]})
	}
	for _, child := range g.Groups {
		n.Groups = append(n.Groups, s.node(child))
	}
	return n
}

// indicator is how an indicator goes into the index.
func (p *project) indexIndicator(code string) composite.Indicator {
	s := p.settings.Index
	entry, _ := p.catalogue.Find(code)
	i := composite.Indicator{Code: code, Name: entry.Name, Unit: entry.Unit, Better: entry.Better, Target: math.NaN()}
	if own, ok := s.Better[code]; ok {
		i.Better = own.Value
	}
	if target, ok := s.Targets[code]; ok {
		i.Target, i.HasTarget = target, true
	}
	if posts, ok := s.Goalposts[code]; ok {
		i.Low, i.High, i.HasGoalposts = posts.Low, posts.High, true
	}
	return i
}

// checkIndex finds the mistakes of index: that need no data.
func (p *project) checkIndex() analysis.Problems {
	s := p.settings.Index
	if !s.declared() {
		return nil
	}
	c := indexCheck{project: p}
	c.word("units", s.Units, "places", "cities")
	c.word("outliers", s.Outliers, "treat", "none")
	c.word("impute", s.Impute, wordsOf(composite.Imputations())...)
	c.word("normalise", s.Normalise, wordsOf(composite.Normalisations())...)
	c.word("weights", s.Weights, wordsOf(composite.Weightings())...)
	c.words("aggregate", s.Aggregate, wordsOf(composite.Means())...)
	c.words("vary: normalise", s.Vary.Normalise, wordsOf(composite.Normalisations())...)
	c.words("vary: aggregate", s.Vary.Aggregate, wordsOf(composite.Means())...)
	c.words("vary: impute", s.Vary.Impute, wordsOf(composite.Imputations())...)
	c.codes(s)
	c.periods(s)
	c.weights(s)
	if s.ofCities() != (s.Cities.Value != "") {
		c.fail(s.At, "write units: cities and cities: FILE together", "an index of cities needs the file of the other cities' values, and only that")
	}
	if s.Winsorise < 0 || s.Draws < 0 {
		c.fail(s.At, "leave them out for 5 and 1000", "winsorise and draws cannot be less than 0")
	}
	if s.Draws > composite.MostDraws {
		c.fail(s.At, "write 1000, or leave it out", "draws: %d are more than %d, which say nothing more", s.Draws, composite.MostDraws)
	}
	return c.problems
}

// indexCheck gathers mistakes.
type indexCheck struct {
	project  *project
	problems analysis.Problems
}

func (c *indexCheck) fail(at analysis.Position, hint, format string, args ...any) {
	c.problems = append(c.problems, analysis.Problem{Position: at, Message: "index: " + fmt.Sprintf(format, args...), Hint: hint})
}

func wordsOf[T ~string](list []T) []string {
	out := make([]string, len(list))
	for k, one := range list {
		out[k] = string(one)
	}
	return out
}

func (c *indexCheck) word(key string, t analysis.Text, known ...string) {
	if t.Value == "" || slices.Contains(known, t.Value) {
		return
	}
	hint := analysis.Suggest(t.Value, known)
	if hint == "" {
		hint = "write " + strings.Join(known, ", ")
	}
	c.fail(t.At, hint, "%s: %q is not known", key, t.Value)
}

func (c *indexCheck) words(key string, texts []analysis.Text, known ...string) {
	for _, t := range texts {
		c.word(key, t, known...)
	}
}

// codes checks that every indicator named is one of the catalogue.
func (c *indexCheck) codes(s indexSettings) {
	known := c.project.catalogue.Codes()
	one := func(key string, t analysis.Text) {
		if !slices.Contains(known, t.Value) {
			c.fail(t.At, analysis.Suggest(t.Value, known), "%s: there is no indicator %q", key, t.Value)
		}
	}
	for _, t := range s.Indicators {
		one("indicators", t)
	}
	var groups func(list []indexGroup)
	groups = func(list []indexGroup) {
		for _, g := range list {
			if g.Code == "" {
				c.fail(s.At, "give each group a short code", "tree: a group has no code")
			}
			for _, t := range g.Indicators {
				one("tree", t)
			}
			groups(g.Groups)
		}
	}
	groups(s.Tree)
	for _, key := range slices.Sorted(maps.Keys(s.Better)) {
		one("better", analysis.Text{Value: key, At: s.Better[key].At})
		c.word("better", s.Better[key], "higher", "lower", "target")
	}
	for _, key := range slices.Sorted(maps.Keys(s.Targets)) {
		one("targets", analysis.Text{Value: key, At: s.At})
	}
	for _, key := range slices.Sorted(maps.Keys(s.Goalposts)) {
		one("goalposts", analysis.Text{Value: key, At: s.Goalposts[key].At})
	}
	for _, key := range slices.Sorted(maps.Keys(s.IndicatorWeights)) {
		one("indicator_weights", analysis.Text{Value: key, At: s.At})
	}
}

func (c *indexCheck) periods(s indexSettings) {
	for _, t := range s.Periods {
		if _, err := c.project.calendar.ParsePeriod(t.Value); err != nil {
			c.fail(t.At, "", "periods: %v", err)
		}
	}
}

// weights checks that weights stand where they are used, and above 0.
func (c *indexCheck) weights(s indexSettings) {
	given := false
	one := func(at analysis.Position, of string, weight float64) {
		given = true
		if !(weight > 0) || math.IsInf(weight, 1) {
			c.fail(at, "leave a group or an indicator out rather than weigh it 0", "%s: weights must be above 0", of)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(s.IndicatorWeights)) {
		one(s.At, code, s.IndicatorWeights[code])
	}
	var groups func(list []indexGroup)
	groups = func(list []indexGroup) {
		for _, g := range list {
			if g.Weight != nil {
				one(g.At, g.Code, *g.Weight)
			}
			groups(g.Groups)
		}
	}
	groups(s.Tree)
	switch {
	case given && s.Weights.Value != string(composite.Given):
		c.fail(s.At, "write weights: given, or remove them", "weights are declared but not used")
	case !given && s.Weights.Value == string(composite.Given):
		c.fail(s.At, "write weight: in the groups of tree, or indicator_weights:", "weights: given, but none is declared")
	}
}
