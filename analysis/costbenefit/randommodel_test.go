package costbenefit

import (
	"fmt"
	"math"
	"strconv"

	"pgregory.net/rapid"
)

// builder makes a model by hand, without a file.
type builder struct{ m *Model }

// newBuilder starts a model of the years base to last with two public
// stakeholders and two others, the rate as its first input.
func newBuilder(base, last int, rate float64, options int) *builder {
	a := &Appraisal{Name: "made", Title: "Made", Currency: "EUR", PriceBase: base, BaseYear: base, LastYear: last}
	for i, id := range []string{"city", "state", "learners", "firms"} {
		a.Stakeholders = append(a.Stakeholders, Stakeholder{ID: id, Name: id, Public: i < 2})
	}
	m := &Model{
		Appraisal: a, Inflation: None, TaxDeadweight: None, Eta: None, Reference: None,
		FinanceRate: None, ReinvestRate: None, BudgetCap: None,
	}
	m.Gap.Rate, m.Gap.EligibleCost, m.Gap.Maximum = None, None, None
	for o := range options {
		a.Options = append(a.Options, Option{ID: "option" + strconv.Itoa(o), Name: "Option " + strconv.Itoa(o)})
		m.Learners, m.Priority, m.Effects = append(m.Learners, None), append(m.Priority, None), append(m.Effects, None)
	}
	for year := base; year <= last; year++ {
		m.Columns = append(m.Columns, Column{strconv.Itoa(year), year, year - base, float64(year - base)})
	}
	b := &builder{m}
	m.Rates = []Rate{{1, b.input("rate", rate)}}
	return b
}

func (b *builder) input(id string, value float64) int {
	b.m.Inputs = append(b.m.Inputs, Input{ID: id, Label: id, Value: value, Low: math.NaN(), High: math.NaN(), SE: math.NaN()})
	return len(b.m.Inputs) - 1
}

// line adds a flow with amounts from the first column on, for every option, and
// returns its place.
func (b *builder) line(cost bool, class string, payer, receiver int, amounts ...float64) int {
	n := len(b.m.Flows)
	f := Flow{
		Line: &Line{ID: fmt.Sprint("line", n), Name: fmt.Sprint("Line ", n), Side: "benefit", Class: class},
		ID:   fmt.Sprint("line", n), Name: fmt.Sprint("Line ", n), Cost: cost, Class: class, Payer: payer, Receiver: receiver,
		Base: make([]float64, len(b.m.Columns)), Price: make([]float64, len(b.m.Columns)),
		Duration: None, DropOff: None, Growth: None, Cashable: None, Of: None,
	}
	if cost {
		f.Line.Side = "cost"
	}
	copy(f.Base, amounts)
	for t := range f.Price {
		f.Price[t] = 1
	}
	for range b.m.Appraisal.Options {
		f.Members = append(f.Members, 1)
	}
	b.m.Flows = append(b.m.Flows, f)
	return n
}

// randomModel draws an appraisal with every kind of line, factor and residual
// value.
func randomModel(t *rapid.T) *Model {
	years, options := rapid.IntRange(0, 12).Draw(t, "years"), rapid.IntRange(1, 3).Draw(t, "options")
	b := newBuilder(2025, 2025+years, rapid.Float64Range(0, .1).Draw(t, "rate"), options)
	b.m.Rates = append(b.m.Rates, Rate{rapid.IntRange(2, 8).Draw(t, "from"), b.input("later rate", .02)})
	if rapid.Bool().Draw(t, "taxed") {
		b.m.TaxDeadweight = b.input("deadweight cost of taxation", rapid.Float64Range(0, 1).Draw(t, "tax"))
	}
	if rapid.Bool().Draw(t, "nominal") {
		b.m.Inflation, b.m.Appraisal.Prices = b.input("inflation", .02), "nominal"
	}
	for range rapid.IntRange(0, 6).Draw(t, "lines") {
		b.randomLine(t)
	}
	return b.m
}

func (b *builder) randomLine(t *rapid.T) {
	// Hundredths and thousandths, as people write them: sums of 1e-300 and 1e3 say
	// nothing about an appraisal.
	amount := rapid.Map(rapid.IntRange(-100_000, 100_000), func(cents int) float64 { return float64(cents) / 100 })
	share := func(name string) int { return b.input(name, float64(rapid.IntRange(0, 900).Draw(t, name))/1000) }
	l := b.line(rapid.Bool().Draw(t, "cost"),
		rapid.SampledFrom([]string{"capital", "running", "revenue", "fiscal", "economic", "social", "transfer"}).Draw(t, "class"),
		rapid.IntRange(None, 3).Draw(t, "payer"), rapid.IntRange(None, 3).Draw(t, "receiver"),
		rapid.SliceOfN(amount, len(b.m.Columns), len(b.m.Columns)).Draw(t, "amounts")...)
	f := &b.m.Flows[l]
	for i := range f.Members {
		f.Members[i] = float64(rapid.IntRange(-1, 1).Draw(t, "member"))
	}
	if rapid.Bool().Draw(t, "kernel") {
		f.Lag = rapid.IntRange(0, 3).Draw(t, "lag")
		f.Duration, f.DropOff = b.input("duration", rapid.Float64Range(.5, 6).Draw(t, "duration")), share("drop-off")
	}
	if rapid.Bool().Draw(t, "grows") {
		f.Growth = b.input("growth", rapid.Float64Range(-.05, .05).Draw(t, "growth"))
	}
	for _, form := range []Form{Plain, Complement, Increase, Quotient} {
		f.Factors = append(f.Factors, Factor{Form: form, Input: share(string(form))})
	}
	f.Factors = append(f.Factors, Factor{Form: Difference, Input: share("success"), Less: share("deadweight")})
	f.Economic = []Factor{{Form: Quotient, Input: share("vat")}}
	if rapid.Bool().Draw(t, "asset") {
		b.randomResidual(t, l)
	}
}

func (b *builder) randomResidual(t *rapid.T, of int) {
	l := b.line(false, "economic", None, b.m.Flows[of].Payer)
	b.m.Flows[l].Of, b.m.Flows[l].Members = of, b.m.Flows[of].Members
	b.m.Flows[l].Residual = &ResidualTerms{
		Method: rapid.SampledFrom([]string{"book", "given", "net flows"}).Draw(t, "method"),
		Life:   rapid.Float64Range(1, 30).Draw(t, "life"),
		Value:  b.input("residual", 100), Yearly: b.input("yearly", 10), Years: b.input("years", 7),
	}
}
