package example

import (
	"bufio"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

// onlineCourse is a course of the online campus.
type onlineCourse struct {
	name    string
	share   float64
	minutes int
}

var onlineCourses = []onlineCourse{
	{"First steps online", .22, 180}, {"Spreadsheets", .17, 300}, {"Safe on the web", .19, 90},
	{"English A2", .16, 900}, {"Start a business", .10, 420}, {"Climate in our city", .16, 150},
}

// platform writes the online campus's export: one JSON object a line, a field
// left out where the learner gave no answer.
func platform(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	random, pool := c.random("platform"), c.learners()
	first := time.Date(firstYear, 1, 4, 0, 0, 0, 0, time.UTC)
	total := c.platformRecords()
	var line []byte
	for i := range total {
		// The square root gathers days towards the end: ever more learners.
		days := int(1820 * math.Sqrt(float64(i)/float64(total)))
		line = c.appendVisit(line[:0], random, pool, first.AddDate(0, 0, days))
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// appendVisit appends one object.
func (c *city) appendVisit(line []byte, random *rand.Rand, pool learners, on time.Time) []byte {
	course := draw(random, onlineCourses, func(o *onlineCourse) float64 { return o.share })
	l := pool.pick(random, .05, .9)
	for l.age(on.Year()) < 14 || l.age(on.Year()) > 75 {
		l = pool.pick(random, .05, .9)
	}
	done := l.finishes(random, .46, c.districts[l.district], on.Year())
	minutes := course.minutes
	if !done {
		minutes = minutes * (5 + random.IntN(80)) / 100
	}
	line = on.AppendFormat(append(line, `{"at":"`...), time.DateOnly)
	line = append(append(line, `","course":"`...), course.name...)
	line = l.appendPseudonym(append(line, `","user":"`...))
	line = append(append(line, `","home":"`...), pool.districts[l.district].code...)
	line = append(line, '"')
	if random.Float64() > .08 {
		line = append(append(line, `,"sex":"`...), sexes[l.sex]...)
		line = append(line, '"')
	}
	line = strconv.AppendInt(append(line, `,"born":`...), int64(l.born), 10)
	line = strconv.AppendInt(append(line, `,"minutes":`...), int64(minutes), 10)
	line = strconv.AppendBool(append(line, `,"done":`...), done)
	return append(line, "}\n"...)
}
