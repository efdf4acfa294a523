package reports

import (
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// The colours of every rendition, page and workbook alike. Each pair of text
// and ground below keeps a contrast of at least 4.5 : 1; a test computes it.
const (
	ink    = "#1c2430" // text
	soft   = "#5b6675" // secondary text
	line   = "#d9dee5" // rules and borders
	wash   = "#f5f6f8" // page
	paper  = "#ffffff" // cards
	accent = "#1f4e79" // links, focus, the first series
	hatch  = "#c3c8cf" // strokes over an uncertain ground

	goodInk, goodGround     = "#0d65a5", "#e2eff8"
	mixedInk, mixedGround   = "#945800", "#fdf0d8"
	badInk, badGround       = "#b3381f", "#fae3dd"
	unsureInk, unsureGround = "#565f6b", "#eceef1"
	absentInk               = "#6a727d"
)

// seriesColours are used in this order, at most six in one picture.
var seriesColours = []string{accent, "#b3581f", "#4b7f52", "#7a5195", "#8c6d1f", soft}

// toneColours are those of series that say how good something is.
var toneColours = map[analysis.Tone]string{
	analysis.Path: ink, analysis.Good: goodInk, analysis.Fair: "#b8862b", analysis.Poor: mixedInk, analysis.Bad: badInk,
}

// look is how a status is shown: icon, word and colour, in that order of trust.
type look struct {
	Icon, Word, Class string // Class names it in the style sheet and in tests
	Ink, Ground       string
	Hatched, Dashed   bool // uncertain; without data
}

// mixed is the status of an area where some things got better and some worse.
const mixed analysis.Status = "mixed"

// doubtful is the status of a change that the data themselves put in doubt.
const doubtful analysis.Status = "look first"

// looks is the one table of statuses.
var looks = map[analysis.Status]look{
	analysis.Better:      {Icon: "▲", Word: "better", Class: "good", Ink: goodInk, Ground: goodGround},
	analysis.Worse:       {Icon: "▼", Word: "worse", Class: "bad", Ink: badInk, Ground: badGround},
	mixed:                {Icon: "◆", Word: "mixed", Class: "mixed", Ink: mixedInk, Ground: mixedGround},
	analysis.Unclear:     {Icon: "◇", Word: "no clear change", Class: "unsure", Ink: unsureInk, Ground: unsureGround, Hatched: true},
	doubtful:             {Icon: "◐", Word: "look first", Class: "doubt", Ink: mixedInk, Ground: mixedGround},
	analysis.FirstValue:  {Icon: "●", Word: "first value", Class: "first", Ink: unsureInk, Ground: unsureGround},
	analysis.NoDirection: {Icon: "■", Word: "context", Class: "context", Ink: unsureInk, Ground: unsureGround},
	analysis.NoData:      {Icon: "○", Word: "no data", Class: "absent", Ink: absentInk, Ground: paper, Dashed: true},
}

// signClasses are the classes of the signs that begin a status: those of changes and
// of what is decided, and those of a plan's targets and steps.
var signClasses = map[string]string{
	"★": "good", "☆": "good", "▲": "good", "△": "mixed", "◆": "mixed", "◐": "doubt", "▷": "bad", "▽": "bad", "▼": "bad",
	"◇": "unsure", "●": "first", "■": "context", "○": "absent",
}

// cellStatus is a table's cell that tells a status: sign and word, and what follows.
type cellStatus struct{ Icon, Word, Rest, Class string }

// statusIn reads a cell that begins with a status; of any other cell it gives nil.
func statusIn(cell string) *cellStatus {
	icon, text, found := strings.Cut(strings.Replace(cell, noBreak, " ", 1), " ")
	class := signClasses[icon]
	if !found || class == "" || strings.TrimSpace(text) == "" {
		return nil
	}
	s := &cellStatus{Icon: icon, Word: text, Class: class}
	if k := strings.IndexAny(text, ":,"); k > 0 {
		s.Word, s.Rest = text[:k], strings.TrimSpace(text[k+1:])
	}
	return s
}

// stateIcon is the sign of a state in which a value has no number: withheld to
// protect people and too uncertain to show are told apart at a glance.
func stateIcon(state analysis.State) string {
	switch state {
	case analysis.Confidential:
		return "⊘"
	case analysis.Unreliable:
		return "≈"
	}
	return looks[analysis.NoData].Icon
}

// statusOf returns the indicator's status: that of its change, and without one
// whether there is a value at all. A clear change is not judged where the data
// put it in doubt, nor called clear where its two figures print alike.
func statusOf(i Indicator) analysis.Status {
	switch _, listed := looks[i.Change.Status]; {
	case !known(i.Headline):
		return analysis.NoData
	case !listed || i.Change.Status == analysis.NoData:
		return analysis.FirstValue
	case i.Change.Status != analysis.Better && i.Change.Status != analysis.Worse:
		return i.Change.Status
	case doubts(i) != "":
		return doubtful
	case printsAlike(i), little(i), roughly(i):
		return analysis.Unclear
	}
	return i.Change.Status
}

// printsAlike reports whether the value and the earlier one, neither of them
// sampled, are the same figure once rounded: a reader would see no change.
func printsAlike(i Indicator) bool {
	return known(i.Baseline) && !finite(i.Change.SE) && number(i.Headline.Estimate, i.Unit) == number(i.Baseline.Estimate, i.Unit)
}

// The least a figure without a stated error must move by to be called better or worse:
// a part of what it was and, of a percentage, also points. Counts and published figures
// move a little every year.
const (
	leastPart   = 0.02
	leastPoints = 0.5
)

// little reports whether a figure without a stated error moved by less than the least
// that is called a change.
func little(i Indicator) bool {
	if !known(i.Baseline) || finite(i.Change.SE) {
		return false
	}
	moved := math.Abs(i.Headline.Value - i.Baseline.Value)
	if i.Unit == "percent" && moved < leastPoints-1e-9 {
		return true
	}
	return moved < leastPart*math.Abs(i.Baseline.Value)
}

// roughly reports whether the figure is marked as estimated by whoever published it,
// without an error: nobody can tell how far it is from the earlier one.
func roughly(i Indicator) bool {
	return !finite(i.Change.SE) && slices.Contains(i.Headline.Flags, "estimated")
}

// lookOf returns how the indicator's status is shown.
func lookOf(i Indicator) look { return looks[statusOf(i)] }
