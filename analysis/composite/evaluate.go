package composite

import "slices"

// room is where one evaluation works.
type room struct {
	raw     []float64
	own     [][]float64 // scores of indicators with errors drawn
	scores  [][]float64 // of indicators
	nodes   [][]float64 // of branches
	columns [][]float64
	weights []float64
	sums    []float64
	order   []int
	holds   scaled // what scores are of
}

func (m *model) newRoom() *room {
	n := len(m.rows)
	w := &room{raw: make([]float64, n), sums: make([]float64, n), scores: make([][]float64, len(m.inputs))}
	for range m.inputs {
		w.own = append(w.own, make([]float64, n))
	}
	for range m.branches {
		w.nodes = append(w.nodes, make([]float64, n))
	}
	return w
}

// evaluate computes the scores of indicators and branches into the room.
func (m *model) evaluate(c choice, w *room) {
	m.scale(c, w)
	for b := range m.branches {
		m.combine(b, c, w, [2]int{0, len(m.rows)})
	}
}

// evaluateLast computes the scores of the last period only.
func (m *model) evaluateLast(c choice, w *room) {
	m.scale(c, w)
	for b := range m.branches {
		m.combine(b, c, w, m.spans[len(m.spans)-1])
	}
}

// scaled is what the scores of indicators hang on.
type scaled struct {
	scaling
	impute Imputation
	inputs uint64
}

func (c choice) scaled() scaled { return scaled{c.scaling, c.impute, c.inputs} }

// scale finds the scores of the indicators, unless the room has them already.
func (m *model) scale(c choice, w *room) {
	if w.holds == c.scaled() {
		return
	}
	w.holds = c.scaled()
	d := m.data[c.impute]
	for j := range m.inputs {
		if c.inputs == 0 || !d.uncertain[j] {
			w.scores[j] = d.scores[c.scaling][j]
			continue
		}
		m.normal.add(c.inputs+uint64(j)*0xd1342543de82ef95, d.value[j], d.se[j], w.raw)
		m.score(d, c.scaling, j, w.raw, w.own[j])
		w.scores[j] = w.own[j]
	}
}

// uncertain reports whether a value has an error.
func uncertain(errors []float64) bool {
	return slices.ContainsFunc(errors, func(se float64) bool { return se > 0 })
}

// children are the columns a branch is made from.
func (m *model) children(b int, w *room) [][]float64 {
	w.columns = w.columns[:0]
	for _, j := range m.branches[b].leaves {
		w.columns = append(w.columns, w.scores[j])
	}
	for _, k := range m.branches[b].branches {
		w.columns = append(w.columns, w.nodes[k])
	}
	return w.columns
}

// combine computes the scores of a branch from its children's, for the rows from
// one to another.
func (m *model) combine(b int, c choice, w *room, rows [2]int) {
	columns := m.children(b, w)
	for k := range columns {
		columns[k] = columns[k][rows[0]:rows[1]]
	}
	w.weights = append(w.weights[:0], m.weights[b]...)
	m.vary(b, c, w.weights)
	mean, out := meanAt(c.aggregate, m.branches[b].height), w.nodes[b][rows[0]:rows[1]]
	if mean != Copeland {
		aggregateInto(mean, columns, w.weights, out, w.sums[:len(out)])
		return
	}
	part := make([][]float64, len(columns))
	for _, span := range m.spans {
		if span[0] < rows[0] || span[1] > rows[1] {
			continue
		}
		for k, column := range columns {
			part[k] = column[span[0]-rows[0] : span[1]-rows[0]]
		}
		Outrank(part, w.weights, out[span[0]-rows[0]:span[1]-rows[0]])
	}
}

// vary draws the weights of a branch and leaves out what the choice does.
func (m *model) vary(b int, c choice, weights []float64) {
	for k := range weights {
		if c.weights != 0 {
			weights[k] *= 1 + c.noise*(2*uniform(c.weights, uint64(b), uint64(k))-1)
		}
		if leaves := m.branches[b].leaves; k < len(leaves) && leaves[k] == c.leaveOut {
			weights[k] = 0
		}
	}
}

// index is the column of the index itself.
func (w *room) index() []float64 { return w.nodes[len(w.nodes)-1] }
