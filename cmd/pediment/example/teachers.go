package example

import (
	"bufio"
	"fmt"
	"io"
)

// teachersPerResident is the number of teachers for each resident.
const teachersPerResident = .0125

// schoolLevel is a level of education and its share of teachers.
type schoolLevel struct {
	name  string
	share float64
}

var schoolLevels = []schoolLevel{{"early childhood", .18}, {"primary", .35}, {"secondary", .38}, {"adult", .09}}

// teacherShares is the share of teachers trained in digital teaching by year.
var teacherShares = [years]float64{.19, .24, .27, .31, .36}

// teacherCount is the number of teachers in a district and year: fewer for each
// resident where schools cannot fill their posts.
func (d *district) teacherCount(year int) int {
	return int(float64(d.residents(year)) * teachersPerResident * (1 - .11*d.handicap))
}

// teacherTraining writes the teachers' institute's list of training in digital
// teaching: tabs, dates with points, one line a teacher and course.
func teacherTraining(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("Date\tSchool level\tTeacher\tSex\tYear of birth\tSchool district\tHours\tPassed\n")
	random, teachers := c.random("teacher training"), c.teachers()
	for i, share := range teacherShares {
		year := firstYear + i
		for _, t := range teachers {
			if random.Float64() >= share*(1-.15*c.districts[t.district].handicap) {
				continue
			}
			for range 1 + random.IntN(5)/3 { // two courses for two in five
				level := draw(random, schoolLevels, func(l *schoolLevel) float64 { return l.share })
				fmt.Fprintf(out, "%02d.%02d.%d\t%s\t%s\t%c\t%d\t%s\t%d\t%s\n", 1+random.IntN(28), 1+random.IntN(12), year, level.name,
					t.appendPseudonym(nil), "FM"[t.sex], t.born, c.districts[t.district].code, 4+2*random.IntN(7), appendYesNo(nil, random.Float64() < .93))
			}
		}
	}
	return out.Flush()
}

// teachers returns the city's teachers: people at the end of the pool of
// learners, so that some of them meet at community centres too, and beyond it.
func (c *city) teachers() []learner {
	pool := c.learners()
	left := make([]int, len(c.districts))
	wanted := 0
	for i := range c.districts {
		left[i] = c.districts[i].teacherCount(lastYear)
		wanted += left[i]
	}
	teachers := make([]learner, 0, wanted)
	for i := pool.size * 9 / 10; len(teachers) < wanted; i++ {
		l := pool.learner(i)
		if l.age(firstYear) >= 23 && l.age(lastYear) <= 66 && left[l.district] > 0 {
			left[l.district]--
			teachers = append(teachers, l)
		}
	}
	return teachers
}
