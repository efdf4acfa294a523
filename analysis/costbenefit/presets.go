package costbenefit

import (
	_ "embed"
	"sync"

	"pediment/analysis"
)

// Preset is a value or a schedule of rates that an authority publishes.
type Preset struct {
	At        analysis.Position
	Name      string          `yaml:"name"`
	Kind      string          `yaml:"kind"` // discount rate, health discount rate, value, correction by grade, optimism correction or eta
	Label     string          `yaml:"label"`
	Value     analysis.Text   `yaml:"value"`
	Low       analysis.Text   `yaml:"low"` // "" where no range is published
	High      analysis.Text   `yaml:"high"`
	Steps     []PresetStep    `yaml:"steps"`  // of a discount rate
	Grades    []analysis.Text `yaml:"grades"` // corrections for grade 1 to 6
	Unit      string          `yaml:"unit"`   // a currency for money
	PriceYear int             `yaml:"price_year"`
	Source    string          `yaml:"source"`
	Date      string          `yaml:"date"`     // of the source, ISO day, month or year
	Verified  bool            `yaml:"verified"` // read in a public copy of its source
	Note      string          `yaml:"note"`
}

// PresetStep is a rate and the last year after the base year in which it holds.
type PresetStep struct {
	Until int           `yaml:"until"` // 0: without end
	Rate  analysis.Text `yaml:"rate"`
}

// presetUse is where a preset may stand.
type presetUse string

const (
	rateUse  presetUse = "discount rate"
	valueUse presetUse = "value"
	gradeUse presetUse = "correction by grade"
	boundUse presetUse = "optimism correction"
	etaUse   presetUse = "eta"
)

// healthRates is the kind of rates that are for health and well-being alone.
const healthRates = "health discount rate"

func (p Preset) use() presetUse {
	if p.Kind == healthRates {
		return rateUse
	}
	return presetUse(p.Kind)
}

//go:embed presets.yaml
var presetFile []byte

var readPresets = sync.OnceValues(func() ([]Preset, analysis.Problems) {
	var presets []Preset
	problems := analysis.DecodeYAML("presets.yaml", presetFile, &presets)
	return presets, problems
})

// Presets lists the values that authorities publish, in file order. They are
// data; the slice is the caller's.
func Presets() []Preset {
	presets, _ := readPresets()
	return append([]Preset(nil), presets...)
}

func presetNamed(name string) (Preset, bool) {
	presets, _ := readPresets()
	for _, p := range presets {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}

// presetNames lists the names of those that may stand in one place.
func presetNames(use presetUse) []string {
	presets, _ := readPresets()
	var names []string
	for _, p := range presets {
		if p.use() == use {
			names = append(names, p.Name)
		}
	}
	return names
}

// numberOf reads a number that has been checked, 0 where none is written.
func numberOf(t analysis.Text) float64 {
	q, _, _ := parseNumber(t.Value)
	return q.value
}

// provenance describes where the preset comes from.
func (p Preset) provenance() (source, note string) {
	if !p.Verified {
		return p.Source, joined("not verified in a public copy", p.Note)
	}
	return p.Source, p.Note
}

func joined(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "; " + b
}
