package costbenefit

import (
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// guarded is an appraisal that no guard rail minds; a case
// adds lines or replaces a text in it.
const guarded = `title: Guarded
question: Is it worth it?
business_as_usual: Nothing.
currency: EUR
price_base: 2025
base_year: 2025
last_year: 2030
discount: {rate: 4%, source: Ministry}
prices: real
stakeholders: [{id: city, name: City, public: true}, {id: state, name: State, public: true}, {id: learners, name: Learners}]
options: [{id: a, name: A}, {id: b, name: B}]
assumptions:
  - {id: come, value: 70, unit: persons, source: Register, grade: 1}
lines:
  - {id: staff, name: Staff, side: cost, class: running, payer: city, quantity: 1, unit_value: 400, source: Budget, grade: 1}
  - {id: rooms, name: Rooms, side: cost, class: running, payer: city, form: in kind, quantity: 1, unit_value: 40, source: Budget, grade: 1}
  - {id: gain, name: Gain, side: benefit, class: social, receiver: learners, effect: reading, quantity: come, take_up: 90%, unit_value: 6, source: Survey, grade: 1}
`

// compiled reads and compiles the text; problems of either are returned.
func compiled(t *testing.T, text string, s Setup) (*Model, analysis.Problems) {
	t.Helper()
	a, problems := Read("guarded.yaml", []byte(text))
	if len(problems) > 0 {
		return nil, problems
	}
	if s.AsOf.IsZero() {
		s.AsOf = time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)
	}
	m, problems := Compile(a, s)
	return m, problems
}

// doubts lists the warnings, "about: text", one a line; those of presets apart.
func doubts(m *Model) string {
	var lines []string
	for _, w := range m.Warnings {
		if !strings.Contains(w.Text, "was not verified") && !strings.HasPrefix(w.Text, "corrections by evidence grade") {
			lines = append(lines, w.About+": "+w.Text)
		}
	}
	return strings.Join(lines, "\n")
}

const (
	earnings = `  - {id: pay, name: Higher pay, side: benefit, class: economic, receiver: learners, effect: earnings, quantity: 5, unit_value: 900, source: Study, grade: 1}`
	relief   = `  - {id: relief, name: Less aid, side: benefit, class: fiscal, receiver: state, effect: aid, quantity: 5, unit_value: 90, source: Study, grade: 1}`
)

// TestGuardRailsRefuse: the message stands at the second line.
func TestGuardRailsRefuse(t *testing.T) {
	tests := []struct{ name, add, at, want string }{
		{"the same effect for the same receiver", `  - {id: again, name: Reads, side: benefit, class: economic, receiver: learners, effect: " Reading", quantity: 5, unit_value: 9, source: S, grade: 1}`,
			"guarded.yaml:18", `line again counts the effect " Reading" again: line gain in line 17 of the file has it for learners`},
		{"in one option", `  - {id: again, name: Reads, options: [b], side: benefit, class: social, receiver: learners, effect: reading, quantity: 5, unit_value: 9, source: S, grade: 1}`,
			"guarded.yaml:18", "counts the effect"},
		{"fiscal and a transfer", relief + "\n" + `  - {id: aid, name: Aid, side: benefit, class: transfer, payer: learners, receiver: state, effect: aid, quantity: 5, unit_value: 90, source: S, grade: 1}`,
			"guarded.yaml:19", "once as a fiscal benefit and once as a transfer to state"},
		{"a transfer written as a cost", relief + "\n" + `  - {id: aid, name: Aid, side: cost, class: transfer, payer: learners, receiver: state, effect: aid, quantity: 5, unit_value: 90, source: S, grade: 1}`,
			"guarded.yaml:19", "once as a transfer"},
		{"one transfer twice", `  - {id: aid, name: Aid, side: benefit, class: transfer, payer: learners, receiver: state, effect: aid, quantity: 5, unit_value: 90, source: S, grade: 1}
  - {id: tax, name: Tax, side: benefit, class: transfer, payer: learners, receiver: state, effect: aid, quantity: 4, unit_value: 80, source: S, grade: 1}`,
			"guarded.yaml:19", "line tax counts the effect"},
	}
	for _, tt := range tests {
		_, problems := compiled(t, guarded+tt.add, Setup{})
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Position.String(), tt.at+":") || !strings.Contains(problems[0].Message, tt.want) || problems[0].Hint == "" {
			t.Errorf("%s: %v, want %s … %s", tt.name, problems, tt.at, tt.want)
		}
	}
}

// TestGuardRailsAllow: what looks alike and is not.
func TestGuardRailsAllow(t *testing.T) {
	for name, add := range map[string]string{
		"nothing":             "",
		"another receiver":    `  - {id: x, name: Reads, side: benefit, class: social, receiver: city, effect: reading, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"another effect":      `  - {id: x, name: Reads, side: benefit, class: social, receiver: learners, effect: writing, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"no effect named":     `  - {id: x, name: Reads, side: benefit, class: social, receiver: learners, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"a cost":              `  - {id: x, name: Reads, side: cost, class: running, payer: city, receiver: learners, effect: reading, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"only as usual":       `  - {id: x, name: Reads, options: [business_as_usual], side: benefit, class: social, receiver: learners, effect: reading, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"a public payer":      `  - {id: x, name: Saved, side: benefit, class: fiscal, payer: state, receiver: city, quantity: 5, unit_value: 9, source: S, grade: 1}`,
		"an asset replaced":   `  - {id: x, name: Van, side: cost, class: capital, payer: city, amounts: {2025: 9000, 2028: 8000}, life: 3, replaced: true, source: S, grade: 1}`,
		"an asset that lasts": `  - {id: x, name: Van, side: cost, class: capital, payer: city, amounts: {2025: 9000}, life: 6, residual: {method: book, sold: true}, source: S, grade: 1}`,
		"effects to the end":  `  - {id: x, name: Reads, side: benefit, class: social, receiver: city, quantity: 5, unit_value: 9, from: 2026, to: 2027, lag: 1, duration: 2.5, source: S, grade: 1}`,
		"mitigated in full":   `  - {id: x, name: Reserve, side: cost, class: capital, payer: city, amounts: {2025: 9000}, contingency: true, source: S}`,
		"two payers of one transfer": `  - {id: x, name: Fee, side: benefit, class: transfer, payer: learners, receiver: state, effect: fee, quantity: 5, unit_value: 9, source: S, grade: 1}
  - {id: y, name: Fee of the city, side: benefit, class: transfer, payer: city, receiver: state, effect: fee, quantity: 5, unit_value: 9, source: S, grade: 1}`,
	} {
		m, problems := compiled(t, guarded+add, Setup{})
		if len(problems) > 0 || doubts(m) != "" {
			t.Errorf("%s: %v %v", name, problems, doubts(m))
		}
	}
}

// TestGuardRailsWarn: one sentence, about what it is about.
func TestGuardRailsWarn(t *testing.T) {
	const assumptions = "assumptions:\n"
	tests := []struct{ name, old, new, want string }{
		{"well-being by preset beside pay", assumptions, assumptions + "  - {id: point, preset: wellby-2019, price_year: 2025, unit: EUR, distribution: triangular, grade: 1}\n",
			"happy: well-being (line happy) and earnings (line pay) of learners"},
		{"well-being by name before pay", "effect: reading", "effect: well-being", "pay: well-being (line gain) and earnings (line pay) of learners"},
		{"revenue out of a private pocket", "", `  - {id: fees, name: Fees, side: benefit, class: revenue, payer: learners, receiver: city, quantity: 5, unit_value: 9, source: S, grade: 1}`,
			"fees: what city gets learners pays: that is a transfer"},
		{"a residual value not sold", "", `  - {id: van, name: Van, side: cost, class: capital, payer: city, amounts: {2025: 9000}, life: 6, residual: {method: book}, source: S, grade: 1}`,
			"van: its residual value counts in the net present value and stays out of cash"},
		{"an asset that does not last", "", `  - {id: van, name: Van, side: cost, class: capital, payer: city, amounts: {2025: 9000, 2027: 0}, life: 5, source: S, grade: 1}`,
			"van: bought in 2025 it lasts 5 years, the horizon goes on to 2030"},
		{"attribution in both senses", "", `  - {id: x, name: X, side: benefit, class: social, receiver: city, quantity: 5, unit_value: 9, attribution: {share: 20%, due_to: others}, source: S, grade: 1}
  - {id: y, name: Y, side: benefit, class: social, receiver: city, quantity: 6, unit_value: 9, attribution: {share: 80%, due_to: project}, source: S, grade: 1}`,
			"y: attribution is the share of others in x and that of the project in y"},
		{"a reserve beside corrections", "", `  - {id: reserve, name: Reserve, side: cost, class: capital, payer: city, amounts: {2025: 900}, contingency: true, source: S}
  - {id: hall, name: Hall, options: [a], side: cost, class: capital, payer: city, amounts: {2025: 9000}, optimism: 24%, source: S, grade: 1}`,
			"reserve: an allowance for risk beside optimism corrections (hall)"},
		{"everybody comes", "take_up: 90%, ", "", "gain: it counts every one of come: give take_up"},
		{"everybody of a population", assumptions, assumptions + "  - {id: adults, population: {where: age > 24}, grade: 1}\n", "all: it counts every one of adults"},
		{"all in cash", "form: in kind, ", "", "costs: every cost is in cash"},
		{"no grades", "unit_value: 40, source: Budget, grade: 1", "unit_value: 40, source: Budget",
			"evidence: not graded, so not corrected for optimism: rooms; give"},
		{"effects after the horizon", "effect: reading,", "effect: reading, lag: 1, duration: 3.5, to: 2027,",
			"gain: what begins in 2027 has effects to 2031, of which those after 2030 are not counted"},
		{"an assumption for nothing", assumptions, assumptions + "  - {id: spare, value: 3, source: S}\n", "spare: nothing uses it"},
		{"inflation for nothing", "prices: real", "prices: real\ninflation: 2%", "inflation: nothing uses it"},
		{"entered twice", "", `  - {id: again, name: "staff ", side: cost, class: running, payer: city, quantity: 1, unit_value: 400, source: Budget, grade: 1}`,
			"again: it has the name, side and amounts of line staff"},
	}
	lines := map[string]string{
		"well-being by preset beside pay": earnings + "\n" + `  - {id: happy, name: Content, side: benefit, class: social, receiver: learners, quantity: 5, unit_value: point, grade: 1}`,
		"well-being by name before pay":   earnings,
		"everybody of a population":       `  - {id: all, name: All, side: benefit, class: social, receiver: city, quantity: adults, unit_value: 9, source: S, grade: 1}`,
	}
	for _, tt := range tests {
		text := guarded + lines[tt.name]
		if tt.old == "" {
			text += tt.new
		} else {
			text = strings.Replace(text, tt.old, tt.new, 1)
		}
		m, problems := compiled(t, text, answered())
		if len(problems) > 0 {
			t.Errorf("%s: %v", tt.name, problems)
			continue
		}
		if got := doubts(m); !strings.HasPrefix(got, tt.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
