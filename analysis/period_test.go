package analysis

import (
	"strings"
	"testing"
	"time"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

var (
	april      = Calendar{FiscalStart: time.April, SchoolStart: time.August}
	aprilByEnd = Calendar{FiscalStart: time.April, FiscalNamedByEnd: true, JoinByEnd: true}
)

func TestParsePeriod(t *testing.T) {
	tests := []struct {
		calendar          Calendar
		text              string
		label, start, end string
	}{
		{Calendar{}, "2024", "2024", "2024-01-01", "2025-01-01"},
		{Calendar{}, " 2024\t", "2024", "2024-01-01", "2025-01-01"},
		{Calendar{}, "2024Q3", "2024Q3", "2024-07-01", "2024-10-01"},
		{Calendar{}, "2024-q4", "2024Q4", "2024-10-01", "2025-01-01"},
		{Calendar{}, "2024 Q1", "2024Q1", "2024-01-01", "2024-04-01"},
		{Calendar{}, "0024Q1", "0024Q1", "0024-01-01", "0024-04-01"},
		{Calendar{}, "2024-02", "2024-02", "2024-02-01", "2024-03-01"},
		{Calendar{}, "2024-12", "2024-12", "2024-12-01", "2025-01-01"},
		{Calendar{}, "2024-02-29", "2024-02-29", "2024-02-29", "2024-03-01"},
		{Calendar{}, "FY2024", "FY2024", "2024-01-01", "2025-01-01"},
		{Calendar{FiscalNamedByEnd: true}, "FY2024", "FY2024", "2024-01-01", "2025-01-01"},
		{april, "FY2024", "FY2024", "2024-04-01", "2025-04-01"},
		{april, "FY 24", "FY2024", "2024-04-01", "2025-04-01"},
		{april, "FY23-24", "FY2023", "2023-04-01", "2024-04-01"},
		{april, "FY2023/24", "FY2023", "2023-04-01", "2024-04-01"},
		{april, "FY1999-2000", "FY1999", "1999-04-01", "2000-04-01"},
		{aprilByEnd, "FY2024", "FY2024", "2023-04-01", "2024-04-01"},
		{aprilByEnd, "FY23-24", "FY2024", "2023-04-01", "2024-04-01"},
		{aprilByEnd, "FY99/00", "FY2100", "2099-04-01", "2100-04-01"},
		{Calendar{}, "FY0024", "FY0024", "0024-01-01", "0025-01-01"},
		{Calendar{}, "0024/25", "0024/25", "0024-09-01", "0025-09-01"},
		{Calendar{}, "2023/24", "2023/24", "2023-09-01", "2024-09-01"},
		{april, "2023/2024", "2023/24", "2023-08-01", "2024-08-01"},
		{Calendar{}, "1999/00", "1999/00", "1999-09-01", "2000-09-01"},
		{Calendar{}, "2023-05-01/P3M", "2023-05-01/P3M", "2023-05-01", "2023-08-01"},
		{Calendar{}, "2023-04-01/P3M", "2023Q2", "2023-04-01", "2023-07-01"},
		{Calendar{}, "2023-04-01/P1M", "2023-04", "2023-04-01", "2023-05-01"},
		{Calendar{}, "2023-04-15/P01M", "2023-04-15/P1M", "2023-04-15", "2023-05-15"},
		{Calendar{}, "2024-01-01/P1Y", "2024", "2024-01-01", "2025-01-01"},
		{Calendar{}, "2024-01-01/P12M", "2024", "2024-01-01", "2025-01-01"},
		{Calendar{}, "2024-01-01/P366D", "2024", "2024-01-01", "2025-01-01"},
		{Calendar{}, "2023-07-01/P1Y", "2023-07-01/P1Y", "2023-07-01", "2024-07-01"},
		{Calendar{}, "2024-02-20/P10D", "2024-02-20/P10D", "2024-02-20", "2024-03-01"},
		{Calendar{}, "2024-02-29/P1D", "2024-02-29", "2024-02-29", "2024-03-01"},
	}
	for _, test := range tests {
		p, err := test.calendar.ParsePeriod(test.text)
		want := Period{test.label, day(test.start), day(test.end)}
		if err != nil || p != want {
			t.Errorf("%q: %v %v, want %v", test.text, p, err, want)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "2023-24", "2023-2024", "2024-13", "2024-00", "24", "20240", "2024Q0", "2024Q5", "Q3 2024",
		"FY23-25", "FY2023-2124", "FY", "FY024", "fy2024", "2023/25", "2023/2023", "2023/2124", "2023/024",
		"2023-02-29", "2024-02-30", "2024-5-3", "٢٠٢٤", "２０２４", "2024\n2025", "2024; 2025",
		"2024-01-01/P0D", "2024-01-01/3M", "2024-13-01/P1M", "2024-01-01/P1W", "2024-01-01/P-1D",
		"2024-01-01/P99999999999999999999Y", "2024-01-01/P10000Y",
	} {
		p, err := april.ParsePeriod(text)
		if err == nil || !p.IsZero() {
			t.Errorf("%q was read as %v", text, p)
		} else if !strings.Contains(err.Error(), "2023/24") {
			t.Errorf("%q: the error does not list the forms: %v", text, err)
		}
	}
	// A fiscal year that begins in January crosses no New Year.
	if p, err := (Calendar{}).ParsePeriod("FY23-24"); err == nil || !strings.Contains(err.Error(), "starts in January") {
		t.Errorf("FY23-24: %v, %v", p, err)
	}
}

func TestYearOfDay(t *testing.T) {
	tests := []struct {
		calendar Calendar
		grain    Grain
		day      string
		label    string
	}{
		{april, CalendarYear, "2024-12-31", "2024"},
		{april, "", "2024-01-01", "2024"},
		{april, FiscalYear, "2024-03-31", "FY2023"},
		{april, FiscalYear, "2024-04-01", "FY2024"},
		{april, FiscalYear, "2024-02-29", "FY2023"},
		{aprilByEnd, FiscalYear, "2024-03-31", "FY2024"},
		{aprilByEnd, FiscalYear, "2024-04-01", "FY2025"},
		{Calendar{}, FiscalYear, "2024-12-31", "FY2024"},
		{april, SchoolYear, "2024-07-31", "2023/24"},
		{april, SchoolYear, "2024-08-01", "2024/25"},
		{Calendar{}, SchoolYear, "2024-08-31", "2023/24"},
	}
	for _, test := range tests {
		p := test.calendar.Year(test.grain, day(test.day))
		if p.Label != test.label || p.Months() != 12 {
			t.Errorf("%s year of %s: %v, want %s", test.grain, test.day, p, test.label)
		}
		if !p.Contains(Period{Start: day(test.day), End: day(test.day).AddDate(0, 0, 1)}) {
			t.Errorf("%s does not contain %s", p.Label, test.day)
		}
	}
}

func TestJoinYear(t *testing.T) {
	tests := []struct{ text, byStart, byEnd string }{
		{"2024", "2024", "2024"}, {"2024Q4", "2024", "2024"}, {"2024-12", "2024", "2024"},
		{"2023/24", "2023", "2024"}, {"FY2023", "2023", "2024"}, {"2024-12-31", "2024", "2024"},
		{"2023-12-15/P1M", "2023", "2024"},
	}
	byStart, byEnd := Calendar{FiscalStart: time.April}, Calendar{FiscalStart: time.April, JoinByEnd: true}
	for _, test := range tests {
		p, err := byStart.ParsePeriod(test.text)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := byStart.JoinYear(p).Label, byEnd.JoinYear(p).Label; a != test.byStart || b != test.byEnd {
			t.Errorf("%s joins %s and %s, want %s and %s", test.text, a, b, test.byStart, test.byEnd)
		}
	}
	if a, b := byStart.JoinRule(), byEnd.JoinRule(); !strings.HasSuffix(a, "starts in") || !strings.HasSuffix(b, "ends in") {
		t.Errorf("rules %q and %q", a, b)
	}
}

func TestComparable(t *testing.T) {
	tests := []struct {
		p, q   string
		months int // of p
		want   bool
	}{
		{"2023", "2024", 12, true}, // 365 and 366 days
		{"2023-02", "2024-02", 1, true},
		{"2023-02", "2024-03", 1, false},
		{"2023Q1", "2024Q1", 3, true},
		{"2023Q1", "2023Q2", 3, false},
		{"2023Q1", "2024-01", 3, false},
		{"2023", "FY2024", 12, false},
		{"FY2023", "FY2024", 12, true},
		{"2023", "2023/24", 12, false},
		{"2024-01-31", "2025-01", 0, false}, // a day that ends a month is no month
		{"2024-01-31", "2025-01-01", 0, true},
		{"2024-01-01/P10D", "2025-01-01/P10D", 0, true},
		{"2024-01-01/P10D", "2025-01-01/P20D", 0, false},
		{"2024-01-15/P1M", "2025-01", 1, true},
	}
	for _, test := range tests {
		p, errP := april.ParsePeriod(test.p)
		q, errQ := april.ParsePeriod(test.q)
		if errP != nil || errQ != nil {
			t.Fatal(errP, errQ)
		}
		if p.Comparable(q) != test.want || q.Comparable(p) != test.want {
			t.Errorf("%s and %s: comparable %v", test.p, test.q, !test.want)
		}
		if p.Months() != test.months {
			t.Errorf("%s has %d months, want %d", test.p, p.Months(), test.months)
		}
	}
}

func TestComparePeriods(t *testing.T) {
	year, _ := april.ParsePeriod("2024")
	quarter, _ := april.ParsePeriod("2024Q1")
	later, _ := april.ParsePeriod("2024Q2")
	if quarter.Compare(year) >= 0 || year.Compare(later) >= 0 || year.Compare(year) != 0 {
		t.Error("periods go by start, then end")
	}
	if !year.Contains(later) || later.Contains(year) {
		t.Error("2024 contains 2024Q2 and not the other way round")
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"2024", "2024Q3", "2024-05", "2024-05-03", "FY2024", "FY23-24", "0024/25", "9999/00", "2023-04-01/P3M", "2023-12-31/P9999D", "2023-24", ""} {
		f.Add(text, uint8(4), uint8(9), true)
	}
	f.Fuzz(func(t *testing.T, text string, fiscal, school uint8, byEnd bool) {
		c := Calendar{FiscalStart: time.Month(fiscal % 13), SchoolStart: time.Month(school % 13), FiscalNamedByEnd: byEnd, JoinByEnd: byEnd}
		p, err := c.ParsePeriod(text)
		if err != nil {
			return
		}
		if !p.Start.Before(p.End) {
			t.Errorf("%q: [%v, %v) holds no day", text, p.Start, p.End)
		}
		if again, err := c.ParsePeriod(p.Label); err != nil || again != p {
			t.Errorf("%q gave %v, its label gives %v, %v", text, p, again, err)
		}
		if year := c.JoinYear(p); year.Months() != 12 {
			t.Errorf("%q joins %v", text, year)
		}
	})
}

func TestYearsBetween(t *testing.T) {
	c := Calendar{FiscalStart: time.July, FiscalNamedByEnd: true}
	for _, test := range []struct{ first, last, want string }{
		{"2021", "2025", "2022 2023 2024"}, {"2021", "2022", ""}, {"FY2017", "FY2019", "FY2018"},
		{"2021/22", "2023/24", "2022/23"}, {"2021", "2023/24", ""}, {"2021Q1", "2022Q1", ""}, {"2025", "2021", ""},
	} {
		first, err := c.ParsePeriod(test.first)
		if err != nil {
			t.Fatal(err)
		}
		last, err := c.ParsePeriod(test.last)
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, year := range c.YearsBetween(first, last) {
			labels = append(labels, year.Label)
		}
		if got := strings.Join(labels, " "); got != test.want {
			t.Errorf("%s to %s: %q, want %q", test.first, test.last, got, test.want)
		}
	}
}
