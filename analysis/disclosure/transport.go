package disclosure

import "slices"

// transport gives units to cells so that each line gets what it lacks. A cell is
// in one line or in two; all its lines get each of its units.
type transport struct {
	edges []edge
	at    map[int32][]int // edges by line
	lack  map[int32]int
}

type edge struct {
	cell  int32
	lines [2]int32 // the second is −1 when there is one
	most  int      // units it may get
	units int
}

func (t *transport) add(c int32, lines []int32, uneven bool) {
	e := edge{cell: c, lines: [2]int32{lines[0], -1}}
	if len(lines) > 1 {
		e.lines[1] = lines[1]
	}
	if uneven {
		e.most = 1
	}
	for _, l := range lines {
		t.at[l] = append(t.at[l], len(t.edges))
	}
	t.edges = append(t.edges, e)
}

// give gives the units: in the order of the edges where both lines lack one, then
// along chains of exchanges, and where that does not do, more than one to a cell.
func (t *transport) give() {
	for k := range t.edges {
		if e := &t.edges[k]; e.most > 0 && t.wants(e) {
			t.change(e, 1)
		}
	}
	t.exchange()
	for k := range t.edges {
		t.edges[k].most += 1 << 20
	}
	t.exchange()
}

func (t *transport) wants(e *edge) bool {
	return t.lack[e.lines[0]] > 0 && (e.lines[1] < 0 || t.lack[e.lines[1]] > 0)
}

func (t *transport) change(e *edge, units int) {
	e.units += units
	for _, l := range e.lines {
		if l >= 0 {
			t.lack[l] -= units
		}
	}
}

// exchange finds chains from a line that lacks a unit to another that does: a unit
// more in one cell, one less in the next of the line they share, and so on.
func (t *transport) exchange() {
	var order []int32
	for l := range t.at {
		order = append(order, l)
	}
	slices.Sort(order)
	for _, l := range order {
		for t.lack[l] > 0 && t.chain(l) {
		}
	}
}

// step is how a search came to a line: by an edge whose units change by so much.
type step struct {
	from  int32
	edge  int
	units int
}

// chain searches breadth first from a line that lacks a unit and changes the cells
// of the shortest chain; false when there is none.
func (t *transport) chain(start int32) bool {
	type node struct {
		line   int32
		gained bool // the line has one unit more than it should, so gives one up next
	}
	came := map[node]step{}
	queue := []node{{start, false}}
	seen := map[node]bool{queue[0]: true}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		units := 1
		if at.gained {
			units = -1
		}
		for _, k := range t.at[at.line] {
			e := &t.edges[k]
			if units > 0 && e.units >= e.most || units < 0 && e.units == 0 {
				continue
			}
			other := e.lines[0]
			if other == at.line {
				other = e.lines[1]
			}
			to := node{other, units > 0}
			if seen[to] {
				continue
			}
			seen[to] = true
			came[to] = step{at.line, k, units}
			if other < 0 || units > 0 && t.lack[other] > 0 && other != start {
				for now := to; ; {
					s := came[now]
					t.change(&t.edges[s.edge], s.units)
					now = node{s.from, !now.gained}
					if now.line == start && !now.gained {
						return true
					}
				}
			}
			queue = append(queue, to)
		}
	}
	return false
}
