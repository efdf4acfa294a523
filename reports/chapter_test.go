package reports

import (
	"math"
	"strings"
	"testing"
)

// The page prints a chapter on money whole: sentences, pictures with their
// tables, tables with their names in words, and where it recalculates.
func TestPageHasMoney(t *testing.T) {
	r := exampleReport()
	r.Chapters = []Chapter{exampleChapter("literacy", "Literacy programme")}
	page := print(t, HTML, r)
	var body string
	for _, n := range elements(t, page) {
		if attribute(n, "id") == "money" {
			body = strings.Join(strings.Fields(textOf(n)), " ")
		}
	}
	for _, want := range []string{
		"Literacy programme costs 1.18 million EUR", "Who pays", "State Literacy programme", "11,500",
		"npv−21,114EUR", "weak_evidence41.3percent", "bcr0.98", "Cash flow", "PV (EUR)", "1,234", "tutors: the rate has no source",
		"riverbend-2025-appraisal-literacy.xlsx",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page's part on money lacks %q", want)
		}
	}
}

func TestInWords(t *testing.T) {
	for name, want := range map[string]string{"npv_low": "NPV low", "who pays": "Who pays", "cash_flow": "Cash flow", "": ""} {
		if got := inWords(name); got != want {
			t.Errorf("inWords(%q) = %q, want %q", name, got, want)
		}
	}
}

// A stack reaches as far as its parts together, below zero and above; bars always
// begin at zero.
func TestBarRange(t *testing.T) {
	c := exampleChapter("", "")
	if got, want := barRange(c.Charts[1], true), [3]float64{-5000, 15000, 5000}; got != want {
		t.Errorf("stack %v, want %v", got, want)
	}
	if got := barRange(c.Charts[0], false); got[0] != 0 || got[1] < 13000 {
		t.Errorf("bars %v do not begin at zero", got)
	}
}

// A chart whose numbers are all absent is its table, not a failure.
func TestPageWithoutNumbers(t *testing.T) {
	r := exampleReport()
	c := exampleChapter("budget", "Budget")
	for i := range c.Charts {
		for k := range c.Charts[i].Series {
			s := &c.Charts[i].Series[k]
			s.Low, s.High = nil, nil
			for j := range s.Value {
				s.Value[j] = math.NaN()
			}
		}
	}
	r.Chapters = []Chapter{c}
	for _, f := range []*Format{HTML, XLSX, JSON} {
		if len(print(t, f, r)) == 0 {
			t.Errorf("%s: nothing written", f.Name)
		}
	}
}
