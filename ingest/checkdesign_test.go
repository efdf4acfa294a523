package ingest

import (
	"fmt"
	"testing"
)

// TestDesignMistakes says of every mistake where it is and what to do. What stands
// after "design:" begins in column 11 of line 6.
func TestDesignMistakes(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,block,hh,n,r1,r2,age,sex\n1,N,1,a,5,1,1,30,f\n"})
	const carried = " means nothing beside replicate weights, which carry the design (leave them out; or leave out weights: and replicates are made from stratum and psu)"
	for _, test := range []struct{ design, want string }{
		{`{lonely_psu: adjst}`, `24: s: unknown rule for lonely PSUs "adjst" (did you mean "adjust"?)`},
		{`{psu: [block, ""]}`, `26: s: psu of stage 2 is empty (name its column, or leave it out)`},
		{`{psu: block, fpc: [n, n]}`, `33: s: fpc has 2 stages, psu 1 (declare the sampled units of that stage under psu, or leave out its population)`},
		{`{psu: [block, hous]}`, `25: no column "hous" in data/s.csv (its columns: w, d, block, hh, n, r1, r2, age, sex, filename)`},

		{`{replicates: {weights: [r1, r2]}}`, `24: s: replicates: the type is missing (write one of JK1, JKn, BRR, Fay, bootstrap, subbootstrap, mrbbootstrap, successive-difference)`},
		{`{replicates: {type: bootstrp, weights: [r1, r2], scale: 1}}`, `31: s: unknown type of replicate weights "bootstrp" (did you mean "bootstrap"?)`},
		{`{replicates: {type: BRR, weights: "r%d"}}`, `46: s: how many columns "r%d" stands for is missing (add count: and the number of columns)`},
		{`{replicates: {type: BRR, weights: "r%d", count: 1}}`, `24: s: count: 1 cannot be the number of replicate weights (write the number of columns, 2 to 10000)`},
		{`{replicates: {type: BRR, weights: "r%d", count: 4}}`, `46: no column "r3" in data/s.csv (did you mean "r1"?)`},
		{`{replicates: {type: BRR, weights: [r1, r2], count: 2}}`, `46: s: count goes with a name that has %d where the number stands (write a name such as "rw%d", or leave out count)`},
		{`{replicates: {type: BRR, weights: [r1, "r%d"], count: 2}}`, `51: s: "r%d" stands for all replicate weights, but there are 2 names (write one name with %d, or all names without it)`},
		{`{replicates: {type: BRR, weights: r1}}`, `45: s: one replicate weight shows no spread (list all columns, or write "rw%d" and count: 80 for rw1 to rw80)`},
		{`{replicates: {type: JKn, weights: [r1, r2]}}`, `24: s: replicate weights of type JKn need a scale (add scale: and, where replicates differ, rscales: as the survey's documentation states them)`},
		{`{replicates: {type: BRR, weights: [r1, r2], rscales: [1]}}`, `24: s: 1 rscales for 2 replicate weights (give one for each replicate, or none)`},
		{`{replicates: {type: BRR, weights: [r1, r2], scale: -1}}`, `24: s: scale and rscales cannot be negative (write what the survey's documentation says)`},
		{`{replicates: {type: BRR, weights: [r1, r2], rho: 0.5}}`, `24: s: rho belongs to replicates of type Fay (leave it out, or write type: Fay)`},
		{`{replicates: {type: Fay, weights: [r1, r2]}}`, `24: s: Fay's replicates need a rho between 0 and 1 (write rho: 0.5, or what the survey's documentation says; without one the type is BRR)`},
		{`{replicates: {type: BRR, weights: [r1, r2], combined: true}}`, `24: s: the sampling weight is missing beside replicate weights that hold it already (add weight: and its column)`},
		{`{stratum: d, replicates: {type: BRR, weights: [r1, r2]}}`, `21: s: stratum` + carried},
		{`{psu: block, replicates: {type: BRR, weights: [r1, r2]}}`, `17: s: psu` + carried},
		{`{fpc: n, replicates: {type: BRR, weights: [r1, r2]}}`, `17: s: fpc` + carried},
		{`{nested: true, replicates: {type: BRR, weights: [r1, r2]}}`, `38: s: nested` + carried},

		{`{replicates: {type: JKn}}`, `24: s: replicate weights are made from PSUs, and none are declared (declare psu (a row number where every row was drawn by itself), or name the file's columns under weights:)`},
		{`{psu: block, replicates: {type: JKn, count: 80}}`, `36: s: a jackknife makes one replicate for each PSU (leave out count)`},
		{`{psu: block, replicates: {type: bootstrap, count: 1}}`, `36: s: count: 1 replicates cannot be made (write 2 to 10000)`},
		{`{psu: block, stratum: d, replicates: {type: JK1}}`, `55: s: JK1 is for samples without strata (write JKn)`},
		{`{psu: block, replicates: {type: JKn, combined: true}}`, `36: s: combined says what replicate weights of a file hold; here they are made (leave it out, or name the file's columns under weights:)`},
	} {
		declared := fmt.Sprintf("\ns:\n  kind: survey\n  files: data/s.csv\n  columns: {period: {type: period, from: \"'2025'\"}, sex: {}, age: {type: integer}}\n  design: %s\n", test.design)
		equal(t, test.design, c.check(declared), "pediment.yaml:6:"+test.want)
	}
}

// TestDesignColumnsAreTaken refuses columns that the design fills, whatever their
// letter case, and designs of what is no survey.
func TestDesignColumnsAreTaken(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,block,hh,r1,r2\n1,1,a,1,1\n"})
	equal(t, "columns", c.check(`
s:
  kind: survey
  files: data/s.csv
  columns:
    period: {type: period, from: "'2025'"}
    psu2: {from: hh}
    Weight: {type: number, from: w}
    fpc: {type: number, from: w}
  design: {weight: w, psu: [block, hh]}
e:
  kind: event
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w}
`), `
pediment.yaml:7:11: s: psu2 is declared under columns and under design (keep one of the two)
pediment.yaml:8:13: s: weight is declared under columns and under design (keep one of the two)
pediment.yaml:15:11: e: only surveys have a design`)
}

// TestCalibrateMistakes says of every mistake of a calibration where it is and
// what to do. What stands after "calibrate:" begins in column 14 of line 7.
func TestCalibrateMistakes(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "w,d,age,sex\n1,N,30,f\n"})
	for _, test := range []struct{ calibrate, want string }{
		{`{margins: m.csv, variables: [sex, age_band, stratum]}`, ``},
		{`{method: rakes, margins: m.csv}`, `23: s: unknown method of calibration "rakes" (did you mean "rake"?)`},
		{`{method: magic, margins: m.csv}`, `23: s: unknown method of calibration "magic" (write rake, poststratify, linear, raking, logit)`},
		{`{method: rake}`, `14: s: the population totals are missing (add margins: and a file with the columns variable, level and total)`},
		{`{margins: m.csv, variables: [sx]}`, `43: s: calibrate: no column "sx" (did you mean "sex"?)`},
		{`{margins: m.csv, variables: [Sex]}`, `43: s: calibrate: no column "Sex" (did you mean "sex"?)`},
		{`{margins: m.csv, variables: [place]}`, `43: s: calibrate: no column "place" (its columns: period, sex, age, stratum, age_band)`},
		{`{margins: m.csv, variables: [sex, age, sex]}`, `53: s: calibrate: sex is named twice (name it once)`},
		{`{method: poststratify, margins: m.csv, variables: [sex, age]}`, `70: s: post-stratification takes one variable (write method: rake, or declare one column that tells their combinations apart)`},
		{`{method: linear, margins: m.csv, bounds: [3, 0.3]}`, `14: s: the bounds of calibration are [3 0.3] (write the lowest and the highest ratio of weights, one below and one above 1, such as [0.3, 3])`},
		{`{method: linear, margins: m.csv, bounds: [0.3]}`, `14: s: the bounds of calibration are [0.3] (write the lowest and the highest ratio of weights, one below and one above 1, such as [0.3, 3])`},
		{`{method: linear, margins: m.csv, variables: [sex, age]}`, `64: s: calibrate: age is a number, which linear calibration takes as an amount (declare a text column of its levels, or write method: rake)`},
		{`{method: logit, margins: m.csv}`, `14: s: logit calibration needs bounds (add bounds: [0.5, 2] or others)`},
		{`{margins: m.csv, bounds: [0.3, 3]}`, `14: s: rake heeds no bounds (write method: raking, which gives the weights of rake within bounds, or leave out bounds)`},
		{`{method: raking, margins: m.csv, bounds: [0.3, 3]}`, ``},
	} {
		declared := fmt.Sprintf("\ns:\n  kind: survey\n  files: data/s.csv\n  columns: {period: {type: period, from: \"'2025'\"}, sex: {}, age: {type: integer}}\n  design: {stratum: d}\n  calibrate: %s\n", test.calibrate)
		want := test.want
		if want != "" {
			want = "pediment.yaml:7:" + want
		}
		equal(t, test.calibrate, c.check(declared), want)
	}
}

// TestCalibrateNeedsDesign: how a sample was drawn is never guessed, and what is
// no sample is not calibrated.
func TestCalibrateNeedsDesign(t *testing.T) {
	c := newCity(t, map[string]string{"data/s.csv": "sex\nf\n"})
	equal(t, "check", c.check(`
s:
  kind: survey
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}, sex: {}}
  calibrate: {margins: m.csv, variables: age_band}
e:
  kind: event
  files: data/s.csv
  columns: {period: {type: period, from: "'2025'"}, sex: {}}
  calibrate: {margins: m.csv}
`), `
pediment.yaml:6:14: s: a calibrated survey needs a design (add design: {} where everybody had the same chance, design: {non_probability: true} where nobody was drawn)
pediment.yaml:6:42: s: calibrate: no column "age_band" (its columns: period, sex)
pediment.yaml:11:14: e: only surveys are calibrated`)
}
