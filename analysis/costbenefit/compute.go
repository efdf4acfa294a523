package costbenefit

import "math"

// Compute computes the appraisal at the input values x, one for each of Inputs.
// It changes nothing in the model and may run concurrently.
func (m *Model) Compute(x []float64) Outcome {
	w := m.newWorkspace()
	o := Outcome{
		Values:   x,
		Factors:  make([]float64, len(m.Columns)),
		Market:   make([][]float64, len(m.Flows)),
		Economic: make([][]float64, len(m.Flows)),
		PV:       make([]float64, len(m.Flows)),
		Options:  make([]OptionOutcome, len(m.Appraisal.Options)),
	}
	m.discount(x, o.Factors)
	for l := range m.Flows {
		market, economic := make([]float64, len(m.Columns)), make([]float64, len(m.Columns))
		m.shape(l, x, w.shape, w)
		multiplier, conversion := product(m.Flows[l].Factors, x), product(m.Flows[l].Economic, x)
		for t, amount := range w.shape {
			market[t] = amount * multiplier
			economic[t] = market[t] * conversion
		}
		o.Market[l], o.Economic[l], o.PV[l] = market, economic, dot(economic, o.Factors)
	}
	for i := range o.Options {
		o.Options[i] = m.option(i, x, o)
	}
	return o
}

// option sums the flows that are part of the option i.
func (m *Model) option(i int, x []float64, o Outcome) OptionOutcome {
	n := len(m.Columns)
	sums := OptionOutcome{
		Benefits: make([]float64, n), Costs: make([]float64, n),
		TaxDeadweight: make([]float64, n), Public: make([]float64, n),
	}
	for l := range m.Flows {
		f, member := &m.Flows[l], m.Flows[l].Members[i]
		if member == 0 {
			continue
		}
		add(sums.Public, o.Market[l], member*m.publicSign(f))
		switch {
		case f.transfer():
		case f.Cost:
			add(sums.Costs, o.Economic[l], member)
		default:
			add(sums.Benefits, o.Economic[l], member)
		}
	}
	if m.TaxDeadweight != None {
		add(sums.TaxDeadweight, sums.Public, x[m.TaxDeadweight])
		add(sums.Costs, sums.TaxDeadweight, 1)
	}
	sums.PVBenefits, sums.PVCosts = dot(sums.Benefits, o.Factors), dot(sums.Costs, o.Factors)
	sums.NPV = sums.PVBenefits - sums.PVCosts
	return sums
}

// discount writes the discount factor of every column into d: 1 at the base
// point, divided by 1 + the step's rate from step to step, and within a step by
// its power.
func (m *Model) discount(x, d []float64) {
	whole, step := 1.0, 0
	for t, column := range m.Columns {
		for float64(step+1) <= column.Time {
			step++
			whole /= 1 + m.stepRate(x, step)
		}
		d[t] = whole
		if part := column.Time - float64(step); part > 0 {
			d[t] *= math.Pow(1+m.stepRate(x, step+1), -part)
		}
	}
}

// stepRate is the rate from step−1 to step that discounts the flows as they are:
// with nominal prices (1+real)(1+inflation) − 1, after Fisher.
func (m *Model) stepRate(x []float64, step int) float64 {
	rate := m.writtenRate(x, step)
	if m.Inflation != None && m.Appraisal.Discount.Kind != "nominal" {
		return (1+rate)*(1+x[m.Inflation]) - 1
	}
	return rate
}

// realRate is the step's rate without inflation.
func (m *Model) realRate(x []float64, step int) float64 {
	rate := m.writtenRate(x, step)
	if m.Inflation != None && m.Appraisal.Discount.Kind == "nominal" {
		return (1+rate)/(1+x[m.Inflation]) - 1
	}
	return rate
}

// writtenRate is the rate of the step as the appraisal has it, 0 without any.
func (m *Model) writtenRate(x []float64, step int) float64 {
	input := None
	for i, r := range m.Rates {
		if i == 0 || r.From <= step {
			input = r.Input
		}
	}
	return optional(x, input, 0)
}

// transfer reports whether what one side gains the other loses.
func (f *Flow) transfer() bool { return f.Class == "transfer" }

// public reports whether the stakeholder is there and paid for by taxes.
func (m *Model) public(stakeholder int) bool {
	return stakeholder != None && m.Appraisal.Stakeholders[stakeholder].Public
}

// publicSign is what one unit of the flow adds to net public spending: 1 paid by
// a public stakeholder, −1 received, 0 neither or both.
func (m *Model) publicSign(f *Flow) float64 {
	sign := 0.0
	if (f.Cost || f.transfer()) && m.public(f.Payer) {
		sign++
	}
	if (!f.Cost || f.transfer()) && m.public(f.Receiver) {
		sign--
	}
	return sign
}

// side is 1 for a benefit, −1 for a cost and 0 for a transfer: the flow's part in
// the net value to society.
func (f *Flow) side() float64 {
	switch {
	case f.transfer():
		return 0
	case f.Cost:
		return -1
	}
	return 1
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func add(sum, amounts []float64, times float64) {
	if times == 0 {
		return
	}
	for i, v := range amounts {
		sum[i] += times * v
	}
}
