package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pediment/analysis"
)

// TestNegativeWeights rejects weights and population counts below zero, read as
// they stand or computed; 0 is a weight.
func TestNegativeWeights(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w;n\n1,5;100\n-50;100\n0;100\n2;-3\n-1e2;100\nx-1;100\n"})
	const declared = `
s:
  kind: survey
  files: data/s.csv
  read: {delimiter: ";", decimal: ","}
  columns:
    period: {type: period, from: "'2025'"}
  design: {weight: w, fpc: CAST(n AS INTEGER)}
`
	loads := c.load(declared)
	const weight = "is negative; a weight counts how many people a respondent stands for"
	equal(t, "rejects", loads.rejects(), `
data/s.csv:3: weight: "-50" `+weight+`
data/s.csv:5: fpc: "-3" is negative; a finite population correction says how many units were drawn from
data/s.csv:6: weight: "-1e2" `+weight+`
data/s.csv:7: weight: "x-1" is not a number with decimal ","`)
	equal(t, "loads", loads.summary(), "s data/s.csv rows=2 rejected=4 excluded=0 loaded")
	equal(t, "weights", c.rows("SELECT weight FROM s ORDER BY 1"), "0.0\n1.5")
}

// TestNegativeFiguresElsewhere keeps negative figures that count nobody.
func TestNegativeFiguresElsewhere(t *testing.T) {
	c := newCity(t, map[string]string{"data/b.csv": "year,amount,weight\n2025,-50,-1\n"})
	equal(t, "loads", c.load(`
b:
  kind: budget
  files: data/b.csv
  columns: {period: {type: period, from: year}, amount: {type: decimal}, weight: {type: number}}
`).summary(), "b data/b.csv rows=1 rejected=0 excluded=0 loaded")
}

// sample returns what the warehouse says of how a relation was sampled.
func (c city) sample(name string) *analysis.Sample {
	c.t.Helper()
	w, err := Open(context.Background(), c.dir)
	must(c.t, err)
	defer func() { must(c.t, w.Close()) }()
	relations, err := w.Relations(context.Background())
	must(c.t, err)
	r, ok := findRelation(relations, name)
	if !ok {
		c.t.Fatalf("no relation %s", name)
	}
	return r.Sample
}

func sameSamples(t *testing.T, what string, got, want *analysis.Sample) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: sample differs (-want +got):\n%s", what, diff)
	}
}

// TestTwoStages loads blocks within districts and households within blocks: every
// unit and every population must be there and make sense.
func TestTwoStages(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,block,hh,nb,nh\n10,N,1,a,20,8\n11,N,1,b,20,8\n12,N,2,,20,9\n13,S,3,d,30,-9\n"})
	const declared = `
s:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, stratum: d, psu: [block, hh], fpc: [nb, CAST(nh AS INTEGER)], same_psus: true}
`
	loads := c.load(declared)
	equal(t, "rejects", loads.rejects(), `
data/s.csv:4: psu2 is missing
data/s.csv:5: fpc2: "-9" is negative; a finite population correction says how many units were drawn from`)
	equal(t, "rows", c.rows("SELECT weight, stratum, psu, psu2, fpc, fpc2 FROM s"), "10.0|N|1|a|20.0|8.0\n11.0|N|1|b|20.0|8.0")
	sameSamples(t, "two stages", c.sample("s"), &analysis.Sample{
		Weight: "weight", Stratum: "stratum", PSU: []string{"psu", "psu2"}, FPC: []string{"fpc", "fpc2"}, LonelyPSU: "fail", SamePSUs: true,
	})
}

// TestReplicateWeights loads replicate weights named in each of the three ways:
// one name for all, with zeros in front, and a list.
func TestReplicateWeights(t *testing.T) {
	c := newCity(t, map[string]string{
		"data/s.csv": "w,rw1,rw2,rw3\n1,0.5,\"1.5\",1e0\n2,2,-1,3\n3,1,,1\n",
		"data/z.csv": "w,Rep weight 01,Rep weight 02\n1,3,4\n",
	})
	const declared = `
s:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, replicates: {type: JKn, weights: "rw%d", count: 3, combined: true, scale: 0.5, rscales: [1, 1, 0.9], mse: true}}
z:
  kind: survey
  files: data/z.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, replicates: {type: Fay, weights: "Rep weight %02d", count: 2, rho: 0.3}}
l:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, replicates: {type: bootstrap, weights: [rw3, rw1], scale: 0.5}}
`
	loads := c.load(declared)
	equal(t, "rejects", loads.rejects(), "data/s.csv:4: replicate2 is missing")
	equal(t, "one name", c.rows("SELECT * EXCLUDE (_file, period) FROM s"), "1.0|0.5|1.5|1.0\n2.0|2.0|-1.0|3.0")
	equal(t, "zeros in front", c.rows("SELECT replicate1, replicate2 FROM z"), "3.0|4.0")
	equal(t, "list", c.rows("SELECT replicate1, replicate2 FROM l"), "1.0|0.5\n3.0|2.0\n1.0|1.0")
	sameSamples(t, "one name", c.sample("s"), &analysis.Sample{Weight: "weight", LonelyPSU: "fail", Replicates: &analysis.Replicates{
		Kind: "JKn", Weights: []string{"replicate1", "replicate2", "replicate3"}, Combined: true, Scale: .5, RScales: []float64{1, 1, .9}, MSE: true,
	}})
	sameSamples(t, "zeros in front", c.sample("z"), &analysis.Sample{Weight: "weight", LonelyPSU: "fail", Replicates: &analysis.Replicates{
		Kind: "Fay", Weights: []string{"replicate1", "replicate2"}, Rho: .3,
	}})
}

// TestReplicatesToBeMade keeps the design's columns and says how many are made.
func TestReplicatesToBeMade(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,block\n1,N,1\n"})
	c.load(`
s:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, stratum: d, psu: block, replicates: {type: bootstrap, count: 200}}
`)
	sameSamples(t, "made", c.sample("s"), &analysis.Sample{
		Weight: "weight", Stratum: "stratum", PSU: []string{"psu"}, LonelyPSU: "fail", Replicates: &analysis.Replicates{Kind: "bootstrap", Count: 200},
	})
}

const redesigned = `
s:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}, sex: {}, age: {type: integer}}
  design: {weight: w, stratum: d, psu: block}
`

// TestDesignReachesRelation changes what is made of the design's columns: the
// relation follows and no file is read again. Other columns are read again.
func TestDesignReachesRelation(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,block,hh,sex,age\n1,N,1,a,f,40\n"})
	plain := analysis.Sample{Weight: "weight", Stratum: "stratum", PSU: []string{"psu"}, LonelyPSU: "fail"}
	calibrated, made, two := plain, plain, plain
	calibrated.SamePSUs, calibrated.LonelyPSU = true, "adjust"
	calibrated.Calibrate = &analysis.Calibrate{
		At: analysis.Position{File: "pediment.yaml", Line: 7, Column: 14}, Method: "raking",
		Margins: "margins/s.csv", Variables: []string{"sex", "age_band", "stratum"}, Bounds: []float64{.3, 3},
	}
	made.Replicates = &analysis.Replicates{Kind: "JKn", MSE: true}
	two.PSU = []string{"psu", "psu2"}
	for _, step := range []struct {
		what, old, new, state string
		want                  analysis.Sample
	}{
		{"plain", "", "", "loaded", plain},
		{"calibrated", "psu: block}", "psu: block, same_psus: true, lonely_psu: adjust}\n  calibrate: {method: raking, margins: margins/s.csv, variables: [sex, age_band, stratum], bounds: [0.3, 3]}", "unchanged", calibrated},
		{"made", "psu: block}", "psu: block, replicates: {type: JKn, mse: true}}", "unchanged", made},
		{"list of one", "psu: block", "psu: [block]", "unchanged", plain},
		{"two stages", "psu: block", "psu: [block, hh]", "loaded", two},
		{"plain again", "", "", "loaded", plain},
	} {
		loads := c.load(strings.Replace(redesigned, step.old, step.new, 1))
		equal(t, step.what, loads.summary(), "s data/s.csv rows=1 rejected=0 excluded=0 "+step.state)
		sameSamples(t, step.what, c.sample("s"), &step.want)
	}
}

// TestFeedsOfDifferentDesigns puts datasets into one relation only where they were
// sampled alike.
func TestFeedsOfDifferentDesigns(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,block,hh,n,r1,r2,sex\n1,N,1,a,5,1,1,f\n"})
	const one = `
%s:
  kind: survey
  feeds: both
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}, sex: {}}
  design: %s
`
	const (
		design    = "pediment.yaml:10:3: b: the survey design differs from a, which feeds both as well (declare both alike, or let them feed different relations with feeds: …)"
		calibrate = "pediment.yaml:10:3: b: the calibration differs from a, which feeds both as well (declare both alike, or let them feed different relations with feeds: …)"
		none      = ""
	)
	for _, test := range []struct{ a, b, want string }{
		{"{psu: block}", "{psu: block}", none},
		{"{psu: block}", "{psu: hh}", none}, // both are the column psu
		{"{psu: block}", "{psu: [block, hh]}", design},
		{"{psu: [block, hh], fpc: n}", "{psu: [block, hh], fpc: [n, n]}", design},
		{"{psu: block}", "{psu: block, same_psus: true}", design},
		{"{replicates: {type: BRR, weights: [r1, r2]}}", "{replicates: {type: BRR, weights: [r2, r1]}}", none},
		{"{replicates: {type: BRR, weights: [r1, r2]}}", "{replicates: {type: BRR, weights: [r1, r2], mse: true}}", design},
		{"{replicates: {type: BRR, weights: [r1, r2]}}", "{weight: w}", design},
		{"{weight: w}\n  calibrate: {margins: m.csv}", "{weight: w}\n  calibrate: {margins: m.csv}", none},
		{"{weight: w}\n  calibrate: {margins: m.csv}", "{weight: w}", calibrate},
		{"{weight: w}\n  calibrate: {margins: m.csv}", "{weight: w}\n  calibrate: {margins: m.csv, variables: sex}", calibrate},
	} {
		declared := fmt.Sprintf(one, "a", test.a) + fmt.Sprintf(one, "b", test.b)
		want := test.want
		if strings.Contains(test.a, "\n") {
			want = strings.Replace(want, ":10:", ":11:", 1)
		}
		equal(t, test.a+" and "+test.b, c.check(declared), want)
	}
}
