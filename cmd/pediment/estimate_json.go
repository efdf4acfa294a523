package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"

	"pediment/analysis"
)

// jsonValue is a JSON value and where it stands in its file.
type jsonValue struct {
	start, end int
	scalar     any // string, json.Number, bool or nil
	kind       json.Delim
	keys       []jsonValue // of an object
	items      []jsonValue // of an object or a list
}

// jsonDecoder reads a JSON file into structs strictly: unknown and repeated keys,
// wrong types and broken syntax are problems with their position. One value
// stands for a list of one, and "NA", "NaN", "Inf" and "-Inf" are numbers.
type jsonDecoder struct {
	file     string
	data     []byte
	ignored  map[reflect.Type][]string // keys of a struct that say nothing to us
	problems analysis.Problems
	places   map[string]analysis.Position       // where each value stands, by path: estimates[2].vars[0]
	last     struct{ offset, line, column int } // place asked for before: the next is mostly after it
}

// decode reads the file into v, a pointer.
func (d *jsonDecoder) decode(v any) error {
	root, err := d.parse()
	if err != nil {
		return err
	}
	d.places = map[string]analysis.Position{}
	d.value(root, reflect.ValueOf(v).Elem(), "")
	return d.problems.Err()
}

func (d *jsonDecoder) parse() (jsonValue, error) {
	in := json.NewDecoder(bytes.NewReader(d.data))
	in.UseNumber()
	root, err := d.next(in, 0)
	if err == nil {
		if rest := bytes.TrimSpace(d.data[root.end:]); len(rest) > 0 {
			at := d.at(len(d.data) - len(rest))
			return root, analysis.Problem{Position: at, Message: "more follows after the request", Hint: "a file holds one request"}
		}
		return root, nil
	}
	offset := int(in.InputOffset())
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(0, int(syntax.Offset)-1)
	}
	message := strings.TrimPrefix(err.Error(), "json: ")
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		offset, message = len(bytes.TrimRight(d.data, " \t\r\n")), "the file ends too early"
	}
	return root, analysis.Problem{
		Position: d.at(offset), Message: "cannot be read as JSON: " + message,
		Hint: "check commas, quotes and brackets near this place",
	}
}

// deepest is how deep lists and objects may stand within each other.
const deepest = 100

// next reads one value.
func (d *jsonDecoder) next(in *json.Decoder, depth int) (jsonValue, error) {
	if depth > deepest {
		return jsonValue{}, fmt.Errorf("more than %d lists within each other", deepest)
	}
	before := int(in.InputOffset())
	token, err := in.Token()
	if err != nil {
		return jsonValue{}, err
	}
	v := jsonValue{start: before + len(d.data[before:]) - len(bytes.TrimLeft(d.data[before:], " \t\r\n,:"))}
	delim, container := token.(json.Delim)
	if !container {
		v.scalar, v.end = token, int(in.InputOffset())
		return v, nil
	}
	v.kind = delim
	for in.More() {
		item, err := d.next(in, depth+1)
		if err == nil && delim == '{' {
			v.keys = append(v.keys, item)
			item, err = d.next(in, depth+1)
		}
		if err != nil {
			return v, err
		}
		v.items = append(v.items, item)
	}
	_, err = in.Token() // the closing bracket
	v.end = int(in.InputOffset())
	return v, err
}

// at is the position of a byte of the file.
func (d *jsonDecoder) at(offset int) analysis.Position {
	l := &d.last
	offset = min(offset, len(d.data))
	if offset < l.offset || l.line == 0 {
		l.offset, l.line, l.column = 0, 1, 1
	}
	for _, r := range string(d.data[l.offset:offset]) {
		l.column++
		if r == '\n' {
			l.line, l.column = l.line+1, 1
		}
	}
	l.offset = offset
	return analysis.Position{File: d.file, Line: l.line, Column: l.column}
}

func (d *jsonDecoder) fail(n jsonValue, hint, format string, args ...any) {
	d.problems = append(d.problems, analysis.Problem{Position: d.at(n.start), Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (d *jsonDecoder) value(n jsonValue, v reflect.Value, path string) {
	if n.kind == 0 && n.scalar == nil {
		return
	}
	d.places[path] = d.at(n.start)
	if own, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		if err := own.UnmarshalJSON(d.data[n.start:n.end]); err != nil {
			d.fail(n, "", "%s: %v", path, err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), path)
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Map:
		d.mapping(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	default:
		d.scalar(n, v, path)
	}
}

func (d *jsonDecoder) structure(n jsonValue, v reflect.Value, path string) {
	fields := map[string]reflect.Value{}
	jsonFields(v, fields)
	if !d.object(n, path) {
		return
	}
	for k, key := range n.keys {
		name, _ := key.scalar.(string)
		field, known := fields[name]
		switch {
		case known:
			d.value(n.items[k], field, strings.TrimPrefix(path+"."+name, "."))
		case !slices.Contains(d.ignored[v.Type()], name):
			names := make([]string, 0, len(fields))
			for name := range fields {
				names = append(names, name)
			}
			slices.Sort(names)
			hint := analysis.Suggest(name, names)
			if hint == "" {
				hint = "known keys: " + strings.Join(names, ", ")
			}
			d.fail(key, hint, "unknown key %q", name)
		}
	}
}

// jsonFields collects the fields of a struct by key, those of embedded structs
// among them.
func jsonFields(v reflect.Value, fields map[string]reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			jsonFields(v.Field(i), fields)
		case name != "" && name != "-":
			fields[name] = v.Field(i)
		}
	}
}

// object reports whether the value is an object, with each key once.
func (d *jsonDecoder) object(n jsonValue, path string) bool {
	if n.kind != '{' {
		d.fail(n, "", "%s: expected {…}, found %s", pathName(path), n.describe())
		return false
	}
	seen := map[any]bool{}
	for _, key := range n.keys {
		if seen[key.scalar] {
			d.fail(key, "keep one of the two", "key %q is given twice", key.scalar)
		}
		seen[key.scalar] = true
	}
	return true
}

func (d *jsonDecoder) mapping(n jsonValue, v reflect.Value, path string) {
	if !d.object(n, path) {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for k, key := range n.keys {
		name := key.scalar.(string)
		element := reflect.New(v.Type().Elem()).Elem()
		d.value(n.items[k], element, path+"."+name)
		v.SetMapIndex(reflect.ValueOf(name), element)
	}
}

func (d *jsonDecoder) list(n jsonValue, v reflect.Value, path string) {
	items := n.items
	if n.kind != '[' {
		items = []jsonValue{n}
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for k, item := range items {
		d.value(item, v.Index(k), fmt.Sprintf("%s[%d]", path, k))
	}
}

func (d *jsonDecoder) scalar(n jsonValue, v reflect.Value, path string) {
	wanted := ""
	switch v.Kind() {
	case reflect.String:
		text, ok := n.scalar.(string)
		if wanted = "a text"; ok {
			wanted = ""
			v.SetString(text)
		}
	case reflect.Bool:
		b, ok := n.scalar.(bool)
		if wanted = "true or false"; ok {
			wanted = ""
			v.SetBool(b)
		}
	case reflect.Float64:
		x, ok := jsonNumber(n.scalar)
		if wanted = "a number"; ok {
			wanted = ""
			v.SetFloat(x)
		}
	default:
		whole, ok := n.scalar.(json.Number)
		if wanted = "a whole number"; ok && json.Unmarshal([]byte(whole), v.Addr().Interface()) == nil {
			wanted = ""
		}
	}
	if wanted != "" {
		d.fail(n, "", "%s: expected %s, found %s", pathName(path), wanted, n.describe())
	}
}

// jsonNumber reads a number, or one of the texts that stand for what JSON
// cannot write.
func jsonNumber(scalar any) (float64, bool) {
	switch x := scalar.(type) {
	case json.Number:
		number, err := x.Float64()
		return number, err == nil
	case string:
		number, known := map[string]float64{"NA": math.NaN(), "NaN": math.NaN(), "Inf": math.Inf(1), "-Inf": math.Inf(-1)}[x]
		return number, known
	}
	return 0, false
}

func (n jsonValue) describe() string {
	switch n.kind {
	case '{':
		return "{…}"
	case '[':
		return "a list"
	}
	if text, ok := n.scalar.(string); ok {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprint(n.scalar)
}

func pathName(path string) string {
	if path == "" {
		return "request"
	}
	return path
}
