package progress

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
)

// titleOf names a measure: indicator, place, group.
func titleOf(m Measure, indicator string, s Setup) string {
	title := m.Name
	if title == "" {
		title = indicator
	}
	if title == "" {
		title = m.Code.Value
	}
	var parts []string
	if m.Place.Value != "" {
		parts = append(parts, s.Places.Name(m.Place.Value))
	}
	if len(m.Group) > 0 {
		part := s.groupWords(m.Group)
		if len(m.To) > 0 {
			part += " beside " + s.groupWords(m.To)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return title
	}
	return title + " (" + strings.Join(parts, "; ") + ")"
}

// groupWords is a group for readers: "age 25-34, sex female", or as the city says it.
func (s Setup) groupWords(g analysis.Group) string {
	parts := make([]string, len(g))
	if s.Level != nil {
		for i, l := range g {
			parts[i] = s.Level(l)
		}
		return strings.Join(parts, ", ")
	}
	for i, l := range g {
		switch column := strings.ReplaceAll(l.Column, "_", " "); l.Value {
		case "true":
			parts[i] = column
		case "false":
			parts[i] = "not " + column
		default:
			parts[i] = column + " " + l.Value
		}
	}
	return strings.Join(parts, ", ")
}

// methodWords names a method in a sentence.
func methodWords(m Method) string {
	switch m {
	case OpenSDG:
		return "the Open SDG method"
	case Eurostat:
		return "Eurostat's method"
	case UNChart:
		return "the UN chart's method"
	case ESCAP:
		return "ESCAP's projection"
	case SDGIndex:
		return "the SDG Index's trend"
	case LogitPace:
		return "the logit method"
	}
	return "the linear method"
}

// supported is after how many decimals a standard error allows to print, by the rule
// of the Particle Data Group: two digits of an error that begins with 100 to 354 or
// 950 to 999 count, else one.
func supported(se float64) int {
	order := int(math.Floor(math.Log10(se)))
	if math.Round(se/math.Pow10(order-2)) < 355 {
		return 1 - order
	}
	return -order
}

// figure prints a number with no more decimals than its error supports and readers
// need.
func figure(x, se float64) string {
	decimals := 0
	switch {
	case se > 0 && math.Abs(x) >= 10:
		decimals = min(supported(se), 1)
	case se > 0 && math.Abs(x) >= .1:
		decimals = min(supported(se), 2)
	case se > 0:
		decimals = min(supported(se), 3)
	case x == math.Trunc(x) || math.Abs(x) >= 100:
	case math.Abs(x) >= 10:
		decimals = 1
	case math.Abs(x) >= .1:
		decimals = 2
	default:
		decimals = 3
	}
	text := decimal(x, max(decimals, 0))
	if se > 0 || !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// decimal prints a number with so many decimals, commas and a true minus sign.
func decimal(x float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, rest, fraction := strings.Cut(text, ".")
	text = grouped(whole)
	if fraction {
		text += "." + rest
	}
	if x < 0 && strings.Trim(text, "0.,") != "" {
		text = "−" + text
	}
	return text
}

// grouped sets commas between thousands.
func grouped(digits string) string {
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, parts...), ",")
}

// about is an amount to two significant digits, for what rests on estimates.
func about(x float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(math.Abs(x), 'e', 1, 64), 64)
	switch {
	case rounded >= 1e9:
		return strconv.FormatFloat(rounded/1e9, 'f', -1, 64) + " billion"
	case rounded >= 1e6:
		return strconv.FormatFloat(rounded/1e6, 'f', -1, 64) + " million"
	}
	return figure(math.Round(rounded), 0)
}

// asPublished is the unit of figures that were published without one.
const asPublished = "as published"

// inUnit is a value with its unit.
func inUnit(x, se float64, unit string) string {
	switch unit {
	case "percent":
		return percentage(x, se) + " %"
	case "", "ratio", asPublished:
		return figure(x, se)
	}
	return figure(x, se) + " " + unit
}

// percentage is a figure of which readers need one decimal at most.
func percentage(x, se float64) string {
	if se > 0 && math.Abs(x) < 10 {
		return decimal(x, min(max(supported(se), 0), 1))
	}
	return figure(x, se)
}

// stepDecimals is what an error supports, one where there is none.
func stepDecimals(se float64) int {
	if se > 0 {
		return supported(se)
	}
	return 1
}

// stepUnit is the unit of a difference.
func stepUnit(unit string) string {
	switch unit {
	case "percent":
		return " points"
	case "", "ratio", asPublished:
		return ""
	}
	return " " + unit
}

// chance is a probability in words: never quite certain for what was sampled.
func chance(p float64) string {
	switch {
	case p > .99:
		return "more than 99 %"
	case p < .01:
		return "less than 1 %"
	}
	return strconv.FormatFloat(math.Round(p*100), 'f', 0, 64) + " %"
}

// years is a number of years in words.
func years(x float64) string {
	switch {
	case x < 1:
		return "less than a year"
	case x < 1.5:
		return "about a year"
	case x > 50:
		return "more than 50 years"
	}
	return "about " + strconv.FormatFloat(math.Round(x), 'f', 0, 64) + " years"
}

// comes says when something comes that is x years off; how far a pace leads nobody
// knows to the month.
func comes(x float64) string {
	if x < 1.5 {
		return "within about a year"
	}
	return "in " + years(x)
}

// counts is a number of things with the right form of the word.
func counts(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(strconv.Itoa(n)) + " " + many
}

// listed joins words as in a sentence: a, b and c.
func listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// opened begins a sentence with a capital letter.
func opened(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// cell is a cell that is empty where the number is unknown.
func cell(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}
