package reports

import (
	"fmt"
	"strings"
	"sync"

	"pediment/analysis"
)

// pictureSize is how pictures are drawn: their width on paper in millimetres and in
// pixels, which decides how large their letters are, and the height none exceeds
// that has not too many rows for it.
type pictureSize struct {
	paper, pixels, most int
}

// An indicator's picture stands beside its facts, a chapter's across the page or,
// when it is low, beside another.
var (
	inArea    = pictureSize{97, 440, 130}
	inChapter = pictureSize{146, 640, 300}
	halfPage  = pictureSize{80, 380, 190}
)

// emu is how many English Metric Units, of which Word counts lengths, a millimetre has.
const emu = 36000

// wordPicture is a picture to be drawn when the document is whole.
type wordPicture struct {
	chart analysis.Chart
	size  pictureSize
}

// picture prints a chart under its title with its source below. What has too little
// to draw is its table alone.
func (d *word) picture(p picture, size pictureSize) {
	if p.Option == "" {
		d.paragraph("Caption", said(strings.Join(filledTexts(p.Title, p.chart.Unit), ", ")))
		d.table(p.Table)
		return
	}
	d.paragraph("Caption", said(p.Title))
	d.pictures = append(d.pictures, wordPicture{p.chart, size})
	d.body.WriteString(pictureMark(len(d.pictures) - 1))
	if p.Source != "" {
		d.paragraph("Source", said("Source: "+sentence(p.Source)))
	}
}

// row prints pictures one under the other, two low ones side by side.
func (d *word) row(list []picture) {
	for len(list) > 0 {
		if len(list) > 1 && low(list[0]) && low(list[1]) {
			d.beside(pageWidth/2, func() { d.picture(list[0], halfPage) }, func() { d.picture(list[1], halfPage) })
			list = list[2:]
			continue
		}
		d.picture(list[0], inChapter)
		list = list[1:]
	}
}

// low reports whether a picture is drawn and has few rows.
func low(p picture) bool { return p.Option != "" && chartHeight(p.chart) <= 320 }

// drawn draws the pictures and puts them where their marks stand.
func (d *word) drawn(body string) (string, []archived, error) {
	images := make([]staticPicture, len(d.pictures))
	errs := make([]error, len(d.pictures))
	var work sync.WaitGroup
	for i, p := range d.pictures {
		work.Go(func() { images[i], errs[i] = p.draw(d.Lang) })
	}
	work.Wait()
	var files []archived
	var out strings.Builder
	for i, image := range images {
		if errs[i] != nil {
			return "", nil, errs[i]
		}
		before, after, _ := strings.Cut(body, pictureMark(i))
		out.WriteString(before)
		out.WriteString(paraOf("Picture", "", wordDrawing(i+1, d.pictures[i], image)))
		body = after
		files = append(files, archived{fmt.Sprintf("word/media/picture%d.png", i+1), image.PNG}, archived{fmt.Sprintf("word/media/picture%d.svg", i+1), image.SVG})
	}
	out.WriteString(body)
	return out.String(), files, nil
}

// draw draws the chart alone: its title and source are the document's own text.
func (p wordPicture) draw(language string) (staticPicture, error) {
	return drawAlone(p.chart, language, p.size.pixels, p.size.most)
}

// wordDrawing is picture n: the PNG every program shows, and the SVG for those that can.
func wordDrawing(n int, p wordPicture, image staticPicture) string {
	width := p.size.paper * emu
	height := width * image.Height / image.Width
	name, text := fmt.Sprintf("Picture %d", n), wordText(p.chart.Text)
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="%[4]s" descr="%[5]s"/>`+
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="%[4]s" descr="%[5]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="png%[3]d"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip r:embed="svg%[3]d"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		width, height, n, name, text)
}
