package analysis

import "fmt"

// Deflators is a price index by year, from deflators.csv, in file order.
type Deflators []Deflator

// Deflator is the price level of one year and where the figure comes from.
type Deflator struct {
	Year   int
	Index  float64 // on any base, above 0
	Source string
}

// Factor is what an amount in prices of the year from is multiplied by to be in
// prices of the year to: index(to) ÷ index(from). It is 1 within one year, which
// needs no index. A year without an index is an error.
func (ds Deflators) Factor(from, to int) (float64, error) {
	if from == to {
		return 1, nil
	}
	for _, year := range []int{from, to} {
		if ds.index(year) == 0 {
			return 0, fmt.Errorf("convert prices of %d to %d: deflators.csv has no index for %d", from, to, year)
		}
	}
	return ds.index(to) / ds.index(from), nil
}

// index is the year's index, 0 when there is none.
func (ds Deflators) index(year int) float64 {
	for _, d := range ds {
		if d.Year == year {
			return d.Index
		}
	}
	return 0
}
