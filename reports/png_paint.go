package reports

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
)

// painter paints the elements that the drawing library writes.
type painter struct {
	img        *image.RGBA
	typesetter *typesetter
	named      map[string]*node // by id: clip paths and patterns
	brush      brush
}

// place is where and how an element is painted: what its parents decide.
type place struct {
	transform
	clip    image.Rectangle
	opacity float64
}

// paint paints a whole picture.
func paint(root *node, t *typesetter) (*image.RGBA, error) {
	w, h := root.number("width", 0), root.number("height", 0)
	p := painter{img: image.NewRGBA(image.Rect(0, 0, int(w*sharpness), int(h*sharpness))), typesetter: t, named: map[string]*node{}}
	draw.Draw(p.img, p.img.Bounds(), image.White, image.Point{}, draw.Src)
	p.index(root)
	whole := place{transform{sharpness, 0, 0, sharpness, 0, 0}, p.img.Bounds(), 1}
	return p.img, p.children(root, whole)
}

// index finds the elements that others name.
func (p *painter) index(n *node) {
	if id := n.get("id"); id != "" {
		p.named[id] = n
	}
	for _, child := range n.children {
		p.index(child)
	}
}

func (p *painter) children(n *node, at place) error {
	for _, child := range n.children {
		if err := p.element(child, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *painter) element(n *node, at place) error {
	moved, err := parseTransform(n.get("transform"))
	if err != nil {
		return err
	}
	at.transform = at.then(moved)
	at.opacity *= n.number("opacity", 1)
	if at.clip, err = p.clipped(n.get("clip-path"), at); err != nil {
		return err
	}
	switch n.name {
	case "", "title", "desc", "defs":
		return nil
	case "svg", "g":
		return p.children(n, at)
	case "text":
		return p.text(n, at)
	}
	form, err := shapeOf(n)
	if err != nil {
		return err
	}
	return p.shape(n, form, at)
}

// clipped is the part of the place that a clip path leaves, as its box: the
// library clips to boxes only.
func (p *painter) clipped(reference string, at place) (image.Rectangle, error) {
	by := p.named[nameIn(reference)]
	if by == nil {
		return at.clip, nil
	}
	box := image.Rectangle{}
	for _, child := range by.children {
		form, err := shapeOf(child)
		if err != nil {
			return box, err
		}
		moved, err := parseTransform(child.get("transform"))
		if err != nil {
			return box, err
		}
		low, high := form.moved(at.then(moved)).bounds()
		box = box.Union(image.Rect(int(math.Round(low.x)), int(math.Round(low.y)), int(math.Round(high.x)), int(math.Round(high.y))))
	}
	return at.clip.Intersect(box), nil
}

// nameIn is the name in "url(#name)".
func nameIn(reference string) string {
	name, _ := strings.CutPrefix(reference, "url(#")
	return strings.TrimSuffix(name, ")")
}

// shape fills an outline and draws along it.
func (p *painter) shape(n *node, form outline, at place) error {
	fill, stroke := n.get("fill"), n.get("stroke")
	if fill == "" {
		fill = "#000"
	}
	if n.get("paint-order") == "stroke" {
		if err := p.along(n, form, stroke, at); err != nil {
			return err
		}
		stroke = ""
	}
	if err := p.inside(n, form, fill, at); err != nil {
		return err
	}
	return p.along(n, form, stroke, at)
}

// inside fills an outline.
func (p *painter) inside(n *node, form outline, fill string, at place) error {
	alpha := at.opacity * n.number("fill-opacity", 1)
	mask, where := p.brush.fill(form.moved(at.transform), at.clip)
	if mask == nil {
		return nil
	}
	if pattern := p.named[nameIn(fill)]; pattern != nil {
		source, err := p.tiles(pattern, at, where)
		if err == nil {
			draw.DrawMask(p.img, where, source, where.Min, mask, image.Point{}, draw.Over)
		}
		return err
	}
	return p.colour(mask, where, fill, alpha)
}

// along draws the line of an outline.
func (p *painter) along(n *node, form outline, stroke string, at place) error {
	width := n.number("stroke-width", 1) * at.scale()
	if n.get("vector-effect") == "non-scaling-stroke" {
		width = n.number("stroke-width", 1) * sharpness
	}
	if stroke == "" || stroke == "none" || width <= 0 {
		return nil
	}
	dashes, err := parseNumbers(n.get("stroke-dasharray"))
	if err != nil {
		dashes = nil // "none"
	}
	for k := range dashes {
		dashes[k] *= at.scale()
	}
	line := lineStyle{width, n.get("stroke-linecap"), n.get("stroke-linejoin"), n.number("stroke-miterlimit", 4), dashes, n.number("stroke-dashoffset", 0) * at.scale()}
	mask, where := p.brush.draw(form.moved(at.transform), line, at.clip)
	return p.colour(mask, where, stroke, at.opacity*n.number("stroke-opacity", 1))
}

func (p *painter) colour(mask *image.Alpha, where image.Rectangle, css string, alpha float64) error {
	c, err := parseColour(css)
	if err != nil || mask == nil || c.A == 0 {
		return err
	}
	c.A = uint8(math.Round(float64(c.A) * min(1, max(0, alpha))))
	draw.DrawMask(p.img, where, image.NewUniform(c), image.Point{}, mask, image.Point{}, draw.Over)
	return nil
}

// text paints a text on one line.
func (p *painter) text(n *node, at place) error {
	form, width := p.typesetter.outline(n.words(), letteringOf(n))
	x, y := n.number("x", 0), n.number("y", 0)
	switch n.get("text-anchor") {
	case "middle":
		x -= width / 2
	case "end":
		x -= width
	}
	return p.shape(n, form.moved(transform{1, 0, 0, 1, x, y}), at)
}

// tiles is a pattern laid out over a part of the picture.
func (p *painter) tiles(pattern *node, at place, where image.Rectangle) (image.Image, error) {
	w, h := pattern.number("width", 0), pattern.number("height", 0)
	tw, th := int(math.Ceil(w*sharpness)), int(math.Ceil(h*sharpness))
	if tw <= 0 || th <= 0 {
		return image.Transparent, nil
	}
	tile := painter{img: image.NewRGBA(image.Rect(0, 0, tw, th)), typesetter: p.typesetter, named: p.named}
	scaled := transform{float64(tw) / w, 0, 0, float64(th) / h, 0, 0}
	if err := tile.children(pattern, place{scaled, tile.img.Bounds(), at.opacity}); err != nil {
		return nil, err
	}
	moved, err := parseTransform(pattern.get("patternTransform"))
	if err != nil {
		return nil, err
	}
	back := at.then(moved).then(transform{1, 0, 0, 1, pattern.number("x", 0), pattern.number("y", 0)}).inverse()
	out := image.NewRGBA(where)
	for y := where.Min.Y; y < where.Max.Y; y++ {
		for x := where.Min.X; x < where.Max.X; x++ {
			from := back.point(point{float64(x) + 0.5, float64(y) + 0.5})
			out.SetRGBA(x, y, tile.img.RGBAAt(within(from.x/w, tw), within(from.y/h, th)))
		}
	}
	return out, nil
}

// within is the pixel of n that a place along a row of tiles falls on.
func within(tiles float64, n int) int { return int((tiles - math.Floor(tiles)) * float64(n)) }

// parseTransform reads translate, scale, rotate and matrix, one after the other.
func parseTransform(css string) (transform, error) {
	out := unmoved
	for rest := strings.TrimSpace(css); rest != ""; rest = strings.TrimLeft(rest, " ,") {
		name, after, _ := strings.Cut(rest, "(")
		inner, tail, closed := strings.Cut(after, ")")
		n, err := parseNumbers(inner)
		step, known := transformOf(strings.TrimSpace(name), n)
		if err != nil || !closed || !known {
			return out, fmt.Errorf("draw a picture: transform %q", css)
		}
		out, rest = out.then(step), tail
	}
	return out, nil
}

func transformOf(name string, n []float64) (transform, bool) {
	switch {
	case name == "matrix" && len(n) == 6:
		return transform(n), true
	case name == "translate" && len(n) == 2:
		return transform{1, 0, 0, 1, n[0], n[1]}, true
	case name == "translate" && len(n) == 1:
		return transform{1, 0, 0, 1, n[0], 0}, true
	case name == "scale" && len(n) == 2:
		return transform{n[0], 0, 0, n[1], 0, 0}, true
	case name == "scale" && len(n) == 1:
		return transform{n[0], 0, 0, n[0], 0, 0}, true
	case name == "rotate" && len(n) == 1:
		sin, cos := math.Sincos(n[0] * math.Pi / 180)
		return transform{cos, sin, -sin, cos, 0, 0}, true
	}
	return unmoved, false
}

// parseColour reads the colours that the drawing library and this program write.
func parseColour(css string) (color.NRGBA, error) {
	c := color.NRGBA{A: 255}
	switch css {
	case "none", "transparent":
		return color.NRGBA{}, nil
	case "black":
		return c, nil
	case "white":
		return color.NRGBA{255, 255, 255, 255}, nil
	}
	if len(css) == 4 && css[0] == '#' {
		css = "#" + strings.Repeat(css[1:2], 2) + strings.Repeat(css[2:3], 2) + strings.Repeat(css[3:], 2)
	}
	if n, err := fmt.Sscanf(css, "#%02x%02x%02x", &c.R, &c.G, &c.B); n == 3 && err == nil && len(css) == 7 {
		return c, nil
	}
	alpha := 1.0
	compact := strings.ReplaceAll(css, " ", "")
	if n, _ := fmt.Sscanf(compact, "rgba(%d,%d,%d,%g)", &c.R, &c.G, &c.B, &alpha); n == 4 {
		c.A = uint8(math.Round(alpha * 255))
		return c, nil
	}
	if n, _ := fmt.Sscanf(compact, "rgb(%d,%d,%d)", &c.R, &c.G, &c.B); n == 3 {
		return c, nil
	}
	return c, fmt.Errorf("draw a picture: no colour %q is known", css)
}
