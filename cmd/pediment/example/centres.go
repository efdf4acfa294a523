package example

import (
	"bufio"
	"io"
	"math/rand/v2"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// centre is a community centre.
type centre struct {
	name  string
	place int // index of its district
	share float64
}

var communityCentres = []centre{
	{"Old Town Hall", 0, .12},
	{"Quay 7", 1, .14},
	{"Northgate House", 2, .17},
	{"The Mill", 3, .13},
	{"Southbank Commons", 4, .15},
	{"Eastmoor Hub", 5, .08},
	{"مركز باب النهر", 6, .11},
	{"한빛 학습관", 7, .10},
}

// meeting is something that meets at community centres.
type meeting struct {
	name, programme string
	share           float64
	hours           float64
	low, high       int
}

var meetings = []meeting{
	{"Parents and children read", "FAM", .22, 1.5, 20, 50},
	{"Homework club", "NEI", .14, 2, 10, 17},
	{"Conversation table", "NEI", .17, 1.5, 18, 90},
	{"Repair café", "NEI", .12, 3, 18, 90},
	{"Garden and kitchen", "NEI", .10, 2, 18, 90},
	{"Digital Passport", "PAS", .03, 3, 18, 70},
	{"Choir and stories", "NEI", .12, 2, 18, 90},
	{"Help with tablet and phone", "NEI", .10, 1, 45, 90},
}

// mistypedAge is the row with an age nobody can read: one of the rows Pediment
// is meant to reject.
const mistypedAge = 64

// attendance writes the community centres' attendance lists as spreadsheet
// programs save "Unicode text": UTF-16 with tabs. Names are in three scripts.
func attendance(c *city, w io.Writer) error {
	out := utf16Writer{w: bufio.NewWriter(w)}
	out.write("\ufeffDate\tCentre\tActivity\tProgramme\tParticipant\tSex\tAge\tDistrict\tMigrant\tHours\r\n")
	random, pool := c.random("attendance"), c.learners()
	first := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	days := int(first.AddDate(years, 0, 0).Sub(first).Hours() / 24)
	line, total := make([]byte, 0, 200), c.centreRecords()
	for i := range total {
		held := first.AddDate(0, 0, i*days/total)
		line = appendAttendance(line[:0], random, pool, held, i+1)
		out.write(string(line))
	}
	return out.flush()
}

// appendAttendance appends one line of the lists.
func appendAttendance(line []byte, random *rand.Rand, pool learners, held time.Time, number int) []byte {
	at := draw(random, communityCentres, func(at *centre) float64 { return at.share })
	m := draw(random, meetings, func(m *meeting) float64 { return m.share })
	l := neighbour(random, pool, at, m, held.Year())
	line = held.AppendFormat(line, time.DateOnly)
	for _, text := range []string{at.name, m.name, m.programme} {
		line = append(append(line, '\t'), text...)
	}
	line = l.appendPseudonym(append(line, '\t'))
	line = append(append(line, '\t'), [2]string{"woman", "man"}[l.sex]...)
	line = append(line, '\t')
	if number == mistypedAge {
		line = append(line, "4O"...)
	} else {
		line = strconv.AppendInt(line, int64(l.age(held.Year())), 10)
	}
	line = append(append(line, '\t'), pool.districts[l.district].code...)
	line = appendYesNo(append(line, '\t'), l.migrant)
	line = strconv.AppendFloat(append(line, '\t'), m.hours, 'f', 1, 64)
	return append(line, '\r', '\n')
}

// neighbour draws someone of a suitable age, usually from the centre's own
// district; a small city may have nobody there who suits.
func neighbour(random *rand.Rand, pool learners, at *centre, m *meeting, year int) learner {
	local := random.Float64() < .75
	for tries := 0; ; tries++ {
		l := pool.pick(random, 0, 1)
		if l.age(year) >= m.low && l.age(year) <= m.high && (!local || l.district == at.place || tries > 200) {
			return l
		}
	}
}

// utf16Writer writes text as UTF-16, the lower byte first. The first error
// stays until flush.
type utf16Writer struct {
	w     *bufio.Writer
	units []uint16
}

func (u *utf16Writer) write(text string) {
	u.units = u.units[:0]
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		u.units = utf16.AppendRune(u.units, r)
		text = text[n:]
	}
	for _, unit := range u.units {
		u.w.WriteByte(byte(unit))
		u.w.WriteByte(byte(unit >> 8))
	}
}

func (u *utf16Writer) flush() error { return u.w.Flush() }
