package indicators

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// marks are the words for the letters statistical offices put beside a figure
// (observation status of SDMX and Eurostat).
var marks = map[string]string{
	"b": breakMark, "d": "definition differs", "e": "estimated", "m": "imputed",
	"p": "provisional", "r": "revised", "u": "low reliability",
}

const breakMark = "break in series"

// marked is a period in which figures of an indicator carry marks.
type marked struct {
	period analysis.Period
	words  []string
}

// mark notes the marks of an indicator's figures by period.
func (e *evaluator) mark(i bound, found []figure) {
	for _, f := range found {
		period, err := e.Calendar.ParsePeriod(f.period)
		if err != nil || f.flag == "" {
			continue
		}
		var words []string
		for _, letter := range strings.Fields(strings.ReplaceAll(f.flag, ",", " ")) {
			if word := marks[strings.ToLower(letter)]; word != "" {
				words = append(words, word)
			} else {
				words = append(words, fmt.Sprintf("marked %q by the source", letter))
			}
		}
		e.marked[i.Code] = append(e.marked[i.Code], marked{period, words})
	}
}

// applyMarks puts the marks of figures on the values made from them. From a break
// on, values count as of another definition, so that nothing is compared across.
func (e *evaluator) applyMarks() {
	for code, found := range e.marked {
		var broken []analysis.Period // periods of values with a break mark, in order
		for k := range e.out.Values {
			v := &e.out.Values[k]
			if v.Code != code || v.State.Withheld() {
				continue
			}
			for _, m := range found {
				if !v.Period.Contains(m.period) && v.Period != m.period {
					continue
				}
				for _, word := range m.words {
					if !slices.Contains(v.Flags, word) {
						v.Flags = append(v.Flags, word)
					}
				}
			}
			if slices.Contains(v.Flags, breakMark) && !slices.Contains(broken, v.Period) {
				broken = append(broken, v.Period)
			}
		}
		e.renameAfter(code, broken)
	}
}

// renameAfter gives values from each break on a definition of their own. Marks on
// consecutive periods are one break, and only its first values keep the mark.
func (e *evaluator) renameAfter(code string, broken []analysis.Period) {
	slices.SortFunc(broken, analysis.Period.Compare)
	var starts []analysis.Period
	for k, p := range broken {
		if k == 0 || !broken[k-1].End.Equal(p.Start) {
			starts = append(starts, p)
		}
	}
	for k := range e.out.Values {
		v := &e.out.Values[k]
		if v.Code != code {
			continue
		}
		n := 0
		for _, start := range starts {
			if !v.Period.Start.Before(start.Start) {
				n++
			}
		}
		if n > 0 {
			v.Definition += fmt.Sprintf("-b%d", n)
		}
		if !slices.Contains(starts, v.Period) {
			v.Flags = slices.DeleteFunc(v.Flags, func(flag string) bool { return flag == breakMark })
		}
	}
}
