package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"pediment/analysis"
)

// remarkLine is one line of the book. Lines fold into remarks in their order:
//
//	left       begins a remark, which is new
//	published  everybody may read it from here on
//	hidden     evaluators alone may read it from here on
//	answered   gives a response, a status, or both; the last of each counts
//	edited     gives another wording; what was written stays in the book
//
// A line without an event is a remark collected elsewhere, published as it stands,
// with date, status and response of its own.
type remarkLine struct {
	ID          string `json:"id,omitempty"`
	Event       string `json:"event,omitempty"`
	At          string `json:"at,omitempty"` // RFC 3339, in UTC
	By          string `json:"by,omitempty"` // name of an evaluator's account
	Date        string `json:"date,omitempty"`
	About       string `json:"about,omitempty"`
	Stakeholder string `json:"stakeholder,omitempty"`
	Text        string `json:"text,omitempty"`
	Status      string `json:"status,omitempty"`
	Response    string `json:"response,omitempty"`
}

// readLines reads the lines of a file; one that is not there has none.
func readLines(path string) ([][]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return bytes.Split(data, []byte("\n")), err
}

// foldRemarks makes remarks of lines.
func foldRemarks(path string, lines [][]byte) ([]Entry, analysis.Problems) {
	var entries []Entry
	var problems analysis.Problems
	at := map[string]int{}
	for k, text := range lines {
		text = bytes.TrimSpace(text)
		if len(text) == 0 {
			continue
		}
		line, message, hint := readRemarkLine(text)
		if message == "" {
			entries, message, hint = line.fold(entries, at, text)
		}
		if message != "" {
			problems = append(problems, analysis.Problem{Position: analysis.Position{File: filepath.Base(path), Line: k + 1}, Message: message, Hint: hint})
		}
	}
	return entries, problems
}

// readRemarkLine reads one line, or says what is wrong with it.
func readRemarkLine(text []byte) (line remarkLine, message, hint string) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&line); err != nil || decoder.More() {
		if !json.Valid(text) {
			return line, "the line is not whole and is left out", "a program that was stopped while it wrote leaves such a line, which nobody was told is kept; take it out, or mend it if it was written by hand"
		}
		return line, "the line is not a remark: " + strings.TrimPrefix(err.Error(), "json: "), "its keys are date, about, stakeholder, text, status and response"
	}
	return line, "", ""
}

// fold takes the line into the remarks there are, or says what is wrong with it.
func (l remarkLine) fold(entries []Entry, at map[string]int, text []byte) (_ []Entry, message, hint string) {
	switch l.Event {
	case "", "left":
		if strings.TrimSpace(l.Text) == "" {
			return entries, "the remark has no text", ""
		}
		e := l.begin(text)
		for _, twice := at[e.ID]; twice; _, twice = at[e.ID] {
			e.ID += "-" // the same remark on another line
		}
		at[e.ID] = len(entries)
		return append(entries, e), "", ""
	case "published", "hidden", "answered", "edited":
	default:
		return entries, fmt.Sprintf("event %q is not known", l.Event), "write left, published, hidden, answered or edited; leave it out for a remark collected elsewhere"
	}
	k, known := at[l.ID]
	if !known {
		return entries, fmt.Sprintf("no remark %q stands before this line", l.ID), "copy the id from the line that begins the remark"
	}
	entries[k].change(l)
	return entries, "", ""
}

// begin is the remark a line begins. One without an id is named by what it says.
func (l remarkLine) begin(text []byte) Entry {
	e := Entry{ID: l.ID, State: RemarkNew, Remark: Remark{
		Date: l.day(), About: l.About, Stakeholder: l.Stakeholder, Text: l.Text, Status: l.Status, Response: l.Response,
	}}
	if l.Event == "" {
		e.State = RemarkPublished
	}
	if e.ID == "" {
		sum := sha256.Sum256(text)
		e.ID = "x" + hex.EncodeToString(sum[:6])
	}
	if e.Status == "" {
		e.Status = "open"
	}
	return e
}

// change is what a later line makes of the remark.
func (e *Entry) change(l remarkLine) {
	e.Changes = append(e.Changes, Change{What: l.Event, By: l.By, Day: l.day()})
	switch l.Event {
	case "published":
		e.State = RemarkPublished
	case "hidden":
		e.State = RemarkHidden
	case "edited":
		if e.Written == "" {
			e.Written = e.Text
		}
		e.Text = l.Text
	case "answered":
		if l.Response != "" {
			e.Response = l.Response
		}
		switch {
		case l.Status != "":
			e.Status = l.Status
		case e.Status == "open":
			e.Status = "answered"
		}
	}
}

// day is the day a line was written.
func (l remarkLine) day() string {
	if at, err := time.Parse(time.RFC3339, l.At); err == nil {
		return at.Format(time.DateOnly)
	}
	return l.Date
}

// append writes lines at the end of the book and waits until they are on the disk, and
// the name of a new book with them. After a line that was broken off they begin on a
// line of their own.
func (b *RemarkBook) append(lines ...remarkLine) (err error) {
	if len(lines) == 0 {
		return nil
	}
	file, err := os.OpenFile(b.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o640)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil { // until the file is closed
		return fmt.Errorf("lock %s: %w", b.path, err)
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	text, err := encodeLines(lines)
	if err != nil {
		return err
	}
	if !endsLine(file, info.Size()) {
		text = append([]byte("\n"), text...)
	}
	if _, err := file.Write(text); err != nil {
		return errors.Join(err, file.Truncate(info.Size())) // such as on a full disk
	}
	if err := file.Sync(); err != nil || b.named.Load() {
		return err
	}
	if err := syncFolderOf(b.path); err != nil {
		return err
	}
	b.named.Store(true)
	return nil
}

func encodeLines(lines []remarkLine) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// endsLine reports whether a file of that size is empty or ends with its last line.
func endsLine(file *os.File, size int64) bool {
	var last [1]byte
	if size == 0 {
		return true
	}
	_, err := file.ReadAt(last[:], size-1)
	return err == nil && last[0] == '\n'
}

// syncFolderOf makes the name of a new file last.
func syncFolderOf(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
