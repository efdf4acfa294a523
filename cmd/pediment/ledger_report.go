package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// reportForm numbers the form in which reports are kept in the ledger. A program
// reads the forms up to its own.
const reportForm = 1

// keptReport is a report in the ledger: what readers without an account are shown
// until the next publication. NaN, states and cells of any type are kept as they are.
type keptReport struct {
	Report reports.Report
	Texts  [][2]string // those of the report, in order, so that the bytes are the same again
}

// reportFile is where the report of a publication is kept, beside its values.
func reportFile(publication string) string {
	return strings.TrimSuffix(publication, ".jsonl") + ".report.gz"
}

// encodeReport is the report as it is kept: a number for the form, then the report.
func encodeReport(r *reports.Report) ([]byte, error) {
	kept := keptReport{Report: *r}
	kept.Report.Texts = nil
	for _, about := range slices.Sorted(maps.Keys(r.Texts)) {
		kept.Texts = append(kept.Texts, [2]string{about, r.Texts[about]})
	}
	var out bytes.Buffer
	packed := gzip.NewWriter(&out)
	encoder := gob.NewEncoder(packed)
	if err := errors.Join(encoder.Encode(reportForm), encoder.Encode(kept), packed.Close()); err != nil {
		return nil, fmt.Errorf("keep the report: %w", err)
	}
	return out.Bytes(), nil
}

var errLaterForm = errors.New("it is of a later form")

// mostReport is the most bytes a kept report may unfold to.
const mostReport = 1 << 30

// decodeReport reads a report that was kept.
func decodeReport(data []byte) (*reports.Report, error) {
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	decoder := gob.NewDecoder(io.LimitReader(packed, mostReport))
	var form int
	if err := decoder.Decode(&form); err != nil {
		return nil, err
	}
	if form > reportForm {
		return nil, errLaterForm
	}
	var kept keptReport
	if err := decoder.Decode(&kept); err != nil {
		return nil, err
	}
	kept.Report.Texts = map[string]string{}
	for _, text := range kept.Texts {
		kept.Report.Texts[text[0]] = text[1]
	}
	return &kept.Report, nil
}

// keepReport writes the report of a publication, before its values: whoever is
// stopped between the two leaves a file that belongs to no publication.
func (w *work) keepReport(one *publication, r *reports.Report) error {
	data, err := encodeReport(r)
	if err != nil {
		return err
	}
	one.Report = hashOf(data)
	return w.writeReport(reportFile(one.file), data)
}

// bringBack writes the report of a publication again where its file was lost or
// damaged: the same inputs give the same bytes.
func (w *work) bringBack(one publication, r *reports.Report) error {
	name := reportFile(one.file)
	have, err := os.ReadFile(filepath.Join(w.project.dir, filepath.FromSlash(name)))
	if err == nil && hashOf(have) == one.Report || one.Report == "" {
		return nil
	}
	data, err := encodeReport(r)
	if err != nil || hashOf(data) != one.Report {
		return errors.Join(err, notTheReport(one, "bring the file back as it was, from a backup or version control"))
	}
	return w.writeReport(name, data)
}

func notTheReport(one publication, hint string) error {
	return analysis.Problem{
		Position: analysis.Position{File: reportFile(one.file)}, Hint: hint,
		Message: fmt.Sprintf("the published report is missing, or not the one that was written on %s", one.Date),
	}
}

func (w *work) writeReport(name string, data []byte) error {
	err := writeFile(filepath.Join(w.project.dir, filepath.FromSlash(name)), func(file *os.File) error {
		if _, err := file.Write(data); err != nil {
			return err
		}
		return file.Sync()
	})
	if err != nil {
		return notWritten(fmt.Errorf("write %s: %w", name, err))
	}
	return nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// lastReport is the report that was published last, nil before the first. One that
// cannot be shown is a Problem: nobody is shown an older one in its place.
func (p *project) lastReport() (*reports.Report, error) {
	all, err := p.readLedger()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last := all[len(all)-1]
	name := reportFile(last.file)
	fail := func(what, hint string) error {
		return analysis.Problem{Position: analysis.Position{File: name}, Message: what, Hint: hint}
	}
	if last.Report == "" {
		return nil, fail(fmt.Sprintf("publication %d keeps its values alone, as earlier versions of Pediment did, so that there is no report to show", last.Number), "publish once more when the data have changed")
	}
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, notRead(err)
	}
	if hashOf(data) != last.Report {
		return nil, notTheReport(last, "bring the file back as it was, from a backup or version control; from the same inputs, publish writes it again")
	}
	r, err := decodeReport(data)
	if err != nil {
		return nil, fail("the published report cannot be read: "+err.Error(), "another version of Pediment wrote it; use that one, or publish once more when the data have changed")
	}
	return r, nil
}
