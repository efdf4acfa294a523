package reports

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// square is a place of a tenth of a degree.
func square(code string, x, y float64) analysis.Shape {
	return analysis.Shape{Code: code, Name: "Place " + code, Kind: "district",
		Polygons: [][][][2]float64{{{{x, y}, {x + 0.1, y}, {x + 0.1, y + 0.1}, {x, y + 0.1}, {x, y}}}}}
}

// kindCharts has a chart of each kind beyond those of money, with name in every text.
func kindCharts(name string) []analysis.Chart {
	nan := math.NaN()
	two := []float64{nan, nan}
	series := func(label string, tone analysis.Tone, values ...float64) analysis.Series {
		return analysis.Series{Name: label, Tone: tone, Value: values, Low: two, High: two}
	}
	labels := []string{name + " a", name + " b"}
	base := analysis.Chart{Title: name, Under: name, Text: name, Source: name, Unit: "percent", Labels: labels}
	with := func(kind analysis.Kind, fill func(*analysis.Chart)) analysis.Chart {
		c := base
		c.Name, c.Kind = "kind "+string(kind), kind
		fill(&c)
		return c
	}
	return []analysis.Chart{
		with(analysis.Line, func(c *analysis.Chart) {
			c.Series = []analysis.Series{series(wholeSeries, "", 40, 50)}
			c.Marks = []analysis.Mark{{Text: name, Value: 60}, {Text: name, At: labels[1], Value: nan}}
		}),
		with(analysis.Dot, func(c *analysis.Chart) {
			c.Series, c.Marks = []analysis.Series{series(groupSeries, "", 40, 50)}, []analysis.Mark{{Text: name, Value: 60}}
		}),
		with(analysis.Bullet, func(c *analysis.Chart) {
			c.Series = []analysis.Series{series(name, "", 40, nan), series("target", analysis.Path, 50, 60)}
		}),
		with(analysis.Dumbbell, func(c *analysis.Chart) {
			c.Series = []analysis.Series{series(name, analysis.Bad, 40, 30), series("average", "", 50, 50)}
		}),
		with(analysis.Likert, func(c *analysis.Chart) {
			c.Series = []analysis.Series{series(name, analysis.Bad, 10, 5), series("poor", analysis.Poor, 20, 5), series("even", analysis.Even, 30, 10),
				series("fair", analysis.Fair, 25, 40), series("good", analysis.Good, 15, 40)}
		}),
		with(analysis.Multiples, func(c *analysis.Chart) {
			c.Series = []analysis.Series{series(wholeSeries, "", 40, 50), series(name, "", 30, 35), series("other", "", nan, 35)}
		}),
		with(analysis.Map, func(c *analysis.Chart) {
			c.Series, c.Shapes = []analysis.Series{series("2025", "", 40, nan)}, []analysis.Shape{square("a", 0, 44), square("b", 0.1, 44)}
		}),
		with(analysis.Sankey, func(c *analysis.Chart) {
			c.Links = []analysis.Link{{From: labels[0], To: labels[1], Value: 1234}}
		}),
	}
}

// optionOf is the option as ECharts reads it.
func optionOf(t *testing.T, c analysis.Chart) map[string]any {
	t.Helper()
	data, err := echart(c)
	if err != nil {
		t.Fatal(err)
	}
	var option map[string]any
	if err := json.Unmarshal(data, &option); err != nil {
		t.Fatalf("%s: %v", c.Kind, err)
	}
	return option
}

func chartOfKind(t *testing.T, kind analysis.Kind) analysis.Chart {
	t.Helper()
	for _, c := range kindCharts("x") {
		if c.Kind == kind {
			return c
		}
	}
	t.Fatalf("no chart of kind %s", kind)
	return analysis.Chart{}
}

func seriesOf(option map[string]any) []map[string]any {
	var list []map[string]any
	for _, s := range option["series"].([]any) {
		list = append(list, s.(map[string]any))
	}
	return list
}

// Every kind is drawn with data only: no function, no animation, nothing of three
// dimensions, and tooltips that take names as text.
func TestOptionsAreDataOnly(t *testing.T) {
	types := map[analysis.Kind]string{analysis.Line: "line", analysis.Dot: "scatter", analysis.Bullet: "bar", analysis.Dumbbell: "scatter",
		analysis.Likert: "bar", analysis.Multiples: "line", analysis.Map: "map", analysis.Sankey: "sankey"}
	for _, c := range kindCharts(evilScript + evilMarker) {
		data, err := echart(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"</script", "function", "3D", "<b", "renderItem"} {
			if strings.Contains(string(data), bad) {
				t.Errorf("%s: the option holds %q", c.Kind, bad)
			}
		}
		option := optionOf(t, c)
		if option["animation"] != false || option["tooltip"].(map[string]any)["formatter"] != "{b}" {
			t.Errorf("%s: animation %v, tooltip %v", c.Kind, option["animation"], option["tooltip"])
		}
		if !slices.ContainsFunc(seriesOf(option), func(s map[string]any) bool { return s["type"] == types[c.Kind] }) {
			t.Errorf("%s: no series of type %s", c.Kind, types[c.Kind])
		}
	}
}

// Bars begin at zero, whatever they hold.
func TestBulletBeginsAtZero(t *testing.T) {
	axis := optionOf(t, chartOfKind(t, analysis.Bullet))["xAxis"].(map[string]any)
	if axis["min"] != 0.0 || axis["max"].(float64) < 60 {
		t.Errorf("axis from %v to %v", axis["min"], axis["max"])
	}
}

// Both sides of a Likert chart add up to all answers, half of the even ones on
// either side, the worst furthest to the left.
func TestLikertSums(t *testing.T) {
	c := chartOfKind(t, analysis.Likert)
	left, right := likertSides(c)
	for i := range c.Labels {
		if sum := likertSum(left, i) + likertSum(right, i); math.Abs(sum-100) > 1e-9 {
			t.Errorf("%s adds up to %v", c.Labels[i], sum)
		}
	}
	if got := likertSum(left, 0); got != 45 {
		t.Errorf("the left side reaches to %v, want 10 + 20 + 15", got)
	}
	if left[0].Tone != analysis.Even || left[2].Tone != analysis.Bad || right[2].Tone != analysis.Good {
		t.Errorf("order %v, %v", left, right)
	}
	if got := strings.ReplaceAll(likertEnds(c, left, right, 0), noBreak, " "); got != "30 % ←\n→ 40 %" {
		t.Errorf("ends %q", got)
	}
	for _, s := range seriesOf(optionOf(t, c)) {
		if data, ok := s["data"].([]any); ok && s["name"] == "even" {
			if name := data[0].(map[string]any)["name"].(string); !strings.Contains(name, "30") {
				t.Errorf("half of the even answers is named %q, not by all of them", name)
			}
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{11, 12, 34, 48}, "10 to 20, 20 to 30, 30 to 40, 40 to 50"},
		{[]float64{0, 100}, "0 to 50, 50 to 100, 100 to 150"},
		{[]float64{7, 7}, "7 to 8"},
		{[]float64{0.011, 0.034, math.NaN()}, "0.01 to 0.015, 0.015 to 0.02, 0.02 to 0.025, 0.025 to 0.03, 0.03 to 0.035"},
		{[]float64{math.NaN()}, ""},
	} {
		list := classes(c.values)
		var texts []string
		for _, one := range list {
			texts = append(texts, one.text(""))
		}
		if got := strings.Join(texts, ", "); got != c.want || len(list) > mostClasses {
			t.Errorf("classes of %v: %s, want %s", c.values, got, c.want)
		}
		for _, x := range c.values {
			if finite(x) && classOf(list, x) < 0 {
				t.Errorf("%v is in no class of %v", x, c.values)
			}
		}
	}
}

// A place without a value is white with a dashed outline, and the key says so;
// text on every shade can be read.
func TestMapShowsMissing(t *testing.T) {
	option := optionOf(t, chartOfKind(t, analysis.Map))
	data := seriesOf(option)[0]["data"].([]any)
	style := data[1].(map[string]any)["itemStyle"].(map[string]any)
	if style["areaColor"] != paper || style["borderType"] != "dashed" {
		t.Errorf("a place without a value looks like %v", style)
	}
	if key, _ := json.Marshal(option["graphic"]); !strings.Contains(string(key), "no value") {
		t.Errorf("key %s", key)
	}
	for _, c := range classes([]float64{0, 1, 2, 3, 4.9}) {
		if got := contrastOf(readable(c.Colour), c.Colour); got < 4.5 {
			t.Errorf("text on %s is %.1f : 1", c.Colour, got)
		}
	}
}

// At 60 degrees north a degree of longitude is half as long as one of latitude.
func TestMapKeepsForm(t *testing.T) {
	data, err := geoJSON([]analysis.Shape{square("b", 10, 59.95), square("a", 10.1, 59.95)})
	if err != nil {
		t.Fatal(err)
	}
	var collection struct {
		Features []struct {
			Properties struct{ Name string }
			Geometry   struct{ Coordinates [][][][2]float64 }
		}
	}
	if err := json.Unmarshal(data, &collection); err != nil {
		t.Fatal(err)
	}
	if len(collection.Features) != 2 || collection.Features[0].Properties.Name != "a" {
		t.Fatalf("features %+v", collection.Features)
	}
	ring := collection.Features[0].Geometry.Coordinates[0][0]
	wide, high := ring[1][0]-ring[0][0], ring[2][1]-ring[1][1]
	if ratio := wide / high; math.Abs(ratio-0.5) > 0.01 {
		t.Errorf("a square degree at 60° is %v by %v", wide, high)
	}
}

// No line and no band crosses a break; the target is a dashed line with its text.
func TestLineBreaks(t *testing.T) {
	c := chartOfKind(t, analysis.Line)
	option := optionOf(t, c)
	for _, s := range seriesOf(option) {
		points := 0
		for _, d := range s["data"].([]any) {
			if _, isNumber := d.(map[string]any)["value"].(float64); isNumber {
				points++
			}
		}
		if s["type"] == "line" && points > 1 {
			t.Errorf("a line crosses the break: %v", s["data"])
		}
	}
	text, _ := json.Marshal(option)
	for _, want := range []string{`"type":"dotted"`, `"yAxis":60`, `"xAxis":0.5`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the option has no %s", want)
		}
	}
}

// Each small picture has the scale of all, the first series behind it.
func TestMultiplesShareAScale(t *testing.T) {
	option := optionOf(t, chartOfKind(t, analysis.Multiples))
	axes := option["yAxis"].([]any)
	if len(axes) != 2 || len(option["grid"].([]any)) != 2 {
		t.Fatalf("%d axes", len(axes))
	}
	for _, axis := range axes {
		if a := axis.(map[string]any); a["min"] != axes[0].(map[string]any)["min"] || a["max"] != axes[0].(map[string]any)["max"] {
			t.Errorf("an axis from %v to %v", a["min"], a["max"])
		}
	}
	grey := 0
	for _, s := range seriesOf(option) {
		if style, ok := s["lineStyle"].(map[string]any); ok && style["color"] == hatch && s["name"] == wholeSeries {
			grey++
		}
	}
	if grey != 2 {
		t.Errorf("the whole city stands behind %d of 2", grey)
	}
}

// Links are known by the printed text of their ends, also where names are alike.
func TestSankeyNodes(t *testing.T) {
	c := chartOfKind(t, analysis.Sankey)
	c.Labels = append(c.Labels, c.Labels[0])
	s := seriesOf(optionOf(t, c))[0]
	names := map[any]bool{}
	for _, n := range s["data"].([]any) {
		names[n.(map[string]any)["name"]] = true
	}
	link := s["links"].([]any)[0].(map[string]any)
	if len(names) != 3 || !names[link["source"]] || !names[link["target"]] || link["value"] != 1234.0 {
		t.Errorf("nodes %v, link %v", names, link)
	}
}
