package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pediment/analysis"
)

// book is a table by two columns with its margins and total, and an attacker of
// its own that tries every table of whole numbers: it shares no code with Protect.
type book struct {
	rows, columns int
	counts        [][]int // the last row and column are the margins
}

func randomBook(random *rand.Rand, rows, columns, most int) book {
	b := book{rows, columns, make([][]int, rows+1)}
	for r := range b.counts {
		b.counts[r] = make([]int, columns+1)
	}
	for r := range rows {
		for c := range columns {
			n := random.IntN(most + 1)
			b.counts[r][c] = n
			b.counts[rows][c] += n
			b.counts[r][columns] += n
			b.counts[rows][columns] += n
		}
	}
	return b
}

func (b book) values() []analysis.Value {
	var values []analysis.Value
	for r := range b.counts {
		for c := range b.counts[r] {
			v := analysis.Value{Code: "1", Period: analysis.Period{Label: "2024"}, Unit: "people", Estimate: analysis.Unknown(), Numerator: float64(b.counts[r][c]), Denominator: math.NaN()}
			v.Value, v.N = v.Numerator, int64(b.counts[r][c])
			if r < b.rows {
				v.Group = append(v.Group, analysis.Level{Column: "area", Value: fmt.Sprint(r)})
			}
			if c < b.columns {
				v.Group = append(v.Group, analysis.Level{Column: "sex", Value: fmt.Sprint(c)})
			}
			values = append(values, v)
		}
	}
	return values
}

// shown gives each cell its number, or −1 where it is withheld.
func (b book) shown(values []analysis.Value) [][]int {
	out := make([][]int, b.rows+1)
	for k, v := range values {
		n := -1
		if !v.State.Withheld() {
			n = int(v.Numerator)
		}
		out[k/(b.columns+1)] = append(out[k/(b.columns+1)], n)
	}
	return out
}

// possible lists for each cell the lowest and highest number it takes in any table
// that agrees with what is shown. Hidden inner cells are tried up to limit.
func (b book) possible(shown [][]int, limit int) (low, high [][]int) {
	now := make([][]int, b.rows+1)
	low, high = make([][]int, b.rows+1), make([][]int, b.rows+1)
	for r := range now {
		now[r], low[r], high[r] = make([]int, b.columns+1), make([]int, b.columns+1), make([]int, b.columns+1)
		for c := range low[r] {
			low[r][c], high[r][c] = math.MaxInt, -1
		}
	}
	agrees := func(r, c int) bool { return shown[r][c] < 0 || shown[r][c] == now[r][c] }
	var try func(at int)
	try = func(at int) {
		if at == b.rows*b.columns {
			for r := range now {
				for c := range now[r] {
					low[r][c], high[r][c] = min(low[r][c], now[r][c]), max(high[r][c], now[r][c])
				}
			}
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
			rowDone, columnDone := c < b.columns-1 || agrees(r, b.columns), r < b.rows-1 || agrees(b.rows, c)
			whole := at < b.rows*b.columns-1 || agrees(b.rows, b.columns)
			if rowDone && columnDone && whole && !b.over(now, shown, r, c) {
				try(at + 1)
			}
			b.add(now, r, c, -n)
		}
		now[r][c] = 0
	}
	try(0)
	return low, high
}

func (b book) add(now [][]int, r, c, n int) {
	now[b.rows][c] += n
	now[r][b.columns] += n
	now[b.rows][b.columns] += n
}

func (b book) over(now, shown [][]int, r, c int) bool {
	past := func(r, c int) bool { return shown[r][c] >= 0 && now[r][c] > shown[r][c] }
	return past(b.rows, c) || past(r, b.columns) || past(b.rows, b.columns)
}

// exposed lists the sensitive cells an exhaustive attacker knows too closely.
func (b book) exposed(shown [][]int, smallest int) []string {
	low, high := b.possible(shown, b.most()+2*smallest)
	var found []string
	for r := range b.counts {
		for c, n := range b.counts[r] {
			if n > 0 && n < smallest && (high[r][c]-low[r][c] < smallest || high[r][c] < smallest) {
				found = append(found, fmt.Sprintf("cell %d,%d of %d is known to be %d to %d", r, c, n, low[r][c], high[r][c]))
			}
		}
	}
	return found
}

func (b book) most() int {
	most := 0
	for r := range b.rows {
		for c := range b.columns {
			most = max(most, b.counts[r][c])
		}
	}
	return most
}

func peopleCounted(smallest int64) Rule {
	return Rule{Smallest: smallest, People: func(v analysis.Value) float64 { return v.Numerator }, Source: func(code string) string { return code }}
}

// Whoever tries every table there could be cannot tell a small cell more closely
// than the smallest cell is wide.
func TestExhaustiveAttackFindsNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	for range 400 {
		b := randomBook(random, 2+random.IntN(2), 2+random.IntN(2), 2+random.IntN(9))
		smallest := 2 + random.IntN(2)
		out, _ := Protect(b.values(), peopleCounted(int64(smallest)))
		if found := b.exposed(b.shown(out), smallest); found != nil {
			t.Fatalf("smallest %d, counts %v, shown %v: %v", smallest, b.counts, b.shown(out), found)
		}
	}
}

// The extra cells cost little more people than the cheapest choice there is, found
// by trying every set of inner cells.
func TestCostAgainstTheBestChoice(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 2))
	ours, best := 0, 0
	for range 60 {
		b := randomBook(random, 2+random.IntN(2), 3, 9)
		cheapest := b.cheapest(3)
		out, _ := Protect(b.values(), peopleCounted(3))
		shown, cost := b.shown(out), 0
		for r := range b.counts {
			for c, n := range b.counts[r] {
				if shown[r][c] < 0 && (n == 0 || n >= 3) {
					cost += n
				}
			}
		}
		if cheapest < math.MaxInt {
			ours, best = ours+cost, best+cheapest
		}
	}
	t.Logf("people hidden to protect others: %d, at best %d", ours, best)
	if best == 0 || float64(ours) > 1.25*float64(best) {
		t.Errorf("people hidden to protect others: %d, at best %d", ours, best)
	}
}

// cheapest is the fewest people one can hide, beside the small cells, to protect
// these; MaxInt when no set of inner cells does.
func (b book) cheapest(smallest int) int {
	var open [][2]int
	shown := make([][]int, b.rows+1)
	for r := range shown {
		shown[r] = append(shown[r], b.counts[r]...)
		for c, n := range b.counts[r] {
			if n > 0 && n < smallest {
				shown[r][c] = -1
			} else if r < b.rows && c < b.columns {
				open = append(open, [2]int{r, c})
			}
		}
	}
	best := math.MaxInt
	for set := range 1 << len(open) {
		cost := 0
		for k, at := range open {
			shown[at[0]][at[1]] = b.counts[at[0]][at[1]]
			if set>>k&1 == 1 {
				cost += b.counts[at[0]][at[1]]
				shown[at[0]][at[1]] = -1
			}
		}
		if cost < best && b.exposed(shown, smallest) == nil {
			best = cost
		}
	}
	return best
}
