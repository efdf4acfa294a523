package reports

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// lettering is how a text of a picture is set: its size in pixels, and its weight.
type lettering struct {
	size float64
	bold bool
}

// centred is how far the middle of a line lies above its baseline, in its size:
// half the height of Noto Sans's capitals.
const centred = 0.36

// typesetter sets text, and measures it as it will be set. It serves one picture
// at a time.
type typesetter struct {
	language  language.Language // of the picture
	fonts     fontChoice
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	wrapper   shaping.LineWrapper
	widths    map[widthKey]float64
}

type widthKey struct {
	text string
	lettering
}

// start readies the typesetter for a picture in a language.
func (t *typesetter) start(tag string) {
	t.language = language.NewLanguage(tag)
	t.fonts.start(tag)
	t.widths = map[widthKey]float64{}
}

// width is how wide a text is on one line, in pixels.
func (t *typesetter) width(text string, l lettering) float64 {
	key := widthKey{text, l}
	w, known := t.widths[key]
	if !known {
		for _, run := range t.shape([]rune(text), l) {
			w += pixels(run.Advance)
		}
		t.widths[key] = w
	}
	return w
}

// line sets a text on one line: its runs from left to right.
func (t *typesetter) line(text string, l lettering) []shaping.Output {
	lines := t.lines([]rune(text), l, math.MaxInt32>>6)
	if len(lines) == 0 {
		return nil
	}
	line := slices.Clone(lines[0])
	slices.SortFunc(line, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	return line
}

// wrap breaks a text into lines that are at most so wide, and ends the last with
// an ellipsis when there would be more than most.
func (t *typesetter) wrap(text string, l lettering, width float64, most int) []string {
	letters := []rune(strings.TrimSpace(text))
	if len(letters) == 0 {
		return nil
	}
	var out []string
	for _, line := range t.lines(letters, l, int(width)) {
		from, to := len(letters), 0
		for _, run := range line {
			from, to = min(from, run.Runes.Offset), max(to, run.Runes.Offset+run.Runes.Count)
		}
		if from < to {
			out = append(out, strings.TrimSpace(string(letters[from:to])))
		}
	}
	if len(out) > most {
		out = append(out[:most-1], t.shortened(out[most-1], l, width))
	}
	return out
}

// shortened cuts a line so that it fits with an ellipsis behind it.
func (t *typesetter) shortened(line string, l lettering, width float64) string {
	letters := []rune(line)
	for len(letters) > 0 && t.width(string(letters)+"…", l) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimSpace(string(letters)) + "…"
}

// lines shapes and breaks a text. They are valid until the next call.
func (t *typesetter) lines(letters []rune, l lettering, width int) []shaping.Line {
	runs := t.shape(letters, l)
	if len(runs) == 0 {
		return nil
	}
	config := shaping.WrapConfig{Direction: flow(letters), DisableTrailingWhitespaceTrim: true}
	lines, _ := t.wrapper.WrapParagraph(config, width, letters, shaping.NewSliceIterator(runs))
	return lines
}

// shape turns letters into glyphs, run by run of one direction, script and font.
func (t *typesetter) shape(letters []rune, l lettering) []shaping.Output {
	if len(letters) == 0 {
		return nil
	}
	t.fonts.bold = l.bold
	input := shaping.Input{
		Text: letters, RunEnd: len(letters), Direction: flow(letters), Face: t.fonts.main(),
		Size: fixed.Int26_6(math.Round(l.size * 64)), Language: t.language,
	}
	var out []shaping.Output
	for _, run := range t.segmenter.Split(input, &t.fonts) {
		out = append(out, t.shaper.Shape(run))
	}
	return out
}

// flow is the direction of a text's first letter that has one.
func flow(letters []rune) di.Direction {
	for _, r := range letters {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			return di.DirectionRTL
		case unicode.IsLetter(r):
			return di.DirectionLTR
		}
	}
	return di.DirectionLTR
}

// outline is the text's glyphs on one line whose baseline starts at 0, 0, and
// how wide it is.
func (t *typesetter) outline(text string, l lettering) (outline, float64) {
	var out outline
	dot := 0.0
	for _, run := range t.line(text, l) {
		for _, glyph := range run.Glyphs {
			x, y := dot+pixels(glyph.XOffset), -pixels(glyph.YOffset)
			out = append(out, glyphOutline(run.Face, glyph.GlyphID, l.size, x, y)...)
			dot += pixels(glyph.Advance)
		}
	}
	return out, dot
}

// glyphOutline is one glyph at x, y, in pixels. A glyph that is a picture, as
// emoji are, has none.
func glyphOutline(face *font.Face, id font.GID, size, x, y float64) outline {
	glyph, _ := face.GlyphDataOutline(id)
	scale := size / float64(face.Upem())
	out := make(outline, 0, len(glyph.Segments))
	for _, s := range glyph.Segments {
		one := stroke{op: glyphOps[s.Op]}
		for k, p := range s.ArgsSlice() {
			one.at[k] = point{x + float64(p.X)*scale, y - float64(p.Y)*scale}
		}
		out = append(out, one)
	}
	return out
}

func pixels(x fixed.Int26_6) float64 { return float64(x) / 64 }
