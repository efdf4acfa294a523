package reports

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// Texts that do harm where they are not taken as text.
const (
	evilScript  = `</script><script>document.title='PWNED'</script>`
	evilFormula = `=HYPERLINK("http://x.example","click")`
	evilMarker  = `__f__alert(1)__f__`
	evilQuotes  = `"'` + "`" + `><img src=x onerror=alert(1)>{{.}}{b}${x}`
	arabic      = "المشاركة في تعليم الكبار"
	korean      = "성인 학습 참여율"
)

var evilLong = strings.Repeat("A name that does not know when to stop ", 12)

// hostileReport has every state, numbers at the edge of what can be printed and
// texts that try to break out, in a language that is written right to left.
func hostileReport() *Report {
	r := &Report{
		City: "A&B " + evilScript, Period: "2023/24", Language: "ar", Framework: evilMarker + " " + evilQuotes,
		Engine: evilScript, Inputs: "short", Methods: []string{evilScript, evilFormula, ""},
	}
	r.Title = evilScript + " " + arabic
	r.Failing = analysis.Table{Name: "failing", Columns: analysis.Columns("file", "cell", "rule", "values"), Rows: [][]any{{evilQuotes, "A1", evilScript, evilFormula}}}
	r.Chapters = []Chapter{exampleChapter(evilQuotes, evilScript+evilMarker), exampleChapter("festival", evilFormula+evilLong)}
	r.Chapters = append(r.Chapters, Chapter{Part: Fairness, Code: "kinds", Title: "Kinds " + evilMarker, Charts: kindCharts(evilScript + evilFormula + evilQuotes + arabic)})
	odd := Area{Code: "2.1", Name: "Area [with] a name: longer/than thirty-one * characters?", Group: evilQuotes, Position: "column"}
	twin := Area{Code: "2.1?", Name: "Area [with] a name: longer/than thirty-one * characters!", Position: "column"}
	for at, name := range []string{evilScript, evilFormula, evilMarker, evilQuotes, arabic, korean, evilLong, "control \x00\x1b[31m\u0085 characters\r\nand a break"} {
		odd.Indicators = append(odd.Indicators, oddIndicator(fmt.Sprintf("2.1.1.%d", at+1), name))
	}
	states := []analysis.State{analysis.Missing, analysis.NotApplicable, analysis.NoBaseline, analysis.Partial,
		analysis.CarriedForward, analysis.Unreliable, analysis.Confidential, analysis.Refused}
	for at, state := range states {
		i := oddIndicator(fmt.Sprintf("2.1.2.%d", at+1), "state "+string(state))
		i.Headline.State, i.Headline.Reason = state, "because "+evilScript
		if state.Withheld() {
			i.Headline.Withhold(state, "because "+evilScript)
			i.Fill = evilFormula
		}
		twin.Indicators = append(twin.Indicators, i)
	}
	numbers := Area{Name: "Own indicators"}
	for at, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e18, -1e18, 1e-9, 0.03, 99.97, 0, 100, -12.5, 123456789.125} {
		i := oddIndicator(fmt.Sprintf("own %d", at+1), fmt.Sprintf("number %d", at+1))
		i.Headline.Value, i.Unit = x, "percent"
		numbers.Indicators = append(numbers.Indicators, i)
	}
	r.Areas = []Area{{Code: "1.1", Name: "Empty", Position: "pediment"}, odd, twin, numbers}
	r.Sources = []Source{{Dataset: evilFormula, File: evilScript, Hash: "ab"}}
	r.Rejects = analysis.Table{Name: "rejects", Columns: textColumns("dataset", "value"), Rows: [][]any{{evilFormula, evilScript}}}
	r.Tables = []analysis.Table{oddTable(), {Name: "empty", Columns: textColumns("a", "a", "")}}
	r.Areas[1].Indicators[0].Note = evilScript + "\n\n" + evilFormula
	r.Areas[2].Indicators[0].Note = evilQuotes
	r.Remarks = []Remark{{evilFormula, evilScript, evilQuotes, evilMarker + "\n\n" + evilScript, evilFormula, evilQuotes}, {}}
	r.Warn(evilFormula, evilScript)
	r.Warn("", "about nothing")
	return r
}

func oddIndicator(code, name string) Indicator {
	m := measure{code: code, name: name, unit: "percent", better: "higher", then: 40, now: 35, se: 1, n: 500}
	i := m.indicator()
	i.Feature, i.Definition, i.Formula, i.Notes, i.Source = name, name, name, name, name
	i.Groups = append(i.Groups, Breakdown{Column: "empty", Label: "Empty"}, Breakdown{Column: "place", Label: name, Levels: []BreakdownLevel{
		{Label: name, Value: i.Headline}, {Label: evilScript, Value: i.Baseline}, {Label: korean, Value: analysis.Value{Estimate: analysis.Unknown()}},
	}})
	return i
}

// oddTable has every kind of cell.
func oddTable() analysis.Table {
	return analysis.Table{Name: "values",
		Columns: []analysis.Column{{Name: "code", Type: "text"}, {Name: "name", Type: "text"}, {Name: "value", Type: "number"}, {Name: "unit", Type: "text"},
			{Name: "se", Type: "number"}, {Name: "ci_low", Type: "number"}, {Name: "ci_high", Type: "number"},
			{Name: "amount", Type: "number", Unit: "EUR"}, {Name: "n", Type: "integer"}, {Name: "ok", Type: "boolean"}, {Name: "nothing", Type: "text"}},
		Rows: [][]any{
			{"2.1.3.1", korean, 38.6123, "percent", 1.2, 36.2, 41.0, -1234567.5, int64(2412), true, nil},
			{"2.3.4.1", arabic, 14.2, "percent", math.NaN(), math.NaN(), math.NaN(), 0.5, int64(14310), false, nil},
			{"-1", evilFormula, -2.0, "", nil, nil, nil, math.Inf(1), int64(-3), nil, ""},
			{"+x", "@cmd", math.NaN(), "per 100,000", nil, nil, nil, 1e-9, nil, nil, ""},
			{"\ttab", "\rreturn \x1b[2J", 1e18, "", nil, nil, nil, 1234567.0, int64(0), nil, ""},
		},
	}
}
