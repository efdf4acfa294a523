package reports

import (
	"fmt"
	"strconv"
	"strings"

	"pediment/analysis"
)

// SVG draws the chart as a picture that stands alone: title and unit, the chart,
// its source; its text is the alternative for those who do not see it. language
// is the report's and decides the direction of reading. Equal charts give equal
// bytes on one machine. An error is one of the drawing, not of the chart: a chart
// with nothing to draw is an empty frame.
func SVG(c analysis.Chart, language string) ([]byte, error) {
	studio, err := openStudio()
	if err != nil {
		return nil, err
	}
	t := <-studio.desks
	defer func() { studio.desks <- t }()
	root, err := studio.picture(c, language, t)
	if err != nil {
		return nil, err
	}
	return root.bytes(), nil
}

// bytes prints a picture as a file.
func (n *node) bytes() []byte {
	var out strings.Builder
	n.write(&out)
	out.WriteString("\n")
	return []byte(out.String())
}

// The measures of a picture, in pixels.
const (
	pictureWidth = 720
	margin       = 16
	textWide     = pictureWidth - 2*margin
)

// pictureFont is what a picture is lettered in.
const pictureFont = "'Noto Sans','Segoe UI',system-ui,-apple-system,'Helvetica Neue',Arial,sans-serif"

// The lettering of what stands around a chart.
var (
	titleType  = lettering{size: 16, bold: true}
	unitType   = lettering{size: 13}
	sourceType = lettering{size: 12}
)

// picture draws the chart and sets its title above and its source below.
func (s *studio) picture(c analysis.Chart, language string, t *typesetter) (*node, error) {
	c = cleaned(c)
	height := chartHeight(c)
	chart, err := s.chart(c, language, t, textWide, height)
	if err != nil {
		return nil, err
	}
	return framed(c, chart, height, language, t), nil
}

// chart draws the chart alone, in pixels.
func (s *studio) chart(c analysis.Chart, language string, t *typesetter, width, height int) (*node, error) {
	t.start(language)
	d, err := drawingOf(c)
	if err != nil {
		return nil, err
	}
	drawn, err := s.run(d, spokenOf(c), t, width, height)
	if err != nil {
		return nil, fmt.Errorf("draw chart %s: %w", c.Name, err)
	}
	chart, err := parseSVG(drawn)
	if err != nil {
		return nil, fmt.Errorf("draw chart %s: %w", c.Name, err)
	}
	tidy(chart, idPrefix(d, c))
	shortenAll(chart, t, float64(width))
	return chart, nil
}

// framed puts a drawn chart between its title and its source.
func framed(c analysis.Chart, chart *node, height int, language string, t *typesetter) *node {
	root := element("svg", "xmlns", "http://www.w3.org/2000/svg", "width", strconv.Itoa(pictureWidth), "height", "", "viewBox", "", "role", "img")
	if language != "" {
		root.set("lang", language)
	}
	root.set("font-family", pictureFont)
	root.add(element("title").says(c.Title), element("desc").says(c.Text))
	ground := element("rect", "width", strconv.Itoa(pictureWidth), "height", "", "fill", paper)
	root.add(ground)
	f := frame{root: root, typesetter: t, y: margin, right: direction(language) == "rtl"}
	f.text(c.Title, titleType, ink, 4)
	f.text(subtitle(c), unitType, soft, 2)
	f.y += 10
	root.add(element("g", "transform", fmt.Sprintf("translate(%d %s)", margin, short2(f.y))).add(chart.children...))
	f.y += float64(height) + 8
	if c.Source != "" {
		f.text("Source: "+sentence(c.Source), sourceType, soft, 4)
	}
	total := strconv.Itoa(int(f.y) + margin - 4)
	root.set("height", total)
	ground.set("height", total)
	root.set("viewBox", "0 0 "+strconv.Itoa(pictureWidth)+" "+total)
	return root
}

// frame sets lines of text down a picture.
type frame struct {
	root       *node
	typesetter *typesetter
	y          float64 // where the next line begins
	right      bool    // text keeps to the right
}

// text sets a text on at most so many lines.
func (f *frame) text(words string, l lettering, colour string, most int) {
	const leading = 1.35
	for _, line := range f.typesetter.wrap(words, l, textWide, most) {
		baseline := f.y + l.size*(leading/2+centred)
		n := element("text", "x", strconv.Itoa(margin), "y", short2(baseline), "font-size", short2(l.size), "fill", colour)
		if l.bold {
			n.set("font-weight", "bold")
		}
		if f.right {
			n.set("x", strconv.Itoa(pictureWidth-margin))
			n.set("text-anchor", "end")
		}
		f.root.add(readOrder(n.says(line)))
		f.y += l.size * leading
	}
}

// short2 prints a length with at most two decimals.
func short2(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}
