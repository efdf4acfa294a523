package reports

import (
	"fmt"
	"testing"
)

// A chapter opens with six sentences: the first about each thing, then more of the
// first things; nothing is lost.
func TestOpenFindings(t *testing.T) {
	for _, test := range []struct {
		about []int // sentences about each thing
		open  string
	}{
		{[]int{9}, "[4]"}, {[]int{1}, "[1]"}, {[]int{5, 5}, "[4 2]"}, {[]int{4, 2, 3}, "[4 1 1]"},
		{[]int{1, 9, 1}, "[1 4 1]"}, {[]int{2, 2, 2, 2, 2, 2, 2}, "[1 1 1 1 1 1]"}, {nil, "[]"},
	} {
		var findings []Finding
		all := 0
		for k, n := range test.about {
			for range n {
				findings = append(findings, Finding{About: fmt.Sprint(k), Text: "text"})
				all++
			}
		}
		c := chapterView{Topics: topics(findings)}
		open, told := []int{}, 0
		for _, one := range c.OpenTopics() {
			open, told = append(open, len(one.First())), told+len(one.First())+len(one.Rest())
		}
		for _, one := range c.FoldedTopics() {
			told += len(one.First()) + len(one.Rest())
		}
		if fmt.Sprint(open) != test.open || told != all {
			t.Errorf("%v: %v open and %d of %d told, want %s", test.about, open, told, all, test.open)
		}
	}
}
