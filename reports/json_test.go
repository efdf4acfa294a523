package reports

import (
	"bytes"
	"encoding/json"
	"testing"
)

// The shape is fixed because people script against it.
func TestJSONShape(t *testing.T) {
	var got struct {
		Title  *string
		Tables []struct {
			Name    *string
			Columns []struct{ Name, Type, Unit *string }
			Rows    [][]any
		}
		Charts []struct {
			Name, Title, Subtitle, Text, Kind, Unit, Source *string
			Labels                                          []string
			Series                                          []struct {
				Name             *string
				Value, Low, High []*float64
			}
		}
		Warnings   []struct{ About, Text *string }
		Provenance struct{ City, Period, Edition, Engine, Run, Inputs *string }
	}
	decoder := json.NewDecoder(bytes.NewReader(print(t, JSON, exampleReport())))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Title == nil || len(got.Tables) != 2 || len(got.Warnings) != 2 {
		t.Fatalf("title %v, %d tables, %d warnings", got.Title, len(got.Tables), len(got.Warnings))
	}
	if want := len(Charts(exampleReport())); len(got.Charts) != want || want == 0 {
		t.Errorf("%d charts, want %d", len(got.Charts), want)
	}
	for _, c := range got.Charts {
		for _, s := range c.Series {
			if len(s.Value) != len(c.Labels) || len(s.Low) != len(c.Labels) || len(s.High) != len(c.Labels) {
				t.Errorf("%s: series %s does not run along its %d labels", *c.Name, *s.Name, len(c.Labels))
			}
		}
	}
}

func TestJSONOfNothing(t *testing.T) {
	want := `{"title":"","tables":[],"charts":[],"warnings":[]}` + "\n"
	if got := string(print(t, JSON, &Report{})); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestJSONAbsentNumbersAreNull(t *testing.T) {
	out := print(t, JSON, hostileReport())
	if !json.Valid(out) {
		t.Fatal("not JSON")
	}
	for _, word := range []string{"NaN", "Inf"} {
		if bytes.Contains(out, []byte(":"+word)) || bytes.Contains(out, []byte(","+word)) {
			t.Errorf("%s in the output", word)
		}
	}
}
