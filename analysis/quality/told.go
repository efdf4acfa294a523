package quality

import (
	"cmp"
	"fmt"
	"math"
)

// told returns the number of people or rows as it may be told: small ones are
// not, in the public edition.
func (a *assessment) told(d *assessed, n int64) (count any, note string) {
	if n > 0 && n < d.least {
		return nil, d.fewer()
	}
	return n, ""
}

// toldOf is told of a part of a whole that is told too: neither it nor what is
// left of the whole may be small.
func (a *assessment) toldOf(d *assessed, n, all int64) (count any, note string) {
	if rest := all - n; rest > 0 && rest < d.least {
		return nil, "all but " + d.fewer()
	}
	return a.told(d, n)
}

func (a *assessed) fewer() string { return fmt.Sprintf("fewer than %d", a.least) }

// toldRule is how many of the rows a rule is about and how many of them fail, as they
// may be told. Which people a condition picks out is nobody's business in public:
// then their number is not told at all.
func (a *assessment) toldRule(d *assessed, r boundRule, v ruleVerdict) (checked, failed, share any, note string) {
	if v.checked > 0 {
		share = 100 * float64(v.failed) / float64(v.checked)
	}
	if r.kind == sumsRule || d.least == 0 { // totals are no people
		return v.checked, v.failed, share, ""
	}
	failed, note = a.toldOf(d, v.failed, v.checked)
	if r.where != "true" {
		failed, note = a.told(d, v.failed)
		return nil, failed, nil, joinWords(note, "how many rows it is about is not told")
	}
	checked, few := a.toldOf(d, v.checked, d.total.rows)
	if few != "" {
		note = cmp.Or(note, "rows: "+few)
	}
	if checked == nil || failed == nil {
		share = nil
	}
	return checked, failed, share, note
}

// goods returns the least and the greatest number of good rows a reader may think
// of: where few are bad, or few are good, their number is not to be told. Otherwise
// both are what they are.
func (a *assessed) goods(good, checked int64) (least, most int64) {
	few := a.least - 1
	switch bad := checked - good; {
	case bad > 0 && bad < a.least:
		return max(0, checked-few), checked - 1
	case bad > 0 && good > 0 && good < a.least:
		return 1, min(few, checked)
	}
	return good, good
}

// hidden reports whether a score would be another one for another number of rows
// that is not to be told: then it is not told either, for what is told is true.
func hidden(least, most float64) bool {
	return !math.IsNaN(least) && score100(least) != score100(most)
}
