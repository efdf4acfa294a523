package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/ingest"
)

// privacySettings is privacy: in pediment.yaml: what may be shown, and to whom.
type privacySettings struct {
	At           analysis.Position
	SmallestCell analysis.Text            `yaml:"smallest_cell"` // fewest people a cell may stand for
	Zeros        analysis.Text            `yaml:"zeros"`         // show (usual) or withhold cells of nobody
	Dominance    dominanceSettings        `yaml:"dominance"`
	PPercent     analysis.Text            `yaml:"p_percent"`    // p of the p % rule
	Round        analysis.Text            `yaml:"round"`        // base counts are rounded to, in place of withholding small ones
	Contributors map[string]analysis.Text `yaml:"contributors"` // dataset → column that names who gave an amount
	Internal     internalSettings         `yaml:"internal"`
}

// dominanceSettings is the (n,k) rule for totals of money.
type dominanceSettings struct {
	At    analysis.Position
	Top   int           `yaml:"top"`
	Share analysis.Text `yaml:"share"`
}

// internalSettings are those of the internal edition where they differ.
type internalSettings struct {
	SmallestCell analysis.Text `yaml:"smallest_cell"`
}

// check reports what cannot be meant.
func (s privacySettings) check(datasets map[string]ingest.Dataset) analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		if at.File == "" {
			at = s.At
		}
		problems = append(problems, analysis.Problem{Position: at, Message: "privacy: " + fmt.Sprintf(format, args...), Hint: hint})
	}
	smallest := func(name string, text analysis.Text) {
		if _, whole := wholeNumber(text.Value); text.Value != "" && !whole {
			fail(text.At, "write the fewest people a cell may stand for, as in 10; 0 withholds nothing", "%s: %q is not a number of people", name, text.Value)
		}
	}
	smallest("smallest_cell", s.SmallestCell)
	smallest("internal: smallest_cell", s.Internal.SmallestCell)
	public, known := wholeNumber(cmp.Or(s.SmallestCell.Value, strconv.Itoa(defaultSmallestCell)))
	if internal, given := wholeNumber(s.Internal.SmallestCell.Value); given && known && internal > public {
		fail(s.Internal.SmallestCell.At, "the internal edition is for readers bound to secrecy: give it the public smallest_cell or a smaller one, or raise the public one",
			"internal: smallest_cell: %d is stricter than the public %d", internal, public)
	}
	if z := s.Zeros; z.Value != "" && z.Value != "withhold" && z.Value != "show" {
		fail(z.At, "write withhold or show", "zeros: %q is not known", z.Value)
	}
	if n, whole := wholeNumber(s.Round.Value); s.Round.Value != "" && (!whole || n < 2) {
		fail(s.Round.At, "write the base counts are rounded to, as in round: 5, or leave it out", "round: %q is not a base", s.Round.Value)
	}
	s.checkMoney(fail)
	s.checkContributors(datasets, fail)
	return problems
}

// checkMoney reports mistakes in the rules for totals of money.
func (s privacySettings) checkMoney(fail func(analysis.Position, string, string, ...any)) {
	d := s.Dominance
	share, shared := percentage(d.Share.Value)
	switch {
	case d == dominanceSettings{At: d.At}:
	case d.Top < 1:
		fail(d.At, "write how many of the largest contributors count, as in top: 2", "dominance: top: %d is not a number of contributors", d.Top)
	case !shared || share <= 0 || share >= 100:
		fail(d.Share.At, "write a share between 0% and 100%, as in share: 85%", "dominance: share: %q is not a share", d.Share.Value)
	}
	p, known := percentage(s.PPercent.Value)
	if s.PPercent.Value != "" && (!known || p <= 0 || p >= 100) {
		fail(s.PPercent.At, "write a number between 0 and 100, as in p_percent: 10", "p_percent: %q is not a percentage", s.PPercent.Value)
	}
	if rules := d.Top > 0 || s.PPercent.Value != ""; rules && len(s.Contributors) == 0 {
		fail(s.At, "add contributors: {dataset: column}, the column that names who gave or received the amount", "dominance and p_percent need to know who contributes to a total")
	}
}

// checkContributors reports datasets and columns that are not there.
func (s privacySettings) checkContributors(datasets map[string]ingest.Dataset, fail func(analysis.Position, string, string, ...any)) {
	names := slices.Sorted(maps.Keys(datasets))
	for _, name := range slices.Sorted(maps.Keys(s.Contributors)) {
		column := s.Contributors[name]
		d, known := datasets[name]
		if !known {
			fail(column.At, analysis.Suggest(name, names), "contributors: there is no dataset %q", name)
			continue
		}
		if _, known := d.Columns[column.Value]; !known {
			fail(column.At, analysis.Suggest(column.Value, slices.Sorted(maps.Keys(d.Columns))), "contributors: %s declares no column %q", name, column.Value)
		}
	}
}

// percentage reads "85%" or "85" as 85.
func percentage(text string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")), 64)
	return x, err == nil
}

// wholeNumber reads a whole number of 0 or more.
func wholeNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0
}

// defaultSmallestCell is the fewest people a published cell may stand for when
// the city declares nothing.
const defaultSmallestCell = 10

// smallestCell is the fewest people a published cell may stand for.
func (p *project) smallestCell() int64 {
	if n, given := wholeNumber(p.settings.Privacy.SmallestCell.Value); given {
		return n
	}
	return defaultSmallestCell
}

// smallestCell is the fewest people a cell of the run's edition may stand for.
func (w *work) smallestCell() int64 {
	n, given := wholeNumber(w.project.settings.Privacy.Internal.SmallestCell.Value)
	if given && w.app.edition == disclosure.Internal {
		return n
	}
	return w.project.smallestCell()
}

// moneyRules are the rules for totals of money; both zero where none is declared.
func (s privacySettings) moneyRules() (disclosure.Dominance, float64) {
	share, _ := percentage(s.Dominance.Share.Value) // checked with the settings
	p, _ := percentage(s.PPercent.Value)
	return disclosure.Dominance{Top: s.Dominance.Top, Share: share / 100}, p
}

// round is the base to which counts of people are rounded, 0 for none.
func (s privacySettings) round() int64 {
	n, _ := wholeNumber(s.Round.Value) // checked with the settings
	return n
}
