package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pediment/analysis"
)

// In a table by two columns every rounded number is a multiple of the base and rows
// and columns add up to their margins. Margins are less than one base from the
// truth; so are inner cells, but for a few in a hundred, which are less than two.
func TestRoundingKeepsSums(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	cells, far := 0, 0
	for range 500 {
		b := randomBook(random, 2+random.IntN(4), 2+random.IntN(5), 30)
		rule := peopleCounted(10)
		rule.Round = 5
		out, log := Protect(b.values(), rule)
		shown := b.shown(out)
		for r := range shown {
			for c, n := range shown[r] {
				off := max(n-b.counts[r][c], b.counts[r][c]-n)
				inner := r < b.rows && c < b.columns
				if cells++; inner && off >= 5 {
					far++
				}
				if n%5 != 0 || off >= 5 && !inner || off >= 10 {
					t.Fatalf("%d became %d in %v, %v", b.counts[r][c], n, b.counts, shown)
				}
			}
		}
		for r := range shown {
			if sum(shown[r][:b.columns]) != shown[r][b.columns] {
				t.Fatalf("row %d of %v does not add up", r, shown)
			}
		}
		for c := range b.columns + 1 {
			column := 0
			for r := range b.rows {
				column += shown[r][c]
			}
			if column != shown[b.rows][c] {
				t.Fatalf("column %d of %v does not add up", c, shown)
			}
		}
		for _, e := range log {
			if e.Why != Rounded {
				t.Fatalf("the log has %v", e)
			}
		}
	}
	if 50*far > cells {
		t.Errorf("%d of %d cells are a base or more from the truth", far, cells)
	}
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}

// Percentages are made from the rounded numerator and the rounded rest: 7 of 24 is
// 5 of 20 (7 → 5, 17 → 15), 2 of 3 is 0 of 0, which is no percentage.
func TestRoundedPercentages(t *testing.T) {
	make1 := func(place string, numerator, denominator float64) analysis.Value {
		v := analysis.Value{Code: "1", Period: analysis.Period{Label: "2024"}, Place: place, Unit: "percent", Estimate: analysis.Unknown(), Numerator: numerator, Denominator: denominator, Flags: []string{"3 rows left out"}}
		v.Value, v.N, v.Missing = 100*numerator/denominator, int64(denominator), 3
		return v
	}
	sampled := make1("S", 7, 24)
	sampled.SE = 2
	out, _ := Protect([]analysis.Value{make1("A", 7, 24), make1("B", 2, 3), sampled}, Rule{
		Smallest: 10, Round: 5, People: func(v analysis.Value) float64 { return v.Numerator }, Source: func(code string) string { return code },
	})
	a := out[0]
	if a.Numerator != 5 || a.Denominator != 20 || a.Value != 25 || a.N != 20 || a.Missing != 5 || !slices.Equal(a.Flags, []string{"rounded to 5"}) {
		t.Errorf("7 of 24 became %+v", a)
	}
	if b := out[1]; b.State != analysis.Confidential || !math.IsNaN(b.Numerator) {
		t.Errorf("2 of 3 became %+v", b)
	}
	if s := out[2]; s.State != analysis.Confidential {
		t.Errorf("a sampled 7 of 24 became %+v", s)
	}
}

// Districts within a city, each by sex: the same sums hold.
func TestRoundingWithinPlaces(t *testing.T) {
	values, rule := districts(7, 2, 1, .5)
	rule.Round, rule.Smallest = 5, 10
	out, _ := Protect(values, rule)
	total := map[string]float64{}
	for _, v := range out {
		if v.Place != "" && v.State == analysis.Known {
			total[fmt.Sprint(v.Code, v.Group)] += v.Numerator
		}
	}
	for _, v := range out {
		if got := total[fmt.Sprint(v.Code, v.Group)]; v.Place == "" && got != v.Numerator {
			t.Errorf("%s %v: districts add up to %v, the city is %v", v.Code, v.Group, got, v.Numerator)
		}
	}
}

// Enrolments and those who completed them: 145 enrolled, 73 of them completed, read
// as one count of enrolled in numerator, n and denominator, and parts still add up.
func TestACountIsRoundedOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 8))
	for range 200 {
		b := randomBook(random, 2+random.IntN(3), 2+random.IntN(3), 60)
		done := book{b.rows, b.columns, make([][]int, b.rows+1)}
		for r := range done.counts {
			done.counts[r] = make([]int, b.columns+1)
		}
		for r := range b.rows {
			for c := range b.columns {
				done.counts[r][c] = b.counts[r][c] / 2
				done.add(done.counts, r, c, b.counts[r][c]/2)
			}
		}
		totals, shares := b.values(), done.values()
		for k := range shares {
			v := &shares[k]
			v.Code, v.Unit, v.Denominator = "2", "percent", totals[k].Numerator
			v.Value, v.N = 100*v.Numerator/v.Denominator, totals[k].N
		}
		rule := peopleCounted(10)
		rule.Round, rule.Source = 5, func(string) string { return "courses" }
		rule.People = func(v analysis.Value) float64 { return v.Numerator }
		out, _ := Protect(append(totals, shares...), rule)
		for k, total := range out[:len(totals)] {
			share := out[len(totals)+k]
			if share.State.Withheld() {
				continue
			}
			if n := float64(total.N); n != total.Numerator || total.Numerator != share.Denominator || share.N != total.N || math.Mod(n, 5) != 0 {
				t.Fatalf("%v enrolled read as %v, n %d, denominator %v, n %d", totals[k].Numerator, total.Numerator, total.N, share.Denominator, share.N)
			}
			if off := math.Abs(total.Numerator - totals[k].Numerator); off >= 20 {
				t.Fatalf("%v enrolled read as %v", totals[k].Numerator, total.Numerator)
			}
		}
	}
}
