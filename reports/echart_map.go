package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// drawing is what ECharts needs to draw a chart: its option and, of a map, the
// outlines, which are registered under the name the option asks for before the
// option is set: echarts.registerMap(Map, GeoJSON). Both are JSON without
// functions. Charts of the same outlines ask for them under the same name.
type drawing struct {
	Option  []byte
	Map     string // "" for every other kind
	GeoJSON []byte // of a map only
}

// drawingOf makes the drawing of a chart.
func drawingOf(c analysis.Chart) (drawing, error) {
	option, err := echart(c)
	if err != nil || c.Kind != analysis.Map {
		return drawing{Option: option}, err
	}
	outlines, err := geoJSON(c.Shapes)
	return drawing{option, mapName(outlines), outlines}, err
}

// mapName is the name of outlines: they are one map where they are the same.
func mapName(outlines []byte) string {
	sum := sha256.Sum256(outlines)
	return "places-" + hex.EncodeToString(sum[:6])
}

// mapUnits is how many units the longer side of a map has: finer than it is ever
// drawn, so that outlines keep their form and lose digits nobody sees.
const mapUnits = 4000

// feature is a shape in GeoJSON, on a flat map.
type feature struct {
	Type       string            `json:"type"`
	Properties map[string]string `json:"properties"`
	Geometry   geometry          `json:"geometry"`
}

type geometry struct {
	Type        string       `json:"type"`
	Coordinates [][][][2]int `json:"coordinates"`
}

// geoJSON writes the shapes as a feature collection on a flat map, each under its
// code, in the order of codes. Degrees of longitude count cos(latitude) of those
// of latitude, at the middle of the map, so that a city keeps its form.
func geoJSON(shapes []analysis.Shape) ([]byte, error) {
	shapes = slices.Clone(shapes)
	slices.SortFunc(shapes, func(a, b analysis.Shape) int { return strings.Compare(a.Code, b.Code) })
	project := projection(shapes)
	features := []feature{}
	for _, s := range shapes {
		one := feature{"Feature", map[string]string{"name": s.Code}, geometry{"MultiPolygon", [][][][2]int{}}}
		for _, polygon := range s.Polygons {
			if rings := flatRings(polygon, project); len(rings) > 0 {
				one.Geometry.Coordinates = append(one.Geometry.Coordinates, rings)
			}
		}
		if len(one.Geometry.Coordinates) > 0 {
			features = append(features, one)
		}
	}
	out, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		return nil, fmt.Errorf("draw the map: %w", err)
	}
	return out, nil
}

// flatRings puts a polygon's rings on the flat map, without points that fall
// together and rings too small to see.
func flatRings(polygon [][][2]float64, project func([2]float64) [2]int) [][][2]int {
	var rings [][][2]int
	for k, ring := range polygon {
		var flat [][2]int
		for _, point := range ring {
			if p := project(point); len(flat) == 0 || flat[len(flat)-1] != p {
				flat = append(flat, p)
			}
		}
		if len(flat) >= 4 {
			rings = append(rings, turned(flat, k == 0))
		} else if k == 0 {
			return nil // a polygon without its border has no holes
		}
	}
	return rings
}

// turned has a border run one way round and a hole the other, whichever way they
// were drawn: what lies in a hole is left free only then.
func turned(ring [][2]int, border bool) [][2]int {
	area := 0
	for k := 1; k < len(ring); k++ {
		area += ring[k-1][0]*ring[k][1] - ring[k][0]*ring[k-1][1]
	}
	if area > 0 != border {
		slices.Reverse(ring)
	}
	return ring
}

// projection maps degrees onto the units of a map that holds all shapes.
func projection(shapes []analysis.Shape) func([2]float64) [2]int {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, s := range shapes {
		for _, polygon := range s.Polygons {
			for _, ring := range polygon {
				for _, p := range ring {
					for k := range p {
						low[k], high[k] = min(low[k], p[k]), max(high[k], p[k])
					}
				}
			}
		}
	}
	narrow := math.Cos((low[1] + high[1]) / 2 * math.Pi / 180)
	size := max((high[0]-low[0])*narrow, high[1]-low[1])
	return func(p [2]float64) [2]int {
		if !(size > 0) {
			return [2]int{}
		}
		return [2]int{int(math.Round((p[0] - low[0]) * narrow / size * mapUnits)), int(math.Round((p[1] - low[1]) / size * mapUnits))}
	}
}
