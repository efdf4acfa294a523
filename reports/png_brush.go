package reports

import (
	"image"
	"image/draw"
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// brush turns outlines, in pixels, into masks of what they cover. A mask is nil
// where nothing is covered, and valid until the next one.
type brush struct {
	raster vector.Rasterizer
	mask   image.Alpha
}

// lineStyle is how a line is drawn, in pixels.
type lineStyle struct {
	width      float64
	cap, join  string
	miterLimit float64
	dashes     []float64
	offset     float64
}

// fill covers the inside of an outline.
func (b *brush) fill(o outline, clip image.Rectangle) (*image.Alpha, image.Rectangle) {
	where := boxOf(o).Intersect(clip)
	if where.Empty() {
		return nil, where
	}
	b.raster.Reset(where.Dx(), where.Dy())
	shift := point{float64(where.Min.X), float64(where.Min.Y)}
	at := func(p point) (x, y float32) { return float32(p.x - shift.x), float32(p.y - shift.y) }
	for _, s := range o {
		ax, ay := at(s.at[0])
		bx, by := at(s.at[1])
		cx, cy := at(s.at[2])
		switch s.op {
		case move:
			b.raster.ClosePath()
			b.raster.MoveTo(ax, ay)
		case jump:
			b.raster.MoveTo(ax, ay)
		case straight:
			b.raster.LineTo(ax, ay)
		case quadratic:
			b.raster.QuadTo(ax, ay, bx, by)
		case cubic:
			b.raster.CubeTo(ax, ay, bx, by, cx, cy)
		case shut:
			b.raster.ClosePath()
		}
	}
	if len(o) > 0 && o[0].op == move {
		b.raster.ClosePath()
	}
	return b.cover(where), where
}

// cover makes the mask of what was rasterised.
func (b *brush) cover(where image.Rectangle) *image.Alpha {
	if need := where.Dx() * where.Dy(); cap(b.mask.Pix) < need {
		b.mask.Pix = make([]uint8, need)
	} else {
		b.mask.Pix = b.mask.Pix[:need]
	}
	b.mask.Stride, b.mask.Rect = where.Dx(), image.Rect(0, 0, where.Dx(), where.Dy())
	b.raster.DrawOp = draw.Src
	b.raster.Draw(&b.mask, b.mask.Rect, image.Opaque, image.Point{})
	return &b.mask
}

// boxOf is the box of pixels around an outline; one with a point that is no
// number, or far out of any picture, has none.
func boxOf(o outline) image.Rectangle {
	const far = 1 << 20
	low, high := o.bounds()
	if !(low.x > -far && low.y > -far && high.x < far && high.y < far) {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x))+1, int(math.Ceil(high.y))+1)
}

// draw covers the line along an outline.
func (b *brush) draw(o outline, l lineStyle, clip image.Rectangle) (*image.Alpha, image.Rectangle) {
	if boxOf(o).Empty() {
		return nil, image.Rectangle{}
	}
	edge := &traced{}
	dasher := rasterx.NewDasher(0, 0, edge)
	dasher.SetStroke(units(l.width), units(l.miterLimit), capOf(l.cap), nil, nil, joinOf(l.join), l.dashes, l.offset)
	drawing := false
	lift := func() {
		if drawing {
			dasher.Stop(false)
		}
		drawing = false
	}
	for _, s := range o {
		switch s.op {
		case move:
			lift()
			dasher.Start(grid(s.at[0]))
			drawing = true
		case straight:
			dasher.Line(grid(s.at[0]))
		case quadratic:
			dasher.QuadBezier(grid(s.at[0]), grid(s.at[1]))
		case cubic:
			dasher.CubeBezier(grid(s.at[0]), grid(s.at[1]), grid(s.at[2]))
		case shut:
			dasher.Stop(true)
			drawing = false
		}
	}
	lift()
	return b.fill(edge.outline, clip)
}

func capOf(css string) rasterx.CapFunc {
	switch css {
	case "round":
		return rasterx.RoundCap
	case "square":
		return rasterx.SquareCap
	}
	return rasterx.ButtCap
}

func joinOf(css string) rasterx.JoinMode {
	switch css {
	case "round":
		return rasterx.Round
	case "bevel":
		return rasterx.Bevel
	}
	return rasterx.Miter
}

func units(x float64) fixed.Int26_6 { return fixed.Int26_6(math.Round(x * 64)) }

func grid(p point) fixed.Point26_6 { return fixed.Point26_6{X: units(p.x), Y: units(p.y)} }

// traced keeps the edge of a line as an outline, in place of rasterising it. The
// edge comes in pieces that only together close.
type traced struct{ outline outline }

var _ rasterx.Scanner = (*traced)(nil)

func (t *traced) Start(a fixed.Point26_6) { t.step(jump, a) }
func (t *traced) Line(b fixed.Point26_6)  { t.step(straight, b) }

func (t *traced) step(op pen, p fixed.Point26_6) {
	t.outline = append(t.outline, stroke{op, [3]point{{pixels(p.X), pixels(p.Y)}}})
}

// What a rasteriser would do besides; an outline needs none of it.
func (t *traced) Draw()                              {}
func (t *traced) Clear()                             {}
func (t *traced) SetBounds(int, int)                 {}
func (t *traced) SetColor(any)                       {}
func (t *traced) SetWinding(bool)                    {}
func (t *traced) SetClip(image.Rectangle)            {}
func (t *traced) GetPathExtent() fixed.Rectangle26_6 { return fixed.Rectangle26_6{} }
