package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// liveCity is a city with two survey rounds of 200 people, each row a PSU of its
// own and of weight 1, and a register of residents. In 2021 80 of 200 learned, in
// 2024 120; of the 200, 5 live in the south and 15 in the west.
func liveCity(t *testing.T) *live {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"pediment.yaml": `city: Testville
datasets:
  residents_survey:
    kind: survey
    files: data/survey.csv
    columns: {period: {type: period}, place: {type: text}, age: {type: integer}, learned_12m: {type: boolean}, w: {type: number}}
    design: {weight: w}
  population:
    kind: population
    files: data/population.csv
    columns: {period: {type: period}, place: {type: text}, age: {type: integer}, persons: {type: integer}}
  courses:
    kind: participation
    files: data/courses.csv
    until: 2024-06-30
    columns: {period: {type: period}, person: {type: text}, hours: {type: number}}
`,
		"places.csv":          "code,name,parent,kind,valid_from,valid_to\nT,Testville,,city,,\nN,North,T,district,,\nS,South,T,district,,\nW,West,T,district,,\n",
		"indicators/own.yaml": "- {code: own.1, name: Hours, kind: mean, numerator: {dataset: courses, value: hours}, unit: hours}\n",
		"data/population.csv": "period,place,age,persons\n2024,N,30,700\n2024,S,40,300\n2024,N,90,4\n2023,N,30,650\n",
	}
	files["data/survey.csv"], files["data/courses.csv"] = liveRows()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := readProject(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := &app{dir: dir, out: &out, err: &out, failOn: "never"}
	return &live{app: a, project: p, asOf: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// liveRows are the rows of the survey and of the courses.
func liveRows() (string, string) {
	var survey, courses strings.Builder
	survey.WriteString("period,place,age,learned_12m,w\n")
	courses.WriteString("period,person,hours\n")
	for _, round := range []struct{ year, learned int }{{2021, 80}, {2024, 120}} {
		for k := range 200 {
			place := "N"
			switch k % 40 {
			case 0:
				place = "S"
			case 1, 2, 3:
				place = "W"
			}
			fmt.Fprintf(&survey, "%d,%s,40,%t,1\n", round.year, place, k < round.learned)
		}
	}
	for k := range 20 {
		fmt.Fprintf(&courses, "2023,p%d,3\n2024,p%d,4\n", k, k)
	}
	return survey.String(), courses.String()
}

func yamlText(s string) analysis.Text { return analysis.Text{Value: s} }

// Of 200 rows that are each a PSU, the standard error of a share p is √(p(1−p)/199):
// √(.24/199) for .4 and .6 alike; of their difference √2 times that. Of the 180 in
// the north 108 learned in 2024, three whole forties of 36; the domain keeps the whole
// design, so that theirs is √(200/199 · .24/180).
func TestLiveIndicator(t *testing.T) {
	l := liveCity(t)
	const se = .03472794481039396 // √(.24/199)
	tests := []struct {
		name      string
		link      costbenefit.IndicatorLink
		value, se float64
		label     string
	}{
		{"level", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1")}, .6, se, "Participation in adult learning and education, Testville, 2024"},
		{"level of a period", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), From: "2021"}, .4, se, "2021"},
		{"change", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Since: "2021"}, .2, math.Sqrt2 * se, "Change of Participation in adult learning and education, Testville, 2021 to 2024"},
		{"latest whole period", costbenefit.IndicatorLink{Code: yamlText("own.1")}, 3, math.NaN(), "2023"},
		{"place", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Place: "N"}, .6, math.Sqrt(200. / 199 * .24 / 180), "North"},
	}
	for _, test := range tests {
		v, err := l.Indicator(t.Context(), test.link)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		same := math.Abs(v.SE-test.se) < 1e-9 || math.IsNaN(v.SE) && math.IsNaN(test.se)
		if math.Abs(v.Value-test.value) > 1e-12 || !same || !strings.Contains(v.Label, test.label) {
			t.Errorf("%s: %v ± %v %q, want %v ± %v %q", test.name, v.Value, v.SE, v.Label, test.value, test.se, test.label)
		}
		if strings.HasPrefix(test.link.Code.Value, "2.") && (v.Unit != "share" || !strings.Contains(v.Source, "data/survey.csv")) {
			t.Errorf("%s: unit %q, source %q", test.name, v.Unit, v.Source)
		}
	}
}

func TestLiveRefuses(t *testing.T) {
	l := liveCity(t)
	tests := []struct {
		name string
		link costbenefit.IndicatorLink
		want string
	}{
		{"unknown", costbenefit.IndicatorLink{Code: yamlText("2.1.3.11")}, `no indicator "2.1.3.11" (did you mean "2.1.3.1"?)`},
		{"place", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Place: "NN"}, `no place "NN" in places.csv (did you mean "N"?)`},
		{"small cell", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Place: "S"}, "cannot be used; it is confidential: fewer than 10 people"},
		{"small group", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Group: map[string]string{"place": "S"}}, "cannot be used; it is confidential"},
		{"unreliable", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Place: "W"}, "cannot be used; it is unreliable: the effective sample size is 14.9"},
		{"no such group", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Group: map[string]string{"place": "X"}}, "there is no such group; there are place=N; place=S; place=W"},
		{"no such column", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Group: map[string]string{"plac": "N"}}, `no dataset has a column "plac"`},
		{"partial", costbenefit.IndicatorLink{Code: yamlText("own.1"), From: "2024"}, "the figure of 2024 cannot be used; it is partial"},
		{"other period", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), From: "2022"}, "there is no figure of 2022; there are some of 2021, 2024"},
		{"since itself", costbenefit.IndicatorLink{Code: yamlText("2.1.3.1"), Since: "2024"}, "since: 2024 is not before 2024"},
		{"no data", costbenefit.IndicatorLink{Code: yamlText("1.1.2.1")}, "there is no figure"},
	}
	for _, test := range tests {
		v, err := l.Indicator(t.Context(), test.link)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v; want %q", test.name, v.Value, err, test.want)
		}
	}
}

func TestLiveResidents(t *testing.T) {
	l := liveCity(t)
	for _, test := range []struct {
		where, period, place string
		want                 float64
		err                  string
	}{
		{"age BETWEEN 25 AND 64", "", "", 1000, ""},
		{"age BETWEEN 25 AND 64", "2023", "", 650, ""},
		{"age BETWEEN 25 AND 64", "", "S", 300, ""},
		{"", "", "", 1004, ""},
		{"age > 80", "", "", 0, "fewer than 10 residents"},
		{"age > 200", "", "", 0, "cannot be used; it is missing: no row of population meets the condition"},
		{"agee > 80", "", "", 0, `where: no column "agee" in population (did you mean "age"?)`},
		{"age +", "", "", 0, "where: "},
	} {
		v, err := l.Residents(t.Context(), costbenefit.Residents{Where: yamlText(test.where), Period: test.period, Place: test.place})
		switch {
		case test.err == "" && err != nil, test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
			t.Errorf("%q: %v, want %q", test.where, err, test.err)
		case err == nil && (v.Value != test.want || !math.IsNaN(v.SE) || v.Unit != "persons"):
			t.Errorf("%q: %+v, want %v", test.where, v, test.want)
		case err != nil && strings.Contains(err.Error(), "residents where"):
			t.Errorf("%q: %v names an entry nobody wrote", test.where, err)
		}
	}
}

// What an appraisal asks of one place and breakdown is one run of the pipeline;
// data of periods after the day are not looked at.
func TestLiveGathers(t *testing.T) {
	l := liveCity(t)
	link := func(code, place string) costbenefit.Assumption {
		return costbenefit.Assumption{Indicator: &costbenefit.IndicatorLink{Code: yamlText(code), Place: place}}
	}
	a := &costbenefit.Appraisal{Assumptions: []costbenefit.Assumption{
		link("2.1.3.1", ""), link("own.1", ""), link("2.1.3.1", "N"), {Population: &costbenefit.Residents{Where: yamlText("age < 65")}},
	}}
	l.gather(a)
	for _, x := range a.Assumptions {
		var err error
		if x.Indicator != nil {
			_, err = l.Indicator(t.Context(), *x.Indicator)
		} else {
			_, err = l.Residents(t.Context(), *x.Population)
		}
		if err != nil {
			t.Error(err)
		}
	}
	if len(l.queries) != 2 || len(l.queries[0].codes) != 2 || len(l.queries[0].entries) != 1 {
		t.Errorf("%d runs, the first for %v", len(l.queries), l.queries[0].codes)
	}
	l.asOf = time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)
	v, err := l.Indicator(t.Context(), costbenefit.IndicatorLink{Code: yamlText("2.1.3.1")})
	if err != nil || math.Abs(v.Value-.4) > 1e-12 {
		t.Errorf("as of 2023: %v, %v; want the .4 of 2021", v.Value, err)
	}
}
