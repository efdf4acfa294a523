package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"pediment/analysis"
)

// equitySettings is equity: in pediment.yaml: which groups are compared and how
// they stand to each other.
type equitySettings struct {
	At            analysis.Position
	By            []analysis.Text            `yaml:"by"`            // columns compared; none: those of each indicator that tell people apart
	Ordered       map[string][]analysis.Text `yaml:"ordered"`       // levels of a column from the worst placed to the best placed
	Reference     map[string]analysis.Text   `yaml:"reference"`     // level of a column the others are held against
	Intersections [][]analysis.Text          `yaml:"intersections"` // columns that make groups together
	Indicators    []analysis.Text            `yaml:"indicators"`    // codes; none: all that have a direction
	Need          *equityNeed                `yaml:"need"`          // what spending by place is held against
}

// equityNeed is what says where need is greatest: an indicator by place, or the
// share of a dataset's rows that meet a condition.
type equityNeed struct {
	At        analysis.Position
	Name      string        `yaml:"name"` // in words: "residents without a certificate"
	Indicator analysis.Text `yaml:"indicator"`
	Dataset   analysis.Text `yaml:"dataset"`
	Where     analysis.Text `yaml:"where"`
}

// declared reports whether the city asks for gaps between groups.
func (s equitySettings) declared() bool { return s.At != (analysis.Position{}) }

// breakdowns lists the column sets named anywhere in equity:, in order.
func (s equitySettings) breakdowns() [][]string {
	var sets [][]string
	add := func(set []string) {
		if !slices.ContainsFunc(sets, func(have []string) bool { return slices.Equal(have, set) }) {
			sets = append(sets, set)
		}
	}
	for _, column := range s.By {
		add([]string{column.Value})
	}
	for _, column := range slices.Sorted(maps.Keys(s.Ordered)) {
		add([]string{column})
	}
	for _, column := range slices.Sorted(maps.Keys(s.Reference)) {
		add([]string{column})
	}
	for _, together := range s.Intersections {
		add(texts(together))
	}
	return sets
}

// names reports whether equity: names a breakdown.
func (s equitySettings) names(set []string) bool {
	return slices.ContainsFunc(s.breakdowns(), func(have []string) bool { return slices.Equal(have, set) })
}

// order are the levels of an ordered column, nil for any other.
func (s equitySettings) order(set []string) []string {
	if len(set) != 1 {
		return nil
	}
	return texts(s.Ordered[set[0]])
}

// written is what equity: says, without where it says it.
func (s equitySettings) written() string {
	need := equityNeed{}
	if s.Need != nil {
		need = *s.Need
	}
	return fmt.Sprintf("%v %q %q %q %q %q %q %q %q %q", s.declared(), s.By, s.Ordered, s.Reference, s.Intersections, s.Indicators, need.Name, need.Indicator, need.Dataset, need.Where)
}

func texts(list []analysis.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}

// checkEquity reports what equity: says that cannot be: columns and indicators
// there are not, orders of one level, breakdowns of one column.
func (p *project) checkEquity() analysis.Problems {
	s := p.settings.Equity
	if !s.declared() {
		return nil
	}
	c := &equityCheck{project: p}
	for _, column := range s.By {
		c.column("by", column.At, column.Value)
	}
	for _, column := range slices.Sorted(maps.Keys(s.Ordered)) {
		c.order(column, s.Ordered[column])
	}
	for _, column := range slices.Sorted(maps.Keys(s.Reference)) {
		level := s.Reference[column]
		at := cmp.Or(level.At, s.At)
		c.column("reference", at, column)
		if level.Value == "" {
			c.fail(at, "write reference: {sex: male}", "reference: %s names no group", column)
		}
	}
	for k, set := range s.Intersections {
		c.intersection(k, set)
	}
	for k, code := range s.Indicators {
		c.indicator(k, code)
	}
	if s.Need != nil {
		c.need(*s.Need)
	}
	return c.problems
}

// equityCheck gathers the mistakes of equity:.
type equityCheck struct {
	*project
	problems analysis.Problems
}

func (c *equityCheck) fail(at analysis.Position, hint, format string, args ...any) {
	c.problems = append(c.problems, analysis.Problem{Position: at, Message: "equity: " + fmt.Sprintf(format, args...), Hint: hint})
}

// column wants a column some dataset has.
func (c *equityCheck) column(key string, at analysis.Position, name string) {
	var known []string
	for _, d := range c.datasets {
		known = append(known, slices.Sorted(maps.Keys(d.Columns))...)
		if _, aged := d.Columns["age"]; aged && len(c.settings.Ages) > 0 {
			known = append(known, "age_band")
		}
	}
	switch {
	case name == "person":
		c.fail(at, "break down by something people share", "%s: a breakdown by person would list people one by one", key)
	case !slices.Contains(known, name):
		c.fail(at, analysis.Suggest(name, known), "%s: no dataset has a column %q", key, name)
	}
}

func (c *equityCheck) order(column string, levels []analysis.Text) {
	at := c.settings.Equity.At
	if len(levels) > 0 {
		at = levels[0].At
	}
	c.column("ordered", at, column)
	if len(levels) < 2 {
		c.fail(at, "list its levels from the worst placed to the best placed, as in [low, middle, high]", "ordered: %s needs two levels or more", column)
	}
	for k, level := range levels {
		if slices.ContainsFunc(levels[:k], func(t analysis.Text) bool { return t.Value == level.Value }) {
			c.fail(level.At, "list each level once", "ordered: %s lists %q twice", column, level.Value)
		}
	}
}

func (c *equityCheck) intersection(k int, set []analysis.Text) {
	sets := c.settings.Equity.Intersections
	at := c.settings.Equity.At
	if len(set) > 0 {
		at = set[0].At
	}
	if len(set) < 2 {
		c.fail(at, "write a list of lists: [[sex, age_band]]; one column alone goes under by:", "intersections: groups are made of two columns or more")
	}
	for j, column := range set {
		c.column("intersections", column.At, column.Value)
		if slices.Contains(texts(set[:j]), column.Value) {
			c.fail(column.At, "name each column once", "intersections: %q stands twice in one", column.Value)
		}
	}
	if slices.ContainsFunc(sets[:k], func(have []analysis.Text) bool { return sameTexts(have, set) }) {
		c.fail(at, "remove one of the two", "intersections: the same columns are given twice")
	}
}

// sameTexts reports whether two lists hold the same texts in any order.
func sameTexts(a, b []analysis.Text) bool {
	return slices.Equal(slices.Sorted(slices.Values(texts(a))), slices.Sorted(slices.Values(texts(b))))
}

func (c *equityCheck) indicator(k int, code analysis.Text) {
	i, known := c.catalogue.Find(code.Value)
	switch {
	case !known:
		c.fail(code.At, cmp.Or(analysis.Suggest(code.Value, c.catalogue.Codes()), "list them with: pediment check"), "indicators: no indicator %q", code.Value)
	case uncomparable(i) != "":
		c.fail(code.At, "name a ratio or mean with better: higher or lower", "indicators: groups cannot be compared by %s: %s", code.Value, uncomparable(i))
	case slices.Contains(texts(c.settings.Equity.Indicators[:k]), code.Value):
		c.fail(code.At, "name each once", "indicators: %q stands twice", code.Value)
	}
}

func (c *equityCheck) need(n equityNeed) {
	switch {
	case (n.Indicator.Value == "") == (n.Dataset.Value == ""):
		c.fail(n.At, "write need: {indicator: CODE}, or need: {dataset: residents_survey, where: \"income_band = 'low'\", name: residents on a low income}", "need: give an indicator or a dataset, one of the two")
	case n.Indicator.Value != "":
		if i, known := c.catalogue.Find(n.Indicator.Value); !known {
			c.fail(n.Indicator.At, cmp.Or(analysis.Suggest(n.Indicator.Value, c.catalogue.Codes()), "list them with: pediment check"), "need: no indicator %q", n.Indicator.Value)
		} else if uncomparable(i) != "" {
			c.fail(n.Indicator.At, "name a ratio or mean with better: higher or lower", "need: places cannot be put in order by %s: %s", i.Code, uncomparable(i))
		}
		if n.Where.Value != "" {
			c.fail(n.Where.At, "remove it, or name a dataset instead of the indicator", "need: where goes with a dataset")
		}
	case n.Where.Value == "":
		c.fail(n.At, "say which rows are in need, as in where: \"income_band = 'low'\"", "need: where is missing")
	case n.Name == "":
		c.fail(n.At, "add what the rows stand for, as in name: residents on a low income", "need: name is missing")
	}
	if n.Dataset.Value != "" {
		c.needDataset(n)
	}
}

// needDataset wants a dataset, or the relation it feeds, whose rows say where.
func (c *equityCheck) needDataset(n equityNeed) {
	var names []string
	for _, d := range c.datasets {
		if d.Relation() == n.Dataset.Value || d.Name == n.Dataset.Value {
			if _, ok := d.Columns["place"]; !ok {
				c.fail(n.Dataset.At, "name one whose rows have a place", "need: %s has no column place", n.Dataset.Value)
			}
			return
		}
		names = append(names, d.Relation())
	}
	c.fail(n.Dataset.At, analysis.Suggest(n.Dataset.Value, names), "need: no dataset %q", n.Dataset.Value)
}
