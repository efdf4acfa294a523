package ingest

import (
	"fmt"
	"regexp"
	"strings"

	"pediment/analysis"
)

// periodForm is a way files write periods: the expression that makes a column's
// texts periods, and the same for one text.
type periodForm struct {
	from func(column string) string // "" where the column is enough
	read func(text string) string
	why  string
}

const yearsNote = "; where they are fiscal years, say when these begin with calendar: {fiscal_year_starts: …} and make them FY2014-15"

// periodForms are the forms tried, the plainest first: of several that fit all
// cells the first is taken. Years in pairs are proposed as 2014/15, which is a
// period whatever the calendar.
var periodForms = []periodForm{
	{func(string) string { return "" }, func(text string) string { return text }, "all values are periods"},
	{
		func(column string) string { return "replace(" + column + ", '-', '/')" },
		func(text string) string { return strings.ReplaceAll(text, "-", "/") },
		"pairs of years are periods when written 2014/15" + yearsNote,
	},
	{
		func(column string) string {
			return "replace(replace(replace(" + column + ", 'FY', ''), ' ', ''), '-', '/')"
		},
		bareYears,
		"fiscal years are periods when written 2014/15" + yearsNote,
	},
	{
		func(column string) string {
			return "'20' || replace(replace(replace(" + column + ", 'FY', ''), ' ', ''), '-', '/')"
		},
		func(text string) string { return "20" + bareYears(text) },
		"fiscal years are periods when written 2014/15, and are taken to be of this century" + yearsNote,
	},
}

// bareYears is the text of a fiscal year without what a school year has not.
func bareYears(text string) string {
	return strings.NewReplacer("FY", "", " ", "", "-", "/").Replace(text)
}

// pairedYears fits what the forms but the first are for.
var pairedYears = regexp.MustCompile(`^(FY ?\d{2}|(FY ?)?\d{4}) ?[-/] ?(\d{4}|\d{2})$`)

// standardCalendar is the calendar of a city that declares none: what it reads,
// every calendar reads.
var standardCalendar analysis.Calendar

// fits reports whether the text is a period once written so.
func (f periodForm) fits(text string) bool {
	_, err := standardCalendar.ParsePeriod(f.read(text))
	return err == nil
}

// periodFormOf returns the first form, from the given one on, that fits all texts.
func periodFormOf(texts []string, first int) (periodForm, error) {
	for _, f := range periodForms[first:] {
		fit := true
		for _, text := range texts {
			fit = fit && f.fits(text)
		}
		if fit {
			return f, nil
		}
	}
	return periodForm{}, fmt.Errorf("no form fits %s", strings.Join(texts, ", "))
}
