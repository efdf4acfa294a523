package reports

import (
	"bytes"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dop251/goja"

	"pediment/analysis"
)

// printed is what each picture of drawnCharts has to say.
var printed = map[string][]string{
	"line":      {"2021", "2025", "34.1 %", "39.4 %", "target 42 %", "new question", "planned"},
	"one point": {"2025", "3.0"},
	"dot":       {"Harbour", "44.0 %", "28 %", "whole city 38.0 %", arabic, korean},
	"bar":       {"2021", "State", "City", "40,000"},
	"stack":     {"▲", "◆ slower", "▼ off track", "100"},
	"waterfall": {"Gross cost", "900,000", "−150,000", "takes off"},
	"tornado":   {"Deadweight", "60,000 to 180,000", "now 120,000 EUR", "at its high value"},
	"density":   {"-100", "300", "40"},
	"bullet":    {"Participation", "38.6 %", "target 42", "target 30"},
	"dumbbell":  {"E-learning", "41.0 %", "25.0 %", "Migrant background"},
	"likert":    {"Teaching", "very good", "15 %", "65 %", "40"},
	"multiples": {"Harbour", "Old Town", arabic, "2021"},
	"map":       {"Harbour", "44.0 %", "North Fields", "no value"},
	"sankey":    {"City", "300,000", "Libraries"},
}

func TestPictureSaysItsNumbers(t *testing.T) {
	for _, c := range drawnCharts() {
		c.Text, c.Source = "In words: <all of it>.", "residents_survey; n = 2,412"
		svg := draftSVG(t, c, "en")
		texts := textsOf(t, svg)
		for _, want := range append(printed[c.Name], c.Title, c.Text, "Source: "+c.Source+".") {
			if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(plainSpaces(text), plainSpaces(want)) }) {
				t.Errorf("%s: no text %q in %q", c.Name, want, texts)
			}
		}
	}
}

func plainSpaces(s string) string { return strings.ReplaceAll(s, noBreak, " ") }

// A picture of hostile names is well-formed, holds shapes and text only, and no
// name is anything but text.
func TestPictureIsShapesAndText(t *testing.T) {
	allowed := []string{"svg", "title", "desc", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "defs", "clipPath", "pattern"}
	for _, c := range slices.Concat(hostileCharts(), fixtureKinds()) {
		decoder := xml.NewDecoder(bytes.NewReader(draftSVG(t, c, "ar")))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", c.Name, err)
			}
			if start, is := token.(xml.StartElement); is {
				checkElement(t, c.Name, start, allowed)
			}
		}
	}
}

func checkElement(t *testing.T, chart string, start xml.StartElement, allowed []string) {
	t.Helper()
	if !slices.Contains(allowed, start.Name.Local) {
		t.Errorf("%s: an element %q", chart, start.Name.Local)
	}
	for _, a := range start.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") || name == "href" || name == "style" || strings.Contains(a.Value, "://") && name != "xmlns" {
			t.Errorf("%s: <%s %s=%q>", chart, start.Name.Local, a.Name.Local, a.Value)
		}
	}
}

// Equal charts are equal bytes, whatever else is being drawn.
func TestPicturesAreReproducible(t *testing.T) {
	charts := drawnCharts()
	first, second := make([][]byte, len(charts)), make([][]byte, len(charts))
	var work sync.WaitGroup
	for k, c := range charts {
		for _, out := range [][][]byte{first, second} {
			work.Go(func() {
				p, err := drawAlone(c, "en", 500, 400)
				if err != nil {
					t.Errorf("%s: %v", c.Name, err)
				}
				out[k] = append(p.SVG, p.PNG...)
			})
		}
	}
	work.Wait()
	for k, c := range charts {
		if !bytes.Equal(first[k], second[k]) {
			t.Errorf("%s: two drawings differ", c.Name)
		}
	}
}

// Nothing is left of a chart of absent values but its frame.
func TestEmptyChartsAreDrawn(t *testing.T) {
	for _, kind := range []analysis.Kind{analysis.Line, analysis.Dot, analysis.Bar, analysis.Stack, analysis.Density, analysis.Bullet, analysis.Dumbbell, analysis.Likert, analysis.Multiples, analysis.Map, analysis.Sankey} {
		c := analysis.Chart{Name: string(kind), Kind: kind, Title: "Nothing", Labels: []string{"a", "b"}, Series: []analysis.Series{analysis.Series(blank("x", 2)), analysis.Series(blank("y", 2))}}
		if texts := textsOf(t, draftSVG(t, c, "en")); !slices.Contains(texts, "Nothing") {
			t.Errorf("%s: %q", kind, texts)
		}
	}
}

// Ids of two pictures on one page do not meet.
func TestPictureIDs(t *testing.T) {
	ids := map[string]string{}
	for _, c := range drawnCharts() {
		root, err := parseSVG(string(draftSVG(t, c, "en")))
		if err != nil {
			t.Fatal(err)
		}
		p := painter{named: map[string]*node{}}
		p.index(root)
		for id := range p.named {
			if other := ids[id]; other != "" {
				t.Errorf("%s and %s both have %q", other, c.Name, id)
			}
			ids[id] = c.Name
		}
	}
	if len(ids) == 0 {
		t.Error("no picture has an id: the drawing has changed")
	}
}

// A drawing that does not end is an error.
func TestDrawingIsInterrupted(t *testing.T) {
	s := studio{library: goja.MustCompile("", "for(;;){}", false), script: goja.MustCompile("", "0", false), patience: 20 * time.Millisecond}
	if _, err := s.run(drawing{}, spoken{}, &typesetter{}, 100, 100); err == nil || !strings.Contains(err.Error(), "not done within 20ms") {
		t.Errorf("error %v", err)
	}
}

func TestDrawnAloneFits(t *testing.T) {
	c := drawnCharts()[2]
	c.Text = "In words."
	p, err := drawAlone(c, "en", 440, 150)
	if err != nil {
		t.Fatal(err)
	}
	if least := 56 + 22*len(c.Labels); p.Width != 440 || p.Height != least {
		t.Errorf("%d × %d, want 440 × %d: rows need room", p.Width, p.Height, least)
	}
	if texts := textsOf(t, p.SVG); slices.Contains(texts[2:], c.Title) || texts[1] != "In words." {
		t.Errorf("texts %q", texts)
	}
	if bars, err := drawAlone(drawnCharts()[3], "en", 344, 500); err != nil || bars.Height != 140 {
		t.Errorf("height %d, %v; want 140, half of 280", bars.Height, err)
	}
}

// fixtureKinds is one chart of each kind of the invented city.
func fixtureKinds() []analysis.Chart {
	seen := map[analysis.Kind]bool{}
	return slices.DeleteFunc(Charts(exampleReport()), func(c analysis.Chart) bool {
		again := seen[c.Kind]
		seen[c.Kind] = true
		return again
	})
}

func draftSVG(t *testing.T, c analysis.Chart, language string) []byte {
	t.Helper()
	svg, err := SVG(c, language)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return svg
}

// textsOf are the texts of a picture; those of title and desc come first.
func textsOf(t *testing.T, svg []byte) []string {
	t.Helper()
	root, err := parseSVG(string(svg))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(*node)
	walk = func(n *node) {
		if slices.Contains([]string{"text", "title", "desc"}, n.name) {
			out = append(out, n.words())
		}
		for _, child := range n.children {
			walk(child)
		}
	}
	walk(root)
	return out
}

// BenchmarkPicture prints the milliseconds a picture of each kind takes.
func BenchmarkPicture(b *testing.B) {
	formats := map[string]func(analysis.Chart, string) ([]byte, error){"svg": SVG, "png": PNG}
	for _, name := range []string{"svg", "png"} {
		for _, c := range drawnCharts() {
			b.Run(name+"/"+strings.ReplaceAll(c.Name, " ", "_"), func(b *testing.B) {
				for b.Loop() {
					if _, err := formats[name](c, "en"); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/picture")
			})
		}
	}
}

// A number that stands near a target stands below its point; an absent one, and a
// planned path, has none.
func TestSpokenNumbers(t *testing.T) {
	s := spokenOf(drawnCharts()[0])
	if want := map[string]map[int]string{"Participation": {0: "34.1" + noBreak + "%", 4: "39.4" + noBreak + "%"}}; !maps.EqualFunc(s.Points, want, maps.Equal) {
		t.Errorf("points %v, want %v", s.Points, want)
	}
	if want := []int{4}; !slices.Equal(s.Below, want) { // 42 − 39.4 < a fifth of 30 to 45
		t.Errorf("below %v, want %v", s.Below, want)
	}
	if rows := spokenOf(drawnCharts()[2]).Rows; rows[2] != "" || rows[5] != "28"+noBreak+"%" {
		t.Errorf("rows %q", rows)
	}
}

// A hole in a place is left free, whichever way its ring runs.
func TestHolesRunAgainstBorders(t *testing.T) {
	border, hole := turned([][2]int{{0, 0}, {0, 9}, {9, 9}, {0, 0}}, true), turned([][2]int{{0, 0}, {0, 9}, {9, 9}, {0, 0}}, false)
	if slices.Equal(border, hole) || !slices.Equal(border, turned(slices.Clone(border), true)) {
		t.Errorf("border %v, hole %v", border, hole)
	}
}
