package example

import (
	"iter"
	"math/rand/v2"
)

// adultAge is the lowest age surveys are held with.
const adultAge = 16

// The levels of education and the employment statuses of adults, in the order
// of the surveys' answer codes.
var (
	educations  = [3]string{"low", "medium", "high"}
	employments = [6]string{"employee", "self-employed", "unemployed", "student", "retired", "other"}
)

const (
	lowEducation  = 0
	highEducation = 2
	employee      = 0
)

// adult is a resident aged 16 or over as the surveys see one.
type adult struct {
	district   *district
	sex, age   int // sex: 0 female, 1 male
	migrant    bool
	education  int // index of educations
	employment int // index of employments
}

// eachAdult yields every kind of adult resident at mid-year with how many of
// the kind there are. It is the population the surveys are drawn from, as
// expectations: what drawAdult draws.
func (c *city) eachAdult(year int) iter.Seq2[adult, float64] {
	return func(yield func(adult, float64) bool) {
		for i := range c.districts {
			for kind := range 2 * (maxAge + 1) * 2 * len(educations) * len(employments) {
				a := adult{district: &c.districts[i], sex: kind % 2, age: kind / 2 % (maxAge + 1)}
				kind /= 2 * (maxAge + 1)
				a.migrant, a.education, a.employment = kind%2 == 1, kind/2%len(educations), kind/2/len(educations)
				if a.age >= adultAge && !yield(a, a.number(year)) {
					return
				}
			}
		}
	}
}

// number is how many residents are like a at mid-year.
func (a adult) number(year int) float64 {
	migrant := a.district.migrant
	if !a.migrant {
		migrant = 1 - migrant
	}
	people := float64(a.district.people[year-firstYear][a.sex][a.age])
	return people * migrant * a.educationShares()[a.education] * a.employmentShares()[a.employment]
}

// drawAdult draws one of the district's adult residents, each equally likely.
func (d *district) drawAdult(random *rand.Rand, year int) adult {
	n := random.IntN(d.count(year, adultAge, maxAge))
	a := adult{district: d, age: adultAge}
	for n >= d.people[year-firstYear][a.sex][a.age] {
		n -= d.people[year-firstYear][a.sex][a.age]
		if a.age++; a.age > maxAge {
			a.sex, a.age = 1, adultAge
		}
	}
	a.migrant = random.Float64() < d.migrant
	education := a.educationShares()
	a.education = drawIndex(random, education[:])
	employment := a.employmentShares()
	a.employment = drawIndex(random, employment[:])
	return a
}

// drawIndex draws an index by shares that add up to one.
func drawIndex(random *rand.Rand, shares []float64) int {
	u := random.Float64()
	for i, share := range shares {
		if u -= share; u < 0 {
			return i
		}
	}
	return len(shares) - 1
}

// educationShares is how the highest level completed is spread over people of
// a's age, background and district.
func (a adult) educationShares() [3]float64 {
	low, high := .15, .38
	switch {
	case a.age < 25:
		low, high = .34, .10
	case a.age >= 65:
		low, high = .30, .24
	}
	if a.migrant {
		low, high = low+.10, high-.05
	}
	low += .08 * a.district.handicap
	high -= .05 * a.district.handicap
	return [3]float64{low, 1 - low - high, high}
}

// employmentShares is how employment statuses are spread over people of a's age
// and education.
func (a adult) employmentShares() [6]float64 {
	shares := [6]float64{.66, .10, .06, .02, .01, .15}
	switch {
	case a.age < 25:
		shares = [6]float64{.38, .02, .07, .48, 0, .05}
	case a.age >= 67:
		shares = [6]float64{.03, .03, 0, 0, .90, .04}
	case a.age >= 58:
		shares = [6]float64{.46, .10, .05, 0, .27, .12}
	}
	if a.education == lowEducation && a.age < 67 {
		shares[employee] -= .09
		shares[2] += .06
		shares[5] += .03
	}
	return shares
}
