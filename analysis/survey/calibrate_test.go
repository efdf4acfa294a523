package survey

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// close10 reports whether two numbers agree to 1e-10, relatively.
func close10(got, want float64) bool {
	return math.Abs(got-want) <= 1e-10*math.Abs(want)
}

var (
	sexes   = map[string]float64{"F": 230, "M": 190}
	zones   = map[string]float64{"north": 215, "south": 205}
	byTerm  = Population{"": {"(Intercept)": 420, "sexM": 190, "age": 18900}}
	blocks  = Design{IDs: []string{"block"}, Strata: []string{"district"}, Nest: true}
	methods = []struct {
		name        string
		calibration Calibration
		weights     []float64 // of the first six rows
		total, se   float64   // of visits
	}{
		{"postStratify(d, ~sex, sx)", Calibration{Method: "poststratify", Vars: []string{"sex"}, Population: Population{"sex": sexes}},
			[]float64{10.0877192982456, 13.1791907514451, 11.0964912280702, 15.3757225433526, 9.07894736842105, 13.1140350877193},
			748.28262853666, 130.528496330394},
		{"rake(d, list(~sex, ~zone), list(sx, zn))", Calibration{Method: "rake", Vars: []string{"sex", "zone"}, Population: Population{"sex": sexes, "zone": zones}},
			[]float64{10.2149747886432, 13.3619714510287, 10.9409848935504, 15.1790210514665, 9.19347730977888, 12.9302548741959},
			744.117301648324, 124.698454070122},
		{"rake, control = list(maxit = 500, epsilon = 1e-12)", Calibration{Method: "rake", Vars: []string{"sex", "zone"}, Population: Population{"sex": sexes, "zone": zones}, MaxIterations: 500, Epsilon: 1e-12},
			[]float64{10.2149630980982, 13.36199173342, 10.9409710282503, 15.1790422275611, 9.1934667882884, 12.9302384879322},
			744.117166096252, 124.698443890759},
		{"calibrate(d, ~sex+age, pop)", Calibration{Method: "calibrate", Formula: "~sex+age", Population: byTerm},
			[]float64{9.73320558216393, 12.9353853240585, 11.0903693271645, 15.557604766145, 9.38799205686714, 12.9624623866599},
			739.765475996149, 149.272326324547},
		{"aggregate.stage = 1", Calibration{Method: "calibrate", Formula: "~sex+age", Population: byTerm, AggregateStage: 1},
			[]float64{7.14252661949423, 8.57103194339307, 7.85677928144365, 13.9151237941736, 8.94543672482587, 12.921186380304},
			753.551185199198, 120.676941926787},
		{`calfun = "raking"`, Calibration{Method: "calibrate", Formula: "~sex+age", Population: byTerm, Function: "raking"},
			[]float64{9.74753257919136, 12.9218506720338, 11.0873149985629, 15.5650187941859, 9.38026734651408, 12.9643577306054},
			739.94361456571, 149.350005133998},
		{"bounds = c(.98, 1.12)", Calibration{Method: "calibrate", Formula: "~sex+age", Population: byTerm, Bounds: []float64{.98, 1.12}},
			[]float64{9.8, 12.9348643929615, 11.0277545013048, 15.68, 9.43910586261445, 12.8414261039717}, 0, 0},
		{`calfun = "logit", bounds = c(.5, 2)`, Calibration{Method: "calibrate", Formula: "~sex+age", Population: byTerm, Function: "logit", Bounds: []float64{.5, 2}},
			[]float64{9.74513903274735, 12.9246567847964, 11.0873400889606, 15.5640287938002, 9.38227643533889, 12.9633204873835},
			739.904119658617, 149.333586366796},
		{"calibrate(d, ~zone+sex-1, …)", Calibration{Method: "calibrate", Formula: "~zone+sex-1", Population: Population{"": {"zonenorth": 215, "zonesouth": 205, "sexM": 190}}},
			[]float64{10.2199105757825, 13.3534081576786, 10.9349241110807, 15.1882775192384, 9.19791951820422, 12.9230921312772},
			744.084846549259, 125.814869734301},
		{`calibrate(d, ~zone+sex, …, calfun = "raking")`, Calibration{Method: "calibrate", Formula: "~zone+sex", Function: "raking", Population: Population{"zone": zones, "sex": sexes}},
			[]float64{10.2149630980982, 13.36199173342, 10.9409710282503, 15.1790422275611, 9.1934667882884, 12.9302384879322},
			744.117166096252, 125.798699709126},
	}
)

// The numbers are R's: survey 4.1-1 on the same rows, with svydesign(id = ~block,
// strata = ~district, weights = ~w, nest = TRUE) and epsilon 1e-13 in calibrate.
func TestCalibrationEqualsR(t *testing.T) {
	for _, m := range methods {
		r := householdRows(t)
		a, err := fitCalibration(t.Context(), r, r.types, r, m.calibration, blocks, 0)
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		after := r.after(t, a, 0)
		for i, want := range m.weights {
			if !close10(after[i], want) {
				t.Errorf("%s: weight %d is %.15g, want %.15g", m.name, i+1, after[i], want)
			}
		}
		if m.total == 0 {
			continue
		}
		total, se := r.totalOfVisits(t, a)
		if !close10(total, m.total) || !close10(se, m.se) {
			t.Errorf("%s: total %.15g, SE %.15g, want %.15g, %.15g", m.name, total, se, m.total, m.se)
		}
	}
}

// totalOfVisits is the estimate of the total and its SE by linearisation:
// Σ_h n/(n−1)·Σ_i (t_i − t̄)² with four blocks in both districts.
func (r *weightedRows) totalOfVisits(t *testing.T, a *adjustment) (total, se float64) {
	t.Helper()
	z := r.after(t, a, 0)
	for i, visits := range r.columns["visits"].numbers {
		z[i] *= visits
		total += z[i]
	}
	psus, sums := map[string]float64{}, map[string]float64{}
	for i, e := range r.residuals(t, a, z) {
		district := r.columns["district"].texts[i]
		psus[district+r.columns["block"].texts[i]] += e
		sums[district] += e
	}
	variance := 0.0
	for psu, sum := range psus {
		deviation := sum - sums[psu[:1]]/4
		variance += 4. / 3 * deviation * deviation
	}
	return total, math.Sqrt(variance)
}

// R: postStratify of a design with two weights of 0, whose rows keep a residual.
func TestPostStratificationOfZeroWeights(t *testing.T) {
	r := householdRows(t)
	r.weights[0] = slices.Clone(r.weights[0])
	r.weights[0][2], r.weights[0][13] = 0, 0
	a, err := fitCalibration(t.Context(), r, r.types, r, methods[0].calibration, blocks, 0)
	if err != nil {
		t.Fatal(err)
	}
	after := r.after(t, a, 0)
	if !close10(after[0], 11.7948717948718) || after[2] != 0 {
		t.Errorf("weights %v", after[:3])
	}
	total, se := r.totalOfVisits(t, a)
	if !close10(total, 656.437824218171) || !close10(se, 113.40710636018) {
		t.Errorf("total %.15g, SE %.15g", total, se)
	}
}

// R: as.svrepdesign(d) calibrated, svytotal(~visits): every replicate by itself.
func TestReplicatesAreCalibrated(t *testing.T) {
	made, err := makeReplicates("JKn", replicating{strata: []stratumPSUs{{psus: 4}, {psus: 4}}})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range map[int]float64{0: 131.064705120497, 1: 138.519765042811, 3: 151.333801112741, 5: 150.800579106567} {
		r := householdRows(t)
		base := r.weights[0]
		for _, multipliers := range made.multipliers {
			weights := slices.Clone(base)
			for i := range weights {
				weights[i] *= multipliers[i/3] // a block has three rows
			}
			r.weights = append(r.weights, weights)
		}
		a, err := fitCalibration(t.Context(), r, r.types, r, methods[k].calibration, blocks, 8)
		if err != nil {
			t.Errorf("%s: %v", methods[k].name, err)
			continue
		}
		var totals []float64
		for replicate := range r.weights {
			sum := 0.0
			for i, w := range r.after(t, a, replicate) {
				sum += w * r.columns["visits"].numbers[i]
			}
			totals = append(totals, sum)
		}
		if se := made.standardError(totals[1:]); !close10(se, want) {
			t.Errorf("%s: SE %.15g, want %.15g", methods[k].name, se, want)
		}
	}
}

// Where every row is a PSU its own cluster is itself.
func TestAggregationOfRows(t *testing.T) {
	c := methods[3].calibration
	plain := calibratedWeights(t, householdRows(t), c, blocks)
	c.AggregateStage = 1
	for _, ids := range [][]string{nil, {"1"}} {
		if rows := calibratedWeights(t, householdRows(t), c, Design{IDs: ids}); !slices.Equal(plain, rows) {
			t.Errorf("ids %v: weights differ from those without aggregation", ids)
		}
	}
}

// Order, batches and goroutines must not change a bit of the result.
func TestCalibrationIgnoresOrder(t *testing.T) {
	for _, m := range methods {
		var before []float64
		for _, size := range []int{24, 1, 5} {
			for _, backwards := range []bool{false, true} {
				r := householdRows(t)
				r.size, r.backwards = size, backwards
				if backwards {
					r.reverseCodes()
				}
				after := calibratedWeights(t, r, m.calibration, blocks)
				if before != nil && !slices.Equal(before, after) {
					t.Errorf("%s: weights differ with batches of %d, backwards %v", m.name, size, backwards)
				}
				before = after
			}
		}
	}
}

// reverseCodes gives texts codes as if the last row had been met first.
func (r *weightedRows) reverseCodes() {
	for _, c := range r.columns {
		slices.Reverse(c.order)
		for code, text := range c.order {
			c.codes[text] = int32(code)
		}
	}
}

func TestTotalsAreMet(t *testing.T) {
	for _, m := range methods[3:] {
		if m.calibration.Population[""]["age"] == 0 {
			continue
		}
		r := householdRows(t)
		if m.calibration.AggregateStage > 0 { // totals are met where weights are equal within clusters
			for i := range r.weights[0] {
				r.weights[0][i] = r.weights[0][i/3*3]
			}
		}
		size, men, age := 0.0, 0.0, 0.0
		for i, w := range calibratedWeights(t, r, m.calibration, blocks) {
			size += w
			age += w * r.columns["age"].numbers[i]
			if r.columns["sex"].texts[i] == "M" {
				men += w
			}
		}
		if !close10(size, 420) || !close10(men, 190) || !close10(age, 18900) {
			t.Errorf("%s: %v people, %v men, %v years", m.name, size, men, age)
		}
	}
}

// Weights scaled do not change what they are calibrated to.
func TestCalibrationIgnoresScale(t *testing.T) {
	for _, scale := range []float64{1e-9, 1e9} {
		for _, m := range methods {
			if m.calibration.AggregateStage > 0 || len(m.calibration.Bounds) > 0 {
				continue // these depend on how far the totals are from the weights
			}
			if m.calibration.Function == "" && m.calibration.Method == "calibrate" {
				continue
			}
			r := householdRows(t)
			r.weights[0] = slices.Clone(r.weights[0])
			for i := range r.weights[0] {
				r.weights[0][i] *= scale
			}
			m.calibration.Epsilon, m.calibration.MaxIterations = 1e-15, 500
			if m.calibration.Method == "rake" {
				m.calibration.Epsilon = 1e-12 * min(1, 1/scale)
			}
			a, err := fitCalibration(t.Context(), r, r.types, r, m.calibration, blocks, 0)
			if err != nil {
				t.Errorf("%s, weights times %g: %v", m.name, scale, err)
				continue
			}
			sum := 0.0
			for _, w := range r.after(t, a, 0) {
				sum += w
			}
			if !close10(sum, 420) {
				t.Errorf("%s, weights times %g: they add up to %v", m.name, scale, sum)
			}
		}
	}
}

func TestCalibrationMistakes(t *testing.T) {
	sex := func(totals map[string]float64) Calibration {
		return Calibration{Method: "poststratify", Vars: []string{"sex"}, Population: Population{"sex": totals}}
	}
	terms := func(formula string, totals map[string]float64) Calibration {
		return Calibration{Method: "calibrate", Formula: formula, Population: Population{"": totals}}
	}
	both := func(zones map[string]float64) Calibration {
		return Calibration{Method: "rake", Vars: []string{"sex", "zone"}, Population: Population{"sex": sexes, "zone": zones}}
	}
	bounded := terms("~sex", map[string]float64{"(Intercept)": 420, "sexM": 390})
	bounded.Bounds = []float64{.5, 1.5}
	tight := terms("~sex+age", byTerm[""])
	tight.Bounds = []float64{.995, 1.1}
	impatient := both(zones)
	impatient.MaxIterations, impatient.Epsilon = 1, 1e-9
	for _, c := range []struct {
		calibration Calibration
		want        string
	}{
		{Calibration{Method: "raking"}, `no calibration method "raking" (write poststratify`},
		{sex(map[string]float64{"F": 230}), `sex "M" has 10 rows and no population total`},
		{sex(map[string]float64{"F": 230, "M": 190, "X": 3}), `sex "X" has a population total of 3 and no rows`},
		{sex(map[string]float64{"F": 230, "M": 0}), `sex "M" has 10 rows though its population total is 0`},
		{sex(map[string]float64{"F": 230, "M": -1}), `sex "M" has the population total -1`},
		{Calibration{Method: "poststratify", Vars: []string{"sex", "zone"}}, "takes one variable"},
		{Calibration{Method: "poststratify"}, "names no variables"},
		{Calibration{Method: "rake", Vars: []string{"sex"}, Population: Population{"sex": sexes, "zome": zones}}, `population totals of "zome"`},
		{both(map[string]float64{"north": 215, "south": 210}), "contradict each other: sex adds up to 420, zone to 425"},
		{impatient, "raking does not settle"},
		{terms("sex", nil), "has no ~"},
		{terms("~sex*age", nil), "interactions (*) are not supported"},
		{terms("~sex", map[string]float64{"sexM": 190}), `no population total of "(Intercept)"`},
		{terms("~sex", map[string]float64{"(Intercept)": 420}), `sex "M" has 10 rows and no population total`},
		{terms("~sex", map[string]float64{"(Intercept)": 420, "sexM": 430}), "contradict each other: those of sex add up to 430"},
		{terms("~sex", map[string]float64{"(Intercept)": 420, "sexM": 190, "sexm": 2}), `population totals of "sexm", which the weights are not calibrated on (did you mean "sexM"?)`},
		{terms("~sex+age", map[string]float64{"(Intercept)": 420, "sexM": 190}), `no population total of "age"`},
		{terms("~id+w+I(2*id)", map[string]float64{"(Intercept)": 420, "id": 1, "w": 1, "I(2*id)": 1}), "no column"},
		{terms("~zone+copy", map[string]float64{"(Intercept)": 420, "zonesouth": 205, "copysouth": 205}), `do not tell "copysouth" from the terms before it`},
		{terms("~gap", map[string]float64{"(Intercept)": 420, "gap": 100}), `"gap" is unknown in 2 of the rows`},
		{bounded, `the bounds [0.5 1.5] cannot be met: the weights of "sexM" must change by 2.254`},
		{tight, "calibration does not reach the totals"},
		{Calibration{Method: "calibrate", Formula: "~sex", Bounds: []float64{1.2, 2}}, "the bounds of calibration are [1.2 2]"},
		{Calibration{Method: "calibrate", Formula: "~sex", Function: "logit"}, "logit calibration has no bounds"},
		{Calibration{Method: "calibrate", Formula: "~sex", Function: "probit"}, `no calibration function "probit"`},
		{Calibration{Method: "calibrate", Formula: "~sex", Population: byTerm, AggregateStage: 2}, "the design has 1"},
	} {
		r := householdRows(t)
		r.columns["copy"] = r.columns["zone"]
		gap := slices.Clone(r.columns["age"].numbers)
		gap[3], gap[4] = math.NaN(), math.NaN()
		r.columns["gap"] = &column{numbers: gap}
		_, err := fitCalibration(t.Context(), r, r.types, r, c.calibration, blocks, 0)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v\n got %v\nwant %s", c.calibration, err, c.want)
		}
	}
}

// Rows outside the sample and rows of weight 0 may have unknown values.
func TestRowsWithoutWeightNeedNoValues(t *testing.T) {
	r := householdRows(t)
	weights := slices.Clone(r.weights[0])
	weights[0], weights[1] = math.NaN(), 0
	r.weights[0] = weights
	r.columns["sex"].texts[0], r.columns["sex"].texts[1] = "", ""
	for _, m := range methods[:4] {
		a, err := fitCalibration(t.Context(), r, r.types, r, m.calibration, blocks, 0)
		if err != nil {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		after := r.after(t, a, 0)
		if !math.IsNaN(after[0]) || after[1] != 0 {
			t.Errorf("%s: weights %v", m.name, after[:2])
		}
	}
}

// A level all of whose rows a replicate leaves out stops the calibration.
func TestReplicateWithoutALevel(t *testing.T) {
	for _, m := range methods[:5] {
		r := householdRows(t)
		without := slices.Clone(r.weights[0])
		for i, sex := range r.columns["sex"].texts {
			if sex == "M" {
				without[i] = 0
			}
		}
		r.weights = append(r.weights, without)
		_, err := fitCalibration(t.Context(), r, r.types, r, m.calibration, blocks, 1)
		if m.calibration.AggregateStage == 0 && (err == nil || !strings.Contains(err.Error(), "in replicate 1")) {
			t.Errorf("%s: %v", m.name, err)
		}
	}
}
