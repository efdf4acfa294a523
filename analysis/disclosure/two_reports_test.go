package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pediment/analysis"
)

// tables lists every table of whole numbers up to a limit that agrees with what is
// shown, margins included: rows one after the other.
func (b book) tables(shown [][]int, limit int) (all [][]int) {
	now := make([][]int, b.rows+1)
	for r := range now {
		now[r] = make([]int, b.columns+1)
	}
	var try func(at int)
	try = func(at int) {
		if at == b.rows*b.columns {
			all = append(all, slices.Concat(now...))
			return
		}
		r, c := at/b.columns, at%b.columns
		from, to := 0, limit
		if n := shown[r][c]; n >= 0 {
			from, to = n, n
		}
		for n := from; n <= to; n++ {
			now[r][c] = n
			b.add(now, r, c, n)
			agrees := func(r, c int) bool { return shown[r][c] < 0 || shown[r][c] == now[r][c] }
			if (c < b.columns-1 || agrees(r, b.columns)) && (r < b.rows-1 || agrees(b.rows, c)) && (at < b.rows*b.columns-1 || agrees(b.rows, b.columns)) {
				try(at + 1)
			}
			b.add(now, r, c, -n)
		}
		now[r][c] = 0
	}
	try(0)
	return all
}

// news is what the second report shows for certain: a value that is carried forward
// says nothing of the new count.
func (b book) news(values []analysis.Value) [][]int {
	shown := b.shown(values)
	for k, v := range values {
		if slices.Contains(v.Flags, carried) {
			shown[k/(b.columns+1)][k%(b.columns+1)] = -1
		}
	}
	return shown
}

// Records come late, a few or many, at random. An attacker who has both reports and
// knows that records are only ever added tries every pair of tables: he narrows down
// neither a small count of either report nor the few who came between them.
func TestExhaustiveAttackOnTwoReports(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	const smallest = 3
	for range 300 {
		first := randomBook(random, 2, 2, 9)
		second := book{2, 2, make([][]int, 3)}
		for r := range second.counts {
			second.counts[r] = slices.Clone(first.counts[r])
		}
		for range 1 + random.IntN(2) {
			r, c, n := random.IntN(2), random.IntN(2), 1+random.IntN(5)
			second.add(second.counts, r, c, n)
			second.counts[r][c] += n
		}
		rule := peopleCounted(smallest)
		before, _ := Protect(first.values(), rule)
		rule.Published = [][]analysis.Value{before}
		after, _ := Protect(second.values(), rule)
		for _, found := range twoReports(first, second, first.shown(before), second.news(after), smallest) {
			t.Errorf("%s\n%v %s\n%v %s", found, first.counts, reads(before), second.counts, reads(after))
		}
	}
}

func twoReports(first, second book, before, after [][]int, smallest int) (found []string) {
	limit := second.most() + 2*smallest
	old, now := slices.Concat(first.counts...), slices.Concat(second.counts...)
	narrow := func(what string, truth int, low, high int) {
		if truth > 0 && truth < smallest && (high-low < smallest || high < smallest) {
			found = append(found, fmt.Sprintf("%s %d is known to be %d to %d", what, truth, low, high))
		}
	}
	type bounds struct{ low, high []int }
	none := func() bounds { return bounds{slices.Repeat([]int{1 << 30}, 9), slices.Repeat([]int{-1}, 9)} }
	was, is, came := none(), none(), none()
	widen := func(b bounds, k, n int) { b.low[k], b.high[k] = min(b.low[k], n), max(b.high[k], n) }
	news := second.tables(after, limit)
	for _, x := range first.tables(before, limit) {
		for _, y := range news {
			if slices.ContainsFunc([]int{0, 1, 3, 4}, func(k int) bool { return y[k] < x[k] }) {
				continue
			}
			for k := range x {
				widen(was, k, x[k])
				widen(is, k, y[k])
				widen(came, k, y[k]-x[k])
			}
		}
	}
	for k := range old {
		narrow(fmt.Sprint("first report, cell ", k), old[k], was.low[k], was.high[k])
		narrow(fmt.Sprint("second report, cell ", k), now[k], is.low[k], is.high[k])
		narrow(fmt.Sprint("late, cell ", k), now[k]-old[k], came.low[k], came.high[k])
	}
	return found
}
