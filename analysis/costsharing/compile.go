package costsharing

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"pediment/analysis"
)

// Setup is what a plan needs from outside.
type Setup struct {
	Currency string // of the city, where an arrangement names none
	// Appraise reads cost and benefits off a cost-benefit appraisal. Where it is
	// nil, an arrangement that asks for one is refused. Of an analysis.Problem it
	// fails with, message and hint are told at the place that asks.
	Appraise func(file, option string) (Appraised, error)
}

// Appraised is what an appraisal says of one option.
type Appraised struct {
	Cost      float64            // present value, in units of the currency
	Benefits  map[string]float64 // present value by stakeholder id
	Currency  string
	PriceYear int
	Source    string // the appraisal's title and file
}

// compiler turns a plan into cases.
type compiler struct {
	reading
	setup    Setup
	partners map[string]*Partner
	order    []analysis.Text
}

// Compile checks everything the plan says and returns its arrangements, ready to
// be divided. Every mistake is a problem; a chosen rule that cannot be computed
// is one.
func Compile(plan *Plan, setup Setup) ([]Case, analysis.Problems) {
	c := compiler{setup: setup, partners: map[string]*Partner{}}
	c.readPartners(plan)
	var cases []Case
	seen := map[string]int{}
	for k := range plan.Arrangements {
		a := &plan.Arrangements[k]
		c.identify(a.At, a.ID, "arrangement", seen)
		before := len(c.problems)
		done := c.arrangement(a)
		if len(c.problems) == before {
			c.checkRule(a, &done)
		}
		cases = append(cases, done)
	}
	if len(c.problems) > 0 {
		return nil, c.problems.Sorted()
	}
	return cases, nil
}

// readPartners takes in the partners and checks each one's own terms.
func (c *compiler) readPartners(plan *Plan) {
	seen, names := map[string]int{}, map[string]int{}
	for k := range plan.Partners {
		p := &plan.Partners[k]
		if !c.identify(p.At, p.ID, "partner", seen) {
			continue
		}
		if p.Name == "" {
			p.Name = p.ID.Value
		}
		if line, twice := names[p.Name]; twice {
			c.fail(p.At, "give each a name of its own", "%s: the name %q is given in line %d already", p.ID.Value, p.Name, line)
		}
		names[p.Name] = p.At.Line
		c.partners[p.ID.Value] = p
		c.order = append(c.order, p.ID)
		c.member(p, p.Terms, 1)
	}
}

// identify checks that something has an id of its own.
func (c *compiler) identify(at analysis.Position, id analysis.Text, what string, seen map[string]int) bool {
	if id.Value == "" {
		c.fail(at, "add id: and a short word", "%s: id is missing", what)
		return false
	}
	if line, twice := seen[id.Value]; twice {
		c.fail(id.At, "give each an id of its own", "%s %q is given in line %d already", what, id.Value, line)
		return false
	}
	seen[id.Value] = at.Line
	return true
}

// known reports whether an id is that of a partner of the list.
func (c *compiler) known(id analysis.Text, what string, list []string) bool {
	if slices.Contains(list, id.Value) {
		return true
	}
	hint := analysis.Suggest(id.Value, list)
	if hint == "" {
		hint = "add it to the partners"
	}
	c.fail(id.At, hint, "%s: there is no partner %q", what, id.Value)
	return false
}

// member reads a partner's terms; caps that are shares are of the cost.
func (c *compiler) member(p *Partner, t Terms, cost float64) Member {
	what := func(key string) string { return p.ID.Value + ": " + key }
	m := Member{
		ID: p.ID.Value, Name: p.Name, Kind: p.Kind,
		Marginalised: p.Marginalised, Exempt: t.Exempt != nil && *t.Exempt,
		Use: c.measure(t.Use, what("use")), Budget: c.measure(t.Budget, what("budget")), Ability: c.measure(t.Ability, what("ability")),
		Benefit: c.cents(t.Benefit, what("benefit")), Alone: c.cents(t.Alone, what("alone")),
		Limit:   c.limit(t.Cap, cost, what("cap")),
		InKind:  c.inKind(t, what),
		Status:  c.oneOf(t.Status, what("status"), "secured", "pledged", "sought"),
		Expires: c.day(t.Expires, what("expires")), Conditions: t.Conditions.Value,
	}
	return m
}

// inKind adds what is given in kind and the hours of volunteers at their rate, in
// cents.
func (c *compiler) inKind(t Terms, what func(string) string) float64 {
	total, hours, rate := 0.0, c.measure(t.Hours, what("hours")), c.cents(t.Rate, what("rate"))
	if given := c.cents(t.InKind, what("in_kind")); !math.IsNaN(given) {
		total = given
	}
	if written(t.Hours) && !written(t.Rate) {
		c.fail(t.Hours.At, "add rate: what an hour is valued at", "%s: they have no rate", what("hours"))
	}
	if !math.IsNaN(hours) && !math.IsNaN(rate) {
		total += math.Round(hours * rate)
	}
	if (written(t.InKind) || written(t.Hours)) && t.InKindSource.Value == "" {
		at := t.InKind.At
		if !written(t.InKind) {
			at = t.Hours.At
		}
		c.fail(at, "add in_kind_source: who audited the value, or where the rate is from", "%s: it has no source", what("in_kind"))
	}
	return total
}

// arrangement compiles one arrangement.
func (c *compiler) arrangement(a *Arrangement) Case {
	done := Case{
		ID: a.ID.Value, Name: a.Name, For: a.For, Currency: a.Currency.Value, PriceYear: a.PriceYear,
		Rule: c.oneOf(a.Rule, a.ID.Value+": rule", ruleNames()...), Redistribute: c.oneOf(a.Redistribute, a.ID.Value+": redistribute", ruleNames()...),
		Source: a.At.File, coalitions: map[uint64]float64{},
	}
	if done.Name == "" {
		done.Name = done.ID
	}
	if y := a.PriceYear; y != 0 && (y < 1900 || y > 2200) {
		c.fail(a.At, "write a year such as 2026", "%s: price_year: %d is not a year", done.ID, y)
	}
	if written(a.Currency) && !currencyCode.MatchString(a.Currency.Value) {
		c.fail(a.Currency.At, "write its three letters, as in EUR", "%s: currency: %q is not known", done.ID, a.Currency.Value)
	}
	appraised := c.appraise(a, &done)
	c.cost(a, &done, appraised)
	if done.Currency == "" {
		done.Currency = c.setup.Currency
	}
	ids := c.takePart(a)
	for _, id := range ids {
		p := c.partners[id]
		terms := a.Measures[id].over(p.Terms)
		m := c.member(p, terms, float64(done.Cost))
		if benefit, given := appraised.Benefits[id]; given && !written(a.Measures[id].Benefit) {
			m.Benefit = math.Round(100 * benefit)
		}
		done.Members = append(done.Members, m)
	}
	c.coalitions(a, &done, ids)
	c.matching(a, &done, ids)
	c.checkInKind(a, &done)
	return done
}

// appraise reads the appraisal an arrangement names.
func (c *compiler) appraise(a *Arrangement, done *Case) Appraised {
	link := a.Appraisal
	switch {
	case link == nil:
		return Appraised{}
	case link.File.Value == "" || link.Option.Value == "":
		c.fail(link.At, "write appraisal: {file: …, option: …}", "%s: appraisal: file or option is missing", a.ID.Value)
		return Appraised{}
	case c.setup.Appraise == nil:
		c.fail(link.At, "write the cost, and each partner's benefit, as amounts", "%s: appraisal: costs and benefits cannot be taken from an appraisal yet", a.ID.Value)
		return Appraised{}
	}
	appraised, err := c.setup.Appraise(link.File.Value, link.Option.Value)
	if err != nil {
		var problem analysis.Problem
		if !errors.As(err, &problem) {
			problem.Message = err.Error()
		}
		c.fail(link.File.At, problem.Hint, "%s: appraisal: %s", a.ID.Value, problem.Message)
		return Appraised{}
	}
	if done.Currency == "" {
		done.Currency = appraised.Currency
	}
	if appraised.Currency != "" && done.Currency != appraised.Currency {
		c.fail(a.Currency.At, "use the appraisal's", "%s: currency: %s is not the appraisal's, %s", a.ID.Value, done.Currency, appraised.Currency)
	}
	if done.PriceYear == 0 {
		done.PriceYear = appraised.PriceYear
	}
	done.Source += ", " + appraised.Source
	return appraised
}

// cost reads the cost, that of the appraisal where none is written.
func (c *compiler) cost(a *Arrangement, done *Case, appraised Appraised) {
	cents := c.cents(a.Cost, done.ID+": cost")
	switch {
	case written(a.Cost):
	case a.Appraisal == nil:
		c.fail(a.At, "add cost: the whole cost, with what is given in kind", "%s: cost is missing", done.ID)
		return
	default:
		cents = math.Round(100 * appraised.Cost)
	}
	if cents <= 0 && (written(a.Cost) || appraised.Benefits != nil) {
		c.fail(a.At, "a cost that is shared is above 0", "%s: cost: there is nothing to share", done.ID)
	}
	if cents > 0 && cents < 1e14 {
		done.Cost = int64(cents)
	}
}

// takePart returns the ids of those who take part.
func (c *compiler) takePart(a *Arrangement) []string {
	listed, where := a.Partners, a.ID.Value+": partners"
	if listed == nil {
		listed = c.order
	}
	all := slices.Sorted(maps.Keys(c.partners))
	var ids []string
	for _, id := range listed {
		switch {
		case !c.known(id, where, all):
		case slices.Contains(ids, id.Value):
			c.fail(id.At, "name each once", "%s: %q is named twice", where, id.Value)
		default:
			ids = append(ids, id.Value)
		}
	}
	if len(listed) == 0 {
		c.fail(a.At, "list them under partners:", "%s: nobody takes part", a.ID.Value)
	}
	if len(ids) > most {
		c.fail(a.At, "put some of them together", "%s: %d partners are more than %d", a.ID.Value, len(ids), most)
		ids = ids[:most]
	}
	for _, id := range slices.Sorted(maps.Keys(a.Measures)) {
		c.known(analysis.Text{Value: id, At: a.Measures[id].At}, a.ID.Value+": measures", ids)
	}
	return ids
}

// coalitions reads what sets of members cost by themselves; what one costs alone
// is that of a set of one.
func (c *compiler) coalitions(a *Arrangement, done *Case, ids []string) {
	lines := map[uint64]int{}
	for _, coalition := range a.Coalitions {
		set, where := uint64(0), done.ID+": coalitions"
		for _, id := range coalition.Of {
			if c.known(id, where, ids) {
				set |= 1 << slices.Index(ids, id.Value)
			}
		}
		cost := c.cents(coalition.Cost, where)
		line, twice := lines[set]
		switch {
		case len(coalition.Of) == 0 || !written(coalition.Cost):
			c.fail(coalition.At, "write {of: [a, b], cost: 1000}", "%s: of or cost is missing", where)
		case set == 0 || math.IsNaN(cost):
		case twice:
			c.fail(coalition.At, "keep one of the two", "%s: the cost of %s is given in line %d already", where, done.names(set), line)
		case set == done.everybody() && cost != float64(done.Cost):
			c.fail(coalition.Cost.At, "leave this one out", "%s: all together cost %s here and %s above", where, done.money(cost), done.money(float64(done.Cost)))
		}
		lines[set], done.coalitions[set] = coalition.At.Line, cost
	}
	for i := range done.Members {
		m, set := &done.Members[i], uint64(1)<<i
		cost, given := done.coalitions[set]
		if given && !math.IsNaN(m.Alone) && m.Alone != cost {
			c.fail(a.At, "keep one of the two", "%s: alone, %s would pay %s by alone and %s by coalitions", done.ID, m.Name, done.money(m.Alone), done.money(cost))
		}
		if given {
			m.Alone = cost
		} else if !math.IsNaN(m.Alone) {
			done.coalitions[set] = m.Alone
		}
	}
}

// matching reads a funder's condition.
func (c *compiler) matching(a *Arrangement, done *Case, ids []string) {
	m, where := a.Matching, done.ID+": matching: "
	if m == nil {
		return
	}
	done.matching = &match{
		award: c.cents(m.Award, where+"award"), share: c.share(m.Share, where+"share"),
		of:     c.oneOf(m.Of, where+"of", ofTotal, ofAward),
		others: c.oneOf(m.Others, where+"others", weightNames...),
	}
	if done.matching.others == "" {
		done.matching.others = "equal"
	}
	for _, missing := range []struct {
		text      analysis.Text
		key, hint string
	}{
		{m.By, "by", "add by: the id of the funder"},
		{m.Share, "share", "add share: what the others must bring, as in 10%"},
		{m.Of, "of", "write of: total for a share of the whole cost, or of: award"},
	} {
		if !written(missing.text) {
			c.fail(m.At, missing.hint, "%s%s is missing", where, missing.key)
		}
	}
	if written(m.By) && c.known(m.By, where+"by", ids) {
		done.matching.by = slices.Index(ids, m.By.Value)
	}
}

// checkInKind refuses gifts in kind beyond the cost they are part of.
func (c *compiler) checkInKind(a *Arrangement, done *Case) {
	total := 0.0
	for i := range done.Members {
		total += done.Members[i].InKind
	}
	if done.Cost > 0 && total > float64(done.Cost) {
		c.fail(a.At, "the cost includes what is given in kind", "%s: cost: it is %s, less than the %s given in kind",
			done.ID, done.money(float64(done.Cost)), done.money(total))
	}
}

// checkRule refuses a chosen rule that cannot be computed.
func (c *compiler) checkRule(a *Arrangement, done *Case) {
	if done.Rule == "" {
		return
	}
	if o := done.Divide(ruleNamed(done.Rule)); o.Reason != "" {
		c.fail(a.Rule.At, "add what is missing, or choose another rule", "%s: rule: %s cannot be computed: %s", done.ID, done.Rule, o.Reason)
	}
}

// PriceBase says in which money a case's amounts are: "EUR in prices of 2026".
func (c *Case) PriceBase() string {
	if c.PriceYear == 0 {
		return c.Currency
	}
	return fmt.Sprintf("%s in prices of %d", c.Currency, c.PriceYear)
}
