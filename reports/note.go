package reports

import (
	"bufio"
	"bytes"
	"html"
	"net/url"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	markup "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// BlockKind is what a block of a note is.
type BlockKind string

// The kinds of blocks. Everything a note may hold becomes one of them.
const (
	NoteParagraph BlockKind = "paragraph"
	NoteHeading   BlockKind = "heading"
	NoteItem      BlockKind = "item"
	NoteQuote     BlockKind = "quote"
)

// Block is one paragraph of a note, whatever prints it. Text that belongs to the
// paragraph above, such as the second paragraph of a list item, is a block of the
// same kind and level that Continues.
type Block struct {
	Kind      BlockKind
	Level     int // of a heading, 1 the highest; how deep a list item or quote is nested, from 1
	Number    int // of an item in a numbered list, 0 for a bullet
	Continues bool
	Runs      []Run
}

// Run is text of one look within a block. A line break within it is "\n".
type Run struct {
	Text               string
	Bold, Italic, Code bool
	Link               string // an absolute http, https or mailto address, "" none
}

// Text is the block without any look.
func (b Block) Text() string {
	var out strings.Builder
	for _, r := range b.Runs {
		out.WriteString(r.Text)
	}
	return out.String()
}

// Note reads a text in Markdown. Raw HTML is dropped, an image becomes its
// description, and a link that leads anywhere but to an http, https or mailto
// address becomes its text. An empty text has no blocks.
func Note(markdown string) []Block {
	source := []byte(cleanText(markdown))
	n := noteReader{source: source}
	n.blocks(goldmark.DefaultParser().Parse(text.NewReader(source)), Block{Kind: NoteParagraph})
	return n.out
}

// PlainNote is a note as plain text: blocks with an empty line between them, list
// items with their sign.
func PlainNote(markdown string) string {
	var parts []string
	for _, b := range Note(markdown) {
		parts = append(parts, b.sign()+b.Text())
	}
	return strings.Join(parts, "\n\n")
}

// cleanText takes out what no document may hold: control characters and bytes
// that are no text.
func cleanText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// noteReader gathers the blocks of a parsed note.
type noteReader struct {
	source []byte
	out    []Block
}

// blocks gathers those below a node; within says what the node makes of them.
func (n *noteReader) blocks(node ast.Node, within Block) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		before := len(n.out)
		n.block(child, within)
		within.Continues = within.Continues || within.Kind == NoteItem && len(n.out) > before
	}
}

func (n *noteReader) block(node ast.Node, within Block) {
	switch node := node.(type) {
	case *ast.Heading:
		n.add(Block{Kind: NoteHeading, Level: node.Level}, n.runs(node, Run{}))
	case *ast.Paragraph, *ast.TextBlock:
		n.add(within, n.runs(node, Run{}))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		n.add(within, []Run{{Text: strings.TrimRight(n.lines(node), "\n"), Code: true}})
	case *ast.Blockquote:
		n.blocks(node, Block{Kind: NoteQuote, Level: deeper(within, NoteQuote)})
	case *ast.List:
		number := node.Start
		for item := node.FirstChild(); item != nil; item = item.NextSibling() {
			one := Block{Kind: NoteItem, Level: deeper(within, NoteItem)}
			if node.IsOrdered() {
				one.Number, number = max(number, 1), number+1
			}
			n.blocks(item, one)
		}
	}
}

// deeper is how deep something of a kind is nested below the block.
func deeper(within Block, kind BlockKind) int {
	if within.Kind == kind {
		return within.Level + 1
	}
	return 1
}

func (n *noteReader) add(b Block, runs []Run) {
	b.Runs = joined(runs)
	if strings.TrimSpace(b.Text()) != "" {
		n.out = append(n.out, b)
	}
}

func (n *noteReader) lines(node ast.Node) string {
	var out strings.Builder
	for k := range node.Lines().Len() {
		segment := node.Lines().At(k)
		out.Write(segment.Value(n.source))
	}
	return out.String()
}

// runs gathers the text below a node; look is what the nodes above make of it.
func (n *noteReader) runs(node ast.Node, look Run) []Run {
	var list []Run
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			look.Text = n.said(child, look.Code)
			list = append(list, look)
		case *ast.String:
			look.Text = string(child.Value)
			list = append(list, look)
		case *ast.AutoLink:
			linked := look
			linked.Text, linked.Link = string(child.Label(n.source)), safeLink(string(child.URL(n.source)))
			list = append(list, linked)
		case *ast.Image:
			list = append(list, n.runs(child, look)...)
		case *ast.RawHTML:
		default:
			list = append(list, n.runs(child, n.looks(child, look))...)
		}
	}
	return list
}

// looks is how text below a node looks.
func (n *noteReader) looks(node ast.Node, look Run) Run {
	switch node := node.(type) {
	case *ast.Emphasis:
		look.Bold = look.Bold || node.Level > 1
		look.Italic = look.Italic || node.Level == 1
	case *ast.CodeSpan:
		look.Code = true
	case *ast.Link:
		look.Link = safeLink(string(node.Destination))
	}
	return look
}

// said is a piece of text as its author means it, escapes and entities resolved
// unless it is code.
func (n *noteReader) said(t *ast.Text, code bool) string {
	value := t.Segment.Value(n.source)
	said := string(value)
	if !code {
		var out bytes.Buffer
		w := bufio.NewWriter(&out)
		markup.DefaultWriter.Write(w, value)
		w.Flush()
		said = cleanText(html.UnescapeString(out.String()))
	}
	switch {
	case t.HardLineBreak():
		return said + "\n"
	case t.SoftLineBreak():
		return said + " "
	}
	return said
}

// safeLink keeps the addresses a reader may be led to.
func safeLink(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", u.Scheme == "mailto":
		return u.String()
	}
	return ""
}

// joined puts neighbours of one look together.
func joined(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		if last := len(out) - 1; last >= 0 && sameLook(out[last], r) {
			out[last].Text += r.Text
		} else if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

func sameLook(a, b Run) bool {
	a.Text, b.Text = "", ""
	return a == b
}
