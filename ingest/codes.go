package ingest

import (
	"strings"
	"sync"
)

// dictionary numbers the texts of one expression in the order they are met. A
// code keeps its text as long as the dictionary lives.
type dictionary struct {
	lock  sync.Mutex
	codes map[string]coded
	texts []string
	idle  []map[string]coded // what coders knew that have been handed back
}

// coded is a text, in memory of its own, and its code.
type coded struct {
	text string
	code int32
}

// all returns the texts by code.
func (d *dictionary) all() []string {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.texts[:len(d.texts):len(d.texts)]
}

// find returns the code of a text that need not outlive the call.
func (d *dictionary) find(text string) coded {
	d.lock.Lock()
	defer d.lock.Unlock()
	c, ok := d.codes[text]
	if !ok {
		c = coded{strings.Clone(text), int32(len(d.texts))}
		d.codes[c.text] = c
		d.texts = append(d.texts, c.text)
	}
	return c
}

// coder finds codes of a dictionary for one goroutine, nearly always without
// waiting for another.
type coder struct {
	dictionary *dictionary
	known      map[string]coded
	last       coded // the text before
}

// coder returns a coder, to be handed back with release.
func (d *dictionary) coder() *coder {
	d.lock.Lock()
	defer d.lock.Unlock()
	c := &coder{dictionary: d, last: coded{code: -1}}
	if n := len(d.idle); n > 0 {
		c.known, d.idle = d.idle[n-1], d.idle[:n-1]
	} else {
		c.known = map[string]coded{}
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
	if text == c.last.text && c.last.code >= 0 {
		return c.last.code
	}
	found, ok := c.known[text]
	if !ok {
		found = c.dictionary.find(text)
		c.known[found.text] = found
	}
	c.last = found
	return found.code
}
