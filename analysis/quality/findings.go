package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// findings says in sentences what the tables hold.
func (a *assessment) findings() analysis.Table {
	t := table("findings", "about", "text")
	say := func(about, format string, args ...any) {
		t.Rows = append(t.Rows, []any{about, fmt.Sprintf(format, args...)})
	}
	a.sayScores(say)
	a.sayRules(say)
	a.sayReports(say)
	a.sayTriangulation(say)
	a.sayConsistency(say)
	a.sayAnswers(say)
	a.sayIdentical(say)
	a.sayIssues(say)
	a.sayUnchecked(say)
	return t
}

type sayer func(about, format string, args ...any)

func (a *assessment) sayScores(say sayer) {
	type scored struct {
		name    string
		score   float64
		checked int
	}
	var list []scored
	var rows, rejected int64
	for _, d := range a.datasets {
		rows += d.total.rows
		for _, f := range d.Files {
			rejected += f.Rejected
		}
		mean, n := d.scoresOf(a.Setup, "", func(string) bool { return true }).overall()
		if n >= 2 {
			list = append(list, scored{d.Table.Name, mean, n})
		}
	}
	say("data", "%s in %s; %s rejected because a cell did not fit its declared type.", counted(rows, "row"), counted(int64(len(a.datasets)), "dataset"), were(rejected, "row"))
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(x, y scored) int { return cmp.Compare(x.score, y.score) })
	low := list[0]
	say("scores", "Of the datasets with two dimensions or more checked, %s scores lowest, %v of 100 on %d of %d dimensions. A score counts only what was checked: compare it with the same dataset in other years, not with datasets checked otherwise.",
		low.name, score100(low.score), low.checked, len(dimensions))
}

func are(n int64, one string) string {
	if n == 1 {
		return "1 " + one + " is"
	}
	return counted(n, one) + " are"
}

func were(n int64, one string) string {
	switch n {
	case 0:
		return "no " + one + " was"
	case 1:
		return "1 " + one + " was"
	}
	return counted(n, one) + " were"
}

// mostSentences is how many rules are told one by one.
const mostSentences = 8

func (a *assessment) sayRules(say sayer) {
	type failure struct {
		d *assessed
		r boundRule
		v ruleVerdict
	}
	var failures []failure
	passes, unchecked := 0, 0
	for _, d := range a.datasets {
		for k, r := range d.rules {
			switch v := d.verdict(k); v.state {
			case "fails":
				failures = append(failures, failure{d, r, v})
			case "passes":
				passes++
			default:
				unchecked++
			}
		}
	}
	if all := passes + unchecked + len(failures); all > 0 {
		none := ""
		if unchecked > 0 {
			none = fmt.Sprintf(" and %d had no rows to check", unchecked)
		}
		say("rules", "Of %d declared rules, %d hold, %d do not%s.", all, passes, len(failures), none)
	}
	slices.SortStableFunc(failures, func(x, y failure) int {
		return cmp.Or(-compareBool(x.r.block, y.r.block), -cmp.Compare(float64(x.v.failed)/float64(x.v.checked), float64(y.v.failed)/float64(y.v.checked)))
	})
	for k, f := range failures {
		if k == mostSentences {
			say("rules", "%d more rules do not hold; they stand in the table of rules.", len(failures)-k)
			break
		}
		blocked := ""
		if f.r.block {
			blocked = " The rule blocks: indicators that use this dataset are refused until the rows are corrected or the rule is changed."
		}
		say("rules", "%s: “%s” fails for %s.%s", f.d.Table.Name, f.r.name, a.failures(f.d, f.r, f.v), blocked)
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// failures says how many rows fail of how many.
func (a *assessment) failures(d *assessed, r boundRule, v ruleVerdict) string {
	of := "row"
	if r.kind == sumsRule {
		of = "total" // no people: all may be told
	}
	if count, note := a.told(d, v.failed); count == nil && r.kind != sumsRule {
		return note + " of " + counted(v.checked, of)
	}
	return fmt.Sprintf("%s of %s (%s)", whole(v.failed), counted(v.checked, of), percent(float64(v.failed), float64(v.checked)))
}

func (a *assessment) sayReports(say sayer) {
	for _, d := range a.datasets {
		if d.reports == nil || len(d.reports.all) == 0 {
			continue
		}
		var missing, part, late, dated int
		var names []string
		for _, r := range d.reports.all {
			switch d.reports.arrival(r) {
			case absent:
				missing++
				names = append(names, strings.TrimSpace(a.Places.Name(r.reporter)+" "+r.period.Label))
			case incomplete:
				part++
			}
			if yes, known := d.reports.onTime(r, a.Day); known && !r.received.IsZero() {
				dated++
				if !yes {
					late++
				}
			}
		}
		text := fmt.Sprintf("%s: all %s are there", d.Table.Name, counted(int64(len(d.reports.all)), "expected report"))
		if missing > 0 {
			text = fmt.Sprintf("%s: %d of %s are missing: %s", d.Table.Name, missing, counted(int64(len(d.reports.all)), "expected report"), some(names, 5))
		}
		if part > 0 {
			text += fmt.Sprintf("; %d have fewer rows than a report has", part)
		}
		switch {
		case dated > 0:
			text += fmt.Sprintf("; %d of %d came after they were due", late, dated)
		case d.Expect.Due.Value != "":
			text += "; when they came in is recorded nowhere, so whether they were on time cannot be said"
		}
		say("expected reports", "%s.", text)
	}
}

func (a *assessment) sayTriangulation(say sayer) {
	for _, p := range a.Pairs {
		var mine []comparison
		for _, c := range a.comparisons {
			if c.pair.Name == p.Name {
				mine = append(mine, c)
			}
		}
		if len(mine) == 0 {
			continue
		}
		last := mine[len(mine)-1]
		counts := map[verdict]int{}
		for _, c := range mine {
			counts[c.verdict]++
		}
		text := fmt.Sprintf("%s, %s: “%s” gives %s, “%s” %s", p.Name, last.period, last.first.Name, a.figure(last.first), last.second.Name, a.figure(last.second))
		switch {
		case last.reason != "":
			text += "; whether they agree cannot be told: " + last.reason
		case last.verdict == agrees:
			text += fmt.Sprintf("; they agree within %s", a.margin(last))
		case last.verdict == differs:
			text += fmt.Sprintf("; they differ by more than %s", a.margin(last))
		default:
			text += fmt.Sprintf("; the difference of %s (90 %% interval %s to %s) leaves open whether they agree within %s", rounded(last.difference), rounded(last.low), rounded(last.high), a.margin(last))
		}
		if len(mine) > 1 {
			text += fmt.Sprintf(". Over %d periods: %d agree, %d differ, %d cannot be told", len(mine), counts[agrees], counts[differs], counts[cannotTell])
		}
		say("two sources", "%s.", text)
	}
}

// figure writes a value with no more digits than its interval supports.
func (a *assessment) figure(v analysis.Value) string {
	unit := " " + v.Unit
	if v.Unit == "percent" {
		unit = " %"
	}
	if !v.Sampled() || !(v.SE > 0) {
		return rounded(v.Value) + unit
	}
	half := 1.96 * v.SE
	decimals := max(0, 1-int(math.Floor(math.Log10(half))))
	return fmt.Sprintf("%s%s (give or take %.*f)", grouped(fmt.Sprintf("%.*f", decimals, v.Value)), unit, decimals, half)
}

func (a *assessment) margin(c comparison) string {
	if c.pair.Relative {
		return plain(100*c.pair.Tolerance) + " % of the second"
	}
	return plain(c.pair.Tolerance)
}

func (a *assessment) sayConsistency(say sayer) {
	told := false
	for _, d := range a.datasets {
		outside := 0
		var worst step
		for _, one := range d.steps {
			if !one.outside {
				continue
			}
			outside++
			if worst.periods == nil || math.Abs(math.Log(one.ratio)) > math.Abs(math.Log(worst.ratio)) {
				worst = one
			}
		}
		if outside == 0 {
			continue
		}
		text := fmt.Sprintf("%s: %d of %s less than 0.67 or more than 1.33 times the mean of up to %d comparable periods before", d.Table.Name, outside, are(int64(len(d.steps)), "figure"), earlier)
		if a.Rows || !d.personal() {
			where := strings.TrimSpace(worst.measure + " " + a.Places.Name(worst.place))
			text += fmt.Sprintf(". Furthest: %s in %s, %s after %s", where, worst.periods[worst.at].Label, rounded(worst.values[worst.at]), rounded(worst.mean))
		}
		told = true
		say("jumps over time", "%s.", text)
	}
	if told {
		say("jumps over time", "A jump is a question to the source, not yet an error. Where all places move together it lowers no score.")
	}
	a.sayOutliers(say)
}

// sayOutliers counts the outliers of all datasets and names the furthest of each,
// to those who may know.
func (a *assessment) sayOutliers(say sayer) {
	var n int64
	var furthest []string
	for _, d := range a.datasets {
		list := a.outlying[d]
		n += int64(len(list))
		if len(list) == 0 {
			continue
		}
		o := slices.MaxFunc(list, func(x, y outlying) int { return cmp.Compare(x.distance(), y.distance()) })
		furthest = append(furthest, fmt.Sprintf("%s %s in %s, %s where %s to %s is usual (%s)", o.measure, a.Places.Name(o.place), o.period, rounded(o.value), rounded(o.low), rounded(o.high), o.against))
	}
	n += int64(len(a.outlying[nil]))
	if n == 0 {
		return
	}
	say("outliers", "%s of places far from those of other places or from their own other years. Check them with the source; nothing was changed or left out.", are(n, "figure"))
	if a.Rows && len(furthest) > 0 {
		say("outliers", "Furthest in each dataset: %s.", strings.Join(furthest[:min(len(furthest), 5)], "; "))
	}
}

// distance is how far outside its limits a number lies, in widths between them.
func (o outlying) distance() float64 {
	return max(o.low-o.value, o.value-o.high) / (o.high - o.low)
}

func (a *assessment) sayAnswers(say sayer) {
	for _, d := range a.datasets {
		for k, name := range d.heaped {
			_, p, round, n := heaping(d.total.digits[10*k : 10*k+10])
			if heaps(p, round, n) && d.varied(name) {
				say("rounding", "%s: %s of %s end in 0 or 5 in %s, where a fifth would: somebody rounded or estimated.", d.Table.Name, percent(round, 1), counted(n, "number"), name)
			}
		}
		if d.total.asked > 0 {
			say("straight-lining", "%s: of %s who answered all %d questions of a battery, %s gave one answer throughout; were the answers independent, %s would by chance. More than that may be haste, or opinions that go together.",
				d.Table.Name, whole(d.total.asked), len(d.battery), a.respondents(d, d.total.same), whole(int64(math.Round(d.chance*float64(d.total.asked)))))
		}
		if d.durations.n > 0 {
			say("interview length", "%s: half of the interviews took %s minutes or less; %s took under half of that.", d.Table.Name, rounded(d.durations.median), a.respondents(d, d.durations.short))
		}
	}
}

func (a *assessment) respondents(d *assessed, n int64) string {
	if count, note := a.told(d, n); count == nil {
		return note
	}
	return counted(n, "respondent")
}

func (a *assessment) sayIdentical(say sayer) {
	var parts []string
	for _, d := range a.datasets {
		if d.identical == 0 {
			continue
		}
		if count, note := a.told(d, d.identical); count == nil {
			parts = append(parts, d.Table.Name+" ("+note+")")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", d.Table.Name, whole(d.identical)))
	}
	if len(parts) > 0 {
		say("identical rows", "Rows that equal another in every declared column: %s. Where rows carry no identifier that may be right; otherwise they are counted twice.", some(parts, 12))
	}
}

func (a *assessment) sayIssues(say sayer) {
	open, settled := 0, 0
	for _, i := range a.Issues {
		switch i.State {
		case "open":
			open++
		case "accepted", "fixed":
			settled++
		}
	}
	if open+settled > 0 {
		say("open issues", "The issue log holds %s and %d that somebody accepted or says are fixed while the rows still fail.", counted(int64(open), "open issue"), settled)
	}
}

func (a *assessment) sayUnchecked(say sayer) {
	hints := map[string]string{
		"completeness": "expect: or required:", "timeliness": "expect: {due: …, received: …}", "uniqueness": "unique:",
		"validity": "rules:", "consistency": "sums:, or three years of data",
	}
	var parts []string
	for _, name := range dimensions {
		n := 0
		for _, d := range a.datasets {
			if math.IsNaN(d.scoresOf(a.Setup, "", func(string) bool { return true }).values[name].value()) {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d of %d (%s)", name, n, len(a.datasets), hints[name]))
		}
	}
	if len(parts) > 0 {
		say("not checked", "What nobody declared cannot be checked: %s. Not checked does not mean good.", strings.Join(parts, "; "))
	}
}
