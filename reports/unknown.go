package reports

import (
	"fmt"
	"strings"

	"pediment/analysis"
)

// unknownBlock is one kind of thing the report does not know.
type unknownBlock struct {
	Look  look
	Title string
	Lines []unknownLine
	More  string // what else there is, a sentence
	Link  string // anchor with the rest, "" for none
}

// unknownLine is one of them.
type unknownLine struct {
	Anchor, Text string
	Notes        []string
}

// mostUnknown is how many of a kind are named.
const mostUnknown = 5

// unknowns lists what the report does not know: statuses that lie between two,
// indicators without a figure, and those to look at before they are judged.
func unknowns(r *Report) []unknownBlock {
	var list []unknownBlock
	if b := openStatuses(r); len(b.Lines) > 0 {
		list = append(list, b)
	}
	if b := withoutFigure(r); len(b.Lines) > 0 {
		list = append(list, b)
	}
	if lines := doubtLines(doubted(r.indicators()), r.Period); len(lines) > 0 {
		list = append(list, cutShort(unknownBlock{Look: looks[doubtful], Title: "Look before you judge", Lines: lines}))
	}
	return list
}

func openStatuses(r *Report) unknownBlock {
	b := unknownBlock{Look: decisionLooks["unsure"], Link: "plan-progress"}
	for _, m := range r.Measures {
		if m.Uncertain {
			b.Lines = append(b.Lines, unknownLine{Anchor: IndicatorAnchor(m.Code), Text: fmt.Sprintf("%s: %s.", m.Name, strings.TrimPrefix(m.Status, "uncertain: "))})
		}
	}
	b.Look.Word = "uncertain"
	b.Title = sentenceCase(counted(len(b.Lines), "target")) + " between two statuses"
	return cutShort(b)
}

func withoutFigure(r *Report) unknownBlock {
	s := summarise(r.indicators())
	b := unknownBlock{Look: looks[analysis.NoData], Link: string(Quality)}
	for _, i := range r.indicators() {
		if !known(i.Headline) {
			b.Lines = append(b.Lines, unknownLine{Anchor: IndicatorAnchor(i.Code), Text: fmt.Sprintf("%s: %s.", i.Name, absence(i.Headline))})
		}
	}
	b.Title = sentenceCase(counted(len(b.Lines), "indicator")) + " without a figure"
	if len(s.States) > 1 {
		b.Title += ": " + s.Absent()
	}
	return cutShort(b)
}

// cutShort keeps the first few lines and says how many there are besides.
func cutShort(b unknownBlock) unknownBlock {
	if more := len(b.Lines) - mostUnknown; more > 1 {
		b.Lines, b.More = b.Lines[:mostUnknown], fmt.Sprintf("And %s more.", numberWord(more))
	}
	return b
}
