package example

import (
	"encoding/csv"
	"io"
	"strconv"
)

// margins writes the adult residents by sex and by district in the years of the
// residents' survey, as the population register has them.
func margins(c *city, w io.Writer) error {
	rows := [][]string{{"variable", "level", "total", "period"}}
	for _, year := range surveyYears {
		add := func(variable, level string, total int) {
			rows = append(rows, []string{variable, level, strconv.Itoa(total), strconv.Itoa(year)})
		}
		for sex, level := range sexes {
			total := 0
			for _, d := range c.districts {
				total += d.countSex(year, sex, adultAge, maxAge)
			}
			add("sex", level, total)
		}
		for _, d := range c.districts {
			add("place", d.code, d.count(year, adultAge, maxAge))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}
