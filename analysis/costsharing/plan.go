// Package costsharing divides the cost of what several partners do together by
// the rules of public finance, to the cent, and says how fair each rule is.
//
// A city writes its partners and arrangements down (Read), the amounts are
// checked and filled in (Compile), every rule of Rules divides every cost
// (Case.Divide), and Result puts contributions, fairness and dependence on
// single funders into tables, charts and sentences. A rule that lacks a number
// is listed with what it lacks; nothing is guessed. Amounts are in hundredths
// of the currency ("cents").
package costsharing

import "pediment/analysis"

// Plan is a file of partners and arrangements as written.
type Plan struct {
	Partners     []Partner     `yaml:"partners"`
	Arrangements []Arrangement `yaml:"arrangements"`
}

// Partner is one who pays or gains. Its terms hold in every arrangement that
// does not set others.
type Partner struct {
	At           analysis.Position
	ID           analysis.Text `yaml:"id"`
	Name         string        `yaml:"name"`
	Kind         string        `yaml:"kind"`         // city, school, company, association …
	Marginalised bool          `yaml:"marginalised"` // stands for people who are left behind
	Terms        `yaml:",inline"`
}

// Terms are what the rules need to know of a partner. All are optional.
type Terms struct {
	At           analysis.Position
	Use          analysis.Text `yaml:"use"`     // hours, visits, places: any unit, the same for all partners
	Budget       analysis.Text `yaml:"budget"`  // of the partner as a whole, or for learning
	Ability      analysis.Text `yaml:"ability"` // to pay: revenue, income of members; any unit, the same for all
	Benefit      analysis.Text `yaml:"benefit"` // worth of what the partner gets
	Alone        analysis.Text `yaml:"alone"`   // what it would cost the partner to do it alone
	InKind       analysis.Text `yaml:"in_kind"` // audited value of rooms, staff and goods it gives, part of the cost
	InKindSource analysis.Text `yaml:"in_kind_source"`
	Hours        analysis.Text `yaml:"hours"` // given by volunteers, on top of in_kind
	Rate         analysis.Text `yaml:"rate"`  // what an hour of them is valued at
	Cap          analysis.Text `yaml:"cap"`   // the most it pays: an amount, or a share of the cost such as 10%
	Exempt       *bool         `yaml:"exempt"`
	Status       analysis.Text `yaml:"status"`  // secured, pledged or sought
	Expires      analysis.Text `yaml:"expires"` // ISO day
	Conditions   analysis.Text `yaml:"conditions"`
}

// Arrangement is one cost that partners share.
type Arrangement struct {
	At           analysis.Position
	ID           analysis.Text    `yaml:"id"`
	Name         string           `yaml:"name"`
	For          string           `yaml:"for"`  // what is paid for
	Cost         analysis.Text    `yaml:"cost"` // whole cost, what is given in kind included
	Currency     analysis.Text    `yaml:"currency"`
	PriceYear    int              `yaml:"price_year"`
	Partners     []analysis.Text  `yaml:"partners"` // ids; none: all of the file
	Measures     map[string]Terms `yaml:"measures"` // by partner: terms that differ here
	Coalitions   []Coalition      `yaml:"coalitions"`
	Matching     *Matching        `yaml:"matching"`
	Rule         analysis.Text    `yaml:"rule"`         // the one agreed on
	Redistribute analysis.Text    `yaml:"redistribute"` // rule for what caps and exemptions free; none: the rule itself
	Appraisal    *AppraisalLink   `yaml:"appraisal"`
}

// Coalition is what it costs some of the partners to do it without the others.
type Coalition struct {
	At   analysis.Position
	Of   []analysis.Text `yaml:"of"`
	Cost analysis.Text   `yaml:"cost"`
}

// Matching is a funder's condition that others bring money too.
type Matching struct {
	At     analysis.Position
	By     analysis.Text `yaml:"by"`     // the funder
	Award  analysis.Text `yaml:"award"`  // the most it pays; none: as much as the share lets it
	Share  analysis.Text `yaml:"share"`  // what the others must bring
	Of     analysis.Text `yaml:"of"`     // total: share of the whole cost; award: share of the award
	Others analysis.Text `yaml:"others"` // how they divide it: equal (default), use, budget, ability or benefit
}

// AppraisalLink takes the cost and the benefits from a cost-benefit appraisal.
type AppraisalLink struct {
	At     analysis.Position
	File   analysis.Text `yaml:"file"`
	Option analysis.Text `yaml:"option"`
}

// Read reads a plan. Mistakes of form are problems, all at once; what the plan
// says is checked by Compile.
func Read(name string, data []byte) (*Plan, analysis.Problems) {
	plan := &Plan{}
	return plan, analysis.DecodeYAML(name, data, plan)
}

// written reports whether the file gives the text.
func written(t analysis.Text) bool { return t.At.Line > 0 }

// over returns the terms with those of base where t gives none.
func (t Terms) over(base Terms) Terms {
	pairs := [...][2]*analysis.Text{
		{&t.Use, &base.Use}, {&t.Budget, &base.Budget}, {&t.Ability, &base.Ability},
		{&t.Benefit, &base.Benefit}, {&t.Alone, &base.Alone}, {&t.InKind, &base.InKind},
		{&t.InKindSource, &base.InKindSource}, {&t.Hours, &base.Hours}, {&t.Rate, &base.Rate},
		{&t.Cap, &base.Cap}, {&t.Status, &base.Status}, {&t.Expires, &base.Expires}, {&t.Conditions, &base.Conditions},
	}
	for _, pair := range pairs {
		if !written(*pair[0]) {
			*pair[0] = *pair[1]
		}
	}
	if t.Exempt == nil {
		t.Exempt = base.Exempt
	}
	return t
}
