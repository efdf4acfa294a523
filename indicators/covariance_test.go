package indicators_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"golang.org/x/tools/txtar"

	"pediment/analysis"
	"pediment/indicators"
)

// closeTo is the tolerance for covariances, relative to the standard errors: they
// are differences of larger numbers.
const closeTo = 1e-8

// covarianceCatalogue has the four estimates of testdata/covariance/covariance.R.
const covarianceCatalogue = `
- {code: share, name: Learned, numerator: {dataset: residents, value: learned}, denominator: {}, unit: percent, better: higher, by: [sex]}
- {code: mean,  name: Hours, kind: mean, numerator: {dataset: residents, value: hours}, unit: hours, by: [sex]}
- {code: total, name: All hours, kind: total, numerator: {dataset: residents, value: hours}, unit: hours, by: [sex]}
- {code: ratio, name: Hours a course, numerator: {dataset: residents, value: hours}, denominator: {value: courses}, unit: hours, by: [sex]}
`

// evaluateSample evaluates testdata/covariance/rows.csv sampled as told.
func evaluateSample(t *testing.T, sample analysis.Sample, query analysis.Query) indicators.Evaluation {
	t.Helper()
	data, err := os.ReadFile("testdata/covariance/rows.csv")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	r := createRelation(t, db, txtar.File{Name: "survey/residents.csv", Data: data})
	r.Sample = &sample
	catalogue, problems := indicators.Read(map[string][]byte{"indicators.yaml": []byte(covarianceCatalogue)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	query.Codes = []string{"share", "mean", "total", "ratio"}
	got, err := indicators.Evaluate(context.Background(), db, indicators.Setup{
		Catalogue: catalogue, Relations: []analysis.Relation{r},
		Margins: map[string][]indicators.Margin{"m.csv": {{Variable: "band", Level: "15-24", Total: 130}, {Variable: "band", Level: "25+", Total: 170}}},
		Rows: func(_ context.Context, relation string, computed map[string]string) (analysis.Rows, error) {
			return &tableRows{db: db, from: withComputed(relation, computed), codes: map[string]map[string]int32{}}, nil
		},
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// asked is a query for two breakdowns and their covariances.
func asked() analysis.Query {
	return analysis.Query{Also: [][]string{{"sex", "band"}}, Covariance: true}
}

// designs are those of covariance.R.
func designs() map[string]analysis.Sample {
	psu := analysis.Sample{Weight: "weight", Stratum: "stratum", PSU: []string{"psu"}}
	rows, jackknife, calibrated, same := psu, psu, psu, psu
	rows.PSU = nil
	jackknife.Replicates = &analysis.Replicates{Kind: "JKn"}
	calibrated.Calibrate = &analysis.Calibrate{Method: "linear", Margins: "m.csv"}
	same.SamePSUs = true
	return map[string]analysis.Sample{"psu": psu, "rows": rows, "jackknife": jackknife, "calibrated": calibrated, "same_psus": same}
}

// R 4.2.2, package survey 4.1-1: vcov(svyby(…, covmat = TRUE)) and svycontrast, by
// testdata/covariance/covariance.R.
func TestCovarianceAsR(t *testing.T) {
	evaluated := map[string]indicators.Evaluation{}
	for name, sample := range designs() {
		evaluated[name] = evaluateSample(t, sample, asked())
	}
	for _, line := range wanted(t) {
		e := evaluated[line[0]]
		a, b := find(t, e, line[1], line[2], line[3]), find(t, e, line[1], line[4], line[5])
		want, got := parse(t, line[6]), e.Covariance(a, b)
		if !(math.Abs(got-want) <= closeTo*max(a.SE*b.SE, 1e-6)) {
			t.Errorf("%v: covariance %v, want %v", line, got, want)
		}
		if again := e.Covariance(b, a); !(math.Abs(again-got) <= closeTo*a.SE*b.SE) {
			t.Errorf("%v: covariance %v, the other way round %v", line, got, again)
		}
		spread := a.SE*a.SE + b.SE*b.SE - 2*got
		if want := parse(t, line[7]); !(math.Abs(spread-want) <= closeTo*(a.SE*a.SE+b.SE*b.SE)) {
			t.Errorf("%v: variance of the difference %v, want %v", line, spread, want)
		}
	}
}

// wanted are the lines of R's answers.
func wanted(t *testing.T) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/covariance/want.csv")
	if err != nil {
		t.Fatal(err)
	}
	return readCSV(t, data)[1:]
}

func find(t *testing.T, e indicators.Evaluation, code, period, group string) analysis.Value {
	t.Helper()
	for _, v := range e.Values {
		if v.Code == code && v.Period.Label == period && v.Group.String() == group {
			return v
		}
	}
	t.Fatalf("no value %s %s [%s]", code, period, group)
	return analysis.Value{}
}

func parse(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// What nobody knows is NaN, what is independent 0.
func TestCovarianceUnknown(t *testing.T) {
	all := designs()
	e := evaluateSample(t, all["psu"], asked())
	women, men := find(t, e, "share", "2025", "sex=female"), find(t, e, "share", "2025", "sex=male")
	before := find(t, e, "share", "2023", "sex=female")
	young := find(t, e, "share", "2025", "sex=female, band=15-24")
	hours := find(t, e, "mean", "2025", "sex=female")
	withheld, unclear, count := men, men, men
	withheld.Withhold(analysis.Confidential, "too few")
	unclear.ErrorUnknown = true
	count.SE = math.NaN()
	notAsked := evaluateSample(t, all["psu"], analysis.Query{})
	pooled := evaluateSample(t, all["psu"], analysis.Query{Covariance: true, Pool: 2})
	kept := all["same_psus"]
	kept.Calibrate = all["calibrated"].Calibrate
	apart := evaluateSample(t, kept, asked())
	for _, test := range []struct {
		name string
		e    indicators.Evaluation
		a, b analysis.Value
		want float64
	}{
		{"itself", e, women, women, women.SE * women.SE},
		{"itself, not asked for", notAsked, women, women, women.SE * women.SE},
		{"groups, not asked for", notAsked, women, men, math.NaN()},
		{"rounds drawn apart", e, before, women, 0},
		{"another group in a round drawn apart", e, before, men, 0},
		{"a count has no sampling error", e, count, women, 0},
		{"another breakdown", e, women, young, math.NaN()},
		{"another indicator", e, women, hours, math.NaN()},
		{"withheld", e, women, withheld, math.NaN()},
		{"error that cannot be stated", e, women, unclear, math.NaN()},
		{"rounds put together overlap", pooled, before, women, math.NaN()},
		{"same PSUs, weighted apart", apart, before, women, math.NaN()},
	} {
		if got := test.e.Covariance(test.a, test.b); got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	whole, first := find(t, apart, "share", "2025", ""), find(t, apart, "share", "2023", "")
	if r := apart.Correlation(first, whole); r != 0 {
		t.Errorf("correlation nobody knows: %v, want 0", r)
	}
}

// The correlation of the whole's rounds is there without being asked for: R's
// covariance of svyby(~period) over the standard errors.
func TestCorrelationOfRounds(t *testing.T) {
	e := evaluateSample(t, designs()["same_psus"], analysis.Query{})
	tested := 0
	for _, line := range wanted(t) {
		if line[0] != "same_psus" || line[3] != "" || line[2] == line[4] {
			continue
		}
		a, b := find(t, e, line[1], line[2], ""), find(t, e, line[1], line[4], "")
		if got, want := e.Correlation(a, b), parse(t, line[6])/(a.SE*b.SE); !(math.Abs(got-want) <= closeTo) {
			t.Errorf("%v: correlation %v, want %v", line, got, want)
		}
		tested++
	}
	if tested != 4 {
		t.Errorf("%d pairs of rounds, want one for each of 4 indicators", tested)
	}
}

// Groups by further columns leave the other values as they were, and are made of
// the indicators named alone.
func TestAlso(t *testing.T) {
	sample := designs()["psu"]
	plain := evaluateSample(t, sample, analysis.Query{})
	more := evaluateSample(t, sample, analysis.Query{Also: [][]string{{"sex", "band"}, {"sex"}, {"band", "sex"}}, AlsoOf: []string{"mean"}, Covariance: true})
	extra := map[string]int{}
	var rest []analysis.Value
	for _, v := range more.Values {
		if len(v.Group) > 1 {
			extra[v.Code]++
		} else {
			rest = append(rest, v)
		}
	}
	if want := map[string]int{"mean": 12}; fmt.Sprint(extra) != fmt.Sprint(want) { // 3 sexes, 2 bands, 2 rounds
		t.Errorf("groups of two columns %v, want %v", extra, want)
	}
	if fmt.Sprint(rest) != fmt.Sprint(plain.Values) {
		t.Error("the other values changed")
	}
}
