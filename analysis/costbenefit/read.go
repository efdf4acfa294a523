package costbenefit

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
)

// Read reads an appraisal's file; name is its path in the city's folder. All
// mistakes of form come at once, each with its position; with any the appraisal
// must not be compiled. What is not written gets its default: prices real,
// timing end, year zero now, discount kind real, form cash, 10,000 draws with
// seed 1.
func Read(name string, data []byte) (*Appraisal, analysis.Problems) {
	a := &Appraisal{Name: strings.TrimSuffix(path.Base(name), path.Ext(name)), places: newPlaces(name, data)}
	problems := analysis.DecodeYAML(name, data, a)
	if a.At.File == "" {
		a.At = analysis.Position{File: name, Line: 1, Column: 1}
	}
	r := &reader{complaints: complaints{places: a.places}, a: a}
	if len(a.places) == 0 && len(problems) > 0 {
		return a, problems
	}
	a.defaults()
	r.known = a.ids()
	r.settings()
	r.discount()
	r.people()
	r.assumptions()
	for i := range a.Lines {
		r.line(&a.Lines[i])
	}
	r.funding()
	r.scenarios()
	r.unmonetised()
	return a, append(problems, r.beyond(problems)...).Sorted()
}

// beyond returns what was found beyond mistakes of writing: a value that could
// not be read is not missing as well.
func (r *reader) beyond(written analysis.Problems) analysis.Problems {
	unread := map[analysis.Position]bool{}
	for _, p := range written {
		unread[p.Position] = true
	}
	return slices.DeleteFunc(r.problems, func(p analysis.Problem) bool { return unread[p.Position] })
}

// reader checks an appraisal that is decoded.
type reader struct {
	complaints
	a     *Appraisal
	known known
}

// known are the ids an appraisal declares, by what they name.
type known struct {
	assumptions, stakeholders, groups, options, lines []string
}

// BusinessAsUsual is the id under which a line or fund names what goes on anyway.
const BusinessAsUsual = "business_as_usual"

func (a *Appraisal) ids() known {
	return known{
		assumptions:  idsOf(a.Assumptions, func(x Assumption) string { return x.ID }),
		stakeholders: idsOf(a.Stakeholders, func(x Stakeholder) string { return x.ID }),
		groups:       idsOf(a.Groups, func(x Group) string { return x.ID }),
		options:      idsOf(a.Options, func(x Option) string { return x.ID }),
		lines:        idsOf(a.Lines, func(x Line) string { return x.ID }),
	}
}

func idsOf[T any](list []T, id func(T) string) []string {
	ids := make([]string, len(list))
	for i, x := range list {
		ids[i] = id(x)
	}
	return ids
}

func (a *Appraisal) defaults() {
	for text, value := range map[*string]string{
		&a.Prices: "real", &a.Timing: "end", &a.YearZero: "now", &a.Status: "draft", &a.Discount.Kind: "real",
	} {
		or(text, value)
	}
	for i := range a.Lines {
		or(&a.Lines[i].Form, "cash")
	}
	for i := range a.Funding {
		or(&a.Funding[i].Form, "cash")
	}
	if a.Simulation.Draws == 0 {
		a.Simulation.Draws = 10_000
	}
	if a.Simulation.Seed == 0 {
		a.Simulation.Seed = 1
	}
}

func or(text *string, value string) {
	if *text == "" {
		*text = value
	}
}

// required reports a text that is not there.
func (r *reader) required(parent analysis.Position, key, value, hint string) bool {
	if strings.TrimSpace(value) != "" {
		return true
	}
	r.failUnder(parent, key, hint, "%s is missing", key)
	return false
}

// word checks a word against the ones that may stand there.
func (r *reader) word(parent analysis.Position, key, value string, words ...string) {
	if value == "" || slices.Contains(words, value) {
		return
	}
	r.failUnder(parent, key, suggestion(value, words), "%s %q is not one of %s", key, value, strings.Join(words, ", "))
}

// suggestion names the nearest of the words, "" when they are in the message
// anyway and none is near.
func suggestion(word string, words []string) string { return analysis.Suggest(word, words) }

// refers checks that what is referred to has been declared.
func (r *reader) refers(at analysis.Position, what, id string, ids []string) bool {
	if id == "" || slices.Contains(ids, id) {
		return true
	}
	hint := analysis.Suggest(id, ids)
	if hint == "" {
		hint = "declared: " + strings.Join(ids, ", ")
	}
	if len(ids) == 0 {
		hint = "none is declared"
	}
	r.fail(at, hint, "no %s %q", what, id)
	return false
}

// unique checks the ids of one list: there, well formed and not used twice.
func unique[T any](r *reader, what string, list []T, id func(T) (string, analysis.Position)) {
	seen := map[string]int{}
	for _, x := range list {
		name, at := id(x)
		at = r.places.of(at, "id")
		switch line, again := seen[name]; {
		case name == "":
			r.fail(at, "letters, digits, _ and -", "%s without an id", what)
		case !looksLikeID(name):
			r.fail(at, "begin with a letter, then letters, digits, _ and -", "%s id %q is not well formed", what, name)
		case again:
			r.fail(at, "give each its own id", "%s id %q is already used in line %d", what, name, line)
		default:
			seen[name] = at.Line
		}
	}
}

// number checks that a text is a number that satisfies the rule or the id of an
// assumption.
func (r *reader) number(f field) {
	if !given(f.text) {
		return
	}
	q, hint, ok := parseNumber(f.text.Value)
	switch {
	case ok:
		r.admits(f, q.value)
	case f.key == "optimism" && slices.Contains(presetNames(boundUse), f.text.Value):
	case hint == "" && looksLikeID(f.text.Value):
		r.refers(f.text.At, "assumption", f.text.Value, r.known.assumptions)
	default:
		r.fail(f.text.At, hint, "%s: %q is neither a number nor the id of an assumption", f.key, f.text.Value)
	}
}

func (r *reader) admits(f field, x float64) {
	if !f.rule.admits(x) {
		hint := f.rule.hint(x)
		if strings.HasSuffix(f.text.Value, "%") { // the sign is there
			hint = ""
		}
		r.fail(f.text.At, hint, "%s %s is not %s", f.key, f.text.Value, f.rule)
	}
}

// literal checks that a text is a number, where no assumption may stand.
func (r *reader) literal(f field) {
	if !given(f.text) {
		return
	}
	q, hint, ok := parseNumber(f.text.Value)
	if ok {
		r.admits(f, q.value)
		return
	}
	if hint == "" && looksLikeID(f.text.Value) {
		hint = "no assumption may stand here"
	}
	r.fail(f.text.At, hint, "%s: %q is not a number", f.key, f.text.Value)
}

// day checks an ISO day.
func (r *reader) day(parent analysis.Position, key, value string) {
	if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
		r.failUnder(parent, key, "write it as 2025-03-31", "%s %q is not a day", key, value)
	}
}

var yearOrMonth = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2]))?$`)

// date checks a day, month or year.
func (r *reader) date(parent analysis.Position, key, value string) {
	if yearOrMonth.MatchString(value) {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
		r.failUnder(parent, key, "write a day, month or year: 2025-03-31, 2025-03 or 2025", "%s %q is not a date", key, value)
	}
}
