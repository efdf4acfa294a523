package analysis

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Text is a YAML scalar that remembers where it was written, for messages about
// what it says.
type Text struct {
	Value string
	At    Position
}

// String returns the text itself.
func (t Text) String() string { return t.Value }

// DecodeYAML reads data into v, a pointer to a struct, slice or map, strictly:
// unknown and repeated keys, wrong types and broken syntax are problems with
// position and suggestion, all at once. Fields are matched by their yaml tag,
// "inline" as in package yaml. A field of type Text keeps its position; a field
// "At Position" without a tag is set to where its struct was written. An empty
// file leaves v as it is.
func DecodeYAML(file string, data []byte, v any) Problems {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return Problems{syntaxProblem(file, err)}
	}
	if len(root.Content) == 0 {
		return nil
	}
	d := decoder{file: file}
	d.value(root.Content[0], reflect.ValueOf(v).Elem())
	return d.problems.Sorted()
}

// DecodeYAMLList reads a list of entries, each into what target gives for the
// text under its key: a pointer to a struct, new or already filled. An entry
// changes only the fields it names. Mistakes are reported as by DecodeYAML.
func DecodeYAMLList(file string, data []byte, key string, target func(id string) any) Problems {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return Problems{syntaxProblem(file, err)}
	}
	if len(root.Content) == 0 {
		return nil
	}
	d := decoder{file: file}
	if list := root.Content[0]; list.Kind != yaml.SequenceNode {
		d.fail(list, `start each entry with "- "`, "expected a list of entries, found a %s", kindName(list))
		return d.problems
	}
	for _, n := range root.Content[0].Content {
		id := ""
		for j := 0; j+1 < len(n.Content); j += 2 {
			if n.Content[j].Value == key {
				id = n.Content[j+1].Value
			}
		}
		d.value(n, reflect.ValueOf(target(id)).Elem())
	}
	return d.problems.Sorted()
}

var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s+)?line (\d+): `)

func syntaxProblem(file string, err error) Problem {
	message, line := err.Error(), 0
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, message = number(m[1]), message[len(m[0]):]
	}
	return Problem{
		Position: Position{File: file, Line: line},
		Message:  "cannot be read as YAML: " + strings.TrimPrefix(message, "yaml: "),
		Hint:     "check indentation, quotes and tabs near this line",
	}
}

type decoder struct {
	file     string
	problems Problems
}

var textType, positionType = reflect.TypeFor[Text](), reflect.TypeFor[Position]()

func (d *decoder) at(n *yaml.Node) Position {
	return Position{File: d.file, Line: n.Line, Column: n.Column}
}

func (d *decoder) fail(n *yaml.Node, hint, format string, args ...any) {
	d.problems = append(d.problems, Problem{d.at(n), fmt.Sprintf(format, args...), hint})
}

func (d *decoder) value(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Tag == "!!null" {
		return
	}
	if v.Type() == textType {
		d.text(n, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(v.Type().Elem())
		if !v.IsNil() {
			fresh.Elem().Set(v.Elem())
		}
		v.Set(fresh)
		d.value(n, v.Elem())
	case reflect.Struct:
		d.structure(n, v)
	case reflect.Map:
		d.mapping(n, v)
	case reflect.Slice:
		d.sequence(n, v)
	default:
		d.scalar(n, v)
	}
}

func (d *decoder) text(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		d.fail(n, "", "expected a text, found a %s", kindName(n))
		return
	}
	at := d.at(n)
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		at.Column++
	}
	v.Set(reflect.ValueOf(Text{n.Value, at}))
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "", "expected keys and values, found a %s", kindName(n))
		return
	}
	fields := map[string]reflect.Value{}
	collectFields(v, fields)
	if at := v.FieldByName("At"); at.IsValid() && at.Type() == positionType {
		at.Set(reflect.ValueOf(d.at(n)))
	}
	for key, value := range d.pairs(n) {
		field, ok := fields[key.Value]
		if !ok {
			names := make([]string, 0, len(fields))
			for name := range fields {
				names = append(names, name)
			}
			slices.Sort(names)
			hint := Suggest(key.Value, names)
			if hint == "" {
				hint = "known keys: " + strings.Join(names, ", ")
			}
			d.fail(key, hint, "unknown key %q", key.Value)
			continue
		}
		d.value(value, field)
	}
}

// pairs yields the mapping's keys and values in file order and reports keys
// that are written twice.
func (d *decoder) pairs(n *yaml.Node) func(yield func(*yaml.Node, *yaml.Node) bool) {
	return func(yield func(*yaml.Node, *yaml.Node) bool) {
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if line, again := seen[key.Value]; again {
				d.fail(key, "keep one of the two", "key %q is already given in line %d", key.Value, line)
				continue
			}
			seen[key.Value] = key.Line
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

func collectFields(v reflect.Value, fields map[string]reflect.Value) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("yaml")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case options == "inline":
			collectFields(v.Field(i), fields)
		case name != "" && name != "-":
			fields[name] = v.Field(i)
		}
	}
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "", "expected keys and values, found a %s", kindName(n))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for key, value := range d.pairs(n) {
		element := reflect.New(v.Type().Elem()).Elem()
		d.value(value, element)
		v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), element)
	}
}

// sequence reads a list; one scalar stands for a list of one.
func (d *decoder) sequence(n *yaml.Node, v reflect.Value) {
	items := n.Content
	switch n.Kind {
	case yaml.ScalarNode:
		items = []*yaml.Node{n}
	case yaml.MappingNode:
		d.fail(n, `start each entry with "- "`, "expected a list, found keys and values")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		d.value(item, v.Index(i))
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.ScalarNode {
		d.fail(n, "", "expected one value, found a %s", kindName(n))
		return
	}
	var err error
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Bool:
		var b bool
		if err = n.Decode(&b); err == nil {
			v.SetBool(b)
		}
	case reflect.Int, reflect.Int64:
		var i int64
		if i, err = strconv.ParseInt(n.Value, 10, 64); err == nil {
			v.SetInt(i)
		}
	case reflect.Float64:
		var f float64
		if f, err = strconv.ParseFloat(n.Value, 64); err == nil {
			v.SetFloat(f)
		}
	default:
		err = errors.New("unsupported field")
	}
	if err != nil {
		d.fail(n, "", "%q is not %s", n.Value, wanted(v.Kind()))
	}
}

func wanted(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	}
	return "a number (write decimals with a point)"
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "group of keys"
	case yaml.SequenceNode:
		return "list"
	}
	return fmt.Sprintf("value %q", n.Value)
}
