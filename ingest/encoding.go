package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"pediment/analysis"
)

// charset is how the characters of a text file are written.
type charset struct {
	name     string
	encoding encoding.Encoding // nil for UTF-8, which needs no decoding
}

// charsets are the encodings that can be declared, under each of their names.
var charsets = []charset{
	{"utf-8", nil}, {"utf8", nil},
	{"utf-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	{"windows-1252", charmap.Windows1252}, {"cp1252", charmap.Windows1252},
	{"latin-1", charmap.ISO8859_1}, {"latin1", charmap.ISO8859_1}, {"iso-8859-1", charmap.ISO8859_1},
}

// findCharset returns the charset declared as text; the empty text is UTF-8.
func findCharset(declared analysis.Text) (charset, error) {
	name := strings.ToLower(or(declared.Value, "utf-8"))
	names := make([]string, len(charsets))
	for i, c := range charsets {
		if c.name == name {
			return c, nil
		}
		names[i] = c.name
	}
	return charset{}, analysis.Problem{
		Position: declared.At,
		Message:  fmt.Sprintf("unknown encoding %q", declared.Value),
		Hint:     or(analysis.Suggest(name, names), "known encodings: "+strings.Join(names, ", ")),
	}
}

var utf8BOM = []byte("\xef\xbb\xbf")

// decode returns the text of in as UTF-8 without byte order mark.
func (c charset) decode(in io.Reader) io.Reader {
	if c.encoding != nil {
		return c.encoding.NewDecoder().Reader(in)
	}
	return &bomSkipper{in: in}
}

// bomSkipper passes over a byte order mark at the beginning.
type bomSkipper struct {
	in      io.Reader
	started bool
}

func (b *bomSkipper) Read(p []byte) (int, error) {
	if b.started {
		return b.in.Read(p)
	}
	b.started = true
	start := make([]byte, len(utf8BOM))
	n, err := io.ReadFull(b.in, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return 0, err
	}
	b.in = io.MultiReader(bytes.NewReader(bytes.TrimPrefix(start[:n], utf8BOM)), b.in)
	return b.in.Read(p)
}

// textFacts is what one quick pass over a UTF-8 text finds.
type textFacts struct {
	invalidLine int  // first line that is not UTF-8, 0 for none
	quoted      bool // the quote occurs
	mixed       bool // lines end in different ways
	bom         bool // it begins with a byte order mark
}

// surveyText reads a text once for what decides how it can be read. A pair of
// bytes cut apart by two blocks is judged with the second.
func surveyText(in io.Reader, quote byte) (textFacts, error) {
	var facts textFacts
	var feeds, returns, pairs, size int
	block := make([]byte, 0, 1<<18)
	for {
		n, err := io.ReadFull(in, block[len(block):cap(block)])
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return facts, err
		}
		text := block[:len(block)+n]
		rest := incompleteEnd(text)
		if end {
			rest = 0
		}
		whole := text[:len(text)-rest]
		facts.bom = facts.bom || size == 0 && bytes.HasPrefix(whole, utf8BOM)
		if facts.invalidLine == 0 && !utf8.Valid(whole) {
			facts.invalidLine = feeds + 1 + invalidAfter(whole)
		}
		size += len(whole)
		feeds += bytes.Count(whole, []byte{'\n'})
		if cr := bytes.Count(whole, []byte{'\r'}); cr > 0 {
			returns += cr
			pairs += bytes.Count(whole, []byte("\r\n"))
		}
		facts.quoted = facts.quoted || quote != 0 && bytes.IndexByte(whole, quote) >= 0
		if end {
			break
		}
		block = append(block[:0], text[len(whole):]...)
	}
	kinds := 0
	for _, n := range []int{pairs, feeds - pairs, returns - pairs} {
		if n > 0 {
			kinds++
		}
	}
	facts.mixed = kinds > 1
	return facts, nil
}

// incompleteEnd returns how many bytes at the end of text belong to a character
// or line end that goes on in the next block.
func incompleteEnd(text []byte) int {
	if len(text) > 0 && text[len(text)-1] == '\r' {
		return 1
	}
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		tail := text[len(text)-n:]
		if utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// invalidAfter returns how many lines of text end before its first byte that is
// not UTF-8.
func invalidAfter(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return bytes.Count(text[:i], []byte{'\n'})
		}
		i += size
	}
	return 0
}

// encodingProblem says that the file is not what its declaration says and which
// encoding fits.
func encodingProblem(s *source, declared string, line int) error {
	hint := "open it in an editor that shows its encoding, or ask who made it"
	if fits, err := detectEncoding(s.path); err == nil && fits != declared {
		hint = fmt.Sprintf("it fits %s: set read: {encoding: %s}", fits, fits)
	}
	return analysis.Problem{
		Position: analysis.Position{File: s.name, Line: line},
		Message:  "the text is not valid " + declared,
		Hint:     hint,
	}
}

// detectEncoding returns the first of UTF-16 (by its mark or its zero bytes),
// UTF-8 and Windows-1252 that the file is valid in.
func detectEncoding(path string) (name string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	start := make([]byte, 4096)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	if name := detectUTF16(start[:n]); name != "" {
		return name, nil
	}
	facts, err := surveyText(io.MultiReader(bytes.NewReader(start[:n]), f), 0)
	if facts.invalidLine > 0 {
		return "windows-1252", err
	}
	return "utf-8", err
}

func detectUTF16(start []byte) string {
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) {
		return "utf-16"
	}
	var zeros [2]int
	for i, c := range start {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(start) / 4; {
	case half > 0 && zeros[1] > half:
		return "utf-16le"
	case half > 0 && zeros[0] > half:
		return "utf-16be"
	}
	return ""
}

// firstUTF8Line returns the line of the first character beyond ASCII if all of
// them are valid UTF-8, else 0.
func firstUTF8Line(in io.Reader) (int, error) {
	line, first := 1, 0
	block := make([]byte, 0, 1<<18)
	for {
		n, err := io.ReadFull(in, block[len(block):cap(block)])
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return 0, err
		}
		text := block[:len(block)+n]
		rest := incompleteEnd(text)
		if end {
			rest = 0
		}
		whole := text[:len(text)-rest]
		if !utf8.Valid(whole) {
			return 0, nil
		}
		if i := bytes.IndexFunc(whole, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 && first == 0 {
			first = line + bytes.Count(whole[:i], []byte{'\n'})
		}
		line += bytes.Count(whole, []byte{'\n'})
		if end {
			return first, nil
		}
		block = append(block[:0], text[len(whole):]...)
	}
}
