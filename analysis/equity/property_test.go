package equity

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawn are values, people and standard errors of a few groups.
type drawn struct{ y, population, se []float64 }

func draw(t *rapid.T) drawn {
	k := rapid.IntRange(2, 8).Draw(t, "groups")
	list := func(name string, low, high float64) []float64 {
		return rapid.SliceOfN(rapid.Float64Range(low, high), k, k).Draw(t, name)
	}
	return drawn{list("y", 5, 95), list("population", 50, 5000), list("se", .5, 5)}
}

func (d drawn) sheet(better string) *sheet {
	b := breakdownOf(d.y, d.population, diagonal(d.se))
	b.Better, b.Ordered = better, true
	return newPanel(b, 30).measures()
}

func apply(x []float64, f func(float64) float64) []float64 {
	out := slices.Clone(x)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}

// absolute are the measures in the unit of the values, squared where so noted.
func absolute(name string) bool {
	return slices.Contains([]string{"difference", "par", "bgv", "bgsd", "mdm", "mdm_unweighted", "mdb", "mdb_unweighted", "mdr", "mdr_unweighted", "sii", "aci"}, name)
}

func relativeTo(name string) bool {
	return slices.Contains([]string{"ratio", "paf", "cov", "idis", "idis_unweighted", "theil", "mld", "rii", "rci", "parity", "parity_adjusted"}, name)
}

// close compares measures of which some are differences of much larger numbers.
func close(a, b float64) bool {
	return math.Abs(a-b) <= 1e-7*max(1, math.Abs(a), math.Abs(b)) || math.IsNaN(a) && math.IsNaN(b)
}

func TestEqualGroupsHaveNoInequality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		level := d.y[0]
		d.y = apply(d.y, func(float64) float64 { return level })
		s := d.sheet("higher")
		for _, m := range s.rows {
			want := 0.0
			switch m.measure {
			case "ratio", "rii", "rii_logit", "parity", "parity_adjusted":
				want = 1
			case "bgv_corrected":
				continue // below 0: less than chance
			}
			if math.Abs(m.value-want) > 1e-6 {
				t.Errorf("%s = %g, want %g", m.measure, m.value, want)
			}
			if m.p < .999 {
				t.Errorf("%s of equal groups: p = %g", m.measure, m.p)
			}
		}
	})
}

// Every interval holds its value, of groups that differ, that differ by chance and
// that are the same, along an order and against it.
func TestIntervalsHoldTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		flat := rapid.SampledFrom([]float64{0, 1e-9, .01, 1}).Draw(t, "how far apart")
		at := d.y[0]
		d.y = apply(d.y, func(x float64) float64 { return at + flat*(x-at) })
		b := breakdownOf(d.y, d.population, diagonal(d.se))
		b.Better, b.Ordered = rapid.SampledFrom([]string{"higher", "lower"}).Draw(t, "better"), rapid.Bool().Draw(t, "ordered")
		b.Earlier = breakdownOf(apply(d.y, func(x float64) float64 { return 100 - x }), d.population, diagonal(d.se))
		b.Earlier.Better, b.Earlier.Ordered = b.Better, b.Ordered
		s := (&Setup{Breakdowns: []Breakdown{*b}}).studies()[0]
		holds := func(what string, e estimate) {
			if e.low > e.value || e.value > e.high {
				t.Errorf("%s = %g outside %g to %g", what, e.value, e.low, e.high)
			}
		}
		for _, m := range s.rows {
			holds(m.measure, m.estimate)
		}
		for _, c := range s.changes {
			holds("change of "+c.measure, c.estimate)
		}
		for _, g := range s.standings {
			holds("gap", g.gap)
		}
	})
}

// Relative measures do not depend on the unit, absolute ones follow it; absolute
// ones do not depend on where the scale begins.
func TestScaleAndOrigin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		unit := rapid.Float64Range(.1, 3).Draw(t, "unit")
		shift := rapid.Float64Range(0, 50).Draw(t, "shift")
		was := d.sheet("higher")
		larger := drawn{apply(d.y, func(x float64) float64 { return unit * x }), d.population, d.se}.sheet("higher")
		moved := drawn{apply(d.y, func(x float64) float64 { return x + shift }), d.population, d.se}.sheet("higher")
		for _, m := range was.rows {
			scale := unit
			if m.measure == "bgv" {
				scale *= unit
			}
			if now, ok := larger.found(m.measure); ok && relativeTo(m.measure) && !close(now.value, m.value) {
				t.Errorf("%s changes with the unit from %g to %g", m.measure, m.value, now.value)
			} else if ok && absolute(m.measure) && !close(now.value, scale*m.value) {
				t.Errorf("%s in another unit = %g, want %g", m.measure, now.value, scale*m.value)
			}
			if now, ok := moved.found(m.measure); ok && absolute(m.measure) && !close(now.value, m.value) {
				t.Errorf("%s moves with the origin from %g to %g", m.measure, m.value, now.value)
			}
		}
	})
}

// Not having, where lower is better, is as unequal as having, where higher is.
func TestMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		mirrored := drawn{apply(d.y, func(x float64) float64 { return 100 - x }), d.population, d.se}.sheet("lower")
		for _, m := range d.sheet("higher").rows {
			same := absolute(m.measure) || slices.Contains([]string{"bgv_corrected", "erreygers", "sii_logit", "par_people"}, m.measure)
			now, ok := mirrored.found(m.measure)
			if same && (!ok || !close(now.value, m.value) || !close(now.se, m.se)) {
				t.Errorf("%s mirrored = %g ± %g, want %g ± %g", m.measure, now.value, now.se, m.value, m.se)
			}
		}
	})
}

// Cutting a group into two equal halves changes nothing that counts people.
func TestHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		at := rapid.IntRange(0, len(d.y)-1).Draw(t, "cut")
		cut := drawn{slices.Insert(slices.Clone(d.y), at, d.y[at]), slices.Insert(slices.Clone(d.population), at, d.population[at]/2), slices.Insert(slices.Clone(d.se), at, d.se[at])}
		cut.population[at+1] /= 2
		now := cut.sheet("higher")
		for _, m := range d.sheet("higher").rows {
			weighted := slices.Contains([]string{"par", "paf", "bgv", "bgsd", "cov", "mdm", "mdb", "mdr", "idis", "theil", "mld", "aci", "rci", "erreygers"}, m.measure)
			if got, ok := now.found(m.measure); weighted && (!ok || !close(got.value, m.value)) {
				t.Errorf("%s = %g after the cut, %g before", m.measure, got.value, m.value)
			}
		}
	})
}

// Errors vanish with those of the groups.
func TestErrorsVanish(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		slices.Sort(d.y)
		for i := range d.y { // apart, as measures have corners where groups tie
			d.y[i] += float64(i)
		}
		was := d.sheet("higher")
		d.se = apply(d.se, func(x float64) float64 { return x * 1e-7 })
		for _, m := range d.sheet("higher").rows {
			if before, ok := was.found(m.measure); ok && !(m.se <= 1.01e-7*before.se || math.IsNaN(m.se)) {
				t.Errorf("SE of %s = %g, %g before", m.measure, m.se, before.se)
			}
		}
	})
}

// Women and men changing places changes the sides of the adjusted index and not
// its distance from 1.
func TestAdjustedParityIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := []float64{rapid.Float64Range(1, 99).Draw(t, "f"), rapid.Float64Range(1, 99).Draw(t, "m")}
		one, _ := AdjustedParity(y, 0, 1)
		other, _ := AdjustedParity(y, 1, 0)
		if !close(one+other, 2) {
			t.Errorf("%g and %g", one, other)
		}
	})
}

// Spending as people are has concentration 0; the order of places plays no part.
func TestConcentrationOfSpending(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		p := Shares(d.population)
		even := apply(p, func(float64) float64 { return 7 })
		if c := Concentration(even, p, d.y); !close(c, 0) {
			t.Errorf("concentration of equal spending = %g", c)
		}
		if k := Kakwani(d.y, p, d.y); !close(k, 0) {
			t.Errorf("Kakwani of spending as need = %g", k)
		}
		was := Concentration(d.se, p, d.y)
		for _, x := range [][]float64{p, d.y, d.se} {
			slices.Reverse(x)
		}
		if now := Concentration(d.se, p, d.y); !close(now, was) {
			t.Errorf("concentration = %g turned round, %g before", now, was)
		}
	})
}
