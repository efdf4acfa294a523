package example

import (
	"bufio"
	"fmt"
	"io"
	"math"
)

// officeSeries are the series of the statistical office with numerator and
// denominator. What the city lacks is lacking on purpose: the README says what
// and why.
func officeSeries() []series {
	return []series{
		{name: "literacy_rate", source: "Census", periods: annual(2021), low: 15, high: maxAge, share: everyone,
			places: true, sexes: true, ages: true, scale: 100, rate: literacy},
		{name: "mean_years_schooling", source: "Census", periods: annual(2021), low: 25, high: maxAge, share: everyone,
			places: true, sexes: true, scale: 1, rate: schooling},
		{name: "election_turnout", source: "Returning officer", periods: annual(2021, 2024), low: 18, high: maxAge,
			share:  func(x cell) float64 { return 1 - .45*x.district.migrant },
			places: true, sexes: true, scale: 100, rate: turnout},
		{name: "poverty_rate", source: "Small-area model", periods: annual(2021, 2022, 2023), low: 0, high: maxAge, share: everyone,
			places: true, sexes: true, rateOnly: true, scale: 100, flag: "e", rate: poverty},
		{name: "internet_access", source: "Household panel", periods: annual(2021, 2023), low: 18, high: maxAge,
			share:  func(cell) float64 { return .55 },
			places: true, rateOnly: true, scale: 100, rate: internet},
		unemployment(),
		{name: "neet_rate", source: "Labour office", periods: annual(2021, 2022, 2023, 2024, 2025), low: 15, high: 24, share: everyone,
			places: true, sexes: true, scale: 100, rate: neet},
	}
}

func literacy(x cell) float64 {
	rate := .991 - .022*math.Max(0, x.district.handicap)
	if x.band >= 7 {
		rate -= .018
	}
	return rate
}

func schooling(x cell) float64 {
	years := 12.6 - 1.5*x.district.handicap - .35*float64(x.band-3)
	if x.sex == 0 {
		years -= .2
	}
	return years
}

func turnout(x cell) float64 {
	return .58 - .14*x.district.handicap - .012*x.since() + .05*float64(x.band-5)/4
}

func poverty(x cell) float64 {
	rate := .128 + .115*x.district.handicap + .004*x.since()
	if x.band < 3 {
		rate += .05
	}
	return rate
}

func internet(x cell) float64 { return .88 + .025*x.since() - .09*math.Max(0, x.district.handicap) }

// unemployment falls in the city and rises in the district left behind.
func unemployment() series {
	return series{name: "unemployment_rate", source: "Labour office", periods: quarterly(), low: 15, high: 74, share: activity,
		places: true, sexes: true, ages: true, scale: 100, rate: func(x cell) float64 {
			rate := .064 - .0022*x.since() + x.district.handicap*(.042+.0035*x.since()) + .003*math.Cos(math.Pi*float64(x.quarter-1)/2)
			if x.band == 2 {
				rate += .045
			}
			return rate
		}}
}

// activity is the share of residents in the labour force.
func activity(x cell) float64 {
	share := []float64{0, 0, .52, .86, .89, .88, .66, .09, 0}[x.band]
	if x.sex == 0 {
		share *= .93
	}
	return share
}

// neet rises: the indicator that worsens.
func neet(x cell) float64 {
	return .078 + .0065*x.since() + x.district.handicap*(.058+.010*x.since()) + .006*float64(1-x.sex)
}

// counts are yearly figures without a denominator.
type counts struct {
	series, source string
	years          []int
	value          func(c *city, d *district, year int) float64
	places         bool
	flag           string
}

func officeCounts() []counts {
	return []counts{
		{"co2_emissions", "Energy agency", []int{2021, 2022, 2023}, func(_ *city, d *district, year int) float64 {
			return float64(d.residents(year)) * (5.42 - .19*float64(year-firstYear))
		}, false, "e"},
		{"household_waste", "Waste company", []int{2021, 2022, 2023, 2024, 2025}, func(_ *city, d *district, year int) float64 {
			return float64(d.residents(year)) * (392 - 6.5*float64(year-firstYear) + 21*d.handicap)
		}, true, ""},
	}
}

// statistics writes the statistical office's file: SDMX codes (_T for totals,
// Y15T24 for ages), a colon for what is not published, quarters as 2021-Q1.
func statistics(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("SERIES,TIME_PERIOD,REF_AREA,SEX,AGE,OBS_VALUE,NUMERATOR,DENOMINATOR,OBS_STATUS,SOURCE\n")
	for _, s := range officeSeries() {
		for _, p := range s.periods {
			for _, f := range c.figures(&s, p) {
				writeFigure(out, c, &s, p, f)
			}
		}
	}
	c.writeJobless(out)
	writeCouncil(out)
	for _, k := range officeCounts() {
		for _, year := range k.years {
			k.write(out, c, year)
		}
	}
	return out.Flush()
}

func writeFigure(out io.Writer, c *city, s *series, p when, f figure) {
	parts := fmt.Sprintf("%d,%d", f.numerator, f.denominator)
	if s.rateOnly {
		parts = ":,:"
	}
	age := "_T"
	if f.band >= 0 {
		age = bands[f.band].code
	}
	fmt.Fprintf(out, "%s,%s,%s,%s,%s,%s,%s,%s,%s\n", s.name, p.label, c.area(f.place), sexCode(f.sex), age, f.value(s), parts, s.flag, s.source)
}

// writeJobless writes the number of unemployed residents, the average of the
// quarters the unemployment rate is published for.
func (c *city) writeJobless(out io.Writer) {
	s := unemployment()
	s.ages = false
	for year := firstYear; year <= lastYear; year++ {
		var sums []figure
		for _, p := range s.periods[(year-firstYear)*4 : (year-firstYear)*4+4] {
			for i, f := range c.figures(&s, p) {
				if i == len(sums) {
					sums = append(sums, figure{place: f.place, sex: f.sex, band: f.band})
				}
				sums[i].numerator += f.numerator
			}
		}
		for _, f := range sums {
			fmt.Fprintf(out, "unemployed_residents,%d,%s,%s,_T,%g,:,:,,%s\n", year, c.area(f.place), sexCode(f.sex), float64(f.numerator)/4, s.source)
		}
	}
}

// writeCouncil writes the council's seats held by women: elections changed it
// in 2021 and, after it was dissolved, in 2024.
func writeCouncil(out io.Writer) {
	const seats = 49
	for year := firstYear; year <= lastYear; year++ {
		women := 17
		if year >= 2024 {
			women = 22
		}
		fmt.Fprintf(out, "women_council_seats,%d,%s,_T,_T,%.1f,%d,%d,,Council office\n", year, cityCode, 100*float64(women)/seats, women, seats)
	}
}

func (k counts) write(out io.Writer, c *city, year int) {
	random, sum := c.random(fmt.Sprintf("counts %s %d", k.series, year)), 0.0
	for i := range c.districts {
		value := math.Round(k.value(c, &c.districts[i], year) * (.985 + .03*random.Float64()))
		sum += value
		if k.places {
			fmt.Fprintf(out, "%s,%d,%s,_T,_T,%.0f,:,:,%s,%s\n", k.series, year, c.districts[i].code, value, k.flag, k.source)
		}
	}
	fmt.Fprintf(out, "%s,%d,%s,_T,_T,%.0f,:,:,%s,%s\n", k.series, year, cityCode, sum, k.flag, k.source)
}

// area is the code of district i, or of the city where i is negative.
func (c *city) area(i int) string {
	if i < 0 {
		return cityCode
	}
	return c.districts[i].code
}

func sexCode(sex int) string {
	if sex < 0 {
		return "_T"
	}
	return "FM"[sex : sex+1]
}
