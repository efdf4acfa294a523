package main

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestAnswersCannotBeWorkedOut lists, for small tables of groups and answers, every
// table that fits what is told, and looks how far each small count may lie from the
// true one.
func TestAnswersCannotBeWorkedOut(t *testing.T) {
	const least = 3
	random := rand.New(rand.NewPCG(1, 2))
	hidden, told := 0, 0
	for range 400 {
		rows := randomRows(random, 2+random.IntN(2), 3)
		all := &answeredGroup{counts: make([]int64, len(rows[0].counts))}
		for _, r := range rows {
			for k, n := range r.counts {
				all.counts[k] += n
			}
		}
		const middle = 1
		protectRows([]*answeredGroup{all}, middle, least, false)
		protectRows(rows, middle, least, !all.hidden)
		if all.hidden {
			continue
		}
		for i, r := range rows {
			if !r.hidden {
				told++
				if slices.ContainsFunc(r.counts, func(n int64) bool { return few(n, least) }) {
					t.Fatalf("row %d of %s is told", i, tableText(rows))
				}
				continue
			}
			hidden++
			for k, n := range r.counts {
				if !few(n, least) || r.n < least {
					continue
				}
				low, high := couldBe(rows, all.counts, middle, i, k)
				if high-low < least {
					t.Fatalf("%d people of row %d are known to be %d to %d in %s", n, i, low, high, tableText(rows))
				}
			}
		}
	}
	if hidden < 50 || told < 50 {
		t.Errorf("%d rows hidden and %d told: the tables try too little", hidden, told)
	}
}

func randomRows(random *rand.Rand, n, answers int) []*answeredGroup {
	var rows []*answeredGroup
	for range n {
		r := &answeredGroup{counts: make([]int64, answers+1)}
		for k := 1; k <= answers; k++ {
			r.counts[k] = int64(random.IntN(6))
			if random.IntN(3) > 0 {
				r.counts[k] += 3
			}
			r.n += r.counts[k]
		}
		rows = append(rows, r)
	}
	return rows
}

// couldBe are the least and the most that one count may be, among all tables with
// the told rows as they are, the sums of each answer and what is told of each row.
func couldBe(rows []*answeredGroup, all []int64, middle, row, answer int) (low, high int64) {
	left := slices.Clone(all)
	var open []*answeredGroup
	at := 0
	for i, r := range rows {
		if i == row {
			at = len(open)
		}
		if r.hidden {
			open = append(open, r)
			continue
		}
		for k, n := range r.counts {
			left[k] -= n
		}
	}
	low, high = 1<<62, -1
	guess := make([][]int64, len(open))
	for i := range guess {
		guess[i] = make([]int64, len(all))
	}
	var fill func(i, k int)
	fill = func(i, k int) {
		if i == len(open) {
			if slices.Max(left) == 0 {
				low, high = min(low, guess[at][answer]), max(high, guess[at][answer])
			}
			return
		}
		if k == len(all) {
			one := &answeredGroup{counts: guess[i]}
			bad, good := one.sides(middle)
			trueBad, trueGood := open[i].sides(middle)
			if bad+good == trueBad+trueGood && (open[i].alone || bad == trueBad) {
				fill(i+1, 0)
			}
			return
		}
		most := min(left[k], open[i].n)
		for n := range most + 1 {
			guess[i][k] = n
			left[k] -= n
			fill(i, k+1)
			left[k] += n
		}
		guess[i][k] = 0
	}
	fill(0, 0)
	return low, high
}

func tableText(rows []*answeredGroup) (text string) {
	for _, r := range rows {
		text += " ["
		for _, n := range r.counts {
			text += string(rune('0'+n/10)) + string(rune('0'+n%10)) + " "
		}
		text += "]"
		if r.hidden {
			text += "hidden"
		}
		if r.alone {
			text += " alone"
		}
	}
	return text
}
