package costbenefit

import "math"

// workspace is what computing one flow needs room for, so that a Monte Carlo
// allocates nothing per draw.
type workspace struct {
	kernel, shape, asset, factors []float64 // by column
}

func (m *Model) newWorkspace() *workspace {
	n := len(m.Columns)
	room := make([]float64, 4*n)
	return &workspace{room[:n], room[n : 2*n], room[2*n : 3*n], room[3*n:]}
}

// optional is the input's value, or the default where there is no input.
func optional(x []float64, input int, absent float64) float64 {
	if input == None {
		return absent
	}
	return x[input]
}

// fillKernel writes how much of an effect is left j years after its base into
// kernel, whose length is the number of columns:
//
//	K(j) = (1−drop-off)^(j−lag) · clamp(duration − (j−lag), 0, 1)
func (f *Flow) fillKernel(x, kernel []float64) {
	duration, keep := optional(x, f.Duration, 1), 1-optional(x, f.DropOff, 0)
	clear(kernel)
	left := 1.0
	for j := f.Lag; j < len(kernel); j++ {
		part := min(duration-float64(j-f.Lag), 1)
		if part <= 0 {
			return
		}
		kernel[j] = left * part
		left *= keep
	}
}

// plain reports whether the flow is its base, column by column.
func (f *Flow) plain() bool { return f.Lag == 0 && f.Duration == None && f.DropOff == None }

// shape writes the flow's amounts before its factors into out:
//
//	(Σ_s Base_s · K(t−s)) · Price_t · (1+growth)^(Year_t − price base)
//
// A residual value is one amount, in the last column.
func (m *Model) shape(l int, x, out []float64, w *workspace) {
	f := &m.Flows[l]
	if f.Residual != nil {
		clear(out)
		out[len(out)-1] = m.residualValue(f, x, w)
		return
	}
	if f.plain() {
		copy(out, f.Base)
	} else {
		f.fillKernel(x, w.kernel)
		convolve(f.Base, w.kernel, out)
	}
	growth, inflation := 1+optional(x, f.Growth, 0), m.surprise(f, x)
	for t, price := range f.Price {
		out[t] *= price
		if growth != 1 || inflation != 1 {
			out[t] *= math.Pow(growth*inflation, float64(m.Columns[t].Year-m.Appraisal.PriceBase))
		}
	}
}

func convolve(base, kernel, out []float64) {
	clear(out)
	for s, amount := range base {
		if amount == 0 {
			continue
		}
		for j := 0; s+j < len(out); j++ {
			out[s+j] += amount * kernel[j]
		}
	}
}

// surprise is the yearly factor by which the tried inflation differs from the one
// that the flow's prices were made with.
func (m *Model) surprise(f *Flow, x []float64) float64 {
	if m.Inflation == None || f.Line != nil && f.Line.Nominal {
		return 1
	}
	if used := m.Inputs[m.Inflation].Value; x[m.Inflation] != used {
		return (1 + x[m.Inflation]) / (1 + used)
	}
	return 1
}

// residualValue is what an asset is worth in the last column: what its price has
// become less straight-line depreciation over its life, a given value, or an
// annuity of what it still earns at the last year's rate.
func (m *Model) residualValue(f *Flow, x []float64, w *workspace) float64 {
	last, terms := len(m.Columns)-1, f.Residual
	price := math.Pow(m.surprise(f, x), float64(m.Columns[last].Year-m.Appraisal.PriceBase))
	if f.Price != nil {
		price *= f.Price[last]
	}
	switch terms.Method {
	case "given":
		return x[terms.Value] * price
	case "net flows":
		return x[terms.Yearly] * Annuity(m.realRate(x, m.Columns[last].Step), x[terms.Years]) * price
	}
	m.shape(f.Of, x, w.asset, w)
	inflation := 1 + optional(x, m.Inflation, 0)
	value := 0.0
	for s, cost := range w.asset {
		if cost != 0 {
			age := float64(m.Columns[last].Year - m.Columns[s].Year)
			value += BookValue(cost, terms.Life, age) * math.Pow(inflation, age)
		}
	}
	return value * product(m.Flows[f.Of].Factors, x)
}

// product multiplies the factors at the values x.
func product(factors []Factor, x []float64) float64 {
	p := 1.0
	for _, f := range factors {
		p *= f.at(x)
	}
	return p
}

func (f Factor) at(x []float64) float64 {
	switch f.Form {
	case Complement:
		return 1 - x[f.Input]
	case Increase:
		return 1 + x[f.Input]
	case Difference:
		return x[f.Input] - x[f.Less]
	case Quotient:
		return 1 / (1 + x[f.Input])
	}
	return x[f.Input]
}
