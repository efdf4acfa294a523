package analysis

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Period is a half-open interval of days [Start, End) with the label it is
// known by: "2024", "2024Q3", "2024-05", "FY2024", "2023/24". The zero Period
// is "no period".
type Period struct {
	Label      string
	Start, End time.Time
}

// Calendar says when a city's fiscal and school years begin and which calendar
// year they count for when they meet data of calendar years.
type Calendar struct {
	FiscalStart, SchoolStart time.Month // zero means January and September
	FiscalNamedByEnd         bool       // FY2024 ends in 2024 rather than starts in it
	JoinByEnd                bool       // a year that crosses New Year joins the calendar year it ends in
}

// Grain is a length of reporting period.
type Grain string

// The grains sub-annual rows can be gathered to.
const (
	CalendarYear Grain = "calendar"
	FiscalYear   Grain = "fiscal"
	SchoolYear   Grain = "school"
)

var periodForms = struct{ year, quarter, month, fiscal, school, day, iso *regexp.Regexp }{
	year:    regexp.MustCompile(`^(\d{4})$`),
	quarter: regexp.MustCompile(`^(\d{4})[ -]?[Qq]([1-4])$`),
	month:   regexp.MustCompile(`^(\d{4})-(\d{2})$`),
	fiscal:  regexp.MustCompile(`^FY ?(\d{2}|\d{4})(?:[-/](\d{2}|\d{4}))?$`),
	school:  regexp.MustCompile(`^(\d{4})/(\d{2}|\d{4})$`),
	day:     regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`),
	iso:     regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})/P(\d{1,4})([DMY])$`),
}

// ParsePeriod reads a period label: a year "2024", a quarter "2024Q3", a month
// "2024-05", a day "2024-05-03", a fiscal year "FY2024" or "FY23-24", a school
// year "2023/24" or "2023/2024", or an ISO interval "2023-05-01/P3M", which takes
// the shorter label where it is a calendar year, quarter, month or day. "2023-24"
// is refused as it may be a month slip; the error lists the forms.
func (c Calendar) ParsePeriod(text string) (Period, error) {
	s := strings.TrimSpace(text)
	f := periodForms
	if m := f.year.FindStringSubmatch(s); m != nil {
		return years(s, number(m[1]), time.January), nil
	}
	if m := f.quarter.FindStringSubmatch(s); m != nil {
		year, quarter := number(m[1]), number(m[2])
		return months(fmt.Sprintf("%04dQ%d", year, quarter), year, time.Month(quarter*3-2), 3), nil
	}
	if m := f.month.FindStringSubmatch(s); m != nil && number(m[2]) >= 1 && number(m[2]) <= 12 {
		return months(s, number(m[1]), time.Month(number(m[2])), 1), nil
	}
	if f.day.MatchString(s) {
		if day, err := time.Parse(time.DateOnly, s); err == nil {
			return Period{Label: s, Start: day, End: day.AddDate(0, 0, 1)}, nil
		}
	}
	if m := f.fiscal.FindStringSubmatch(s); m != nil {
		return c.parseFiscal(text, m[1], m[2])
	}
	if m := f.school.FindStringSubmatch(s); m != nil && follows(number(m[1]), m[2]) {
		return c.schoolYear(number(m[1])), nil
	}
	if m := f.iso.FindStringSubmatch(s); m != nil {
		if p, ok := parseISO(m[1], number(m[2]), m[3]); ok {
			return p, nil
		}
	}
	return Period{}, notPeriod(text)
}

func notPeriod(text string) error {
	return fmt.Errorf("%q is not a period; write 2024, 2024Q3, 2024-05, FY2024, 2023/24 or 2023-05-01/P3M", text)
}

func (c Calendar) parseFiscal(text, first, second string) (Period, error) {
	year := fullYear(first)
	switch {
	case second == "":
		return c.fiscalYear(year), nil
	case !follows(year, second):
		return Period{}, notPeriod(text)
	case c.fiscalMonth() == time.January:
		return Period{}, fmt.Errorf("%q crosses New Year, but the fiscal year starts in January; declare when it starts", text)
	case c.FiscalNamedByEnd:
		year++
	}
	return c.fiscalYear(year), nil
}

func parseISO(start string, n int, unit string) (Period, bool) {
	day, err := time.Parse(time.DateOnly, start)
	if err != nil || n == 0 {
		return Period{}, false
	}
	end := day
	switch unit {
	case "D":
		end = day.AddDate(0, 0, n)
	case "M":
		end = day.AddDate(0, n, 0)
	case "Y":
		end = day.AddDate(n, 0, 0)
	}
	p := Period{Start: day, End: end}
	month := day.Month()
	switch {
	case day.YearDay() == 1 && end.Equal(day.AddDate(1, 0, 0)):
		p.Label = day.Format("2006")
	case day.Day() == 1 && month%3 == 1 && end.Equal(day.AddDate(0, 3, 0)):
		p.Label = fmt.Sprintf("%04dQ%d", day.Year(), (month+2)/3)
	case day.Day() == 1 && end.Equal(day.AddDate(0, 1, 0)):
		p.Label = day.Format("2006-01")
	case end.Equal(day.AddDate(0, 0, 1)):
		p.Label = start
	default:
		p.Label = fmt.Sprintf("%s/P%d%s", start, n, unit)
	}
	return p, true
}

// follows reports whether text, of two or four digits, is the year after year.
func follows(year int, text string) bool {
	if len(text) == 2 {
		return (year+1)%100 == number(text)
	}
	return year+1 == number(text)
}

// Year returns the year of the given grain that contains day.
func (c Calendar) Year(grain Grain, day time.Time) Period {
	switch grain {
	case FiscalYear:
		p := c.fiscalYear(day.Year())
		for day.Before(p.Start) {
			p = c.fiscalYear(number(p.Label[2:]) - 1)
		}
		for !day.Before(p.End) {
			p = c.fiscalYear(number(p.Label[2:]) + 1)
		}
		return p
	case SchoolYear:
		p := c.schoolYear(day.Year())
		if day.Before(p.Start) {
			p = c.schoolYear(day.Year() - 1)
		}
		return p
	}
	return years(strconv.Itoa(day.Year()), day.Year(), time.January)
}

// YearsBetween lists the years that lie between two years of the same kind;
// none when they are of different kinds or not years.
func (c Calendar) YearsBetween(first, last Period) []Period {
	for _, grain := range []Grain{CalendarYear, FiscalYear, SchoolYear} {
		if c.Year(grain, first.Start) != first || c.Year(grain, last.Start) != last {
			continue
		}
		var between []Period
		for year := c.Year(grain, first.End); year.End.Before(last.End); year = c.Year(grain, year.End) {
			between = append(between, year)
		}
		return between
	}
	return nil
}

// JoinYear returns the calendar year p counts for when it meets data of calendar
// years: the year itself, or by the declared rule the year p starts or ends in.
func (c Calendar) JoinYear(p Period) Period {
	day := p.Start
	if c.JoinByEnd {
		day = p.End.AddDate(0, 0, -1)
	}
	return c.Year(CalendarYear, day)
}

// JoinRule says in words how years that cross New Year meet calendar years.
func (c Calendar) JoinRule() string {
	if c.JoinByEnd {
		return "a school or fiscal year counts for the calendar year it ends in"
	}
	return "a school or fiscal year counts for the calendar year it starts in"
}

func (c Calendar) fiscalYear(year int) Period {
	start := year
	if c.FiscalNamedByEnd && c.fiscalMonth() != time.January {
		start--
	}
	return years(fmt.Sprintf("FY%04d", year), start, c.fiscalMonth())
}

func (c Calendar) schoolYear(first int) Period {
	month := c.SchoolStart
	if month == 0 {
		month = time.September
	}
	return years(fmt.Sprintf("%04d/%02d", first, (first+1)%100), first, month)
}

func (c Calendar) fiscalMonth() time.Month {
	if c.FiscalStart == 0 {
		return time.January
	}
	return c.FiscalStart
}

// IsZero reports whether p is no period.
func (p Period) IsZero() bool { return p.Label == "" }

// Contains reports whether q lies within p.
func (p Period) Contains(q Period) bool { return !q.Start.Before(p.Start) && !q.End.After(p.End) }

// Compare orders periods by start, then end, then label.
func (p Period) Compare(q Period) int {
	return cmp.Or(p.Start.Compare(q.Start), p.End.Compare(q.End), cmp.Compare(p.Label, q.Label))
}

// Months returns the length of p in whole months, rounded down.
func (p Period) Months() int {
	n := (p.End.Year()-p.Start.Year())*12 + int(p.End.Month()-p.Start.Month())
	if p.End.Day() < p.Start.Day() {
		n--
	}
	return n
}

// Comparable reports whether values of p and q may be compared: the same length
// in months and days beyond them, and the same month of the year.
func (p Period) Comparable(q Period) bool {
	return p.Months() == q.Months() && p.days() == q.days() && p.Start.Month() == q.Start.Month()
}

// days returns the time of p beyond its whole months.
func (p Period) days() time.Duration { return p.End.Sub(p.Start.AddDate(0, p.Months(), 0)) }

func years(label string, year int, month time.Month) Period { return months(label, year, month, 12) }

func months(label string, year int, month time.Month, n int) Period {
	start := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return Period{Label: label, Start: start, End: start.AddDate(0, n, 0)}
}

// fullYear reads "24" as 2024 and "2024" as 2024.
func fullYear(s string) int {
	n := number(s)
	if len(s) == 2 {
		n += 2000
	}
	return n
}

// number reads digits a pattern has already checked.
func number(s string) int { n, _ := strconv.Atoi(s); return n }
