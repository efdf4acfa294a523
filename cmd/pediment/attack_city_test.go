package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// victim is a person in a record of the city under attack.
type victim struct {
	year, place, sex, age string
	done, migrant         bool
	wave                  wave
	number                int
}

// wave says which of three reports know of a person.
type wave int

const (
	always   wave = iota
	second        // came after the first report
	mistaken      // in the second alone: taken out again
	third         // came after the second
	waves
)

// in reports whether the report, counted from 0, knows of the person.
func (w wave) in(report int) bool {
	switch w {
	case second:
		return report >= 1
	case mistaken:
		return report == 1
	case third:
		return report == 2
	}
	return true
}

// grant is a payment to somebody.
type grant struct {
	year, place, payee string
	amount             int
}

// attackedCity is a city whose true counts are known: what an attacker is after.
type attackedCity struct {
	courses, residents []victim
	grants             []grant
	report             int // for which the files are written
}

var (
	attackedPlaces = []string{"N1", "N2", "S1", "S2"}
	attackedSexes  = []string{"woman", "man", "diverse"}
	attackedAges   = []string{"0-29", "30-59", "60+"}
	attackedYears  = []string{"2024", "2025"}
	ageOf          = map[string]int{"0-29": 20, "30-59": 40, "60+": 70}
	placeNames     = map[string]string{"N1": "Northgate", "N2": "Northfield", "S1": "Southbank", "S2": "Southwick"}
)

// newAttackedCity draws a city: most groups are large, people of the sex "diverse"
// are few, one district hardly answered the survey, and one payee takes most of
// the grants of a district.
func newAttackedCity(seed uint64) attackedCity {
	random := rand.New(rand.NewPCG(seed, 5))
	var c attackedCity
	for _, year := range attackedYears {
		for k, place := range attackedPlaces {
			for _, sex := range attackedSexes {
				for _, age := range attackedAges {
					n := 6 + random.IntN(50-10*k)
					if sex == "diverse" {
						n = random.IntN(4)
					}
					c.enrol(random, victim{year: year, place: place, sex: sex, age: age}, n)
				}
			}
			answers := 50 + random.IntN(30)
			if place == "S2" {
				answers = 4 + random.IntN(5)
			}
			for range answers {
				c.residents = append(c.residents, victim{
					year: year, place: place, sex: attackedSexes[random.IntN(2)], age: attackedAges[random.IntN(3)], done: random.IntN(2) == 0, number: len(c.residents),
				})
			}
			for payee := range 12 {
				amount := 1000 + random.IntN(100)
				if place == "S2" && payee == 0 {
					amount *= 40
				}
				c.grants = append(c.grants, grant{year, place, fmt.Sprintf("payee %s %d", place, payee), amount})
			}
		}
	}
	return c
}

// enrol adds n people of one kind, of whom some complete and a few are migrants.
func (c *attackedCity) enrol(random *rand.Rand, v victim, n int) {
	for range n {
		v.done, v.migrant, v.number = random.IntN(3) > 0, random.IntN(7) == 0, len(c.courses)
		c.courses = append(c.courses, v)
	}
}

// comeLate adds what the first report did not know, one, two and many people, what
// the second counted by mistake, so many that nobody would look at the first again,
// and one who came after it.
func (c *attackedCity) comeLate() {
	add := func(v victim, n int) {
		for range n {
			v.number = len(c.courses)
			c.courses = append(c.courses, v)
		}
	}
	add(victim{wave: second, year: "2025", place: "N1", sex: "woman", age: "0-29", done: true}, 2)
	add(victim{wave: second, year: "2025", place: "S1", sex: "man", age: "60+", migrant: true}, 1)
	add(victim{wave: second, year: "2024", place: "N2", sex: "diverse", age: "30-59"}, 1)
	add(victim{wave: second, year: "2025", place: "S2", sex: "man", age: "30-59", done: true}, 14)
	add(victim{wave: mistaken, year: "2025", place: "N1", sex: "woman", age: "30-59", done: true}, 70)
	add(victim{wave: mistaken, year: "2024", place: "S1", sex: "man", age: "0-29"}, 40)
	add(victim{wave: third, year: "2025", place: "N1", sex: "woman", age: "60+"}, 1)
	add(victim{wave: third, year: "2024", place: "S1", sex: "man", age: "0-29", done: true}, 3)
}

const attackedSettings = `city: Smallville
currency: EUR
ages: [0, 30, 60]
report: {period: "2025"}
privacy:
  smallest_cell: 10
  dominance: {top: 2, share: 75%}
  contributors: {grants: payee}
equity:
  indicators: [own.2]
  intersections: [[sex, place]]
  need: {dataset: courses, where: migrant, name: migrants among learners}
index:
  tree: [{code: learning, name: Learning, indicators: [own.2, own.4]}]
  periods: ["2025"]
datasets:
  courses:
    kind: participation
    files: data/courses.csv
    columns:
      period:    {type: period, from: year}
      place:     {type: text}
      sex:       {type: text}
      age:       {type: integer}
      completed: {type: boolean, true: ["1"], false: ["0"]}
      migrant:   {type: boolean, true: ["1"], false: ["0"]}
      person:    {type: text}
    rules:
      - {name: an odd rule, row: "sex <> 'diverse' OR age < 60"}
  residents_survey:
    kind: survey
    files: data/residents.csv
    columns:
      period:  {type: period, from: year}
      place:   {type: text}
      sex:     {type: text}
      age:     {type: integer}
      learned: {type: boolean, true: ["1"], false: ["0"]}
      w:       {type: number}
    design: {weight: w}
  grants:
    kind: budget
    files: data/grants.csv
    columns:
      period:     {type: period, from: year}
      place:      {type: text}
      payee:      {type: text}
      amount:     {type: decimal}
      currency:   {type: text, from: "'EUR'"}
      price_year: {type: integer, from: year}
      phase:      {type: text, from: "'executed'"}
      direction:  {type: text, from: "'expenditure'"}
`

const attackedIndicators = `- {code: own.1, name: Enrolments, kind: total, numerator: {dataset: courses}, unit: enrolments, better: higher, by: [sex, place, age_band]}
- {code: own.2, name: Courses completed, numerator: {dataset: courses, where: completed}, denominator: {dataset: courses}, unit: percent, better: higher, by: [sex, place, age_band]}
- {code: own.3, name: Different learners, kind: distinct, numerator: {dataset: courses, value: person}, unit: persons, better: higher, by: [sex, place]}
- {code: own.4, name: Residents who learned, numerator: {dataset: residents_survey, where: learned}, denominator: {}, unit: percent, better: higher, by: [sex, place, age_band]}
- {code: own.5, name: Grants paid, kind: total, numerator: {dataset: grants, value: amount}, unit: EUR, better: higher, by: [place]}
- {code: own.6, name: Enrolments of migrants, kind: total, numerator: {dataset: courses, where: migrant}, unit: enrolments, better: higher, by: [sex, place, age_band]}
`

// attackedAppraisal asks for a group in a district: no table of values has it.
const attackedAppraisal = `title: %[1]s
question: Is it worth it?
business_as_usual: Nothing.
price_base: 2025
base_year: 2025
last_year: 2026
no_optimism: arithmetic for a test
discount: {rate: 3%%, source: made up}
stakeholders: [{id: city, name: City, public: true}, {id: learners, name: Learners}]
options: [{id: a, name: A}]
assumptions:
  - {id: asked, label: Enrolments, indicator: {code: own.1, place: %[2]s, group: {age_band: %[3]q}}}
lines:
  - {id: staff, name: Staff, side: cost, class: running, payer: city, quantity: [1], unit_value: 500, from: 2025, to: 2025, grade: 1, source: made up}
  - {id: gain, name: Gain, side: benefit, class: social, receiver: learners, quantity: [asked], unit_value: 1, from: 2025, to: 2025, grade: 1, source: made up}
`

const attackedPlan = `title: Smallville learns
from: 2024
to: 2026
method: linear
path: linear
objectives:
  - id: complete
    name: More complete their course
    measures:
      - {code: own.2, direction: up, baseline: {period: 2024}, targets: [{period: 2026, value: 90}]}
      - {code: own.2, group: {sex: diverse}, direction: up, baseline: {period: 2024}, targets: [{period: 2026, value: 90}]}
      - {code: own.4, place: S2, direction: up, baseline: {period: 2024}, targets: [{period: 2026, value: 90}]}
`

// write writes the city's folder.
func (c attackedCity) write(t *testing.T, dir string) {
	t.Helper()
	places := "code,name,parent,kind,valid_from,valid_to\nN,North,,quarter,,\nS,South,,quarter,,\n"
	for _, code := range attackedPlaces {
		places += fmt.Sprintf("%s,%s,%s,district,,\n", code, placeNames[code], code[:1])
	}
	bit := map[bool]int{true: 1}
	courses, residents, grants := "year,place,sex,age,completed,migrant,person\n", "year,place,sex,age,learned,w\n", "year,place,payee,amount\n"
	for _, v := range c.courses {
		if !v.wave.in(c.report) {
			continue
		}
		courses += fmt.Sprintf("%s,%s,%s,%d,%d,%d,p%d\n", v.year, v.place, v.sex, ageOf[v.age], bit[v.done], bit[v.migrant], v.number)
	}
	for _, v := range c.residents {
		residents += fmt.Sprintf("%s,%s,%s,%d,%d,12.5\n", v.year, v.place, v.sex, ageOf[v.age], bit[v.done])
	}
	for _, g := range c.grants {
		grants += fmt.Sprintf("%s,%s,%s,%d\n", g.year, g.place, g.payee, g.amount)
	}
	files := map[string]string{
		"pediment.yaml": attackedSettings, "indicators/own.yaml": attackedIndicators, "plan.yaml": attackedPlan, "places.csv": places,
		"data/courses.csv": courses, "data/residents.csv": residents, "data/grants.csv": grants,
		"appraisals/north.yaml": fmt.Sprintf(attackedAppraisal, "North", "N1", "0-29"), "appraisals/south.yaml": fmt.Sprintf(attackedAppraisal, "South", "S1", "60+"),
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// publishedSpot is what a published value of the city is about.
type publishedSpot struct {
	code, year, place, sex, age string
}

func (s publishedSpot) String() string {
	return strings.Join(slices.DeleteFunc([]string{s.code, s.year, s.place, s.sex, s.age}, func(x string) bool { return x == "" }), " ")
}

// holds reports whether a person belongs to the spot's group.
func (s publishedSpot) holds(v victim) bool {
	return s.year == v.year && (s.place == "" || s.place == v.place) && (s.sex == "" || s.sex == v.sex) && (s.age == "" || s.age == v.age)
}

// labels are the words the spot's levels are called by, column by column.
func (s publishedSpot) labels() [][]string {
	var all [][]string
	if s.place != "" {
		all = append(all, []string{s.place, placeNames[s.place]})
	}
	if s.sex != "" {
		all = append(all, []string{s.sex})
	}
	if s.age != "" {
		all = append(all, []string{s.age})
	}
	return all
}

// granted are the withheld amounts of money.
func (c attackedCity) granted(t *testing.T, hidden []publishedSpot) (amounts []int) {
	t.Helper()
	for _, spot := range hidden {
		sum := 0
		for _, g := range c.grants {
			if spot.code == "own.5" && g.year == spot.year && g.place == spot.place {
				sum += g.amount
			}
		}
		if sum > 0 {
			amounts = append(amounts, sum)
		}
	}
	if len(amounts) < 4 {
		t.Errorf("only %d amounts are withheld", len(amounts))
	}
	return amounts
}

// columnsNamed counts the columns a text names a level of.
func columnsNamed(text string) (n int) {
	anyOf := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return mentions(text, word) })
	}
	for _, named := range []bool{
		anyOf(attackedPlaces...) || anyOf(slices.Sorted(maps.Values(placeNames))...), anyOf(attackedSexes...), anyOf(attackedAges...),
	} {
		if named {
			n++
		}
	}
	return n
}
