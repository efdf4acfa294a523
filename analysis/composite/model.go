package composite

import (
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
	unloaded []string             // names of branches that have no component
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
			loadings, explained := ComponentWeights(m.children(b, w))
			if loadings != nil {
				weights, m.loaded[branch.code] = loadings, explained
			} else {
				m.unloaded = append(m.unloaded, branch.name)
			}
		}
		m.weights[b] = share(weights)
		m.combine(b, c, w, [2]int{0, len(m.rows)})
	}
}
