package analysis

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
)

func TestProbe(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f, err := os.Open("/tmp/probe.txt")
	if err != nil {
		t.Skip()
	}
	s := bufio.NewScanner(f)
	for s.Scan() {
		line := s.Text()
		e, err := ParseExpression(context.Background(), db, Text{line, Position{"f", 1, 1, "", ""}})
		if err != nil {
			fmt.Printf("REFUSED %-40s %v\n", line, err)
		} else {
			fmt.Printf("ok      %-40s %s  %q\n", line, e.SQL, e.Columns)
		}
		if os.Getenv("RAW") != "" {
			raw, _ := queryText(context.Background(), db, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", "SELECT "+line)
			fmt.Println("   ", raw)
		}
	}
}
