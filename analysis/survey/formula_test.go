package survey

import (
	"strings"
	"testing"
)

func TestParseFormula(t *testing.T) {
	for _, test := range []struct {
		text, response, predictors string
		intercept                  bool
	}{
		{"y~a + b", `"y"`, `"a"; "b"`, true},
		{"`net income` ~ `age group`", `"net income"`, `"age group"`, true},
		{`I(sch_wide=="Yes")~ell+meals`, `"sch_wide" = 'Yes'`, `"ell"; "meals"`, true},
		{`I(x > 3 & !(g == 'it' | g != "b")) ~ 1`, `"x" > 3 AND NOT ( "g" = 'it' OR "g" <> 'b' )`, "", true},
		{"y ~ 0", `"y"`, "", false},
		{"y ~ a - 1", `"y"`, `"a"`, false},
		{"y ~ I(log(api.00)^2)", `"y"`, `ln ( "api.00" ) ^ 2`, true},
		{"~ factor(race)", "", `"race"`, true},
	} {
		f, err := parseFormula(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		response, predictors := "", []string{}
		if f.response != nil {
			response = f.response.sql
		}
		for _, p := range f.predictors {
			predictors = append(predictors, p.sql)
		}
		if got := strings.Join(predictors, "; "); response != test.response || got != test.predictors || f.intercept != test.intercept {
			t.Errorf("%s: response %s, predictors %s, intercept %v", test.text, response, got, f.intercept)
		}
	}
}

// R: names(coef(lm(…))).
func TestFormulaNames(t *testing.T) {
	f, err := parseFormula("y ~ I(x>11&b!=2) + I(-x*2+1) + I(x^2) + factor(v)")
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []string{"I(x > 11 & b != 2)", "I(-x * 2 + 1)", "I(x^2)", "factor(v)"} {
		if got := f.predictors[k].name; got != want {
			t.Errorf("term %d is called %s, want %s", k, got, want)
		}
	}
}

func TestFormulaMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"y": "has no ~", "y ~": "ends too early", "y ~ a:b": "interactions", "y ~ a*b": "I(a*b)", "y ~ (a + b)": `"(" is not expected`,
		"y ~ log(a)": "function log", "y ~ I(median(a))": "function median", "y ~ a - b": "taken away", "y ~ I(a": "not closed",
		"y ~ a; DROP": "cannot be read", "y ~ I()": "holds nothing", "y ~ a b": `"b" is not expected`,
	} {
		if _, err := parseFormula(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}
