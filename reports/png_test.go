package reports

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"
)

// Every picture has ink and colour where its chart is, on white ground.
func TestPNGIsDrawn(t *testing.T) {
	for _, c := range slices.Concat(drawnCharts(), hostileCharts()) {
		data, err := PNG(c, "en")
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		seen := countColours(img)
		size := img.Bounds()
		whole := size.Dx() * size.Dy()
		if size.Dx() != 2*pictureWidth || len(seen) < 30 {
			t.Errorf("%s: %d wide, %d colours", c.Name, size.Dx(), len(seen))
		}
		if black := seen[color.RGBA{0, 0, 0, 255}]; black > whole/500 {
			t.Errorf("%s: %d of %d pixels are black", c.Name, black, whole)
		}
		if white := seen[color.RGBA{255, 255, 255, 255}]; white < whole/4 || white == whole {
			t.Errorf("%s: %d of %d pixels are white", c.Name, white, whole)
		}
		if seen[color.RGBA{0x1c, 0x24, 0x30, 255}] < 100 {
			t.Errorf("%s: hardly any ink", c.Name)
		}
	}
}

// countColours counts the pixels of each colour. A PNG without transparency is
// decoded as RGBA.
func countColours(img image.Image) map[color.RGBA]int {
	seen := map[color.RGBA]int{}
	pix := img.(*image.RGBA).Pix
	for k := 0; k < len(pix); k += 4 {
		seen[color.RGBA{pix[k], pix[k+1], pix[k+2], pix[k+3]}]++
	}
	return seen
}

// painted paints what stands in a picture 10 wide and high.
func painted(t *testing.T, inner string) *image.RGBA {
	t.Helper()
	root, err := parseSVG(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">` + inner + `</svg>`)
	if err != nil {
		t.Fatal(err)
	}
	img, err := paint(root, newTypesetter("en"))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Colours at pixels of small pictures; the picture has two pixels to the unit.
func TestPaint(t *testing.T) {
	white, red := color.RGBA{255, 255, 255, 255}, color.RGBA{255, 0, 0, 255}
	for _, c := range []struct {
		name, svg string
		at        map[image.Point]color.RGBA
	}{
		{"fill", `<rect x="1" y="1" width="3" height="3" fill="#f00"/>`, map[image.Point]color.RGBA{{2, 2}: red, {7, 7}: red, {8, 8}: white, {1, 1}: white}},
		{"half", `<rect width="3" height="3" fill="#f00" fill-opacity=".5"/>`, map[image.Point]color.RGBA{{2, 2}: {255, 127, 127, 255}}},
		{"rgba", `<rect width="3" height="3" fill="rgba(255,0,0,0.5)"/>`, map[image.Point]color.RGBA{{2, 2}: {255, 127, 127, 255}}},
		{"none", `<path d="M0 0L9 0L9 9Z" fill="none"/>`, map[image.Point]color.RGBA{{14, 4}: white}},
		{"moved", `<g transform="translate(5 0)"><rect width="2" height="2" transform="scale(2)" fill="#f00"/></g>`, map[image.Point]color.RGBA{{10, 0}: red, {17, 7}: red, {9, 0}: white, {18, 8}: white}},
		{"clip", `<defs><clipPath id="c"><path d="M0 0l4 0l0 9l-4 0Z"/></clipPath></defs><g clip-path="url(#c)"><rect width="9" height="9" fill="#f00"/></g>`, map[image.Point]color.RGBA{{7, 7}: red, {8, 7}: white}},
		{"line", `<path d="M0 5L10 5" stroke="#f00" stroke-width="2" fill="none"/>`, map[image.Point]color.RGBA{{10, 8}: red, {10, 11}: red, {10, 7}: white, {10, 12}: white}},
		{"dashes", `<path d="M0 5L10 5" stroke="#f00" stroke-width="2" stroke-dasharray="2 2" fill="none"/>`, map[image.Point]color.RGBA{{2, 9}: red, {6, 9}: white, {10, 9}: red}},
		{"scaled line", `<path d="M0 .5L1 .5" transform="scale(10)" stroke="#f00" stroke-width=".2" fill="none"/>`, map[image.Point]color.RGBA{{10, 8}: red, {10, 7}: white}},
		{"circle", `<circle cx="5" cy="5" r="3" fill="#f00"/>`, map[image.Point]color.RGBA{{10, 10}: red, {10, 5}: red, {4, 4}: white}},
		{"hole", `<path d="M0 0L8 0L8 8L0 8ZM2 2L2 6L6 6L6 2Z" fill="#f00"/>`, map[image.Point]color.RGBA{{2, 2}: red, {8, 8}: white}},
		{"pattern", `<defs><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="4" fill="#f00"/></pattern></defs><rect width="9" height="9" fill="url(#p)"/>`,
			map[image.Point]color.RGBA{{2, 2}: red, {6, 2}: white, {10, 9}: red}},
	} {
		img := painted(t, c.svg)
		for at, want := range c.at {
			if got := img.RGBAAt(at.X, at.Y); got != want {
				t.Errorf("%s: %v at %v, want %v", c.name, got, at, want)
			}
		}
	}
}

// Text stands where its anchor says.
func TestPaintText(t *testing.T) {
	for anchor, want := range map[string][2]bool{"start": {false, true}, "end": {true, false}, "middle": {true, true}} {
		img := painted(t, `<text x="5" y="8" font-size="4" text-anchor="`+anchor+`" fill="#000">HH</text>`)
		if got := [2]bool{dark(img, 0, 10), dark(img, 10, 20)}; got != want {
			t.Errorf("%s: ink left and right %v, want %v", anchor, got, want)
		}
	}
}

func dark(img *image.RGBA, from, to int) bool {
	for y := range img.Bounds().Dy() {
		for x := from; x < to; x++ {
			if img.RGBAAt(x, y).R < 128 {
				return true
			}
		}
	}
	return false
}

// What cannot be painted is an error, not a picture with a part missing.
func TestPaintRefuses(t *testing.T) {
	for _, svg := range []string{`<image/>`, `<path d="M0 0R1 1"/>`, `<path d="5 5"/>`, `<rect width="2" height="2" fill="plaid"/>`, `<g transform="skewX(3)"><rect/></g>`, `<polyline points="1 2 3"/>`} {
		root, err := parseSVG("<svg width='10' height='10'>" + svg + "</svg>")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := paint(root, newTypesetter("en")); err == nil || !strings.HasPrefix(err.Error(), "draw a picture: ") {
			t.Errorf("%s: error %v", svg, err)
		}
	}
}

// An outline with a point that is no number, or far away, is left out.
func TestPaintSurvives(t *testing.T) {
	for _, svg := range []string{`<path d="M0 0LNaN 3L4 4Z"/>`, `<circle r="1e300"/>`, `<path d="M0 0L1e12 1e12" stroke="#000"/>`, `<path d=""/>`, `<rect width="0" height="5"/>`} {
		painted(t, svg)
	}
}

// An arc is round: every point of it is as far from its middle.
func TestArcIsRound(t *testing.T) {
	for _, d := range []string{"M1 0A1 1 0 0 1 0 1", "M1 0A1 1 0 1 0 0 1", "M1 0A1 1 0 1 1 0 1", "M1 0a1 1 0 1 1 -2 0", "M-1 0A.5 .5 0 0 1 1 0"} {
		o, err := parsePath(d)
		if err != nil {
			t.Fatal(err)
		}
		middle := point{}
		if strings.HasPrefix(d, "M1 0A1 1 0 1 1") {
			middle = point{1, 1}
		}
		for _, s := range o[1:] {
			if end := s.at[2]; s.op != cubic || math.Abs(math.Hypot(end.x-middle.x, end.y-middle.y)-1) > 1e-9 {
				t.Errorf("%s: %v", d, s)
			}
		}
	}
}

func TestTransformInverse(t *testing.T) {
	m, err := parseTransform("translate(3 4) rotate(30), scale(2 5) matrix(1 .5 0 1 7 8)")
	if err != nil {
		t.Fatal(err)
	}
	p := m.inverse().point(m.point(point{11, 13}))
	if math.Hypot(p.x-11, p.y-13) > 1e-9 {
		t.Errorf("there and back is %v", p)
	}
}
