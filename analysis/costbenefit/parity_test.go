package costbenefit

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// testdata/parity.csv holds what spreadsheet functions are asked and should
// answer. Column want was computed with 60 digits, "none" where there is no
// answer or where our function refuses the question; column spreadsheet is what
// LibreOffice 7.4.7 answers. Flows are written in order, "60x3" for three of 60.
// Left out are functions the package has no use for: NPER, EFFECT, NOMINAL,
// PDURATION, IPMT, PPMT, CUMIPMT, EDATE, rounding, and statistics.

// parityTolerance is relative; of a present value, relative to the sum of the
// sizes of its parts.
const parityTolerance = 1e-11

// question is one line of the file.
type question struct {
	name, function  string
	arguments       []float64
	flows           []float64
	days            []time.Time
	want            []float64 // nil: none
	spreadsheetFail bool
}

func TestParity(t *testing.T) {
	questions := readParity(t)
	if len(questions) != 177 {
		t.Fatalf("%d questions in testdata/parity.csv, want 177", len(questions))
	}
	for _, q := range questions {
		got, size := q.answer(t)
		if len(got) == 1 && math.IsNaN(got[0]) {
			got = nil
		}
		if len(got) != len(q.want) {
			t.Errorf("%s: %s = %v, want %v", q.name, q.function, got, q.want)
			continue
		}
		for i := range got {
			scale := max(size, math.Abs(q.want[i]))
			if !(math.Abs(got[i]-q.want[i]) <= parityTolerance*scale) {
				t.Errorf("%s: %s = %v, want %v", q.name, q.function, got[i], q.want[i])
			}
		}
	}
}

// A spreadsheet gives up in eleven of the cases in which there is a rate.
func TestRatesSpreadsheetsMiss(t *testing.T) {
	missed := 0
	for _, q := range readParity(t) {
		if !strings.HasSuffix(q.function, "IRR") || !q.spreadsheetFail || len(q.want) != 1 {
			continue
		}
		missed++
		if got := q.irr(); math.IsNaN(got.Only()) {
			t.Errorf("%s: no rate: %s", q.name, got.Reason)
		}
	}
	if missed != 11 {
		t.Errorf("%d cases, want 11", missed)
	}
}

// answer computes a question with our functions; size is what an error of a
// present value is measured by.
func (q question) answer(t *testing.T) (got []float64, size float64) {
	a := q.arguments
	var value float64
	switch q.function {
	case "NPV":
		value, size = SheetNPV(q.flows, a[0]), SheetNPV(sizes(q.flows), a[0])
	case "XNPV":
		factors := Factors(a[:1], q.times())
		value, size = PV(q.flows, factors), PV(sizes(q.flows), factors)
	case "IRR", "XIRR":
		return q.irr().Rates, 1
	case "MIRR":
		value = MIRR(q.flows, nil, a[0], a[1])
	case "PMT": // rate, years, present value, value at the end, 1 for payment in advance
		value = -Payment(a[2]+a[3]*discount(a[0], a[1]), a[0], a[1]) * discount(a[0], a[4])
	case "PV": // rate, years, payment, value at the end, 1 for payment in advance
		a = append(a, 0, 0)
		value = -a[2]*Annuity(a[0], a[1])/discount(a[0], a[4]) - a[3]*discount(a[0], a[1])
	case "FV": // rate, years, payment, present value
		value = (-a[2]*Annuity(a[0], a[1]) - a[3]) / discount(a[0], a[1])
	case "RATE": // years, payment, present value
		value, size = IRR(append([]float64{a[2]}, repeated(a[1], int(a[0]))...), nil).Only(), 1
	case "RRI": // years, from, to
		value = IRR([]float64{-a[1], a[2]}, []float64{0, a[0]}).Only()
	case "FVSCHEDULE": // value, then rates
		value = a[0] / Factors(a[1:], []float64{float64(len(a) - 1)})[0]
	case "SLN": // cost, salvage, life
		value = BookValue(a[0]-a[1], a[2], 0) - BookValue(a[0]-a[1], a[2], 1)
	case "FISHER":
		value = RealRate(a[0], a[1])
	case "YEARFRAC":
		value = Years(q.days[0], q.days[1], 365)
	case "DAYS":
		value = Years(q.days[0], q.days[1], 1)
	default:
		t.Fatalf("%s: unknown function %s", q.name, q.function)
	}
	return []float64{value}, size
}

// irr asks for the rates at the days, or at yearly steps.
func (q question) irr() RateOfReturn {
	return IRR(q.flows, q.times())
}

// times returns the years since the first day listed, nil without days.
func (q question) times() []float64 {
	var times []float64
	for _, day := range q.days {
		times = append(times, Years(q.days[0], day, 365))
	}
	return times
}

func readParity(t *testing.T) []question {
	t.Helper()
	file, err := os.Open("testdata/parity.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var questions []question
	for _, row := range rows[1:] {
		q := question{name: row[0], function: row[1], arguments: numbers(t, row[2]), flows: numbers(t, row[3])}
		for day := range strings.FieldsSeq(row[4]) {
			date, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			q.days = append(q.days, date)
		}
		if row[5] != "none" {
			q.want = numbers(t, row[5])
		}
		_, err := strconv.ParseFloat(row[6], 64)
		q.spreadsheetFail = err != nil
		questions = append(questions, q)
	}
	return questions
}

// numbers reads numbers between blanks, "60x3" as three of 60.
func numbers(t *testing.T, text string) []float64 {
	t.Helper()
	var list []float64
	for field := range strings.FieldsSeq(text) {
		number, times, _ := strings.Cut(field, "x")
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			t.Fatal(err)
		}
		n := 1
		if times != "" {
			if n, err = strconv.Atoi(times); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, repeated(value, n)...)
	}
	return list
}

func repeated(value float64, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = value
	}
	return list
}

func sizes(flows []float64) []float64 {
	list := make([]float64, len(flows))
	for i, flow := range flows {
		list[i] = math.Abs(flow)
	}
	return list
}
