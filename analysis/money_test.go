package analysis

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMoneyPlus(t *testing.T) {
	eur := func(cents int64) Money { return Money{cents, "EUR", 2024} }
	for _, c := range []struct {
		name string
		a, b Money
		sum  int64
		err  string
	}{
		{"cents", eur(1), eur(-1), 0, ""},
		{"large and small", eur(99999999999999), eur(1), 100000000000000, ""}, // 999999999999.99 + 0.01
		{"two currencies", eur(100), Money{100, "USD", 2024}, 0, "add 1.00 USD in prices of 2024 to 1.00 EUR in prices of 2024"},
		{"two price years", eur(100), Money{100, "EUR", 2020}, 0, "in prices of 2020"},
		{"overflow", eur(math.MaxInt64), eur(1), 0, "too large"},
		{"underflow", eur(math.MinInt64), eur(-1), 0, "too large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sum, err := c.a.Plus(c.b)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want %q", err, c.err)
				}
				return
			}
			if err != nil || sum.Cents != c.sum {
				t.Fatalf("%v, %v; want %d cents", sum, err, c.sum)
			}
		})
	}
}

func TestMoneyText(t *testing.T) {
	for _, c := range []struct {
		m    Money
		want string
	}{
		{Money{}, "0.00"},
		{Money{Cents: -1}, "-0.01"},
		{Money{Cents: 5, Currency: "EUR"}, "0.05 EUR"},
		{Money{123450, "EUR", 2024}, "1234.50 EUR in prices of 2024"},
		{Money{Cents: math.MinInt64}, "-92233720368547758.08"},
	} {
		if got := c.m.String(); got != c.want {
			t.Errorf("%#v prints %q, want %q", c.m, got, c.want)
		}
	}
}

// 100.00 in thirds: 33.33 each and one cent left for the first of equals; by the
// shares 3, 2, 2 of 1.00 the quotas are 42.86, 28.57, 28.57: the cents left go to
// the first and, among equals, the second.
func TestApportion(t *testing.T) {
	for _, c := range []struct {
		cents  int64
		shares []float64
		want   []int64
	}{
		{10000, []float64{1, 1, 1}, []int64{3334, 3333, 3333}},
		{100, []float64{3, 2, 2}, []int64{43, 29, 28}},
		{-100, []float64{1, 1}, []int64{-50, -50}},
		{1, []float64{0, 1}, []int64{0, 1}},
		{0, []float64{1, 2}, []int64{0, 0}},
	} {
		got := Apportion(c.cents, c.shares)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d by %v is %v, want %v", c.cents, c.shares, got, c.want)
				break
			}
		}
	}
}

func TestApportionAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-1e14, 1e14).Draw(t, "cents")
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1e9), 1, 12).Draw(t, "shares")
		shares[0] += 1
		var sum int64
		for i, part := range Apportion(cents, shares) {
			sum += part
			if shares[i] == 0 && part != 0 {
				t.Fatalf("no share but %d cents", part)
			}
		}
		if sum != cents {
			t.Fatalf("%d cents came to %d", cents, sum)
		}
	})
}
