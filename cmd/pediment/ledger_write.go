package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"pediment/analysis"
	"pediment/reports"
)

// published is the value as a line of the ledger.
func published(v analysis.Value) publishedValue {
	known := func(x float64) *float64 {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return &x
	}
	l := publishedValue{
		Code: v.Code, Name: v.Name, Period: v.Period.Label, Place: v.Place, Unit: v.Unit, State: string(v.State), Definition: v.Definition,
		Value: known(v.Value), SE: known(v.SE), Low: known(v.Low), High: known(v.High),
		Numerator: known(v.Numerator), Denominator: known(v.Denominator),
	}
	if v.State != analysis.Confidential {
		l.N = v.N
	}
	for _, level := range v.Group {
		l.Group = append(l.Group, [2]string{level.Column, level.Value})
	}
	return l
}

// askedBeside lists what the run released besides its values: groups that an
// appraisal or a chapter asked for. The next report is checked against them too.
func (w *work) askedBeside() []analysis.Value {
	listed := map[string]bool{}
	for _, v := range w.evaluated.Values {
		listed[valueKey(v)] = true
	}
	return filtered(w.app.released, func(v analysis.Value) bool {
		key := valueKey(v)
		fresh := !listed[key]
		listed[key] = true
		return fresh
	})
}

// publication is what the run would publish on a day.
func (w *work) publication(date string) publication {
	one := publication{
		Number: w.ledger.next, Period: w.year.Label, Date: date, Engine: engine(), Inputs: w.inputs(), values: w.evaluated.Values,
	}
	one.asked = w.askedBeside()
	one.Count = len(one.values) + len(one.asked)
	one.file = fmt.Sprintf("%s/%04d-%s.jsonl", ledgerFolder, one.Number, fileName(one.Period))
	for _, f := range w.sources {
		one.Sources = append(one.Sources, publishedSource{f.Dataset, f.File, f.Hash})
	}
	return one
}

// appendLedger writes the publication and its report into the ledger: whole, on the
// disk, and never over one that is there. Whoever is stopped meanwhile leaves the
// ledger as it was.
func (w *work) appendLedger(one publication, r *reports.Report) (err error) {
	path := filepath.Join(w.project.dir, filepath.FromSlash(one.file))
	unlock, err := w.project.lockLedger(one)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := w.keepReport(&one, r); err != nil {
		return err
	}
	var body bytes.Buffer
	lines := json.NewEncoder(&body)
	lines.SetEscapeHTML(false)
	for k, v := range slices.Concat(one.values, one.asked) {
		line := published(v)
		line.Asked = k >= len(one.values)
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("write %s: %s of %s: %w", one.file, v.Code, v.Period.Label, err)
		}
	}
	one.SHA256 = hashOf(body.Bytes())
	err = writeFile(path, func(file *os.File) error {
		head := json.NewEncoder(file)
		head.SetEscapeHTML(false)
		if err := head.Encode(one); err != nil {
			return err
		}
		if _, err := body.WriteTo(file); err != nil {
			return err
		}
		return file.Sync()
	})
	if err != nil {
		return notWritten(fmt.Errorf("write %s: %w", one.file, err))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name in the folder last.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
