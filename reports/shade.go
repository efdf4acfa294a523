package reports

import (
	"fmt"
	"math"
)

// tint mixes a colour with white: 0 leaves it, 1 is white.
func tint(colour string, white float64) string {
	out := "#"
	for _, x := range channels(colour) {
		out += fmt.Sprintf("%02x", int(math.Round(x+(255-x)*white)))
	}
	return out
}

// readable is the colour of text that reads best on a ground: white or ink.
func readable(ground string) string {
	if contrastOf(paper, ground) >= contrastOf(ink, ground) {
		return paper
	}
	return ink
}

// contrastOf is the contrast ratio of two colours by WCAG 2.2: 1 to 21.
func contrastOf(a, b string) float64 {
	low, high := luminance(a), luminance(b)
	if low > high {
		low, high = high, low
	}
	return (high + 0.05) / (low + 0.05)
}

// luminance is the relative luminance of a colour, 0 to 1 (WCAG 2.2, glossary).
func luminance(colour string) float64 {
	sum := 0.0
	for k, x := range channels(colour) {
		x /= 255
		if x <= 0.04045 {
			x /= 12.92
		} else {
			x = math.Pow((x+0.055)/1.055, 2.4)
		}
		sum += []float64{0.2126, 0.7152, 0.0722}[k] * x
	}
	return sum
}

// channels are red, green and blue of "#rrggbb", 0 to 255.
func channels(colour string) [3]float64 {
	var r, g, b int
	fmt.Sscanf(colour, "#%02x%02x%02x", &r, &g, &b) // black for what is no colour
	return [3]float64{float64(r), float64(g), float64(b)}
}
