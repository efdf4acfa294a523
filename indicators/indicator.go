// Package indicators turns definitions of indicators into values: it reads the
// catalogue, checks every expression against the data, writes the one aggregate
// query a relation needs and makes values with standard errors from its totals.
package indicators

import (
	"regexp"
	"strconv"
	"strings"

	"pediment/analysis"
)

// Indicator is one entry of the catalogue or of a city's indicators/*.yaml.
type Indicator struct {
	At   analysis.Position
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	Off  bool   `yaml:"off"` // the city does not report it

	Definition  string        `yaml:"definition"` // one sentence
	Kind        string        `yaml:"kind"`       // ratio, mean, total, distinct, score or published; "" is ratio with a denominator, total without
	Population  analysis.Text `yaml:"population"` // who is counted: restricts numerator and denominator alike
	Numerator   Term          `yaml:"numerator"`
	Denominator *Term         `yaml:"denominator"`

	Unit   string   `yaml:"unit"`   // percent, "per 100,000", years, EUR per resident, …
	Better string   `yaml:"better"` // higher, lower, target or context
	Window string   `yaml:"window"` // the time a value looks back on: "12 months", "calendar year"
	By     []string `yaml:"by"`     // disaggregations, columns of the relation

	Status     string   `yaml:"status"`     // core or candidate in the framework; own for a city's own
	Verified   bool     `yaml:"verified"`   // compared with the official document
	Confidence string   `yaml:"confidence"` // how sure the unverified row is: high, medium, low
	SDG        []string `yaml:"sdg"`
	Notes      string   `yaml:"notes"`
}

// Term is a numerator or denominator: a row-level value and condition over one
// dataset. A Term without Dataset means the numerator's dataset; without Value
// it counts rows (for kind distinct: persons).
type Term struct {
	Dataset string        `yaml:"dataset"` // a dataset's name, or a kind for all datasets of that kind
	Series  string        `yaml:"series"`  // of a statistic: which series
	Value   analysis.Text `yaml:"value"`
	Where   analysis.Text `yaml:"where"`
	Time    string        `yaml:"time"` // how parts of a year make the year: sum, last, average or mid-period; "" by kind of dataset
	Text    string        `yaml:"text"` // in words, for definitions and methods
}

// empty reports whether the term names nothing to compute, be it described.
func (t Term) empty() bool {
	return t.Dataset == "" && t.Value.Value == "" && t.Where.Value == ""
}

// Area is one of the twelve areas of the Key Features.
type Area struct {
	Code     string    `yaml:"code"`
	Name     string    `yaml:"name"`
	Group    string    `yaml:"group"`
	Position string    `yaml:"position"` // pediment, column or step of the temple
	Features []Feature `yaml:"features"`
}

// Feature is one key feature within an area.
type Feature struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"`
	Status string `yaml:"status"` // core or candidate
}

// AreaCode returns the area part of the indicator's code: "2.1" of "2.1.3.1".
// A code that does not follow the framework has none.
func (i Indicator) AreaCode() string {
	parts := strings.Split(i.Code, ".")
	if len(parts) < 3 {
		return ""
	}
	return parts[0] + "." + parts[1]
}

var perUnit = regexp.MustCompile(`^per ([\d,  ]+)`)

// Scale is what numerator over denominator is multiplied by: 100 for percent,
// 100,000 for "per 100,000", else 1.
func (i Indicator) Scale() float64 {
	if i.Unit == "percent" {
		return 100
	}
	if m := perUnit.FindStringSubmatch(i.Unit); m != nil {
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, m[1])
		if n, err := strconv.ParseFloat(digits, 64); err == nil {
			return n
		}
	}
	return 1
}
