package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
)

// profile is what is seen of one raw column's texts, as far as it tells the type.
type profile struct {
	name    string
	filled  int              // cells that are neither empty nor a missing code
	numbers map[numeric]int  // cells that are numbers written so
	codes   map[string]int   // cells that are one of the usual missing codes
	dates   map[string]int   // cells that are dates of the form
	periods []int            // cells that are periods in each of periodForms
	years   int              // cells that are years from 1900 to 2100
	fiscal  bool             // some period is a fiscal year as it stands
	zeros   bool             // digits with a leading zero, as codes have
	long    map[numeric]bool // some number written so has more than two decimals
	whole   map[numeric]int  // numbers written so that have no decimals
	values  map[string]int   // the different texts, while there are few
}

// numeric is a way to write numbers.
type numeric struct{ decimal, thousands string }

// numerics are the ways tried, the plainest first: of several that fit all cells
// the first is taken.
var numerics = []numeric{{".", ""}, {",", ""}, {".", ","}, {",", "."}, {",", " "}, {".", " "}, {".", "'"}}

// usualMissing are texts that often stand for "no value".
var usualMissing = []string{"n/a", "N/A", "NA", "na", "#N/A", "-", "--", "–", ".", "..", "...", ":", "x", "*", "null", "NULL", "None", "none", "nan", "NaN", "s/d", "k.A.", "n.d.", "c", "[x]", "[c]"}

// dateForms are the forms tried for dates.
var dateForms = []struct{ form, layout string }{
	{"", "2006-01-02"}, {"%d/%m/%Y", "2/1/2006"}, {"%m/%d/%Y", "1/2/2006"}, {"%d.%m.%Y", "2.1.2006"}, {"%d-%m-%Y", "2-1-2006"}, {"%Y/%m/%d", "2006/1/2"},
}

var (
	yearHeader  = regexp.MustCompile(`^(19|20)\d\d([/-]\d\d(\d\d)?)?$`)
	ageHeader   = regexp.MustCompile(`^\d{1,3}\+?$`)
	leadingZero = regexp.MustCompile(`^0\d+$`)
	numberForms = compileNumerics()
)

const fewValues = 20

func compileNumerics() map[numeric]*regexp.Regexp {
	forms := map[numeric]*regexp.Regexp{}
	for _, n := range numerics {
		digits := `\d+`
		if n.thousands != "" {
			digits = `(\d+|\d{1,3}(` + form{thousands: n.thousands}.separator() + `\d{3})+)`
		}
		forms[n] = regexp.MustCompile(`^[+-]?` + digits + `(` + regexp.QuoteMeta(n.decimal) + `\d+)?$`)
	}
	return forms
}

// looksNumeric reports whether text is a number in any of the ways.
func looksNumeric(text string) bool {
	return slices.ContainsFunc(numerics, func(n numeric) bool { return numberForms[n].MatchString(text) })
}

// isAges reports whether the cells are headers of single years of age.
func isAges(cells []string) bool {
	n := 0
	for _, cell := range cells {
		if ageHeader.MatchString(strings.TrimSpace(cell)) {
			n++
		}
	}
	return n >= 10
}

func newProfile(name string) *profile {
	return &profile{name: name, periods: make([]int, len(periodForms)), numbers: map[numeric]int{}, whole: map[numeric]int{}, long: map[numeric]bool{}, codes: map[string]int{}, dates: map[string]int{}, values: map[string]int{}}
}

// add looks at one cell.
func (p *profile) add(cell string) {
	text := strings.Trim(cell, spaces)
	if text == "" {
		return
	}
	if slices.Contains(usualMissing, text) {
		p.codes[cell]++
		return
	}
	p.filled++
	if len(p.values) <= fewValues {
		p.values[text]++
	}
	p.zeros = p.zeros || leadingZero.MatchString(text)
	for _, n := range numerics {
		if numberForms[n].MatchString(text) {
			p.numbers[n]++
			_, fraction, decimals := strings.Cut(text, n.decimal)
			p.long[n] = p.long[n] || len(fraction) > 2
			if !decimals {
				p.whole[n]++
			}
		}
	}
	for _, f := range dateForms {
		if _, err := time.Parse(f.layout, text); err == nil {
			p.dates[f.form]++
		}
	}
	digits := numberForms[numerics[0]].MatchString(text)
	year := digits && len(text) == 4 && text >= "1900" && text <= "2100"
	if year {
		p.years++
	}
	if year || !digits {
		p.addPeriod(text)
	}
}

// addPeriod counts the ways in which the text is a period.
func (p *profile) addPeriod(text string) {
	plain := periodForms[0].fits(text)
	if !plain && !pairedYears.MatchString(text) {
		return
	}
	for i, f := range periodForms {
		if f.fits(text) {
			p.periods[i]++
		}
	}
	p.fiscal = p.fiscal || plain && strings.HasPrefix(text, "FY")
}

// periodForm returns the first form in which every cell is a period.
func (p *profile) periodForm() (periodForm, bool) {
	i := slices.IndexFunc(p.periods, p.all)
	if i < 0 {
		return periodForm{}, false
	}
	return periodForms[i], true
}

// all reports whether n is every filled cell, of which there must be some.
func (p *profile) all(n int) bool { return p.filled > 0 && n == p.filled }

// numeric reports whether every cell is a number written so.
func (p *profile) numeric(n numeric) bool { return p.all(p.numbers[n]) }

// usualNumeric returns the way in which most number columns are written.
func usualNumeric(profiles []*profile) numeric {
	best, most := numerics[0], 0
	for _, n := range numerics {
		count := 0
		for _, p := range profiles {
			if p.numeric(n) {
				count++
			}
		}
		if count > most {
			best, most = n, count
		}
	}
	return best
}

var periodNames = regexp.MustCompile(`(?i)^(period|year|fiscal.?year|school.?year|financial.?year|month|quarter|año|ano|anio|ejercicio|année|annee|jahr|anno|rok|год|السنة|سنة|年|年度|연도|년도|기간)`)

const fiscalNote = "; say when fiscal years begin with calendar: {fiscal_year_starts: …}"

// column guesses the type of the column; form is how the file's numbers are
// written.
func (p *profile) column(n numeric) guessedColumn {
	c := guessedColumn{raw: p.name, kind: "text"}
	period, periods := p.periodForm()
	switch {
	case p.filled == 0:
		c.why = "the column is empty"
	case p.all(p.years) && (periodNames.MatchString(p.name) || len(p.values) <= fewValues && p.filled > 3*len(p.values)):
		c.kind, c.why = "period", "all values are years"
	case periods && (p.years == 0 || periodNames.MatchString(p.name)) && !p.all(p.dates[""]):
		c.kind, c.from, c.why = "period", period.from(analysis.Quote(p.name)), period.why
		if p.fiscal {
			c.why += fiscalNote
		}
	case p.numeric(n) && p.zeros:
		c.why = "digits with leading zeros are codes, not amounts"
	case p.numeric(n) && p.all(p.whole[n]):
		c.kind, c.why = "integer", "all values are whole numbers"
	case p.numeric(n):
		c.kind, c.why = "number", "all values are numbers"
	default:
		p.otherType(&c)
	}
	return c
}

// otherType guesses dates and numbers written otherwise than in the rest of the
// file.
func (p *profile) otherType(c *guessedColumn) {
	for _, f := range dateForms {
		if p.all(p.dates[f.form]) {
			c.kind, c.form, c.why = "date", f.form, "all values are dates of this form"
			if f.form == "%d/%m/%Y" && p.all(p.dates["%m/%d/%Y"]) {
				c.why = "all values are dates; they could be month first as well, please check"
			}
			return
		}
	}
	for _, n := range numerics {
		if p.numeric(n) && !p.zeros {
			c.kind, c.numeric, c.why = "number", n, "all values are numbers, written otherwise than in the other columns"
			return
		}
	}
	c.why = "texts"
	if numbers := p.numbers[numerics[0]]; numbers > 0 {
		c.why = fmt.Sprintf("%d of %d values are no numbers", p.filled-numbers, p.filled)
	}
	switch n := len(p.values); {
	case n == 1:
		c.why = "one text throughout"
	case n <= fewValues:
		c.why = fmt.Sprintf("%d different texts", n)
	}
}

// guessedColumn is one column of a proposal.
type guessedColumn struct {
	name    string // key in the declaration
	raw     string // "" for a constant
	from    string // expression, "" where raw is enough
	kind    string
	form    string
	numeric numeric // where it differs from the file's
	why     string
}
