package budget

import (
	"fmt"
	"strconv"
	"strings"

	"pediment/analysis"
)

// findings are sentences for people, by what they are about.
type findings [][]any

func (f *findings) say(about, format string, args ...any) {
	*f = append(*f, []any{about, fmt.Sprintf(format, args...)})
}

func (f findings) table() analysis.Table {
	return analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text"), Rows: f}
}

// spoken is an amount as it is said: "655.2 million EUR", "12,480 EUR".
func (l *ledger) spoken(cents int64) string {
	size := cents
	if size < 0 {
		size = -size
	}
	text := ""
	switch units := float64(size) / 100; {
	case units >= 999_950_000:
		text = strconv.FormatFloat(units/1e9, 'f', 2, 64) + " billion"
	case units >= 999_950:
		text = strconv.FormatFloat(units/1e6, 'f', 1, 64) + " million"
	case units >= 100:
		text = grouped(strconv.FormatFloat(units, 'f', 0, 64))
	default:
		text = strconv.FormatFloat(units, 'f', 2, 64)
	}
	if cents < 0 {
		text = "−" + text
	}
	return strings.TrimSpace(text + " " + l.currency)
}

// grouped puts commas between thousands.
func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// share is a percentage as it is said: "96.6 %".
func share(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), "-", "−", 1) + " %"
}

// change is a percentage with its sign: "+3.1 %".
func change(x float64) string {
	if x > 0 {
		return "+" + share(x)
	}
	return share(x)
}
