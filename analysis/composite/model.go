package composite

import (
	"cmp"
	"math"
	"slices"
)

// model computes the index for any choice of method.
type model struct {
	setup    *Setup
	screened screened
	inputs   []Indicator // those kept
	rows     []row
	spans    [][2]int // rows of each period shown
	branches []branch
	weights  [][]float64          // nominal, of each branch's children, adding up to 1
	loaded   map[string]float64   // share of variance a component explains, by branch
	data     map[Imputation]*data // by way to fill gaps
	normal   normals
	panel    *panel
}

// data is the panel with its gaps filled in one way, by indicator and row.
type data struct {
	panel      *panel
	value, se  [][]float64
	uncertain  []bool
	treatments []Treatment
	scores     map[scaling][][]float64 // without errors drawn
}

// scaling is how values are brought to scores.
type scaling struct {
	normalise Normalisation
	treat     bool
}

// treats reports whether outliers are treated: goalposts cut them off, targets are
// in the values' own units, and ranks do not know them.
func (s scaling) treats() bool {
	return s.treat && (s.normalise == MinMax || s.normalise == ZScore)
}

// choice is one way to make the index.
type choice struct {
	scaling
	impute    Imputation
	aggregate []Mean
	leaveOut  int     // indicator, −1 for none
	noise     float64 // of weights
	weights   uint64  // seed of the noise, 0 for none
	inputs    uint64  // seed of the errors of inputs, 0 for none
}

// declared is the choice of the setup.
func (m *model) declared() choice {
	s := m.setup
	return choice{scaling: scaling{s.Normalise, !s.Outliers.Off}, impute: s.Impute, aggregate: s.Aggregate, leaveOut: -1}
}

func newModel(s *Setup, p *panel, kept screened) *model {
	m := &model{setup: s, screened: kept, rows: kept.rows, data: map[Imputation]*data{}, loaded: map[string]float64{}, normal: newNormals(), panel: p}
	for _, i := range kept.indicators {
		m.inputs = append(m.inputs, p.indicators[i])
	}
	for k, r := range m.rows {
		if k == 0 || m.rows[k-1].period != r.period {
			m.spans = append(m.spans, [2]int{k, k})
		}
		m.spans[len(m.spans)-1][1] = k + 1
	}
	var empty []Node
	m.branches, empty = flatten(s.Tree, p.indicators, kept.indicators)
	for _, n := range empty {
		m.screened.left = append(m.screened.left, excluded{"group", n.Code, n.Name, "", "has no indicator left"})
	}
	m.prepare(m.declared())
	return m
}

func (m *model) newData(p *panel) *data {
	d := &data{panel: p, scores: map[scaling][][]float64{}}
	for _, i := range m.screened.indicators {
		value, se := make([]float64, len(m.rows)), make([]float64, len(m.rows))
		for k, r := range m.rows {
			c := p.at(r.period, r.unit, i)
			value[k], se[k] = c.value, c.se
		}
		d.value, d.se = append(d.value, value), append(d.se, se)
		d.uncertain = append(d.uncertain, uncertain(se))
		d.treatments = append(d.treatments, Treat(value, m.setup.Outliers.Points))
	}
	return d
}

// prepare works out what choices of this kind have in common: gaps filled and
// scores without errors drawn.
func (m *model) prepare(c choice) {
	d := m.data[c.impute]
	if d == nil {
		d = m.newData(m.panel.imputed(c.impute, m.screened.shown))
		m.data[c.impute] = d
	}
	if d.scores[c.scaling] != nil {
		return
	}
	for j := range m.inputs {
		out := make([]float64, len(m.rows))
		m.score(d, c.scaling, j, d.value[j], out)
		d.scores[c.scaling] = append(d.scores[c.scaling], out)
	}
}

// score writes the scores of an indicator's values into out.
func (m *model) score(d *data, how scaling, j int, values, out []float64) {
	i := &m.inputs[j]
	scale := Scale{Better: i.Better, Target: i.Target, Low: i.Low, High: i.High}
	if t := d.treatments[j]; how.treats() && !t.none() {
		for k, x := range values {
			out[k] = t.Apply(x)
		}
		values = out
	}
	Normalise(how.normalise, scale, values, out)
}

// weigh finds the nominal weights, from the lowest level up: a component's weights
// hang on the scores below.
func (m *model) weigh() {
	w := m.newRoom()
	m.weights = make([][]float64, len(m.branches))
	c := m.declared()
	m.scale(c, w)
	for b := range m.branches {
		branch := &m.branches[b]
		weights := slices.Clone(branch.weights)
		if m.setup.Weights != Given {
			for k := range weights {
				weights[k] = 1
			}
		}
		if m.setup.Weights == PCA {
			if loadings, explained := ComponentWeights(m.children(b, w)); loadings != nil {
				weights = loadings
				m.loaded[branch.code] = explained
			}
		}
		m.weights[b] = share(weights)
		m.combine(b, c, w, [2]int{0, len(m.rows)})
	}
}

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

// tie is the difference below which two scores are the same.
const tie = 1e-9

// rank writes the ranks of each period's scores into ranks: 1 is the highest,
// equal scores share the best rank among them, without a score there is none: 0.
// It returns order, its room, to be used again.
func (m *model) rank(scores, ranks []float64, order []int) []int {
	for _, span := range m.spans {
		order = rankSpan(scores, ranks, order[:0], span)
	}
	return order
}

func rankSpan(scores, ranks []float64, order []int, span [2]int) []int {
	for k := span[0]; k < span[1]; k++ {
		ranks[k] = 0
		if !math.IsNaN(scores[k]) {
			order = append(order, k)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), a-b)
	})
	for k, i := range order {
		ranks[i] = float64(k + 1)
		if k > 0 && scores[order[k-1]]-scores[i] < tie {
			ranks[i] = ranks[order[k-1]]
		}
	}
	return order
}
