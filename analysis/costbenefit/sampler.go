package costbenefit

import (
	"slices"
	"sync"
)

// sampler returns a function that writes the NPV of every option at the values x
// into npv. The inputs that are not drawn must be at the model's own values: what
// hangs on them alone is computed once, here. It may run concurrently and
// allocates nothing per call.
func (m *Model) sampler(drawn []int) func(x, npv []float64) {
	varies := make([]bool, len(m.Inputs))
	for _, i := range drawn {
		varies[i] = true
	}
	x, w := m.Values(), m.newWorkspace()
	s := &precomputed{model: m, rates: m.ratesVary(varies), factors: make([]float64, len(m.Columns))}
	m.discount(x, s.factors)
	for l := range m.Flows {
		if f, ok := m.sampled(l, x, varies, s, w); ok {
			s.flows = append(s.flows, f)
		}
	}
	rooms := sync.Pool{New: func() any { return m.newWorkspace() }}
	return func(x, npv []float64) {
		w := rooms.Get().(*workspace)
		s.npv(x, npv, w)
		rooms.Put(w)
	}
}

// precomputed is a model with all that is not drawn worked out.
type precomputed struct {
	model   *Model
	flows   []sampledFlow
	factors []float64 // discount factors, unless rates vary
	rates   bool      // they vary
}

// sampledFlow is a flow with all that is not drawn worked out.
type sampledFlow struct {
	flow     int
	pv       float64   // where neither shape nor rates vary, with the fixed factors
	shape    []float64 // nil where it varies
	fixed    float64   // product of the market factors not drawn
	fixedToo float64   // of the economic ones
	market   []Factor  // drawn
	economic []Factor  // drawn
	side     float64
	public   float64
	members  []float64
}

func (m *Model) sampled(l int, x []float64, varies []bool, s *precomputed, w *workspace) (sampledFlow, bool) {
	f := &m.Flows[l]
	one := sampledFlow{flow: l, side: f.side(), members: f.Members}
	if m.TaxDeadweight != None {
		one.public = m.publicSign(f)
	}
	one.fixed, one.market = split(f.Factors, x, varies)
	one.fixedToo, one.economic = split(f.Economic, x, varies)
	if !m.shapeVaries(f, varies) {
		one.shape = make([]float64, len(m.Columns))
		m.shape(l, x, one.shape, w)
		one.pv = dot(one.shape, s.factors) * one.fixed
	}
	nothing := func(v float64) bool { return v == 0 }
	return one, (one.side != 0 || one.public != 0) && !allOf(f.Members, nothing)
}

func allOf(values []float64, is func(float64) bool) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return !is(v) })
}

// split multiplies the factors that are not drawn and returns the others.
func split(factors []Factor, x []float64, varies []bool) (fixed float64, drawn []Factor) {
	fixed = 1
	for _, f := range factors {
		if f.varies(varies) {
			drawn = append(drawn, f)
		} else {
			fixed *= f.at(x)
		}
	}
	return fixed, drawn
}

func (f Factor) varies(varies []bool) bool {
	return varies[f.Input] || f.Form == Difference && varies[f.Less]
}

func among(varies []bool, inputs ...int) bool {
	return slices.ContainsFunc(inputs, func(i int) bool { return i != None && varies[i] })
}

func (m *Model) ratesVary(varies []bool) bool {
	return among(varies, m.Inflation) || slices.ContainsFunc(m.Rates, func(r Rate) bool { return varies[r.Input] })
}

func (m *Model) shapeVaries(f *Flow, varies []bool) bool {
	if f.Residual == nil {
		return among(varies, f.Duration, f.DropOff, f.Growth, m.Inflation)
	}
	switch f.Residual.Method {
	case "given":
		return among(varies, f.Residual.Value, m.Inflation)
	case "net flows":
		return among(varies, f.Residual.Yearly, f.Residual.Years) || m.ratesVary(varies)
	}
	of := &m.Flows[f.Of]
	return m.shapeVaries(of, varies) ||
		slices.ContainsFunc(of.Factors, func(f Factor) bool { return f.varies(varies) })
}

func (s *precomputed) npv(x, npv []float64, w *workspace) {
	m := s.model
	factors, tax := s.factors, optional(x, m.TaxDeadweight, 0)
	if s.rates {
		factors = w.factors
		m.discount(x, factors)
	}
	clear(npv)
	for i := range s.flows {
		f := &s.flows[i]
		market := f.pv
		switch {
		case f.shape == nil:
			m.shape(f.flow, x, w.shape, w)
			market = dot(w.shape, factors) * f.fixed
		case s.rates:
			market = dot(f.shape, factors) * f.fixed
		}
		market *= product(f.market, x)
		net := f.side*market*f.fixedToo*product(f.economic, x) - tax*f.public*market
		for o, member := range f.members {
			npv[o] += member * net
		}
	}
}
