package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pediment/analysis/costbenefit"
	"pediment/analysis/disclosure"
	"pediment/cmd/pediment/example"
	"pediment/reports"
)

// reportedExample is the example city's internal report.
func reportedExample(t *testing.T) *work {
	t.Helper()
	dir := t.TempDir()
	if err := example.Write(context.Background(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	a := &app{out: io.Discard, err: io.Discard, dir: dir, quiet: true, failOn: "never", edition: disclosure.Internal}
	w, err := a.reported(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Levers moved give the net present values that the command line gives with --set and
// a file with another last year, and without any moved those of the report.
func TestLeversMatchTheCommandLine(t *testing.T) {
	ctx := context.Background()
	w := reportedExample(t)
	l := newLevers(w)
	for _, one := range w.appraisals {
		name := one.model.Appraisal.Name
		_, list, err := l.appraise(ctx, name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) < 4 {
			t.Errorf("%s: levers %+v", name, list)
		}
		for _, lever := range list {
			for _, to := range []float64{tidy(lever, lever.Given+lever.Step), lever.High} {
				if to == lever.High && lever.ID != horizonLever {
					continue
				}
				began := time.Now()
				c, now, err := l.appraise(ctx, name, map[string]float64{lever.ID: to})
				if err != nil {
					t.Fatalf("%s %s: %v", name, lever.ID, err)
				}
				t.Logf("%s %s=%g: %v", name, lever.ID, to, time.Since(began).Round(time.Millisecond))
				if !strings.Contains(c.Findings[0].Text, "as the appraisal stands") {
					t.Errorf("%s %s: the first finding is %q", name, lever.ID, c.Findings[0].Text)
				}
				want := commandLineNPV(t, w, name, movedOf(now))
				if got := npvOf(c); !alike(got, want) {
					t.Errorf("%s %s=%g: net present value %v, by the command line %v", name, lever.ID, to, got, want)
				}
			}
		}
	}
}

// npvOf is the first option's net present value in a chapter's summary.
func npvOf(c reports.Chapter) float64 {
	for _, t := range c.Tables {
		for _, row := range t.Rows {
			if t.Name == "summary" && fmt.Sprint(row[0]) == "Net present value" {
				x, _ := row[1].(float64)
				return x
			}
		}
	}
	return math.NaN()
}

// commandLineNPV asks appraise for the same, in a copy of the city whose file has the
// last year that is set.
func commandLineNPV(t *testing.T, w *work, name string, set map[string]string) float64 {
	t.Helper()
	file := filepath.Join(w.project.dir, appraisalsFolder, name+".yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer os.WriteFile(file, text, 0o644)
	args := []string{"-q", "-C", w.project.dir, "appraise", name, "--format", "json", "--table", "summary", "--draws", "100", "--as-of", "2025-12-31"}
	for id, value := range set {
		if id != horizonLever {
			args = append(args, "--set", id+"="+value)
			continue
		}
		was := fmt.Sprintf("last_year: %d", appraisalNamed(w, name).LastYear)
		if err := os.WriteFile(file, bytes.Replace(text, []byte(was), []byte("last_year: "+value), 1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errOut bytes.Buffer
	if code := run(context.Background(), args, nil, &out, &errOut); code != exitDone {
		t.Fatalf("%v: exit %d: %s", args, code, &errOut)
	}
	var answer struct{ Tables []struct{ Rows [][]any } }
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	for _, row := range answer.Tables[0].Rows {
		if row[1] == "npv" {
			return row[3].(float64)
		}
	}
	return math.NaN()
}

func appraisalNamed(w *work, name string) *costbenefit.Appraisal {
	for _, a := range w.project.appraisals {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// A value between two steps goes to the nearer one; one out of range, and a lever
// there is not, are refused.
func TestLeversKeepToTheirSteps(t *testing.T) {
	list := []reports.Lever{onSteps(reports.Lever{ID: "rate", Label: "Rate", Unit: "percent a year", Value: 3, Given: 3, Low: 0.05, High: 6})}
	if l := list[0]; l.Step != .1 || l.Low != .1 || l.High != 6 {
		t.Errorf("step %v from %v to %v", l.Step, l.Low, l.High)
	}
	now, err := movedTo(list, map[string]float64{"rate": 4.449})
	if err != nil || now[0].Value != 4.4 || movedOf(now)["rate"] != "4.4%" {
		t.Errorf("%+v %v: %v", now, movedOf(now), err)
	}
	for _, moved := range []map[string]float64{{"rate": 6.2}, {"rate": math.NaN()}, {"rate": math.Inf(-1)}, {"raet": 4}} {
		if _, err := movedTo(list, moved); err == nil {
			t.Errorf("%v is taken", moved)
		}
	}
	if now, _ := movedTo(list, map[string]float64{"rate": 3}); len(movedOf(now)) > 0 {
		t.Errorf("nothing was moved: %v", movedOf(now))
	}
}

// Only so many answers are kept, the latest.
func TestLeversForgetTheOldest(t *testing.T) {
	l := newLevers(nil)
	for k := range keptAnswers + 5 {
		l.keep(fmt.Sprint(k), appraised{})
	}
	if _, known := l.known("4"); known || len(l.done) != keptAnswers || len(l.order) != keptAnswers {
		t.Errorf("%d answers kept", len(l.done))
	}
	if _, known := l.known("5"); !known {
		t.Error("a late answer is forgotten")
	}
}
