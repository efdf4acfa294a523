package costbenefit

import (
	"math"
	"slices"

	"pediment/analysis"
)

// line makes the flow of a line.
func (c *compiler) line(l *Line) {
	f := Flow{
		Line: l, ID: l.ID, Name: l.Name, Cost: l.Side == "cost", Class: l.Class,
		Payer: c.stakeholder(l.Payer), Receiver: c.stakeholder(l.Receiver), InKind: l.Form == "in kind",
		Members: c.members(l.Options), Lag: l.Lag, Of: None,
		Duration: None, DropOff: None, Growth: None, Cashable: None,
	}
	own := provenance(l)
	f.Base = c.base(l)
	quoted := l.PriceYear
	if len(l.Amounts) == 0 {
		quoted = 0 // its unit value is uprated
	}
	f.Price = c.priceOf(l, quoted)
	inputs := map[string]int{}
	for _, number := range l.numbers() {
		if number.key == "optimism" && !c.refersTo(number.text) {
			continue // comes mitigated
		}
		inputs[number.key] = c.number(l.ID, number, own)
	}
	c.level(l, own, inputs)
	f.Factors = c.factors(l, inputs)
	f.Duration, f.DropOff, f.Growth, f.Cashable = inputOf(inputs, "duration"), inputOf(inputs, "drop_off"), inputOf(inputs, "growth"), inputOf(inputs, "cashable")
	if i := inputOf(inputs, "conversion"); i != None {
		f.Economic = append(f.Economic, Factor{"conversion factor", Plain, i, None})
	}
	if i := inputOf(inputs, "vat"); i != None {
		f.Economic = append(f.Economic, Factor{"VAT", Quotient, i, None})
	}
	if correction, ok := c.correction(l, inputs); ok {
		f.Factors = append(f.Factors, correction)
	}
	f.Shares = c.shares(l, own)
	c.m.Flows = append(c.m.Flows, f)
}

// provenance is what a line says about its own numbers.
func provenance(l *Line) Input {
	return Input{
		Kind: "line", Source: l.Source, Page: l.Page, Date: l.Date, Grade: l.Grade,
		Owner: l.Owner, Review: l.Review, PriceYear: l.PriceYear, Note: l.Note,
	}
}

// inputOf is the input under a key, None where there is none.
func inputOf(inputs map[string]int, key string) int {
	if i, ok := inputs[key]; ok {
		return i
	}
	return None
}

// refersTo reports whether a text is the id of a declared assumption.
func (c *compiler) refersTo(t analysis.Text) bool {
	_, ok := c.declared[t.Value]
	return ok
}

func (c *compiler) stakeholder(id string) int {
	return slices.IndexFunc(c.a.Stakeholders, func(s Stakeholder) bool { return s.ID == id })
}

// members is by option what part a line has in its difference from business as
// usual: 1 the option's alone, −1 only in what goes on anyway, 0 both or neither.
func (c *compiler) members(ids []string) []float64 {
	members := make([]float64, len(c.a.Options))
	anyway := slices.Contains(ids, BusinessAsUsual)
	for i, o := range c.a.Options {
		if len(ids) == 0 || slices.Contains(ids, o.ID) {
			members[i]++
		}
		if anyway {
			members[i]--
		}
	}
	return members
}

// base is by column what the line's factors multiply: amounts, quantities, or 1
// in every year of a quantity that recurs.
func (c *compiler) base(l *Line) []float64 {
	switch {
	case len(l.Amounts) > 0:
		return c.byColumn(l.Amounts)
	case len(l.Quantities) > 0:
		return c.byColumn(l.Quantities)
	}
	base := make([]float64, len(c.m.Columns))
	from, to := l.span(c.a)
	for t, column := range c.m.Columns {
		if column.Year >= from && column.Year <= to {
			base[t] = 1
		}
	}
	return base
}

// level makes the input by which figures by year are varied as a whole.
func (c *compiler) level(l *Line, own Input, inputs map[string]int) {
	f := field{key: "level", label: "level", unit: "×"}
	i := inputOf(inputs, "level")
	if i == None {
		if len(l.Amounts) == 0 && len(l.Quantities) == 0 && !given(l.LevelLow) {
			return
		}
		f.text.At = c.places.of(l.At, "amounts")
		i = c.literal(l.ID, f, 1, own)
		c.used(i, l.ID, f)
		inputs["level"] = i
	}
	if given(l.LevelLow) && given(l.LevelHigh) && !c.refersTo(l.Level) {
		in := &c.m.Inputs[i]
		in.Low, in.High = numberOf(l.LevelLow), numberOf(l.LevelHigh)
	}
}

// shares makes the parts of a line by group, in the order of the groups.
func (c *compiler) shares(l *Line, own Input) []GroupShare {
	var shares []GroupShare
	sum := 0.0
	for g, group := range c.a.Groups {
		text, ok := l.Shares[group.ID]
		if !ok {
			continue
		}
		f := field{key: "groups." + group.ID, text: text, label: "share of " + group.Name, unit: "share", rule: share}
		i := c.number(l.ID, f, own)
		if i == None {
			continue
		}
		shares = append(shares, GroupShare{g, i})
		sum += c.m.Inputs[i].Value
	}
	if shares != nil && math.Abs(sum-1) > sumTolerance {
		c.failUnder(l.At, "groups", "they divide the line among all groups", "shares of the groups sum to %s, not 1", short(sum))
	}
	return shares
}

// residuals appends what assets are still worth at the end.
func (c *compiler) residuals() {
	for of := range c.a.Lines {
		l := &c.a.Lines[of]
		r := l.Residual
		if r == nil {
			continue
		}
		asset := c.m.Flows[of]
		terms := &ResidualTerms{Method: r.Method, Life: float64(l.Life), Value: None, Yearly: None, Years: None, Sold: r.Sold}
		fields := r.numbers()
		switch r.Method {
		case "given":
			terms.Value = c.number(l.ID, fields[0], provenance(l))
		case "net flows":
			terms.Yearly = c.number(l.ID, fields[1], provenance(l))
			terms.Years = c.number(l.ID, fields[2], provenance(l))
		}
		base := make([]float64, len(c.m.Columns))
		if len(base) > 0 {
			base[len(base)-1] = 1
		}
		c.m.Flows = append(c.m.Flows, Flow{
			Line: l, ID: l.ID + ".residual", Name: l.Name + ": residual value", Class: "capital",
			Payer: None, Receiver: asset.Payer, InKind: asset.InKind, Members: asset.Members,
			Base: base, Price: c.priceOf(l, 0), Economic: asset.Economic,
			Duration: None, DropOff: None, Growth: None, Cashable: None, Shares: asset.Shares, Of: of, Residual: terms,
		})
	}
}

// funds lays funding out along the timeline.
func (c *compiler) funds() {
	c.m.Funds = c.a.Funding
	for i := range c.a.Funding {
		f := &c.a.Funding[i]
		c.m.FundFlows = append(c.m.FundFlows, c.byColumn(f.Amounts))
		label := "match share of " + f.Name
		match := field{key: "match", text: f.MatchShare, label: label, unit: "share", rule: share}
		c.m.Matches = append(c.m.Matches, c.number("funding_"+plain(float64(i+1)), match, Input{Kind: "setting"}))
	}
}
