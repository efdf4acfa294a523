package example

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// places writes the city and its districts.
func places(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("code,name,parent,kind,valid_from,valid_to\n")
	fmt.Fprintf(out, "%s,Riverbend,,city,1920-01-01,\n", cityCode)
	for _, d := range c.districts {
		fmt.Fprintf(out, "%s,%s,%s,district,1974-01-01,\n", d.code, d.name, cityCode)
	}
	return out.Flush()
}

// outlines writes the districts' polygons.
func outlines(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString(`{"type":"FeatureCollection","features":[`)
	for i, d := range c.districts {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(out, "\n"+`{"type":"Feature","properties":{"code":%q,"name":%q},"geometry":{"type":"Polygon","coordinates":[[`, d.code, d.name)
		for j, p := range d.outline {
			if j > 0 {
				out.WriteByte(',')
			}
			fmt.Fprintf(out, "[%.3f,%.3f]", p[0], p[1])
		}
		out.WriteString(`]]}}`)
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// population writes residents at mid-year: a row for a year, district and sex,
// ages as headers. As published it has a column of totals, a row for both sexes
// and rows for the whole city, which pediment.yaml excludes.
func population(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("Year,District,Sex")
	for age := range maxAge {
		fmt.Fprintf(out, ",%d", age)
	}
	fmt.Fprintf(out, ",%d+,All ages\n", maxAge)
	for year := firstYear; year <= lastYear; year++ {
		var whole [2][maxAge + 1]int
		for _, d := range c.districts {
			people := d.people[year-firstYear]
			writePeople(out, year, d.code, people)
			for sex := range people {
				for age, n := range people[sex] {
					whole[sex][age] += n
				}
			}
		}
		writePeople(out, year, cityCode, whole)
	}
	return out.Flush()
}

// writePeople writes the rows of one place and year: each sex, then both.
func writePeople(out *bufio.Writer, year int, place string, people [2][maxAge + 1]int) {
	both := people[0]
	for age, n := range people[1] {
		both[age] += n
	}
	rows := [3][maxAge + 1]int{people[0], people[1], both}
	for i, label := range []string{sexes[0], sexes[1], "both"} {
		out.WriteString(strconv.Itoa(year) + "," + place + "," + label)
		sum := 0
		for _, n := range rows[i] {
			out.WriteString("," + strconv.Itoa(n))
			sum += n
		}
		out.WriteString("," + strconv.Itoa(sum) + "\n")
	}
}
