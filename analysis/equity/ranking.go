package equity

import (
	"cmp"
	"slices"
	"strings"

	"pediment/analysis"
)

// tally counts in how many indicators a group is behind.
type tally struct {
	by, group        string
	compared, behind int
	last             int // indicators in which it is the furthest behind
	names            []string
}

// rank counts, for each group of each disaggregation by one column, in how many of
// the indicators with a better direction it counts as behind. Groups stand with the
// most often behind on top.
func rank(list []*study) []tally {
	var tallies []*tally
	at := map[[2]string]*tally{}
	for _, s := range list {
		if !s.judged || len(s.By) > 1 {
			continue
		}
		worst, any := furthest(s.standings)
		for _, g := range s.standings {
			if g.behind == tooFew || g.behind == notKnown {
				continue
			}
			key := [2]string{s.by(), s.group(g.k).Level}
			if at[key] == nil {
				at[key] = &tally{by: s.by(), group: s.label(g.k)}
				tallies = append(tallies, at[key])
			}
			t := at[key]
			t.compared++
			if g.isBehind() {
				t.behind++
				t.names = append(t.names, s.name())
			}
			if any && worst.k == g.k && g.isBehind() {
				t.last++
			}
		}
	}
	out := make([]tally, len(tallies))
	for i, t := range tallies {
		out[i] = *t
	}
	slices.SortStableFunc(out, func(a, b tally) int {
		return cmp.Or(strings.Compare(a.by, b.by), b.behind-a.behind, b.last-a.last)
	})
	return out
}

// ranking names who is behind most often in each disaggregation, that in which
// somebody is behind in the largest part of the indicators first.
func (f *findings) ranking(tallies []tally) {
	var parts [][]tally
	for start := 0; start < len(tallies); {
		end := start
		for end < len(tallies) && tallies[end].by == tallies[start].by {
			end++
		}
		if first := tallies[start]; first.behind >= 2 && first.compared >= 3 {
			parts = append(parts, tallies[start:end])
		}
		start = end
	}
	slices.SortStableFunc(parts, func(a, b []tally) int { return cmp.Compare(b[0].often(), a[0].often()) })
	for _, part := range parts[:min(mostRankings, len(parts))] {
		f.mostBehind(part)
	}
}

// often is the part of the indicators compared in which the group is behind.
func (t tally) often() float64 { return float64(t.behind) / float64(t.compared) }

func (f *findings) mostBehind(tallies []tally) {
	first := tallies[0]
	fewest, most := first.compared, first.compared
	var names []string
	for _, t := range tallies {
		if t.behind == first.behind {
			names = append(names, t.group)
			fewest, most = min(fewest, t.compared), max(most, t.compared)
		}
	}
	who, by := listed(names)+" is", capital(first.by)+": "
	repeats := strings.HasPrefix(names[0], first.by+": ")
	switch {
	case len(names) > 3:
		who = plural(len(names), "group", "groups") + " are each"
	case len(names) > 1:
		who = listed(names) + " are each"
	case repeats:
		who, by = capital(who), ""
	}
	compared := counted(float64(most))
	if fewest < most {
		compared = counted(float64(fewest)) + " to " + compared
	}
	f.say("who is behind most often", "%s%s behind the average in %d of the %s indicators that can be compared, more than any other.", by, who, first.behind, compared)
}

func rankingTable(tallies []tally) analysis.Table {
	t := analysis.Table{Name: "most_often_behind", Columns: analysis.Columns("by", "group", "compared:integer:indicators", "behind:integer:indicators", "furthest:integer:indicators", "behind_in")}
	for _, r := range tallies {
		t.Rows = append(t.Rows, []any{r.by, r.group, int64(r.compared), int64(r.behind), int64(r.last), strings.Join(r.names, "; ")})
	}
	return t
}
