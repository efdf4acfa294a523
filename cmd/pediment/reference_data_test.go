package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

const referenceFolder = "testdata/reference"

// TestReferenceData draws the reference samples again: the committed files are
// these bytes. UPDATE=1 writes them.
func TestReferenceData(t *testing.T) {
	for name, rows := range map[string][][]string{
		"city.csv":   citySample(),
		"edge.csv":   edgeSample(),
		"random.csv": randomSamples(),
		"pairs.csv":  pairedSample(),
		"pps.csv":    unequalSample(),
	} {
		var drawn bytes.Buffer
		if err := csv.NewWriter(&drawn).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(referenceFolder, name)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, drawn.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, drawn.Bytes()) {
			t.Errorf("%s is not what its seed draws; run: make reference", file)
		}
	}
}

// dice draws the same numbers on every machine and with every release of Go: of
// the library it takes the generator's bits only.
type dice struct{ bits *rand.PCG }

func newDice(seed uint64) dice { return dice{rand.NewPCG(seed, 2026)} }

// unit is uniform on [0, 1).
func (d dice) unit() float64 { return float64(d.bits.Uint64()>>11) / (1 << 53) }

// upTo is uniform on 0 … n−1.
func (d dice) upTo(n int) int { return int(d.unit() * float64(n)) }

// between is uniform on low … high.
func (d dice) between(low, high int) int { return low + d.upTo(high-low+1) }

func (d dice) chance(p float64) bool { return d.unit() < p }

// bell is nearly standard normal: twelve uniform numbers less six.
func (d dice) bell() float64 {
	sum := -6.0
	for range 12 {
		sum += d.unit()
	}
	return sum
}

// skewed is positive with mean 1 and a long tail.
func (d dice) skewed() float64 {
	a, b := d.bell(), d.bell()
	return (a*a + b*b) / 2
}

func pick[T any](d dice, from ...T) T { return from[d.upTo(len(from))] }

func whole(n int) string { return strconv.Itoa(n) }

func decimal(x float64, digits int) string { return strconv.FormatFloat(x, 'f', digits, 64) }

// rounded is x as it reads once written.
func rounded(x float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(x*scale) / scale
}

func yesNo(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// unless is text, or nothing with probability p.
func (d dice) unless(p float64, text string) string {
	if d.chance(p) {
		return ""
	}
	return text
}

// cityHeader: blocks_pop and homes_pop are how many blocks the district and how
// many homes the block has; educ never takes its level other.
var cityHeader = []string{"person", "district", "block", "home", "blocks_pop", "homes_pop", "weight", "sex", "age", "age_group",
	"migrant", "educ", "zone", "participated", "courses", "hours", "income", "q1", "q2", "q3", "q4", "rare"}

// citySample is a survey of adults: districts are strata, blocks PSUs with codes
// that repeat from district to district, homes the second stage.
func citySample() [][]string {
	d := newDice(11)
	rows := [][]string{cityHeader}
	for district, blocks := range []int{6, 5, 7, 4, 5, 6, 3, 8, 5} {
		blocksPop := d.between(3, 6) * blocks
		for block := range blocks {
			homes := d.between(8, 10)
			homesPop, level := homes*d.between(5, 13), .8*d.bell()
			for home := range homes {
				base := float64(blocksPop*homesPop) / float64(blocks*homes)
				for range 1 + d.upTo(6)/5 {
					place := []string{whole(len(rows)), fmt.Sprintf("D%d", district+1), whole(block + 1), whole(home + 1), whole(blocksPop), whole(homesPop)}
					rows = append(rows, append(place, d.adult(district, base, level)...))
				}
			}
		}
	}
	return rows
}

// adult is the answers of one person, with the weight before them.
func (d dice) adult(district int, base, level float64) []string {
	weight := base * (.4 + .9*d.unit() + .3*d.skewed())
	if d.chance(.015) {
		weight = 0
	}
	age := d.between(16, 64)
	if d.chance(.15) {
		age = d.between(65, 88)
	}
	sex := "M"
	if draw := d.unit(); draw < .52 {
		sex = "F"
	} else if draw > .985 {
		sex = "X"
	}
	educ := min(4, max(0, int(2.4+level+1.1*d.bell()-float64(age)/80)))
	participated := d.chance(.2 + .06*float64(educ) - .002*float64(age-16))
	courses, hours := 0, 0.0
	if participated || d.chance(.1) {
		courses, hours = d.between(1, 4), 12*d.skewed()*(1+.2*float64(educ))
	}
	answers := []string{
		decimal(weight, 6), sex, whole(age), ageGroup(age), yesNo(d.chance(.18)),
		[]string{"none", "primary", "lower", "upper", "tertiary"}[educ], []string{"centre", "north", "south"}[district/3],
		d.unless(.05, yesNo(participated)), whole(courses), decimal(hours, 1),
		d.unless(.08, decimal(9000+4200*float64(educ)+7000*d.skewed(), 2)),
	}
	for q := range 4 {
		answer := min(5, max(1, int(3.4+.4*level+1.1*d.bell()+.2*float64(q-educ))))
		answers = append(answers, d.unless(.04+.02*float64(q), whole(answer)))
	}
	return append(answers, yesNo(d.chance(.03)))
}

func ageGroup(age int) string {
	switch {
	case age < 25:
		return "16-24"
	case age < 45:
		return "25-44"
	case age < 65:
		return "45-64"
	}
	return "65+"
}

var edgeHeader = []string{"id", "str", "psu", "w", "y", "x", "b", "cat", "g", "g2", "h", "yna", "xna", "bna", "catna", "gna", "w0",
	"N1", "f1", "fbad", "Nsmall", "wsum", "wtiny", "whuge", "ybig", "ytiny", "one", "all1", "all0", "zc", "onecat", "lik"}

// edgeSample has what goes wrong: a stratum L of one PSU, a stratum C sampled
// whole, PSU codes that repeat, a PSU whose w0 is 0, populations that are mixed
// with fractions or too small, and values large, tiny, constant and unknown.
func edgeSample() [][]string {
	d := newDice(23)
	rows := [][]string{edgeHeader}
	for _, s := range []struct {
		code             string
		psus, population int
	}{{"A", 5, 20}, {"B", 4, 16}, {"C", 3, 3}, {"L", 1, 9}} {
		for psu := 1; psu <= s.psus; psu++ {
			centre := 48 + 5*d.bell()
			for range d.between(5, 8) {
				rows = append(rows, d.edgeRow(len(rows), s.code, psu, s.psus, s.population, centre))
			}
		}
	}
	return rows
}

func (d dice) edgeRow(id int, stratum string, psu, psus, population int, centre float64) []string {
	w := rounded(3+40*d.unit()*d.unit()+20*d.skewed(), 2)
	y, x := rounded(centre+6*d.bell(), 3), rounded(4+5*d.skewed(), 3)
	b, cat, g := d.chance(.4), pick(d, "p", "q", "q", "r"), pick(d, "a", "b")
	// Level k of h has one PSU in stratum B and none in stratum C.
	h := "j"
	if stratum == "A" && d.chance(.4) || stratum == "B" && psu == 2 {
		h = "k"
	}
	w0 := w
	if stratum == "B" && psu == 3 || d.chance(.06) {
		w0 = 0
	}
	fraction := float64(psus) / float64(population)
	bad := whole(population)
	if stratum == "B" {
		bad = decimal(fraction, 4)
	}
	// The cell (r, v) of cat and zc is empty.
	zc := pick(d, "u", "v")
	if cat == "r" {
		zc = "u"
	}
	return []string{
		whole(id), stratum, whole(psu), decimal(w, 2), decimal(y, 3), decimal(x, 3), yesNo(b), cat, g, pick(d, "f", "m"), h,
		d.unless(.1, decimal(y, 3)), d.unless(.08, decimal(x, 3)), d.unless(.1, yesNo(b)), d.unless(.1, cat), d.unless(.1, g), decimal(w0, 2),
		whole(population), decimal(fraction, 6), bad, whole(psus - 1),
		decimal(w/30, 10), decimal(w*1e-8, 10), decimal(w*1e10, 0), strconv.FormatFloat(1e9+y/1000, 'f', 6, 64), strconv.FormatFloat(y*1e-6, 'f', 9, 64),
		"1", "1", "0", zc, "o", whole(d.between(1, 5)),
	}
}
