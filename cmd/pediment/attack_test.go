package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pediment/analysis"
)

// TestAttack plays the attacker on cities whose people are known: reads every
// rendition of three successive public reports down to alternative texts, chart data
// and workbook parts, and finds out nothing about fewer than ten people.
func TestAttack(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			city, dir := newAttackedCity(seed), t.TempDir()
			city.write(t, dir)
			first := rendered(t, dir)
			hidden := sameHidden(t, first)
			if len(hidden) < 12 {
				t.Errorf("only %d values are withheld; the city has more small cells", len(hidden))
			}
			tells(t, first)
			says(t, first, hidden)
			neverSays(t, first, city.granted(t, hidden))
			knowledge := newKnowledge(city)
			knowledge.learn(t, everyValue(t, first), 0)
			knowledge.search(t)

			city.comeLate()
			later := newKnowledge(city)
			later.learn(t, everyValue(t, first), 0)
			for _, date := range []string{"2026-01-31", "2026-04-30"} {
				pediment(t, dir, "publish", "--date", date, "-q")
				city.report++
				city.write(t, dir)
				next := rendered(t, dir)
				says(t, next, sameHidden(t, next))
				later.learn(t, everyValue(t, next), city.report)
				later.search(t)
			}
		})
	}
}

// TestNoInterference changes who stands in two cells that are withheld, and nothing
// else: no rendition may differ but in the hashes of the files.
func TestNoInterference(t *testing.T) {
	city := newAttackedCity(1)
	hashes := regexp.MustCompile(`\b([0-9a-f]{64}|[0-9a-f]{16}|[0-9a-f]{12}|[0-9a-f]{7})\b|\b[Rr]un( \| | )[0-9a-f]{8}|^[0-9a-f]{8}$`)
	read := func(c attackedCity) map[string][]statement {
		dir := t.TempDir()
		c.write(t, dir)
		all := map[string][]statement{}
		for _, path := range rendered(t, dir) {
			for _, s := range statements(t, path) {
				s.text = hashes.ReplaceAllString(s.text, "#")
				all[filepath.Base(path)] = append(all[filepath.Base(path)], s)
			}
		}
		return all
	}
	before := read(city)
	other := ""
	for _, s := range before["smallville-2025-public.csv"] {
		for _, place := range attackedPlaces {
			if spot := (publishedSpot{code: "own.4", year: "2025", place: place}); place != "S2" && spot.in(s) && strings.Contains(s.text, "confidential") {
				other = place
			}
		}
	}
	k := slices.IndexFunc(city.residents, func(v victim) bool { return v.year == "2025" && v.place == "S2" })
	if other == "" || k < 0 {
		t.Fatal("no district is withheld with S2")
	}
	city.residents[k].place = other // both are withheld
	after := read(city)
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if len(before[name]) != len(after[name]) {
			t.Errorf("%s says %d things, then %d", name, len(before[name]), len(after[name]))
			continue
		}
		for k, s := range before[name] {
			if s.text != after[name][k].text {
				t.Errorf("%s (%s) depends on who is withheld:\n%s\n%s", s.from, s.about, s.text, after[name][k].text)
			}
		}
	}
}

// pediment runs a command in the city's folder and returns what it prints.
func pediment(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := run(context.Background(), append([]string{"-C", dir}, args...), strings.NewReader(""), &out, &errOut); code != exitDone {
		t.Fatalf("pediment %v: exit %d: %s", args, code, errOut.String())
	}
	return out.Bytes()
}

// rendered writes every public rendition and lists the files.
func rendered(t *testing.T, dir string) []string {
	t.Helper()
	folder := t.TempDir()
	pediment(t, dir, "report", "--format", "html,xlsx,docx,data,json,csv,text", "-o", folder, "-q")
	for name, args := range map[string][]string{
		"compute.json": {"compute", "--format", "json"}, "compute.csv": {"compute", "--format", "csv"}, "compute.txt": {"compute"},
		"disclosure.json": {"analyze", "disclosure", "--format", "json"}, "disclosure.txt": {"analyze", "disclosure"},
	} {
		data := pediment(t, dir, append(args, "--edition", "public", "-q")...)
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) < 10 {
		t.Fatalf("renditions: %v, %v", files, err)
	}
	return files
}

// publishedValue of the table "values".
type shownValue struct {
	spot                             publishedSpot
	state, flags                     string
	value, n, numerator, denominator float64 // NaN where there is none
}

// publishedValues reads the table "values" of the report as JSON.
func publishedValues(t *testing.T, files []string) []shownValue {
	t.Helper()
	return renderedValues(t, files, "smallville-2025-public.json")
}

// everyValue lists the values of the table and those that appraisals asked for and
// were told.
func everyValue(t *testing.T, files []string) []shownValue {
	t.Helper()
	list := publishedValues(t, files)
	for _, path := range files {
		if filepath.Base(path) != "smallville-2025-public.json" {
			continue
		}
		for _, s := range statements(t, path) {
			cells := strings.Split(s.text, " | ")
			spot := attackedQuestions[strings.TrimPrefix(s.from, "smallville-2025-public.json ")]
			if spot.code == "" || cells[0] != "asked" {
				continue
			}
			x, err := strconv.ParseFloat(cells[2], 64)
			if err != nil || len(cells) < 8 {
				t.Fatalf("the assumption reads %q", s.text)
			}
			list = append(list, shownValue{spot, "", s.text, x, math.NaN(), x, math.NaN()})
		}
	}
	return list
}

// attackedQuestions are what appraisals ask, by the table that tells the answer.
var attackedQuestions = map[string]publishedSpot{
	"appraisal_north_assumptions": {code: "own.1", year: "2025", place: "N1", age: "0-29"},
	"appraisal_south_assumptions": {code: "own.1", year: "2025", place: "S1", age: "60+"},
}

func renderedValues(t *testing.T, files []string, name string) []shownValue {
	t.Helper()
	k := slices.IndexFunc(files, func(path string) bool { return filepath.Base(path) == name })
	data, err := os.ReadFile(files[k])
	if err != nil {
		t.Fatal(err)
	}
	var result analysis.Result
	if err := json.Unmarshal(data, &result); err != nil {
		t.Fatal(err)
	}
	values := tableOf(result, "values")
	var list []shownValue
	for _, row := range values.Rows {
		text := func(column string) string {
			if at := columnNamed(values, column); at >= 0 && row[at] != nil {
				return fmt.Sprint(row[at])
			}
			return ""
		}
		number := func(column string) float64 {
			x, err := strconv.ParseFloat(text(column), 64)
			if err != nil {
				return math.NaN()
			}
			return x
		}
		spot := publishedSpot{text("code"), text("period"), text("place"), text("sex"), text("age_band")}
		if strings.HasPrefix(spot.code, "own.") {
			list = append(list, shownValue{spot, text("state"), text("flags"), number("value"), number("n"), number("numerator"), number("denominator")})
		}
	}
	return list
}

// sameHidden checks that every rendition withholds the same values, and returns them.
func sameHidden(t *testing.T, files []string) []publishedSpot {
	t.Helper()
	hidden := func(values []shownValue) (list []publishedSpot) {
		for _, v := range values {
			if v.state == string(analysis.Confidential) {
				list = append(list, v.spot)
			}
		}
		return list
	}
	want := hidden(publishedValues(t, files))
	if got := hidden(renderedValues(t, files, "compute.json")); !slices.Equal(got, want) {
		t.Errorf("compute withholds %v, the report %v", got, want)
	}
	for _, path := range files {
		name := filepath.Base(path)
		all := statements(t, path)
		for _, spot := range want {
			latest := spot.year == "2025" // the page shows the groups of the reporting year
			if strings.HasPrefix(name, "disclosure") || strings.Contains(name, "-appraisal-") || filepath.Ext(name) == ".docx" || filepath.Ext(name) == ".html" && (!latest || len(spot.labels()) > 1 || slices.Contains(want, publishedSpot{code: spot.code, year: spot.year})) {
				continue
			}
			concerns := func(s statement) bool {
				return s.row && spot.in(s) && strings.Contains(s.text, "confidential")
			}
			if !slices.ContainsFunc(all, concerns) {
				t.Errorf("%s does not say that %v is withheld", name, spot)
			}
		}
	}
	return want
}

// periodOfRow finds the year a row of a scorecard is of: "own.4 · 2025".
var periodOfRow = regexp.MustCompile(`own\.\d · (\d{4})`)

// in reports whether a statement speaks of the spot.
func (s publishedSpot) in(x statement) bool {
	about := x.about + " " + x.text
	if !mentions(about, s.code) || s.year != "2025" && !mentions(x.text, s.year) {
		return false
	}
	if own := periodOfRow.FindStringSubmatch(x.text); x.row && own != nil && own[1] != s.year {
		return false // the other year is the one it is compared with
	}
	for _, year := range attackedYears {
		if year != s.year && mentions(x.text, year) && !mentions(x.text, s.year) {
			return false
		}
	}
	for _, labels := range s.labels() {
		if !slices.ContainsFunc(labels, func(label string) bool { return mentions(x.text, label) }) {
			return false
		}
	}
	return columnsNamed(x.text) == len(s.labels())
}

// mentions reports whether the word stands in the text, not as part of another.
func mentions(text, word string) bool {
	for rest := text; ; {
		at := strings.Index(rest, word)
		if at < 0 {
			return false
		}
		before, after := rest[:at], rest[at+len(word):]
		if !endsInWord(before) && !beginsWithWord(after) {
			return true
		}
		rest = rest[at+len(word):]
	}
}

var (
	wordBefore = regexp.MustCompile(`[\pL\d.+-]$`)
	wordAfter  = regexp.MustCompile(`^([\pL\d+-]|\.\d)`)
)

func endsInWord(text string) bool     { return wordBefore.MatchString(text) }
func beginsWithWord(text string) bool { return wordAfter.MatchString(text) }

var aNumber = regexp.MustCompile(`\d[\d,.]*`)

// says checks that no sentence, row or point that names a withheld value gives any
// number with it but those of the whole city it is compared with.
func says(t *testing.T, files []string, hidden []publishedSpot) {
	t.Helper()
	city := cityNumbers(publishedValues(t, files))
	for _, path := range files {
		if strings.HasPrefix(filepath.Base(path), "disclosure") {
			continue // lists what is withheld, with how many values there are
		}
		for _, s := range statements(t, path) {
			sentences := []string{s.text}
			if !s.row {
				sentences = strings.SplitAfter(s.text, ". ")
			}
			for _, text := range sentences {
				for _, spot := range hidden {
					if len(spot.labels()) == 0 {
						continue // no word of its own
					}
					one := statement{s.from, s.about, text, s.row}
					if spot.in(one) && !strings.HasPrefix(s.from, filepath.Base(path)+" disclosure_") {
						numbers := aNumber.FindAllString(spot.without(text), -1)
						if numbers = slices.DeleteFunc(numbers, city.holds); len(numbers) > 0 {
							t.Errorf("%s, about %q, says %q of %v", s.from, s.about, text, spot)
						}
					}
				}
			}
		}
	}
}

// tells checks that the report has the chapters an attacker would read, each with
// sentences about people or groups.
func tells(t *testing.T, files []string) {
	t.Helper()
	for _, chapter := range []string{"progress_findings", "equity_findings", "composite_findings", "disclosure_findings", "appraisal_north_findings"} {
		if !slices.ContainsFunc(files, func(path string) bool {
			return filepath.Base(path) == "smallville-2025-public.json" && slices.ContainsFunc(statements(t, path), func(s statement) bool {
				return strings.HasSuffix(s.from, " "+chapter)
			})
		}) {
			t.Errorf("the report has no %s", chapter)
		}
	}
}

// neverSays checks that none of the amounts stands anywhere.
func neverSays(t *testing.T, files []string, amounts []int) {
	t.Helper()
	for _, path := range files {
		for _, s := range statements(t, path) {
			for _, text := range aNumber.FindAllString(s.text, -1) {
				x, err := strconv.ParseFloat(strings.Trim(strings.ReplaceAll(text, ",", ""), "."), 64)
				if err == nil && slices.Contains(amounts, int(math.Round(x))) {
					t.Errorf("%s, about %q, says %q: an amount that is withheld", s.from, s.about, s.text)
				}
			}
		}
	}
}

// cityFigures are figures that may stand anywhere.
type cityFigures []float64

// cityNumbers are the figures of the whole city and how they changed over a year.
func cityNumbers(values []shownValue) cityFigures {
	var all cityFigures
	last := map[string]float64{}
	for _, v := range values {
		if len(v.spot.labels()) > 0 || math.IsNaN(v.value) {
			continue
		}
		all = append(all, v.value)
		if before, known := last[v.spot.code]; known {
			all = append(all, math.Abs(v.value-before))
		}
		last[v.spot.code] = v.value
	}
	return all
}

// holds reports whether a printed number is one of them, rounded as it is.
func (n cityFigures) holds(text string) bool {
	text = strings.Trim(strings.ReplaceAll(text, ",", ""), " .")
	x, err := strconv.ParseFloat(text, 64)
	_, decimals, rounded := strings.Cut(text, ".")
	within := 1e-9
	if rounded {
		within += 0.5 * math.Pow(10, -float64(min(len(decimals), 9)))
	}
	return err == nil && slices.ContainsFunc(n, func(y float64) bool { return math.Abs(x-y) <= within })
}

var (
	threshold = regexp.MustCompile(`[Ff]ewer than 10 people`)
	targets   = regexp.MustCompile(`\b(90|202[456])\b`)         // the target of the plan, and years
	issue     = regexp.MustCompile(`\b2026-\d\d-\d\d[ |]+\d\b`) // day and number of a publication
	hash      = regexp.MustCompile(`\b[0-9a-f]{12}(-b\d+)?\b`)
)

// without takes out of a text what may be said of a withheld value: what it is, the
// threshold, and what the city wants of it.
func (s publishedSpot) without(text string) string {
	for _, word := range append(slices.Concat(s.labels()...), s.code) {
		text = strings.ReplaceAll(text, word, "")
	}
	for _, allowed := range []*regexp.Regexp{threshold, issue, hash, targets} {
		text = allowed.ReplaceAllString(text, "")
	}
	return text
}
