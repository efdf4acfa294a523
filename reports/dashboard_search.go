package reports

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// searchView is what was found for a query.
type searchView struct {
	Query string
	Found []found
}

// found is a page that answers a query.
type found struct {
	Path, Title, Kind, Text string
	weight                  int
}

// mostFound is how many pages are listed.
const mostFound = 40

// search finds indicators, areas and pages in which every word of the query occurs:
// in their names first, then in their definitions.
func (f *Frozen) search(query string) []found {
	words := strings.Fields(folded(query))
	if len(words) == 0 {
		return nil
	}
	var list []found
	for _, one := range f.findable() {
		if one.weight = weigh(words, one); one.weight > 0 {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.weight, a.weight) })
	return list[:min(len(list), mostFound)]
}

// near finds what somebody may have meant by an address that is not there.
func (f *Frozen) near(segment string) []found {
	var list []found
	for _, one := range f.findable() {
		if code, _, _ := strings.Cut(one.Title, " "); len(segment) > 1 && (strings.HasPrefix(segment, code) || strings.HasPrefix(code, segment)) {
			list = append(list, one)
		}
	}
	if len(list) == 0 {
		list = f.search(strings.ReplaceAll(segment, "-", " "))
	}
	return list[:min(len(list), 6)]
}

// findable lists all that can be found.
func (f *Frozen) findable() []found {
	var list []found
	for _, p := range sitePages {
		if len(p.parts) > 0 && slices.ContainsFunc(f.view.Parts, func(part partView) bool { return slices.Contains(p.parts, part.Part) }) {
			list = append(list, found{Path: p.path, Title: p.title, Kind: "page", Text: titleOf(p.parts[0]).Question})
		}
	}
	for _, s := range f.view.Sections {
		list = append(list, found{Path: dashboardHref(s.Anchor), Title: s.Title, Kind: "area", Text: s.Summary.KnownOf()})
		for _, i := range s.Indicators {
			list = append(list, found{Path: dashboardHref("ind-" + slug(i.Code)), Title: i.Code + " " + i.Name, Kind: "indicator", Text: i.Definition})
		}
	}
	return list
}

// weigh is how well the page answers: words in its title count more than words in
// its text; 0 when one occurs in neither.
func weigh(words []string, one found) int {
	title, text := folded(one.Title), folded(one.Text)
	total := 0
	for _, word := range words {
		switch {
		case strings.Contains(title, word):
			total += 3
		case strings.Contains(text, word):
			total++
		default:
			return 0
		}
	}
	return total
}

// folded is text without capitals and accents' forms, for comparison.
func folded(text string) string { return cases.Fold().String(norm.NFKC.String(text)) }
