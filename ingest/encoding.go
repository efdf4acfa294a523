package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16 "golang.org/x/text/encoding/unicode"

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
	{"utf-16", utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM)},
	{"utf-16le", utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)},
	{"utf-16be", utf16.UTF16(utf16.BigEndian, utf16.UseBOM)},
	{"windows-1252", charmap.Windows1252}, {"cp1252", charmap.Windows1252},
	{"latin-1", charmap.ISO8859_1}, {"latin1", charmap.ISO8859_1}, {"iso-8859-1", charmap.ISO8859_1},
	{"windows-1250", charmap.Windows1250}, {"windows-1251", charmap.Windows1251}, {"windows-1256", charmap.Windows1256},
	{"euc-kr", korean.EUCKR}, {"cp949", korean.EUCKR}, {"shift_jis", japanese.ShiftJIS}, {"gb18030", simplifiedchinese.GB18030},
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

// surveyText reads a text once for what decides how it can be read.
func surveyText(in io.Reader, quote byte) (textFacts, error) {
	var facts textFacts
	var feeds, returns, pairs int
	first := true
	err := eachBlock(in, func(text []byte) {
		facts.bom = facts.bom || first && bytes.HasPrefix(text, utf8BOM)
		first = false
		if facts.invalidLine == 0 && !utf8.Valid(text) {
			facts.invalidLine = feeds + 1 + invalidAfter(text)
		}
		feeds += bytes.Count(text, []byte{'\n'})
		if cr := bytes.Count(text, []byte{'\r'}); cr > 0 {
			returns += cr
			pairs += bytes.Count(text, []byte("\r\n"))
		}
		facts.quoted = facts.quoted || quote != 0 && bytes.IndexByte(text, quote) >= 0
	})
	kinds := 0
	for _, n := range []int{pairs, feeds - pairs, returns - pairs} {
		if n > 0 {
			kinds++
		}
	}
	facts.mixed = kinds > 1
	return facts, err
}

// eachBlock calls yield with one piece of the text after the other. No piece ends
// within a character or between \r and \n.
func eachBlock(in io.Reader, yield func(text []byte)) error {
	block := make([]byte, 0, 1<<18)
	for {
		n, err := io.ReadFull(in, block[len(block):cap(block)])
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !end {
			return err
		}
		text := block[:len(block)+n]
		if end {
			yield(text)
			return nil
		}
		whole := text[:len(text)-incompleteEnd(text)]
		yield(whole)
		block = append(block[:0], text[len(whole):]...)
	}
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
// UTF-8, EUC-KR and Windows-1252 that the file fits.
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
	if facts.invalidLine == 0 {
		return "utf-8", err
	}
	if looksKorean(start[:n]) {
		return "euc-kr", err
	}
	return "windows-1252", err
}

// looksKorean reports whether bytes beyond ASCII come side by side, unlike the
// accented letters of western texts, and are mostly Hangul when read as EUC-KR.
func looksKorean(text []byte) bool {
	alone, paired := 0, 0
	for i, c := range text {
		switch {
		case c < utf8.RuneSelf:
		case i > 0 && text[i-1] >= utf8.RuneSelf, i+1 < len(text) && text[i+1] >= utf8.RuneSelf:
			paired++
		default:
			alone++
		}
	}
	decoded, err := korean.EUCKR.NewDecoder().Bytes(text)
	hangul, others := 0, 0
	for _, r := range string(decoded) {
		if unicode.Is(unicode.Hangul, r) {
			hangul++
		} else if r >= utf8.RuneSelf {
			others++
		}
	}
	return err == nil && paired > 9*alone && hangul > others
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
	line, first, valid := 1, 0, true
	err := eachBlock(in, func(text []byte) {
		valid = valid && utf8.Valid(text)
		if i := bytes.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 && first == 0 {
			first = line + bytes.Count(text[:i], []byte{'\n'})
		}
		line += bytes.Count(text, []byte{'\n'})
	})
	if !valid {
		first = 0
	}
	return first, err
}
