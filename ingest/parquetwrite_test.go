package ingest

import (
	"bytes"
	"database/sql"
	"math"
	"os"
	"path/filepath"
	"testing"

	"pediment/analysis"
)

// What is written is read back as it was: types, absent cells, hostile text; and the
// same table gives the same bytes.
func TestWriteParquet(t *testing.T) {
	table := analysis.Table{Name: "values", Columns: analysis.Columns("code", "value:number", "n:integer", "clear:boolean", `a "quoted" name; --`), Rows: [][]any{
		{"=1+1", 38.6, int64(2412), true, "x"}, {"b", math.NaN(), nil, false, ""}, {"باب", int64(3), int64(-1), nil, "\xff"},
	}}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := WriteParquet(t.Context(), table, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two files of one table differ")
	}
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := os.WriteFile(path, first.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := openScratch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var got string
	text := "SELECT string_agg(concat_ws('|', code, coalesce(value::VARCHAR, 'NULL'), coalesce(n::VARCHAR, 'NULL'), coalesce(clear::VARCHAR, 'NULL')), ' ') || ' ' || string_agg(DISTINCT typeof(value) || typeof(n) || typeof(clear)) FROM read_parquet(" + analysis.Literal(path) + ")"
	if err := db.QueryRowContext(t.Context(), text).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "=1+1|38.6|2412|true b|NULL|NULL|false باب|3.0|-1|NULL DOUBLEBIGINTBOOLEAN"; got != want {
		t.Errorf("read back %s\nwant %s", got, want)
	}
	var name sql.NullString
	if err := db.QueryRowContext(t.Context(), `SELECT "a ""quoted"" name; --" FROM read_parquet(`+analysis.Literal(path)+") LIMIT 1").Scan(&name); err != nil || name.String != "x" {
		t.Errorf("the odd column reads %v, %v", name, err)
	}
	var absent int
	if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM read_parquet(`+analysis.Literal(path)+`) WHERE "a ""quoted"" name; --" IS NULL`).Scan(&absent); err != nil || absent != 1 {
		t.Errorf("%d empty texts are NULL, %v", absent, err)
	}
}
