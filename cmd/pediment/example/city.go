// Package example writes a complete synthetic city: the folder a learning city
// would keep, with five years of data and every mess such files have.
//
// A city is worked out once from Options (newCity): districts, blocks,
// population. Then every file of the folder is written by a generator of its
// own, in the order of the list in write.go:
//
//	type generator struct {
//		file  string
//		write func(c *city, w io.Writer) error
//	}
//
// A generator reads the city, never changes it, and draws from c.random under
// names of its own, so that one file does not depend on the draws of another;
// what several files must agree on, as ledgers and budget do, is worked out
// afresh from a name they share. A generator writes to a buffered stream and
// keeps no more than a row in memory where rows can be many. Bytes depend on
// Options and nothing else: no clock, no iteration over maps, no parallel draws.
// Workbooks are written by writeWorkbook, not by a library, for the same reason.
//
// Every mess a file contains is declared and explained in pediment.yaml;
// surveys.yaml, the surveys' part of it, is appended under its "datasets:" key
// and therefore indented by two spaces.
package example

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// The years the example covers. Population is at mid-year.
const (
	firstYear = 2021
	lastYear  = 2025
	years     = lastYear - firstYear + 1
)

// cityCode is the place code of the whole city; behindCode that of the district
// that falls behind.
const (
	cityCode   = "RB"
	behindCode = "RB06"
)

// city is what all generators share. It does not change once made.
type city struct {
	residents     int // at mid-2025
	participation int // records to write, all providers together
	seed          uint64
	districts     []district
}

// district is one of the city's districts.
type district struct {
	code, name string
	share      float64      // of the city's residents in 2025
	drift      float64      // yearly growth of the share, relative
	migrant    float64      // share of residents with a migrant background
	handicap   float64      // how far learning is behind: 0 as the city, 1 the district left behind, negative ahead
	elderly    float64      // added to the weight of the old against the young: 0 as the city
	outline    [][2]float64 // closed ring of longitude and latitude, counter-clockwise
	blocks     []block
	people     [years][2][maxAge + 1]int // by year, sex (0 female, 1 male) and age; the last age is "and over"
}

// block is a block of dwellings, the primary sampling unit of surveys.
type block struct {
	code       string // unique in the city
	households int
}

// newCity works out the city that o describes.
func newCity(o Options) (*city, error) {
	if o.Residents == 0 {
		o.Residents = 240_000
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Participation == 0 {
		o.Participation = o.Residents / 4
	}
	if o.Residents < 10_000 || o.Participation < 1_000 {
		return nil, fmt.Errorf("example city: at least 10,000 residents and 1,000 participation records are needed, not %d and %d", o.Residents, o.Participation)
	}
	c := &city{residents: o.Residents, participation: o.Participation, seed: o.Seed, districts: newDistricts()}
	c.populate()
	for i := range c.districts {
		c.districts[i].blocks = c.divide(&c.districts[i])
	}
	return c, nil
}

// random returns the source of random numbers for one purpose. The same seed and
// name give the same draws, whatever else was drawn before.
func (c *city) random(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(c.seed, h.Sum64()))
}

// draw draws one of the items by its share; shares add up to 1.
func draw[T any](random *rand.Rand, items []T, share func(*T) float64) *T {
	u := random.Float64()
	for i := range items {
		if u -= share(&items[i]); u < 0 {
			return &items[i]
		}
	}
	return &items[len(items)-1]
}

// newDistricts returns the eight districts, north bank first, west to east.
func newDistricts() []district {
	districts := []district{
		{code: "RB01", name: "Old Town", share: .11, drift: -.002, migrant: .14, handicap: -.2, elderly: .3},
		{code: "RB02", name: "Harbour", share: .12, drift: .006, migrant: .24, handicap: .1, elderly: -.3},
		{code: "RB03", name: "Northgate", share: .15, drift: .001, migrant: .18, handicap: 0, elderly: 0},
		{code: "RB04", name: "Millfield", share: .14, drift: -.001, migrant: .12, handicap: -.1, elderly: .2},
		{code: "RB05", name: "Southbank", share: .13, drift: .003, migrant: .20, handicap: -.1, elderly: -.2},
		{code: behindCode, name: "Eastmoor", share: .12, drift: .004, migrant: .41, handicap: 1, elderly: -.2},
		{code: "RB07", name: "باب النهر (Bab al-Nahr)", share: .10, drift: .002, migrant: .38, handicap: .2, elderly: -.1},
		{code: "RB08", name: "Saint-Élie", share: .13, drift: -.004, migrant: .08, handicap: -.4, elderly: .4},
	}
	for i := range districts {
		districts[i].outline = outline(i)
	}
	return districts
}

// personsPerHousehold and householdsPerBlock are the city's averages.
const (
	personsPerHousehold = 2.2
	householdsPerBlock  = 120
)

// divide cuts the district's dwellings into blocks of 60 to 180 households,
// never fewer than twelve blocks.
func (c *city) divide(d *district) []block {
	households := int(float64(d.residents(lastYear)) / personsPerHousehold)
	weights := make([]float64, max(12, households/householdsPerBlock))
	random := c.random("blocks of " + d.code)
	for i := range weights {
		weights[i] = .5 + random.Float64()
	}
	blocks := make([]block, len(weights))
	for i, n := range apportion(households, weights) {
		blocks[i] = block{code: fmt.Sprintf("%s-%04d", d.code, i+1), households: max(1, n)}
	}
	return blocks
}

// The rows of points the districts' borders run along, west to east: the
// northern limit, the river with its bend, the southern limit. The city lies in
// the open Atlantic, so that nobody takes it for theirs.
var borders = [3][9][2]float64{
	{{-30.120, 44.140}, {-30.090, 44.148}, {-30.060, 44.144}, {-30.030, 44.151}, {-30.000, 44.149}, {-29.970, 44.156}, {-29.940, 44.150}, {-29.910, 44.152}, {-29.880, 44.141}},
	{{-30.128, 44.078}, {-30.094, 44.083}, {-30.062, 44.079}, {-30.033, 44.064}, {-29.998, 44.058}, {-29.966, 44.063}, {-29.938, 44.080}, {-29.907, 44.088}, {-29.874, 44.081}},
	{{-30.116, 44.012}, {-30.088, 44.006}, {-30.058, 44.010}, {-30.029, 44.001}, {-30.002, 43.998}, {-29.968, 44.002}, {-29.937, 44.000}, {-29.912, 44.009}, {-29.884, 44.015}},
}

// outline returns the closed ring of district i: the first four lie on the
// north bank, the others on the south bank. Neighbours share their border
// points exactly.
func outline(i int) [][2]float64 {
	north, south, west := borders[i/4], borders[i/4+1], i%4*2
	return [][2]float64{
		south[west], south[west+1], south[west+2],
		north[west+2], north[west+1], north[west],
		south[west],
	}
}
