package quality

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Issue is what one rule found in one file of a dataset, as the issue log knows it.
type Issue struct {
	ID      string // of dataset, rule and file
	Dataset string
	Rule    string
	File    string
	Count   int64  // rows that failed when last seen; 0 once it is closed
	First   int64  // rows that failed when it was opened
	Opened  string // ISO day
	Seen    string // ISO day of the last change
	State   string // open, accepted, fixed or closed: what became of it
	Note    string
	By      string
}

// issueID names the issue of a rule in a file of a dataset.
func issueID(dataset, rule, file string) string {
	sum := sha256.Sum256([]byte(dataset + "\x00" + rule + "\x00" + file))
	return hex.EncodeToString(sum[:6])
}

// found lists what the dataset's rules find in each file, in order.
func (a *assessed) found() []Issue {
	counts := map[[2]int64]int64{} // rule and file
	for k, r := range a.rules {
		if a.verdict(k).state != "fails" {
			continue
		}
		for _, p := range a.parts {
			if r.pass != "" {
				counts[[2]int64{int64(k), p.file}] += p.failed[k]
			}
		}
		for _, p := range a.repeated[k] {
			counts[[2]int64{int64(k), p.file}] += p.rows
		}
		for _, w := range a.groups[k].wrong {
			counts[[2]int64{int64(k), w.file}]++
		}
	}
	var list []Issue
	for k, r := range a.rules {
		for _, f := range a.Files {
			if n := counts[[2]int64{int64(k), f.ID}]; n > 0 {
				list = append(list, Issue{ID: issueID(a.Table.Name, r.name, f.Name), Dataset: a.Table.Name, Rule: r.name, File: f.Name, Count: n})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Issue) int { return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Rule, y.Rule)) })
	return list
}

// ruleVerdict is what became of a rule.
type ruleVerdict struct {
	checked, failed int64
	state           string // "passes", "fails", "not checked" or unknown
}

// verdict says whether the rule with the number is kept. A required column may be
// empty in as many rows as its share allows.
func (a *assessed) verdict(k int) ruleVerdict {
	v := ruleVerdict{checked: a.total.passed[k] + a.total.failed[k], failed: a.total.failed[k], state: "passes"}
	switch r := a.rules[k]; {
	case r.unknown:
		v.state = unknown
	case v.checked == 0:
		v.state = "not checked"
	case r.kind == requiredRule && float64(v.checked-v.failed) < r.share*float64(v.checked),
		r.kind != requiredRule && v.failed > 0:
		v.state = "fails"
	}
	return v
}
