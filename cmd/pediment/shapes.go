package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"pediment/analysis"
)

// shapesFile holds the outlines of places; a city without one has no maps.
const shapesFile = "places.geojson"

// readShapes reads the outlines of places, in the order of places.csv.
func (p *project) readShapes() analysis.Problems {
	data, err := os.ReadFile(filepath.Join(p.dir, shapesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return analysis.Problems{{Position: analysis.Position{File: shapesFile}, Message: err.Error()}}
	}
	r := shapeReader{data: bytes.TrimPrefix(data, []byte("\ufeff")), places: p.places}
	r.read()
	slices.SortStableFunc(r.shapes, func(a, b analysis.Shape) int { return p.placeOrder(a.Code) - p.placeOrder(b.Code) })
	p.shapes = r.shapes
	return r.problems
}

func (p *project) placeOrder(code string) int {
	return slices.IndexFunc(p.places, func(place analysis.Place) bool { return place.Code == code })
}

// shapeRemarks says which places lie on no map although others of their kind do.
func (p *project) shapeRemarks() []analysis.Warning {
	drawn := func(match func(analysis.Shape) bool) bool { return slices.ContainsFunc(p.shapes, match) }
	var list []analysis.Warning
	for _, place := range p.places {
		kind := drawn(func(s analysis.Shape) bool { return s.Kind == place.Kind })
		if kind && !drawn(func(s analysis.Shape) bool { return s.Code == place.Code }) {
			list = append(list, analysis.Warning{About: shapesFile, Text: fmt.Sprintf("%s (%s) has no outline and is missing from the maps", place.Name, place.Code)})
		}
	}
	return list
}

// shapeReader reads a GeoJSON feature collection whose features name a place by
// their property code.
type shapeReader struct {
	data     []byte
	places   analysis.Places
	shapes   []analysis.Shape
	problems analysis.Problems
}

// fail notes a mistake at a byte of the file.
func (r *shapeReader) fail(at int64, message, hint string) {
	at = min(max(at, 0), int64(len(r.data)))
	at += int64(len(r.data[at:]) - len(bytes.TrimLeft(r.data[at:], " \t\r\n,:")))
	r.problems = append(r.problems, analysis.Problem{
		Position: analysis.Position{File: shapesFile, Line: 1 + bytes.Count(r.data[:at], []byte("\n"))}, Message: message, Hint: hint,
	})
}

const geoHint = "save the districts as GeoJSON in degrees (EPSG:4326), with a property code that names the place as places.csv does"

// read goes through the collection; what is no JSON ends it.
func (r *shapeReader) read() {
	decoder := json.NewDecoder(bytes.NewReader(r.data))
	kind, found := "", false
	err := members(decoder, func(key string) error {
		switch key {
		case "type":
			return decoder.Decode(&kind)
		case "features":
			found = true
			return elements(decoder, func() error { return r.feature(decoder) })
		}
		var other json.RawMessage
		return decoder.Decode(&other)
	})
	switch {
	case err != nil:
		at := decoder.InputOffset()
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			at = syntax.Offset - 1
		}
		r.fail(at, "this is not GeoJSON: "+plainSyntax(err), geoHint)
	case kind != "FeatureCollection" || !found:
		r.fail(0, fmt.Sprintf("this is not a GeoJSON FeatureCollection but %q", kind), geoHint)
	}
}

// plainSyntax says what is wrong with JSON without the words of a programmer.
func plainSyntax(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

// members calls member at each key of the object that comes next.
func members(decoder *json.Decoder, member func(key string) error) error {
	if err := expect(decoder, '{'); err != nil {
		return err
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return err
		}
		if err := member(fmt.Sprint(key)); err != nil {
			return err
		}
	}
	return expect(decoder, '}')
}

// elements calls element at each element of the array that comes next.
func elements(decoder *json.Decoder, element func() error) error {
	if err := expect(decoder, '['); err != nil {
		return err
	}
	for decoder.More() {
		if err := element(); err != nil {
			return err
		}
	}
	return expect(decoder, ']')
}

func expect(decoder *json.Decoder, want json.Delim) error {
	token, err := decoder.Token()
	if err == nil && token != want {
		err = fmt.Errorf("there is %v where %v belongs", token, want)
	}
	return err
}

// geoFeature is one feature; whatever else it says is of no concern.
type geoFeature struct {
	Type       string `json:"type"`
	Properties struct {
		Code any `json:"code"`
	} `json:"properties"`
	Geometry *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// feature reads one feature. Only what is no JSON at all is an error.
func (r *shapeReader) feature(decoder *json.Decoder) error {
	at := decoder.InputOffset()
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		return err
	}
	var f geoFeature
	numbers := json.NewDecoder(bytes.NewReader(raw))
	numbers.UseNumber() // a code like 0601 stays as it is written
	if err := numbers.Decode(&f); err != nil || f.Type != "Feature" {
		r.fail(at, "this is not a GeoJSON feature", geoHint)
		return nil
	}
	code := ""
	if f.Properties.Code != nil {
		code = fmt.Sprint(f.Properties.Code)
	}
	place, known := r.places.Find(code)
	switch {
	case code == "":
		r.fail(at, "this feature has no property code", "give it the code of its place in places.csv")
	case !known:
		r.fail(at, fmt.Sprintf("there is no place %q", code), analysis.Suggest(code, r.codes()))
	case slices.ContainsFunc(r.shapes, func(s analysis.Shape) bool { return s.Code == code }):
		r.fail(at, fmt.Sprintf("place %q has two features", code), "put its parts into one MultiPolygon")
	default:
		polygons, mistake := readPolygons(f)
		if mistake != "" {
			r.fail(at, fmt.Sprintf("the outline of %q: %s", code, mistake), geoHint)
			return nil
		}
		r.shapes = append(r.shapes, analysis.Shape{Code: code, Name: place.Name, Kind: place.Kind, Polygons: polygons})
	}
	return nil
}

func (r *shapeReader) codes() []string {
	var list []string
	for _, p := range r.places {
		list = append(list, p.Code)
	}
	return list
}

// readPolygons takes the outline of a feature, or says what is wrong with it.
func readPolygons(f geoFeature) (polygons [][][][2]float64, mistake string) {
	if f.Geometry == nil {
		return nil, "there is none"
	}
	var written [][][][]float64
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		written = make([][][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &written[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &written)
	default:
		return nil, fmt.Sprintf("it is a %s, not a Polygon or MultiPolygon", f.Geometry.Type)
	}
	if err != nil || len(written) == 0 {
		return nil, "its coordinates are not lists of points"
	}
	for _, polygon := range written {
		rings, mistake := readRings(polygon)
		if mistake != "" {
			return nil, mistake
		}
		polygons = append(polygons, rings)
	}
	return polygons, ""
}

// readRings checks the rings of a polygon: closed, of at least three corners, in
// degrees of longitude and latitude. A third number of a point is a height.
func readRings(polygon [][][]float64) (rings [][][2]float64, mistake string) {
	if len(polygon) == 0 {
		return nil, "a polygon has no ring"
	}
	for _, written := range polygon {
		var ring [][2]float64
		for _, point := range written {
			if len(point) < 2 {
				return nil, "a point has fewer than two numbers"
			}
			if point[0] < -180 || point[0] > 180 || point[1] < -90 || point[1] > 90 {
				return nil, fmt.Sprintf("%v, %v are not degrees of longitude and latitude", point[0], point[1])
			}
			ring = append(ring, [2]float64{point[0], point[1]})
		}
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			return nil, "a ring is not closed: its last point must be its first, with at least two others between"
		}
		rings = append(rings, ring)
	}
	return rings, ""
}
