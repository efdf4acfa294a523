package main

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// An internal edition that withholds more than the public one is a mistake.
func TestInternalSmallestCell(t *testing.T) {
	for _, c := range []struct {
		public, internal string
		refused          bool
	}{{"10", "3", false}, {"10", "10", false}, {"10", "12", true}, {"", "11", true}, {"5", "6", true}, {"5", "", false}} {
		s := privacySettings{SmallestCell: analysis.Text{Value: c.public}}
		s.Internal.SmallestCell = analysis.Text{Value: c.internal}
		problems := s.check(nil)
		refused := len(problems) == 1 && strings.Contains(problems[0].Message, "is stricter than the public")
		if refused != c.refused || !refused && len(problems) > 0 {
			t.Errorf("public %q, internal %q: %v", c.public, c.internal, problems)
		}
	}
}
