package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// answersCommitted is how many of R's answers the reference folder holds.
const answersCommitted = 912

// TestReference asks the command line for everything the R script beside the
// reference samples asked R for.
func TestReference(t *testing.T) {
	c := compareFolder(t, referenceFolder, nil)
	fmt.Fprintln(t.Output(), c.summary())
	if n := c.total().compared; n != answersCommitted {
		t.Errorf("%d results compared, want %d", n, answersCommitted)
	}
}

// compareFolder runs every reference case of a folder. Explained says, by
// case/id, why an answer may differ from R's.
func compareFolder(t *testing.T, folder string, explained map[string]string) *comparison {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no reference cases (%v)", folder, err)
	}
	c := newComparison(explained)
	held := 0
	for _, file := range files {
		k := readCase(t, file)
		held += len(k.results)
		t.Run(k.name, func(t *testing.T) {
			c.compare(k, askCommand(t, k))
			for _, failure := range c.takeFailures() {
				t.Error(failure)
			}
		})
	}
	if n := c.total().compared; n < held {
		t.Errorf("%d results compared of %d", n, held)
	}
	return c
}

// referenceCase is a sample, its design, and R's answers to questions about it.
type referenceCase struct {
	name, data string
	rowFilter  json.RawMessage
	design     json.RawMessage
	refused    bool // R makes no such design
	loose      bool // the weights are calibrated until they nearly fit
	results    []referenceResult
}

// referenceResult is a question and R's answer.
type referenceResult struct {
	ID, Op        string
	By, Vars      []string
	Method        string
	Family        string
	QRule         string `json:"qrule"`
	StatisticType string `json:"statistic_type"`
	Tol           float64
	Error         string
	DF            *rNumber
	DFResidual    *rNumber `json:"df_residual"`
	Statistic     *rNumber
	PValue        *rNumber `json:"p_value"`
	Sum, Min, Max *rNumber
	SumSq         *rNumber `json:"sum_sq"`
	N             *rNumber
	Rows          json.RawMessage // of referenceRow, or nothing

	rows []referenceRow
	text map[string]json.RawMessage // as it stands in the file
}

// referenceRow is one figure of an answer.
type referenceRow struct {
	Name, Var, Level string
	By               map[string]string
	P                *rNumber // the share of a quantile, else a p-value
	Est, SE          *rNumber
	CIT              []rNumber `json:"ci_t"`
	CI               []rNumber
	DF               *rNumber
	Deff             *rNumber
	T                *rNumber
	PT               *rNumber  `json:"p_t"`
	Tie              bool      `json:"fp_tie"`
	TieCandidates    []float64 `json:"tie_candidates"`
	ClosedForm       *struct {
		Est, SE *rNumber
		CI      []rNumber
	} `json:"closed_form"`
}

// requestFields are the fields of a result that are the question.
var requestFields = []string{"id", "op", "vars", "num", "den", "indicator", "domain", "by", "na_rm", "probs", "qrule", "interval", "method",
	"level", "row", "col", "statistic_type", "formula", "family", "coefficients", "stat"}

func readCase(t *testing.T, file string) referenceCase {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Case, Data  string
		RowFilter   json.RawMessage `json:"row_filter"`
		Design      json.RawMessage
		DesignError string `json:"design_error"`
		Results     []json.RawMessage
	}
	decode(t, file, text, &read)
	var calibrated struct {
		Calibration *struct {
			Method, CalFun string
			Bounds         []float64
		}
	}
	decode(t, file, read.Design, &calibrated)
	k := referenceCase{name: read.Case, data: filepath.Join(filepath.Dir(file), read.Data), rowFilter: read.RowFilter, design: read.Design, refused: read.DesignError != ""}
	if how := calibrated.Calibration; how != nil {
		k.loose = how.Method == "rake" || len(how.Bounds) > 0 || how.CalFun == "raking" || how.CalFun == "logit"
	}
	for _, text := range read.Results {
		k.results = append(k.results, readResult(t, file, text))
	}
	return k
}

// readResult reads a question and R's answer: that of its newest release where
// the file has it.
func readResult(t *testing.T, file string, text []byte) referenceResult {
	t.Helper()
	var r referenceResult
	decode(t, file, text, &r)
	decode(t, file, text, &r.text)
	if newer := r.text["v45"]; newer != nil {
		r.Error = ""
		decode(t, file, newer, &r)
	}
	if bytes.HasPrefix(r.Rows, []byte("[")) {
		decode(t, file, r.Rows, &r.rows)
	}
	return r
}

func decode(t *testing.T, file string, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// request is the case's questions alone, as a request file.
func (k referenceCase) request(t *testing.T) []byte {
	t.Helper()
	estimates := []map[string]json.RawMessage{}
	for _, r := range k.results {
		question := map[string]json.RawMessage{}
		for _, field := range requestFields {
			if text := r.text[field]; text != nil && string(text) != "null" {
				question[field] = text
			}
		}
		question["domain"] = sqlOnly(t, k.name, question["domain"])
		estimates = append(estimates, question)
	}
	text, err := json.Marshal(map[string]any{"row_filter": sqlOnly(t, k.name, k.rowFilter), "design": k.design, "estimates": estimates})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// sqlOnly leaves R's form of a condition out.
func sqlOnly(t *testing.T, name string, condition json.RawMessage) json.RawMessage {
	t.Helper()
	if condition == nil || string(condition) == "null" {
		return json.RawMessage("null")
	}
	var both struct{ SQL string }
	decode(t, name, condition, &both)
	text, err := json.Marshal(map[string]string{"sql": both.SQL})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// askCommand runs pediment on the case's request and returns the rows of its
// table of estimates.
func askCommand(t *testing.T, k referenceCase) []answerRow {
	t.Helper()
	dir := t.TempDir()
	var replicates struct {
		File string `json:"repweights_file"`
	}
	decode(t, k.name, k.design, &replicates)
	if replicates.File != "" {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(k.data), replicates.File))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, replicates.File), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	request := filepath.Join(dir, "request.json")
	if err := os.WriteFile(request, k.request(t), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	code := run(context.Background(), []string{"estimate", k.data, "--request", request, "--format", "json"}, strings.NewReader(""), &out, &errOut)
	rows, err := readAnswer(out.Bytes())
	if code == exitUsage || err != nil && len(k.results) > 0 {
		t.Fatalf("exit %d, %v\n%s%s", code, err, &errOut, &out)
	}
	return rows
}

// answerRow is one row of the table of estimates; what is not there is null.
type answerRow struct {
	ID, Name, Var, Level, By, Error string
	figures                         map[string]*float64 // by column
}

func readAnswer(text []byte) (rows []answerRow, err error) {
	var answer struct {
		Tables []struct {
			Name    string
			Columns []struct{ Name string }
			Rows    [][]any
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, err
	}
	for _, table := range answer.Tables {
		if table.Name != "estimates" {
			continue
		}
		for _, cells := range table.Rows {
			row := answerRow{figures: map[string]*float64{}}
			labels := map[string]*string{"id": &row.ID, "name": &row.Name, "var": &row.Var, "level": &row.Level, "by": &row.By, "error": &row.Error}
			for k, cell := range cells {
				column := table.Columns[k].Name
				switch value := cell.(type) {
				case string:
					if label := labels[column]; label != nil {
						*label = value
					}
				case float64:
					row.figures[column] = &value
				}
			}
			rows = append(rows, row)
		}
	}
	if !slices.ContainsFunc(rows, func(r answerRow) bool { return r.ID != "" }) {
		return nil, fmt.Errorf("no table of estimates with rows in it")
	}
	return rows, nil
}
