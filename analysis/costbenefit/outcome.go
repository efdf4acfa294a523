package costbenefit

// Outcome is what an appraisal comes to for one list of input values. Amounts are
// by column of the timeline, in prices of the price base (of their year, when
// prices are nominal); they are positive on their own side.
type Outcome struct {
	Values   []float64   // the inputs it was computed at
	Factors  []float64   // discount factors
	Market   [][]float64 // by flow: what is paid or received
	Economic [][]float64 // by flow: what it is worth to society
	PV       []float64   // by flow: Σ economic · factor
	Options  []OptionOutcome
}

// OptionOutcome is one option less business as usual. Transfers are left out of
// benefits and costs: what one gains another loses.
type OptionOutcome struct {
	Benefits      []float64 // economic
	Costs         []float64 // economic, with the deadweight cost of taxation
	TaxDeadweight []float64 // that cost alone, negative where taxes are saved
	Public        []float64 // net public spending: what public stakeholders pay less what they get, market amounts
	PVBenefits    float64
	PVCosts       float64
	NPV           float64
}

// Net returns benefits less costs by column.
func (o OptionOutcome) Net() []float64 {
	net := make([]float64, len(o.Benefits))
	for t := range net {
		net[t] = o.Benefits[t] - o.Costs[t]
	}
	return net
}

// Values returns the inputs' own values, to be changed and computed.
func (m *Model) Values() []float64 {
	x := make([]float64, len(m.Inputs))
	for i, input := range m.Inputs {
		x[i] = input.Value
	}
	return x
}
