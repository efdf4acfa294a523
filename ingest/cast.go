package ingest

import (
	"fmt"
	"regexp"
	"strings"

	"pediment/analysis"
)

// form is how a column's texts are written: what makes a text a number, a date
// or a boolean, as SQL. A text that does not fit gives NULL.
type form struct {
	kind               string // the declared type
	decimal, thousands string
	date               string   // strptime signs, "" for ISO
	isoToo             bool     // dates may also be ISO: the file knows dates
	yes, no            []string // of a boolean, nil for the default words
	calendar           analysis.Calendar
}

// plain returns a regular expression for the everyday way of writing the type,
// for which plainValue is right, or "" when there is none. It also fits the empty
// text, which stands for NULL here.
func (f form) plain() string {
	point := "[" + f.decimal + "]"
	switch {
	case f.kind == "integer":
		return "(-?[0-9]{1,18})?"
	case f.kind == "number":
		return "(-?[0-9]{1,15}(" + point + "[0-9]{1,15})?)?"
	case f.kind == "decimal":
		return "(-?[0-9]{1,16}(" + point + "[0-9][0-9]?)?)?"
	case f.kind == "date" && f.date == "":
		return "([0-9]{4}-[0-9][0-9]-[0-9][0-9])?"
	}
	return ""
}

// plainValue casts a text that fits plain. A day that is in no calendar gives NULL.
func (f form) plainValue(text string) string {
	if f.decimal != "." && (f.kind == "number" || f.kind == "decimal") {
		text = fmt.Sprintf("replace(%s, %s, '.')", text, analysis.Literal(f.decimal))
	}
	return fmt.Sprintf("TRY_CAST(%s AS %s)", text, columnTypes[f.kind])
}

// value casts any text of the form.
func (f form) value(text string) string {
	switch f.kind {
	case "integer", "number", "decimal":
		return f.number(text)
	case "date":
		return f.day(text)
	case "boolean":
		return f.truth(text)
	}
	return text
}

const (
	spaces  = " \t\u00a0\u202f"
	trimmed = "trim(%s, '" + spaces + "')"
)

// number returns a cast that first holds the whole text against the declared
// signs: a sign in front, digits alone or in threes, decimals; for an integer
// only zeros after the decimal sign, for a decimal zeros after the second.
func (f form) number(text string) string {
	point, digits := regexp.QuoteMeta(f.decimal), `\d+`
	if f.thousands != "" {
		digits = `(\d+|\d{1,3}(` + f.separator() + `\d{3})+)`
	}
	fraction := map[string]string{"integer": "0+", "number": `\d+`, "decimal": `\d{1,2}0*`}[f.kind]
	pattern := fmt.Sprintf(`[+-]?(%s(%s%s)?|%s%s)`, digits, point, fraction, point, fraction)
	if f.kind == "number" {
		pattern += `([eE][+-]?\d{1,2})?` // programs write 0.00002 as 2e-05
	}
	bare := fmt.Sprintf(trimmed, text)
	norm := bare
	if f.thousands != "" {
		norm = fmt.Sprintf("regexp_replace(%s, %s, '', 'g')", norm, analysis.Literal(f.separator()))
	}
	if f.decimal != "." {
		norm = fmt.Sprintf("replace(%s, %s, '.')", norm, analysis.Literal(f.decimal))
	}
	if f.kind == "integer" {
		norm = fmt.Sprintf("split_part(%s, '.', 1)", norm)
	}
	return fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN TRY_CAST(%s AS %s) END", bare, analysis.Literal(pattern), norm, columnTypes[f.kind])
}

// separator returns a regular expression for the thousands sign; the space has
// look-alikes that do not break a line, the apostrophe a typographic one.
func (f form) separator() string {
	switch f.thousands {
	case " ":
		return "[ \u00a0\u202f]"
	case "'":
		return "['’]"
	}
	return regexp.QuoteMeta(f.thousands)
}

// day returns a cast of dates: ISO exactly, or the declared form with a year that
// has four digits once read.
func (f form) day(text string) string {
	bare := fmt.Sprintf(trimmed, text)
	iso := fmt.Sprintf(`CASE WHEN regexp_full_match(%s, '\d{4}-\d\d-\d\d') THEN TRY_CAST(%s AS DATE) END`, bare, bare)
	if f.date == "" {
		return iso
	}
	parsed := fmt.Sprintf("TRY_CAST(try_strptime(%s, %s) AS DATE)", bare, analysis.Literal(f.date))
	day := fmt.Sprintf("CASE WHEN %s BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' THEN %s END", parsed, parsed)
	if f.isoToo {
		day = fmt.Sprintf("coalesce(%s, %s)", iso, day)
	}
	return day
}

// truth returns a cast of booleans: declared texts exactly as they stand, the
// default words in any letter case.
func (f form) truth(text string) string {
	bare := fmt.Sprintf(trimmed, text)
	yes, no := wordList(bare, f.yes, "true", "yes", "1"), wordList(bare, f.no, "false", "no", "0")
	return fmt.Sprintf("CASE WHEN %s THEN true WHEN %s THEN false END", yes, no)
}

func wordList(text string, declared []string, standard ...string) string {
	if declared == nil {
		return "lower(" + text + ") IN " + literals(standard)
	}
	if len(declared) == 0 {
		return "false"
	}
	return text + " IN " + literals(declared)
}

// literals returns texts as an SQL list.
func literals(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = analysis.Literal(text)
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}

// convert casts a computed value of SQL type from to the declared type; what does
// not fit gives NULL. Decimals may differ from two places by no more than
// floating-point noise.
func (f form) convert(value, from string) (string, bool) {
	if from == "VARCHAR" || from == `"NULL"` || from == "NULL" {
		return f.value("CAST(" + value + " AS VARCHAR)"), true
	}
	numeric := isNumeric(from)
	switch f.kind {
	case "text", "period":
		return "CAST(" + value + " AS VARCHAR)", true
	case "integer":
		return fmt.Sprintf("CASE WHEN %s = trunc(%s) THEN TRY_CAST(%s AS BIGINT) END", asNumber(value, from), asNumber(value, from), value), numeric || from == "BOOLEAN"
	case "number":
		return fmt.Sprintf("CASE WHEN isfinite(TRY_CAST(%s AS DOUBLE)) THEN TRY_CAST(%s AS DOUBLE) END", value, value), numeric || from == "BOOLEAN"
	case "decimal":
		decimal := "TRY_CAST(" + value + " AS DECIMAL(18,2))"
		return fmt.Sprintf("CASE WHEN abs(CAST(%s AS DOUBLE) - CAST(%s AS DOUBLE)) <= 1e-9 * greatest(1, abs(CAST(%s AS DOUBLE))) THEN %s END", value, decimal, value, decimal), numeric
	case "boolean":
		if from == "BOOLEAN" {
			return value, true
		}
		return f.truth("CAST(" + value + " AS VARCHAR)"), numeric
	case "date":
		return "TRY_CAST(" + value + " AS DATE)", from == "DATE" || strings.HasPrefix(from, "TIMESTAMP")
	}
	return "", false
}

// asNumber returns value as something that can be truncated.
func asNumber(value, from string) string {
	if from == "BOOLEAN" {
		return "CAST(" + value + " AS INTEGER)"
	}
	return value
}

func isNumeric(sqlType string) bool {
	for _, prefix := range []string{"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL"} {
		if strings.HasPrefix(sqlType, prefix) {
			return true
		}
	}
	return false
}
