package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pediment/analysis"
	"pediment/analysis/quality"
	"pediment/ingest"
)

// issuesFile is the log of what the rules found and what became of it. Whoever
// loads files appends what changed; a person appends lines with a state.
const issuesFile = "issues.jsonl"

// issueLine is one line of the log: an event that a load wrote, or the state a
// person gives an issue.
type issueLine struct {
	ID      string `json:"id"`
	Event   string `json:"event,omitempty"` // opened, changed or closed
	Dataset string `json:"dataset,omitempty"`
	Rule    string `json:"rule,omitempty"`
	File    string `json:"file,omitempty"`
	Count   int64  `json:"count,omitempty"` // rows that fail
	State   string `json:"state,omitempty"` // accepted, fixed or open
	Note    string `json:"note,omitempty"`
	By      string `json:"by,omitempty"`
	Date    string `json:"date"`
}

// issueLog is the log as it stands, in the order issues were first seen.
type issueLog struct {
	issues []quality.Issue
	unend  bool // the last line lacks its line end
}

// readIssues reads the folder's log; a city without one has no issues yet. A line
// that cannot be read is a Problem: the log is only ever appended to.
func readIssues(dir string) (issueLog, error) {
	data, err := os.ReadFile(filepath.Join(dir, issuesFile))
	if errors.Is(err, fs.ErrNotExist) {
		return issueLog{}, nil
	}
	if err != nil {
		return issueLog{}, err
	}
	log := issueLog{unend: len(data) > 0 && data[len(data)-1] != '\n'}
	var problems analysis.Problems
	for k, text := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if message, hint := log.read(text); message != "" {
			problems = append(problems, analysis.Problem{Position: analysis.Position{File: issuesFile, Line: k + 1}, Message: message, Hint: hint})
		}
	}
	return log, problems.Err()
}

// read takes in one line, or says what is wrong with it.
func (l *issueLog) read(text []byte) (message, hint string) {
	var line issueLine
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&line); err != nil || decoder.More() {
		return "the line is damaged", "put it back from a copy, or take the line out"
	}
	at := slices.IndexFunc(l.issues, func(i quality.Issue) bool { return i.ID == line.ID })
	switch {
	case line.ID == "":
		return "the line names no issue", "every line has an id"
	case line.Date != "" && !isDay(line.Date):
		return fmt.Sprintf("%q is not a day", line.Date), "write it as 2025-09-30"
	case at < 0 && line.Event != "opened":
		return fmt.Sprintf("no issue %q was opened before", line.ID), "copy the id from the line that opened it"
	case line.Event == "opened":
		l.open(at, line)
	case line.Event == "changed":
		l.issues[at].Count, l.issues[at].Seen = line.Count, line.Date
	case line.Event == "closed":
		l.issues[at].Count, l.issues[at].Seen, l.issues[at].State = 0, line.Date, "closed"
	case line.Event != "":
		return fmt.Sprintf("event %q is not known", line.Event), "leave event out and give a state: accepted, fixed or open"
	case !slices.Contains([]string{"accepted", "fixed", "open"}, line.State):
		return fmt.Sprintf("state %q is not known", line.State), "write accepted, fixed or open"
	case l.issues[at].State != "closed":
		l.issues[at].State, l.issues[at].Note, l.issues[at].By = line.State, line.Note, line.By
	}
	return "", ""
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// open begins an issue, or begins it again.
func (l *issueLog) open(at int, line issueLine) {
	issue := quality.Issue{
		ID: line.ID, Dataset: line.Dataset, Rule: line.Rule, File: line.File, Count: line.Count, First: line.Count,
		Opened: line.Date, Seen: line.Date, State: "open",
	}
	if at < 0 {
		l.issues = append(l.issues, issue)
		return
	}
	l.issues[at] = issue
}

// standing are the issues whose rows still fail.
func (l issueLog) standing() []quality.Issue {
	return slices.DeleteFunc(slices.Clone(l.issues), func(i quality.Issue) bool { return i.State == "closed" })
}

// changes are the lines that bring the log up to what the rules find today. Issues
// of rules of which nobody knows whether they hold stay as they are.
func (l issueLog) changes(found quality.Judgement, day string) []issueLine {
	var lines []issueLine
	for _, now := range found.Issues {
		at := slices.IndexFunc(l.issues, func(i quality.Issue) bool { return i.ID == now.ID })
		line := issueLine{ID: now.ID, Dataset: now.Dataset, Rule: now.Rule, File: now.File, Count: now.Count, Date: day}
		switch {
		case at < 0 || l.issues[at].State == "closed":
			line.Event = "opened"
		case l.issues[at].Count != now.Count:
			line.Event = "changed"
		default:
			continue
		}
		lines = append(lines, line)
	}
	for _, was := range l.issues {
		still := slices.ContainsFunc(found.Issues, func(i quality.Issue) bool { return i.ID == was.ID }) ||
			slices.ContainsFunc(found.Unknown, func(f quality.Finding) bool { return f.Dataset == was.Dataset && f.Rule == was.Rule })
		if !still && was.State != "closed" {
			lines = append(lines, issueLine{ID: was.ID, Event: "closed", Dataset: was.Dataset, Rule: was.Rule, File: was.File, Date: day})
		}
	}
	return lines
}

// judge checks the rules and appends to the log what changed since it was last
// written. Unless all is asked for, rules that only warn are judged once for every
// state of the files, the declarations and the log: a mark in the warehouse's
// folder says for which.
func (a *app) judge(ctx context.Context, p *project, all bool) (found quality.Judgement, err error) {
	log, err := readIssues(p.dir)
	if err != nil || !p.hasRules() && len(log.standing()) == 0 {
		return found, err
	}
	state, err := p.judgedState(ctx)
	if err != nil {
		return found, err
	}
	mark := filepath.Join(p.dir, ".pediment", "judged")
	if have, err := os.ReadFile(mark); err == nil && string(have) == state && !all {
		return p.judgeRules(ctx, true)
	}
	if found, err = p.judgeRules(ctx, false); err != nil {
		return found, err
	}
	if lines := log.changes(found, today().Format(time.DateOnly)); len(lines) > 0 {
		if err := log.append(filepath.Join(p.dir, issuesFile), lines); err != nil {
			return found, err
		}
	}
	if state, err = p.judgedState(ctx); err != nil {
		return found, err
	}
	return found, os.WriteFile(mark, []byte(state), 0o644)
}

// judgedState names the state of everything the log of issues follows from.
func (p *project) judgedState(ctx context.Context) (state string, err error) {
	warehouse, err := ingest.Open(ctx, p.dir)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	sources, err := warehouse.Sources(ctx)
	hash := sha256.New()
	for _, f := range sources {
		fmt.Fprintf(hash, "%q %q %s %d %d\n", f.Dataset, f.File, f.Hash, f.Rows, f.Rejected)
	}
	p.hashFiles(hash, projectFile, "places.csv", issuesFile)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// append writes the lines at once and waits until they are on disk.
func (l issueLog) append(path string, lines []issueLine) (err error) {
	var out bytes.Buffer
	if l.unend {
		out.WriteByte('\n')
	}
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(out.Bytes()); err != nil {
		return err
	}
	return file.Sync()
}
