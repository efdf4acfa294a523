package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// persons is a count of people in a group given as "column=value,column=value".
func persons(group string, n float64) analysis.Value {
	v := analysis.Value{
		Code: "1", Period: analysis.Period{Label: "2024", Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)},
		Unit: "people", Estimate: analysis.Unknown(), Numerator: n, Denominator: math.NaN(),
	}
	v.Value, v.N = n, int64(n)
	for _, level := range strings.Split(group, ",") {
		if column, value, ok := strings.Cut(level, "="); ok {
			v.Group = append(v.Group, analysis.Level{Column: column, Value: value})
		}
	}
	return v
}

// in sets the period of a value: a year or a quarter.
func in(label string, v analysis.Value) analysis.Value {
	period, err := analysis.Calendar{}.ParsePeriod(label)
	if err != nil {
		panic(err)
	}
	v.Period = period
	return v
}

// reads renders what a reader sees: a number, "-" where it is withheld, "=" before
// one that is carried forward.
func reads(values []analysis.Value) string {
	var out []string
	for _, v := range values {
		text := fmt.Sprint(v.Numerator)
		if v.State == analysis.Confidential {
			text = "-"
		} else if slices.Contains(v.Flags, carried) {
			text = "=" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestEarlierReports(t *testing.T) {
	p := persons
	tests := []struct {
		name           string
		published, now []analysis.Value
		want           string
	}{
		{"three late records wait", []analysis.Value{p("", 50)}, []analysis.Value{p("", 53)}, "=50"},
		{"three taken away wait", []analysis.Value{p("", 50)}, []analysis.Value{p("", 47)}, "=50"},
		{"ten are enough", []analysis.Value{p("", 50)}, []analysis.Value{p("", 60)}, "60"},
		{"none", []analysis.Value{p("", 50)}, []analysis.Value{p("", 50)}, "50"},
		{"the last report counts", []analysis.Value{p("", 50), p("", 58)}, []analysis.Value{p("", 61)}, "=58"},
		{"late in one group and so in the whole", []analysis.Value{p("", 90), p("sex=f", 40), p("sex=m", 50)}, []analysis.Value{p("", 93), p("sex=f", 43), p("sex=m", 50)}, "=90 =40 50"},
		{"subtraction would tell the three: the others wait too", []analysis.Value{p("", 90), p("sex=f", 40), p("sex=m", 50)}, []analysis.Value{p("", 108), p("sex=f", 43), p("sex=m", 65)}, "108 =40 =50"},
		{"small in an earlier report", []analysis.Value{p("", 90), hide(p("sex=f", 0)), hide(p("sex=m", 0))}, []analysis.Value{p("", 90), p("sex=f", 12), p("sex=m", 78)}, "90 - -"},
		{"its parts would add up to what was withheld", []analysis.Value{p("", 90), hide(p("sex=f", 0)), hide(p("sex=m", 0))}, []analysis.Value{p("", 90), p("sex=f,age=15", 30), p("sex=f,age=16", 14)}, "90 30 -"},
		{"what is published protects nobody", []analysis.Value{p("", 90), p("sex=f", 42), p("sex=m", 48)}, []analysis.Value{p("", 95), p("sex=f", 42), p("sex=m", 48), p("sex=x", 5)}, "=90 42 48 -"},
		{"other age bands than those published", []analysis.Value{p("age=15-24", 50), p("age=25-64", 70)}, []analysis.Value{p("age=15-25", 54), p("age=26-64", 66)}, "- -"},
		{"small now, but published: it waits, and one more in its line", []analysis.Value{p("", 31), p("sex=f", 11), p("sex=m", 20)}, []analysis.Value{p("", 49), p("sex=f", 9), p("sex=m", 40)}, "49 =11 =20"},
		{"a new definition by a few people", []analysis.Value{defined("a", p("", 50))}, []analysis.Value{defined("b", p("", 53))}, "-"},
		{"a new definition by many", []analysis.Value{defined("a", p("", 50))}, []analysis.Value{defined("b", p("", 83))}, "83"},
	}
	for _, test := range tests {
		rule := peopleCounted(10)
		rule.Published = [][]analysis.Value{test.published}
		out, _ := Protect(test.now, rule)
		if got := reads(out); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		rule.Edition = Internal
		out, _ = Protect(test.now, rule)
		rule.Published = nil
		if alone, _ := Protect(test.now, rule); reads(out) != reads(alone) {
			t.Errorf("%s: the internal edition reads %s, without earlier reports %s", test.name, reads(out), reads(alone))
		}
	}
}

func hide(v analysis.Value) analysis.Value {
	v.Withhold(analysis.Confidential, "withheld")
	return v
}

func defined(as string, v analysis.Value) analysis.Value {
	v.Definition = as
	return v
}

// Three reports, of which the first two are published: hand arithmetic beside.
func TestOlderReports(t *testing.T) {
	p := persons
	book := func(values ...analysis.Value) []analysis.Value { return values }
	tests := []struct {
		name               string
		first, second, now []analysis.Value
		want               string
	}{
		{"61 − 60 is one person", book(p("", 60)), book(p("", 130)), book(p("", 61)), "-"},
		{"55 − 60: five fewer", book(p("", 60)), book(p("", 130)), book(p("", 55)), "-"},
		{"60 again tells nothing", book(p("", 60)), book(p("", 130)), book(p("", 60)), "60"},
		{"70 − 60 are ten", book(p("", 60)), book(p("", 130)), book(p("", 70)), "70"},
		{"131 is near the last: it waits", book(p("", 60)), book(p("", 130)), book(p("", 131)), "=130"},
		{"near both: it waits", book(p("", 60)), book(p("", 75)), book(p("", 68)), "=75"},
		{"the oldest counts where the second did not show it", book(p("", 60)), book(), book(p("", 61)), "=60"},
		{"its line hides one more", book(p("", 160), p("sex=f", 60), p("sex=m", 100)), book(p("", 300), p("sex=f", 130), p("sex=m", 170)),
			book(p("", 461), p("sex=f", 61), p("sex=m", 400)), "461 - -"},
		// x is 5, 5 and 6: hidden with m always; whole − f is 45, 95 and 46.
		{"the hidden together grew by one since the first", book(p("", 105), p("sex=f", 60), p("sex=m", 40), p("sex=x", 5)),
			book(p("", 225), p("sex=f", 130), p("sex=m", 90), p("sex=x", 5)),
			book(p("", 346), p("sex=f", 300), p("sex=m", 40), p("sex=x", 6)), "346 - - -"},
	}
	for _, test := range tests {
		rule := peopleCounted(10)
		for _, values := range [][]analysis.Value{test.first, test.second} {
			out, _ := Protect(values, rule)
			rule.Published = append(rule.Published, out)
		}
		out, _ := Protect(test.now, rule)
		if got := reads(out); got != test.want {
			t.Errorf("%s: %s, want %s; published %s, %s", test.name, got, test.want, reads(rule.Published[0]), reads(rule.Published[1]))
		}
	}
}

// Counts go up and down from report to report: nothing that is printed anew lies a
// few people from what any report printed.
func TestManyReportsTellNobody(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 19))
	for range 300 {
		rule, columns := peopleCounted(5), 2+random.IntN(2)
		for range 5 {
			b := randomBook(random, 2, columns, 40)
			out, _ := Protect(b.values(), rule)
			for k, v := range out {
				for r, earlier := range rule.Published {
					if d := math.Abs(v.Numerator - earlier[k].Numerator); d > 0 && d < 5 && v.Numerator != rule.Published[len(rule.Published)-1][k].Numerator {
						t.Fatalf("%v is %v, report %d said %v", v.Group, v.Numerator, r, earlier[k].Numerator)
					}
				}
			}
			rule.Published = append(rule.Published, out)
		}
	}
}

// What a report shows is the same when it is made again after it was published,
// and once more after that.
func TestPublishingChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 4))
	for range 200 {
		b := randomBook(random, 2+random.IntN(3), 2+random.IntN(3), 25)
		rule := peopleCounted(5)
		first, _ := Protect(b.values(), rule)
		rule.Published = [][]analysis.Value{first}
		second, _ := Protect(b.values(), rule)
		rule.Published = append(rule.Published, second)
		third, _ := Protect(b.values(), rule)
		if reads(first) != reads(second) || reads(second) != reads(third) {
			t.Fatalf("%v\nfirst  %s\nsecond %s\nthird  %s", b.counts, reads(first), reads(second), reads(third))
		}
	}
}

// Few records come after a report: an attacker who has both finds none of the few.
// He takes any line of new numbers that leaves one cell's new count to work out.
func TestTwoReportsTellNoLateRecord(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 8))
	for range 300 {
		b := randomBook(random, 2, 2+random.IntN(2), 30)
		rule := peopleCounted(5)
		before, _ := Protect(b.values(), rule)
		later := b
		later.counts = make([][]int, len(b.counts))
		for r := range b.counts {
			later.counts[r] = slices.Clone(b.counts[r])
		}
		r, c := random.IntN(b.rows), random.IntN(b.columns)
		few := 1 + random.IntN(4)
		later.add(later.counts, r, c, few)
		later.counts[r][c] += few
		rule.Published = [][]analysis.Value{before}
		after, _ := Protect(later.values(), rule)
		for k, v := range after {
			old := before[k]
			if d := math.Abs(v.Numerator - old.Numerator); d > 0 && d < 5 {
				t.Fatalf("%v changed from %v to %v", v.Group, old.Numerator, v.Numerator)
			}
		}
	}
}
