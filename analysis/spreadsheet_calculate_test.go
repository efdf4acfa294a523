package analysis

import (
	"math"
	"strings"
	"testing"
)

// calculated is what a formula gives beside cells A1:C2 of 1, 2, 3, 4, "text" and
// nothing, and a cell called rate of 0.1 on another sheet.
func calculated(t *testing.T, formula string) (any, error) {
	t.Helper()
	s := Spreadsheet{Sheets: []Sheet{
		{Name: "One", Cells: []Cell{
			{Row: 1, Column: 1, Value: 1.0}, {Row: 1, Column: 2, Value: int64(2)}, {Row: 1, Column: 3, Value: 3.0},
			{Row: 2, Column: 1, Value: 4.0}, {Row: 2, Column: 2, Value: "text"}, {Row: 5, Column: 5, Formula: formula},
		}},
		{Name: "It's two", Cells: []Cell{{Row: 3, Column: 27, Value: .1, Name: "rate"}}},
	}}
	err := s.Calculate()
	return s.Sheets[0].Cells[5].Value, err
}

// The values are those of spreadsheet programs (hand arithmetic; LibreOffice
// agrees on every formula of the workbooks in the acceptance test).
func TestCalculate(t *testing.T) {
	for formula, want := range map[string]any{
		"1+2*3^2":                      19.0,
		"-2^2":                         4.0, // the sign binds tighter, as in spreadsheets
		"2^-1":                         0.5,
		"10-4-3":                       3.0,
		"A1/B1":                        0.5,
		"$A$1+B$1":                     3.0,
		"C2":                           0.0, // nothing there
		"'It''s two'!AA3*10":           1.0,
		"(1+rate)^2":                   1.21,
		"SUM(A1:C2)":                   10.0, // words and blanks do not count
		"COUNT(A1:C2)":                 4.0,
		"MIN(A1:C1,0.5)":               0.5,
		"MAX(A1:C1)":                   3.0,
		"SUMPRODUCT(A1:C1,A1:C1)":      14.0,
		"SUMPRODUCT((A1:C1>1)*A1:C1)":  5.0,
		`SUMPRODUCT((A2:B2="TEXT")*1)`: 1.0,  // case does not count
		"SUMPRODUCT(A1:A2*A1:C1)":      30.0, // column by row: (1+4)·(1+2+3)
		"SUMPRODUCT((A1:C1-2+(A1:C1=2))^ABS(A1:C1-2))": 1.0, // −1 + 1 + 1
		"IF(A1>2,1/0,7)":                         7.0,
		"INDEX(A1:C1,3)":                         3.0,
		"LOOKUP(2.5,A1:C1,A1:C1)":                2.0,
		"INT(-1.5)":                              -2.0,
		"ROUND(2.345,2)":                         2.35,
		"SIGN(-3)+ABS(-3)":                       2.0,
		"EXP(0)":                                 1.0,
		"DATE(2025,1,1)":                         45658.0,
		`IF(AND(A1=1,OR(B1=0,C1=3)),"yes","no")`: "yes",
		`FIXED(1234567.891,1)&" EUR"`:            "1,234,567.9 EUR",
		`FIXED(-0.4,0)`:                          "0",
		`"a""b"&1/4`:                             `a"b0.25`,
		`LEFT("changed",2)`:                      "ch",
		"ISNUMBER(B2)":                           false,
	} {
		got, err := calculated(t, formula)
		if err != nil {
			t.Errorf("%s: %v", formula, err)
			continue
		}
		x, number := got.(float64)
		if y, wanted := want.(float64); number != wanted || number && math.Abs(x-y) > 1e-12 || !number && got != want {
			t.Errorf("%s gives %v, want %v", formula, got, want)
		}
	}
}

// A cell that cannot be calculated is named and left empty.
func TestCalculateNamesFaults(t *testing.T) {
	for formula, want := range map[string]string{
		"1/C2":               "division by zero",
		"E5+1":               "refers to itself",
		"unknown*2":          "no cell is called unknown",
		"NPV(0.1,A1:C1)":     "no function is called NPV",
		"Nowhere!A1":         "no sheet is called Nowhere",
		"A1:C1":              "gives 3 values",
		"B2*2":               "text is not a number",
		"(1":                 "not closed",
		"1 2":                "left over",
		"0^0":                "zero to the power",
		"SUM(A1:C1)+A1:C2*1": "gives 6 values",
		"#REF!":              "cannot read",
	} {
		got, err := calculated(t, formula)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "One!E5") || got != nil {
			t.Errorf("%s gives %v and the error %v, want %q", formula, got, err, want)
		}
	}
}
