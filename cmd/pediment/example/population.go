package example

import (
	"math"
	"slices"
)

// maxAge is the last single year of age; it stands for that age and over.
const maxAge = 95

// growth is the yearly growth of the city's population.
const growth = 1.008

// sexes are the codes files use, in the order of the population table.
var sexes = [2]string{"female", "male"}

// total is the number of residents at mid-year: Options.Residents in the last
// year, less by the growth rate in the years before.
func (c *city) total(year int) int {
	return int(math.Round(float64(c.residents) / math.Pow(growth, float64(lastYear-year))))
}

// populate fills every district's table of people so that it adds up to total.
func (c *city) populate() {
	for year := firstYear; year <= lastYear; year++ {
		shares := make([]float64, len(c.districts))
		for i, d := range c.districts {
			shares[i] = d.share * math.Pow(1+d.drift, float64(year-lastYear))
		}
		for i, residents := range apportion(c.total(year), shares) {
			c.districts[i].settle(year, residents)
		}
	}
}

// settle spreads the district's residents of a year over sex and age.
func (d *district) settle(year, residents int) {
	weights := make([]float64, 0, 2*(maxAge+1))
	for sex := range sexes {
		for age := range maxAge + 1 {
			weights = append(weights, d.ageWeight(sex, age))
		}
	}
	for i, n := range apportion(residents, weights) {
		d.people[year-firstYear][i/(maxAge+1)][i%(maxAge+1)] = n
	}
}

// ageWeight is proportional to the number of people of the sex and age: level
// up to 60, with a bulge of students and young workers, falling off after; men
// earlier than women.
func (d *district) ageWeight(sex, age int) float64 {
	a := float64(age)
	weight := 1 + .45*math.Exp(-math.Pow((a-27)/8, 2)) + .25*math.Exp(-math.Pow((a-57)/7, 2))
	span := 84.0
	if sex == 1 {
		span = 79
	}
	weight /= 1 + math.Exp((a-span)/5)
	return weight * math.Exp(d.elderly*(a-40)/60)
}

// residents is the district's population at mid-year.
func (d *district) residents(year int) int { return d.count(year, 0, maxAge) }

// count is the number of residents from age low to age high, both included.
func (d *district) count(year, low, high int) int {
	return d.countSex(year, 0, low, high) + d.countSex(year, 1, low, high)
}

// countSex is count for one sex: 0 female, 1 male.
func (d *district) countSex(year, sex, low, high int) int {
	n := 0
	for _, people := range d.people[year-firstYear][sex][low : min(high, maxAge)+1] {
		n += people
	}
	return n
}

// apportion splits total into whole numbers proportional to weights that add
// up to total exactly (largest remainders; ties go to the first).
func apportion(total int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts, order := make([]int, len(weights)), make([]int, len(weights))
	rest := make([]float64, len(weights))
	left := total
	for i, w := range weights {
		exact := float64(total) * w / sum
		parts[i] = int(exact)
		rest[i], order[i] = exact-float64(parts[i]), i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}
