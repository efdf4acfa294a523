package indicators

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// Catalogue is every indicator a city can report: the Key Features and its own.
type Catalogue struct {
	Areas      []Area
	Indicators []Indicator // in code order, without those switched off
}

// Framework names the built-in framework and how far it was checked; it is
// printed wherever the framework is named.
const Framework = "UNESCO Key Features of Learning Cities, reconstructed: not yet verified against the official document"

//go:embed catalogue/*.yaml
var builtin embed.FS

// BuiltIn is the file name prefix of positions inside the built-in catalogue.
const BuiltIn = "catalogue/"

// Read returns the built-in catalogue changed by the city's own files: name and
// content of each indicators/*.yaml. An entry with a built-in code changes only
// the fields it names; "off: true" switches an indicator off. Problems hold every
// mistake of the city's files; the catalogue leaves out entries with mistakes.
func Read(own map[string][]byte) (Catalogue, analysis.Problems) {
	var c Catalogue
	var problems analysis.Problems
	files, _ := fs.Glob(builtin, "catalogue/*.yaml")
	entries := map[string]*Indicator{}
	for _, file := range files {
		data, _ := builtin.ReadFile(file)
		if strings.HasSuffix(file, "areas.yaml") {
			problems = append(problems, analysis.DecodeYAML(file, data, &c.Areas)...)
			continue
		}
		problems = append(problems, readEntries(file, data, entries)...)
	}
	names := make([]string, 0, len(own))
	for name := range own {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		problems = append(problems, readEntries(name, own[name], entries)...)
	}
	for _, i := range entries {
		mistakes := i.validate()
		problems = append(problems, mistakes...)
		if !i.Off && len(mistakes) == 0 {
			c.Indicators = append(c.Indicators, *i)
		}
	}
	slices.SortFunc(c.Indicators, func(a, b Indicator) int { return compareCodes(a.Code, b.Code) })
	return c, problems.Sorted()
}

// readEntries decodes one file into entries, changing those already there.
func readEntries(file string, data []byte, entries map[string]*Indicator) analysis.Problems {
	seen := map[string]bool{}
	var problems analysis.Problems
	decoded := analysis.DecodeYAMLList(file, data, "code", func(code string) any {
		entry, known := entries[code]
		if !known {
			entry = &Indicator{Code: code, Status: "own"}
			entries[code] = entry
		}
		if seen[code] {
			problems = append(problems, analysis.Problem{
				Position: analysis.Position{File: file},
				Message:  fmt.Sprintf("code %q is given twice", code), Hint: "give each indicator a code of its own",
			})
		}
		seen[code] = true
		return entry
	})
	return append(problems, decoded...)
}

// compareCodes orders "2.1.10" after "2.1.9" and words after numbers.
func compareCodes(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		n, errA := strconv.Atoi(a)
		m, errB := strconv.Atoi(b)
		switch {
		case errA == nil && errB == nil:
			return cmp.Compare(n, m)
		case errA == nil:
			return -1
		case errB == nil:
			return 1
		}
		return cmp.Compare(a, b)
	})
}

// Find returns the indicator with the code.
func (c Catalogue) Find(code string) (Indicator, bool) {
	i := slices.IndexFunc(c.Indicators, func(i Indicator) bool { return i.Code == code })
	if i < 0 {
		return Indicator{}, false
	}
	return c.Indicators[i], true
}

// Codes lists the codes in order.
func (c Catalogue) Codes() []string {
	codes := make([]string, len(c.Indicators))
	for i, indicator := range c.Indicators {
		codes[i] = indicator.Code
	}
	return codes
}

var (
	kinds      = []string{"ratio", "mean", "total", "distinct", "score", "published"}
	directions = []string{"higher", "lower", "target", "context"}
	timeRules  = []string{"sum", "last", "average", "mid-period"}
)

// validate settles what the entry leaves open and lists what it must say.
func (i *Indicator) validate() analysis.Problems {
	if i.Off {
		return nil
	}
	if i.Kind == "" {
		i.Kind = "total"
		if i.Denominator != nil {
			i.Kind = "ratio"
		}
	}
	if i.Better == "" {
		i.Better = "context"
	}
	var problems analysis.Problems
	fail := func(hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: i.At, Message: i.Code + ": " + fmt.Sprintf(format, args...), Hint: hint})
	}
	for _, required := range []struct{ key, value string }{
		{"code", i.Code}, {"name", i.Name}, {"unit", i.Unit}, {"numerator: dataset", i.Numerator.Dataset},
	} {
		if required.value == "" {
			fail("add "+required.key+": …", "%s is missing", required.key)
		}
	}
	oneOf := func(key, value string, known []string) {
		if value != "" && !slices.Contains(known, value) {
			hint := analysis.Suggest(value, known)
			if hint == "" {
				hint = "one of " + strings.Join(known, ", ")
			}
			fail(hint, "%s %q is not known", key, value)
		}
	}
	if hint := analysis.Suggest(i.Unit, []string{"percent"}); hint != "" && i.Unit != "percent" {
		fail(hint, "unit %q is not known", i.Unit)
	}
	oneOf("kind", i.Kind, kinds)
	oneOf("better", i.Better, directions)
	oneOf("time", i.Numerator.Time, timeRules)
	if i.Denominator != nil {
		oneOf("time", i.Denominator.Time, timeRules)
	}
	if i.Kind == "ratio" && i.Denominator == nil {
		fail("add denominator: {…} or choose kind: total", "a ratio needs a denominator")
	}
	return problems
}
