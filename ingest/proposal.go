package ingest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
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
	{"persons", []string{"integer"}, regexp.MustCompile(`(?i)^(persons?|people|population|habitants|visits?|attendances?|enrol(l)?ments?|learners|participants|members|users|loans|count|anzahl)$`)},
	{"value", []string{"integer", "number"}, regexp.MustCompile(`(?i)^(value|valor|wert|valeur|obs_value|값|القيمة)$`)},
	{"series", []string{"text"}, regexp.MustCompile(`(?i)^(series|indicator|indicador|indikator|indicateur|지표|المؤشر)$`)},
}

var (
	weightName = regexp.MustCompile(`(?i)^(w|wt|weights?|weighting|peso|gewicht|poids)$|_(wt|weight)$`)
	answerName = regexp.MustCompile(`(?i)^q\d+`)
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
	if allowed := canonicalTypes[name]; allowed != nil && !slices.Contains(allowed, c.kind) {
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
	case has("persons"):
		p.kind, p.kindWhy = "participation", fmt.Sprintf("column %q counts", p.column("persons").raw)
	default:
		p.kind, p.kindWhy = "survey", "nothing tells what its rows are: survey, participation, budget, statistic, population, space, event, review or feedback?"
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
	if strings.Contains(p.header.names[u.columns[0]], "-") {
		header.from, header.why = "'FY' || "+u.name, "headers such as 2014-15 are taken for fiscal years; for school years write replace("+u.name+", '-', '/')"
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

// addPeriod makes sure there is a period: from a date, the file's name or, for
// want of anything better, this year.
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
		period.from, period.why = fmt.Sprintf("'%d'", time.Now().Year()), "nothing in the file says which period it is: put in the right one"
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

// writeProposal writes the drafts as YAML.
func writeProposal(drafts []*draft) string {
	var b strings.Builder
	b.WriteString("datasets:\n")
	taken := map[string]bool{}
	for _, d := range drafts {
		p := d.guesses()
		name := p.stem()
		for _, k := range kinds {
			if name == k.name && k.name != "survey" {
				name += "_data" // the kind's own name is what several datasets of the kind share
			}
		}
		for unique, n := name, 2; ; n++ {
			if !taken[unique] {
				taken[unique] = true
				p.write(&b, unique)
				break
			}
			unique = fmt.Sprintf("%s_%d", name, n)
		}
	}
	return b.String()
}

// write writes one dataset, a guess a line.
func (p *proposal) write(b *strings.Builder, name string) {
	line := func(indent int, text, why string) {
		b.WriteString(strings.Repeat("  ", indent) + text)
		if why != "" {
			b.WriteString("  # guessed: " + strings.Join(strings.Fields(why), " "))
		}
		b.WriteByte('\n')
	}
	line(1, yamlText(name)+":", "")
	line(2, "kind: "+p.kind, p.kindWhy)
	paths := make([]string, len(p.names))
	for i, path := range p.names {
		paths[i] = filepath.ToSlash(path)
	}
	why := ""
	if len(paths) > 1 {
		why = "they have the same columns"
	}
	line(2, "files: "+yamlList(paths), why)
	p.writeRead(line)
	if condition := p.exclude(); condition != "" {
		line(2, "exclude: "+yamlText(condition), "these rows are totals or notes, not data")
	}
	if u := p.unpivot; u != nil {
		line(2, fmt.Sprintf("unpivot: {columns: %s, name: %s, value: %s}", p.unpivotColumns(), yamlText(u.name), yamlText(u.value)), fmt.Sprintf("%d headers are %s", len(u.columns), map[bool]string{true: "ages", false: "years"}[u.ages]))
	}
	line(2, "columns:", "")
	for _, c := range p.columns {
		line(3, yamlText(c.name)+": "+c.yaml(), c.why)
	}
	if p.weight != "" {
		line(2, "design: {weight: "+yamlText(analysis.Quote(p.weight))+"}", "the column's name; stratum and psu must be added where the survey has them")
	}
}

func (p *proposal) writeRead(line func(indent int, text, why string)) {
	settings := slices.Clone(p.settings)
	if p.numeric.decimal != "." {
		settings = append(settings, setting{"decimal", p.numeric.decimal, "most numbers are written so"})
	}
	if p.numeric.thousands != "" {
		settings = append(settings, setting{"thousands", p.numeric.thousands, "most numbers are written so"})
	}
	if len(settings)+len(p.missing) == 0 {
		return
	}
	line(2, "read:", "")
	for _, s := range settings {
		value := yamlText(s.value)
		if s.key == "header" {
			value = s.value
		}
		line(3, s.key+": "+value, s.why)
	}
	if len(p.missing) > 0 {
		line(3, "missing: "+yamlList(p.missing), fmt.Sprintf("they stand among numbers or dates in %d columns", p.missingColumns))
	}
}

// exclude returns the condition that finds totals and notes.
func (p *proposal) exclude() string {
	var parts []string
	for _, name := range sortedKeys(p.totals) {
		parts = append(parts, analysis.Quote(name)+" IN "+literals(p.totals[name]))
	}
	return strings.Join(parts, " OR ")
}

// unpivotColumns returns the headers as a pattern, where that fits them alone.
func (p *proposal) unpivotColumns() string {
	pattern := `^(19|20)\d\d$`
	if p.unpivot.ages {
		pattern = `^\d{1,3}\+?$`
	}
	form := regexp.MustCompile(pattern)
	names := make([]string, 0, len(p.unpivot.columns))
	fits := 0
	for i, name := range p.header.names {
		if form.MatchString(name) {
			fits++
		}
		if p.unpivoted(i) {
			names = append(names, name)
		}
	}
	if fits != len(names) {
		return yamlList(names)
	}
	return "'/" + pattern + "/'"
}

// yaml returns the column's declaration.
func (c guessedColumn) yaml() string {
	parts := []string{"type: " + c.kind}
	switch {
	case c.from != "":
		parts = append(parts, "from: "+yamlText(c.from))
	case c.raw != c.name:
		parts = append(parts, "from: "+yamlText(c.raw))
	}
	if c.form != "" {
		parts = append(parts, "form: "+yamlText(c.form))
	}
	if c.numeric.decimal != "" {
		parts = append(parts, "decimal: "+yamlText(c.numeric.decimal))
	}
	if c.numeric.thousands != "" {
		parts = append(parts, "thousands: "+yamlText(c.numeric.thousands))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

var plainYAML = regexp.MustCompile(`^[\pL_/][\pL\pM\pN_./-]*( [\pL\pN_./-]+)*$`)

// yamlText writes a text as YAML, in quotes where it might be taken for something
// else.
func yamlText(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return strconv.Quote(text)
	}
	if plainYAML.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

func yamlList(texts []string) string {
	if len(texts) == 1 {
		return yamlText(texts[0])
	}
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = yamlText(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
