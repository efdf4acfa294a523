package costbenefit

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

func (r *reader) assumptions() {
	unique(r, "assumption", r.a.Assumptions, func(x Assumption) (string, analysis.Position) { return x.ID, x.At })
	for i := range r.a.Assumptions {
		r.assumption(&r.a.Assumptions[i])
	}
}

func (r *reader) assumption(x *Assumption) {
	name(&x.Label, x.ID)
	r.origin(x)
	for _, f := range []field{
		{key: "value", text: x.Value}, {key: "low", text: x.Low}, {key: "high", text: x.High},
		{key: "sd", text: x.SD, rule: positive}, {key: "alpha", text: x.Alpha, rule: positive}, {key: "beta", text: x.Beta, rule: positive},
	} {
		r.literal(f)
	}
	r.encloses(x)
	r.distribution(x)
	r.date(x.At, "date", x.Date)
	r.day(x.At, "review", x.Review)
	r.day(x.At, "changed", x.Changed)
	r.grade(x.At, x.Grade)
	r.priceYear(x.At, x.PriceYear)
}

// origin checks that the number has one origin.
func (r *reader) origin(x *Assumption) {
	var ways []string
	for _, way := range []struct {
		name  string
		there bool
	}{
		{"value", given(x.Value)}, {"preset", given(x.Preset)}, {"indicator", x.Indicator != nil}, {"population", x.Population != nil},
	} {
		if way.there {
			ways = append(ways, way.name)
		}
	}
	discrete := x.Distribution == "discrete" && len(x.Values) > 0
	switch {
	case len(ways) == 0 && !discrete:
		r.fail(x.At, "give a value, a preset, an indicator or a population", "assumption %s has no value", x.ID)
	case len(ways) > 1:
		r.fail(x.At, "keep one of them", "assumption %s has %s", x.ID, strings.Join(ways, " and "))
	}
	r.preset(x.Preset, valueUse)
	if x.Indicator != nil && !given(x.Indicator.Code) {
		r.fail(x.Indicator.At, "name the indicator", "code is missing")
	}
	if x.Population != nil && x.PriceYear != 0 {
		r.failUnder(x.At, "price_year", "leave it out", "people have no prices")
	}
}

// encloses checks that low and high come together and enclose the value.
func (r *reader) encloses(x *Assumption) {
	low, high := x.number("low"), x.number("high")
	value := x.number("value")
	if given(x.Low) != given(x.High) && x.Distribution != "truncated" {
		r.fail(x.At, "give both", "assumption %s has one of low and high", x.ID)
		return
	}
	switch {
	case low >= high:
		r.fail(x.Low.At, "", "low %s is not below high %s", x.Low.Value, x.High.Value)
	case value < low || value > high:
		r.fail(x.Value.At, percentHint(value, low, high), "value %s is not between low %s and high %s", x.Value.Value, orNone(x.Low), orNone(x.High))
	}
}

func orNone(t analysis.Text) string {
	if given(t) {
		return t.Value
	}
	return "(none)"
}

// percentHint recognises a range of which one number lacks its percent sign.
func percentHint(value, low, high float64) string {
	inside := func(x float64) bool { return x >= low && x <= high }
	if inside(100*value) || inside(value/100) {
		return "percentages need their sign in all three"
	}
	return ""
}

// number returns one of the assumption's own numbers, NaN where none is written.
func (x *Assumption) number(key string) float64 {
	text := map[string]analysis.Text{
		"value": x.Value, "low": x.Low, "high": x.High, "sd": x.SD, "alpha": x.Alpha, "beta": x.Beta,
	}[key]
	if q, _, ok := parseNumber(text.Value); ok {
		return q.value
	}
	return math.NaN()
}

// needs lists what each distribution rests on besides the value.
func needs(distribution string) (keys []string, known bool) {
	switch distribution {
	case "normal", "truncated":
		return []string{"sd"}, true
	case "lognormal", "triangular", "pert", "uniform":
		return []string{"low", "high"}, true
	case "beta":
		return []string{"alpha", "beta"}, true
	case "discrete":
		return nil, true
	}
	return nil, false
}

func (r *reader) distribution(x *Assumption) {
	r.word(x.At, "distribution", x.Distribution, "normal", "truncated", "lognormal", "triangular", "pert", "beta", "uniform", "discrete")
	keys, known := needs(x.Distribution)
	texts := map[string]analysis.Text{"low": x.Low, "high": x.High, "sd": x.SD, "alpha": x.Alpha, "beta": x.Beta}
	for _, key := range keys {
		// A preset brings its range.
		if !given(texts[key]) && !(given(x.Preset) && (key == "low" || key == "high")) {
			r.fail(x.At, "", "%s of assumption %s needs %s", x.Distribution, x.ID, key)
		}
	}
	for _, key := range []string{"sd", "alpha", "beta"} {
		if (known || x.Distribution == "") && given(texts[key]) && !slices.Contains(keys, key) {
			r.fail(texts[key].At, "name the distribution it belongs to", "%s is not used by %s", key, orWord(x.Distribution, "an assumption that is not drawn"))
		}
	}
	if x.Distribution == "lognormal" && x.number("low") <= 0 {
		r.fail(x.Low.At, "", "low %s of a lognormal is not above 0", x.Low.Value)
	}
	if x.Distribution == "discrete" || x.Values != nil || x.Probabilities != nil {
		r.discrete(x)
	}
}

func orWord(word, other string) string {
	if word == "" {
		return other
	}
	return word
}

// discrete checks values and probabilities.
func (r *reader) discrete(x *Assumption) {
	at := r.places.of(x.At, "probabilities")
	sum := 0.0
	for _, p := range x.Probabilities {
		sum += p
		if p < 0 || p > 1 {
			r.fail(at, "", "probability %s is not between 0 and 1", plain(p))
		}
	}
	switch {
	case x.Distribution != "discrete":
		r.fail(at, "give distribution: discrete", "values and probabilities are not used by %s", orWord(x.Distribution, "an assumption that is not drawn"))
	case len(x.Values) == 0:
		r.fail(x.At, "", "discrete of assumption %s needs values", x.ID)
	case len(x.Values) != len(x.Probabilities):
		r.fail(at, "give one for each value", "%d probabilities for %d values", len(x.Probabilities), len(x.Values))
	case math.Abs(sum-1) > sumTolerance:
		r.fail(at, "", "probabilities sum to %s, not 1", short(sum))
	}
}

// sumTolerance is how far shares and probabilities may be from adding up to 1,
// for thirds that are written with few decimals.
const sumTolerance = 1e-6

// short prints a number with few digits, for messages.
func short(x float64) string { return fmt.Sprintf("%.6g", x) }
