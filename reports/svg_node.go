package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// node is an element of an SVG picture, or a piece of text when it has no name.
type node struct {
	name     string
	attrs    []attr
	children []*node
	text     string
}

type attr struct{ name, value string }

// element makes a node from names and values of attributes in turn.
func element(name string, attrs ...string) *node {
	n := &node{name: name}
	for k := 0; k+1 < len(attrs); k += 2 {
		n.attrs = append(n.attrs, attr{attrs[k], attrs[k+1]})
	}
	return n
}

// add appends children.
func (n *node) add(children ...*node) *node {
	n.children = append(n.children, children...)
	return n
}

// says appends a piece of text.
func (n *node) says(text string) *node { return n.add(&node{text: text}) }

// get is an attribute's value, "" where it is not set.
func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// number is an attribute's number, other where it is not set or not a number.
func (n *node) number(name string, other float64) float64 {
	if x, err := strconv.ParseFloat(strings.TrimSuffix(n.get(name), "px"), 64); err == nil {
		return x
	}
	return other
}

// set replaces an attribute's value or adds it.
func (n *node) set(name, value string) {
	for k := range n.attrs {
		if n.attrs[k].name == name {
			n.attrs[k].value = value
			return
		}
	}
	n.attrs = append(n.attrs, attr{name, value})
}

// words is all text in the node.
func (n *node) words() string {
	out := n.text
	for _, child := range n.children {
		out += child.words()
	}
	return out
}

// parseSVG reads a picture; its root is the svg element.
func parseSVG(source string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(source))
	root := &node{}
	open := []*node{root}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the drawing: %w", err)
		}
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := &node{name: token.Name.Local}
			for _, a := range token.Attr {
				child.attrs = append(child.attrs, attr{a.Name.Local, a.Value})
			}
			last.add(child)
			open = append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.says(string(token))
		}
	}
	if len(root.children) == 0 || root.children[0].name != "svg" {
		return nil, fmt.Errorf("read the drawing: no picture in it")
	}
	return root.children[0], nil
}

// write prints the node as XML.
func (n *node) write(out *strings.Builder) {
	if n.name == "" {
		escapeXML(out, n.text)
		return
	}
	out.WriteString("<" + n.name)
	for _, a := range n.attrs {
		out.WriteString(" " + a.name + `="`)
		escapeXML(out, a.value)
		out.WriteString(`"`)
	}
	if len(n.children) == 0 {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	for _, child := range n.children {
		child.write(out)
	}
	out.WriteString("</" + n.name + ">")
}

// escapeXML writes text so that it reads as such in an element and in a quoted
// attribute; a strings.Builder never fails.
func escapeXML(out *strings.Builder, text string) { _ = xml.EscapeText(out, []byte(text)) }
