package costbenefit

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const deadweightWord = "deadweight"

// condition puts a switching value in words: %s is "more than 46 %", "at least 62 %".
func condition(word string, cost bool) (sentence string, ok bool) {
	switch word {
	case "take up":
		return "%s take it up", true
	case "completion":
		return "%s finish", true
	case "success", "success less deadweight":
		return "%s succeed", true
	case deadweightWord:
		return "%s would have learned anyway", true
	case "displacement":
		return "%s is taken from others", true
	case "leakage":
		return "%s goes to people it is not meant for", true
	case "substitution":
		return "%s only replaces what was there", true
	case "share due to others":
		return "%s is due to others", true
	case "share due to the project":
		return "%s is due to the project", true
	case dropOffWord:
		return "%s of the effect is lost each year", true
	case durationWord:
		return "the effect lasts %s", true
	case growthWord:
		return "it grows by %s a year in real terms", true
	case rateWord:
		return "the discount rate is %s", true
	case inflationWord:
		return "prices rise by %s a year", true
	case "unit value":
		if cost {
			return "one unit costs %s", true
		}
		return "one unit is worth %s", true
	}
	return "", false
}

// remark puts the switching value in words beside what the range says about it.
func (m *Model) remark(s Sensitivity, input Input) string {
	if math.IsNaN(s.Switching) {
		return "none in range"
	}
	value := distinct(s.Switching, s.Base, input.Unit) + m.inPrices(input)
	upTo := (s.Switching >= s.Base) == (s.NPV >= 0) // the option is worth it up to the value
	sentence, ok := m.condition(s.Input, input)
	if !ok || s.Switching < 0 {
		direction := "above "
		if s.Switching < s.Base {
			direction = "below "
		}
		return "the verdict turns " + direction + value + s.plausible(input)
	}
	switch {
	case upTo && s.NPV >= 0:
		return "pays back unless " + fmt.Sprintf(sentence, "more than "+value) + s.plausible(input)
	case s.NPV >= 0:
		return "pays back only if " + fmt.Sprintf(sentence, "at least "+value) + s.plausible(input)
	case upTo:
		return "would pay back only if " + fmt.Sprintf(sentence, "no more than "+value) + s.plausible(input)
	}
	return "would pay back only if " + fmt.Sprintf(sentence, "at least "+value) + s.plausible(input)
}

// inPrices says in which prices an amount is that its source gives in others.
func (m *Model) inPrices(input Input) string {
	if input.PriceYear == 0 || input.Quoted == input.Value {
		return ""
	}
	return fmt.Sprintf(" in prices of %d", m.Appraisal.PriceBase)
}

// condition returns the words for an input that is the same thing wherever it is
// used. A deadweight that says itself what would have happened is taken by its
// word: "Would have visited anyway".
func (m *Model) condition(at int, input Input) (sentence string, ok bool) {
	roles := m.roles(at)
	if len(roles) == 0 || roles[0].word == rateWord && len(m.Rates) > 1 || slices.ContainsFunc(roles, func(r role) bool { return r.word != roles[0].word }) {
		return "", false
	}
	cost := !slices.ContainsFunc(roles, func(r role) bool { return !r.cost })
	sentence, ok = condition(roles[0].word, cost)
	if rest, own := strings.CutPrefix(input.Label, "Would "); own && roles[0].word == deadweightWord {
		sentence = "%s would " + strings.ReplaceAll(rest, "%", "%%")
	}
	return sentence, ok
}

// plausible compares the switching value with the stated range.
func (s Sensitivity) plausible(input Input) string {
	low, high := min(s.Low, s.High), max(s.Low, s.High)
	named := [2]string{"low estimate", "high estimate"}
	if s.Percentiles {
		named = [2]string{"10th percentile", "90th percentile"}
	}
	switch {
	case math.IsNaN(low):
		return ""
	case s.Decisive():
		return ", within the range " + rangeWords(low, high, input.Unit)
	case s.Switching < low:
		return "; the " + named[0] + " is " + numberWords(low, input.Unit)
	}
	return "; the " + named[1] + " is " + numberWords(high, input.Unit)
}
