package equity

import (
	"math"
	"testing"
)

// The example of five wealth quintiles; figures computed with R 4.2 from the
// definitions, independently of testdata/measures.R.
var (
	quintiles = []float64{22, 30, 37, 45, 58}
	residents = []float64{2200, 2100, 2000, 1900, 1800}
)

const tolerance = 1e-9

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*max(math.Abs(want), 1e-12)) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

func TestQuintileExample(t *testing.T) {
	y, p := quintiles, Shares(residents)
	line, curve := Linear(y, p), Logit(y, p, 0, 100)
	first := func(value float64, _ []float64) float64 { return value }
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"μ", first(Mean(y, p)), 37.53},
		{"D", first(Difference(y, 4, 0)), 36},
		{"R", first(Ratio(y, 4, 0)), 2.63636363636},
		{"PAR", first(PAR(y, p, 4, false)), 20.47},
		{"PAF", first(PAF(y, p, 4, false)), 54.5430322409},
		{"BGV", first(BGV(y, p)), 151.0491},
		{"BGSD", first(BGSD(y, p)), 12.2902034157},
		{"COV", first(COV(y, p)), 32.7476776332},
		{"MDM", first(MDM(y, p)), 10.2078},
		{"MDB", first(MDR(y, p, 4)), 20.47},
		{"IDIS", first(IDIS(y, p)), 27.1990407674},
		{"Theil × 1000", 1000 * first(Theil(y, p)), 53.1692949249},
		{"MLD × 1000", 1000 * first(MLD(y, p)), 54.5306257755},
		{"SII linear", first(line.SII()), 42.9774859287},
		{"RII linear", first(line.RII()), 3.6791844201},
		{"SII logit", first(curve.SII()), 41.8232212558},
		{"RII logit", first(curve.RII()), 3.29114993702},
		{"ACI", first(ACI(y, p)), 6.8721},
		{"RCI", first(RCI(y, p)), 0.18310951239},
		{"Erreygers", first(Erreygers(y, p, 0, 100)), 0.274884},
		// Hand: (|22−37.53| + |30−37.53| + |37−37.53| + |45−37.53| + |58−37.53|)/5.
		{"MDM unweighted", first(MDMUnweighted(y, p)), (15.53 + 7.53 + .53 + 7.47 + 20.47) / 5},
		// Hand: (36 + 28 + 21 + 13 + 0)/5.
		{"MDB unweighted", first(MDR(y, Even(5), 4)), 19.6},
		{"IDIS unweighted", first(IDISUnweighted(y, p)), 100 * (15.53 + 7.53 + .53 + 7.47 + 20.47) / 5 / 37.53},
		// 50 of women to 44 of men: 2 − 44/50.
		{"adjusted GPI", first(AdjustedParity([]float64{50, 44}, 0, 1)), 1.12},
		{"adjusted GPI below 1", first(AdjustedParity([]float64{44, 50}, 0, 1)), .88},
	} {
		near(t, c.name, c.got, c.want, tolerance)
	}
	for j, want := range []float64{.11, .325, .53, .725, .91} {
		near(t, "ridit", Ridits(p)[j], want, tolerance)
	}
}

// The variance for independent groups as published for the between-group variance:
// 4Σp²s²(y−μ)² + 2[(Σp²s²)² − Σp⁴s⁴ + Σp²(1−p)²s⁴].
func TestVarianceOfIndependentGroups(t *testing.T) {
	p, s := Shares(residents), []float64{2, 2.5, 1.8, 2.2, 2.4}
	mean, _ := Mean(quintiles, p)
	var first, squares, fourth, cross float64
	for j, y := range quintiles {
		v := s[j] * s[j]
		first += 4 * p[j] * p[j] * v * (y - mean) * (y - mean)
		squares += p[j] * p[j] * v
		fourth += math.Pow(p[j], 4) * v * v
		cross += p[j] * p[j] * (1 - p[j]) * (1 - p[j]) * v * v
	}
	near(t, "Var BGV", BGVVariance(quintiles, p, diagonal(s)), first+2*(squares*squares-fourth+cross), tolerance)
}

func diagonal(se []float64) [][]float64 {
	out := make([][]float64, len(se))
	for i := range out {
		out[i] = make([]float64, len(se))
		out[i][i] = se[i] * se[i]
	}
	return out
}
