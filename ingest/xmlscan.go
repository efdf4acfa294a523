package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xmlScanner reads the tags of an XML part of a workbook one after the other,
// several times faster than a general parser: it knows no document types, keeps
// no tree and looks only at local names.
type xmlScanner struct {
	in      *bufio.Reader
	content []byte // the text before the tag, as it stands
	tag     []byte // all between < and >
	name    []byte // of the element, without prefix
	ends    bool   // </c>
	empty   bool   // <c/>
}

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: bufio.NewReaderSize(in, 1<<16)}
}

// errBadXML is the error for a part that is cut off or no XML.
var errBadXML = errors.New("the workbook is damaged: a part of it is cut off")

// next moves on to the next tag; it returns io.EOF after the last.
func (x *xmlScanner) next() error {
	x.content = x.content[:0]
	for {
		var err error
		if x.content, err = x.until('<', x.content); err != nil {
			return err
		}
		if x.tag, err = x.until('>', x.tag[:0]); err != nil {
			return errBadXML
		}
		for !complete(x.tag) {
			x.tag = append(x.tag, '>')
			if x.tag, err = x.until('>', x.tag); err != nil {
				return errBadXML
			}
		}
		if cdata, ok := bytes.CutPrefix(x.tag, []byte("![CDATA[")); ok {
			x.content = append(x.content, escapeXML(bytes.TrimSuffix(cdata, []byte("]]")))...)
			continue
		}
		if len(x.tag) == 0 || x.tag[0] == '?' || x.tag[0] == '!' {
			continue
		}
		x.cut()
		return nil
	}
}

// until appends what comes before the next delim.
func (x *xmlScanner) until(delim byte, to []byte) ([]byte, error) {
	for {
		part, err := x.in.ReadSlice(delim)
		if err == nil {
			return append(to, part[:len(part)-1]...), nil
		}
		to = append(to, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return to, err
		}
	}
}

// complete reports whether the tag does not go on after its ">".
func complete(tag []byte) bool {
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		return bytes.HasSuffix(tag, []byte("--")) && len(tag) >= 5
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		return bytes.HasSuffix(tag, []byte("]]"))
	}
	return bytes.Count(tag, []byte{'"'})%2 == 0
}

func escapeXML(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte{'&'}, []byte("&amp;"))
}

// cut finds the name in the tag.
func (x *xmlScanner) cut() {
	name := x.tag
	x.ends = name[0] == '/'
	if x.ends {
		name = name[1:]
	}
	x.empty = !x.ends && len(name) > 0 && name[len(name)-1] == '/'
	for i, c := range name {
		if c == ' ' || c == '/' || c == '\t' || c == '\n' || c == '\r' {
			name = name[:i]
			break
		}
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	x.name = name
}

// opens reports whether the tag begins the element.
func (x *xmlScanner) opens(name string) bool { return !x.ends && string(x.name) == name }

// closes reports whether the tag ends the element, or is all of it.
func (x *xmlScanner) closes(name string) bool {
	return (x.ends || x.empty) && string(x.name) == name
}

// attribute returns the value of an attribute as it stands; the name is given
// with the space before it and the equals sign: " r=".
func (x *xmlScanner) attribute(name string) []byte {
	i := bytes.Index(x.tag, []byte(name))
	if i < 0 {
		return nil
	}
	rest := x.tag[i+len(name):]
	if len(rest) == 0 {
		return nil
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil
	}
	return rest[1 : 1+end]
}

// text returns the text before the tag, with its entities.
func (x *xmlScanner) text() string { return unescapeXML(x.content) }

var xmlEntities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// unescapeXML replaces entities, and the _x000D_ that workbooks write for
// characters XML does not admit.
func unescapeXML(raw []byte) string {
	text := string(raw)
	if strings.Contains(text, "&") {
		text = replaceEntities(text)
	}
	if strings.Contains(text, "_x") {
		text = replaceEscapes(text)
	}
	return text
}

func replaceEntities(text string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "&")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, rest, closed := strings.Cut(after, ";")
		char, known := entity(name)
		if !closed || !known {
			b.WriteByte('&')
			text = after
			continue
		}
		b.WriteString(char)
		text = rest
	}
}

func entity(name string) (string, bool) {
	if char, ok := xmlEntities[name]; ok {
		return char, true
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if len(digits) > 0 && digits != name && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	code, err := strconv.ParseUint(digits, base, 21)
	if err != nil || digits == name {
		return "", false
	}
	return string(rune(code)), true
}

func replaceEscapes(text string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		text = text[i:]
		if len(text) >= 7 && text[6] == '_' {
			if code, err := strconv.ParseUint(text[2:6], 16, 16); err == nil {
				b.WriteRune(rune(code))
				text = text[7:]
				continue
			}
		}
		b.WriteString("_x")
		text = text[2:]
	}
}
