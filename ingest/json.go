package ingest

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"pediment/analysis"
)

// JSON reads a list of objects, or one object a line. The objects' keys are the
// columns, those of objects within them follow a dot: "address.street". A list
// within an object is one cell of JSON text.
var JSON = &Adapter{
	Name:       "json",
	Doc:        "a JSON list of objects, or one object a line",
	Extensions: []string{".json", ".jsonl", ".ndjson"},
	typed:      true,
	header:     jsonHeader,
	open:       openJSON,
	guess:      guessNothing,
}

// jsonReader reads the objects of a file one after the other.
type jsonReader struct {
	source  *source
	file    *os.File
	lines   *lineCounter
	decoder *json.Decoder
	list    bool // the objects stand in a list
}

func openJSONReader(s *source) (*jsonReader, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	text := bufio.NewReader(charset{}.decode(f))
	first, err := firstSign(text)
	if errors.Is(err, io.EOF) {
		err = analysis.Problem{Position: s.at(), Message: "the file is empty", Hint: "it should hold a list of objects"}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r := &jsonReader{source: s, file: f, lines: &lineCounter{in: text}, list: first == '['}
	r.decoder = json.NewDecoder(r.lines)
	if r.list {
		if _, err := r.decoder.Token(); err != nil {
			return nil, errors.Join(r.problem(err), f.Close())
		}
	}
	return r, nil
}

// firstSign returns the first byte that is no space, without reading it.
func firstSign(text *bufio.Reader) (byte, error) {
	for {
		c, err := text.ReadByte()
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)) {
			return c, text.UnreadByte()
		}
	}
}

func (r *jsonReader) close() error { return r.file.Close() }

// next calls cell with every value of the next object and returns the line it
// begins in; after the last it returns io.EOF.
func (r *jsonReader) next(cell func(name string, value any)) (int, error) {
	if r.list && !r.decoder.More() {
		if _, err := r.decoder.Token(); err != nil { // the list's end
			return 0, r.problem(io.ErrUnexpectedEOF)
		}
		return 0, io.EOF
	}
	var raw json.RawMessage
	if err := r.decoder.Decode(&raw); err != nil {
		switch {
		case errors.Is(err, io.EOF) && r.list:
			err = r.problem(io.ErrUnexpectedEOF)
		case !errors.Is(err, io.EOF):
			err = r.problem(err)
		}
		return 0, err
	}
	line := r.lines.at(r.decoder.InputOffset() - int64(len(raw)))
	var object map[string]any
	inner := json.NewDecoder(bytes.NewReader(raw))
	inner.UseNumber()
	if err := inner.Decode(&object); err != nil {
		return 0, r.problem(err)
	}
	flatten("", object, cell)
	return line, nil
}

// flatten calls cell with every value of the object that is no object itself.
func flatten(prefix string, object map[string]any, cell func(name string, value any)) {
	for _, key := range sortedKeys(object) {
		if inner, ok := object[key].(map[string]any); ok {
			flatten(prefix+key+".", inner, cell)
			continue
		}
		cell(prefix+key, object[key])
	}
}

// problem explains why the file cannot be read as objects.
func (r *jsonReader) problem(err error) error {
	p := analysis.Problem{
		Position: analysis.Position{File: r.source.name, Line: r.lines.at(r.decoder.InputOffset())},
		Message:  "cannot be read as a list of objects: " + err.Error(),
		Hint:     `it should look like [{"period": "2024", "amount": 12.5}, …], or have one object a line`,
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		p.Message = fmt.Sprintf("holds a %s where an object with the columns of a row should be", wrong.Value)
	}
	return p
}

// jsonHeader returns the keys of all objects. A file with one object
// whose values are lists or objects is a tree, not rows.
func jsonHeader(ctx context.Context, s *source) (h header, err error) {
	r, err := openJSONReader(s)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	var names []string
	seen := map[string]bool{}
	nested, objects := "", 0
	for ; ctx.Err() == nil; objects++ {
		_, err := r.next(func(name string, value any) {
			if _, list := value.([]any); list {
				nested = name
			}
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		})
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return h, err
		}
	}
	if objects == 1 && !r.list && nested != "" {
		return h, analysis.Problem{
			Position: s.at(),
			Message:  fmt.Sprintf("holds one object, not a list of rows; its key %q holds a list", nested),
			Hint:     "write the rows as a list of objects at the top of the file, or as CSV, one row for each innermost entry",
		}
	}
	return newHeader(names, numberedName), ctx.Err()
}

func openJSON(ctx context.Context, c *sql.Conn, s *source, h header) (rel *relation, err error) {
	r, err := openJSONReader(s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	at := map[string]int{}
	for i, name := range h.names {
		at[name] = i
	}
	return stageRows(ctx, c, h, func(cells []string) (int, error) {
		line, err := r.next(func(name string, value any) {
			if i, ok := at[name]; ok {
				cells[i] = jsonText(value, s.decimal(name))
			}
		})
		if errors.Is(err, io.EOF) {
			return 0, nil
		}
		return line, err
	})
}

// jsonText writes a value as the text of a cell.
func jsonText(value any, decimal string) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case json.Number:
		return jsonNumber(value.String(), decimal)
	case bool:
		return fmt.Sprint(value)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// jsonNumber writes a number without exponent, with the digits it has.
func jsonNumber(value, decimal string) string {
	if strings.ContainsAny(value, "eE") {
		return plainNumber(value, decimal)
	}
	if decimal != "." {
		value = strings.Replace(value, ".", decimal, 1)
	}
	return value
}

// lineCounter tells the line of a place in what was read through it.
type lineCounter struct {
	in    io.Reader
	ends  []int64 // offsets of line ends not yet counted
	read  int64
	lines int
}

func (l *lineCounter) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.read+int64(i))
		}
	}
	l.read += int64(n)
	return n, err
}

// at returns the line of the next value after offset, which may not go back.
func (l *lineCounter) at(offset int64) int {
	n := 0
	for n < len(l.ends) && l.ends[n] <= offset {
		n++
	}
	l.lines += n
	l.ends = l.ends[n:]
	return l.lines + 1
}
