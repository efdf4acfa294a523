package example

import (
	"math"
	"math/rand/v2"
	"strconv"
)

// when is a period figures are published for.
type when struct {
	label         string
	year, quarter int // quarter is 0 for a whole year
}

// cell is a group of residents that a rate is worked out for.
type cell struct {
	district  *district
	sex, band int
	when
}

// bands are the city's age bands, as in "ages:" of pediment.yaml; the code is
// the statistical office's.
var bands = []struct {
	label, code string
	low, high   int
}{
	{"0-5", "Y0T5", 0, 5}, {"6-14", "Y6T14", 6, 14}, {"15-24", "Y15T24", 15, 24}, {"25-34", "Y25T34", 25, 34}, {"35-44", "Y35T44", 35, 44},
	{"45-54", "Y45T54", 45, 54}, {"55-64", "Y55T64", 55, 64}, {"65-74", "Y65T74", 65, 74}, {"75+", "Y_GE75", 75, maxAge},
}

// series is an official series made of a numerator and a denominator.
type series struct {
	name, source string
	periods      []when
	low, high    int                // ages of the denominator
	share        func(cell) float64 // part of these residents in the denominator
	rate         func(cell) float64 // numerator over denominator
	places, ages bool               // broken down by district; by age band
	sexes        bool
	rateOnly     bool // published without numerator and denominator
	scale        float64
	flag         string // of every figure: b break, e estimated, p provisional
}

// figure is one published figure: the sums over the cells it covers.
type figure struct {
	place, sex, band       int // -1 for all
	numerator, denominator int
}

// figures works out what is published of a series for a period: the city, then
// every breakdown. Numerators and denominators of a breakdown add up to the
// city's.
func (c *city) figures(s *series, w when) []figure {
	random := c.random("series " + s.name + " " + w.label)
	published := []figure{{place: -1, sex: -1, band: -1}}
	if s.places {
		for i := range c.districts {
			published = append(published, figure{place: i, sex: -1, band: -1})
		}
	}
	if s.sexes {
		published = append(published, figure{place: -1, sex: 0, band: -1}, figure{place: -1, sex: 1, band: -1})
	}
	for i, b := range bands {
		if s.ages && b.high >= s.low && b.low <= s.high {
			published = append(published, figure{place: -1, sex: -1, band: i})
		}
	}
	for place := range c.districts {
		for sex := range sexes {
			for band := range bands {
				numerator, denominator := c.outcome(random, s, place, cell{&c.districts[place], sex, band, w})
				for i := range published {
					published[i].add(place, sex, band, numerator, denominator)
				}
			}
		}
	}
	return published
}

func (f *figure) add(place, sex, band, numerator, denominator int) {
	if (f.place < 0 || f.place == place) && (f.sex < 0 || f.sex == sex) && (f.band < 0 || f.band == band) {
		f.numerator += numerator
		f.denominator += denominator
	}
}

// outcome works out one cell: the denominator from the population, the numerator
// around its rate with the spread of a count.
func (c *city) outcome(random *rand.Rand, s *series, place int, x cell) (numerator, denominator int) {
	noise := random.NormFloat64()
	low, high := max(s.low, bands[x.band].low), min(s.high, bands[x.band].high)
	if low > high {
		return 0, 0
	}
	denominator = int(math.Round(float64(c.districts[place].countSex(x.year, x.sex, low, high)) * s.share(x)))
	expected := float64(denominator) * s.rate(x)
	numerator = int(math.Round(expected + .4*math.Sqrt(expected)*noise))
	if s.scale == 100 {
		numerator = min(numerator, denominator)
	}
	return max(0, numerator), denominator
}

// value is the figure as published, rounded to one decimal.
func (f figure) value(s *series) string {
	return strconv.FormatFloat(s.scale*float64(f.numerator)/float64(f.denominator), 'f', 1, 64)
}

// annual lists the years as periods.
func annual(of ...int) []when {
	periods := make([]when, len(of))
	for i, year := range of {
		periods[i] = when{strconv.Itoa(year), year, 0}
	}
	return periods
}

// quarterly lists the quarters of every year.
func quarterly() []when {
	var periods []when
	for year := firstYear; year <= lastYear; year++ {
		for quarter := 1; quarter <= 4; quarter++ {
			periods = append(periods, when{strconv.Itoa(year) + "-Q" + strconv.Itoa(quarter), year, quarter})
		}
	}
	return periods
}

// schoolYearly lists the school years that begin in every year.
func schoolYearly() []when {
	var periods []when
	for year := firstYear; year <= lastYear; year++ {
		periods = append(periods, when{strconv.Itoa(year) + "/" + strconv.Itoa((year+1)%100), year, 0})
	}
	return periods
}

// everyone is the share of a denominator that leaves nobody out.
func everyone(cell) float64 { return 1 }

// since is the number of years since the first, quarters counted.
func (x cell) since() float64 {
	t := float64(x.year - firstYear)
	if x.quarter > 0 {
		t += float64(x.quarter)/4 - .625
	}
	return t
}
