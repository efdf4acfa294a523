package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	fewest := int64(0)
	for _, d := range a.datasets {
		rows += d.total.rows
		fewest = max(fewest, d.least)
		for _, f := range d.Files {
			rejected += f.Rejected
		}
		mean, n := d.scoresOf(a.Setup, "", func(string) bool { return true }).overall()
		if n >= 2 && !math.IsNaN(mean) {
			list = append(list, scored{d.Table.Name, mean, n})
		}
	}
	refused := were(rejected, "row")
	if rejected > 0 && rejected < fewest {
		refused = fmt.Sprintf("fewer than %d rows were", fewest)
	}
	say("data", "%s in %s; %s rejected because a cell did not fit its declared type.", counted(rows, "row"), counted(int64(len(a.datasets)), "dataset"), refused)
	a.sayHidden(say)
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(x, y scored) int { return cmp.Compare(x.score, y.score) })
	low := list[0]
	say("scores", "Of the datasets with two dimensions or more checked, %s scores lowest, %v of 100 on %d of %d dimensions. A score counts only what was checked: compare it with the same dataset in other years, not with datasets checked otherwise.",
		plainWords(low.name), score100(low.score), low.checked, len(dimensions))
}

// plainWords is the name of a dataset for people.
func plainWords(name string) string { return strings.ReplaceAll(name, "_", " ") }

// sentenceStart is a name as the first word of a sentence.
func sentenceStart(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
}

// sayHidden names the scores that are not told, so that nobody takes them for
// unchecked.
func (a *assessment) sayHidden(say sayer) {
	var parts []string
	for _, d := range a.datasets {
		s := d.scoresOf(a.Setup, "", func(string) bool { return true })
		var names []string
		for _, name := range dimensions {
			if s.values[name].hidden() {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			parts = append(parts, d.Table.Name+" ("+strings.Join(names, ", ")+")")
		}
	}
	if len(parts) > 0 {
		say("scores not told", "Checked, yet not told, since the score would tell of %s: %s.", fmt.Sprintf("fewer than %d rows", a.SmallestCell), strings.Join(parts, "; "))
	}
}

// isOrAre writes "1 is", "2 are".
func isOrAre(n int) string {
	if n == 1 {
		return "1 is"
	}
	return whole(int64(n)) + " are"
}

// verb writes "1 holds", "2 hold", and "1 does".
func verb(n int, word string) string {
	if n == 1 {
		return "1 " + map[string]string{"hold": "holds", "do": "does", "have": "has"}[word]
	}
	return fmt.Sprintf("%d %s", n, word)
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
	var puzzles []Finding
	passes, unchecked, blocks := 0, 0, 0
	for _, d := range a.datasets {
		for k, r := range d.rules {
			if r.block {
				blocks++
			}
			switch v := d.verdict(k); v.state {
			case "fails":
				failures = append(failures, failure{d, r, v})
			case "passes":
				passes++
			case unknown:
				puzzles = append(puzzles, Finding{r.said, d.Table.Name, r.name, d.Feeds, 0, 0, r.block})
			default:
				unchecked++
			}
		}
	}
	if all := passes + unchecked + len(failures) + len(puzzles); all > 0 {
		none := ""
		if unchecked > 0 {
			none = fmt.Sprintf(" and %d had no rows to check", unchecked)
		}
		if len(puzzles) > 0 {
			none += fmt.Sprintf("; %d cannot be checked", len(puzzles))
		}
		calm := ""
		if blocks > 0 && !slices.ContainsFunc(failures, func(f failure) bool { return f.r.block }) && !slices.ContainsFunc(puzzles, func(f Finding) bool { return f.Blocks }) {
			calm = fmt.Sprintf(" No rule that would stop indicators from being computed (there are %d) is broken.", blocks)
		}
		say("rules", "Of %s, %s, %s not%s.%s", counted(int64(all), "declared rule"), verb(passes, "hold"), verb(len(failures), "do"), none, calm)
	}
	for _, f := range puzzles {
		say("rules", "%s.", f.Unknown())
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
	checked, failed, share, note := a.toldRule(d, r, v)
	some := "some"
	if failed != nil {
		some = whole(v.failed)
	} else if note != "" {
		some, _, _ = strings.Cut(note, ", ")
	}
	switch {
	case checked == nil && r.where != "true":
		return some + " of the rows it is about"
	case checked == nil:
		return some + " of the rows with a value"
	case share == nil:
		return some + " of " + counted(v.checked, of)
	}
	return fmt.Sprintf("%s of %s (%s)", whole(v.failed), counted(v.checked, of), percent(float64(v.failed), float64(v.checked)))
}

func (a *assessment) sayAnswers(say sayer) {
	for _, d := range a.datasets {
		for k, name := range d.heaped {
			_, p, round, n := heaping(d.total.digits[10*k : 10*k+10])
			if fives, _ := a.toldOf(d, int64(math.Round(round*float64(n))), n); fives == nil {
				continue
			}
			if heaps(p, round, n) && d.varied(name) {
				say("rounding", "%s: %s of %s end in 0 or 5 in %s, where a fifth would: somebody rounded or estimated.", d.Table.Name, percent(round, 1), counted(n, "number"), name)
			}
		}
		if asked, _ := a.toldOf(d, d.total.asked, d.total.rows); d.total.asked > 0 && asked != nil {
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
		"validity": "rules:", "consistency": "sums:, or three years of four places",
	}
	var parts []string
	for _, name := range dimensions {
		n := 0
		for _, d := range a.datasets {
			if d.scoresOf(a.Setup, "", func(string) bool { return true }).values[name].checked == 0 {
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
