package analysis

import (
	"errors"
	"fmt"
	"math"
	"reflect"
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
	d := decoder{file: file}
	if root := d.document(data); root != nil {
		d.value(root, reflect.ValueOf(v).Elem())
	}
	return d.problems.Sorted()
}

// DecodeYAMLList reads a list of entries, each into what target gives for the
// text under its key: a pointer to a struct, new or already filled. An entry
// changes only the fields it names. Mistakes are reported as by DecodeYAML.
func DecodeYAMLList(file string, data []byte, key string, target func(id string) any) Problems {
	d := decoder{file: file}
	list := d.document(data)
	if list == nil || list.Tag == "!!null" {
		return d.problems
	}
	if list.Kind != yaml.SequenceNode {
		d.fail(list, `start each entry with "- "`, "expected a list of entries, found a %s", kindName(list))
		return d.problems
	}
	for _, n := range list.Content {
		if n = d.follow(n); n.Kind != yaml.MappingNode {
			d.fail(n, `write "- " and then keys and values`, "expected an entry, found a %s", kindName(n))
			continue
		}
		d.value(n, reflect.ValueOf(target(textUnder(n, key))).Elem())
	}
	return d.problems.Sorted()
}

// textUnder returns the text under a key of the mapping, "" when it has none.
func textUnder(n *yaml.Node, key string) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1].Value
		}
	}
	return ""
}

// document parses data and returns the root of its one document, nil for an
// empty file or one that is not YAML.
func (d *decoder) document(data []byte) *yaml.Node {
	root, second, err := parseYAML(data)
	if err != nil {
		d.problems = append(d.problems, syntaxProblem(d.file, data, err))
		return nil
	}
	if second.Kind != 0 {
		d.fail(&second, `remove the line "---"`, "a second document begins here; a file holds one")
	}
	if len(root.Content) == 0 {
		return nil
	}
	return root.Content[0]
}

type decoder struct {
	file     string
	problems Problems
	aliases  int // followed so far
}

// maxAliases bounds the work that aliases within aliases can make.
const maxAliases = 1000

var textType, positionType = reflect.TypeFor[Text](), reflect.TypeFor[Position]()

func (d *decoder) at(n *yaml.Node) Position {
	return Position{File: d.file, Line: n.Line, Column: n.Column}
}

func (d *decoder) fail(n *yaml.Node, hint, format string, args ...any) {
	d.problems = append(d.problems, Problem{d.at(n), fmt.Sprintf(format, args...), hint})
}

// follow returns the node an alias stands for and every other node as it is. Of
// too many aliases it reports the first and returns null for the rest.
func (d *decoder) follow(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.AliasNode {
		return n
	}
	d.aliases++
	if d.aliases == maxAliases+1 {
		d.fail(n, "write the repeated parts out", "more than %d aliases (*%s)", maxAliases, n.Value)
	}
	if d.aliases > maxAliases {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: n.Line, Column: n.Column}
	}
	return n.Alias
}

func (d *decoder) value(n *yaml.Node, v reflect.Value) {
	n = d.follow(n)
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
	if quoted(n) {
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
			key := d.follow(n.Content[i])
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
		if f, err = strconv.ParseFloat(n.Value, 64); err == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
			err = errors.New("not finite")
		}
		if err == nil {
			v.SetFloat(f)
		}
	default:
		err = errors.New("unsupported field")
	}
	if err != nil {
		hint := ""
		if quoted(n) {
			hint = "write it without quotes"
		}
		d.fail(n, hint, "%q is not %s", n.Value, wanted(v.Kind()))
	}
}

func quoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
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
