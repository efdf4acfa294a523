package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pediment/cmd/pediment/example"
)

// The answers of 2023 in the example city are those of R 4.2.2 with survey 4.1.1,
// from the file of that wave alone: svydesign(~Block, strata = ~District, fpc =
// ~Blocks in district, weights = ~Weight), raked to margins/residents.csv, then
// svyciprop(method = "logit") and, for wishes, svyratio.
func TestVoiceAgainstR(t *testing.T) {
	dir := t.TempDir()
	if err := example.Write(context.Background(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	setReportYear(t, dir, "2023")
	const transport = "How good is public transport where you live?"
	answers := voiceRows(t, dir, "answers in figures")
	for _, want := range []struct {
		group, answer    string
		share, low, high float64
	}{
		{"All", "very bad", 13.9913331437, 12.6747902287, 15.4204783146},
		{"All", "bad", 13.4215791558, 12.1350186181, 14.8215324872},
		{"All", "fair", 14.7974967174, 13.3503942435, 16.371819359},
		{"All", "good", 28.2308078021, 26.5321620397, 29.9938060994},
		{"All", "very good", 29.5587832, 27.6552817741, 31.53618939},
		{"Eastmoor", "very good", 23.6637251747, 18.5259935751, 29.706766638},
	} {
		row := voiceRow(t, answers, map[string]string{"question": transport, "group": want.group, "answer": want.answer})
		closeToR(t, want.group+" "+want.answer, row, map[string]float64{"share": want.share, "ci_low": want.low, "ci_high": want.high})
	}
	topics := voiceRows(t, dir, "topics in figures")
	const ratio, se, t192 = 23.4069407333, 0.794131316813, 1.97239649838
	digital := voiceRow(t, topics, map[string]string{"topic": "Digital skills"})
	closeToR(t, "wishes for digital skills", digital, map[string]float64{"of all wishes": ratio, "wishes low": ratio - t192*se, "wishes high": ratio + t192*se})
}

// What is offered and used is counted in the adult education centre's file.
func TestVoiceOfferRecounted(t *testing.T) {
	dir := t.TempDir()
	if err := example.Write(context.Background(), dir, example.Options{Residents: 60_000}); err != nil {
		t.Fatal(err)
	}
	courses, enrolments, ofCourses, ofEnrolments := map[string]bool{}, 0.0, map[string]bool{}, 0.0
	for _, row := range records(t, filepath.Join(dir, "data", "adult-education.csv"), ',', nil) {
		if row["School year"] != "2024/25" {
			continue
		}
		course := row["Course"] + " " + row["Site"]
		courses[course] = true
		enrolments++
		if row["Subject"] == "Digital skills" {
			ofCourses[course] = true
			ofEnrolments++
		}
	}
	digital := voiceRow(t, voiceRows(t, dir, "topics in figures"), map[string]string{"topic": "Digital skills"})
	closeToR(t, "digital skills", digital, map[string]float64{
		"offered": 100 * float64(len(ofCourses)) / float64(len(courses)), "used": 100 * ofEnrolments / enrolments,
	})
}

// setReportYear makes a year the reporting year of a city that has one.
func setReportYear(t *testing.T, dir, year string) {
	t.Helper()
	file := filepath.Join(dir, projectFile)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(data), `report: {period: "2025"`, `report: {period: "`+year+`"`, 1)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// voiceRows is a table of the analysis voice, each row by its columns' names.
func voiceRows(t *testing.T, dir, table string) []map[string]string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(context.Background(), []string{"-C", dir, "analyze", "voice", "--table", table, "--format", "csv", "--fail-on", "never"}, nil, &out, &errOut); code != exitDone {
		t.Fatalf("exit %d: %s", code, &errOut)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		one := map[string]string{}
		for k, name := range rows[0] {
			one[name] = row[k]
		}
		list = append(list, one)
	}
	return list
}

// voiceRow is the one row with the given cells.
func voiceRow(t *testing.T, rows []map[string]string, cells map[string]string) map[string]string {
	t.Helper()
	k := slices.IndexFunc(rows, func(row map[string]string) bool {
		for name, cell := range cells {
			if row[name] != cell {
				return false
			}
		}
		return true
	})
	if k < 0 {
		t.Fatalf("no row with %v", cells)
	}
	return rows[k]
}

// closeToR compares cells with numbers to eight digits: R rakes until totals are met to as many.
func closeToR(t *testing.T, what string, row map[string]string, want map[string]float64) {
	t.Helper()
	for name, x := range want {
		got, err := strconv.ParseFloat(row[name], 64)
		if err != nil || math.Abs(got-x) > 1e-8*math.Abs(x) {
			t.Errorf("%s: %s is %s, want %v", what, name, row[name], x)
		}
	}
}
