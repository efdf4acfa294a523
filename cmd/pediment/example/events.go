package example

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"time"
)

// event is something the city holds every year, or every few years.
type event struct {
	name, kind  string
	place       string // "" for the whole city
	month       time.Month
	visitors    int // in an ordinary year, for a city of 240,000
	media       int
	first, step int // held in first, first+step, …
}

var yearlyEvents = []event{
	{"Learning festival", "festival", "", time.September, 18400, 46, 2021, 1},
	{"Night of libraries and museums", "festival", "RB01", time.May, 9300, 21, 2021, 1},
	{"Festival of languages", "festival", "RB07", time.February, 3100, 9, 2022, 1},
	{"Science days", "festival", "RB03", time.June, 5600, 14, 2021, 1},
	{"Adult Learners' Week", "campaign", "", time.November, 2700, 17, 2021, 1},
	{"\"Learn for free\" campaign", "campaign", "RB06", time.March, 900, 6, 2023, 1},
	{"Riverbend conference on lifelong learning", "conference", "RB01", time.October, 420, 11, 2021, 2},
	{"Employers' skills day", "conference", "RB02", time.April, 260, 5, 2022, 1},
	{"Learning awards", "award", "RB01", time.December, 340, 13, 2021, 1},
}

// events writes festivals, campaigns and conferences, one file a city's events
// office might keep: dates in words, "ca." before estimates.
func events(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("Event|Kind|District|Date|Visitors|Media mentions\n")
	random := c.random("events")
	for year := firstYear; year <= lastYear; year++ {
		for _, e := range yearlyEvents {
			if year >= e.first && (year-e.first)%e.step == 0 {
				fmt.Fprintln(out, e.row(random, c, year))
			}
		}
		for _, d := range c.districts {
			street := event{name: "Street fair " + d.name, kind: "festival", place: d.code, month: time.July, visitors: 60 + d.residents(year)/40, media: 2}
			fmt.Fprintln(out, street.row(random, c, year))
		}
	}
	return out.Flush()
}

// row is the event's line for a year. In 2021 few could come.
func (e event) row(random *rand.Rand, c *city, year int) string {
	visitors := float64(e.visitors) * float64(c.residents) / 240_000 * (.9 + .2*random.Float64()) * (1 + .03*float64(year-2023))
	if year == firstYear {
		visitors *= .35
	}
	estimate := ""
	if visitors > 2000 {
		estimate = "ca. "
		visitors = float64(int(visitors/100) * 100)
	}
	held := time.Date(year, e.month, 1+random.IntN(27), 0, 0, 0, 0, time.UTC)
	return fmt.Sprintf("%s|%s|%s|%s|%s%.0f|%d", e.name, e.kind, e.place, held.Format("2 January 2006"), estimate, visitors, e.media*(60+random.IntN(80))/100)
}
