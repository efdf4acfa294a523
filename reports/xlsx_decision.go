package reports

import (
	"cmp"
	"strings"
)

// decisions writes what needs a decision, weightiest first, with what is known of it.
func (b *book) decisions() {
	s := b.sheet("Decisions", 24, 44, 64, 26, 40)
	s.put(1, 1, headline(b.report), styleKey{kind: titleCell})
	s.put(1, 2, lead(b.report), styleKey{})
	s.header(4, texts("Kind and certainty", "Finding", "What is known of it", "Owner", "Suggested")...)
	s.freeze(4, 0)
	for at, suggestion := range b.report.Decisions {
		c := newCard(suggestion)
		row := []string{c.Look.Icon + " " + c.Chip, suggestion.Title, strings.Join(suggestion.Evidence, "\n"), c.Owner, c.Proposal}
		for k, text := range row {
			s.put(k+1, 5+at, text, styleKey{kind: wrapCell})
		}
	}
}

// recommendations writes what was decided, in earlier periods and in this one, with
// owner, due date, state and what the figure did since.
func (b *book) recommendations() {
	s := b.sheet("Recommendations", 9, 50, 40, 24, 12, 16, 28, 44)
	s.put(1, 1, "Recommendations", styleKey{kind: titleCell})
	s.put(1, 2, followed(b.report), styleKey{})
	s.header(4, texts("Period", "Recommendation", "Made from", "Owner", "Due", "State", "The figure since", "Outcome or reason")...)
	s.freeze(4, 0)
	for at, r := range append(decided(b.report, true), decided(b.report, false)...) {
		state := r.State.Icon + " " + r.State.Word
		if r.Overdue {
			state += ", overdue"
		}
		moved := strings.Trim(r.Moved+"; "+r.Now.Word, "; ")
		for k, text := range []string{r.Period, r.Text, r.Title, r.Owner, r.Due, state, moved, cmp.Or(r.Outcome, r.Reason)} {
			s.put(k+1, 5+at, text, styleKey{kind: wrapCell})
		}
	}
}
