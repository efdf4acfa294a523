package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"pediment/analysis"
)

// fault returns the condition under which the column's cell breaks a rule.
func (c planned) fault() string {
	name, text := analysis.Quote(c.Name), textName(c.Name)
	var faults []string
	switch {
	case c.absent:
	case c.direct && c.form.kind != "text":
		faults = append(faults, fmt.Sprintf("(%s IS NOT NULL AND %s IS NULL)", text, name))
	case !c.direct:
		faults = append(faults, text+" IS NULL", fmt.Sprintf("(%s.v IS NOT NULL AND %s IS NULL)", text, name))
	}
	if c.required {
		faults = append(faults, name+" IS NULL")
	}
	if c.counts != "" {
		faults = append(faults, name+" < 0")
	}
	return strings.Join(faults, " OR ")
}

// negative reports whether the text at fault is a number that is negative where
// it counts.
func (c planned) negative(text string) bool {
	if c.counts == "" {
		return false
	}
	if isNumeric(c.result) { // computed, and so written as SQL writes it
		figure, err := strconv.ParseFloat(text, 64)
		return err == nil && figure < 0
	}
	return strings.HasPrefix(strings.Trim(text, spaces), "-") && c.form.isNumber(text)
}

// sure reports whether a row in the everyday way cannot break the column's rule.
// It can hold a date that is in no calendar.
func (c planned) sure() bool {
	return c.plainly() && c.form.kind != "date" && !c.required && c.counts == ""
}

// verdict returns the SQL that gives a row its file's number, the number's
// negative when it breaks a rule, and 0 when it is excluded.
func (x extract) verdict(id int64) string {
	var always, unlessPlain []string
	if x.exclude != nil {
		always = append(always, `"@exclude" IS NULL`)
	}
	for _, c := range x.columns {
		switch fault := c.fault(); {
		case fault == "":
		case c.sure():
			unlessPlain = append(unlessPlain, fault)
		default:
			always = append(always, fault)
		}
	}
	var b strings.Builder
	b.WriteString("CASE")
	if x.exclude != nil {
		b.WriteString(` WHEN "@exclude".v THEN 0`)
	}
	if len(always) > 0 {
		fmt.Fprintf(&b, " WHEN %s THEN %d", strings.Join(always, " OR "), -id)
	}
	if len(unlessPlain) > 0 {
		fmt.Fprintf(&b, ` WHEN "@plain" THEN %d WHEN %s THEN %d`, id, strings.Join(unlessPlain, " OR "), -id)
	}
	if b.Len() == len("CASE") {
		return fmt.Sprint(id)
	}
	fmt.Fprintf(&b, " ELSE %d END", id)
	return b.String()
}

// insert returns the statement that appends the rows to the dataset's table.
func (x extract) insert(table string, id int64) string {
	names := make([]string, len(x.columns))
	for i, c := range x.columns {
		names[i] = analysis.Quote(c.Name)
	}
	list := strings.Join(names, ", ")
	return fmt.Sprintf("INSERT INTO %s (%s, _file) SELECT %s, %s FROM (%s)", table, list, list, x.verdict(id), x.values(false))
}

// faulty returns the query for the rows that break a rule, with their number:
// "@row", then for each column whether it does and its text, then the raw
// columns in use.
func (x extract) faulty(limit int) string {
	items := []string{`"@row"`}
	where := []string{}
	if x.exclude != nil {
		items = append(items, `"@exclude" IS NULL`)
		where = append(where, `"@exclude" IS NULL`)
	} else {
		items = append(items, "false")
	}
	for _, c := range x.columns {
		fault := or(c.fault(), "false")
		text := "NULL"
		switch {
		case c.absent:
		case c.direct:
			text = textName(c.Name)
		default:
			text = "CAST(" + textName(c.Name) + ".v AS VARCHAR)"
		}
		items = append(items, fault, text)
		where = append(where, fault)
	}
	for i := range x.used() {
		items = append(items, fmt.Sprintf(`"@raw %d"`, i))
	}
	query := fmt.Sprintf("SELECT %s FROM (%s) WHERE (%s)", strings.Join(items, ", "), x.values(true), strings.Join(where, " OR "))
	if x.exclude != nil {
		query += ` AND NOT coalesce("@exclude".v, false)`
	}
	return fmt.Sprintf(`%s ORDER BY "@row" LIMIT %d`, query, limit)
}
