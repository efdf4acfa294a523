package reports

import "pediment/analysis"

// staticPicture is one chart as a picture in both formats. Width and Height are
// those of the SVG, in CSS pixels; the PNG has twice as many each way.
type staticPicture struct {
	SVG, PNG      []byte
	Width, Height int
}

// drawAlone draws a chart without its title and source, for a document that
// prints them itself, so many pixels wide and as high as fits but at most most
// where its rows allow it. It may be called for many charts at once; as many are
// drawn at once as there are processors, and equal charts give equal bytes.
func drawAlone(c analysis.Chart, language string, width, most int) (staticPicture, error) {
	studio, err := openStudio()
	if err != nil {
		return staticPicture{}, err
	}
	t := <-studio.desks
	defer func() { studio.desks <- t }()
	c = cleaned(c)
	height := fittingHeight(c, width, most)
	root, err := studio.chart(c, language, t, width, height)
	if err != nil {
		return staticPicture{}, err
	}
	root.set("role", "img")
	root.set("font-family", pictureFont)
	root.children = append([]*node{element("title").says(c.Title), element("desc").says(c.Text)}, root.children...)
	pixels, err := root.png(t)
	return staticPicture{root.bytes(), pixels, width, height}, err
}
