package reports

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// heard is what stakeholders said and what became of it, as the page prints it.
type heard struct {
	Sentence string // how many were heard, answered and taken up
	Remarks  []heardRemark
}

// heardRemark is a remark with what it is about by name.
type heardRemark struct {
	Remark
	Subject, Anchor string // Anchor is "" where the report has no place for it
	Look            look
}

// What became of a remark, as far as a city's words tell.
const (
	remarkOpen     = "open"
	remarkAnswered = "answered"
	remarkTakenUp  = "taken up"
)

// Heard is what stakeholders said, newest first.
func (p *page) Heard() heard {
	h := heard{Sentence: heardSentence(p.Remarks)}
	for _, r := range p.Remarks {
		one := heardRemark{Remark: r, Look: remarkLook(r)}
		one.Subject, one.Anchor = p.subject(r.About)
		h.Remarks = append(h.Remarks, one)
	}
	slices.SortStableFunc(h.Remarks, func(a, b heardRemark) int { return strings.Compare(b.Date, a.Date) })
	return h
}

// fate is what became of a remark: one with a response and no status is answered.
func fate(r Remark) string {
	switch status := strings.ToLower(strings.TrimSpace(r.Status)); {
	case status != "":
		return status
	case r.Response != "":
		return remarkAnswered
	}
	return remarkOpen
}

// remarkLook shows what became of a remark by sign, word and colour. A word of the
// city's own stands as it is.
func remarkLook(r Remark) look {
	switch word := fate(r); word {
	case remarkTakenUp:
		return named(looks[analysis.Better], "✓", word)
	case remarkAnswered:
		return named(looks[analysis.FirstValue], "↩", word)
	case remarkOpen:
		return named(looks[mixed], "◇", word)
	default:
		return named(looks[analysis.NoDirection], "■", word)
	}
}

// named is a look with another sign and word.
func named(l look, icon, word string) look {
	l.Icon, l.Word, l.Hatched = icon, word, false
	return l
}

// heardSentence counts the remarks by what became of them.
func heardSentence(remarks []Remark) string {
	if len(remarks) == 0 {
		return ""
	}
	counts := map[string]int{}
	for _, r := range remarks {
		counts[fate(r)]++
	}
	var parts []string
	for _, word := range []string{remarkTakenUp, remarkAnswered, remarkOpen} {
		if n := counts[word]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, map[bool]string{true: "still open", false: word}[word == remarkOpen]))
			delete(counts, word)
		}
	}
	for _, word := range sortedKeys(counts) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[word], word))
	}
	return fmt.Sprintf("%s: %s.", sentenceCase(counted(len(remarks), "remark")+" heard"), strings.Join(parts, ", "))
}

// sortedKeys are the keys of a count in order.
func sortedKeys(m map[string]int) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// subject names what a remark is about and where the report tells of it: an
// indicator, an area or a part; anything else is named as it is written.
func (r *Report) subject(about string) (name, place string) {
	for _, a := range r.Areas {
		if a.Code == about {
			return a.title(), anchor(a)
		}
		for _, i := range a.Indicators {
			if i.Code == about {
				return i.Name, "ind-" + slug(i.Code)
			}
		}
	}
	if title := titleOf(Part(about)); title.Title != "" && r.Says(title.Part) {
		return title.Title, about
	}
	return about, ""
}
