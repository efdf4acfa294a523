package reports

import (
	"math"
	"testing"
)

// Black on white is 21 : 1 by definition, which checks the ruler.
func TestContrast(t *testing.T) {
	if got := contrastOf("#000000", "#ffffff"); math.Abs(got-21) > 1e-9 {
		t.Fatalf("black on white is %v : 1, want 21", got)
	}
	type pair struct{ text, ground string }
	pairs := []pair{{ink, paper}, {ink, wash}, {soft, paper}, {soft, wash}, {accent, paper}, {accent, wash}, {absentInk, paper}}
	for _, l := range looks {
		pairs = append(pairs, pair{l.Ink, l.Ground}, pair{ink, l.Ground}, pair{soft, l.Ground})
	}
	for _, p := range pairs {
		if got := contrastOf(p.text, p.ground); got < 4.5 {
			t.Errorf("%s on %s is %.2f : 1, below 4.5", p.text, p.ground, got)
		}
	}
	for _, colour := range seriesColours {
		if got := contrastOf(colour, paper); got < 3 { // graphical objects, WCAG 1.4.11
			t.Errorf("series %s on paper is %.2f : 1, below 3", colour, got)
		}
	}
}

// Who sees no colour tells statuses apart by icon and word.
func TestStatusesDifferWithoutColour(t *testing.T) {
	icons, words := map[string]bool{}, map[string]bool{}
	for status, l := range looks {
		if icons[l.Icon] || words[l.Word] || l.Icon == "" || l.Word == "" {
			t.Errorf("%q shares its icon or word with another status", status)
		}
		icons[l.Icon], words[l.Word] = true, true
	}
	if len(looks) != len(statusOrder)+1 {
		t.Errorf("%d looks for %d statuses and mixed", len(looks), len(statusOrder))
	}
}
