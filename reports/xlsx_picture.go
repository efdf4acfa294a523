package reports

import (
	"math"
	"sync"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// drawnKinds are the charts a spreadsheet has no words for. They stand in it as
// pictures.
var drawnKinds = map[analysis.Kind]bool{analysis.Map: true, analysis.Sankey: true, analysis.Likert: true, analysis.Multiples: true}

// A picture stands on a sheet at 0.4 of its pixels, which are two each way for one
// of the page; a row of the sheet is 20 pixels high.
const (
	sheetScale = 0.4
	rowPixels  = 20
)

// sheetPicture is a chart that is to stand on a sheet as a picture.
type sheetPicture struct {
	sheet, cell string
	chart       analysis.Chart
}

// picture keeps room for a chart as a picture, and returns how many rows it covers.
func (b *book) picture(sheet, cell string, c analysis.Chart) int {
	b.pictures = append(b.pictures, sheetPicture{sheet, cell, c})
	const around = 130 // title above and source below, in pixels of the page
	return int(sheetScale*sharpness*float64(chartHeight(c)+around))/rowPixels + 2
}

// drawPictures draws what room was kept for, on all processors, each with its
// sentence for those who do not see it.
func (b *book) drawPictures() {
	if b.err != nil {
		return
	}
	images, errs := make([][]byte, len(b.pictures)), make([]error, len(b.pictures))
	var all sync.WaitGroup
	for k, p := range b.pictures {
		all.Go(func() { images[k], errs[k] = PNG(p.chart, b.report.Language) })
	}
	all.Wait()
	for k, p := range b.pictures {
		b.fail(errs[k])
		if b.err != nil {
			return
		}
		b.fail(b.file.AddPictureFromBytes(p.sheet, p.cell, &excelize.Picture{Extension: ".png", File: images[k], Format: &excelize.GraphicOptions{
			AltText: clip(printable(p.chart.Title+". "+p.chart.Text), 500), ScaleX: sheetScale, ScaleY: sheetScale, LockAspectRatio: true, Positioning: "oneCell",
		}}))
	}
}

// areaMap is the map of the area's indicator by which places are furthest apart,
// in relation to the whole city's value; false where no indicator has one.
func areaMap(a Area, shapes []analysis.Shape) (analysis.Chart, bool) {
	var best analysis.Chart
	found, apart := false, 0.0
	for _, i := range a.Indicators {
		for _, b := range i.Groups {
			if b.Column != "place" || !known(i.Headline) || i.Headline.Value == 0 {
				continue
			}
			c, drawn := placeMap(i, b, shapes)
			ends := compare(b.Levels)
			if !drawn {
				continue
			}
			if far := math.Abs((ends.highest.Value.Value - ends.lowest.Value.Value) / i.Headline.Value); !found || far > apart {
				best, found, apart = c, true, far
			}
		}
	}
	return best, found
}
