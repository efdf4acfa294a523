package costbenefit

import (
	"fmt"
	"strconv"
	"time"

	"pediment/analysis"
)

// settingsTable says how the appraisal was computed: what every figure of it hangs
// on besides its assumptions. What was not said is left out.
func (m *Model) settingsTable(u Uncertainty) analysis.Table {
	a := m.Appraisal
	t := newTable("settings", "setting", "value")
	rate, source := m.rateSetting()
	for _, row := range [][2]string{
		{"appraisal", a.Name}, {"title", a.Title}, {"version", a.Version}, {"status", a.Status}, {"author", a.Author}, {"date", a.Date},
		{"as of", m.asOf()}, {"currency", a.Currency}, {"price base", strconv.Itoa(a.PriceBase)}, {"prices", a.Prices},
		{"inflation", m.inputWords(m.Inflation)}, {"base year of present values", strconv.Itoa(a.BaseYear)},
		{"last year", strconv.Itoa(a.LastYear)}, {"discount rate", rate}, {"source of the discount rate", source},
		{"timing of flows", m.timingWords()}, {"deadweight cost of taxation", m.inputWords(m.TaxDeadweight)},
		{"weights by income", m.etaWords()}, {"correction for optimism", m.optimismWords()},
		{"draws", counted(u.Draws)}, {"seed", seedWords(u)},
	} {
		if row[1] != "" {
			t.add(row[0], row[1])
		}
	}
	return t.Table
}

func (m *Model) asOf() string {
	if m.AsOf.IsZero() {
		return ""
	}
	return m.AsOf.Format(time.DateOnly)
}

// rateSetting is the discount rates and where they come from.
func (m *Model) rateSetting() (rate, source string) {
	rate = m.rateWords()
	if m.Inflation != None {
		kind := m.Appraisal.Discount.Kind
		if kind == "" {
			kind = "real"
		}
		rate += ", " + kind
	}
	if len(m.Rates) > 0 {
		source = m.Inputs[m.Rates[0].Input].Source
	}
	if name := m.Appraisal.Discount.Preset.Value; name != "" {
		source = joined("preset "+name, source)
	}
	return rate, source
}

func (m *Model) inputWords(input int) string {
	if input == None {
		return ""
	}
	return percent(m.Inputs[input].Value)
}

func (m *Model) etaWords() string {
	if m.Eta == None || m.Reference == None {
		return ""
	}
	return fmt.Sprintf("(%s ÷ income) to the power of %s", amount(m.Inputs[m.Reference].Value), plainDigits(m.Inputs[m.Eta].Value))
}

func (m *Model) optimismWords() string {
	switch a := m.Appraisal; {
	case a.NoOptimism != "":
		return "none by grade of evidence: " + a.NoOptimism
	case a.Optimism != nil:
		return "by grade of evidence, as the appraisal says"
	}
	return "by grade of evidence, as the preset evidence-grades says"
}

func counted(n int) string {
	if n == 0 {
		return "none: no assumption has a distribution"
	}
	return thousands(strconv.Itoa(n))
}

func seedWords(u Uncertainty) string {
	if u.Draws == 0 {
		return ""
	}
	return strconv.FormatInt(u.Seed, 10)
}
