package analysis

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
)

func TestResultJSON(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tests := []struct {
		name string
		v    any
		want string
	}{
		{"empty result", Result{}, `{"title":"","tables":[],"charts":[],"warnings":[]}`},
		{"empty table", Table{Name: "t"}, `{"name":"t","columns":[],"rows":[]}`},
		{"empty chart", Chart{Kind: "line"}, `{"name":"","title":"","text":"","kind":"line","unit":"","source":"","labels":[],"series":[]}`},
		{"empty series", Series{Name: "s"}, `{"name":"s","value":[],"low":[],"high":[]}`},
		{"series", Series{Name: "s", Value: []float64{1, nan}, Low: []float64{inf, .1}, High: []float64{-inf, 1e21}}, `{"name":"s","value":[1,null],"low":[null,0.1],"high":[null,1e+21]}`},
		{"cells", Table{"t", []Column{{"se", "number", "percent"}}, [][]any{{1.5, nan, -inf, nil}, {"a", true, int64(1) << 53, 0.1}, nil}},
			`{"name":"t","columns":[{"name":"se","type":"number","unit":"percent"}],"rows":[[1.5,null,null,null],["a",true,9007199254740992,0.1],[]]}`},
		{"nested", Result{"R&D <b>", []Table{{"t", nil, [][]any{{"<&>"}}}}, []Chart{{Name: "<", Series: []Series{{Name: "&"}}}}, []Warning{{"a<b", `"q"`}}},
			`{"title":"R&D <b>","tables":[{"name":"t","columns":[],"rows":[["<&>"]]}],"charts":[{"name":"<","title":"","text":"","kind":"","unit":"","source":"","labels":[],"series":[{"name":"&","value":[],"low":[],"high":[]}]}],"warnings":[{"about":"a<b","text":"\"q\""}]}`},
	}
	for _, test := range tests {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(test.v); err != nil || out.String() != test.want+"\n" {
			t.Errorf("%s: %v\n%swant\n%s", test.name, err, out.String(), test.want)
		}
		// Escaped for HTML by json.Marshal, it still says the same.
		escaped, err := json.Marshal(test.v)
		var a, b any
		if err != nil || json.Unmarshal(escaped, &a) != nil || json.Unmarshal(out.Bytes(), &b) != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if x, y := mustJSON(a), mustJSON(b); x != y {
			t.Errorf("%s: escaped it says %s, else %s", test.name, x, y)
		}
	}
}

func mustJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Printing changes nothing in the result.
func TestResultJSONKeepsTheResult(t *testing.T) {
	row := []any{math.NaN()}
	r := Result{Tables: []Table{{Rows: [][]any{row}}}}
	if _, err := json.Marshal(r); err != nil {
		t.Fatal(err)
	}
	if x, ok := row[0].(float64); !ok || !math.IsNaN(x) || r.Charts != nil || r.Tables[0].Columns != nil {
		t.Errorf("printing changed it to %v", r)
	}
}

func TestWarnOnce(t *testing.T) {
	var r Result
	for range 2 {
		r.Warn("2.1", "one")
		r.Warn("2.1", "other")
		r.Warn("2.2", "one")
	}
	if len(r.Warnings) != 3 {
		t.Errorf("warnings %v, want three", r.Warnings)
	}
}

func TestWithhold(t *testing.T) {
	v := Value{Code: "1", Estimate: Estimate{Value: 1, SE: 2, Low: 3, High: 4, DF: 5, DEFF: 6, N: 7, Missing: 8}, Numerator: 9, Denominator: 10}
	v.Withhold(Confidential, "too few")
	for _, x := range []float64{v.Value, v.SE, v.Low, v.High, v.DF, v.DEFF, v.Numerator, v.Denominator} {
		if !math.IsNaN(x) {
			t.Errorf("a number is left: %+v", v)
		}
	}
	if v.N != 0 || v.Missing != 0 || v.State != Confidential || v.Reason != "too few" || v.Code != "1" {
		t.Errorf("withheld: %+v", v)
	}
}
