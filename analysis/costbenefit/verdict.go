package costbenefit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// finding is a sentence or two for people and what they are about.
type finding = [2]string

// findingsTable is what the appraisal says, in sentences: for each option the
// verdict, who pays and gains, what it rests on and what it leaves out.
func (m *Model) findingsTable(o Outcome, uncertain []finding) analysis.Table {
	t := newTable("findings", "about", "text")
	if question := m.Appraisal.Question; question != "" {
		t.add("question", question)
	}
	t.add("business as usual", m.Appraisal.BusinessAsUsual)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		for _, text := range v.sentences() {
			t.add(option.Name, text)
		}
	}
	if len(m.Appraisal.Options) > 1 {
		t.add("options together", m.choice(o))
	}
	for _, f := range uncertain {
		t.add(f[0], f[1])
	}
	for _, effect := range m.Appraisal.Unmonetised {
		t.add("not valued in money", effect.sentence())
	}
	t.add("how it is counted", m.basis()+" Sums are rounded to three digits in sentences, so figures may not sum; tables keep them in full.")
	rows := t.Rows[:0]
	for _, row := range t.Rows {
		if row[1] != "" {
			rows = append(rows, row)
		}
	}
	t.Rows = rows
	return t.Table
}

func (v view) sentences() []string {
	return []string{v.verdict(), v.corrected(), v.undiscounted(), v.whoPays(), v.whoGains(), v.publicBudgets(), v.weakEvidence(), v.worstYear(), v.matchSentence()}
}

// verdict is the option's benefits against its costs.
func (v view) verdict() string {
	o, currency := v.outcome(), v.m.Appraisal.Currency
	if o.PVBenefits == 0 && o.PVCosts == 0 {
		return "It changes nothing: neither costs nor benefits differ from business as usual."
	}
	money := func(x float64) string { return amount(x) + " " + currency }
	costs, benefits := "It costs "+money(o.PVCosts), "brings "+money(o.PVBenefits)
	switch {
	case o.PVCosts == 0:
		costs = "It costs nothing"
	case o.PVCosts < 0:
		costs = "It saves " + money(o.PVCosts) + " of costs"
	}
	switch {
	case o.PVBenefits == 0:
		benefits = "brings nothing"
	case o.PVBenefits < 0:
		benefits = "does harm worth " + money(o.PVBenefits)
	}
	text := fmt.Sprintf("%s and %s (%s): ", costs, benefits, v.m.priceWords())
	return text + v.balance() + "."
}

// balance says whether the option brings more than it costs, and by how much.
func (v view) balance() string {
	o := v.outcome()
	money := amount(o.NPV) + " " + v.m.Appraisal.Currency
	switch size := o.PVBenefits + o.PVCosts; {
	case o.PVBenefits == 0 && o.PVCosts == 0:
		return "it changes nothing"
	case math.Abs(o.NPV) <= tolerance*math.Abs(size):
		return "it breaks even"
	case o.PVCosts <= 0 && o.NPV > 0:
		return "it is worth " + money + " more than business as usual"
	case o.NPV > 0:
		return "it brings " + money + " more than it costs"
	}
	return "it costs " + money + " more than it brings"
}

// Balance says in a clause whether an option brings more than it costs and by how
// much: "it costs 26,900 EUR more than it brings".
func (m *Model) Balance(o Outcome, option int) string { return view{m, o, option}.balance() }

// priceWords says what money the present values are.
func (m *Model) priceWords() string {
	return fmt.Sprintf("prices of %d, discounted to %d at %s", m.priceYear(), m.Appraisal.BaseYear, m.rateWords())
}

// rateWords are the discount rates as written.
func (m *Model) rateWords() string {
	if len(m.Rates) == 0 {
		return "0 %"
	}
	first := m.Appraisal.BaseYear
	if m.Appraisal.YearZero == "during" {
		first-- // the step that ends with the base year is discounted too
	}
	var words []string
	for i, r := range m.Rates {
		text := percent(m.Inputs[r.Input].Value)
		if i > 0 && first+r.From > m.Appraisal.LastYear {
			break
		}
		if i > 0 {
			text += fmt.Sprintf(" from %d", first+r.From)
		}
		words = append(words, text)
	}
	return and(words)
}

// undiscounted says when discounting makes the verdict, and at what rate it turns.
func (v view) undiscounted() string {
	net := v.net()
	plain, npv := total(net), v.outcome().NPV
	if nothing := tolerance * gross(net); math.Abs(plain) <= nothing || math.Abs(npv) <= nothing || (plain > 0) == (npv > 0) {
		return ""
	}
	text := "Added up without discounting the benefits would exceed the costs by "
	if plain < 0 {
		text = "Added up without discounting the costs would exceed the benefits by "
	}
	text += amount(plain) + " " + v.m.Appraisal.Currency
	if rate := v.turningRate(net); !math.IsNaN(rate) {
		return text + ": the verdict turns at a rate of " + percent(rate) + "."
	}
	return text + "."
}

// turningRate is the rate between none and the appraisal's at which the net
// present value is zero, NaN when there is not exactly one.
func (v view) turningRate(net []float64) float64 {
	highest := 0.0
	for step := 1; step <= len(v.m.Columns); step++ {
		highest = max(highest, v.m.stepRate(v.o.Values, step))
	}
	found := math.NaN()
	for _, rate := range IRR(net, v.m.times()).Rates {
		if rate > 0 && rate <= highest {
			if !math.IsNaN(found) {
				return math.NaN()
			}
			found = rate
		}
	}
	return found
}

// whoPays lists those who are worse off, the one who loses most first.
func (v view) whoPays() string {
	return v.party("Who pays, after transfers and funding: ", func(net float64) bool { return net < 0 })
}

// whoGains lists those who are better off.
func (v view) whoGains() string {
	return v.party("Who gains: ", func(net float64) bool { return net > 0 })
}

func (v view) party(opening string, belongs func(net float64) bool) string {
	var among []position
	size := v.size()
	for _, p := range v.positions() {
		if net := snap(p.net(), size); p.Name != priceStepRow && belongs(net) {
			among = append(among, p)
		}
	}
	slices.SortStableFunc(among, func(a, b position) int { return cmp.Compare(math.Abs(b.net()), math.Abs(a.net())) })
	if len(among) == 0 {
		return ""
	}
	words := make([]string, len(among))
	for i, p := range among {
		words[i] = fmt.Sprintf("%s %s %s", p.Name, amount(p.net()), v.m.Appraisal.Currency)
	}
	return opening + and(words) + "."
}

func (v view) publicBudgets() string {
	switch net := snap(dot(v.outcome().Public, v.o.Factors), v.size()); {
	case net > 0:
		return "Public budgets together are " + amount(net) + " " + v.m.Appraisal.Currency + " worse off, at market prices and before funding."
	case net < 0:
		return "Public budgets together are " + amount(net) + " " + v.m.Appraisal.Currency + " better off, at market prices and before funding."
	}
	return ""
}

func (v view) weakEvidence() string {
	for _, measure := range v.evidence() {
		if measure.Name == "weak_evidence" && measure.Value > 0 {
			return wholePercent(measure.Value) + " of the benefits rest on weak evidence: a number of grade 5 or 6, or without a grade."
		}
	}
	return ""
}

// corrected says what corrections for optimism do to the verdict.
func (v view) corrected() string {
	taken := snap(v.optimism(), v.size())
	if taken == 0 {
		return ""
	}
	net := v.outcome().NPV
	text := fmt.Sprintf("Corrections for optimism take %s off this; without them the net present value would be %s", v.m.moneyWords(taken), v.m.moneyWords(net+taken))
	if (net < 0) != (net+taken < 0) {
		return text + ": they decide the verdict."
	}
	return text + "."
}

// unsecured is the share of the option's funding that is pledged or sought.
func (v view) unsecured() float64 {
	open, all := 0.0, 0.0
	for i, fund := range v.m.Funds {
		if !v.funded(fund) {
			continue
		}
		for _, x := range v.m.FundFlows[i] {
			all += x
			if fund.Status != "secured" {
				open += x
			}
		}
	}
	if all == 0 {
		return 0
	}
	return open / all
}

// worstYear says whether the money in hand ever falls below zero.
func (v view) worstYear() string {
	p, ok := v.cash()
	if !ok {
		return ""
	}
	funding := "With the funding listed"
	if open := v.unsecured(); open > 0 {
		funding = "With all the funding listed, " + wholePercent(open) + " of which is not secured"
	}
	if p.Sustainable {
		return funding + ", money in hand never falls below zero."
	}
	return funding + fmt.Sprintf(", money in hand first falls below zero in %s and is %s %s short at its worst, in %s.",
		v.m.Columns[p.FirstNegative].Label, amount(p.Minimum), v.m.Appraisal.Currency, v.m.Columns[p.Worst].Label)
}

// choice names the option with the highest net present value.
func (m *Model) choice(o Outcome) string {
	best := 0
	for i, option := range o.Options {
		if option.NPV > o.Options[best].NPV {
			best = i
		}
	}
	name := m.Appraisal.Options[best].Name
	if o.Options[best].NPV <= 0 {
		return "No option brings more than it costs; " + name + " comes nearest."
	}
	return fmt.Sprintf("%s has the highest net present value, %s %s.", name, amount(o.Options[best].NPV), m.Appraisal.Currency)
}

func (e Effect) sentence() string {
	var about []string
	for _, part := range []string{e.Direction, e.Size} {
		if part != "" {
			about = append(about, part)
		}
	}
	if e.Confidence != "" {
		about = append(about, "confidence "+e.Confidence)
	}
	if len(about) == 0 {
		return e.Text
	}
	return e.Text + " (" + strings.Join(about, ", ") + ")"
}

// basis says how money and time are counted.
func (m *Model) basis() string {
	text := fmt.Sprintf("Money is %s in prices of %d, discounted to %d at %s; the horizon ends in %d.",
		m.Appraisal.Currency, m.priceYear(), m.Appraisal.BaseYear, m.rateWords(), m.Appraisal.LastYear)
	return text + " " + m.timingWords()
}

// timingWords say when within their year flows lie.
func (m *Model) timingWords() string {
	text := ""
	switch m.Appraisal.Timing {
	case "mid":
		text = "Flows lie in the middle of their year."
	case "begin":
		text = "Flows lie at the beginning of their year."
	case "dated":
		return "Flows lie on their days, a year being 365 days."
	default:
		text = "Flows lie at the end of their year."
	}
	if m.Appraisal.YearZero == "during" {
		return text + " Those of the base year too."
	}
	return text + " Those of the base year are not discounted."
}
