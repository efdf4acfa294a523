package reports

import (
	"strings"
	"testing"

	"pediment/analysis"
)

const internalMark = "Internal edition: not for publication"

// The internal edition is marked at the head of the page and of every printed page,
// on the cover, in the header of every sheet and by the colour of its tab; the
// public one nowhere.
func TestEditionIsMarked(t *testing.T) {
	r := exampleReport()
	for _, edition := range []string{"", "internal"} {
		r.Edition = edition
		marked := edition != ""
		page := string(print(t, HTML, r))
		if strings.Contains(page, `<aside class="mark bad" aria-label="Edition">`+internalMark+`</aside>`) != marked {
			t.Errorf("edition %q: the page's head is marked: %v", edition, !marked)
		}
		if strings.Contains(page, `@top-center{content:"`+internalMark+`"`) != marked {
			t.Errorf("edition %q: printed pages are marked: %v", edition, !marked)
		}
		file := openBook(t, r)
		for _, sheet := range file.GetSheetList() {
			header, err := file.GetHeaderFooter(sheet)
			if err != nil || (header != nil && strings.Contains(header.OddHeader, internalMark)) != marked {
				t.Errorf("edition %q: sheet %s has the header %+v, %v", edition, sheet, header, err)
			}
			props, err := file.GetSheetProps(sheet)
			if err != nil || (props.TabColorRGB != nil && *props.TabColorRGB != "") != marked {
				t.Errorf("edition %q: the tab of %s is coloured: %v, %v", edition, sheet, !marked, err)
			}
		}
		if title := raw(t, file, "Cover", "A1"); strings.HasSuffix(title, internalMark) != marked {
			t.Errorf("edition %q: the cover is called %q", edition, title)
		}
	}
}

// Withheld to protect people and too uncertain to show are two things: each has a
// sign of its own in tables and lists, and a line that explains it.
func TestConfidentialIsNotUnreliable(t *testing.T) {
	v := func(state analysis.State) analysis.Value {
		v := analysis.Value{State: state, Estimate: analysis.Unknown()}
		v.Withhold(state, "reason")
		return v
	}
	signs := map[string]analysis.State{}
	for _, state := range []analysis.State{analysis.Confidential, analysis.Unreliable, analysis.Missing} {
		row := estimateRow("a", v(state), "percent")
		if other, twice := signs[row[1]]; twice {
			t.Errorf("%s and %s have the same sign %q", state, other, row[1])
		}
		signs[row[1]] = state
		if !strings.HasPrefix(row[4], string(state)) {
			t.Errorf("%s is called %q", state, row[4])
		}
		text := marks([]analysis.Value{v(state)})
		if explained := strings.Contains(text, row[1]); explained != (state != analysis.Missing) {
			t.Errorf("%s: %q explains %q: %v", state, text, row[1], explained)
		}
	}
	if both := marks([]analysis.Value{v(analysis.Confidential), v(analysis.Unreliable)}); !strings.Contains(both, "⊘ Confidential: withheld") || !strings.Contains(both, "≈ Unreliable: too few answers") {
		t.Errorf("marks %q", both)
	}
}

// A series without intervals is drawn without them.
func TestSeriesWithoutIntervals(t *testing.T) {
	for _, kind := range []string{"line", "dot"} {
		c := analysis.Chart{Kind: analysis.Kind(kind), Labels: []string{"2024", "2025"}, Series: []analysis.Series{{Name: "a", Value: []float64{1, 2}}}}
		if option, err := echart(c); err != nil || !strings.Contains(string(option), "2025") {
			t.Errorf("%s: %s, %v", kind, option, err)
		}
	}
}
