package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// temple is the framework as it is drawn: a pediment on columns on steps, each
// part an area coloured by its status.
type temple struct {
	Width, Height px
	Shapes        []shape
	Text          string // the same in words
}

// shape is one area's part of the temple: its outline and what is written on it.
type shape struct {
	Anchor  string // of the area's section
	Class   string
	Hatched bool
	Outline string // SVG points
	Lines   []templeLine
	Title   string
}

// templeLine is one line of centred text. Left and Width are the clear ground
// it stands on where the shape is hatched.
type templeLine struct {
	X, Y, Left, Width px
	Strong, Text      string // bold part, then the rest
	Small             bool
}

// The temple's measures in its own units; a step is wider than what it carries.
const (
	templeWidth    = 1060.0
	pedimentTop    = 8.0
	pedimentBottom = 252.0
	columnTop      = 268.0
	columnHeight   = 190.0
	columnGap      = 14.0
	stepHeight     = 34.0
	stepGap        = 8.0
	templeMargin   = 62.0
	stepSpread     = 19.0
)

// newTemple draws the areas by their position. Right-to-left pages read the
// parts from the right.
func newTemple(areas []Area, rtl bool) temple {
	by := map[string][]Area{}
	for _, a := range areas {
		by[a.Position] = append(by[a.Position], a)
	}
	if rtl {
		slices.Reverse(by["pediment"])
		slices.Reverse(by["column"])
	}
	t := temple{Width: templeWidth}
	t.pediment(by["pediment"])
	t.columns(by["column"])
	t.steps(by["step"])
	var words []string
	for _, s := range t.Shapes {
		words = append(words, s.Title)
	}
	t.Text = strings.Join(words, "; ") + "."
	return t
}

func newShape(a Area, points ...px) shape {
	s := summarise(a.Indicators)
	title := fmt.Sprintf("%s: %s, %s", a.Name, s.Look().Word, s.KnownOf())
	if weakest := s.WeakestText(); weakest != "" {
		title += ", weakest: " + weakest
	}
	var outline []string
	for i := 0; i+1 < len(points); i += 2 {
		outline = append(outline, fmt.Sprintf("%s,%s", points[i], points[i+1]))
	}
	return shape{Anchor: anchor(a), Class: s.Look().Class, Hatched: s.Look().Hatched, Outline: strings.Join(outline, " "), Title: title}
}

func (s *shape) write(x, y float64, strong, text string, small bool) {
	unit := 6.4
	if small {
		unit = 5.9
	}
	width := float64(textWidth(strong))*7.5 + float64(textWidth(text))*unit + 12
	s.Lines = append(s.Lines, templeLine{px(x), px(y), px(x - width/2), px(width), strong, text, small})
}

// pediment divides the triangle from its apex into one part an area. The outer
// parts lean, so their text stands where they are widest.
func (t *temple) pediment(areas []Area) {
	left, right, apex := templeMargin-22, templeWidth-templeMargin+22, templeWidth/2
	n := float64(len(areas))
	for i, a := range areas {
		from, to := left+(right-left)*float64(i)/n, left+(right-left)*float64(i+1)/n
		s := newShape(a, px(apex), pedimentTop, px(from), pedimentBottom, px(to), pedimentBottom)
		sum := summarise(a.Indicators)
		middle := (from + to) / 2
		x := middle + (apex-middle)*0.23 // halfway up the text block
		name := wrap(a.Name, 25, 2)
		y := pedimentBottom - 8 - 17*float64(len(name)+1)
		for _, text := range name {
			s.write(x, y, text, "", false)
			y += 17
		}
		s.write(x, y, "", sum.Look().Icon+" "+sum.Look().Word+" · "+sum.KnownOf(), false)
		if sum.Weakest != nil {
			s.write(x, y+16, "", clip("weakest: "+sum.Weakest.Name, 31), true)
		}
		t.Shapes = append(t.Shapes, s)
	}
}

func (t *temple) columns(areas []Area) {
	n := float64(len(areas))
	width := (templeWidth - 2*templeMargin - columnGap*(n-1)) / n
	for i, a := range areas {
		x0 := templeMargin + (width+columnGap)*float64(i)
		x1, x := x0+width, x0+width/2
		s := newShape(a, px(x0), columnTop, px(x1), columnTop, px(x1), columnTop+columnHeight, px(x0), columnTop+columnHeight)
		sum := summarise(a.Indicators)
		y := columnTop + 30
		for _, text := range wrap(a.Name, int(width/7.6), 3) {
			s.write(x, y, text, "", false)
			y += 17
		}
		s.write(x, y+8, "", sum.Look().Icon+" "+sum.Look().Word, false)
		s.write(x, y+25, "", sum.KnownOf(), false)
		if sum.Weakest != nil {
			for k, text := range wrap("weakest: "+sum.Weakest.Name, int(width/6.1), 3) {
				s.write(x, y+48+15*float64(k), "", text, true)
			}
		}
		t.Shapes = append(t.Shapes, s)
	}
}

func (t *temple) steps(areas []Area) {
	y := columnTop + columnHeight + 14
	for i, a := range areas {
		spread := stepSpread * float64(i+1)
		x0, x1 := templeMargin-spread, templeWidth-templeMargin+spread
		s := newShape(a, px(x0), px(y), px(x1), px(y), px(x1), px(y+stepHeight), px(x0), px(y+stepHeight))
		sum := summarise(a.Indicators)
		rest := " " + sum.Look().Icon + " " + sum.Look().Word + " · " + sum.KnownOf()
		if sum.Weakest != nil {
			rest += " · weakest: " + clip(sum.Weakest.Name, 40)
		}
		s.write(templeWidth/2, y+22, clip(a.Name, 54), rest, false)
		t.Shapes = append(t.Shapes, s)
		y += stepHeight + stepGap
	}
	t.Height = px(y + 4)
}

// anchor is the address of the area's section on the page.
func anchor(a Area) string {
	if a.Code == "" {
		return "area-own"
	}
	return "area-" + slug(a.Code)
}

// IndicatorAnchor is where the report tells of an indicator.
func IndicatorAnchor(code string) string { return "ind-" + slug(code) }

// slug keeps letters, digits and full stops of a code, for use in an address.
func slug(code string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, code)
}
