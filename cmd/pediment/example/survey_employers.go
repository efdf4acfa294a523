package example

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
)

// sizeClass is a stratum of the employers' survey and what is true about the
// employers in it.
type sizeClass struct {
	name         string
	perThousand  float64 // employers for every 1,000 residents
	from, to     int     // employees
	sample       int     // employers drawn, at most all there are
	response     float64 // share of them that answer
	commitment   float64 // share with a plan, policy or agreement for training
	organisation float64 // share that meets six or more of the eight criteria of a learning organisation
	spending     float64 // training as a share of payroll
	spendsNone   float64 // share of employers that spend nothing on it
}

// sizeClasses are the strata. The larger the employer, the more it trains;
// small ones are many and employ few, so the share of employers with a
// commitment (34 %) is far below the share of the workforce that has one.
var sizeClasses = []sizeClass{
	{"1-9", 32.5, 1, 9, 230, .62, .30, .07, .005, .60},
	{"10-49", 4.8, 10, 49, 200, .68, .52, .14, .010, .30},
	{"50-249", .9, 50, 249, 120, .74, .78, .27, .018, .08},
	{"250+", .16, 250, 1600, 60, .82, .94, .45, .024, 0},
}

var employerSectors = []string{"construction", "health and care", "hospitality", "information and finance", "manufacturing", "public services", "trade and transport"}

var commitments = []string{"plan", "policy", "agreement"}

// employer is one employer that answered.
type employer struct {
	class             *sizeClass
	frame             int // employers of the class in the city
	weight            float64
	sector            string
	employees         int
	commitment        string
	criteria          int // met, of eight
	payroll, training int // EUR in 2024; -1 not told
}

// employersSurvey writes the employers' survey of 2024, stratified by size
// class with a simple random sample in each: semicolons, points between
// thousands, decimal commas, a byte order mark and a row of totals.
func employersSurvey(c *city, w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	rows := [][]string{{"Nr", "Size class", "Employers in class", "Weight", "Sector", "Employees", "Commitment to training", "Criteria met", "Payroll EUR", "Training EUR"}}
	employees, payroll, training := 0, 0, 0
	for n, e := range c.employers() {
		rows = append(rows, e.row(n+1))
		employees, payroll, training = employees+e.employees, payroll+max(0, e.payroll), training+max(0, e.training)
	}
	rows = append(rows, []string{"Total", "", "", "", "", thousands(employees), "", "", thousands(payroll), thousands(training)})
	return out.WriteAll(rows)
}

func (e employer) row(number int) []string {
	return []string{
		fmt.Sprint(number), e.class.name, thousands(e.frame), comma(e.weight, 4), e.sector, thousands(e.employees),
		e.commitment, fmt.Sprint(e.criteria), orNotTold(e.payroll), orNotTold(e.training),
	}
}

func orNotTold(amount int) string {
	if amount < 0 {
		return "not told"
	}
	return thousands(amount)
}

// employers draws the sample, class by class. Which of the drawn answer does not
// depend on what they would say, so a class's weight is the employers in it
// divided by those that answered.
func (c *city) employers() []employer {
	random := c.random("employers' survey")
	var all []employer
	for k := range sizeClasses {
		class := &sizeClasses[k]
		frame := max(2, int(math.Round(float64(c.residents)/1000*class.perThousand)))
		answered := max(2, int(math.Round(float64(min(class.sample, frame))*class.response)))
		for range answered {
			e := class.draw(random)
			e.frame, e.weight = frame, float64(frame)/float64(answered)
			all = append(all, e)
		}
	}
	return all
}

// draw makes one employer of the class.
func (s *sizeClass) draw(random *rand.Rand) employer {
	u := random.Float64()
	e := employer{class: s, sector: employerSectors[random.IntN(len(employerSectors))], commitment: "none"}
	e.employees = s.from + int(float64(s.to-s.from+1)*u*u)
	if random.Float64() < s.commitment {
		e.commitment = commitments[random.IntN(len(commitments))]
	}
	e.criteria = random.IntN(6)
	if random.Float64() < s.organisation {
		e.criteria = 6 + random.IntN(3)
	}
	e.payroll = e.employees * int(34_000*math.Exp(.25*random.NormFloat64()))
	if random.Float64() >= s.spendsNone {
		share := s.spending / (1 - s.spendsNone) * math.Exp(.5*random.NormFloat64()-.125)
		e.training = int(math.Round(float64(e.payroll) * share))
	}
	switch u := random.Float64(); {
	case u < .03:
		e.commitment = "not told"
	case u < .10:
		e.training = -1
	case u < .13:
		e.payroll = -1
	}
	return e
}
