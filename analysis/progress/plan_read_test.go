package progress

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pediment/analysis"
)

var wanted = regexp.MustCompile(`# want: (.*)$`)

// TestBadPlans holds the problems of every file against the comments beside its
// lines: "# want:" and the messages, "|" between them.
func TestBadPlans(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "bad", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, problems := Read(file, data, analysis.Calendar{})
			got := map[int][]string{}
			for _, p := range problems {
				got[p.Line] = append(got[p.Line], p.Message)
			}
			for i, text := range strings.Split(string(data), "\n") {
				want := ""
				if found := wanted.FindStringSubmatch(text); found != nil {
					want = found[1]
				}
				if messages := strings.Join(got[i+1], " | "); messages != want {
					t.Errorf("line %d: %s\nwant %s", i+1, messages, want)
				}
				delete(got, i+1)
			}
			if len(got) > 0 {
				t.Errorf("without a line: %v", got)
			}
		})
	}
}

// TestHints: every problem says what to do, but for periods, whose message says what to write.
func TestHints(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("testdata", "bad", "*.yaml"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := Read(file, data, analysis.Calendar{})
		for _, p := range problems {
			if p.Hint == "" && !strings.Contains(p.Message, "is not a period") {
				t.Errorf("%s says not what to do", p)
			}
		}
	}
}

func read(t *testing.T, text string) Plan {
	t.Helper()
	plan, problems := Read("plan.yaml", []byte(text), analysis.Calendar{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return plan
}

func TestDefaults(t *testing.T) {
	plan := read(t, `
from: 2021
to: 2030
objectives:
  - id: a
    name: A
    owner: Education office
    measures:
      - {code: c, direction: up, place: RB06, group: {sex: female, age_band: 25-34}, baseline: {period: 2021}, targets: [{period: 2030, value: 9}, {period: 2025, value: 5}]}
      - {code: p, direction: parity, baseline: {period: 2021}, targets: [{period: 2030}], owner: Registrar}
      - {code: r, direction: range, baseline: {period: 2021}, targets: [{period: 2030, high: 12}]}
`)
	if plan.Method != OpenSDG || plan.Path != LinearPath || plan.Threshold != 0.8 || len(plan.Statuses) != 5 {
		t.Errorf("defaults %s, %s, %g, %d statuses", plan.Method, plan.Path, plan.Threshold, len(plan.Statuses))
	}
	m := plan.Measures()
	if m[0].ID != "c RB06 age_band=25-34, sex=female" || m[0].Method != OpenSDG || m[0].Owner != "Education office" || m[1].Owner != "Registrar" {
		t.Errorf("measure %+v", m[0])
	}
	if last, ok := m[0].Last(); !ok || last.Period.Label != "2030" || last.Value != 9 || !math.IsNaN(m[0].Baseline.Value) || !math.IsNaN(m[0].Limit) {
		t.Errorf("targets are not in order: %+v", m[0].Targets)
	}
	if target := m[1].Targets[0]; target.Value != 1 || m[1].Tolerance != 0.03 {
		t.Errorf("parity: %+v", m[1])
	}
	if target := m[2].Targets[0]; !math.IsInf(target.Low, -1) || target.High != 12 || !math.IsNaN(target.Value) {
		t.Errorf("range: %+v", target)
	}
}

// TestUnreadableEntries: what is no entry at all is said once, with its place.
func TestUnreadableEntries(t *testing.T) {
	for _, text := range []string{"objectives: 5", "objectives: [5]", "objectives: [{id: a, name: A, measures: 5}]", "checklist: 5"} {
		_, problems := Read("plan.yaml", []byte(text), analysis.Calendar{})
		if len(problems) != 1 || problems[0].Line != 1 {
			t.Errorf("%s: %v", text, problems)
		}
	}
}

// TestSharesAsWritten: shares may be written as numbers or percentages.
func TestSharesAsWritten(t *testing.T) {
	plan := read(t, `
threshold: 90 %
objectives:
  - id: a
    name: A
    measures:
      - {code: c, direction: up, error: 2%, baseline: {period: 2021}, targets: [{period: 2030, value: 9}]}
      - {code: d, direction: up, error: 0.02, baseline: {period: 2021}, targets: [{period: 2030, value: 9}]}
      - {code: p, direction: parity, tolerance: 5%, baseline: {period: 2021}, targets: [{period: 2030}]}
`)
	m := plan.Measures()
	for what, got := range map[string][2]float64{"threshold": {plan.Threshold, .9}, "2%": {m[0].Error, .02}, "0.02": {m[1].Error, .02}, "tolerance": {m[2].Tolerance, .05}} {
		expect(t, what, got[0], got[1], tight)
	}
}

// TestIncrements adds increments up: from the baseline's value (28 spaces, then 2, 0
// and 3 more: 30, 30, 33), and from nothing where persons are counted (100, 250).
func TestIncrements(t *testing.T) {
	m := read(t, `
objectives:
  - id: a
    name: A
    measures:
      - {code: stock, direction: up, baseline: {period: 2021, value: 28}, targets: [{period: 2022, increment: 2}, {period: 2024, increment: 3}, {period: 2023, increment: 0}]}
      - {code: flow, direction: up, cumulative: true, baseline: {period: 2021}, targets: [{period: 2022, increment: 100}, {period: 2023, increment: 150}]}
`).Measures()
	var got []float64
	for _, target := range append(m[0].Targets, m[1].Targets...) {
		got = append(got, target.Value)
	}
	if want := "[30 30 33 100 250]"; fmt.Sprint(got) != want {
		t.Errorf("levels %v, want %s", got, want)
	}
	if m[1].Baseline.Value != 0 || m[1].Targets[1].Increment != 150 {
		t.Errorf("flow %+v", m[1])
	}
}

// TestIncrementsComeBack: whatever the increments, in whatever order they are
// written, the levels' differences are the increments again.
func TestIncrementsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 9).Draw(t, "increments")
		base := rapid.IntRange(-500, 500).Draw(t, "base")
		order := make([]int, len(steps))
		for k := range order {
			order[k] = k
		}
		order = rapid.Permutation(order).Draw(t, "order")
		text := fmt.Sprintf("objectives: [{id: a, name: A, measures: [{code: c, direction: up, baseline: {period: 2021, value: %d}, targets: [", base)
		for _, k := range order {
			text += fmt.Sprintf("{period: %d, increment: %d},", 2022+k, steps[k])
		}
		plan, problems := Read("plan.yaml", []byte(text+"]}]}]"), analysis.Calendar{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		level := float64(base)
		for k, target := range plan.Measures()[0].Targets {
			if target.Value-level != float64(steps[k]) {
				t.Fatalf("%s: from %g to %g, want %d more", target.Period.Label, level, target.Value, steps[k])
			}
			level = target.Value
		}
	})
}

func TestStatusesAreBestFirst(t *testing.T) {
	plan := read(t, `
statuses:
  - {id: low, label: low, icon: "▼", colour: bad}
  - {id: there, label: reached, icon: "★", achieved: true}
  - {id: mid, label: mid, icon: "△", from: 0}
  - {id: good, label: good, icon: "▲", from: 1}
objectives: [{id: a, name: A, milestones: [{name: m, due: 2022, owner: o}]}]
`)
	var ids []string
	for _, s := range plan.Statuses {
		ids = append(ids, s.ID)
	}
	if strings.Join(ids, " ") != "there good mid low" || !math.IsInf(plan.Statuses[3].From, -1) || plan.Statuses[3].Colour != "bad" {
		t.Errorf("statuses %+v", plan.Statuses)
	}
}

// TestDefaultStatuses: every method's bands reach from its best to minus infinity.
func TestDefaultStatuses(t *testing.T) {
	best := map[Method]float64{OpenSDG: .95, Eurostat: .95, UNChart: .95, ESCAP: .9, SDGIndex: 1, Linear: .95, LogitPace: .95} // F1, F2
	for _, method := range Methods {
		list := DefaultStatuses(method)
		if !list[0].Achieved || list[1].From != best[method] || !math.IsInf(list[len(list)-1].From, -1) {
			t.Errorf("%s: %+v", method, list)
		}
		r := reader{}
		if r.checkBands(list); len(r.problems) > 0 {
			t.Errorf("%s: %v", method, r.problems)
		}
	}
}

func TestSteps(t *testing.T) {
	plan := read(t, `
objectives:
  - id: a
    name: A
    owner: Education office
    milestones:
      - {name: in time, due: 2024-06-30, state: done, done: 2024-06-30, evidence: minutes}
      - {name: done late, due: 2024-06-30, state: done, done: 2024-07-01}
      - {name: forgotten, due: 2025, state: under way, owner: Mayor}
      - {name: next, due: 2026Q4}
      - {name: far, due: 2030}
      - {name: given up, due: 2023, state: not applicable}
    measures: [{code: c, direction: up, baseline: {period: 2021}, milestones: [{name: early, due: 2027, state: done, evidence: e}]}]
`)
	calendar := analysis.Calendar{}
	year := calendar.Year(analysis.CalendarYear, time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))
	result := plan.Steps(year)
	want := map[string]string{"in time": "done", "done late": "done late", "forgotten": "late", "next": "due next", "far": "later", "given up": "dropped", "early": "done"}
	for _, row := range result.Tables[1].Rows {
		if row[5] != want[row[2].(string)] {
			t.Errorf("%v is %v, want %s", row[2], row[5], want[row[2].(string)])
		}
	}
	var text []string
	for _, row := range result.Tables[0].Rows {
		text = append(text, row[1].(string))
	}
	got := strings.Join(text, "\n")
	for _, sentence := range []string{
		"Of 4 milestones due by the end of 2025 or done early, 3 are done, 1 of them after the day.",
		"Late: forgotten (due 2025, Mayor).", "Due in the year after: next (due 2026Q4, Education office).",
		"Called done without evidence: done late (due 2024-06-30, Education office).",
	} {
		if !strings.Contains(got, sentence) {
			t.Errorf("%s\nlacks %s", got, sentence)
		}
	}
	if rows := (Plan{}).Steps(year).Tables[0].Rows; len(rows) != 0 {
		t.Errorf("a plan without milestones has findings: %v", rows)
	}
}

// FuzzRead: whatever the file says, reading ends, and what was read can be told.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "bad", "*.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, problems := Read("fuzzed.yaml", data, analysis.Calendar{})
		if len(problems) == 0 {
			plan.CheckChecklist()
			plan.Steps(analysis.Period{})
		}
	})
}
