package example

import (
	"math"
	"math/rand/v2"
	"strconv"
)

// learner is a person who takes part somewhere. The same person has the same
// pseudonym at every provider of the city, which is what lets persons be told
// from attendances.
type learner struct {
	pseudonym uint64
	district  int // index of the district of residence
	sex       int // 0 female, 1 male
	born      int
	migrant   bool
}

// age is the learner's age at the end of the year.
func (l learner) age(year int) int { return year - l.born }

// learners is the pool of everyone who takes part. A learner is worked out from
// the number alone, so that the pool takes no memory however large it is. The
// first fifth are young people born 1998 to 2014, the others adults.
type learners struct {
	size       int
	seed       uint64
	districts  []district
	cumulative []float64 // of the districts' shares among learners
}

// learners returns the city's pool: about three records a person, and never
// more than half of the residents.
func (c *city) learners() learners {
	l := learners{size: min(c.participation/3, c.residents/2), seed: c.seed, districts: c.districts}
	sum := 0.0
	for _, d := range c.districts {
		sum += d.share * (1 - .4*d.handicap)
		l.cumulative = append(l.cumulative, sum)
	}
	return l
}

// pick draws a learner from the part of the pool between low and high, given as
// shares of it. The first of the part are drawn more often, as some people
// learn more than others.
func (l learners) pick(random *rand.Rand, low, high float64) learner {
	u := random.Float64()
	return l.learner(int(float64(l.size) * (low + (high-low)*u*math.Sqrt(u))))
}

// learner works out learner number i.
func (l learners) learner(i int) learner {
	bits := scramble(l.seed ^ uint64(i)*0x9e3779b97f4a7c15)
	p := learner{pseudonym: scramble(bits ^ 0x5bd1e995)}
	for u := fraction(bits) * l.cumulative[len(l.cumulative)-1]; u >= l.cumulative[p.district]; {
		p.district++
	}
	bits = scramble(bits)
	if fraction(bits) > .57 {
		p.sex = 1
	}
	bits = scramble(bits)
	p.migrant = fraction(bits) < .65*l.districts[p.district].migrant
	bits = scramble(bits)
	if i < l.size/5 {
		p.born = 1998 + int(bits%17)
	} else {
		p.born = 1943 + int(bits%30) + int(bits>>32%30)
	}
	return p
}

// scramble spreads the bits of x over the whole word (the finaliser of
// SplitMix64).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fraction turns bits into a number in [0, 1).
func fraction(bits uint64) float64 { return float64(bits>>11) / (1 << 53) }

// appendPseudonym appends the learner's pseudonym: "L" and eleven characters.
func (l learner) appendPseudonym(line []byte) []byte {
	line = append(line, 'L')
	digits := strconv.AppendUint(make([]byte, 0, 16), l.pseudonym>>8, 36)
	for range 11 - len(digits) {
		line = append(line, '0')
	}
	return append(line, digits...)
}

// finishes draws whether the learner completes a course with the given rate
// among residents who are not behind. Migrants and the district left behind
// complete less often, and migrants less so every year.
func (l learner) finishes(random *rand.Rand, rate float64, d district, year int) bool {
	rate -= .12 * d.handicap
	if l.migrant {
		rate -= .06 + .025*float64(year-firstYear)
	}
	return random.Float64() < rate
}

// The records of each provider: shares of Options.Participation, and the most a
// provider would keep in such a file. What is over goes to the adult education
// centre, so that one large file can be had for benchmarks.
func (c *city) courseRecords() int {
	return c.participation - c.collegeRecords() - c.centreRecords() - c.platformRecords()
}

func (c *city) collegeRecords() int  { return min(c.participation*14/100, 60_000) }
func (c *city) centreRecords() int   { return min(c.participation*28/100, 400_000) }
func (c *city) platformRecords() int { return min(c.participation*15/100, 400_000) }
