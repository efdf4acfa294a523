package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font/opentype"
)

// outline is the form of a shape or a text.
type outline []stroke

// stroke is one step of an outline: where it moves, draws or closes.
type stroke struct {
	op pen
	at [3]point // the end last, after the control points of a curve
}

type point struct{ x, y float64 }

// pen is what a step of an outline does.
type pen byte

const (
	move pen = iota
	jump     // a move that leaves open what came before
	straight
	quadratic
	cubic
	shut
)

// points is how many points a step has.
func (p pen) points() int {
	return [...]int{move: 1, jump: 1, straight: 1, quadratic: 2, cubic: 3, shut: 0}[p]
}

// glyphOps are the steps of glyphs; a font's outlines close by themselves.
var glyphOps = map[opentype.SegmentOp]pen{
	opentype.SegmentOpMoveTo: move, opentype.SegmentOpLineTo: straight,
	opentype.SegmentOpQuadTo: quadratic, opentype.SegmentOpCubeTo: cubic,
}

// transform maps points as SVG's matrix(a b c d e f) does.
type transform [6]float64

var unmoved = transform{1, 0, 0, 1, 0, 0}

func (t transform) point(p point) point {
	return point{t[0]*p.x + t[2]*p.y + t[4], t[1]*p.x + t[3]*p.y + t[5]}
}

// then is the transform that applies inner first.
func (t transform) then(inner transform) transform {
	o := t.point(point{inner[4], inner[5]})
	return transform{
		t[0]*inner[0] + t[2]*inner[1], t[1]*inner[0] + t[3]*inner[1],
		t[0]*inner[2] + t[2]*inner[3], t[1]*inner[2] + t[3]*inner[3], o.x, o.y,
	}
}

// scale is by how much lengths grow.
func (t transform) scale() float64 { return math.Sqrt(math.Abs(t[0]*t[3] - t[1]*t[2])) }

// inverse undoes the transform; one that flattens everything has none and stays.
func (t transform) inverse() transform {
	d := t[0]*t[3] - t[1]*t[2]
	if d == 0 {
		return t
	}
	i := transform{t[3] / d, -t[1] / d, -t[2] / d, t[0] / d, 0, 0}
	o := i.point(point{t[4], t[5]})
	i[4], i[5] = -o.x, -o.y
	return i
}

// moved is the outline under a transform.
func (o outline) moved(t transform) outline {
	out := make(outline, len(o))
	for k, s := range o {
		out[k] = stroke{op: s.op}
		for j := range s.op.points() {
			out[k].at[j] = t.point(s.at[j])
		}
	}
	return out
}

// bounds is the smallest box around the outline's points, empty without any.
func (o outline) bounds() (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range o {
		for _, p := range s.at[:s.op.points()] {
			low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	return low, high
}

// shape is the outline of an element that has one. An element the drawing
// library does not use is an error, lest a part of a picture be lost.
func shapeOf(n *node) (outline, error) {
	switch n.name {
	case "path":
		return parsePath(n.get("d"))
	case "rect":
		x, y := n.number("x", 0), n.number("y", 0)
		w, h := n.number("width", 0), n.number("height", 0)
		return polygon([]point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, true), nil
	case "circle":
		r := n.number("r", 0)
		return ellipse(n.number("cx", 0), n.number("cy", 0), r, r), nil
	case "ellipse":
		return ellipse(n.number("cx", 0), n.number("cy", 0), n.number("rx", 0), n.number("ry", 0)), nil
	case "line":
		return polygon([]point{{n.number("x1", 0), n.number("y1", 0)}, {n.number("x2", 0), n.number("y2", 0)}}, false), nil
	case "polyline", "polygon":
		return parsePoints(n.get("points"), n.name == "polygon")
	}
	return nil, fmt.Errorf("draw a picture: no element %q is known", n.name)
}

// polygon joins points by lines.
func polygon(points []point, closed bool) outline {
	var out outline
	for k, p := range points {
		op := straight
		if k == 0 {
			op = move
		}
		out = append(out, stroke{op, [3]point{p}})
	}
	if closed && len(out) > 0 {
		out = append(out, stroke{op: shut})
	}
	return out
}

func ellipse(x, y, rx, ry float64) outline {
	out := outline{{move, [3]point{{x + rx, y}}}}
	out = append(out, arc(point{x + rx, y}, point{x - rx, y}, rx, ry, 0, false, true)...)
	out = append(out, arc(point{x - rx, y}, point{x + rx, y}, rx, ry, 0, false, true)...)
	return append(out, stroke{op: shut})
}

// arc turns SVG's elliptical arc into curves of at most a quarter turn each:
// Scalable Vector Graphics 2, B.2.4 "Conversion from endpoint to center
// parameterization".
func arc(from, to point, rx, ry, tilt float64, large, sweep bool) outline {
	if from == to {
		return nil
	}
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 {
		return outline{{straight, [3]point{to}}}
	}
	sin, cos := math.Sincos(tilt * math.Pi / 180)
	dx, dy := (from.x-to.x)/2, (from.y-to.y)/2
	x, y := (cos*dx+sin*dy)/rx, (cos*dy-sin*dx)/ry // from, seen from the middle, on the unit circle
	if far := math.Hypot(x, y); far > 1 {
		rx, ry, x, y = rx*far, ry*far, x/far, y/far
	}
	off := math.Sqrt(max(0, 1/(x*x+y*y)-1))
	if large == sweep {
		off = -off
	}
	cx, cy := off*y, -off*x
	start, end := math.Atan2(y-cy, x-cx), math.Atan2(-y-cy, -x-cx)
	turn := end - start
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	place := transform{cos * rx, sin * rx, -sin * ry, cos * ry, (from.x + to.x) / 2, (from.y + to.y) / 2}
	place = place.then(transform{1, 0, 0, 1, cx, cy})
	return circleArc(start, turn).moved(place)
}

// circleArc is a part of the unit circle.
func circleArc(start, turn float64) outline {
	parts := math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9)
	step := turn / parts
	reach := 4.0 / 3 * math.Tan(step/4)
	var out outline
	for k := range int(parts) {
		sin0, cos0 := math.Sincos(start + step*float64(k))
		sin1, cos1 := math.Sincos(start + step*float64(k+1))
		out = append(out, stroke{cubic, [3]point{{cos0 - reach*sin0, sin0 + reach*cos0}, {cos1 + reach*sin1, sin1 - reach*cos1}, {cos1, sin1}}})
	}
	return out
}

func parsePoints(text string, closed bool) (outline, error) {
	numbers, err := parseNumbers(text)
	if err != nil || len(numbers)%2 != 0 {
		return nil, fmt.Errorf("draw a picture: points %q", text)
	}
	points := make([]point, len(numbers)/2)
	for k := range points {
		points[k] = point{numbers[2*k], numbers[2*k+1]}
	}
	return polygon(points, closed), nil
}

// parseNumbers reads numbers apart by spaces or commas.
func parseNumbers(text string) ([]float64, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
	out := make([]float64, len(fields))
	for k, field := range fields {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return nil, err
		}
		out[k] = x
	}
	return out, nil
}
