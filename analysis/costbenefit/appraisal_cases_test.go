package costbenefit

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// knownAppraisal is a whole appraisal with figures known beforehand: a file, what is
// changed in it, and what each figure must be. A figure is "measure", or a table
// with the key of a row and a column, as in "perspectives/State/net"; the rows are
// those of the option.
type knownAppraisal struct {
	source string
	file   string
	edits  []string // old, new, …
	option string   // the first when ""
	want   map[string]float64
}

const arithmetic = "constructed; 40-digit arithmetic"

func appraisedCases() []knownAppraisal {
	cases := append(constructedAppraisals(), constructedReturns()...)
	return append(append(cases, decliningAppraisals()...), publishedAppraisals()...)
}

func TestAppraisals(t *testing.T) {
	for _, c := range appraisedCases() {
		t.Run(strings.Join(append([]string{c.file, c.option}, c.edits...), " "), func(t *testing.T) {
			m := caseModel(t, c.file, c.edits...)
			r, err := m.Result(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			option := c.option
			if option == "" {
				option = m.optionID(0)
			}
			for _, name := range sortedNames(c.want) {
				got := lookUp(t, r, option, name)
				if !closeTo(got, c.want[name]) && !same(got, c.want[name]) {
					t.Errorf("%s: %s = %.13g, want %.13g", c.source, name, got, c.want[name])
				}
			}
			allChecksHold(t, r)
		})
	}
}

// caseModel reads and compiles a file of testdata/cases.
func caseModel(t *testing.T, name string, edits ...string) *Model {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "cases", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("%s does not contain %q", name, edits[i])
		}
		text = strings.ReplaceAll(text, edits[i], edits[i+1])
	}
	return modelOf(t, name, text)
}

func modelOf(t *testing.T, name, text string) *Model {
	t.Helper()
	a, problems := Read(name+".yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m, problems := Compile(a, Setup{
		AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC),
		// Inflation of 2, 3 and 2.5 %.
		Deflators: analysis.Deflators{{Year: 2025, Index: 100}, {Year: 2026, Index: 102}, {Year: 2027, Index: 105.06}, {Year: 2028, Index: 107.6865}},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// lookUp finds a figure: a measure of the summary, or a cell of a table by the
// texts of its row joined with "+".
func lookUp(t *testing.T, r analysis.Result, option, name string) float64 {
	t.Helper()
	parts := strings.Split(name, "/")
	if len(parts) == 1 {
		parts = []string{"summary", name, "value"}
	}
	table := tableOf(t, r, parts[0])
	for _, row := range table.Rows {
		if holds(row, append(strings.Split(parts[1], "+"), option)) {
			return cellOf(t, table, row, parts[2])
		}
	}
	t.Fatalf("no row %s for %s", name, option)
	return math.NaN()
}

func tableOf(t *testing.T, r analysis.Result, name string) analysis.Table {
	t.Helper()
	for _, table := range r.Tables {
		if table.Name == name {
			return table
		}
	}
	t.Fatalf("no table %s", name)
	return analysis.Table{}
}

// holds reports whether every text is a cell of the row.
func holds(row []any, texts []string) bool {
	for _, text := range texts {
		found := false
		for _, cell := range row {
			found = found || fmt.Sprint(cell) == text
		}
		if !found {
			return false
		}
	}
	return true
}

func cellOf(t *testing.T, table analysis.Table, row []any, column string) float64 {
	t.Helper()
	for i, c := range table.Columns {
		if c.Name == column {
			switch x := row[i].(type) {
			case float64:
				return x
			case nil:
				return math.NaN()
			default:
				value, err := strconv.ParseFloat(fmt.Sprint(x), 64)
				if err != nil {
					t.Fatal(err)
				}
				return value
			}
		}
	}
	t.Fatalf("%s has no column %s", table.Name, column)
	return math.NaN()
}

func allChecksHold(t *testing.T, r analysis.Result) {
	t.Helper()
	for _, row := range tableOf(t, r, "checks").Rows {
		if row[1] != "ok" {
			t.Errorf("check %v", row)
		}
	}
}

func constructedAppraisals() []knownAppraisal {
	return []knownAppraisal{
		{"computed with R", "verdict_flips", nil, "", map[string]float64{"npv": -21.1137066963, "bcr": .977556982254, "irr": .019920765274,
			"pv_costs": 940.769505033, "pv_benefits": 919.655798337}},
		{"computed with R", "verdict_flips", []string{"timing: end", "timing: mid", "year_zero: now", "year_zero: during"}, "",
			map[string]float64{"npv": -20.7536414466, "npv_end": -20.3997166148}},
		{"computed with R", "verdict_flips", []string{"year_zero: now", "year_zero: during"}, "", map[string]float64{"npv": -20.3997166148}},
		{"computed with R", "verdict_flips", []string{"120}, optimism: 0%", "120}, optimism: 25%", "300}, optimism: 0%", "300}, optimism: 15%"}, "",
			map[string]float64{"npv": -394.254452705, "optimism": -21.1137066963 + 394.254452705}},
		{arithmetic, "social_return", nil, "", map[string]float64{"sroi": 2.9240582957138668, "net_sroi": 1.9240582957138668, "pv_benefits": 73101.45739284667,
			"cash_flow/jobs+2026/real": 25200, "cash_flow/homes+2026/real": 8100, "cash_flow/net+2027/real": 28260, "cash_flow/net+2028/real": 16128}},
		{arithmetic, "social_return", []string{"timing: end", "timing: begin"}, "", map[string]float64{"sroi": 3.026400336063852, "pv_benefits": 75660.00840159631}},
		{arithmetic, "public_value", nil, "", map[string]float64{"pv_costs": 1176899.110831058, "bcr": 1.3120478197324903, "bcr_fiscal": .34527574203486583,
			"net_public_cost": 770544.3970386905, "payback": 3.538011695906433, "cash_flow/savings+2026/real": 90000, "cash_flow/value+2030/real": 252000}},
		{arithmetic, "who_pays", nil, "", map[string]float64{"npv": 5650, "perspectives/Learners/net": 5500, "perspectives/Taxpayers/net": -500,
			"perspectives/Others/net": 900, "perspectives/everyone (cost of taxation)/net": -250, "perspectives/society/net": 5650, "perspectives/society/transfer": 0}},
		{arithmetic, "financial_to_economic", []string{"rate: 3%", "rate: 4%"}, "", map[string]float64{"perspectives/City/net": -140.55447889677515}},
		{arithmetic, "financial_to_economic", nil, "", map[string]float64{"npv": 51.62362233900099, "bcr": 1.5065110654484097, "cash_flow/net+2025/real": -65.66666666666667}},
		{arithmetic, "nominal_amounts", nil, "", map[string]float64{"npv": 307.5376592083897, "cash_flow/gain+2028/real": 120}},
		{arithmetic, "residual_values", nil, "", map[string]float64{"pv_benefits": 140.6688008452366, "cash_flow/building.residual+2050/real": 375}},
		{arithmetic, "residual_values", []string{"{method: book}", "{method: net flows, yearly: 60, years: 15}"}, "",
			map[string]float64{"pv_benefits": 250.24163638653425, "cash_flow/building.residual+2050/real": 667.1032459300873}},
		{arithmetic, "timing", nil, "", map[string]float64{"npv": 3616.2401468523917, "npv_mid": 3952.494240227895, "npv_begin": 4297.052154195011}},
		{arithmetic, "timing", []string{"year_zero: now", "year_zero: during"}, "", map[string]float64{"npv": 3444.038235097516, "npv_mid": 3529.0890231126637}},
		{arithmetic, "timing", []string{"timing: end", "timing: mid", "year_zero: now", "year_zero: during"}, "", map[string]float64{"npv": 3529.0890231126637}},
		{arithmetic, "timing", []string{"timing: end", "timing: mid"}, "", map[string]float64{"npv": 3952.494240227895}},
		{arithmetic, "timing", []string{"timing: end", "timing: begin"}, "", map[string]float64{"npv": 4297.052154195011}},
		{arithmetic, "quintiles", nil, "", map[string]float64{"npv": 0, "npv_weighted": 114.10997429566866, "bottom": .7,
			"groups/Quintile 1/weight": 3.0086371992276115, "groups/Quintile 2/weight": 1.548696961867989, "groups/Quintile 3/weight": 1,
			"groups/Quintile 4/weight": .6573061351160736, "groups/Quintile 5/weight": .30766687219791056, "groups/Quintile 1/population_share": .2}},
	}
}

func constructedReturns() []knownAppraisal {
	return []knownAppraisal{
		{arithmetic, "earnings", nil, "course", map[string]float64{"pv_benefits": 13622.6702289304, "perspectives/Learners/net": 8608.322564829889,
			"perspectives/State/net": 1514.347664100512, "npv": 10122.6702289304, "irr": .1960258319283346, "bcr": 3.892191493980114}},
		{arithmetic, "earnings", nil, "private", map[string]float64{"npv": 8608.322564829889, "irr": .40309951140627676, "pv_benefits": 9808.322564829889}},
		{arithmetic, "earnings", nil, "fiscal", map[string]float64{"npv": 1514.347664100512, "irr": .07868035307537487, "pv_benefits": 3814.347664100512}},
		{arithmetic, "funding_gap", nil, "", map[string]float64{"funding_gap_rate": .5869249482028278, "funding_gap_grant": 44.899758537516334,
			"npv": 40.35425506018528 - 97.6923076923077}},
		{arithmetic, "money_in_hand", nil, "", map[string]float64{"sustainability/2026/cumulated": 0, "sustainability/2027/cumulated": -1, "sustainability/2029/cumulated": -3,
			"sustainability/2029/gap": 3, "sustainability/2032/cumulated": 0, "sustainability/2034/cumulated": 2, "sustainability/2034/gap": 0}},
		{arithmetic, "payback", nil, "", map[string]float64{"payback": 2.6, "payback_lasting": 4.25, "payback_discounted": 2.81375, "npv": 14.704460051306272}},
		{arithmetic, "switching", nil, "", map[string]float64{"npv": 40, "switching/gain/switching_change": -.15384615384615385,
			"switching/capital/switching_change": .26666666666666668, "switching/operating/switching_change": .57142857142857146,
			"switching/gain/elasticity": 6.5, "switching/capital/elasticity": -3.75, "switching/operating/elasticity": -1.75}},
	}
}

func decliningAppraisals() []knownAppraisal {
	years := []string{"2025", "2026", "2035", "2055", "2056", "2085", "2100", "2101", "2125", "2150", "2151", "2225"}
	want := func(late ...float64) map[string]float64 {
		factors := append([]float64{1, .966183574879227, .7089188137097716, .35627841060230153, .3459013695167976, .14678198786951988,
			.0942137725766914, .09191587568457699, .05081802232438191, .027410763016194988}, late...)
		figures := map[string]float64{"npv": 28.863363355642196}
		for i, year := range years {
			figures["cash_flow/century+"+year+"/factor"] = factors[i]
		}
		return figures
	}
	return []knownAppraisal{
		{arithmetic, "declining", nil, "plan", want(.026742207820678036, .0043016118564428545)},
		{arithmetic, "declining", []string{"hm-treasury-2026", "hm-treasury-2003"}, "plan", want(.02687329707470097, .006207378715700475)},
	}
}
