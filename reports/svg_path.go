package reports

import (
	"fmt"
	"strconv"
	"strings"
)

// pathReader reads the data of a path step by step.
type pathReader struct {
	text        string
	here, first point
	out         outline
}

// parsePath reads the data of a path: moves, lines, curves and arcs, absolute or
// relative, as the drawing library writes them. Where a point is no number nothing
// is drawn.
func parsePath(data string) (outline, error) {
	if strings.Contains(data, "NaN") || strings.Contains(data, "Infinity") {
		return nil, nil
	}
	r := pathReader{text: data}
	command := byte(0)
	for r.skip(); r.text != ""; r.skip() {
		if c := r.text[0]; c >= 'A' && c <= 'z' && c != 'e' {
			command, r.text = c, r.text[1:]
		} else if command == 0 || command == 'Z' || command == 'z' {
			return nil, fmt.Errorf("draw a picture: path %q", data)
		}
		if err := r.step(command); err != nil {
			return nil, fmt.Errorf("draw a picture: path %q: %w", data, err)
		}
		switch command { // points after the first of a move are lines
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
	return r.out, nil
}

// step draws one step with the numbers that come next.
func (r *pathReader) step(command byte) error {
	relative := command >= 'a'
	switch strings.ToUpper(string(command)) {
	case "M":
		err := r.draw(move, relative)
		r.first = r.here
		return err
	case "L":
		return r.draw(straight, relative)
	case "Q":
		return r.draw(quadratic, relative)
	case "C":
		return r.draw(cubic, relative)
	case "H", "V":
		return r.along(command)
	case "A":
		return r.arc(relative)
	case "Z":
		r.out = append(r.out, stroke{op: shut})
		r.here = r.first
		return nil
	}
	return fmt.Errorf("no command %q is known", command)
}

func (r *pathReader) draw(op pen, relative bool) error {
	s := stroke{op: op}
	for k := range op.points() {
		p, err := r.point(relative)
		if err != nil {
			return err
		}
		s.at[k] = p
	}
	r.here = s.at[op.points()-1]
	r.out = append(r.out, s)
	return nil
}

// along draws a line level or upright.
func (r *pathReader) along(command byte) error {
	x, err := r.number()
	if err != nil {
		return err
	}
	switch command {
	case 'H':
		r.here.x = x
	case 'h':
		r.here.x += x
	case 'V':
		r.here.y = x
	case 'v':
		r.here.y += x
	}
	r.out = append(r.out, stroke{straight, [3]point{r.here}})
	return nil
}

func (r *pathReader) arc(relative bool) error {
	var n [5]float64
	for k := range n {
		x, err := r.number()
		if err != nil {
			return err
		}
		n[k] = x
	}
	to, err := r.point(relative)
	if err != nil {
		return err
	}
	r.out = append(r.out, arc(r.here, to, n[0], n[1], n[2], n[3] != 0, n[4] != 0)...)
	r.here = to
	return nil
}

// point reads a point; a relative one counts from where the step began.
func (r *pathReader) point(relative bool) (point, error) {
	x, err := r.number()
	if err != nil {
		return point{}, err
	}
	y, err := r.number()
	if relative {
		x, y = x+r.here.x, y+r.here.y
	}
	return point{x, y}, err
}

func (r *pathReader) skip() { r.text = strings.TrimLeft(r.text, " ,\n\t\r") }

func (r *pathReader) number() (float64, error) {
	r.skip()
	end := 0
	for end < len(r.text) && numberByte(r.text, end) {
		end++
	}
	x, err := strconv.ParseFloat(r.text[:end], 64)
	r.text = r.text[end:]
	return x, err
}

// numberByte reports whether the byte goes on with the number before it: a sign
// begins another one except behind an exponent.
func numberByte(text string, k int) bool {
	switch c := text[k]; {
	case c >= '0' && c <= '9', c == 'e', c == 'E':
		return true
	case c == '-' || c == '+':
		return k == 0 || text[k-1] == 'e' || text[k-1] == 'E'
	case c == '.':
		return !strings.ContainsAny(text[:k], ".")
	}
	return false
}
