package reports

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func bookOf(t *testing.T, lines ...string) (*RemarkBook, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "feedback.jsonl")
	if len(lines) > 0 {
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return OpenRemarks(path), path
}

// entriesOf are the remarks as "id state text / response (status)", and the problems.
func entriesOf(t *testing.T, b *RemarkBook) (entries, problems []string) {
	t.Helper()
	list, mistakes, err := b.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		entries = append(entries, fmt.Sprintf("%s %s %s / %s (%s)", e.ID, e.State, e.Text, e.Response, e.Status))
	}
	for _, p := range mistakes {
		problems = append(problems, p.String())
	}
	return entries, problems
}

func TestFoldRemarks(t *testing.T) {
	b, _ := bookOf(t,
		`{"date":"2025-02-11","about":"2.1","stakeholder":"resident","text":"old","status":"taken up","response":"yes"}`,
		`{"id":"r1","event":"left","at":"2025-03-01T10:00:00Z","text":"first"}`,
		``,
		`{"id":"r2","event":"left","at":"2025-03-02T10:00:00Z","text":"second"}`,
		`{"id":"r1","event":"edited","by":"amira","at":"2025-03-03T10:00:00Z","text":"First."}`,
		`{"id":"r1","event":"published","by":"amira","at":"2025-03-03T10:00:00Z"}`,
		`{"id":"r1","event":"answered","by":"amira","at":"2025-03-04T10:00:00Z","response":"We will."}`,
		`{"id":"r1","event":"answered","by":"amira","at":"2025-03-05T10:00:00Z","status":"taken up"}`,
		`{"id":"r2","event":"published","at":"2025-03-05T10:00:00Z"}`,
		`{"id":"r2","event":"hidden","by":"amira","at":"2025-03-06T10:00:00Z"}`,
		`{"id":"r9","event":"hidden"}`,
		`{"id":"r1","event":"deleted"}`,
		`{"id":"r3","event":"left","text":" "}`,
		`{"text":"old too","colour":"red"}`,
		`{"id":"r4","event":"left","text":"brok`,
		`{"id":"r5","event":"left","at":"2025-03-07T10:00:00Z","text":"after"}`,
		`{"id":"r6","event":"left","te`,
	)
	entries, problems := entriesOf(t, b)
	old := entries[0]
	if diff := cmp.Diff([]string{
		"r1 published First. / We will. (taken up)",
		"r2 hidden second /  (open)",
		"r5 new after /  (open)",
	}, entries[1:]); diff != "" || !strings.HasSuffix(old, " published old / yes (taken up)") {
		t.Errorf("%s\n%s", old, diff)
	}
	broken := "the line is not whole and is left out (a program that was stopped while it wrote leaves such a line, which nobody was told is kept; take it out, or mend it if it was written by hand)"
	if diff := cmp.Diff([]string{
		`feedback.jsonl:11: no remark "r9" stands before this line (copy the id from the line that begins the remark)`,
		`feedback.jsonl:12: event "deleted" is not known (write left, published, hidden, answered or edited; leave it out for a remark collected elsewhere)`,
		`feedback.jsonl:13: the remark has no text`,
		`feedback.jsonl:14: the line is not a remark: unknown field "colour" (its keys are date, about, stakeholder, text, status and response)`,
		"feedback.jsonl:15: " + broken, "feedback.jsonl:17: " + broken,
	}, problems); diff != "" {
		t.Error(diff)
	}
	list, _, _ := b.Entries()
	if e := list[1]; e.Written != "first" || len(e.Changes) != 4 || e.Changes[0] != (Change{"edited", "amira", "2025-03-03"}) || e.Date != "2025-03-01" {
		t.Errorf("the edited remark is %+v", e)
	}
	published, err := b.Published()
	if err != nil || len(published) != 2 {
		t.Errorf("%d published, %v", len(published), err)
	}
}

// After a line that was broken off, the next one stands on a line of its own, and
// nothing that was there is changed.
func TestLeaveAfterBrokenLine(t *testing.T) {
	const there = `{"text":"whole"}` + "\n" + `{"id":"r1","event":"left","te`
	b, path := bookOf(t, there)
	id, err := b.Leave(Remark{About: "2.1.3.1", Stakeholder: " resident ", Text: " Two\r\nlines\x00 \u202eand more </script> "})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(path)
	if !strings.HasPrefix(string(data), there+"\n{") || !strings.HasSuffix(string(data), "}\n") {
		t.Errorf("the file is now\n%s", data)
	}
	entries, problems := entriesOf(t, b)
	if len(entries) != 2 || entries[1] != id+" new Two\nlines \u202eand more </script> /  (open)" || len(problems) != 1 {
		t.Errorf("%q %q", entries, problems)
	}
}

func TestLeaveRefuses(t *testing.T) {
	b, path := bookOf(t)
	for text, r := range map[string]Remark{
		"Please write something before you send it.":           {Text: " \n\t\x00"},
		"The remark has 2001 characters; please keep to 2000.": {Text: strings.Repeat("é", 2001)},
		"Who you are has 61 characters; please keep to 60.":    {Text: "x", Stakeholder: strings.Repeat("한", 61)},
		"Who you are should be one line.":                      {Text: "x", Stakeholder: "a\nb"},
		"The subject has 81 characters; please keep to 80.":    {Text: "x", About: strings.Repeat("a", 81)},
	} {
		_, err := b.Leave(r)
		var mistake RemarkError
		if !errors.As(err, &mistake) || err.Error() != text {
			t.Errorf("%v, want %s", err, text)
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
	if err := b.Decide(Decision{ID: "r1", State: RemarkHidden}); !errors.Is(err, ErrNoRemark) {
		t.Errorf("decided on nothing: %v", err)
	}
}

// Decisions append what changed and nothing else.
func TestDecide(t *testing.T) {
	b, path := bookOf(t)
	id, err := b.Leave(Remark{Text: "asked"})
	if err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	for _, status := range []string{"open", "answered"} { // the second time it is that already
		if err := b.Decide(Decision{ID: id, By: "amira", State: RemarkPublished, Text: "Asked.", Response: "Answered.", Status: status}); err != nil {
			t.Fatal(err)
		}
	}
	data, _ := os.ReadFile(path)
	if !strings.HasPrefix(string(data), string(before)) || strings.Count(string(data), "\n") != 4 {
		t.Errorf("the book is\n%s", data)
	}
	if entries, _ := entriesOf(t, b); entries[0] != id+" published Asked. / Answered. (answered)" {
		t.Errorf("%q", entries)
	}
}

func TestBookFull(t *testing.T) {
	var lines []string
	for k := range mostUnread {
		lines = append(lines, fmt.Sprintf(`{"id":"r%d","event":"left","text":"x"}`, k))
	}
	b, _ := bookOf(t, append(lines, "")...)
	if _, err := b.Leave(Remark{Text: "one more"}); !errors.Is(err, ErrBookFull) {
		t.Errorf("one more: %v", err)
	}
	if err := b.Decide(Decision{ID: "r7", State: RemarkHidden}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Leave(Remark{Text: "one more"}); err != nil {
		t.Error(err)
	}
}

// Several processes that write at once lose and mix nothing.
func TestBookWrittenAtOnce(t *testing.T) {
	_, path := bookOf(t)
	var all sync.WaitGroup
	for k := range 8 {
		own := OpenRemarks(path)
		all.Go(func() {
			for n := range 10 {
				if _, err := own.Leave(Remark{Text: fmt.Sprintf("%d of %d %s", n, k, strings.Repeat("long ", 300))}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	entries, problems := entriesOf(t, OpenRemarks(path))
	if len(entries) != 80 || len(problems) != 0 {
		t.Errorf("%d remarks, %q", len(entries), problems)
	}
}
