package ingest

import (
	"hash/maphash"
	"strings"
	"sync"
)

// dictionary numbers the texts of one expression in the order they are met. A
// code keeps its text as long as the dictionary lives.
type dictionary struct {
	lock  sync.Mutex
	codes map[string]int32
	texts []string   // by code, each in memory of its own
	idle  []*codeMap // what coders knew that have been handed back
}

func newDictionary() *dictionary { return &dictionary{codes: map[string]int32{}} }

// all returns the texts by code.
func (d *dictionary) all() []string {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.texts[:len(d.texts):len(d.texts)]
}

// find returns the code of a text that need not outlive the call.
func (d *dictionary) find(text string) known {
	d.lock.Lock()
	defer d.lock.Unlock()
	code, ok := d.codes[text]
	if !ok {
		code = int32(len(d.texts))
		d.texts = append(d.texts, strings.Clone(text))
		d.codes[d.texts[code]] = code
	}
	return known{text: d.texts[code], next: code + 1}
}

// coder finds codes of a dictionary for one goroutine, nearly always without
// waiting for another.
type coder struct {
	dictionary *dictionary
	known      *codeMap
}

// coder returns a coder, to be handed back with release.
func (d *dictionary) coder() *coder {
	d.lock.Lock()
	defer d.lock.Unlock()
	c := &coder{dictionary: d}
	if n := len(d.idle); n > 0 {
		c.known, d.idle = d.idle[n-1], d.idle[:n-1]
	} else {
		c.known = &codeMap{seed: maphash.MakeSeed(), slots: make([]known, 64)}
	}
	return c
}

func (c *coder) release() {
	c.dictionary.lock.Lock()
	defer c.dictionary.lock.Unlock()
	c.dictionary.idle = append(c.dictionary.idle, c.known)
}

// code returns the code of a text that need not outlive the call.
func (c *coder) code(text string) int32 {
	hash := maphash.String(c.known.seed, text)
	at := c.known.slot(hash, text)
	if at.next == 0 {
		*at = c.dictionary.find(text)
		at.hash = hash
		code := at.next - 1
		c.known.grow()
		return code
	}
	return at.next - 1
}

// codeMap is a hash table of codes, faster than Go's for the few texts that a
// column of a survey has.
type codeMap struct {
	seed  maphash.Seed
	slots []known
	used  int
}

// known is a text and its code.
type known struct {
	hash uint64
	text string
	next int32 // the code + 1; 0 in an empty slot
}

// slot returns where the text stands, or would.
func (m *codeMap) slot(hash uint64, text string) *known {
	mask := uint64(len(m.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; s.next == 0 || s.hash == hash && s.text == text {
			return s
		}
	}
}

// grow makes room for the text after the one just put in.
func (m *codeMap) grow() {
	if m.used++; 2*m.used < len(m.slots) {
		return
	}
	old := m.slots
	m.slots = make([]known, 2*len(old))
	for _, k := range old {
		if k.next != 0 {
			*m.slot(k.hash, k.text) = k
		}
	}
}
