package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// inquiry is what was asked about a file and where each part of it was written.
type inquiry struct {
	survey.Request
	dir     string                       // where files the request names are
	places  map[string]analysis.Position // of the request's texts by path: design.strata[0]
	columns *surveyColumns
	named   map[string]named // estimates that flags asked for, by id
	refused []survey.Answer  // estimates asked for in a way that cannot be answered
	order   []string         // ids as asked
}

// The keys a request may carry along from a file of reference results. They
// describe it or hold its answers, and nothing follows from them.
var (
	requestNotes  = []string{"schema", "case", "title", "data", "design_info", "design_error", "design_warnings", "notes", "survey_version", "differs_in_4_5"}
	designNotes   = []string{"title", "note", "notes"}
	estimateNotes = []string{
		"title", "note", "notes", "r", "tol", "warnings", "error", "v45", "df", "df_full", "df_residual", "rows", "vcov", "vcov_between_domains",
		"statistic", "parameter", "p_value", "sum", "sum_sq", "min", "max", "n", "first",
	}
)

// request is the request file, or what the flags say about the design.
func (a *app) request(o *estimateOptions, file string) (*inquiry, error) {
	if o.request == "" {
		return o.inquiry(), nil
	}
	path, name := a.inDir(o.request), o.request
	var data []byte
	var err error
	if o.request == "-" {
		path, name = file, "request"
		data, err = io.ReadAll(a.in)
	} else {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	d := jsonDecoder{file: name, data: data, ignored: map[reflect.Type][]string{
		reflect.TypeFor[survey.Request]():     requestNotes,
		reflect.TypeFor[survey.Design]():      designNotes,
		reflect.TypeFor[survey.Calibration](): designNotes,
		reflect.TypeFor[survey.Filter]():      {"r"},
		reflect.TypeFor[survey.Ask]():         estimateNotes,
	}}
	q := &inquiry{dir: filepath.Dir(path)}
	if err := d.decode(&q.Request); err != nil {
		return nil, err
	}
	q.places = d.places
	if _, asks := q.places["estimates"]; !asks {
		return nil, analysis.Problem{Position: analysis.Position{File: name}, Message: "asks for no estimates", Hint: `list them under "estimates"`}
	}
	return q, q.number()
}

// number sees that every estimate of a request can be told from the others.
func (q *inquiry) number() error {
	var problems analysis.Problems
	seen := map[string]bool{}
	for k := range q.Estimates {
		ask := &q.Estimates[k]
		path := fmt.Sprintf("estimates[%d]", k)
		ask.ID = cmp.Or(ask.ID, fmt.Sprint(k+1))
		if seen[ask.ID] {
			problems = append(problems, analysis.Problem{Position: q.places[path+".id"], Message: fmt.Sprintf("id %q is given to two estimates", ask.ID), Hint: "answers carry it, so each needs its own"})
		}
		seen[ask.ID] = true
		q.order = append(q.order, ask.ID)
		if ask.Op != "ciprop" {
			ask.Method = "" // of a test it is what R calls it
		}
	}
	return problems.Err()
}

// inDir is where a path is that was given on the command line.
func (a *app) inDir(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(a.dir, path)
}
