package quality

import (
	"math"
	"slices"

	"pediment/analysis"
)

// The dimensions of quality, in the order they are told.
var dimensions = []string{"completeness", "timeliness", "uniqueness", "validity", "consistency"}

// score is one dimension of one dataset: good of checked things were as they
// should be. Nothing checked is no score.
type score struct {
	good, checked float64
	unsaid        float64 // good ones among those whose number is not to be told
	by            string  // what was checked
}

// value is the score from 0 to 100, NaN when nothing was checked or it is hidden.
func (s score) value() float64 {
	if s.hidden() {
		return math.NaN()
	}
	return s.most()
}

// most is the greatest score a reader may think of, NaN when nothing was checked.
func (s score) most() float64 {
	if s.checked == 0 {
		return math.NaN()
	}
	return 100 * s.good / s.checked
}

func (s score) least() float64 { return s.most() - 100*s.unsaid/s.checked }

// hidden reports whether the score would tell a number that is not told.
func (s score) hidden() bool { return s.checked > 0 && hidden(s.least(), s.most()) }

// scores are the scores of a dataset for one year of data, or for all.
type scores struct {
	year   string
	values map[string]score
}

// overall is the mean of the dimensions that were checked, and how many were. The
// mean is NaN when none was, or a hidden one would change it.
func (s scores) overall() (mean float64, checked int) {
	least, most := 0.0, 0.0
	for _, name := range dimensions {
		if one := s.values[name]; one.checked > 0 {
			least, most, checked = least+one.least(), most+one.most(), checked+1
		}
	}
	n := float64(checked)
	if checked == 0 || hidden(least/n, most/n) {
		return math.NaN(), checked
	}
	return most / n, checked
}

// within reports whether a period belongs to the year; every one does to "".
type within func(label string) bool

// scoresOf scores the dataset over the rows of the periods that count.
func (a *assessed) scoresOf(s *Setup, year string, in within) scores {
	t := tally{}
	for _, p := range a.parts {
		if in(p.period) {
			t.add(p.tally)
		}
	}
	if t.failed == nil {
		t.failed, t.passed = make([]int64, len(a.rules)), make([]int64, len(a.rules))
	}
	return scores{year, map[string]score{
		"completeness": a.completeness(t, in),
		"timeliness":   a.timeliness(s, in),
		"uniqueness":   a.uniqueness(t, in, year == ""),
		"validity":     a.validity(t, year == ""),
		"consistency":  a.consistency(in),
	}}
}

// completeness is the mean of the share of expected reports that are there, a
// report of too few rows counting half, and of the share of cells that are filled
// in required columns.
func (a *assessed) completeness(t tally, in within) score {
	var shares []float64
	unsaid, by := 0.0, ""
	if a.reports != nil {
		there, expected := 0.0, 0.0
		for _, r := range a.reports.all {
			if in(r.period.Label) {
				there, expected = there+float64(a.reports.arrival(r))/2, expected+1
			}
		}
		if expected > 0 {
			shares, by = append(shares, there/expected), "expected reports"
		}
	}
	good, cells := 0.0, 0.0
	for k, r := range a.rules {
		if r.kind == requiredRule {
			all := t.passed[k] + t.failed[k]
			least, most := a.goods(t.passed[k], all)
			good, cells, unsaid = good+float64(most), cells+float64(all), unsaid+float64(most-least)
		}
	}
	if cells > 0 {
		shares, unsaid, by = append(shares, good/cells), unsaid/cells, joinWords(by, "required columns")
	}
	sum := 0.0
	for _, x := range shares {
		sum += x
	}
	return score{sum, float64(len(shares)), unsaid, by}
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// timeliness is the share on time of the reports of which that can be known.
func (a *assessed) timeliness(s *Setup, in within) score {
	out := score{}
	if a.reports == nil || a.Expect.Due.Value == "" {
		return out
	}
	for _, r := range a.reports.all {
		yes, known := a.reports.onTime(r, s.Day)
		if !known || !in(r.period.Label) {
			continue
		}
		out.checked++
		out.by = "overdue reports"
		if yes {
			out.good++
		}
	}
	if a.reports.received != "" {
		out.by = "days received"
	} else if out.good == 0 { // who came in time is not known: only those who did not come
		return score{by: "days received are not recorded"}
	}
	return out
}

// uniqueness is the share of rows whose declared keys stand once.
func (a *assessed) uniqueness(t tally, in within, all bool) score {
	out := score{}
	for k, r := range a.rules {
		if r.kind != uniqueRule || r.unknown {
			continue
		}
		out.by = "declared keys"
		checked, failed := t.rows, int64(0)
		if all {
			checked = a.total.passed[k] + a.total.failed[k]
		}
		for _, p := range a.repeated[k] {
			if in(p.period) {
				failed += p.rows
			}
		}
		least, most := a.goods(max(0, checked-failed), checked)
		out.checked, out.good, out.unsaid = out.checked+float64(checked), out.good+float64(most), out.unsaid+float64(most-least)
	}
	return out
}

// validity is the share of rows that fit their declared types and fulfil every
// rule about their values. Rejected rows have no year.
func (a *assessed) validity(t tally, all bool) score {
	least, most := a.goods(t.rows-t.faulty, t.rows)
	out := score{float64(most), float64(t.rows), float64(most - least), "declared types"}
	if all {
		for _, f := range a.Files {
			out.checked += float64(f.Rejected)
		}
	}
	for _, r := range a.rules {
		if r.pass != "" && r.kind != requiredRule {
			out.by = "types and rules"
		}
	}
	if !all && out.by == "declared types" {
		return score{}
	}
	return out
}

// consistency is the mean of the share of totals their parts add up to and the
// share of places' numbers that move as those of the other places do.
func (a *assessed) consistency(in within) score {
	var shares []float64
	by := ""
	good, groups := 0.0, 0.0
	for _, s := range a.groups {
		for _, p := range s.of {
			if in(p.period) {
				good, groups = good+1, groups+1
			}
		}
		for _, w := range s.wrong {
			if in(w.period) {
				good--
			}
		}
	}
	if groups > 0 {
		shares, by = append(shares, good/groups), "totals"
	}
	calm, steps := 0.0, 0.0
	for _, one := range a.steps {
		if math.IsNaN(one.common) || !in(one.periods[one.at].Label) {
			continue
		}
		steps++
		if !one.apart {
			calm++
		}
	}
	if steps > 0 {
		shares, by = append(shares, calm/steps), joinWords(by, "places against each other over time")
	}
	sum := 0.0
	for _, x := range shares {
		sum += x
	}
	return score{good: sum, checked: float64(len(shares)), by: by}
}

// years lists the calendar years of a dataset's rows and of what was expected.
func (a *assessed) years(c analysis.Calendar) []string {
	var list []string
	for _, p := range a.parts {
		if y := yearOf(c, p.period); y != "" {
			list = append(list, y)
		}
	}
	if a.reports != nil {
		for _, r := range a.reports.all {
			list = append(list, yearOf(c, r.period.Label))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// yearOf is the calendar year a period counts for, "" of no period.
func yearOf(c analysis.Calendar, label string) string {
	p, err := c.ParsePeriod(label)
	if err != nil {
		return ""
	}
	return c.JoinYear(p).Label
}
