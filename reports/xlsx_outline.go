package reports

import (
	"fmt"
	"strings"
)

// outlinedSheet is a sheet of a progress report: what the contents say of it, and
// what writes it.
type outlinedSheet struct {
	name, about string
	write       func()
}

// longestGist is how much the contents say of a chapter, in columns of text.
const longestGist = 180

// outlined lists the sheets after the cover in the order of the report's outline.
// Parts that are switched off have none; every value in tidy form is always there.
func (b *book) outlined() []outlinedSheet {
	var list []outlinedSheet
	for _, part := range b.report.outline() {
		list = append(list, b.sheetsOf(part)...)
		for i, c := range b.report.Chapters {
			if c.Part == part {
				list = append(list, outlinedSheet{b.chapters[i], clip(strings.Join(c.Lead, " "), longestGist), func() { b.chapter(i) }})
			}
		}
	}
	return append(list, outlinedSheet{"Data", "every value in tidy form, one a row, with filters", b.data})
}

// sheetsOf are the sheets of a part besides its chapters.
func (b *book) sheetsOf(part Part) []outlinedSheet {
	switch part {
	case Summary:
		if len(b.report.Decisions) > 0 {
			return []outlinedSheet{{"Decisions", "what needs a decision, with what is known of it and who owns it", b.decisions}}
		}
	case Lessons:
		if len(b.report.Recommendations) > 0 {
			return []outlinedSheet{{"Recommendations", "what was decided in this and earlier periods: owner, due date, state, what the figure did since", b.recommendations}}
		}
	case Scorecard:
		return []outlinedSheet{{"Scorecard", "the areas at a glance: how many indicators are known, better, worse, unclear or without data, and why", b.scorecard}}
	case Areas:
		return b.areaSheets()
	case Voice:
		if len(b.report.Remarks) > 0 {
			return []outlinedSheet{{"Remarks", "what stakeholders said about the figures, and the responses", b.remarks}}
		}
	case Quality:
		list := []outlinedSheet{{"Coverage", "what cannot be computed, why, and what would fill the gap", b.coverage}}
		if len(b.report.Failing.Rows) > 0 {
			list = append(list, outlinedSheet{"Failing rows", "the rows that break a declared rule, with the line or cell of their file", b.failing})
		}
		return list
	case Methods:
		return []outlinedSheet{
			{"Methods", "how values and intervals were made; every definition", b.methods},
			{"Sources", "the files the report rests on, the rows that could not be read, and caveats", b.sources},
		}
	}
	return nil
}

// areaSheets are the trends, which the charts of the areas refer to, and a sheet an area.
func (b *book) areaSheets() []outlinedSheet {
	list := []outlinedSheet{{"Trends", "every indicator over all periods, whole city; the numbers behind charts and sparklines", b.trends}}
	for i, a := range b.report.Areas {
		sum := summarise(a.Indicators)
		about := fmt.Sprintf("%s: %s, %s", a.Name, sum.Look().Word, sum.KnownOf())
		if weakest := sum.WeakestText(); weakest != "" {
			about += "; weakest: " + weakest
		}
		list = append(list, outlinedSheet{b.areas[i], about, func() { b.area(i) }})
	}
	return list
}
