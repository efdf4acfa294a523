package costbenefit

import (
	"regexp"
	"strings"
	"testing"
)

// Names of cells are such as spreadsheets accept and no two are the same, however
// inputs are called. With in_ before them they are no address, function or number.
func TestStems(t *testing.T) {
	ids := []string{"learners", "Learners", "tutors.level", "tutors_level", "a1", "R1C1", "sum", "", "=HYPERLINK(1)", "اسم", strings.Repeat("x", 300), strings.Repeat("x", 301), "a b&c"}
	inputs := make([]Input, len(ids))
	for i, id := range ids {
		inputs[i].ID = id
	}
	valid, seen := regexp.MustCompile(`^in_[A-Za-z0-9_]{0,70}$`), map[string]bool{}
	for i, stem := range stems(inputs) {
		name := "in_" + stem
		if !valid.MatchString(name) || seen[strings.ToLower(name)] {
			t.Errorf("%q is called %q", ids[i], name)
		}
		seen[strings.ToLower(name)] = true
	}
}
