package indicators_test

import (
	"context"
	"database/sql"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"pediment/analysis"
	"pediment/indicators"
)

// The grants of the archive by hand. 2024: a gives 500 + 400 in D1, b 100 there and
// 700 in D2, nobody is named for 50 in D2; c takes 30 back. Of the city a gives 900,
// b 800, nobody 50, c 30; of D1 a 900, b 100, c 30; of D2 b 700, nobody 50. Months
// are gathered to their year, salaries do not count.
const grants = `
-- budget/grants.csv --
period:period,place:text,kind:text,payee:text,amount:number
2024-01,D1,grant,a,500
2024-02,D1,grant,a,400
2024-02,D1,grant,b,100
2024-02,D1,grant,c,-30
2024-03,D2,grant,b,700
2024-03,D2,grant,,50
2024-03,D2,salary,d,9000
-- indicators.yaml --
- code: own.1
  name: Grants
  kind: total
  numerator: {dataset: grants, value: amount, where: "kind = 'grant'"}
  unit: EUR
  better: context
  by: [place]
- code: own.2
  name: Payments
  kind: total
  numerator: {dataset: grants, where: "kind = 'grant'"}
  unit: payments
  better: context
  by: [place]
`

func TestContributions(t *testing.T) {
	ctx := context.Background()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	archive := txtar.Parse([]byte(grants))
	setup := indicators.Setup{Places: analysis.Places{{Code: "C"}, {Code: "D1", Parent: "C"}, {Code: "D2", Parent: "C"}}}
	setup.Relations = []analysis.Relation{createRelation(t, db, archive.Files[0])}
	catalogue, problems := indicators.Read(map[string][]byte{"indicators.yaml": archive.Files[1].Data})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	setup.Catalogue = catalogue
	evaluated, err := indicators.Evaluate(ctx, db, setup, analysis.Query{Codes: []string{"own.1", "own.2"}})
	if err != nil {
		t.Fatal(err)
	}
	of, err := indicators.Contributions(ctx, db, setup, map[string]string{"grants": "payee"}, evaluated.Values, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]float64{"own.1 ": {900, 800}, "own.1 place=D1": {900, 100}, "own.1 place=D2": {700, 50}}
	seen := 0
	for _, v := range evaluated.Values {
		key := v.Code + " " + v.Group.String()
		if got := of(v); !slices.Equal(got, want[key]) {
			t.Errorf("%s: %v, want %v", key, got, want[key])
		}
		if want[key] != nil {
			seen++
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d totals were computed", seen, len(want))
	}
}
