package disclosure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pediment/analysis"
)

// city draws a city's districts by sex and age for two indicators about the same
// people, with all margins.
func city(t *rapid.T) []analysis.Value {
	places := rapid.IntRange(1, 3).Draw(t, "places")
	var values []analysis.Value
	for _, code := range []string{"1", "2"} {
		counts := map[string]int{}
		var order []string
		for p := range places {
			for _, sex := range []string{"f", "m"} {
				for _, age := range []string{"a", "b"} {
					n := rapid.IntRange(0, 12).Draw(t, "n")
					for _, key := range margins(fmt.Sprintf("place=D%d", p), "sex="+sex, "age="+age) {
						if _, known := counts[key]; !known {
							order = append(order, key)
						}
						counts[key] += n
					}
				}
			}
		}
		for _, key := range order {
			v := persons(key, float64(counts[key]))
			v.Code = code
			values = append(values, v)
		}
	}
	return values
}

// margins lists every combination of levels that a cell counts in.
func margins(levels ...string) (keys []string) {
	for set := range 1 << len(levels) {
		var some []string
		for k, l := range levels {
			if set>>k&1 == 1 {
				some = append(some, l)
			}
		}
		keys = append(keys, strings.Join(some, ","))
	}
	return keys
}

func samePeople(smallest int64) Rule {
	rule := peopleCounted(smallest)
	rule.Source = func(string) string { return "records" }
	return rule
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := city(t)
		rule := samePeople(rapid.Int64Range(1, 8).Draw(t, "smallest"))
		out, log := Protect(values, rule)
		again, _ := Protect(values, rule)
		if reads(out) != reads(again) {
			t.Fatalf("twice the same gives\n%s\n%s", reads(out), reads(again))
		}
		if twice, log := Protect(out, rule); reads(twice) != reads(out) || len(log) > 0 {
			t.Fatalf("protecting what is protected changes it: %v", log)
		}
		for k, v := range out {
			small := values[k].Numerator > 0 && values[k].Numerator < float64(rule.Smallest)
			if small && v.State != analysis.Confidential {
				t.Fatalf("%v people are shown", values[k].Numerator)
			}
		}
		if log.Withheld() != strings.Count(reads(out), "-") {
			t.Fatalf("%d in the log, %s", log.Withheld(), reads(out))
		}
		checkOrder(t, values, rule, out)
		checkSame(t, out)
		checkLines(t, values, out, rule)
	})
}

// checkOrder protects the values in another order.
func checkOrder(t *rapid.T, values []analysis.Value, rule Rule, out []analysis.Value) {
	order := rapid.Permutation(indices(len(values))).Draw(t, "order")
	shuffled := make([]analysis.Value, len(values))
	for k, from := range order {
		shuffled[k] = values[from]
	}
	other, _ := Protect(shuffled, rule)
	for k, from := range order {
		if other[k].State != out[from].State {
			t.Fatalf("in another order %v is %q, not %q", other[k].Group, other[k].State, out[from].State)
		}
	}
}

func indices(n int) []int {
	all := make([]int, n)
	for k := range all {
		all[k] = k
	}
	return all
}

// checkSame wants groups hidden for one indicator hidden for the other.
func checkSame(t *rapid.T, out []analysis.Value) {
	state := map[string]analysis.State{}
	for _, v := range out {
		if len(v.Group) == 0 {
			continue
		}
		if before, known := state[v.Group.String()]; known && before != v.State {
			t.Fatalf("%v is %q for one indicator and %q for the other", v.Group, before, v.State)
		}
		state[v.Group.String()] = v.State
	}
}

// checkLines wants no line with a shown whole to hide one cell, or a few people.
func checkLines(t *rapid.T, values, out []analysis.Value, rule Rule) {
	find := func(code, group string) int {
		return slices.IndexFunc(values, func(v analysis.Value) bool { return v.Code == code && v.Group.String() == group })
	}
	for k, v := range values {
		if out[k].State != analysis.Confidential || v.Numerator == 0 || v.Numerator >= float64(rule.Smallest) {
			continue
		}
		for skip := range v.Group {
			rest := append(slices.Clone(v.Group[:skip]), v.Group[skip+1:]...)
			w := find(v.Code, rest.String())
			if w < 0 || out[w].State == analysis.Confidential {
				continue
			}
			left := values[w].Numerator
			for o, part := range values {
				if part.Code == v.Code && len(part.Group) == len(v.Group) && part.Group[skip].Column == v.Group[skip].Column &&
					slices.Equal(append(slices.Clone(part.Group[:skip]), part.Group[skip+1:]...), rest) && out[o].State != analysis.Confidential {
					left -= part.Numerator
				}
			}
			if left < float64(rule.Smallest) {
				t.Fatalf("%v: %v people are left of %v when the shown are taken off", v.Group, left, rest)
			}
		}
	}
}

// Tables by three columns: whoever tries every table of whole numbers that agrees
// with all shown margins finds no small cell.
func TestExhaustiveAttackInThreeColumns(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 150 {
		var cells [8]int
		for k := range cells {
			cells[k] = random.IntN(6)
		}
		const smallest = 2
		var values []analysis.Value
		members := map[string][]int{}
		for k := range cells {
			for _, key := range margins(fmt.Sprint("x=", k&1), fmt.Sprint("y=", k>>1&1), fmt.Sprint("z=", k>>2&1)) {
				members[key] = append(members[key], k)
			}
		}
		keys := make([]string, 0, len(members))
		for key := range members {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			values = append(values, persons(key, float64(total(cells, members[key]))))
		}
		out, _ := Protect(values, peopleCounted(smallest))
		low, high := possible(keys, members, out, 10)
		for k, v := range values {
			if n := int(v.Numerator); n > 0 && n < smallest && (high[k]-low[k] < smallest || high[k] < smallest) {
				t.Fatalf("%v of %d is known to be %d to %d; %v\n%v\n%s", v.Group, n, low[k], high[k], cells, keys, reads(out))
			}
		}
	}
}

func total(cells [8]int, members []int) (sum int) {
	for _, k := range members {
		sum += cells[k]
	}
	return sum
}

// possible tries every table of eight cells up to a limit.
func possible(keys []string, members map[string][]int, out []analysis.Value, limit int) (low, high []int) {
	low, high = slices.Repeat([]int{1 << 30}, len(keys)), slices.Repeat([]int{-1}, len(keys))
	var now [8]int
	agrees := func(upTo int) bool {
		for k, key := range keys {
			if out[k].State == analysis.Confidential {
				continue
			}
			sum, last := total(now, members[key]), slices.Max(members[key])
			if sum > int(out[k].Numerator) || last <= upTo && sum != int(out[k].Numerator) {
				return false
			}
		}
		return true
	}
	var try func(at int)
	try = func(at int) {
		if at == len(now) {
			for k, key := range keys {
				sum := total(now, members[key])
				low[k], high[k] = min(low[k], sum), max(high[k], sum)
			}
			return
		}
		for n := 0; n <= limit; n++ {
			if now[at] = n; agrees(at) {
				try(at + 1)
			}
		}
		now[at] = 0
	}
	try(0)
	return low, high
}
