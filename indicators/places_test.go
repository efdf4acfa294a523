package indicators_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"pediment/analysis"
	"pediment/indicators"
)

// A population with rows of the city beside those of its districts warns.
func TestNestedPopulationWarns(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r := createRelation(t, db, txtar.File{Name: "population/population.csv", Data: []byte("period:period,place:text,persons:integer\n2024,C,10\n2024,D1,4\n")})
	setup := indicators.Setup{
		Relations: []analysis.Relation{r},
		Places:    analysis.Places{{Code: "C"}, {Code: "D1", Parent: "C"}},
	}
	got, err := indicators.Evaluate(context.Background(), db, setup, analysis.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0].Text, "exclude it") {
		t.Errorf("warnings %v", got.Warnings)
	}
}
