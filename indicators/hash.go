package indicators

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// hash identifies what an indicator computes: kind, unit, window and the bound
// expressions, not their layout, names or notes. A changed hash breaks a series.
func (i bound) hash() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{i.Kind, i.Unit, i.Window, i.num.text(), i.den.text()}, "\n")))
	return hex.EncodeToString(sum[:6])
}

// text writes a bound term in one line for hashes and methods pages.
func (t *boundTerm) text() string {
	if t == nil {
		return ""
	}
	value := t.value
	if strings.HasPrefix(value, "(") {
		value = value[1 : len(value)-1] // the binder's own brackets
	}
	text := fmt.Sprintf("%s of %s", value, t.relation.Name)
	if t.value == "1" {
		text = "rows of " + t.relation.Name
	}
	if t.series != "" {
		text += " series " + t.series
	}
	if t.where != "" {
		text += " where " + t.where
	}
	if t.domain != "" {
		text += " among " + t.domain
	}
	return text + ", " + t.time
}

// text writes the indicator's row-level expressions in one line.
func (i bound) text() string {
	text := i.num.text()
	if i.den != nil {
		text += " ÷ " + i.den.text()
	}
	if scale := i.Scale(); scale != 1 {
		text += fmt.Sprintf(" × %g", scale)
	}
	return text
}
