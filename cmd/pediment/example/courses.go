package example

import (
	"bufio"
	"io"
	"math/rand/v2"
	"strconv"
)

// subject is a part of the adult education centre's programme.
type subject struct {
	code, name string  // the name as it stands in a CSV file
	share      float64 // of enrolments
	hours      float64 // of a usual course
	finish     float64 // share that complete
	bias       subjectBias
}

// subjectBias says whom a subject is meant for.
type subjectBias int

const (
	forEveryone subjectBias = iota
	forMigrants
	forUnder40
)

var subjects = []subject{
	{"LAN", "Languages", .27, 30, .78, forEveryone},
	{"NEW", "Language for newcomers", .12, 90, .70, forMigrants},
	{"HEA", "Health and movement", .20, 15, .86, forEveryone},
	{"ART", `"Culture, crafts and music"`, .14, 24, .84, forEveryone},
	{"DIG", "Digital skills", .135, 18, .80, forEveryone},
	{"BAS", "Literacy and basic skills", .045, 80, .58, forEveryone},
	{"DIP", "Second-chance diploma", .04, 240, .52, forUnder40},
	{"CIV", "Society and environment", .05, 10, .88, forEveryone},
}

// schoolYear is one year of the adult education centre's register.
type schoolYear struct {
	first  int // the calendar year it begins in
	weight float64
	months int // September to June, fewer in the year that runs
}

// schoolYears end with the running one, recorded until the end of December.
var schoolYears = []schoolYear{{2021, .84, 10}, {2022, 1, 10}, {2023, 1.05, 10}, {2024, 1.08, 10}, {2025, .52, 4}}

// courses writes the adult education centre's register of enrolments: a
// byte-order mark, school years, dates with the day first, yes and no, a blank
// where nobody noted the outcome. It is the one file that grows without limit.
func courses(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("\ufeffSchool year,Course,Subject,Site,Participant,Sex,Birth year,Home district,Born abroad,Enrolled on,Hours attended,Certificate\r\n")
	weights := make([]float64, len(schoolYears))
	for i, y := range schoolYears {
		weights[i] = y.weight
	}
	r := register{c.random("courses"), c.learners(), make([]byte, 0, 200), 0}
	for i, n := range apportion(c.courseRecords(), weights) {
		for range n {
			if _, err := out.Write(r.enrolment(schoolYears[i])); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// register draws enrolments one by one into the same line.
type register struct {
	random   *rand.Rand
	learners learners
	line     []byte
	written  int
}

// enrolment returns the next line of the register.
func (r *register) enrolment(y schoolYear) []byte {
	s := draw(r.random, subjects, func(s *subject) float64 { return s.share })
	l := r.suited(s, y)
	r.written++
	line := strconv.AppendInt(r.line[:0], int64(y.first), 10)
	line = append(line, '/')
	line = appendTwo(line, (y.first+1)%100)
	line = append(line, ',')
	line = append(line, s.code...)
	line = append(line, '-')
	line = strconv.AppendInt(line, int64(100+r.random.IntN(60)), 10)
	line = append(line, ',')
	line = append(line, s.name...)
	line = append(line, ',')
	line = append(line, r.learners.districts[r.site(l)].code...)
	line = append(line, ',')
	line = l.appendPseudonym(line)
	line = append(line, ',')
	line = append(line, "FM"[l.sex], ',')
	line = strconv.AppendInt(line, int64(l.born), 10)
	line = append(line, ',')
	line = append(line, r.learners.districts[l.district].code...)
	line = append(line, ',')
	line = appendYesNo(line, l.migrant)
	line = append(line, ',')
	line = r.appendDay(line, y)
	line = append(line, ',')
	r.line = r.appendOutcome(line, s, l, y)
	return r.line
}

// suited draws a learner the subject is meant for.
func (r *register) suited(s *subject, y schoolYear) learner {
	for {
		l := r.learners.pick(r.random, .15, .85)
		switch {
		case s.bias == forMigrants && !l.migrant:
		case s.bias == forUnder40 && l.age(y.first) >= 40:
		case l.age(y.first) < 15:
		default:
			return l
		}
	}
}

// site is the district a course takes place in: mostly the learner's own.
func (r *register) site(l learner) int {
	if r.random.Float64() < .6 {
		return l.district
	}
	return r.random.IntN(len(r.learners.districts))
}

// impossibleDay is the line on which the clerk's finger slipped: one of the
// rows Pediment is meant to reject.
const impossibleDay = 137

// appendDay appends the day of enrolment as dd/mm/yyyy.
func (r *register) appendDay(line []byte, y schoolYear) []byte {
	month, dayOfMonth := 9+r.random.IntN(y.months), 1+r.random.IntN(28)
	year := y.first + (month-1)/12
	month = (month-1)%12 + 1
	if r.written == impossibleDay {
		dayOfMonth, month = 30, 2
	}
	line = append(appendTwo(line, dayOfMonth), '/')
	line = append(appendTwo(line, month), '/')
	return strconv.AppendInt(line, int64(year), 10)
}

// appendOutcome appends hours and certificate and ends the line. Courses of the
// running year have no outcome yet, and one in twenty was never noted.
func (r *register) appendOutcome(line []byte, s *subject, l learner, y schoolYear) []byte {
	finished := l.finishes(r.random, s.finish, r.learners.districts[l.district], y.first)
	hours := s.hours
	if !finished {
		hours *= .2 + .6*r.random.Float64()
	}
	line = strconv.AppendFloat(line, hours, 'f', 1, 64)
	line = append(line, ',')
	if y.months == 10 && r.random.Float64() > .05 {
		line = appendYesNo(line, finished)
	}
	return append(line, '\r', '\n')
}

// appendTwo appends n with two digits.
func appendTwo(line []byte, n int) []byte { return append(line, byte('0'+n/10), byte('0'+n%10)) }

func appendYesNo(line []byte, yes bool) []byte {
	if yes {
		return append(line, "yes"...)
	}
	return append(line, "no"...)
}
