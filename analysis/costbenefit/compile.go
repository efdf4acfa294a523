package costbenefit

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"pediment/analysis"
)

// Compile makes a model of an appraisal that was read without problems. Numbers
// become inputs, lines flows by column, prices those of the price base. What the
// appraisal needs from outside and does not get, and what the guard rails refuse,
// are problems with their positions; what they doubt are warnings of the model,
// which is of use only without problems.
func Compile(a *Appraisal, s Setup) (*Model, analysis.Problems) {
	own := *a
	c := &compiler{
		complaints: complaints{places: a.places}, a: &own, s: s,
		m:        &Model{Appraisal: &own, AsOf: s.AsOf},
		declared: map[string]int{}, set: map[string]bool{}, deflation: None,
	}
	c.currency()
	for i := range own.Assumptions {
		c.assumption(&own.Assumptions[i])
	}
	c.timeline()
	c.settings()
	c.options()
	for i := range own.Lines {
		c.line(&own.Lines[i])
	}
	c.residuals()
	c.funds()
	c.scenarios()
	c.correlations()
	c.settled()
	if len(c.problems) == 0 {
		c.guard()
	}
	return c.m, c.problems.Sorted()
}

// compiler makes a model.
type compiler struct {
	complaints
	a *Appraisal
	s Setup
	m *Model

	declared map[string]int  // inputs by id
	uses     [][]demand      // by input
	set      map[string]bool // ids of Setup.Set that were found

	deflation int // input: the inflation at which nominal lines come to real prices beyond the deflators, None
}

// demand is what a place where an input is used demands of it.
type demand struct {
	field field
	owner string
}

func (c *compiler) warn(about, format string, args ...any) {
	w := analysis.Warning{About: about, Text: fmt.Sprintf(format, args...)}
	if !slices.Contains(c.m.Warnings, w) {
		c.m.Warnings = append(c.m.Warnings, w)
	}
}

// currency settles the appraisal's currency: its own or the city's.
func (c *compiler) currency() {
	or(&c.a.Currency, c.s.Currency)
	if c.a.Currency == "" {
		c.fail(c.a.At, "give currency: EUR, or currency in pediment.yaml", "no currency")
	}
}

// add makes an input, with the value that is tried instead where there is one.
func (c *compiler) add(in Input) int {
	if _, again := c.declared[in.ID]; again {
		c.fail(in.At, "give the assumption another id", "%s is the name of another input", in.ID)
	}
	c.declared[in.ID] = len(c.m.Inputs)
	c.m.Inputs = append(c.m.Inputs, in)
	c.uses = append(c.uses, nil)
	return len(c.m.Inputs) - 1
}

// tried returns the value that is tried instead of the one written for the id.
func (c *compiler) tried(id string) (float64, bool) {
	text, there := c.s.Set[id]
	if !there {
		return 0, false
	}
	c.set[id] = true
	q, hint, ok := parseNumber(text)
	if !ok {
		c.fail(analysis.Position{}, hint, "%s=%s: not a number", id, text)
	}
	return q.value, ok
}

// settled reports values to be tried of which there is no input.
func (c *compiler) settled() {
	for _, id := range slices.Sorted(maps.Keys(c.s.Set)) {
		if !c.set[id] {
			c.fail(analysis.Position{}, c.nearest(id), "no assumption %q to set", id)
		}
	}
}

// nearest suggests an input's id.
func (c *compiler) nearest(id string) string {
	ids := slices.Sorted(maps.Keys(c.declared))
	if hint := analysis.Suggest(id, ids); hint != "" {
		return hint
	}
	return "the ids are in the table assumptions"
}

// number returns the input of a field: a new one for a number, the declared one
// for an assumption, None where nothing is written. The provenance is what the
// owner says about its own numbers.
func (c *compiler) number(owner string, f field, provenance Input) int {
	if !given(f.text) {
		return None
	}
	i := None
	if q, _, ok := parseNumber(f.text.Value); ok {
		i = c.literal(owner, f, q.value, provenance)
	} else {
		found, ok := c.declared[f.text.Value]
		if !ok {
			return None // reading has reported it
		}
		i = found
	}
	c.used(i, owner, f)
	return i
}

// literal makes an input of a number written where it is used.
func (c *compiler) literal(owner string, f field, value float64, in Input) int {
	in.ID = f.key
	if owner != "" {
		in.ID = owner + "." + f.key
	}
	in.Label, in.Unit, in.At = f.label, c.unit(f), f.text.At
	if in.Kind == "line" {
		in.Label = c.lineName(owner) + ": " + f.label
	}
	in.Low, in.High, in.SE = math.NaN(), math.NaN(), math.NaN()
	if x, ok := c.tried(in.ID); ok {
		value, in.Overridden = x, true
	}
	in.Quoted, in.Value = value, value
	if f.unit != money {
		in.PriceYear = 0
	}
	if in.PriceYear != 0 {
		in.Value *= c.factor(in.PriceYear, c.a.PriceBase, in.At)
	}
	return c.add(in)
}

func (c *compiler) unit(f field) string {
	if f.unit == money {
		return c.a.Currency
	}
	return f.unit
}

func (c *compiler) lineName(id string) string {
	for _, l := range c.a.Lines {
		if l.ID == id {
			return l.Name
		}
	}
	return id
}

// used notes where an input is used and checks that it fits there.
func (c *compiler) used(i int, owner string, f field) {
	in := &c.m.Inputs[i]
	name := owner
	if name == "" {
		name = f.key
	}
	if !slices.Contains(in.Used, name) {
		in.Used = append(in.Used, name)
	}
	c.uses[i] = append(c.uses[i], demand{f, owner})
	for _, x := range []float64{in.Value, in.Low, in.High} {
		if !f.rule.admits(x) {
			c.fail(f.text.At, f.rule.hint(x), "%s: %s of %s is not %s", f.key, short(x), in.ID, f.rule)
			return
		}
	}
	if f.unit == money && isCurrency(in.Unit) && in.Unit != c.a.Currency {
		c.fail(f.text.At, "convert it at the rate of the price base's year", "%s is in %s, the appraisal in %s", in.ID, in.Unit, c.a.Currency)
	}
	if f.rule == share && in.Draw.Kind == "normal" && !math.IsNaN(in.Low) {
		if far := 5 * in.Draw.SD; in.Draw.Mean-far < 0 || in.Draw.Mean+far > 1 {
			c.warn(in.ID, "a normal distribution goes beyond 0 and 1, where a %s cannot be; truncated keeps it within", f.label)
		}
	}
}
