//go:build trials

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// tolerance is how far a figure may lie from its reference, relative to it.
const tolerance = 1e-9

// figure is one line of expected.csv: a number of the reference and where
// Pediment prints it. Where why is given, want is Pediment's own figure and why
// says what the reference has instead.
type figure struct {
	name, code, column, period, group, by, want, why string
}

// trial is one folder of testdata/trials, run in a folder of its own.
type trial struct {
	*testing.T
	out      io.Writer
	dir      string
	figures  []figure
	found    map[string]map[string]string // a printed row's cells by column, by its key
	warnings []string
	spent    map[string]time.Duration // by command
	verdicts map[string]int
}

// TestTrials runs the trials on real data and compares them with the reference
// figures one by one.
func TestTrials(t *testing.T) {
	data := os.Getenv("PEDIMENT_TRIALS")
	if data == "" {
		t.Fatal("no data: run make trials DATA=folder with the public data sets")
	}
	folders, err := filepath.Glob("../../testdata/trials/*/pediment.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal("no trials in testdata/trials", err)
	}
	var summary []string
	for _, file := range folders {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			tr := newTrial(t, filepath.Dir(file), data)
			defer func() { summary = append(summary, name+": "+tr.summary()) }()
			tr.commands()
			tr.compare()
		})
	}
	fmt.Fprintln(t.Output(), strings.Join(summary, "\n"))
}

// newTrial copies the declarations to a folder beside a link to the data.
func newTrial(t *testing.T, folder, data string) *trial {
	tr := &trial{T: t, out: t.Output(), dir: t.TempDir(), found: map[string]map[string]string{},
		spent: map[string]time.Duration{}, verdicts: map[string]int{}}
	tr.must(os.CopyFS(tr.dir, os.DirFS(folder)))
	data, err := filepath.Abs(data)
	tr.must(err)
	tr.must(os.Symlink(data, filepath.Join(tr.dir, "data")))
	tr.figures = tr.readFigures(filepath.Join(folder, "expected.csv"))
	return tr
}

func (tr *trial) must(err error) {
	tr.Helper()
	if err != nil {
		tr.Fatal(err)
	}
}

func (tr *trial) readFigures(file string) []figure {
	in, err := os.Open(file)
	tr.must(err)
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	tr.must(err)
	if len(rows) < 2 || strings.Join(rows[0], ",") != "figure,code,period,group,by,want,why" {
		tr.Fatalf("%s: no figures, or not the columns figure,code,period,group,by,want,why", file)
	}
	var figures []figure
	for _, row := range rows[1:] {
		code, column, named := strings.Cut(row[1], ":")
		if !named {
			column = "value"
		}
		figures = append(figures, figure{row[0], code, column, row[2], row[3], row[4], row[5], row[6]})
	}
	return figures
}

// commands runs the command line as an evaluator would and keeps what it prints.
func (tr *trial) commands() {
	for _, t := range tr.command("load", "--format", "json").Tables {
		switch t.Name {
		case "loads":
			tr.keepLoads(t)
		case "rejects":
			tr.printRejects(t)
		}
	}
	tr.command("check", "--format", "json")
	order, codes := tr.breakdowns()
	for _, by := range order {
		breakdown := []string{"--by", by}
		if by == "" {
			breakdown = []string{"--totals"}
		}
		result := tr.command(slices.Concat([]string{"compute", "--format", "json"}, breakdown, codes[by])...)
		tr.keepValues(result.Tables[0], by)
		for _, w := range result.Warnings {
			tr.printWarning(w.About + ": " + w.Text)
		}
	}
	tr.command("report")
}

// printWarning prints each warning once, however many computations give it.
func (tr *trial) printWarning(text string) {
	if !slices.Contains(tr.warnings, text) {
		tr.warnings = append(tr.warnings, text)
		fmt.Fprintln(tr.out, "warning:", text)
	}
}

// printed is the JSON form of a result, numbers as they were written.
type printed struct {
	Tables   []printedTable `json:"tables"`
	Warnings []struct {
		About string `json:"about"`
		Text  string `json:"text"`
	} `json:"warnings"`
}

type printedTable struct {
	Name    string `json:"name"`
	Columns []struct {
		Name string `json:"name"`
	} `json:"columns"`
	Rows [][]any `json:"rows"`
}

// command runs one command line in the trial's folder; it must succeed.
func (tr *trial) command(args ...string) (result printed) {
	var out, errOut bytes.Buffer
	start := time.Now()
	if code := run(tr.Context(), append([]string{"-C", tr.dir}, args...), strings.NewReader(""), &out, &errOut); code != exitDone {
		tr.Fatalf("pediment %s: exit %d\n%s%s", strings.Join(args, " "), code, errOut.String(), out.String())
	}
	tr.spent[args[0]] += time.Since(start)
	if args[0] == "report" {
		return result
	}
	decoder := json.NewDecoder(&out)
	decoder.UseNumber()
	tr.must(decoder.Decode(&result))
	return result
}

// breakdowns lists the different --by of the figures that compute prints, and
// the indicators that have figures with each.
func (tr *trial) breakdowns() (order []string, codes map[string][]string) {
	codes = map[string][]string{}
	for _, f := range tr.figures {
		if f.code == "load" || slices.Contains(codes[f.by], f.code) {
			continue
		}
		if codes[f.by] == nil {
			order = append(order, f.by)
		}
		codes[f.by] = append(codes[f.by], f.code)
	}
	return order, codes
}

// cells are one row by the names of the columns; an absent cell is "".
func (t printedTable) cells(row []any) map[string]string {
	cells := map[string]string{}
	for k, column := range t.Columns {
		if row[k] != nil {
			cells[column.Name] = fmt.Sprint(row[k])
		}
	}
	return cells
}

func (tr *trial) keepValues(t printedTable, by string) {
	for _, row := range t.Rows {
		cells := t.cells(row)
		var group []string
		for _, column := range strings.Split(by, ",") {
			if cells[column] != "" {
				group = append(group, column+"="+cells[column])
			}
		}
		if cells["state"] == "" {
			cells["state"] = "known"
		}
		tr.found[figure{code: cells["code"], period: cells["period"], group: strings.Join(group, ", "), by: by}.key()] = cells
	}
}

// keepLoads keeps each file's counts; "read" is every row found in it.
func (tr *trial) keepLoads(t printedTable) {
	for _, row := range t.Rows {
		cells := t.cells(row)
		read := 0
		for _, column := range []string{"rows", "rejected", "excluded"} {
			n, err := strconv.Atoi(cells[column])
			tr.must(err)
			read += n
		}
		cells["read"] = strconv.Itoa(read)
		group := fmt.Sprintf("dataset=%s, file=%s", cells["dataset"], filepath.Base(cells["file"]))
		tr.found[figure{code: "load", group: group}.key()] = cells
	}
}

func (tr *trial) printRejects(t printedTable) {
	const most = 10
	for _, row := range t.Rows[:min(len(t.Rows), most)] {
		cells := t.cells(row)
		fmt.Fprintf(tr.out, "rejected: %s:%s%s: %s: %q %s\n", cells["file"], cells["line"], cells["cell"], cells["column"], cells["value"], cells["rule"])
	}
	if more := len(t.Rows) - most; more > 0 {
		fmt.Fprintf(tr.out, "rejected: and %d more\n", more)
	}
}

func (f figure) key() string { return strings.Join([]string{f.by, f.code, f.period, f.group}, "\x00") }

// compare prints every figure beside its reference and fails on differences
// nobody has explained.
func (tr *trial) compare() {
	table := tabwriter.NewWriter(tr.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "figure\twant\tgot\trelative difference\tverdict")
	for _, f := range tr.figures {
		got, difference, verdict := tr.judge(f)
		tr.verdicts[verdict]++
		if f.why != "" {
			verdict += " (" + f.why + ")"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", f.name, f.want, got, difference, verdict)
	}
	tr.must(table.Flush())
	if n := tr.verdicts[differs]; n > 0 {
		tr.Errorf("%d figures differ from the reference and nobody has said why", n)
	}
}

// The verdicts on a figure.
const (
	agrees        = "agrees"
	explainedAway = "differs as explained"
	differs       = "DIFFERS"
)

// judge finds the figure among what was printed and holds it against want.
func (tr *trial) judge(f figure) (got, difference, verdict string) {
	cells, there := tr.found[figure{code: f.code, period: f.period, group: f.group, by: f.by}.key()]
	got = cells[f.column]
	if !there {
		got = "absent"
	}
	verdict = agrees
	if f.why != "" {
		verdict = explainedAway
	}
	if got == f.want {
		return got, "0", verdict
	}
	want, errWant := strconv.ParseFloat(f.want, 64)
	number, errGot := strconv.ParseFloat(got, 64)
	if errWant != nil || errGot != nil {
		return got, "", differs
	}
	relative := math.Abs(number-want) / max(math.Abs(want), math.SmallestNonzeroFloat64)
	if relative > tolerance {
		verdict = differs
	}
	return got, fmt.Sprintf("%.1e", relative), verdict
}

func (tr *trial) summary() string {
	var times []string
	for _, command := range slices.Sorted(maps.Keys(tr.spent)) {
		times = append(times, fmt.Sprintf("%s %.1f s", command, tr.spent[command].Seconds()))
	}
	return fmt.Sprintf("%d figures: %d agree, %d differ as explained, %d differ without explanation; %s",
		len(tr.figures), tr.verdicts[agrees], tr.verdicts[explainedAway], tr.verdicts[differs], strings.Join(times, ", "))
}
