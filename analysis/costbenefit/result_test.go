package costbenefit

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pediment/analysis"
)

const resultCase = `
title: Small
question: Is it worth it?
business_as_usual: Nothing.
currency: EUR
price_base: 2025
base_year: 2025
last_year: 2027
discount: {rate: 10%, source: made up}
stakeholders: [{id: city, name: City, public: true}, {id: learners, name: Learners}]
options: [{id: a, name: A}, {id: b, name: B}]
assumptions:
  - {id: come, label: Learners, value: 70, unit: persons, low: 30, high: 90, distribution: triangular, source: made up, grade: 1}
lines:
  - {id: staff, name: Staff, side: cost, class: running, payer: city, quantity: [1], unit_value: 400, source: made up, grade: 1}
  - {id: gain, name: Gain, side: benefit, class: social, receiver: learners, quantity: [come], unit_value: 6, source: made up, grade: 1}
unmonetised: [{effect: Good mood, direction: for, size: small, confidence: low}]
`

func resultModel(t *testing.T) *Model {
	t.Helper()
	a, problems := Read("small.yaml", []byte(resultCase))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m, problems := Compile(a, Setup{AsOf: time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// The tables people script against keep their names and first columns.
func TestResultTables(t *testing.T) {
	r, err := resultModel(t).Result(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"summary": "option", "findings": "about", "cash_flow": "option", "perspectives": "option", "groups": "option", "fiscal": "option",
		"funding": "year", "sustainability": "option", "incremental": "from", "budget": "rank", "frontier": "option", "sensitivity": "option",
		"scenarios": "scenario", "monte_carlo": "option", "contributions": "option", "assumptions": "id", "checks": "check", "unmonetised": "options",
		"options": "option", "match_requirements": "option", "settings": "setting",
	}
	if r.Tables[0].Name != "summary" {
		t.Errorf("the first table is %s", r.Tables[0].Name)
	}
	for _, table := range r.Tables {
		if first, known := want[table.Name]; known && table.Columns[0].Name != first {
			t.Errorf("%s begins with %s, want %s", table.Name, table.Columns[0].Name, first)
		}
		delete(want, table.Name)
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Errorf("%s: %d cells for %d columns", table.Name, len(row), len(table.Columns))
			}
		}
	}
	for name := range want {
		t.Errorf("there is no table %s", name)
	}
	checks := r.Tables[slices.IndexFunc(r.Tables, func(t analysis.Table) bool { return t.Name == "checks" })]
	for _, row := range checks.Rows {
		if row[1] != "ok" {
			t.Errorf("check %v", row)
		}
	}
}

func TestResultIsTheSameAgain(t *testing.T) {
	m := resultModel(t)
	var first []byte
	for range 3 {
		r, err := m.Result(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if string(text) != string(first) {
			t.Fatal("two results of one model differ")
		}
	}
}

func TestResultStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := resultModel(t).Result(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
