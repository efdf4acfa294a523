package costbenefit

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"pediment/analysis"
)

// quantity is a number as written: its value, a percentage as a fraction.
type quantity struct {
	value   float64
	percent bool
}

var (
	plainNumber  = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*%?$`)
	commaNumber  = regexp.MustCompile(`^[+-]?\d+,\d+\s*%?$`)
	groupedText  = regexp.MustCompile(`^[+-]?\d{1,3}([ '_,.’\x{00a0}\x{202f}]\d{3})+([.,]\d+)?\s*%?$`)
	amountOfText = regexp.MustCompile(`^\p{Sc}|\p{Sc}$|^[A-Z]{3}\s*\d|^\d.*\s[A-Z]{3}$`)
	identifier   = regexp.MustCompile(`^\p{L}[\p{L}\p{N}_-]*$`)
)

// parseNumber reads a number with a point for decimals, or a percentage with its
// sign. Of anything else hint says how to write it, "" when it looks like no
// number at all.
func parseNumber(text string) (q quantity, hint string, ok bool) {
	text = strings.TrimSpace(text)
	if plainNumber.MatchString(text) {
		digits, percent := strings.CutSuffix(text, "%")
		return scaled(strings.TrimSpace(digits), percent)
	}
	switch {
	case groupedText.MatchString(text) && !commaOnly(text):
		return quantity{}, "write it without thousands separators", false
	case groupedText.MatchString(text):
		return quantity{}, fmt.Sprintf("write %s, or %s for thousands", strings.Replace(text, ",", ".", 1), strings.Replace(text, ",", "", 1)), false
	case commaNumber.MatchString(text):
		return quantity{}, "write decimals with a point: " + strings.Replace(text, ",", ".", 1), false
	case amountOfText.MatchString(text):
		return quantity{}, "write the number alone; the currency is given once, as currency", false
	}
	return quantity{}, "", false
}

// commaOnly reports whether one comma is the only separator: "1,200" may be
// meant either way.
func commaOnly(text string) bool {
	return strings.Count(text, ",") == 1 && !strings.ContainsAny(text, " '_.’\u00a0\u202f")
}

// scaled reads digits; a percentage by moving its point, which rounds only once.
func scaled(digits string, percent bool) (quantity, string, bool) {
	written := digits
	if percent && !strings.ContainsAny(digits, "eE") {
		written += "e-2"
	}
	x, err := strconv.ParseFloat(written, 64)
	if percent && written == digits {
		x /= 100
	}
	if err != nil || math.IsInf(x, 0) {
		return quantity{}, "it is too large", false
	}
	return quantity{x, percent}, "", true
}

// looksLikeID reports whether the text may be the id of an assumption.
func looksLikeID(text string) bool { return identifier.MatchString(text) }

// given reports whether anything is written.
func given(t analysis.Text) bool { return t.Value != "" }

// rule is what a number must satisfy where it is used.
type rule string

// The rules; the zero one admits every number.
const (
	share       rule = "between 0 and 1"
	positive    rule = "above 0"
	notNegative rule = "0 or more"
	aboveMinus1 rule = "above -100 %"
	rateRule    rule = "above -100 % and at most 100 % a year"
	belowOne    rule = "0 or more and below 1"
)

// admits reports whether the number satisfies the rule. NaN, which stands for
// nothing known, does.
func (r rule) admits(x float64) bool {
	switch r {
	case share:
		return !(x < 0 || x > 1)
	case positive:
		return !(x <= 0)
	case notNegative:
		return !(x < 0)
	case aboveMinus1:
		return !(x <= -1)
	case rateRule:
		return !(x <= -1 || x > 1)
	case belowOne:
		return !(x < 0 || x >= 1)
	}
	return true
}

// hint says what may have been meant by a number that breaks the rule.
func (r rule) hint(x float64) string {
	switch {
	case (r == share || r == belowOne) && x > 1 && x <= 100:
		return fmt.Sprintf("write a percentage with its sign: %s%%", plain(x))
	case r == belowOne && x == 1:
		return "for an effect that is gone after one year leave it out and give duration: 1"
	case r == rateRule && x > 1:
		return fmt.Sprintf("write a percentage with its sign: %s%%", plain(x))
	case r == aboveMinus1 || r == rateRule:
		return "a rate of -100 % or less leaves nothing to discount"
	}
	return ""
}

// plain prints a number in full without an exponent.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
