package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
)

// shaped reads outlines beside two districts of a city.
func shaped(t *testing.T, geojson string) (*project, analysis.Problems) {
	t.Helper()
	p := &project{dir: t.TempDir(), places: analysis.Places{{Code: "C", Name: "City", Kind: "city"}, {Code: "01", Name: "East", Parent: "C", Kind: "district"}, {Code: "02", Name: "West", Parent: "C", Kind: "district"}}}
	if err := os.WriteFile(filepath.Join(p.dir, shapesFile), []byte(geojson), 0o600); err != nil {
		t.Fatal(err)
	}
	return p, p.readShapes()
}

const ring = `[[[10,50],[10.1,50],[10.1,50.1],[10,50]]]`

// Every mistake names its line, and what follows it is still read.
func TestShapeMistakes(t *testing.T) {
	feature := func(code, kind, coordinates string) string {
		return `{"type":"Feature","properties":{"code":` + code + `},"geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
	}
	collection := func(features ...string) string {
		return "{\"type\": \"FeatureCollection\",\n \"features\": [\n" + strings.Join(features, ",\n") + "\n]}\n"
	}
	good := feature(`"01"`, "Polygon", ring)
	for name, c := range map[string]struct{ geojson, want string }{
		"whole":           {collection(good, feature(`"02"`, "MultiPolygon", "["+ring+","+ring+"]")), ""},
		"with a height":   {collection(feature(`"01"`, "Polygon", `[[[10,50,1],[10.1,50,1],[10.1,50.1,1],[10,50,1]]]`)), ""},
		"no JSON":         {"code,shape\n", "places.geojson:1: this is not GeoJSON"},
		"cut off":         {collection(good)[:120], "it ends too early"},
		"another thing":   {`{"type": "Topology"}`, `places.geojson:1: this is not a GeoJSON FeatureCollection but "Topology"`},
		"a list":          {`[1]`, "places.geojson:1: this is not GeoJSON"},
		"no code":         {collection(good, `{"type":"Feature","properties":{"name":"West"},"geometry":null}`), "places.geojson:4: this feature has no property code"},
		"no place":        {collection(good, feature(`"2"`, "Polygon", ring)), `places.geojson:4: there is no place "2"`},
		"twice":           {collection(good, good), `places.geojson:4: place "01" has two features (put its parts`},
		"a point":         {collection(feature(`"01"`, "Point", `[10,50]`)), `the outline of "01": it is a Point, not a Polygon`},
		"no outline":      {collection(`{"type":"Feature","properties":{"code":"01"},"geometry":null}`), `the outline of "01": there is none`},
		"metres":          {collection(feature(`"01"`, "Polygon", `[[[500000,5500000],[500001,5500000],[500001,5500001],[500000,5500000]]]`)), "are not degrees"},
		"open":            {collection(feature(`"01"`, "Polygon", `[[[10,50],[10.1,50],[10.1,50.1],[10,50.1]]]`)), "a ring is not closed"},
		"no numbers":      {collection(feature(`"01"`, "Polygon", `"all of it"`)), "its coordinates are not lists of points"},
		"too few numbers": {collection(feature(`"01"`, "Polygon", `[[[10],[10],[10],[10]]]`)), "a point has fewer than two numbers"},
		"no feature":      {collection(`7`), "this is not a GeoJSON feature"},
	} {
		p, problems := shaped(t, c.geojson)
		switch {
		case c.want == "" && (len(problems) > 0 || len(p.shapes) == 0):
			t.Errorf("%s: %v", name, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.want)):
			t.Errorf("%s: %v\nwant %s", name, problems, c.want)
		}
	}
}

// Places stand in the order of places.csv; one without an outline among others of
// its kind is remarked, the city above them is not.
func TestShapeRemarks(t *testing.T) {
	p, problems := shaped(t, `{"type":"FeatureCollection","crs":{"any":["thing"]},"features":[{"type":"Feature","properties":{"code":"02"},"geometry":{"type":"Polygon","coordinates":`+ring+`}}]}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if s := p.shapes; len(s) != 1 || s[0].Name != "West" || s[0].Kind != "district" || len(s[0].Polygons[0][0]) != 4 {
		t.Errorf("shapes %+v", s)
	}
	if remarks := p.shapeRemarks(); len(remarks) != 1 || !strings.Contains(remarks[0].Text, "East (01) has no outline") {
		t.Errorf("remarks %v", remarks)
	}
}

func TestNoShapes(t *testing.T) {
	p := &project{dir: t.TempDir()}
	if problems := p.readShapes(); len(problems) > 0 || p.shapes != nil || len(p.shapeRemarks()) > 0 {
		t.Errorf("without outlines: %v", problems)
	}
}
