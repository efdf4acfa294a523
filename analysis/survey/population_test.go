package survey

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pediment/analysis"
)

func TestPopulationFromJSON(t *testing.T) {
	for _, c := range []struct {
		text string
		want Population
	}{
		{`{"sex": {"F": 230, "M": 190}, "zone": {"north": 420}}`, Population{"sex": {"F": 230, "M": 190}, "zone": {"north": 420}}},
		{`{"(Intercept)": 420, "sexM": 190}`, Population{"": {"(Intercept)": 420, "sexM": 190}}},
		{`{}`, Population{}},
	} {
		var got Population
		if err := json.Unmarshal([]byte(c.text), &got); err != nil {
			t.Errorf("%s: %v", c.text, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.text, diff)
		}
	}
	for _, text := range []string{`{"sex": "many"}`, `{"sex": null}`, `{"sex": {"F": "1"}}`, `[1]`} {
		if err := json.Unmarshal([]byte(text), new(Population)); err == nil {
			t.Errorf("%s was taken", text)
		}
	}
}

func TestNewPopulation(t *testing.T) {
	at := func(line int) analysis.Position { return analysis.Position{File: "margins/people.csv", Line: line} }
	got, err := NewPopulation([]Margin{{"sex", "F", 230, at(2)}, {"sex", "M", 190, at(3)}, {"age", "", 18900, at(4)}})
	if diff := cmp.Diff(Population{"sex": {"F": 230, "M": 190}, "": {"age": 18900}}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	_, err = NewPopulation([]Margin{{"", "F", 1, at(2)}, {"sex", "F", 1, at(3)}, {"sex", "F", 2, at(4)}, {"sex", "M", -1, at(5)}})
	if err == nil {
		t.Fatal("mistakes were taken")
	}
	for _, want := range []string{"people.csv:2: the row names no variable", `people.csv:4: sex "F" has a total already`, `people.csv:5: the total of sex "M" is -1`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from\n%v", want, err)
		}
	}
}
