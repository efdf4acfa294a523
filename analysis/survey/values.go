package survey

import "math"

// evaluate works out a term for every row of the block.
func (c *counts) evaluate(k int, p portion) {
	t, out := &c.terms[k], c.values[k]
	switch {
	case t.value != nil:
		for row := range p.Rows {
			for j, at := range t.numbers {
				c.scratch[j] = p.Numbers[at][row]
			}
			for j, at := range t.texts {
				c.codes[j] = p.Texts[at][row]
			}
			out[row] = t.value(c.scratch[:len(t.numbers)], c.codes[:len(t.texts)])
		}
	case t.number >= 0:
		c.values[k] = p.Numbers[t.number]
	case t.text >= 0:
		code := c.codeOf(k)
		for row, have := range p.Texts[t.text] {
			out[row] = 0
			if have == code {
				out[row] = 1
			} else if have < 0 {
				out[row] = math.NaN()
			}
		}
	default:
		for row := range p.Rows {
			out[row] = 1
		}
	}
}

// codeOf is the code of a term's level, -2 as long as no row had it.
func (c *counts) codeOf(k int) int32 {
	if c.levelCodes[k] < 0 {
		t := &c.terms[k].term
		for code, text := range c.sample.rows.Texts(t.text) {
			if text == t.level {
				c.levelCodes[k] = int32(code)
			}
		}
	}
	return c.levelCodes[k]
}
