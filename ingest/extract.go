package ingest

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// extract is the SQL that turns a file's text relation into typed rows. It is
// written in layers, each a SELECT over the one before:
//
//	the file's rows that are not blank, with the file's name, unpivoted
//	"@raw 0", …      the raw columns in use
//	"=name", …       each declared column's text, or {v: computed} or NULL on failure
//	"@plain"         all numbers and dates are written in the everyday way
//	name, …          the typed values
type extract struct {
	*plan
	query    string            // of the relation
	filename string            // value of the raw column filename
	labels   map[string]string // period texts that are not labels already: the label, "" for none
}

// values returns the innermost-to-outermost SELECT that ends with the typed
// values. With numbered, query gives "@row", which is passed on.
func (x extract) values(numbered bool) string {
	row := ""
	if numbered {
		row = `"@row", `
	}
	query := x.rawLayer(row)
	for _, group := range x.groups() {
		query = x.textLayer(query, group)
	}
	if pattern, texts := x.plainPattern(); pattern != "" {
		// regexp_matches takes a quarter less time than regexp_full_match.
		query = fmt.Sprintf("SELECT *, regexp_matches(concat(%s), %s) AS \"@plain\" FROM (%s)",
			strings.Join(texts, ", '|', "), analysis.Literal("^"+pattern+"$"), query)
	}
	values := make([]string, 0, len(x.columns))
	for _, c := range x.columns {
		values = append(values, x.valueOf(c)+" AS "+analysis.Quote(c.Name))
	}
	return fmt.Sprintf("SELECT *, %s FROM (%s)", strings.Join(values, ", "), query)
}

// rawLayer returns the raw columns in use under names of their own, for rows that
// are not blank.
func (x extract) rawLayer(row string) string {
	filled := make([]string, 0, len(x.raw))
	from := "SELECT * FROM (" + x.query + ")"
	for _, name := range x.fileColumns() {
		filled = append(filled, analysis.Quote(name))
	}
	if len(filled) > 0 {
		from += " WHERE coalesce(" + strings.Join(filled, ", ") + ") IS NOT NULL"
	}
	if x.ownFilename {
		from = fmt.Sprintf("SELECT *, %s AS filename FROM (%s)", analysis.Literal(x.filename), from)
	}
	if u := x.unpivot; u != nil {
		columns := make([]string, len(u.columns))
		for i, name := range u.columns {
			columns[i] = analysis.Quote(name)
		}
		from = fmt.Sprintf("SELECT * FROM (%s) UNPIVOT (%s FOR %s IN (%s))", from, analysis.Quote(u.value), analysis.Quote(u.name), strings.Join(columns, ", "))
	}
	columns := []string{"NULL AS \"@none\""}
	for i, name := range x.used() {
		columns = append(columns, fmt.Sprintf(`%s AS "@raw %d"`, analysis.Quote(name), i))
	}
	return fmt.Sprintf("SELECT %s%s FROM (%s)", row, strings.Join(columns, ", "), from)
}

// fileColumns returns the columns the file itself has.
func (x extract) fileColumns() []string {
	names := slices.Clone(x.raw)
	if x.ownFilename {
		names = slices.DeleteFunc(names, func(name string) bool { return name == filename })
	}
	if u := x.unpivot; u != nil {
		names = slices.DeleteFunc(names, func(name string) bool { return name == u.name || name == u.value })
		names = append(names, u.columns...)
	}
	return names
}

// used returns the raw columns that expressions name, in order of the header.
func (p *plan) used() []string {
	named := map[string]bool{}
	for _, c := range p.columns {
		if !c.absent {
			for _, name := range c.Columns {
				named[name] = true
			}
		}
	}
	if p.exclude != nil {
		for _, name := range p.exclude.Columns {
			named[name] = true
		}
	}
	if p.unpivot != nil {
		named[p.unpivot.name] = true
	}
	return slices.DeleteFunc(slices.Clone(p.raw), func(name string) bool { return !named[name] })
}

// missingGroup is the columns that share one list of missing codes.
type missingGroup struct {
	codes   []string
	columns []planned
	exclude bool
}

// groups gathers the columns by their missing codes.
func (p *plan) groups() []missingGroup {
	groups := []missingGroup{{codes: p.dataset.Read.Missing, exclude: p.exclude != nil}}
	for _, c := range p.columns {
		if c.absent {
			continue
		}
		at := slices.IndexFunc(groups, func(g missingGroup) bool { return slices.Equal(g.codes, c.missing) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, missingGroup{codes: c.missing})
		}
		groups[at].columns = append(groups[at].columns, c)
	}
	return groups
}

// textLayer computes the texts of one group: the raw columns stand under their
// own names, with the group's missing codes made NULL, while its expressions see
// them.
func (x extract) textLayer(query string, g missingGroup) string {
	var clean, own, texts []string
	for i, name := range x.used() {
		raw := fmt.Sprintf(`"@raw %d"`, i)
		if len(g.codes) > 0 {
			raw = fmt.Sprintf("CASE WHEN %s IN %s THEN NULL ELSE %s END", raw, literals(g.codes), raw)
		}
		clean = append(clean, raw+" AS "+analysis.Quote(name))
		own = append(own, analysis.Quote(name))
	}
	for _, c := range g.columns {
		text := c.SQL
		if !c.direct {
			text = attempt(c.SQL)
		}
		texts = append(texts, text+" AS "+textName(c.Name))
	}
	if g.exclude {
		texts = append(texts, attempt(x.exclude.SQL)+` AS "@exclude"`)
	}
	if len(texts) == 0 {
		return query
	}
	if len(own) == 0 {
		return fmt.Sprintf("SELECT *, %s FROM (%s)", strings.Join(texts, ", "), query)
	}
	return fmt.Sprintf("SELECT * EXCLUDE (%s), %s FROM (SELECT *, %s FROM (%s))",
		strings.Join(own, ", "), strings.Join(texts, ", "), strings.Join(clean, ", "), query)
}

// attempt wraps an expression so that a failure, such as a CAST of a text that is
// no number, gives NULL and everything else, NULL included, a struct.
func attempt(expression string) string { return "TRY(struct_pack(v := (" + expression + ")))" }

func textName(column string) string { return analysis.Quote("=" + column) }

// plainPattern returns the regular expression that all directly read numbers and
// dates of a row, joined by "|", fit when each is written in the everyday way.
// One match of the row costs less than one of each cell.
func (x extract) plainPattern() (pattern string, texts []string) {
	var parts []string
	for _, c := range x.columns {
		if c.plainly() {
			parts = append(parts, c.form.plain())
			texts = append(texts, textName(c.Name))
		}
	}
	return strings.Join(parts, `\|`), texts
}

// plainly reports whether the column takes part in the plain pattern.
func (c planned) plainly() bool { return c.direct && !c.absent && c.form.plain() != "" }

// valueOf returns the SQL of a column's typed value.
func (x extract) valueOf(c planned) string {
	text := textName(c.Name)
	switch {
	case c.absent:
		return "CAST(NULL AS " + columnTypes[c.form.kind] + ")"
	case c.form.kind == "period":
		if !c.direct {
			text = "CAST(" + text + ".v AS VARCHAR)"
		}
		return x.label(text)
	case !c.direct:
		value, _ := c.form.convert(text+".v", c.result)
		return value
	case c.plainly():
		return fmt.Sprintf(`CASE WHEN "@plain" THEN %s ELSE %s END`, c.form.plainValue(text), c.form.value(text))
	}
	return c.form.value(text)
}

// label returns the SQL that gives period texts their labels.
func (x extract) label(text string) string {
	if len(x.labels) == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString("CASE " + text)
	for _, from := range sortedKeys(x.labels) {
		to := "NULL"
		if x.labels[from] != "" {
			to = analysis.Literal(x.labels[from])
		}
		fmt.Fprintf(&b, " WHEN %s THEN %s", analysis.Literal(from), to)
	}
	b.WriteString(" ELSE " + text + " END")
	return b.String()
}
