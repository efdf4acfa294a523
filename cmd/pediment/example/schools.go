package example

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
)

// schools writes the education authority's counts of October: school years,
// semicolons, decimal commas, totals rows that say "Whole city".
func schools(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("Series;School year;District;Sex;Count or rate;Learners;Teachers (FTE)\r\n")
	early, classes := earlyChildhood(), learnersPerTeacher()
	for _, p := range early.periods {
		for _, f := range c.figures(&early, p) {
			fmt.Fprintf(out, "Early childhood enrolment;%s;%s;%s;%d;;\r\n", p.label, c.areaName(f.place), sexName(f.sex), f.numerator)
		}
		for _, f := range c.figures(&classes, p) {
			value := strings.Replace(f.value(&classes), ".", ",", 1)
			fmt.Fprintf(out, "Learners per teacher;%s;%s;All;%s;%d;%d\r\n", p.label, c.areaName(f.place), value, f.numerator, f.denominator)
		}
		c.writeTeachers(out, p)
	}
	return out.Flush()
}

// earlyChildhood is enrolment of children aged 3 to 5: the indicator that rises,
// least where it is needed most.
func earlyChildhood() series {
	return series{name: "early_childhood_enrolment", periods: schoolYearly(), low: 3, high: 5, share: everyone,
		places: true, sexes: true, scale: 100, rate: func(x cell) float64 {
			return .80 + .014*x.since() - x.district.handicap*(.11+.008*x.since())
		}}
}

// learnersPerTeacher counts learners aged 3 to 18 over full-time teachers.
func learnersPerTeacher() series {
	const perTeacher = 13.4
	return series{name: "learners_per_teacher", periods: schoolYearly(), low: 3, high: 18, scale: 1, places: true,
		share: func(x cell) float64 { return .95 / perTeacher * (1 - .11*x.district.handicap) },
		rate:  func(x cell) float64 { return perTeacher / (1 - .11*x.district.handicap) }}
}

// writeTeachers writes the number of teachers by district, and of the city.
func (c *city) writeTeachers(out io.Writer, p when) {
	sum := 0
	for i := range c.districts {
		n := c.districts[i].teacherCount(p.year)
		sum += n
		fmt.Fprintf(out, "Teachers;%s;%s;All;%d;;\r\n", p.label, c.districts[i].code, n)
	}
	fmt.Fprintf(out, "Teachers;%s;%s;All;%d;;\r\n", p.label, c.areaName(-1), sum)
}

func (c *city) areaName(i int) string {
	if i < 0 {
		return "Whole city"
	}
	return c.districts[i].code
}

func sexName(sex int) string {
	return [3]string{"All", "Girls", "Boys"}[sex+1]
}

// crimesPerThousand is the usual number of recorded crimes a month for each
// thousand residents. From 2024 online fraud is recorded too: the series breaks.
const crimesPerThousand, recordedMore = 5.1, 1.09

// police writes recorded crimes: a row for a district, the months as headers, a
// row of totals.
func police(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	random := c.random("police")
	out.WriteString("District")
	for month := range 12 * years {
		fmt.Fprintf(out, ",%d-%02d", firstYear+month/12, month%12+1)
	}
	out.WriteByte('\n')
	var totals [12 * years]int
	for i := range c.districts {
		d := &c.districts[i]
		out.WriteString(d.code)
		for month := range totals {
			year := firstYear + month/12
			expected := float64(d.residents(year)) / 1000 * crimesPerThousand * (1 + .35*d.handicap) * (1 - .015*float64(year-firstYear))
			if year >= 2024 {
				expected *= recordedMore
			}
			n := int(math.Round(expected + math.Sqrt(expected)*random.NormFloat64()))
			totals[month] += n
			fmt.Fprintf(out, ",%d", n)
		}
		out.WriteByte('\n')
	}
	out.WriteString("All districts")
	for _, n := range totals {
		fmt.Fprintf(out, ",%d", n)
	}
	out.WriteByte('\n')
	return out.Flush()
}
