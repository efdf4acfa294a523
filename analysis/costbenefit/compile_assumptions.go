package costbenefit

import (
	"errors"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// assumption makes the input of a declared assumption.
func (c *compiler) assumption(x *Assumption) {
	in := Input{
		ID: x.ID, Label: x.Label, Unit: x.unit(), Kind: "declared", Value: x.number("value"),
		Low: x.number("low"), High: x.number("high"), SE: math.NaN(),
		PriceYear: x.PriceYear, Source: x.Source, Page: x.Page, Date: x.Date, Grade: x.Grade,
		Owner: x.Owner, Reviewer: x.Reviewer, Review: x.Review, Changed: x.Changed, Note: x.Note, At: x.At,
	}
	var sampled bool // measured, with a standard error
	switch {
	case given(x.Preset):
		c.fromPreset(x, &in)
	case x.Indicator != nil:
		sampled = c.measured(x, &in, "indicator", func() (Value, error) { return c.s.indicator(*x.Indicator) })
	case x.Population != nil:
		sampled = c.measured(x, &in, "population", func() (Value, error) { return c.s.residents(*x.Population) })
	}
	if x.Distribution == "discrete" && !given(x.Value) {
		in.Value = expectation(x.Values, x.Probabilities)
	}
	if in.PriceYear == c.a.PriceBase {
		in.PriceYear = 0
	}
	if got, ok := c.tried(x.ID); ok {
		in.Value, in.Overridden = got, true
	}
	switch {
	case in.Overridden:
		c.warn(in.ID, "set to %s instead of what the file says, and not drawn", c.s.Set[x.ID])
	case x.Distribution != "":
		in.Draw = x.draw(&in)
	case sampled:
		in.Draw = sampling(x, &in)
	case !math.IsNaN(in.Low) && in.Kind != "indicator":
		c.warn(in.ID, "it has a range but no distribution: it is varied by itself, not in the simulation")
	}
	c.inside(x, in)
	in.Quoted = in.Value
	c.uprate(x, &in)
	c.add(in)
}

// inside checks what reading could not: a value that came from elsewhere.
func (c *compiler) inside(x *Assumption, in Input) {
	if in.Value < in.Low || in.Value > in.High {
		if !in.Overridden && !given(x.Value) {
			c.fail(x.At, "", "the value %s of %s is not between low %s and high %s", short(in.Value), x.ID, short(in.Low), short(in.High))
		}
	}
}

func expectation(values, probabilities []float64) float64 {
	sum := 0.0
	for i, v := range values {
		if i < len(probabilities) {
			sum += v * probabilities[i]
		}
	}
	return sum
}

// uprate brings an amount of money to the price base, with all that is known of
// its spread.
func (c *compiler) uprate(x *Assumption, in *Input) {
	if in.PriceYear == 0 {
		return
	}
	k := c.factor(in.PriceYear, c.a.PriceBase, c.places.of(x.At, "price_year"))
	d := &in.Draw
	for _, amount := range []*float64{&in.Value, &in.Low, &in.High, &in.SE, &d.Mean, &d.SD, &d.Low, &d.Mode, &d.High} {
		*amount *= k
	}
	if d.Values != nil {
		uprated := make([]float64, len(d.Values))
		for i, v := range d.Values {
			uprated[i] = v * k
		}
		d.Values = uprated
	}
}

// fromPreset takes a published value; what the assumption says itself goes first.
func (c *compiler) fromPreset(x *Assumption, in *Input) {
	p, ok := presetNamed(x.Preset.Value)
	if !ok {
		return
	}
	in.Kind, in.Value = "preset", numberOf(p.Value)
	if math.IsNaN(in.Low) && given(p.Low) {
		in.Low, in.High = numberOf(p.Low), numberOf(p.High)
	}
	source, note := p.provenance()
	or(&in.Source, source)
	or(&in.Date, p.Date)
	or(&in.Unit, p.Unit)
	in.Note = joined(in.Note, note)
	if in.PriceYear == 0 {
		in.PriceYear = p.PriceYear
	}
	if !p.Verified {
		c.warn(x.ID, "the preset %s was not verified in a public copy of its source", p.Name)
	}
}

var errNotAvailable = errors.New("no measured values are at hand here")

func (s Setup) indicator(link IndicatorLink) (Value, error) {
	if s.Indicator == nil {
		return Value{}, errNotAvailable
	}
	return s.Indicator(link)
}

func (s Setup) residents(r Residents) (Value, error) {
	if s.Residents == nil {
		return Value{}, errNotAvailable
	}
	return s.Residents(r)
}

// measured takes a value from the city's data and reports whether it has a
// sampling error.
func (c *compiler) measured(x *Assumption, in *Input, kind string, ask func() (Value, error)) bool {
	v, err := ask()
	switch {
	case err != nil:
		c.refused(x, kind, err)
		return false
	case math.IsNaN(v.Estimate.Value) || math.IsInf(v.Estimate.Value, 0):
		c.failUnder(x.At, kind, "", "%s: there is no value", x.ID)
		return false
	}
	in.Kind, in.Value, in.SE = kind, v.Estimate.Value, v.SE
	if v.Unit == "percent" {
		v.Unit = "share"
	}
	or(&in.Unit, v.Unit)
	or(&in.Source, v.Source)
	in.Note = joined(in.Note, v.Label)
	if v.ErrorUnknown {
		c.warn(x.ID, "its sampling error is unknown: it is not drawn")
	}
	sampled := v.SE > 0 && !math.IsInf(v.SE, 0)
	if sampled && math.IsNaN(in.Low) {
		in.Low, in.High = v.Estimate.Value-z95*v.SE, v.Estimate.Value+z95*v.SE
		if v.Low < v.Estimate.Value && v.Estimate.Value < v.High {
			in.Low, in.High = v.Low, v.High
		}
	}
	return sampled
}

// refused turns an answer of what was asked into a problem at the assumption. One
// that comes with positions of its own keeps its hint.
func (c *compiler) refused(x *Assumption, kind string, err error) {
	var problem analysis.Problem
	if errors.As(err, &problem) {
		c.failUnder(x.At, kind, problem.Hint, "%s: %s", x.ID, problem.Message)
		return
	}
	c.failUnder(x.At, kind, "", "%s: %s", x.ID, err)
}

// z95 is the normal quantile of a 95 % interval.
const z95 = 1.959963984540054

// sampling is the distribution of a measured value: normal, and for a level kept
// where a level can be.
func sampling(x *Assumption, in *Input) Distribution {
	d := Distribution{Kind: "normal", Mean: in.Value, Mode: in.Value, SD: in.SE, Low: math.Inf(-1), High: math.Inf(1)}
	level := x.Indicator == nil || x.Indicator.Since == ""
	if level && in.Value >= 0 {
		d.Kind, d.Low = "truncated", 0
		in.Low = max(in.Low, 0)
		if in.Unit == "share" && in.Value <= 1 {
			d.High = 1
			in.High = min(in.High, 1)
		}
	}
	return d
}

// draw is the distribution an assumption declares, and the range of its one-way
// test where none is written: 95 % of a normal, all of what is discrete.
func (x *Assumption) draw(in *Input) Distribution {
	d := Distribution{
		Kind: x.Distribution, Mean: in.Value, Mode: in.Value, SD: x.number("sd"), Low: in.Low, High: in.High,
		Alpha: x.number("alpha"), Beta: x.number("beta"), Values: x.Values, Probabilities: x.Probabilities,
	}
	switch d.Kind {
	case "normal":
		d.Low, d.High = math.Inf(-1), math.Inf(1)
		if math.IsNaN(in.Low) {
			in.Low, in.High = in.Value-z95*d.SD, in.Value+z95*d.SD
		}
	case "truncated":
		d.Low, d.High = orElse(d.Low, math.Inf(-1)), orElse(d.High, math.Inf(1))
		in.Low, in.High = max(d.Low, in.Value-z95*d.SD), min(d.High, in.Value+z95*d.SD)
	case "beta":
		if math.IsNaN(d.Low) {
			d.Low, d.High = 0, 1
			in.Low, in.High = 0, 1
		}
	case "discrete":
		if len(x.Values) > 0 {
			in.Low, in.High = slices.Min(x.Values), slices.Max(x.Values)
		}
	}
	return d
}

func orElse(x, other float64) float64 {
	if math.IsNaN(x) {
		return other
	}
	return x
}

// unit is the assumption's unit; what is written with a sign of percent and names
// none is a share.
func (x Assumption) unit() string {
	if x.Unit == "" && strings.HasSuffix(x.Value.Value, "%") {
		return "share"
	}
	return x.Unit
}
