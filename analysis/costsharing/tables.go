package costsharing

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// sharingTable has one row for each case, rule that can be computed and partner.
// The ratio is benefit for each unit paid, paid_per_benefit the other way round;
// cash is below 0 where a partner gives more in kind than its part.
func sharingTable(shares []share) analysis.Table {
	money := unit(shares)
	t := analysis.Table{Name: "sharing", Columns: []analysis.Column{
		text("arrangement"), text("rule"), text("chosen"), text("partner"), numeric("share", ofWhole), numeric("contribution", money),
		numeric("in_kind", money), numeric("cash", money), numeric("benefit", money), numeric("net", money),
		numeric("ratio", ""), numeric("paid_per_benefit", ""),
		numeric("alone", money), text("better_than_alone"), text("cap_applied"),
	}}
	for _, s := range shares {
		for _, o := range s.outcomes {
			for i := range o.Contributions {
				t.Rows = append(t.Rows, s.sharingRow(o, i))
			}
		}
	}
	return t
}

func (s share) sharingRow(o Outcome, i int) []any {
	m, paid := &s.Members[i], float64(o.Contributions[i])
	return []any{
		s.Case.Name, o.Name, s.mark(o), m.Name, paid / float64(s.Cost), amount(paid),
		amount(m.InKind), amount(paid - m.InKind), amount(m.Benefit), amount(m.Benefit - paid),
		number(m.Benefit / paid), number(paid / m.Benefit),
		amount(m.Alone), betterThanAlone(paid, m.Alone), o.Bound[i],
	}
}

// mark is "yes" for the chosen rule.
func (s share) mark(o Outcome) string {
	if o.Name == s.Rule {
		return yes
	}
	return ""
}

// comparisonTable has one row for each case and partner, and a column for each
// rule: what the partner pays.
func comparisonTable(shares []share) analysis.Table {
	money := unit(shares)
	t := analysis.Table{Name: "comparison", Columns: []analysis.Column{text("arrangement"), text("chosen"), text("partner")}}
	for _, name := range ruleNames() {
		t.Columns = append(t.Columns, numeric(name, money))
	}
	for _, s := range shares {
		for i := range s.Members {
			row := []any{s.Case.Name, s.Rule, s.Members[i].Name}
			for _, o := range s.outcomes {
				if o.Reason != "" {
					row = append(row, nil)
					continue
				}
				row = append(row, amount(float64(o.Contributions[i])))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// betterThanAlone says whether the member pays less than it would alone; "equal"
// when it pays the same.
func betterThanAlone(paid, alone float64) string {
	switch {
	case math.IsNaN(alone):
		return unknown
	case paid < alone:
		return yes
	case paid > alone:
		return no
	}
	return "equal"
}

// fairnessTable sets the rules that can be computed side by side. The spread is
// of what a unit of benefit costs; the Ginis are of contributions, as they are
// and over ability to pay.
func fairnessTable(shares []share) analysis.Table {
	t := analysis.Table{Name: "fairness", Columns: []analysis.Column{
		text("arrangement"), text("rule"), text("chosen"), numeric("spread", ""),
		numeric("gini_burden", ""), numeric("gini_ability", ""),
		numeric("marginalised_cost", ofWhole), numeric("marginalised_benefit", ofWhole),
		text("worse_than_alone"), text("in_core"), text("objection"),
	}}
	for _, s := range shares {
		for _, o := range s.outcomes {
			if o.Reason == "" {
				t.Rows = append(t.Rows, s.fairnessRow(o))
			}
		}
	}
	return t
}

func (s share) fairnessRow(o Outcome) []any {
	cost, benefit := s.marginalised(o)
	core, blocking := s.inCore(o)
	objection := ""
	if core == no {
		objection = s.names(blocking) + " would pay less by themselves"
	}
	names, known := s.worseThanAlone(o)
	worse := listed(names)
	switch {
	case worse == "" && known:
		worse = "nobody"
	case worse == "":
		worse = unknown
	}
	return []any{
		s.Case.Name, o.Name, s.mark(o), number(s.spread(o)), number(Gini(o.Amounts)), number(Gini(s.ofAbility(o))),
		number(cost), number(benefit), worse, core, objection,
	}
}

// rulesTable says of every rule what it does, and why it cannot be computed.
func rulesTable(shares []share) analysis.Table {
	t := analysis.Table{Name: "rules", Columns: []analysis.Column{
		text("arrangement"), text("rule"), text("chosen"), text("meaning"), text("computed"), text("note"),
	}}
	for _, s := range shares {
		for _, o := range s.outcomes {
			computed, note := yes, o.Note
			if o.Reason != "" {
				computed, note = no, o.Reason
			}
			t.Rows = append(t.Rows, []any{s.Case.Name, o.Name, s.mark(o), o.Doc, computed, note})
		}
	}
	return t
}

// sourcesTable lists who pays under the chosen rule, what ends first on top and
// what has no end last.
func sourcesTable(shares []share) analysis.Table {
	money := unit(shares)
	t := analysis.Table{Name: "sources", Columns: []analysis.Column{
		text("arrangement"), text("expires"), text("state"), text("partner"), text("kind"), text("status"),
		numeric("contribution", money), numeric("share", ofWhole), text("conditions"),
	}}
	for _, s := range shares {
		if s.chosen == nil {
			continue
		}
		for _, i := range s.byExpiry() {
			m, paid := &s.Members[i], float64(s.chosen.Contributions[i])
			t.Rows = append(t.Rows, []any{
				s.Case.Name, m.Expires, s.state(m), m.Name, m.Kind, m.Status, amount(paid), paid / float64(s.Cost), m.Conditions,
			})
		}
	}
	return t
}

// byExpiry lists the members, those whose funding ends first at the head.
func (s share) byExpiry() []int {
	order := make([]int, len(s.Members))
	for i := range order {
		order[i] = i
	}
	last := func(day string) string { return cmp.Or(day, "9999-99-99") }
	slices.SortStableFunc(order, func(a, b int) int {
		return strings.Compare(last(s.Members[a].Expires), last(s.Members[b].Expires))
	})
	return order
}

// concentrationTable says how far each case depends on one funder, and what ends
// first.
func concentrationTable(shares []share) analysis.Table {
	t := analysis.Table{Name: "concentration", Columns: []analysis.Column{
		text("arrangement"), text("largest_funder"), numeric("largest_share", ofWhole), numeric("herfindahl", ""),
		text("first_to_expire"), text("expires"), numeric("secured", ofWhole), numeric("not_secured", ofWhole), numeric("status_unknown", ofWhole),
	}}
	for _, s := range shares {
		if s.chosen == nil {
			continue
		}
		k, first, day := s.largest(), "", ""
		if i := s.firstToExpire(); i >= 0 {
			first, day = s.Members[i].Name, s.Members[i].Expires
		}
		secured, open := s.standing()
		t.Rows = append(t.Rows, []any{
			s.Case.Name, s.Members[k].Name, float64(s.chosen.Contributions[k]) / float64(s.Cost), number(Herfindahl(s.chosen.Amounts)),
			first, day, secured, open, clean(1 - secured - open),
		})
	}
	return t
}

// largest is the member that pays most under the chosen rule.
func (s share) largest() int {
	k := 0
	for i, paid := range s.chosen.Contributions {
		if paid > s.chosen.Contributions[k] {
			k = i
		}
	}
	return k
}

// firstToExpire is the member that pays and whose funding ends first of what has
// not ended yet, −1 when none ends.
func (s share) firstToExpire() int {
	for _, i := range s.byExpiry() {
		if m := &s.Members[i]; s.chosen.Contributions[i] > 0 && m.Expires != "" && !s.expired(m) {
			return i
		}
	}
	return -1
}

// state is "expired" where the member's funding has ended.
func (s share) state(m *Member) string {
	if s.expired(m) {
		return "expired"
	}
	return ""
}

// standing returns the shares of the cost that are secured and that are not:
// pledged, sought or expired.
func (s share) standing() (secured, open float64) {
	for i := range s.Members {
		m, part := &s.Members[i], float64(s.chosen.Contributions[i])/float64(s.Cost)
		switch {
		case s.expired(m), m.Status == "pledged", m.Status == "sought":
			open += part
		case m.Status == "secured":
			secured += part
		}
	}
	return secured, open
}
