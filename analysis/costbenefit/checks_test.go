package costbenefit

import (
	"strings"
	"testing"
)

// Each check fails when what it is about does not hold.
func TestChecksFail(t *testing.T) {
	for _, c := range []struct{ edit, with, check, detail string }{
		{"2026: 60", "2026: 160", "sources and uses", "Plan: City is given 220 EUR and pays 210"},
		{"2027-06-30", "2025-12-31", "funding in time", "Gift expires on 2025-12-31 and is used in 2026"},
		{"class: running, payer: city,", "class: running, payer: city, level: 1, date: 2031-02,", "order of dates", "its source is of 2031-02, after 2026-06-30"},
	} {
		r, err := modelOf(t, "funded", strings.ReplaceAll(fundedCase, c.edit, c.with)).Result(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range tableOf(t, r, "checks").Rows {
			if failed := row[1] == "failed"; failed != (row[0] == c.check) || failed && !strings.Contains(row[2].(string), c.detail) {
				t.Errorf("%s: %v", c.with, row)
			}
		}
	}
}

// Checks of tables read them as printed: a changed cell or row is found.
func TestChecksReadTheTables(t *testing.T) {
	m := modelOf(t, "funded", fundedCase)
	o := m.Compute(m.Values())
	for name, check := range map[string]func() check{
		"perspectives": func() check { p := m.perspectivesTable(o); p.Rows[0][5] = 1.0; return m.perspectivesCheck(o, p) },
		"transfers":    func() check { p := m.perspectivesTable(o); p.Rows[0][4] = 1.0; return m.transfersCheck(o, p) },
		"groups":       func() check { g := m.groupsTable(o); g.Rows = g.Rows[:0]; return m.groupsCheck(o, g) },
		"cash flow":    func() check { c := m.cashFlowTable(o); c.Rows = c.Rows[1:]; return m.cashFlowCheck(o, c) },
		"factors":      func() check { o := m.Compute(m.Values()); o.Factors[1] = .5; return m.factorsCheck(o) },
		"lines":        func() check { o := m.Compute(m.Values()); o.PV[0]++; return m.presentValuesCheck(o) },
	} {
		if check().Off == 0 {
			t.Errorf("%s: nothing found", name)
		}
	}
}
