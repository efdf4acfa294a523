package reports

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
)

// RemarkBook is the file that remarks, and what was decided on them, are appended to,
// one JSON object a line. No line is ever changed: how the lines fold into remarks is
// said at remarkLine. All methods may be used by several goroutines, and the file by
// several processes.
type RemarkBook struct {
	path  string
	named atomic.Bool // the file's name is on the disk too

	mu       sync.Mutex
	seen     fileState
	entries  []Entry
	problems analysis.Problems
	tell     func(error) // of lines that cannot be read; nil for nobody
	told     string      // what was told last
}

// tellFaults has lines that cannot be read told once, also those there are.
func (b *RemarkBook) tellFaults(tell func(error)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tell, b.told = tell, ""
	b.tellProblems()
}

func (b *RemarkBook) tellProblems() {
	text := ""
	if len(b.problems) > 0 {
		text = b.problems.Error()
	}
	if b.tell != nil && text != "" && text != b.told {
		b.tell(b.problems)
	}
	b.told = text
}

// RemarkState says who may read a remark.
type RemarkState string

// The states of a remark.
const (
	RemarkNew       RemarkState = "new"       // nobody has looked at it yet; evaluators alone read it
	RemarkPublished RemarkState = "published" // everybody reads it
	RemarkHidden    RemarkState = "hidden"    // evaluators alone read it
)

// Entry is a remark of the book as its lines leave it.
type Entry struct {
	Remark
	ID      string
	State   RemarkState
	Written string   // what was written, where the wording was edited since; "" otherwise
	Changes []Change // what was decided, oldest first
}

// Change is one decision on a remark.
type Change struct {
	What string // published, hidden, answered or edited
	By   string // name of the account, "" where it was written by hand
	Day  string // ISO day
}

// OpenRemarks is the book kept in a file; one that is not there is empty.
func OpenRemarks(path string) *RemarkBook { return &RemarkBook{path: path} }

// Entries lists every remark, oldest first, those that evaluators alone may read
// among them. Lines that cannot be read are left out and come back as problems.
func (b *RemarkBook) Entries() ([]Entry, analysis.Problems, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, err := stateOf(b.path)
	if err != nil {
		return nil, nil, err
	}
	if now != b.seen {
		lines, err := readLines(b.path)
		if err != nil {
			return nil, nil, err
		}
		b.seen = now
		b.entries, b.problems = foldRemarks(b.path, lines)
		b.tellProblems()
	}
	return slices.Clone(b.entries), b.problems, nil
}

// Published lists the remarks everybody may read, oldest first.
func (b *RemarkBook) Published() ([]Remark, error) {
	entries, _, err := b.Entries()
	var list []Remark
	for _, e := range entries {
		if e.State == RemarkPublished {
			list = append(list, e.Remark)
		}
	}
	return list, err
}

// Limits of what is written.
const (
	longestRemark = 2000 // characters
	longestWho    = 60
	longestAbout  = 80
	mostUnread    = 2000 // new remarks that wait for somebody to look at them
)

// ErrBookFull says that nobody has looked at remarks for long.
var ErrBookFull = errors.New("too many remarks wait to be looked at")

// Leave appends a new remark and gives its id when it is on the disk: what was
// acknowledged is not lost, however the program ends. A mistake in the remark is a
// RemarkError.
func (b *RemarkBook) Leave(r Remark) (id string, err error) {
	if !utf8.ValidString(r.About + r.Stakeholder + r.Text) {
		return "", RemarkError("Some signs of the text are damaged. Please write it again.")
	}
	line := remarkLine{
		ID: newRemarkID(), Event: "left", At: time.Now().UTC().Format(time.RFC3339),
		About: r.About, Stakeholder: tidied(r.Stakeholder), Text: tidied(r.Text),
	}
	if err := line.check(); err != nil {
		return "", err
	}
	entries, _, err := b.Entries()
	if err != nil {
		return "", err
	}
	unread := 0
	for _, e := range entries {
		if e.State == RemarkNew {
			unread++
		}
	}
	if unread >= mostUnread {
		return "", ErrBookFull
	}
	return line.ID, b.append(line)
}

// Decision is what an evaluator decides on a remark. Empty fields change nothing.
type Decision struct {
	ID, By   string
	State    RemarkState
	Text     string // another wording
	Response string
	Status   string // what became of it, in the city's words
}

// ErrNoRemark says that the book has no remark of the id.
var ErrNoRemark = errors.New("there is no such remark")

// Decide appends what was decided on a remark, a line for each thing.
func (b *RemarkBook) Decide(d Decision) error {
	entries, _, err := b.Entries()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(entries, func(e Entry) bool { return e.ID == d.ID })
	if at < 0 {
		return ErrNoRemark
	}
	lines := d.lines(entries[at])
	for _, line := range lines {
		if err := line.check(); err != nil {
			return err
		}
	}
	return b.append(lines...)
}

// lines are those that make the entry what was decided; none when it is that already.
func (d Decision) lines(e Entry) []remarkLine {
	now := time.Now().UTC().Format(time.RFC3339)
	var lines []remarkLine
	add := func(l remarkLine) {
		l.ID, l.At, l.By = d.ID, now, d.By
		lines = append(lines, l)
	}
	changed := func(now, before string) string {
		if now = tidied(now); now == before {
			return ""
		}
		return now
	}
	if text := changed(d.Text, e.Text); text != "" {
		add(remarkLine{Event: "edited", Text: text})
	}
	if response, status := changed(d.Response, e.Response), changed(d.Status, e.Status); response+status != "" {
		add(remarkLine{Event: "answered", Response: response, Status: status})
	}
	switch {
	case d.State == RemarkPublished && e.State != RemarkPublished:
		add(remarkLine{Event: "published"})
	case d.State == RemarkHidden && e.State != RemarkHidden:
		add(remarkLine{Event: "hidden"})
	}
	return lines
}

// RemarkError is a mistake of the person who writes, in words.
type RemarkError string

func (e RemarkError) Error() string { return string(e) }

// check refuses what no line of the book may hold.
func (l remarkLine) check() error {
	for _, one := range []struct {
		name, text string
		most       int
		lines      bool
	}{
		{"The remark", l.Text, longestRemark, true}, {"The answer", l.Response, longestRemark, true},
		{"Who you are", l.Stakeholder, longestWho, false}, {"The subject", l.About, longestAbout, false}, {"The status", l.Status, longestWho, false},
	} {
		if n := utf8.RuneCountInString(one.text); n > one.most {
			return RemarkError(fmt.Sprintf("%s has %d characters; please keep to %d.", one.name, n, one.most))
		}
		if !one.lines && strings.Contains(one.text, "\n") {
			return RemarkError(one.name + " should be one line.")
		}
	}
	if l.Event == "left" && showsNothing(l.Text) {
		return RemarkError("Please write something before you send it.")
	}
	return nil
}

// showsNothing reports whether a text shows nothing: white space, marks that only change
// other signs, and signs that are drawn as nothing.
func showsNothing(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !strings.ContainsRune("\u115f\u1160\u2800\u3164\uffa0", r)
	})
}

// tidied is a text without white space around it and without signs that cannot be
// seen, which no keyboard makes; those that set the direction of writing stay.
func tidied(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text))
}

func newRemarkID() string {
	id := make([]byte, 6)
	rand.Read(id) // never fails
	return "r" + hex.EncodeToString(id)
}
