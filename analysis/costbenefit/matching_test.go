package costbenefit

import (
	"strings"
	"testing"
)

const fundedCase = zeroHead + onePlan + `lines:
` + zeroCost + zeroGain + `funding:
  - {source: learners, to: city, name: Gift, amounts: {2025: 30, 2026: 60}, status: secured, match: 50%, expires: 2027-06-30}
  - {source: learners, to: city, name: More, amounts: {2026: 30}, status: sought}
`

// The city pays 100 + 110; both gifts come from one source, 120 in all.
func TestMatchRequirements(t *testing.T) {
	for _, c := range []struct {
		edit, with      string
		brought, sought float64
		met             string
		sentence        string
	}{
		{"", "", 90, 0, "false", "Gift asks that others bring 50 % of the cost, 105 EUR; they bring 90: not met."},
		{"50%", "40%", 90, 0, "true", "Gift asks that others bring 40 % of the cost, 84 EUR; they bring 90: met."},
		{"{source: learners, to: city, name: More", "{source: firms, to: city, name: More", 120, 30, "true",
			"Gift asks that others bring 50 % of the cost, 105 EUR; they bring 120: met, with 30 of it only sought."},
	} {
		text := strings.ReplaceAll(fundedCase, "{id: learners, name: Learners}]", "{id: learners, name: Learners}, {id: firms, name: Firms}]")
		if c.edit != "" {
			text = strings.ReplaceAll(text, c.edit, c.with)
		}
		r, err := modelOf(t, "funded", text).Result(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		table := tableOf(t, r, "match_requirements")
		if len(table.Rows) != 1 {
			t.Fatalf("%d rows, want 1", len(table.Rows))
		}
		row := table.Rows[0]
		if row[6] != c.brought || row[7] != c.sought || !holds(row, []string{c.met}) {
			t.Errorf("%s: %v", c.with, row)
		}
		if found := findingsOf(t, r); !strings.Contains(found, c.sentence) {
			t.Errorf("no finding %q in\n%s", c.sentence, found)
		}
	}
}
