package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

type entry struct {
	At     Position
	Code   string   `yaml:"code"`
	Where  Text     `yaml:"where"`
	By     []string `yaml:"by"`
	Den    *term    `yaml:"denominator"`
	Limits `yaml:",inline"`
}

type term struct {
	Dataset string            `yaml:"dataset"`
	Value   Text              `yaml:"value"`
	Names   map[string]string `yaml:"names"`
	Inner   *term             `yaml:"inner"`
}

type Limits struct {
	Smallest int     `yaml:"smallest"`
	Rate     float64 `yaml:"rate"`
	Off      bool    `yaml:"off"`
}

func TestDecodeYAML(t *testing.T) {
	var e entry
	problems := DecodeYAML("own.yaml", []byte(`code: 2.10
where: status = 'open'
by: sex
denominator:
  dataset: NO
  value: "age >= 25"
  names: {a: b, 1: 'c'}
smallest: 010
rate: 1e-3
off: yes
`), &e)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if e.At != (Position{File: "own.yaml", Line: 1, Column: 1}) || e.Code != "2.10" || e.Smallest != 10 || e.Rate != .001 || !e.Off {
		t.Errorf("read %+v", e)
	}
	if !slices.Equal(e.By, []string{"sex"}) {
		t.Errorf("by %v: one scalar is a list of one", e.By)
	}
	if e.Den.Dataset != "NO" || e.Den.Names["1"] != "c" {
		t.Errorf("denominator %+v", *e.Den)
	}
	// A plain scalar begins where it stands, a quoted one after its quote.
	for text, column := range map[Text]int{e.Where: 8, e.Den.Value: 11} {
		if text.At.Column != column {
			t.Errorf("%s at %s, want column %d", text, text.At, column)
		}
	}
}

func TestDecodeYAMLLeavesWhatIsNotThere(t *testing.T) {
	for _, data := range []string{"", "# only a remark\n", "---\n", "\n\n", "null", "code:\nby: ~\ndenominator: null\n"} {
		e := entry{Code: "1", By: []string{"sex"}, Den: &term{Dataset: "x"}}
		if problems := DecodeYAML("f", []byte(data), &e); len(problems) > 0 || e.Code != "1" || e.Den.Dataset != "x" || len(e.By) != 1 {
			t.Errorf("%q: %+v %v", data, e, problems)
		}
	}
}

// Every mistake with its position, all at once.
func TestDecodeYAMLProblems(t *testing.T) {
	tests := []struct{ data, want string }{
		{"code: 1\nwere: x\n", `f:2:1: unknown key "were" (did you mean "where"?)`},
		{"zzz: 1\n", `f:1:1: unknown key "zzz" (known keys: by, code, denominator, off, rate, smallest, where)`},
		{"At: 1\n", `f:1:1: unknown key "At" (known keys: by, code, denominator, off, rate, smallest, where)`},
		{"code: 1\nby: []\ncode: 2\n", `f:3:1: key "code" is already given in line 1 (keep one of the two)`},
		{"denominator:\n  names:\n    a: 1\n    a: 2\n", `f:4:5: key "a" is already given in line 3 (keep one of the two)`},
		{"smallest: ten\n", `f:1:11: "ten" is not a whole number`},
		{"smallest: 1.5\n", `f:1:11: "1.5" is not a whole number`},
		{"rate: 1,5\n", `f:1:7: "1,5" is not a number (write decimals with a point)`},
		{"rate: NaN\n", `f:1:7: "NaN" is not a number (write decimals with a point)`},
		{"off: perhaps\n", `f:1:6: "perhaps" is not true or false`},
		{"off: \"true\"\n", `f:1:6: "true" is not true or false (write it without quotes)`},
		{"code: [1, 2]\n", `f:1:7: expected one value, found a list`},
		{"where: {a: b}\n", `f:1:8: expected a text, found a group of keys`},
		{"by: {a: b}\n", `f:1:5: expected a list, found keys and values (start each entry with "- ")`},
		{"by: [a, [b]]\n", `f:1:9: expected one value, found a list`},
		{"denominator: population\n", `f:1:14: expected keys and values, found a value "population"`},
		{"denominator:\n  names: x\n", `f:2:10: expected keys and values, found a value "x"`},
		{"- code: 1\n", `f:1:1: expected keys and values, found a list`},
		{"<<: {code: 1}\n", `f:1:1: unknown key "<<" (known keys: by, code, denominator, off, rate, smallest, where)`},
		{"code: 1\n---\ncode: 2\n", `f:2:1: a second document begins here; a file holds one (remove the line "---")`},
		{"smallest: x\nwere: 1\nrate: y\n", "f:1:11: \"x\" is not a whole number\nf:2:1: unknown key \"were\" (did you mean \"where\"?)\nf:3:7: \"y\" is not a number (write decimals with a point)"},
	}
	for _, test := range tests {
		if got := DecodeYAML("f", []byte(test.data), &entry{}).Error(); got != test.want {
			t.Errorf("%q:\n  %s, want\n  %s", test.data, got, test.want)
		}
	}
}

// Syntax errors name the line where the mistake is, not where its block begins.
func TestDecodeYAMLSyntax(t *testing.T) {
	tests := []struct {
		data    string
		line    int
		message string
	}{
		{"code: 1\nby:\n\t- sex\n", 3, "found character that cannot start any token"}, // a tab
		{"\tcode: 1\n", 1, "found character that cannot start any token"},
		{"code: 1\nwhere: 'x\n", 2, "found unexpected end of stream"},
		{"# c\ncode: 1\nby: 2\nwhere: \"x\" y\noff: 1\n", 4, "did not find expected key"},
		{"# c\ncode: 1\ndenominator:\n  value: x\n dataset: y\noff: 1\n", 5, "did not find expected key"},
		{"# c\n- code: 1\n  by: 2\n off: 1\n- code: 2\n", 4, "did not find expected '-' indicator"},
		{"code: 1\nby: [a,\n  b]\nwhere: [c,\noff: 1\n", 4, "did not find expected ',' or ']'"},
		{"code: 1\nwhere: status = 'a': b\n", 2, "mapping values are not allowed"},
		{"code: 1\nby: *x\noff: 1\n", 2, "unknown anchor 'x' referenced"},
		{"code: 1\nby: \xff\noff: 1\n", 2, "invalid leading UTF-8 octet"},
		{"code: 1\n---\n\tx\n", 3, "found character that cannot start any token"},
	}
	for _, test := range tests {
		got := DecodeYAML("f", []byte(test.data), &entry{})
		if len(got) != 1 || got[0].Line != test.line || !strings.Contains(got[0].Message, "cannot be read as YAML: "+test.message) {
			t.Errorf("%q: %v, want line %d, %s", test.data, got, test.line, test.message)
		}
	}
}

func TestDecodeYAMLList(t *testing.T) {
	shared := &term{Dataset: "population", Value: Text{Value: "persons"}, Names: map[string]string{"a": "b"}, Inner: &term{Dataset: "deep"}}
	built := entry{Code: "a", Where: Text{Value: "x"}, By: []string{"sex"}, Den: shared, Limits: Limits{Smallest: 10}}
	entries := map[string]*entry{"a": &built}
	target := func(code string) any {
		if entries[code] == nil {
			entries[code] = &entry{}
		}
		return entries[code]
	}
	original := built
	problems := DecodeYAMLList("own.yaml", []byte(`
- code: a
  denominator: {dataset: census, names: {c: d}, inner: {dataset: changed}}
- rate: 2
  code: b
- &c {code: c, off: true}
`), "code", target)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if built.Where != original.Where || !slices.Equal(built.By, original.By) || built.Smallest != 10 || built.Den.Value.Value != "persons" {
		t.Errorf("an entry changed what it does not name: %+v", built)
	}
	if built.Den.Dataset != "census" || built.Den.Inner.Dataset != "changed" || built.Den.Names["c"] != "d" || built.At.Line != 2 {
		t.Errorf("the entry did not change what it names: %+v", built.Den)
	}
	if shared.Dataset != "population" || shared.Inner.Dataset != "deep" || len(shared.Names) != 1 || shared.Names["a"] != "b" {
		t.Errorf("the denominator shared with others was changed: %+v %+v", shared, shared.Inner)
	}
	if entries["b"].Rate != 2 || !entries["c"].Off || len(entries) != 3 {
		t.Errorf("entries %v", entries)
	}
}

func TestDecodeYAMLListProblems(t *testing.T) {
	tests := []struct{ data, want string }{
		{"", ""},
		{"[]", ""},
		{"~", ""},
		{"code: a\n", `f:1:1: expected a list of entries, found a group of keys (start each entry with "- ")`},
		{"- a\n", `f:1:3: expected an entry, found a value "a" (write "- " and then keys and values)`},
		{"- code: a\n-\n", `f:2:2: expected an entry, found a value "" (write "- " and then keys and values)`},
		{"- [code, a]\n", `f:1:3: expected an entry, found a list (write "- " and then keys and values)`},
		{"- code: a\n  cod: b\n", `f:2:3: unknown key "cod" (did you mean "code"?)`},
		{"- code: a\n  code: b\n", `f:2:3: key "code" is already given in line 1 (keep one of the two)`},
	}
	for _, test := range tests {
		var codes []string
		got := DecodeYAMLList("f", []byte(test.data), "code", func(code string) any { codes = append(codes, code); return &entry{} })
		if got.Error() != test.want {
			t.Errorf("%q:\n  %s, want\n  %s", test.data, got, test.want)
		}
		if len(codes) > 1 || len(codes) == 1 && codes[0] != "a" {
			t.Errorf("%q: asked for %q", test.data, codes)
		}
	}
}

// Aliases may stand for a part, not multiply it without bound.
func TestDecodeYAMLAliases(t *testing.T) {
	var e entry
	if problems := DecodeYAML("f", []byte("by: &b [sex, place]\ndenominator: {value: &v age, inner: {value: *v}}\n"), &e); len(problems) > 0 || e.Den.Inner.Value.Value != "age" {
		t.Errorf("%+v %v", e, problems)
	}
	if e.Den.Inner.Value.At.Column != 22 {
		t.Errorf("an alias is at %s, want where its text is written", e.Den.Inner.Value.At)
	}
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for k := 1; k <= 5; k++ {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", k, k, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", k-1), 10), ", "))
	}
	type nest [][][][][][]string // a million texts
	start := time.Now()
	problems := DecodeYAML("f", []byte(bomb), &struct {
		Bomb nest `yaml:"a5"`
	}{})
	if !strings.Contains(problems.Error(), "more than 1000 aliases") || len(problems) > 20 || time.Since(start) > time.Second {
		t.Errorf("%d problems after %v: %.200s", len(problems), time.Since(start), problems)
	}
	// An alias within what it stands for has no end.
	if problems := DecodeYAML("f", []byte("denominator: &d {inner: *d}\n"), &e); len(problems) != 1 || problems[0].Line != 1 {
		t.Errorf("a circle of aliases: %v", problems)
	}
}

func FuzzDecodeYAML(f *testing.F) {
	for _, data := range []string{
		"code: a\nby: [x]\ndenominator: {inner: {names: {a: b}}}\n", "- code: a\n- {code: b}\n", "? [a]\n: b\n", "*a : &a x",
		"&a [*a]", "a: !!binary x\n", "code: |\n  x\n", "\ufeffcode: 1", "<<: [*x]", "---\n...\n---\n", "- - - -", "!!map {}", "code: !<tag:x> y",
	} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e entry
		problems := DecodeYAML("f", data, &e)
		problems = append(problems, DecodeYAMLList("f", data, "code", func(string) any { return &entry{} })...)
		for _, p := range problems {
			if p.File != "f" || p.Message == "" || p.Line < 0 || p.Column < 0 {
				t.Errorf("%q: %+v", data, p)
			}
		}
	})
}
