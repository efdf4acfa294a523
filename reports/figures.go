package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pediment/analysis"
)

// Small pictures are SVG of our own. Here is their geometry; the templates draw.

// px is a length in a picture's own units, printed with one decimal.
type px float64

// String prints the length for an SVG attribute.
func (p px) String() string { return strconv.FormatFloat(float64(p), 'f', 1, 64) }

// scale maps numbers onto a stretch of a picture.
type scale struct {
	low, high, from, to float64
}

// fit returns a scale over all finite numbers given, with some air on both
// sides, so that the outermost mark is still seen.
func fit(from, to float64, numbers ...float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range numbers {
		if finite(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	air := (high - low) * 0.12
	if !(air > 0) {
		air = max(1, math.Abs(high)*0.1)
	}
	return scale{low - air, high + air, from, to}
}

func (s scale) at(x float64) px {
	if !finite(x) {
		return px(s.from)
	}
	return px(s.from + (x-s.low)/(s.high-s.low)*(s.to-s.from))
}

// intervalBar is an estimate on a line of its own: the interval behind the
// point, the earlier value as a tick.
type intervalBar struct {
	Low, Width, Point, Then px
	Interval                bool // whether there is one
	Class, Text             string
}

// The width the interval bars and strips are drawn in.
const stripWidth = 160

func newIntervalBar(i Indicator) intervalBar {
	now, then := i.Headline.Estimate, i.Baseline.Estimate
	s := fit(6, stripWidth-6, now.Value, now.Low, now.High, then.Value)
	b := intervalBar{Point: s.at(now.Value), Then: s.at(then.Value), Class: lookOf(i).Class,
		Text: fmt.Sprintf("Now %s; then %s.", estimateText(i.Headline, i.Unit), amount(then, i.Unit))}
	if finite(now.Low) && finite(now.High) {
		b.Interval, b.Low, b.Width = true, s.at(now.Low), s.at(now.High)-s.at(now.Low)
	}
	return b
}

// dotStrip shows the groups of a breakdown as dots on one line, the weakest one
// apart.
type dotStrip struct {
	Dots        []px
	Weakest     px
	WeakestText string // its name and value; "" when none stands out
	Behind      bool   // clearly on the worse side of the whole city
	Text        string
}

// newDotStrip draws the breakdown by place; false when there is none with two
// values.
func newDotStrip(i Indicator) (dotStrip, bool) {
	for _, b := range i.Groups {
		if b.Column != "place" || b.Apart {
			continue
		}
		var numbers []float64
		for _, l := range b.Levels {
			if ranked(l) {
				numbers = append(numbers, l.Value.Value)
			}
		}
		if len(numbers) < 2 {
			return dotStrip{}, false
		}
		s := fit(6, stripWidth-6, numbers...)
		strip := dotStrip{Text: groupText(i, ordered(b))}
		last, ok := weakestLevel(i, b)
		for _, l := range b.Levels {
			switch {
			case !ranked(l):
			case ok && l.Label == last.Label:
				strip.Weakest, strip.Behind = s.at(l.Value.Value), behind(i, l.Value)
				strip.WeakestText = l.Label + " " + number(l.Value.Estimate, i.Unit)
			default:
				strip.Dots = append(strip.Dots, s.at(l.Value.Value))
			}
		}
		return strip, true
	}
	return dotStrip{}, false
}

// notStated is the label of the rows that do not say which group they belong to.
const notStated = "(not stated)"

// ranked reports whether the level is a group with a value, to be set beside
// other groups. Rows that do not say whose they are make no group.
func ranked(l BreakdownLevel) bool { return known(l.Value) && l.Label != notStated }

// fewest is the number of answers below which a sampled group is not held
// against the whole city.
const fewest = 30

// firm reports whether the group's value is sure enough to say of the group that
// it is left behind: one that is sampled needs an interval and enough answers.
func firm(i Indicator, v analysis.Value) bool {
	return !i.Headline.Sampled() || v.SE > 0 && v.High > v.Low && v.N >= fewest
}

// weakestLevel returns the level furthest on the worse side; false where
// neither side is worse, or no two firm values differ.
func weakestLevel(i Indicator, b Breakdown) (BreakdownLevel, bool) {
	levels := firmLevels(i, b)
	if len(levels) < 2 || i.Better != "higher" && i.Better != "lower" {
		return BreakdownLevel{}, false
	}
	byShortfall := func(a, b BreakdownLevel) int { return cmp.Compare(shortfall(i, a.Value), shortfall(i, b.Value)) }
	worst, best := slices.MaxFunc(levels, byShortfall), slices.MinFunc(levels, byShortfall)
	if byShortfall(worst, best) == 0 {
		return BreakdownLevel{}, false
	}
	return worst, true
}

// firmLevels are the groups of which it may be said that they are behind.
func firmLevels(i Indicator, b Breakdown) []BreakdownLevel {
	var levels []BreakdownLevel
	if b.Apart {
		return nil
	}
	for _, l := range b.Levels {
		if ranked(l) && firm(i, l.Value) {
			levels = append(levels, l)
		}
	}
	return levels
}

// shortfall is how far the group lies on the worse side of the whole city, in
// the unit of the values; negative when it is ahead.
func shortfall(i Indicator, v analysis.Value) float64 {
	if i.Better == "lower" {
		return v.Value - i.Headline.Value
	}
	return i.Headline.Value - v.Value
}

// behind reports whether the group is clearly worse off than the whole city:
// its whole interval lies on the worse side of the city's value. A full count
// has no interval, its value decides; a sampled group without one is never
// clearly anywhere.
func behind(i Indicator, v analysis.Value) bool {
	if !known(v) || !known(i.Headline) || i.Better != "higher" && i.Better != "lower" {
		return false
	}
	edge := v.Value
	switch {
	case i.Headline.Sampled() && !(v.High > v.Low):
		return false
	case i.Better == "higher" && finite(v.High):
		edge = v.High
	case i.Better == "lower" && finite(v.Low):
		edge = v.Low
	}
	return shortfall(i, analysis.Value{Estimate: analysis.Estimate{Value: edge}}) > 0
}

// textWidth counts columns: wide East Asian characters take two.
func textWidth(s string) int {
	width := 0
	for _, r := range s {
		width++
		if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
			width++
		}
	}
	return width
}

// wrap breaks text into at most n lines of the given width, the last one ending
// in … when there is more.
func wrap(text string, width, n int) []string {
	var lines []string
	current := ""
	for _, word := range pieces(text, width) {
		switch {
		case current == "":
			current = word
		case textWidth(current)+1+textWidth(word) <= width:
			current += " " + word
		default:
			lines = append(lines, current)
			current = word
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	if len(lines) > n {
		lines = lines[:n]
		lines[n-1] = clip(lines[n-1]+strings.Repeat(" ", width), width)
	}
	return lines
}

// pieces splits text into words, and words wider than a line into parts.
func pieces(text string, width int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		part := ""
		for _, r := range word {
			if textWidth(part)+textWidth(string(r)) > width {
				out, part = append(out, part), ""
			}
			part += string(r)
		}
		out = append(out, part)
	}
	return out
}

// clip shortens text to the width, ending in … when something was cut.
func clip(text string, width int) string {
	if textWidth(text) <= width {
		return text
	}
	kept := ""
	for _, r := range text {
		if textWidth(kept)+textWidth(string(r))+1 > width {
			break
		}
		kept += string(r)
	}
	return strings.TrimRight(kept, " ") + "…"
}
