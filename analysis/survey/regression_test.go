package survey

import (
	"context"
	"math"
	"strings"
	"testing"
)

// tableOf is a made-up sample of 48 rows: two strata, six rows to a PSU. R's
// figures for it are from R 4.2.2 and package survey 4.1-1, with the design
//
//	svydesign(~psu, strata=~str, weights=~w, data=d)
func tableOf() *memoryRows {
	m := &memoryRows{
		numbers: map[string][]float64{
			"w": {2, 3, 1.25, 2.25, 3.25, 1.5, 2.5, 3.5, 1.75, 2.75, 1, 2, 3, 1.25, 2.25, 3.25, 1.5, 2.5, 3.5, 1.75, 2.75, 1, 2, 3, 2.25, 3.25, 4.25, 2.5, 3.5, 4.5, 2.75, 3.75, 2, 3, 4, 2.25, 3.25, 4.25, 2.5, 3.5, 4.5, 2.75, 3.75, 2, 3, 4, 2.25, 3.25},
			"x": {17.5, 11.3, 5.1, 22.6, 16.4, 10.2, 4, 21.5, 15.3, 9.1, 3.6, 20.4, 14.2, 8, 2.5, 19.3, 13.1, 7.6, 1.4, 18.2, 12, 6.5, 0.3, 17.1, 11.6, 5.4, 22.2, 16, 10.5, 4.3, 21.1, 15.6, 9.4, 3.2, 20, 14.5, 8.3, 2.1, 19.6, 13.4, 7.2, 1, 18.5, 12.3, 6.1, 0.6, 17.4, 11.2},
			"y": {13, 8.187, 7.707, 14.373, 9.56, 11.08, 2.767, 7.433, 12.453, 4.14, 5.94, 10.327, 7.013, 8.533, 2.5, 8.387, 9.907, 5.373, 2.56, 13.28, 6.467, 10.267, 5.453, 9.84, 8.14, 3.327, 11.213, 9.233, 4.7, 6.22, 12.107, 7.573, 7.593, 4.28, 8.667, 10.467, 7.653, 2.84, 11.84, 9.027, 10.547, 5.733, 6.9, 8.42, 7.107, -0.927, 9.793, 4.98},
			"b": {1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1},
		},
		texts: map[string][]string{
			"g": strings.Split("qqpqqqrrqrrrpprpppqqpqqqrrqrrrpprpppqqpqqqrrqrrr", ""),
			"h": strings.Split("sststststsssststststsststststsssststststsstststs", ""),
		},
	}
	for k := range 48 {
		m.numbers["v"] = append(m.numbers["v"], float64(5-k%6))
		m.numbers["two"] = append(m.numbers["two"], 2*m.numbers["x"][k]+1)
		m.numbers["high"] = append(m.numbers["high"], m.numbers["v"][k])
		m.texts["str"] = append(m.texts["str"], "ab"[k/24:k/24+1])
		m.texts["psu"] = append(m.texts["psu"], "12345678"[k/6:k/6+1])
	}
	for _, k := range []int{2, 19, 30} {
		m.numbers["high"][k] = math.NaN()
	}
	return m
}

func sampleOf(t *testing.T, rows *memoryRows, design Design) *sample {
	t.Helper()
	design.IDs, design.Strata, design.Weights = []string{"psu"}, []string{"str"}, "w"
	s, err := newSample(context.Background(), rows, Request{Design: design})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sameFigure reports equality to 1e-9 of the wanted value, and of NaNs.
func sameFigure(got, want float64) bool {
	return math.IsNaN(got) && math.IsNaN(want) || got == want || math.Abs(got-want) <= 1e-9*max(math.Abs(want), 1e-3)
}

func wantAlike(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !sameFigure(got, want) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// coefficient is R's line for one.
type coefficient struct {
	name               string
	est, se, low, high float64
	p                  float64
}

func TestRegressionEqualsR(t *testing.T) {
	slope := coefficient{"x", 0.360816424424166, 0.0385009607273642, 0.238289184207492, 0.48334366464084, 0.00257338930108003}
	for _, test := range []struct {
		ask  Ask
		df   float64
		want []coefficient
	}{
		{Ask{Formula: "y ~ x + g"}, 3, []coefficient{
			{"(Intercept)", 3.06479905806026, 0.561622956064567, 1.27746415657006, 4.85213395955046, 0.0120903696044692},
			slope,
			{"gq", 1.70469928727794, 0.25317493262469, 0.898983658356046, 2.51041491619984, 0.00668861360803101},
			{"gr", -1.19136372889137, 0.518742623963663, -2.84223427591771, 0.459506818134965, 0.105312673691331},
		}},
		{Ask{Formula: "y ~ x", Domain: &Filter{"h = 's'"}}, 5, []coefficient{
			{"(Intercept)", 3.1933783904353, 1.44556533207328, -0.522565594417838, 6.90932237528844, 0.0781943473964211},
			{"x", 0.369813723163755, 0.0926925258947914, 0.131539999799356, 0.608087446528155, 0.0104297724996891},
		}},
		{Ask{Formula: "y ~ 0 + g + x"}, 3, []coefficient{
			{"gp", 3.06479905806026, 0.561622956064567, 1.27746415657007, 4.85213395955046, 0.0120903696044691},
			{"gq", 4.76949834533821, 0.430823000873676, 3.39842727797654, 6.14056941269988, 0.00157883764448512},
			{"gr", 1.87343532916889, 0.868520963469471, -0.890586002085977, 4.63745666042376, 0.119909381263322},
			slope,
		}},
		{Ask{Formula: "y ~ I(x > 11)"}, 5, []coefficient{
			{"(Intercept)", 5.23385294117647, 0.653553365344839, 3.55384053160204, 6.9138653507509, 0.000490515142681652},
			{"I(x > 11)TRUE", 4.03319219771242, 0.431931301499307, 2.92287743983555, 5.14350695558929, 0.000237242727116999},
		}},
		{Ask{Formula: "b ~ x + g", Family: "binomial"}, 3, []coefficient{
			{"(Intercept)", 0.115289898173452, 0.631749532781154, -1.89521906829064, 2.12579886463755, 0.866831428829147},
			{"x", 0.0204442925232433, 0.0517815441465313, -0.144347691327771, 0.185236276374257, 0.719372884583976},
			{"gq", -0.655459493102113, 0.490498606330923, -2.21644497056677, 0.905525984362543, 0.273762942325295},
			{"gr", -0.189204807137779, 0.314371655082473, -1.18967571934092, 0.811266105065363, 0.589717363396463},
		}},
		{Ask{Formula: `I(h=="t") ~ x + b`, Family: "binomial"}, 4, []coefficient{
			{"(Intercept)", -0.402041265933425, 0.560185217652607, -1.95736477148917, 1.15328223962232, 0.512628349958801},
			{"x", 0.00901725949693401, 0.0540341203887549, -0.141005509570093, 0.159040028563961, 0.875560271282532},
			{"b", -0.284795137860269, 0.44290114822727, -1.51448586294236, 0.944895587221818, 0.555217192961032},
		}},
	} {
		s := sampleOf(t, tableOf(), Design{Levels: map[string][]string{"g": {"none", "p", "q", "r"}}})
		answers, err := s.regression(context.Background(), test.ask)
		if err != nil || len(answers) != len(test.want) {
			t.Errorf("%s: %d answers, error %v", test.ask.Formula, len(answers), err)
			continue
		}
		for k, want := range test.want {
			a, what := answers[k], test.ask.Formula+": "+want.name
			if a.Name != want.name {
				t.Errorf("%s: coefficient %d is called %s", what, k, a.Name)
			}
			wantAlike(t, what, a.Value, want.est)
			wantAlike(t, what+" df", a.DF, test.df)
			for figure, pair := range map[string][2]float64{"SE": {a.SE, want.se}, "low": {a.Low, want.low}, "high": {a.High, want.high}, "p": {a.PValue, want.p}} {
				// R's logistic errors rest on the weights of the step before the last.
				if difference := math.Abs(pair[0]/pair[1] - 1); difference > 1e-8 {
					t.Errorf("%s %s is %.15g, want %.15g", what, figure, pair[0], pair[1])
				}
			}
		}
	}
}

// R: withReplicates(as.svrepdesign(D, type="JKn"), …) of coef(lm(…)) and of
// coef(glm(…, family=quasibinomial)).
func TestRegressionByReplicates(t *testing.T) {
	for _, test := range []struct {
		ask     Ask
		est, se []float64
	}{
		{Ask{Formula: "y ~ x + g"}, []float64{3.06479905806026, 0.360816424424166, 1.70469928727794, -1.19136372889137}, []float64{0.626001953934817, 0.0424648497097062, 0.339237012257617, 0.651921414118061}},
		{Ask{Formula: "b ~ x", Family: "binomial"}, []float64{-0.268758651210491, 0.0260255203732082}, []float64{0.678678838701721, 0.0542484759722986}},
	} {
		s := sampleOf(t, tableOf(), Design{Replicates: Replicates{Type: "replicate", Kind: "JKn"}})
		answers, err := s.regression(context.Background(), test.ask)
		if err != nil {
			t.Fatal(err)
		}
		for k, a := range answers {
			wantAlike(t, test.ask.Formula+": "+a.Name, a.Value, test.est[k])
			wantAlike(t, test.ask.Formula+": "+a.Name+" SE", a.SE, test.se[k])
		}
	}
}

func TestRegressionMistakes(t *testing.T) {
	for _, test := range []struct{ formula, family, want string }{
		{"y ~ x + two", "", "the terms before it determine two"},
		{"x ~ g", "binomial", "goes from 0.3 to 22.6"},
		{"I(x > 11) ~ x", "binomial", "grow without bound"},
		{"I(x > 11) ~ I(x > 11)", "binomial", "grow without bound"},
		{"h ~ x", "", "the response h is a text"},
		{"y ~ nothing", "", `no column "nothing"`},
		{"y ~ x", "poisson", `no family "poisson"`},
		{"~ x", "", "has no response"},
	} {
		_, err := sampleOf(t, tableOf(), Design{}).regression(context.Background(), Ask{Formula: test.formula, Family: test.family})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.formula, err, test.want)
		}
	}
}

// Coefficients follow the units of a predictor, and nothing else changes.
func TestRegressionUnits(t *testing.T) {
	rows := tableOf()
	for _, x := range rows.numbers["x"] {
		rows.numbers["far"] = append(rows.numbers["far"], 1e6+x/1000)
	}
	s := sampleOf(t, rows, Design{})
	near, err := s.regression(context.Background(), Ask{Formula: "y ~ x"})
	if err != nil {
		t.Fatal(err)
	}
	far, err := s.regression(context.Background(), Ask{Formula: "y ~ far"})
	if err != nil {
		t.Fatal(err)
	}
	// 1e6 + x/1000 has six digits of x: 1e-6 is what can be asked for.
	if math.Abs(far[1].Value/(1000*near[1].Value)-1) > 1e-6 || math.Abs(far[1].Statistic/near[1].Statistic-1) > 1e-6 {
		t.Errorf("slope is %v ± %v, want 1000 times %v ± %v", far[1].Value, far[1].SE, near[1].Value, near[1].SE)
	}
}

// Neither the order of rows nor the number of goroutines changes a bit.
func TestRegressionOrder(t *testing.T) {
	var first []Answer
	for _, rows := range []func(*memoryRows){
		func(*memoryRows) {}, func(m *memoryRows) { m.workers, m.batch = 1, 100 },
		func(m *memoryRows) { m.workers, m.batch = 5, 3 }, func(m *memoryRows) { m.backwards = true },
	} {
		m := tableOf()
		rows(m)
		answers, err := sampleOf(t, m, Design{}).regression(context.Background(), Ask{Formula: "b ~ x + g", Family: "binomial"})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = answers
		}
		for k, a := range answers {
			if a.Value != first[k].Value || a.SE != first[k].SE {
				t.Errorf("%s is %v ± %v, was %v ± %v", a.Name, a.Value, a.SE, first[k].Value, first[k].SE)
			}
		}
	}
}
