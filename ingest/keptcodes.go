package ingest

import "slices"

// keptBytes is how much memory a stream gives to codes of texts, two bytes a row
// and expression: reading texts takes much longer than reading numbers, and an
// estimate needs those of the design several times.
const keptBytes = 64 << 20

// noCode stands for NULL among kept codes.
const noCode = 1<<16 - 1

// textColumn is a text expression in one reading.
type textColumn struct {
	*dictionary
	kept  []uint16 // its code in every row, where they are known: then it is not read
	notes []uint16 // the same as this reading finds them; nil if they are not to be kept
}

// keep is a dictionary with the codes of every row.
type keep struct {
	*dictionary
	codes   []uint16
	noted   bool // by a reading under way
	refused bool // there are more texts than two bytes can number
}

// text returns an expression as a reading needs it, to be handed back with done.
func (s *stream) text(expression string) textColumn {
	s.lock.Lock()
	defer s.lock.Unlock()
	k := s.keepOf(expression)
	t := textColumn{dictionary: k.dictionary, kept: k.codes}
	if t.kept == nil && !k.noted && !k.refused && s.keptRows+s.rows <= keptBytes/2 {
		s.keptRows += s.rows
		k.noted, t.notes = true, make([]uint16, s.rows)
	}
	return t
}

// keepOf returns what there is of an expression; the caller holds the lock.
func (s *stream) keepOf(expression string) *keep {
	k, ok := s.keeps[expression]
	if !ok {
		k = &keep{dictionary: newDictionary()}
		s.keeps[expression] = k
	}
	return k
}

// done keeps what a reading has noted, if it came to the end.
func (s *stream) done(expression string, t textColumn, complete bool) {
	if t.notes == nil {
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	k := s.keeps[expression]
	k.noted, k.refused = false, len(t.all()) > noCode
	if complete && !k.refused {
		k.codes = t.notes
		return
	}
	s.keptRows -= s.rows
}

// note notes the codes of rows from first on.
func (t textColumn) note(first int64, codes []int32) {
	if t.notes == nil {
		return
	}
	notes := t.notes[first:][:len(codes)]
	for i, code := range codes {
		notes[i] = uint16(code) // −1 becomes noCode
	}
}

// recall appends the codes of rows from first on.
func (t textColumn) recall(first int64, rows int, codes []int32) []int32 {
	codes = slices.Grow(codes, rows)[:rows]
	for i, code := range t.kept[first:][:rows] {
		if codes[i] = int32(code); code == noCode {
			codes[i] = -1
		}
	}
	return codes
}
