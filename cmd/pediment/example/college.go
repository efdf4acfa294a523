package example

import (
	"io"
	"math/rand/v2"
	"time"
)

// training is a kind of course at the vocational college.
type training struct {
	name, programme string
	share           float64
	hours           int
	finish          float64
	low, high       int // ages admitted
	jobless         float64
}

var trainings = []training{
	{"Building and energy", "VOC", .17, 820, .74, 15, 24, .06},
	{"Health and care", "VOC", .21, 860, .79, 15, 24, .05},
	{"Trade and office", "VOC", .19, 780, .76, 15, 24, .05},
	{"Information technology", "VOC", .16, 800, .71, 15, 24, .04},
	{"Jobseekers: retraining", "JOB", .15, 320, .66, 22, 62, 1},
	{"Jobseekers: first steps", "JOB", .12, 120, .72, 18, 62, 1},
}

// college writes the vocational college's list of students: a workbook with
// title rows above the header, dates as date cells and a row of totals below.
func college(c *city, w io.Writer) error {
	return writeWorkbook(w, sheet{
		name:   "Students",
		merged: []string{"A1:L1", "A2:L2"},
		widths: []float64{8, 12, 26, 12, 16, 6, 11, 10, 9, 17, 8, 8},
		rows:   c.students,
	}, sheet{
		name: "Notes",
		rows: func(yield func([]any) bool) {
			_ = yield([]any{title("Notes")}) &&
				yield([]any{"A student is listed once for each training and calendar year."}) &&
				yield([]any{"Result: P passed, F left or failed, R running at the end of the year."})
		},
	})
}

// students yields the rows of the list.
func (c *city) students(yield func([]any) bool) {
	header := []any{}
	for _, name := range []string{"Year", "Programme", "Training", "Start", "Student", "Sex", "Birth year", "District", "Migrant", "Status on entry", "Hours", "Result"} {
		header = append(header, title(name))
	}
	_ = yield([]any{title("Riverbend Vocational College")}) &&
		yield([]any{"Students by training, extract of 12 January 2026"}) &&
		yield(nil) && yield(header) && c.studentRows(yield)
}

func (c *city) studentRows(yield func([]any) bool) bool {
	random, pool := c.random("college"), c.learners()
	total, hours := c.collegeRecords(), 0
	perYear := apportion(total, []float64{.92, .97, 1, 1.04, 1.07})
	row := make([]any, 12)
	for i, n := range perYear {
		for range n {
			t := draw(random, trainings, func(t *training) float64 { return t.share })
			hours += c.studentRow(row, random, pool, t, firstYear+i)
			if !yield(row) {
				return false
			}
		}
	}
	return yield([]any{title("Total"), nil, nil, nil, total, nil, nil, nil, nil, nil, hours})
}

// studentRow fills the row of one student and returns the hours.
func (c *city) studentRow(row []any, random *rand.Rand, pool learners, t *training, year int) int {
	l := pool.pick(random, 0, .5)
	for l.age(year) < t.low || l.age(year) > t.high {
		l = pool.pick(random, 0, .5)
	}
	result, hours := "P", t.hours
	switch {
	case random.Float64() < .12:
		result = "R"
	case !l.finishes(random, t.finish, c.districts[l.district], year):
		result = "F"
		hours = hours * (15 + random.IntN(70)) / 100
	}
	migrant := "0"
	if l.migrant {
		migrant = "1"
	}
	start := time.Date(year, time.Month(1+random.IntN(12)), 1+random.IntN(28), 0, 0, 0, 0, time.UTC)
	copy(row, []any{year, t.programme, t.name, day(start), string(l.appendPseudonym(nil)),
		[2]string{"f", "m"}[l.sex], l.born, c.districts[l.district].code, migrant, entryStatus(random, t), hours, result})
	return hours
}

// entryStatus draws what the student did before.
func entryStatus(random *rand.Rand, t *training) string {
	switch u := random.Float64(); {
	case u < t.jobless:
		return "unemployed"
	case u < .8:
		return "school leaver"
	}
	return "employed"
}
