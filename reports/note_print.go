package reports

import "strconv"

// sign is what stands before a block in plain text.
func (b Block) sign() string {
	switch {
	case b.Kind != NoteItem || b.Continues:
		return ""
	case b.Number > 0:
		return strconv.Itoa(b.Number) + ". "
	}
	return "• "
}

// noteGroup is a run of blocks that a page prints as one element: the items of a
// list, the paragraphs of a quote, or one block alone.
type noteGroup struct {
	Kind    BlockKind
	Ordered bool
	Blocks  []Block
}

// noteGroups puts the blocks of a note together as a page prints them.
func noteGroups(markdown string) []noteGroup {
	var list []noteGroup
	for _, b := range Note(markdown) {
		ordered := b.Number > 0
		last := len(list) - 1
		if last >= 0 && list[last].Kind == b.Kind && (b.Kind == NoteQuote || b.Kind == NoteItem && list[last].Ordered == ordered) {
			list[last].Blocks = append(list[last].Blocks, b)
			continue
		}
		list = append(list, noteGroup{b.Kind, ordered, []Block{b}})
	}
	return list
}

// deepest is how far lists are set in.
const deepest = 3

// Depth is how far an item is set in, 1 to 3.
func (b Block) Depth() int { return min(max(b.Level, 1), deepest) }
