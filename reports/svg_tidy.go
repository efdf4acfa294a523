package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/di"

	"pediment/analysis"
)

// idPrefix tells a picture's ids from those of another one on the same page.
func idPrefix(d drawing, c analysis.Chart) string {
	sum := sha256.Sum256([]byte(c.Name + "\x00" + string(d.Option)))
	return "c" + hex.EncodeToString(sum[:4]) + "-"
}

// needless are attributes that a picture which does not move can do without, or
// that are put more plainly.
var needless = []string{"class", "dominant-baseline", "style", "space", "xlink", "baseProfile"}

// tidy takes from a drawing what a picture has no use for, and says plainly what
// not every program that shows pictures understands.
func tidy(n *node, prefix string) {
	children := n.children[:0]
	for _, child := range n.children {
		if child.name != "style" && (child.name != "" || n.name == "text") {
			tidy(child, prefix)
			children = append(children, child)
		}
	}
	n.children = children
	attrs := n.attrs[:0]
	for _, a := range n.attrs {
		switch {
		case slices.Contains(needless, a.name), strings.HasPrefix(a.name, "ecmeta_"):
			continue
		case a.name == "id":
			a.value = prefix + a.value
		case strings.HasPrefix(a.value, "url(#"):
			a.value = "url(#" + prefix + strings.TrimPrefix(a.value, "url(#")
		}
		attrs = append(attrs, a)
	}
	style := n.get("style")
	n.attrs = attrs
	if n.name == "text" {
		setText(n, parseFont(style))
	}
}

// setText gives a text its font, and its baseline where only its middle was known.
func setText(n *node, l lettering) {
	n.set("y", short2(n.number("y", 0)+centred*l.size))
	n.set("font-size", short2(l.size))
	if l.bold {
		n.set("font-weight", "bold")
	}
	readOrder(n)
}

// shortenAll cuts texts that are wider than the picture.
func shortenAll(n *node, t *typesetter, width float64) {
	if n.name == "text" {
		l := letteringOf(n)
		if words := n.words(); t.width(words, l) > width {
			n.children = []*node{{text: t.shortened(words, l, width)}}
		}
	}
	for _, child := range n.children {
		shortenAll(child, t, width)
	}
}

// readOrder has a text that begins from the right read from there, whatever the
// direction of what the picture stands in.
func readOrder(n *node) *node {
	if flow([]rune(n.words())) == di.DirectionRTL {
		n.set("unicode-bidi", "plaintext")
	}
	return n
}

// letteringOf is how a text of a picture is set.
func letteringOf(n *node) lettering {
	return lettering{n.number("font-size", 12), n.get("font-weight") == "bold"}
}

// cleaned is the chart without characters that no XML file may hold.
func cleaned(c analysis.Chart) analysis.Chart {
	c.Title, c.Under, c.Text, c.Unit, c.Source = legible(c.Title), legible(c.Under), legible(c.Text), legible(c.Unit), legible(c.Source)
	c.Labels = each(c.Labels, legible)
	c.Series = each(c.Series, func(s analysis.Series) analysis.Series { s.Name = legible(s.Name); return s })
	c.Marks = each(c.Marks, func(m analysis.Mark) analysis.Mark { m.Text, m.At = legible(m.Text), legible(m.At); return m })
	c.Links = each(c.Links, func(l analysis.Link) analysis.Link { l.From, l.To = legible(l.From), legible(l.To); return l })
	return c
}

func each[T any](list []T, change func(T) T) []T {
	out := make([]T, len(list))
	for k, x := range list {
		out[k] = change(x)
	}
	return out
}

// legible replaces what XML cannot hold, and line breaks, by a space.
func legible(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || r == 0xfffe || r == 0xffff || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}
