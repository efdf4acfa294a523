package ingest

import "testing"

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
