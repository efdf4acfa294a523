package budget

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// flowLedger is a ledger of one year with lines of a source and a programme each.
func flowLedger(lines ...flow) *ledger {
	y := &year{Period: analysis.Period{Label: "2025"}}
	l := &ledger{years: []*year{y}, current: y, phase: executed, currency: "EUR", present: map[presence]bool{}}
	l.budget = analysis.Relation{Name: "budget", Columns: []analysis.ColumnType{{Name: "source"}, {Name: "programme"}}}
	for _, f := range lines {
		x := line{year: y, phase: executed, direction: expenditure, cents: f.cents}
		x.codes[source], x.codes[programme] = f.source, f.programme
		l.lines = append(l.lines, x)
	}
	return l
}

// The rows of flows add up to all spending, money without a source or programme
// included.
func TestFlowsTieWithTheTotal(t *testing.T) {
	l := flowLedger(flow{"state", "SCH", 70_01}, flow{"state", "", 10_00}, flow{"", "SCH", 5_00}, flow{"city", "LIB", 20_02}, flow{"city", "LIB", -1_00})
	tables := l.flows(nil)
	if len(tables) != 1 || len(tables[0].Rows) != 4 {
		t.Fatalf("%d tables, rows %v", len(tables), tables)
	}
	var cents int64
	for _, row := range tables[0].Rows {
		cents += int64(row[6].(float64)*100 + 0.5)
	}
	if all, _ := l.total(spending(l.current, executed)); cents != all {
		t.Errorf("flows of %d hundredths, spending of %d", cents, all)
	}
}

// Drawn is what says both ends and is above 0; the rest is told. What is drawn adds
// up, however many small flows stand together.
func TestFlowsChart(t *testing.T) {
	lines := []flow{{"state", "", 10_00}, {"city", "BAD", -3_00}}
	for k := range 20 {
		lines = append(lines, flow{"s" + string(rune('a'+k)), "p" + string(rune('a'+k%15)), int64(100_00 + k)})
	}
	l := flowLedger(lines...)
	l.flows(nil)
	if len(l.result.Charts) != 1 {
		t.Fatalf("%d charts", len(l.result.Charts))
	}
	c := l.result.Charts[0]
	sum := 0.0
	for _, link := range c.Links {
		if link.Value <= 0 {
			t.Errorf("a flow of %v", link.Value)
		}
		sum += link.Value
	}
	if want := 2001.90; sum < want-0.001 || sum > want+0.001 {
		t.Errorf("drawn are %v, want %v", sum, want)
	}
	if len(c.Labels) != mostSources+mostProgrammes || c.Labels[mostSources-1] != "other sources" {
		t.Errorf("labels %q", c.Labels)
	}
	for _, want := range []string{"do not say both", "Reversals of"} {
		if !strings.Contains(c.Text, want) {
			t.Errorf("text %q does not say %q", c.Text, want)
		}
	}
}

// A source and a programme of one name stay apart.
func TestFlowsKeepEndsApart(t *testing.T) {
	l := flowLedger(flow{"schools", "schools", 2_00}, flow{"state", "LIB", 1_00})
	l.flows(nil)
	c := l.result.Charts[0]
	if c.Links[0].From == c.Links[0].To || c.Labels[2] != "schools (programme)" {
		t.Errorf("labels %q, links %+v", c.Labels, c.Links)
	}
}

func TestNothingFlows(t *testing.T) {
	l := flowLedger(flow{"state", "SCH", 1_00})
	if l.flows(nil); len(l.result.Charts) != 0 {
		t.Error("a single flow is drawn")
	}
	l.budget.Columns = l.budget.Columns[:1]
	if tables := l.flows(nil); tables != nil {
		t.Errorf("without programmes there are %v", tables)
	}
}
