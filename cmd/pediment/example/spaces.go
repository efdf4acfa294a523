package example

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
)

// spaceType is a kind of learning space and its share of all.
type spaceType struct {
	name  string
	share float64
}

var spaceTypes = []spaceType{
	{"learning centre", .22}, {"community centre", .20}, {"library", .12}, {"cultural centre", .13},
	{"museum", .07}, {"school open in the evening", .16}, {"garden classroom", .10},
}

// residentsPerSpace is the city's average; the district left behind has fewer.
const residentsPerSpace = 2900

// spaces writes the register of learning spaces: latitude and longitude in one
// column, the register's own words for the state, no date where nobody knows
// when a space opened.
func spaces(c *city, w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"No.", "Name", "Type", "District", "Position", "State", "Opened", "Closed"})
	random, number := c.random("spaces"), 0
	for _, d := range c.districts {
		count := max(3, int(float64(d.residents(lastYear))/residentsPerSpace*(1-.35*d.handicap)))
		for n := range count {
			number++
			kind := draw(random, spaceTypes, func(t *spaceType) float64 { return t.share })
			state, opened, closed := spaceLife(random)
			out.Write([]string{fmt.Sprint(number), fmt.Sprintf("%s, %s %d", d.name, kind.name, n+1), kind.name, d.code, d.spot(random), state, opened, closed})
		}
	}
	out.Flush()
	return out.Error()
}

// spaceLife draws the state of a space and when it opened and closed.
func spaceLife(random *rand.Rand) (state, opened, closed string) {
	date := func(from, to int) string {
		return fmt.Sprintf("%d-%02d-%02d", from+random.IntN(to-from+1), 1+random.IntN(12), 1+random.IntN(28))
	}
	opened = date(1978, lastYear)
	if random.Float64() < .1 {
		opened = ""
	}
	switch u := random.Float64(); {
	case u < .05:
		return "planned", "", ""
	case u < .12:
		return "given up", date(1978, 2018), date(2022, lastYear)
	}
	return "in use", opened, ""
}

// spot draws a point within the district, away from its border, as "latitude,
// longitude".
func (d *district) spot(random *rand.Rand) string {
	u, v := .15+.7*random.Float64(), .2+.6*random.Float64()
	southWest, southEast, northEast, northWest := d.outline[0], d.outline[2], d.outline[3], d.outline[5]
	var p [2]float64
	for k := range p {
		south := southWest[k] + u*(southEast[k]-southWest[k])
		north := northWest[k] + u*(northEast[k]-northWest[k])
		p[k] = south + v*(north-south)
	}
	return fmt.Sprintf("%.5f, %.5f", p[1], p[0])
}
