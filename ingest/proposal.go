package ingest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"pediment/analysis"
)

// proposal is a draft with its guesses made.
type proposal struct {
	*draft
	numeric        numeric
	kind, kindWhy  string
	columns        []guessedColumn
	weight         string // raw column of survey weights
	missing        []string
	missingColumns int
}

// What a proposal says where no file tells: a person must put it in before
// anything loads.
const (
	unknownKind   = "?"
	unknownPeriod = "''"
)

// canonicalNames guess canonical columns from headers, in order of preference.
var canonicalNames = []struct {
	name  string
	kinds []string
	form  *regexp.Regexp
}{
	{"amount", []string{"integer", "number"}, regexp.MustCompile(`(?i)^(amount|amt|importe|betrag|montant|valor|monto|gasto|expenditure|budget|cost|outturn)`)},
	{"lat", []string{"number", "integer"}, regexp.MustCompile(`(?i)^(lat|latitude|latitud)$`)},
	{"lon", []string{"number", "integer"}, regexp.MustCompile(`(?i)^(lon|lng|long|longitude|longitud)$`)},
	{"place", []string{"text", "integer"}, regexp.MustCompile(`(?i)^(place|district|distrito|bezirk|stadtteil|quartier|barrio|ward|borough|area|neighbou?rhood|authority|municipality|region|zip|postcode|지역|구|المنطقة)`)},
	{"sex", []string{"text", "integer"}, regexp.MustCompile(`(?i)^(sex|sexo|sexe|gender|geschlecht|género|성별|الجنس)$`)},
	{"age", []string{"integer"}, regexp.MustCompile(`(?i)^(age|edad|alter|âge|나이|연령|العمر)$`)},
	{"persons", []string{"integer"}, regexp.MustCompile(`(?i)^(persons?|people|population|personen|personas|personnes|habitants|habitantes|einwohner|inhabitants|residents|visits?|attendances?|enrol(l)?ments?|learners|participants|members|users|loans|count|anzahl)$`)},
	{"value", []string{"integer", "number"}, regexp.MustCompile(`(?i)^(value|valor|wert|valeur|obs_value|값|القيمة)$`)},
	{"series", []string{"text"}, regexp.MustCompile(`(?i)^(series|indicator|indicador|indikator|indicateur|지표|المؤشر)$`)},
}

var (
	weightName = regexp.MustCompile(`(?i)^(w|wt|weights?|weighting|peso|gewicht|poids)$|_(wt|weight)$`)
	answerName = regexp.MustCompile(`(?i)^q\d+`)
	peopleName = regexp.MustCompile(`(?i)^(persons?|people|population|personen|personas|personnes|habitants|habitantes|einwohner|inhabitants|residents)$`)
	fileYear   = regexp.MustCompile(`(19|20)\d\d`)
)

// guesses makes the guesses a draft allows.
func (d *draft) guesses() *proposal {
	p := &proposal{draft: d, numeric: usualNumeric(d.profiles)}
	taken := map[string]bool{}
	for i, profile := range d.profiles {
		c := profile.column(p.numeric)
		if d.unpivot == nil || i < len(d.profiles)-1 {
			c.name = p.key(c, taken)
			if slices.Equal(canonicalTypes[c.name], []string{"text"}) && c.kind != "text" {
				c.kind, c.why = "text", "codes are text, be they digits"
			}
			p.columns = append(p.columns, c)
		}
		if c.kind != "text" && len(profile.codes) > 0 {
			p.missing = append(p.missing, sortedKeys(profile.codes)...)
			p.missingColumns++
		}
	}
	slices.Sort(p.missing)
	p.missing = slices.Compact(p.missing)
	p.guessKind()
	p.addUnpivoted()
	p.addPeriod()
	p.addSeries()
	return p
}

// key names a column in the declaration: canonically if header and type suit,
// else after the header.
func (p *proposal) key(c guessedColumn, taken map[string]bool) string {
	name := slug(c.raw)
	if c.kind == "period" && !taken["period"] {
		name = "period"
	} else {
		for _, canonical := range canonicalNames {
			if canonical.form.MatchString(c.raw) && slices.Contains(canonical.kinds, c.kind) && !taken[canonical.name] {
				name = canonical.name
				break
			}
		}
	}
	if allowed := canonicalTypes[name]; allowed != nil && !slices.Contains(allowed, c.kind) && !slices.Contains(allowed, "text") {
		name += "_text"
		if name == "age_text" {
			name = "age_band"
		}
	}
	for unique, n := name, 2; ; n++ {
		if !taken[unique] {
			taken[unique] = true
			return unique
		}
		unique = fmt.Sprintf("%s_%d", name, n)
	}
}

// slug makes a header a name: lower case, letters and digits, _ between.
func slug(header string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(header) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	name := strings.Trim(b.String(), "_")
	if name == "" || unicode.IsDigit([]rune(name)[0]) {
		name = strings.Trim("the_"+name, "_")
	}
	return name
}

func (p *proposal) column(name string) *guessedColumn {
	i := slices.IndexFunc(p.columns, func(c guessedColumn) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &p.columns[i]
}

// guessKind guesses what the rows are from the columns there are.
func (p *proposal) guessKind() {
	answers := 0
	for _, c := range p.columns {
		if answerName.MatchString(c.raw) {
			answers++
		}
		if weightName.MatchString(c.raw) && (c.kind == "number" || c.kind == "integer") && p.weight == "" {
			p.weight = c.raw
		}
	}
	has := func(name string) bool { return p.column(name) != nil }
	switch {
	case p.unpivot != nil && p.unpivot.ages:
		p.kind, p.kindWhy = "population", "its headers are ages"
	case has("amount"):
		p.kind, p.kindWhy = "budget", fmt.Sprintf("column %q looks like an amount of money", p.column("amount").raw)
	case p.weight != "" || answers >= 5:
		p.kind, p.kindWhy = "survey", "it has weights or numbered questions"
	case p.unpivot != nil:
		p.kind, p.kindWhy = "statistic", "its headers are years"
	case has("lat") && has("lon"):
		p.kind, p.kindWhy = "space", "it has coordinates"
	case has("value"):
		p.kind, p.kindWhy = "statistic", fmt.Sprintf("column %q looks like its figure", p.column("value").raw)
	case has("persons") && (has("age") || has("age_band")) && peopleName.MatchString(p.column("persons").raw):
		p.kind, p.kindWhy = "population", fmt.Sprintf("column %q counts people by age", p.column("persons").raw)
	case has("persons"):
		p.kind, p.kindWhy = "participation", fmt.Sprintf("column %q counts", p.column("persons").raw)
	default:
		p.kind, p.kindWhy = unknownKind, "nothing tells what its rows are: survey, participation, budget, statistic, population, space, event, review or feedback?"
	}
	if p.kind != "survey" {
		p.weight = ""
	}
	if p.weight != "" {
		p.columns = slices.DeleteFunc(p.columns, func(c guessedColumn) bool { return c.raw == p.weight })
	}
	if amount := p.column("amount"); amount != nil && !p.profile(amount.raw).long[p.numeric] {
		amount.kind, amount.why = "decimal", "money with at most 2 decimals"
	}
}

func (p *proposal) profile(raw string) *profile {
	return p.profiles[slices.IndexFunc(p.profiles, func(o *profile) bool { return o.name == raw })]
}

// addUnpivoted adds the columns that headers and cells become.
func (p *proposal) addUnpivoted() {
	u := p.unpivot
	if u == nil {
		return
	}
	cells := p.profiles[len(p.profiles)-1].column(p.numeric)
	if cells.kind == "period" {
		cells.kind = "integer"
	}
	figure := guessedColumn{name: "value", raw: u.value, kind: cells.kind, numeric: cells.numeric, why: "the cells under the unpivoted headers: " + cells.why}
	header := guessedColumn{name: "period", raw: u.name, kind: "period", why: "the headers are years"}
	if form, err := p.headerForm(); err != nil {
		header.from, header.why = unknownPeriod, "the headers look like years but are not read as such: "+err.Error()
	} else if header.from = form.from(u.name); header.from != "" {
		header.why = form.why
	}
	if u.ages {
		figure.name = "persons"
		header = guessedColumn{name: "age", raw: u.name, kind: "integer", from: "CAST(replace(" + u.name + ", '+', '') AS INTEGER)", why: "the headers are ages"}
	}
	if figure.kind == "text" || figure.kind == "date" {
		figure.kind, figure.why = "number", "the cells under the unpivoted headers; those that are no numbers will be rejects"
	}
	p.columns = slices.DeleteFunc(p.columns, func(c guessedColumn) bool { return c.name == figure.name || c.name == header.name })
	p.columns = append(p.columns, header, figure)
}

// headerForm returns the form in which the unpivoted headers are periods. Those
// with a hyphen are pairs of years, 2011-12 not a month.
func (p *proposal) headerForm() (periodForm, error) {
	first := 0
	texts := make([]string, len(p.unpivot.columns))
	for i, column := range p.unpivot.columns {
		texts[i] = p.header.names[column]
		if strings.Contains(texts[i], "-") {
			first = 1
		}
	}
	return periodFormOf(texts, first)
}

// addPeriod makes sure there is a period: from a date, the file's name or, for
// want of both, one that a person must put in before anything loads.
func (p *proposal) addPeriod() {
	if p.column("period") != nil || p.kind == "space" {
		return
	}
	period := guessedColumn{name: "period", kind: "period"}
	for _, c := range p.columns {
		if c.kind == "date" {
			text := analysis.Quote(c.raw)
			period.from, period.why = "left("+text+", 7)", fmt.Sprintf("the month of %q", c.raw)
			if c.form != "" {
				period.from = fmt.Sprintf("strftime(strptime(%s, %s), '%%Y-%%m')", text, analysis.Literal(c.form))
			}
			break
		}
	}
	if year := fileYear.FindString(filepath.Base(p.names[0])); period.from == "" && year != "" {
		period.from, period.why = "'"+year+"'", "the file's name; no column looks like a period"
	}
	if period.from == "" {
		period.from, period.why = unknownPeriod, "nothing in the file says which period it is: put it in"
	}
	p.columns = slices.Insert(p.columns, 0, period)
}

// addSeries names the series of a statistic that does not say it.
func (p *proposal) addSeries() {
	if p.kind == "statistic" && p.column("series") == nil {
		p.columns = slices.Insert(p.columns, 0, guessedColumn{name: "series", kind: "text", from: analysis.Literal(p.stem()), why: "the file's name; give the figure the name indicators use"})
	}
}

// stem is the first file's name as a dataset's name.
func (p *proposal) stem() string {
	base := filepath.Base(p.names[0])
	return slug(strings.TrimSuffix(base, filepath.Ext(base)))
}
