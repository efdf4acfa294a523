package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// knowledge is what an attacker who adds and subtracts knows: counts of people as
// sums over kinds of people, whose numbers are unknown. Whatever is a combination
// of published counts, he can compute; nothing else.
type knowledge struct {
	city    attackedCity
	kinds   []victim // one for each unknown
	rows    map[int][]int64
	printed map[string]float64 // count → as it was printed last
}

// modulus is a prime: combinations are found exactly.
const modulus = 2147483647

func newKnowledge(city attackedCity) *knowledge {
	k := &knowledge{city: city, rows: map[int][]int64{}, printed: map[string]float64{}}
	bools := []bool{false, true}
	for _, year := range attackedYears {
		for _, place := range attackedPlaces {
			for _, sex := range attackedSexes {
				for _, age := range attackedAges {
					for b := range 4 * int(waves) {
						k.kinds = append(k.kinds, victim{year: year, place: place, sex: sex, age: age, done: bools[b&1], migrant: bools[b>>1&1], wave: wave(b >> 2)})
					}
				}
			}
		}
	}
	return k
}

// count is a count of people somebody may know or look for.
type count struct {
	name  string
	holds func(victim) bool
}

// counts are what the numbers of a value count, by the column they stand in.
func counts(spot publishedSpot, known func(victim) bool) map[string]count {
	all := func(v victim) bool { return spot.holds(v) && known(v) }
	done := func(v victim) bool { return all(v) && v.done }
	migrant := func(v victim) bool { return all(v) && v.migrant }
	name := spot.String()
	switch spot.code {
	case "own.1", "own.3":
		return map[string]count{"numerator": {name, all}, "n": {name + " n", all}}
	case "own.2":
		return map[string]count{"numerator": {name + " completed", done}, "denominator": {name, all}, "n": {name + " n", all}}
	case "own.6":
		return map[string]count{"numerator": {name, migrant}, "n": {name + " n", migrant}}
	}
	return nil
}

// learn takes in the counts of a report, each checked against the truth first. One
// that reads as it was printed last may be carried forward, and tells nothing.
func (k *knowledge) learn(t *testing.T, values []shownValue, report int) {
	t.Helper()
	for _, v := range values {
		if strings.Contains(v.flags, "as published") {
			t.Errorf("%v is marked as carried forward, which points at a few people", v.spot)
		}
		known := func(x victim) bool { return x.wave.in(report) }
		for column, c := range counts(v.spot, known) {
			number := map[string]float64{"numerator": v.numerator, "denominator": v.denominator, "n": v.n}[column]
			before, said := k.printed[c.name]
			if math.IsNaN(number) {
				continue
			}
			k.printed[c.name] = number
			if said && number == before {
				continue
			}
			if truth := k.people(c); number != float64(truth) {
				t.Errorf("%s is printed as %v; it is %d", c.name, number, truth)
			}
			k.take(k.vector(c))
		}
	}
}

// people counts the city's people.
func (k *knowledge) people(c count) (n int) {
	for _, v := range k.city.courses {
		if c.holds(v) {
			n++
		}
	}
	return n
}

func (k *knowledge) vector(c count) []int64 {
	row := make([]int64, len(k.kinds))
	for at, kind := range k.kinds {
		if c.holds(kind) {
			row[at] = 1
		}
	}
	return row
}

// take adds a row to what is known unless it follows from it already.
func (k *knowledge) take(row []int64) {
	if lead := k.reduce(row); lead >= 0 {
		inverse := power(row[lead], modulus-2)
		for at := range row {
			row[at] = row[at] * inverse % modulus
		}
		k.rows[lead] = row
	}
}

// reduce subtracts what is known and returns the first place where something is
// left, −1 where the row follows from it.
func (k *knowledge) reduce(row []int64) int {
	for lead := range row {
		if row[lead] == 0 {
			continue
		}
		known, ok := k.rows[lead]
		if !ok {
			return lead
		}
		factor := row[lead]
		for at := lead; at < len(row); at++ {
			row[at] = ((row[at]-factor*known[at])%modulus + modulus) % modulus
		}
	}
	return -1
}

func power(x, n int64) int64 {
	result := int64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = result * x % modulus
		}
		x = x * x % modulus
	}
	return result
}

// search looks for every small count there is: of each group, of those in it who
// completed or did not, of migrants, and of those by whom reports differ.
func (k *knowledge) search(t *testing.T) {
	t.Helper()
	looked := 0
	for _, spot := range everySpot() {
		for _, c := range sought(spot) {
			n := k.people(c)
			if n == 0 || n >= 10 {
				continue
			}
			looked++
			if k.reduce(k.vector(c)) < 0 {
				t.Errorf("the attacker finds out that %s are %d", c.name, n)
			}
		}
	}
	if looked < 20 {
		t.Errorf("only %d small counts were looked for", looked)
	}
}

// sought are the counts of a group that are nobody's business when small.
func sought(spot publishedSpot) []count {
	var list []count
	for _, who := range []struct {
		name  string
		known func(victim) bool
	}{
		{" in the first report", func(v victim) bool { return v.wave.in(0) }},
		{" in the second", func(v victim) bool { return v.wave.in(1) }},
		{" in the third", func(v victim) bool { return v.wave.in(2) }},
		{" new since the first", func(v victim) bool { return v.wave == second }},
		{" new since the second", func(v victim) bool { return v.wave == third }},
		{" by whom the third differs from the first", func(v victim) bool { return v.wave == second || v.wave == third }},
	} {
		for _, c := range counts(spot, who.known) {
			list = append(list, count{c.name + who.name, c.holds})
		}
		if spot.code == "own.2" {
			rest := func(v victim) bool { return spot.holds(v) && who.known(v) && !v.done }
			list = append(list, count{fmt.Sprint(spot, " not completed", who.name), rest})
		}
	}
	slices.SortFunc(list, func(a, b count) int { return strings.Compare(a.name, b.name) })
	return list
}

// everySpot lists the groups the report breaks the city down into, for each
// indicator of the course records.
func everySpot() []publishedSpot {
	var list []publishedSpot
	for _, code := range []string{"own.1", "own.2", "own.3", "own.6"} {
		for _, year := range attackedYears {
			for _, place := range attackedPlaces {
				list = append(list, publishedSpot{code: code, year: year, place: place})
			}
			for _, sex := range attackedSexes {
				list = append(list, publishedSpot{code: code, year: year, sex: sex})
			}
			for _, age := range attackedAges {
				list = append(list, publishedSpot{code: code, year: year, age: age})
			}
			if code == "own.1" {
				for _, place := range attackedPlaces {
					for _, age := range attackedAges {
						list = append(list, publishedSpot{code: code, year: year, place: place, age: age})
					}
				}
			}
			if code == "own.2" {
				for _, place := range attackedPlaces {
					for _, sex := range attackedSexes {
						list = append(list, publishedSpot{code: code, year: year, place: place, sex: sex})
					}
				}
			}
		}
	}
	return list
}
