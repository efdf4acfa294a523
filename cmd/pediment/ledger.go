package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"

	"pediment/analysis"
)

// ledgerFolder holds what was published: one file a publication, written by
// publish alone and never changed.
const ledgerFolder = "ledger"

// publication is one file of the ledger. It holds published numbers only, so
// nothing confidential.
type publication struct {
	Number  int               `json:"publication"` // from 1, without a gap
	Period  string            `json:"period"`
	Date    string            `json:"date"` // ISO day
	Engine  string            `json:"engine"`
	Inputs  string            `json:"inputs"` // hash of all it was made from
	Sources []publishedSource `json:"sources"`
	Count   int               `json:"values"`           // lines that follow
	SHA256  string            `json:"sha256"`           // of those lines
	Report  string            `json:"report,omitempty"` // SHA-256 of the report's file; none in what earlier versions wrote

	values []analysis.Value
	asked  []analysis.Value // that stand in no table of values: appraisals and chapters asked for them
	file   string
}

// publishedSource is a file a publication rests on.
type publishedSource struct {
	Dataset string `json:"dataset"`
	File    string `json:"file"`
	Hash    string `json:"hash"`
}

// publishedValue is one line: a value exactly as it was published; numbers that
// were withheld are not there.
type publishedValue struct {
	Code        string      `json:"code"`
	Name        string      `json:"name"`
	Period      string      `json:"period"`
	Place       string      `json:"place,omitempty"`
	Group       [][2]string `json:"group,omitempty"`
	Unit        string      `json:"unit,omitempty"`
	Value       *float64    `json:"value,omitempty"`
	SE          *float64    `json:"se,omitempty"`
	Low         *float64    `json:"low,omitempty"`
	High        *float64    `json:"high,omitempty"`
	N           int64       `json:"n,omitempty"`
	Numerator   *float64    `json:"numerator,omitempty"`
	Denominator *float64    `json:"denominator,omitempty"`
	State       string      `json:"state,omitempty"`
	Definition  string      `json:"definition"`
	Asked       bool        `json:"asked,omitempty"`
}

// record is the ledger as a run sees it.
type record struct {
	earlier []publication // what was said before a report from these inputs
	same    *publication  // the publication of these inputs, nil when there is none
	next    int           // number of the next publication
	inputs  string        // hash of the inputs and of what was said before
}

// values lists everything earlier publications said, oldest first.
func (r record) values() []analysis.Value {
	var all []analysis.Value
	for _, p := range r.earlier {
		all = append(all, p.values...)
	}
	return all
}

// reports lists what each earlier publication said, oldest first, and behind them
// what this run has released already.
func (r record) reports(released []analysis.Value) [][]analysis.Value {
	var all [][]analysis.Value
	for _, p := range r.earlier {
		all = append(all, slices.Concat(p.values, p.asked))
	}
	if len(released) > 0 {
		all = append(all, released)
	}
	return all
}

// consult reads the ledger. A report from inputs that were published stands where
// it stood then: only what was said before that publication is earlier, so that
// the report repeats it to the byte.
func (w *work) consult() error {
	switch {
	case w.app.edition == workingCopy:
		return nil
	case w.app.ledger != nil: // what a report asks beside its values stands where the report does
		w.ledger = *w.app.ledger
		return nil
	}
	all, err := w.project.readLedger()
	if err != nil {
		return err
	}
	own := w.ownInputs()
	w.ledger = record{earlier: all, next: len(all) + 1, inputs: inputsAfter(own, all)}
	for k := range all {
		if all[k].Inputs == inputsAfter(own, all[:k]) && all[k].Engine == engine() {
			w.ledger.earlier, w.ledger.same, w.ledger.inputs = all[:k], &all[k], all[k].Inputs
			break
		}
	}
	w.app.ledger = &w.ledger
	return nil
}

// inputs identifies everything the report was made from, what was said before
// included.
func (w *work) inputs() string {
	if w.ledger.inputs == "" {
		return w.ownInputs()
	}
	return w.ledger.inputs
}

// inputsAfter is the hash of a run's own inputs and of the publications before it.
func inputsAfter(own string, earlier []publication) string {
	if len(earlier) == 0 {
		return own
	}
	hash := sha256.New()
	fmt.Fprintln(hash, own)
	for _, p := range earlier {
		fmt.Fprintln(hash, p.Inputs, p.SHA256)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

var ledgerFile = regexp.MustCompile(`^(\d{4,})-.*\.jsonl$`)

// readLedger reads every publication, oldest first. A damaged or missing file is a
// problem: without it nobody can tell what was said.
func (p *project) readLedger() ([]publication, error) {
	entries, err := os.ReadDir(filepath.Join(p.dir, ledgerFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, notRead(err)
	}
	var all []publication
	for _, entry := range entries {
		if !ledgerFile.MatchString(entry.Name()) {
			continue // such as what a publish that was stopped left behind
		}
		one, err := p.readPublication(filepath.ToSlash(filepath.Join(ledgerFolder, entry.Name())))
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b publication) int { return a.Number - b.Number })
	for k, one := range all {
		if one.Number != k+1 {
			what := fmt.Sprintf("publication %d, which came before this one, is missing", k+1)
			if one.Number <= k {
				what = fmt.Sprintf("publication %d is there twice", one.Number)
			}
			return nil, damaged(one.file, 1, what)
		}
	}
	return all, nil
}

func damaged(file string, line int, what string) error {
	return analysis.Problem{
		Position: analysis.Position{File: file, Line: line}, Message: "the ledger is damaged: " + what,
		Hint: "bring the file back as it was, from a backup or version control: what was published cannot be checked without it; a correction belongs into the data, then publish again",
	}
}

// readPublication reads one file and checks that it is whole.
func (p *project) readPublication(name string) (publication, error) {
	one := publication{file: name}
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		return one, notRead(err)
	}
	head, body, _ := bytes.Cut(data, []byte("\n"))
	if err := strictJSON(head, &one); err != nil {
		return one, damaged(name, 1, err.Error())
	}
	if named := ledgerFile.FindStringSubmatch(path.Base(name)); named == nil || named[1] != fmt.Sprintf("%04d", one.Number) {
		return one, damaged(name, 1, fmt.Sprintf("it holds publication %d, which is not the number in its name", one.Number))
	}
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != one.SHA256 {
		return one, damaged(name, 0, fmt.Sprintf("its lines are not those that were written on %s", one.Date))
	}
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, 1<<20)
	for n := 2; lines.Scan(); n++ {
		var line publishedValue
		if err := strictJSON(lines.Bytes(), &line); err != nil {
			return one, damaged(name, n, err.Error())
		}
		v, err := line.value(p.calendar)
		if err != nil {
			return one, damaged(name, n, err.Error())
		}
		if line.Asked {
			one.asked = append(one.asked, v)
		} else {
			one.values = append(one.values, v)
		}
	}
	if err := lines.Err(); err != nil || len(one.values)+len(one.asked) != one.Count {
		return one, damaged(name, 0, fmt.Sprintf("it holds %d of %d values", len(one.values)+len(one.asked), one.Count))
	}
	return one, nil
}

func strictJSON(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("it ends too early")
		}
		return err
	}
	return nil
}

// value is the line as a value.
func (l publishedValue) value(calendar analysis.Calendar) (analysis.Value, error) {
	period, err := calendar.ParsePeriod(l.Period)
	v := analysis.Value{
		Code: l.Code, Name: l.Name, Period: period, Place: l.Place, Unit: l.Unit, Estimate: analysis.Unknown(),
		Numerator: absentOr(l.Numerator), Denominator: absentOr(l.Denominator), State: analysis.State(l.State), Definition: l.Definition,
	}
	v.Value, v.SE, v.Low, v.High, v.N = absentOr(l.Value), absentOr(l.SE), absentOr(l.Low), absentOr(l.High), l.N
	for _, level := range l.Group {
		v.Group = append(v.Group, analysis.Level{Column: level[0], Value: level[1]})
	}
	return v, err
}

func absentOr(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}
