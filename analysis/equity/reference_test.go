package equity

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"pediment/analysis"
)

// reference is a value and its standard error from testdata/measures.R, R 4.2.2.
type reference struct{ value, se float64 }

func references(t *testing.T) map[[2]string]reference {
	file, err := os.Open("testdata/measures.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[[2]string]reference{}
	for _, row := range rows[1:] {
		value, err1 := strconv.ParseFloat(row[2], 64)
		se, err2 := strconv.ParseFloat(row[3], 64)
		if err1 != nil || err2 != nil {
			t.Fatal(row)
		}
		out[[2]string{row[0], row[1]}] = reference{value, se}
	}
	return out
}

// breakdownOf makes a breakdown of sampled percentages.
func breakdownOf(y, population []float64, covariance [][]float64) *Breakdown {
	b := &Breakdown{Code: "1.1", Name: "Has a certificate", Unit: "percent", Better: "higher", Persons: true, By: []string{"district"}, Covariance: covariance}
	for j := range y {
		name := string(rune('A' + j))
		v := analysis.Value{Estimate: analysis.Unknown(), Unit: "percent"}
		v.Value = y[j]
		if covariance != nil {
			v.SE, v.N = math.Sqrt(covariance[j][j]), 200
		}
		b.Groups = append(b.Groups, Group{Level: name, Value: v, Population: population[j]})
	}
	return b
}

func errorsOfQuintiles() [][]float64 {
	s := []float64{2, 2.5, 1.8, 2.2, 2.4}
	out := diagonal(s)
	for i := range out {
		for j := range out {
			out[i][j] = s[i] * s[j] * math.Pow(.3, math.Abs(float64(i-j)))
		}
	}
	return out
}

type referenceCase struct {
	name string
	*Breakdown
	df float64
}

func referenceCases() []referenceCase {
	ordered := func(b *Breakdown, compare string) *Breakdown {
		b.Ordered, b.Compare = true, compare
		return b
	}
	return []referenceCase{
		{"quintiles", ordered(breakdownOf(quintiles, residents, errorsOfQuintiles()), "A"), 40},
		{"near", ordered(breakdownOf([]float64{36, 38, 37.8, 35, 39}, residents, diagonal([]float64{2, 2.5, 1.8, 2.2, 2.4})), "D"), 40},
		{"districts", breakdownOf([]float64{41.3, 12.7, 28.4, 33.9}, []float64{500, 120, 340, 910}, diagonal([]float64{3.1, 4.2, 2.6, 1.9})), 25},
	}
}

// Values and delta-method standard errors of every measure against R.
func TestMeasuresAgainstR(t *testing.T) {
	want := references(t)
	for _, c := range referenceCases() {
		t.Run(c.name, func(t *testing.T) {
			s := newPanel(c.Breakdown, 30).measures()
			checked := 0
			for _, m := range s.rows {
				r, ok := want[[2]string{c.name, m.measure}]
				if !ok {
					continue
				}
				checked++
				near(t, m.measure, m.value, r.value, 1e-9)
				se := m.se
				if m.measure == "theil" || m.measure == "mld" { // their error has a second term, half of BGV's over the squared average
					_, g := BGV(s.y, s.p)
					half := 1 / (2 * s.mean * s.mean)
					se = math.Sqrt(se*se - half*half*(BGVVariance(s.y, s.p, s.cov)-quadratic(g, s.cov)))
				}
				if m.measure != "bgv" { // so has this; all of it is below
					near(t, "SE of "+m.measure, se, r.se, 1e-6)
				}
			}
			if atLeast := 15 + 7*map[bool]int{true: 1}[c.Ordered]; checked < atLeast {
				t.Errorf("%d measures compared, want %d", checked, atLeast)
			}
			near(t, "BGV variance", BGVVariance(s.y, s.p, s.cov), want[[2]string{c.name, "bgv_variance"}].value, 1e-9)
			near(t, "chance of BGV", ChanceBGV(s.p, s.cov), want[[2]string{c.name, "bgv_chance"}].value, 1e-9)
			near(t, "equality, χ²", Equality(s.y, s.cov, math.Inf(1)), want[[2]string{c.name, "equality_chisq"}].value, 1e-6)
			near(t, "equality, F", Equality(s.y, s.cov, c.df), want[[2]string{c.name, "equality_f"}].value, 1e-6)
		})
	}
}

func TestIndependentVarianceAgainstR(t *testing.T) {
	want := references(t)[[2]string{"independent", "bgv_variance"}]
	near(t, "Var BGV", BGVVariance(quintiles, Shares(residents), diagonal([]float64{2, 2.5, 1.8, 2.2, 2.4})), want.value, 1e-9)
}

// Parity needs two groups, of which the reference script has more.
func TestParityErrorsAgainstR(t *testing.T) {
	want := references(t)
	for _, c := range referenceCases()[1:] {
		best, worst := 4, 3
		if c.name == "districts" {
			best, worst = 0, 1
		}
		v := newPanel(c.Breakdown, 30)
		value, g := Parity(v.y, worst, best)
		near(t, "parity", value, want[[2]string{c.name, "parity"}].value, 1e-9)
		near(t, "SE of parity", math.Sqrt(quadratic(g, v.cov)), want[[2]string{c.name, "parity"}].se, 1e-6)
		value, g = AdjustedParity(v.y, best, worst)
		near(t, "adjusted parity", value, want[[2]string{c.name, "parity_adjusted"}].value, 1e-9)
		near(t, "SE of adjusted parity", math.Sqrt(quadratic(g, v.cov)), want[[2]string{c.name, "parity_adjusted"}].se, 1e-6)
	}
}

// Two waves of the same panel of people, so that their estimates go together.
func TestChangeAgainstR(t *testing.T) {
	want := references(t)
	se2, se1 := []float64{3.1, 4.2, 2.6, 1.9}, []float64{2.9, 4.0, 2.8, 2.1}
	later := breakdownOf([]float64{45.1, 14.2, 31.0, 33.0}, []float64{520, 140, 330, 900}, diagonal(se2))
	later.Earlier = breakdownOf([]float64{41.3, 12.7, 28.4, 33.9}, []float64{500, 120, 340, 910}, diagonal(se1))
	later.Cross = diagonal([]float64{0, 0, 0, 0})
	for j := range se1 {
		later.Cross[j][j] = .4 * se1[j] * se2[j]
	}
	list := (&Setup{Breakdowns: []Breakdown{*later}}).studies()[0].changes
	for _, measure := range []string{"difference", "bgv_corrected", "theil_corrected"} {
		c, r := changeOf(list, measure), want[[2]string{"waves", measure}]
		near(t, measure, c.value, r.value, 1e-9)
		near(t, "SE of "+measure, c.se, r.se, 1e-6)
	}
	c, r := changeOf(list, "ratio"), want[[2]string{"waves", "log_ratio"}]
	near(t, "log ratio", math.Log(c.value), r.value, 1e-8)
	near(t, "SE of log ratio", c.se/c.value, r.se, 1e-6)
}
