package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// roundingLimit is what sums of the same amounts in another order may differ by.
const roundingLimit = 1e-9

// variant is a copy of the model whose flows and inputs may be changed.
func variant(m *Model) *Model {
	other := *m
	other.Flows = append([]Flow(nil), m.Flows...)
	other.Inputs = append([]Input(nil), m.Inputs...)
	other.Columns = append([]Column(nil), m.Columns...)
	for l := range other.Flows {
		other.Flows[l].Base = append([]float64(nil), m.Flows[l].Base...)
		other.Flows[l].Price = append([]float64(nil), m.Flows[l].Price...)
		other.Flows[l].Members = append([]float64(nil), m.Flows[l].Members...)
	}
	return &other
}

// atOneRate keeps the first rate only.
func atOneRate(m *Model) *Model {
	m.Rates = m.Rates[:1]
	return m
}

func sameNPV(t *rapid.T, what string, m *Model, got, want []float64) {
	t.Helper()
	size := grossPV(m.Compute(m.Values()))
	for i := range want {
		if !near(got[i], want[i], size, roundingLimit) {
			t.Fatalf("%s: option %d has %v, want %v", what, i, got[i], want[i])
		}
	}
}

func npvOf(m *Model) []float64 {
	var all []float64
	for _, option := range m.Compute(m.Values()).Options {
		all = append(all, option.NPV)
	}
	return all
}

func times(values []float64, by float64) []float64 {
	var all []float64
	for _, value := range values {
		all = append(all, value*by)
	}
	return all
}

func measured(m *Model, name string) map[int]float64 {
	found := map[int]float64{}
	for _, x := range m.Measures(m.Compute(m.Values())) {
		if x.Name == name {
			found[x.Option] = x.Value
		}
	}
	return found
}

func TestDoublingFlows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		twice := variant(m)
		for _, f := range twice.Flows {
			for c := range f.Base {
				f.Base[c] *= 2
			}
			if f.Residual != nil {
				twice.Inputs[f.Residual.Value].Value *= 2
				twice.Inputs[f.Residual.Yearly].Value *= 2
			}
		}
		sameNPV(t, "doubled", twice, npvOf(twice), times(npvOf(m), 2))
		for _, name := range []string{"bcr", "bcr_fiscal", "mvpf", "payback", "payback_discounted", "irr"} {
			before, after := measured(m, name), measured(twice, name)
			for i, value := range before {
				if !same(value, after[i]) && !near(after[i], value, 1, 1e-6) {
					t.Fatalf("%s of option %d: %v, doubled %v", name, i, value, after[i])
				}
			}
		}
	})
}

func TestShiftingFlowsByAYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := atOneRate(randomModel(t))
		later := variant(m)
		for c := range later.Columns {
			later.Columns[c].Time++
		}
		sameNPV(t, "a year later", m, npvOf(later), times(npvOf(m), 1/(1+m.stepRate(m.Values(), 1))))
	})
}

func TestCostAsNegativeBenefit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		if len(m.Flows) == 0 {
			return
		}
		l := rapid.IntRange(0, len(m.Flows)-1).Draw(t, "line")
		moved := variant(m)
		f := &moved.Flows[l]
		if f.transfer() || f.Residual != nil {
			return
		}
		f.Cost, f.Payer, f.Receiver = !f.Cost, f.Receiver, f.Payer
		for i := range f.Members {
			f.Members[i] = -f.Members[i]
		}
		sameNPV(t, "moved", m, npvOf(moved), npvOf(m))
	})
}

func TestStakeholdersAreSociety(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		o := m.Compute(m.Values())
		table := m.perspectivesTable(o)
		sums, society := map[any]float64{}, map[any]float64{}
		for _, row := range table.Rows {
			switch row[1] {
			case tieOutRow:
				if row[5] != 0.0 {
					t.Fatalf("%v is off by %v", row[0], row[5])
				}
			case societyRow:
				society[row[0]] = row[5].(float64)
			default:
				sums[row[0]] += row[5].(float64)
			}
		}
		for i, option := range o.Options {
			id := m.optionID(i)
			if size := grossPV(o); !near(sums[id], option.NPV, size, roundingLimit) || !near(society[id], option.NPV, size, roundingLimit) {
				t.Fatalf("%v: stakeholders %v, society %v, net present value %v", id, sums[id], society[id], option.NPV)
			}
		}
	})
}

func TestTransferLeavesSocietyAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		m.TaxDeadweight = None
		with := &builder{variant(m)}
		amounts := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), len(m.Columns), len(m.Columns)).Draw(t, "given")
		with.line(rapid.Bool().Draw(t, "as a cost"), "transfer", rapid.IntRange(None, 3).Draw(t, "from"), rapid.IntRange(None, 3).Draw(t, "to"), amounts...)
		sameNPV(t, "with a transfer", m, npvOf(with.m), npvOf(m))
		before, after := m.Compute(m.Values()), with.m.Compute(m.Values())
		for i, option := range before.Options {
			if other := after.Options[i]; option.PVBenefits != other.PVBenefits || option.PVCosts != other.PVCosts {
				t.Fatalf("option %d: benefits %v and costs %v, with a transfer %v and %v", i, option.PVBenefits, option.PVCosts, other.PVBenefits, other.PVCosts)
			}
		}
	})
}

// Nominal flows at (1+real)(1+inflation) − 1 are worth what real ones are at the
// real rate.
func TestNominalIsReal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		m.Inflation, m.Appraisal.Prices = None, "real"
		nominal := &builder{variant(m)}
		inflation := rapid.Float64Range(-.02, .2).Draw(t, "inflation")
		nominal.m.Inflation = nominal.input("expected inflation", inflation)
		for l := range nominal.m.Flows {
			for c := range nominal.m.Columns {
				nominal.m.Flows[l].Price[c] *= math.Pow(1+inflation, float64(nominal.m.Columns[c].Year-m.Appraisal.PriceBase))
			}
		}
		sameNPV(t, "nominal", m, npvOf(nominal.m), npvOf(m))
	})
}

func TestNoDiscountIsTheSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		m.Inflation = None
		for _, rate := range m.Rates {
			m.Inputs[rate.Input].Value = 0
		}
		o := m.Compute(m.Values())
		var sums []float64
		for _, option := range o.Options {
			sums = append(sums, total(option.Net()))
		}
		sameNPV(t, "at 0 %", m, npvOf(m), sums)
	})
}

// Every check of the engine holds, and no table or chart panics.
func TestChecksHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		o := m.Compute(m.Values())
		for _, row := range m.checksTable(o, m.cashFlowTable(o), m.perspectivesTable(o), m.groupsTable(o)).Rows {
			if row[1] == "failed" {
				t.Fatalf("%v", row)
			}
		}
		m.charts(o)
		m.findingsTable(o, nil)
	})
}
