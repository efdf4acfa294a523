package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Money is an amount in hundredths of its currency's unit, exact, in the prices
// of one year.
type Money struct {
	Cents     int64
	Currency  string // ISO 4217, "" when nobody declared it
	PriceYear int    // year whose prices it is in, 0: those of the day it was paid
}

// Plus adds two amounts. Money of another currency or price year is not added:
// the error says which two were meant. A sum beyond 9·10¹⁶ units is an error too.
func (m Money) Plus(n Money) (Money, error) {
	if m.Currency != n.Currency || m.PriceYear != n.PriceYear {
		return Money{}, fmt.Errorf("add %s to %s: convert one of them first", n, m)
	}
	sum := m.Cents + n.Cents
	if (sum > m.Cents) != (n.Cents > 0) {
		return Money{}, fmt.Errorf("add %s to %s: the sum is too large", n, m)
	}
	return Money{sum, m.Currency, m.PriceYear}, nil
}

// Float returns the amount in units of the currency.
func (m Money) Float() float64 { return float64(m.Cents) / 100 }

// String renders the amount with two decimals: "1234.50 EUR in prices of 2024".
func (m Money) String() string {
	sign, cents := "", m.Cents
	if cents < 0 {
		sign = "-"
	}
	hundredths := strconv.FormatUint(magnitude(cents), 10)
	for len(hundredths) < 3 {
		hundredths = "0" + hundredths
	}
	text := sign + hundredths[:len(hundredths)-2] + "." + hundredths[len(hundredths)-2:]
	if m.Currency != "" {
		text += " " + m.Currency
	}
	if m.PriceYear != 0 {
		text += fmt.Sprintf(" in prices of %d", m.PriceYear)
	}
	return text
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return uint64(-(x + 1)) + 1
	}
	return uint64(x)
}

// Apportion divides cents in proportion to the shares so that the parts add up to
// it exactly: each gets the whole part of its quota, and the cents left go one
// each to the largest remainders, earlier ones first among equals. Shares are
// finite, not negative and not all zero; others are a caller's bug and panic.
// The method is Hamilton's, of largest remainders.
func Apportion(cents int64, shares []float64) []int64 {
	total := 0.0
	for _, s := range shares {
		if !(s >= 0) || math.IsInf(s, 0) {
			panic(fmt.Sprintf("apportion by the share %v", s))
		}
		total += s
	}
	if !(total > 0) || math.IsInf(total, 0) {
		panic("apportion by shares that add up to nothing")
	}
	parts, remainders, order := make([]int64, len(shares)), make([]float64, len(shares)), make([]int, len(shares))
	left := cents
	for i, s := range shares {
		quota := float64(cents) * (s / total)
		parts[i] = int64(math.Floor(quota))
		remainders[i], order[i] = quota-math.Floor(quota), i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for k := 0; left != 0; k = (k + 1) % len(order) {
		if i := order[k]; shares[i] > 0 {
			step := int64(1)
			if left < 0 {
				step = -1
			}
			parts[i] += step
			left -= step
		}
	}
	return parts
}
