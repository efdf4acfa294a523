package composite

import (
	"strings"

	"pediment/analysis"
)

// member is a child of a branch: what it is called and its scores.
type member struct {
	code, name string
	column     []float64
}

// members are the children of a branch with the scores declared.
func (b *built) members(n int) []member {
	var list []member
	for _, j := range b.branches[n].leaves {
		list = append(list, member{b.inputs[j].Code, b.inputs[j].Name, b.sim.base.scores[j]})
	}
	for _, k := range b.branches[n].branches {
		list = append(list, member{b.branches[k].code, b.branches[k].name, b.sim.base.nodes[k]})
	}
	return list
}

func columnsOf(members []member) [][]float64 {
	list := make([][]float64, len(members))
	for k, one := range members {
		list[k] = one.column
	}
	return list
}

// weightsTable holds the weight of every node among its siblings, in the whole
// index, and what it comes to in effect.
func (b *built) weightsTable() analysis.Table {
	t := analysis.Table{Name: "weights", Columns: analysis.Columns("node", "name", "within", "nominal:number", "in_index:number", "correlation:number", "effective:number")}
	inIndex := b.inIndex()
	for n := len(b.branches) - 1; n >= 0; n-- {
		members := b.members(n)
		correlations, shares := EffectiveWeights(columnsOf(members), b.sim.base.nodes[n])
		for k, one := range members {
			t.Rows = append(t.Rows, []any{
				one.code, one.name, b.branches[n].name, b.weights[n][k], inIndex[n] * b.weights[n][k], number(correlations[k]), number(shares[k]),
			})
		}
	}
	return t
}

// inIndex is each branch's weight in the whole index.
func (b *built) inIndex() []float64 {
	list := make([]float64, len(b.branches))
	list[len(list)-1] = 1
	for n := len(b.branches) - 1; n >= 0; n-- {
		for k, child := range b.branches[n].branches {
			list[child] = list[n] * b.weights[n][len(b.branches[n].leaves)+k]
		}
	}
	return list
}

// reliabilityTable is Cronbach's alpha of every group, and with component weights
// how much the first component explains.
func (b *built) reliabilityTable() analysis.Table {
	t := analysis.Table{Name: "reliability", Columns: analysis.Columns("node", "name", "members:integer", "rows:integer", "alpha:number", "explained:number")}
	for n := len(b.branches) - 1; n >= 0; n-- {
		columns := columnsOf(b.members(n))
		branch := b.branches[n]
		explained, ok := b.loaded[branch.code]
		row := []any{branch.code, branch.name, int64(len(columns)), int64(len(completeRows(columns))), number(Alpha(columns)), nil}
		if ok {
			row[5] = explained
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// correlationsTable holds the correlation of every pair of indicators' scores.
func (b *built) correlationsTable() analysis.Table {
	t := analysis.Table{Name: "correlations", Columns: analysis.Columns("first", "second", "correlation:number", "rows:integer")}
	for j, one := range b.inputs {
		for k := j + 1; k < len(b.inputs); k++ {
			r, n := Correlation(b.sim.base.scores[j], b.sim.base.scores[k])
			t.Rows = append(t.Rows, []any{one.Code, b.inputs[k].Code, number(r), int64(n)})
		}
	}
	return t
}

// inputsTable holds every cell: as measured, treated, as a score, and what was
// done to it.
func (b *built) inputsTable() analysis.Table {
	t := analysis.Table{Name: "inputs", Columns: analysis.Columns("unit", "name", "period", "indicator", "raw:number", "se:number", "treated:number", "normalised:number", "flags")}
	d := b.declaredData()
	treats := b.declared().treats()
	for k := range b.rows {
		for j, i := range b.inputs {
			c := b.cell(k, j)
			treated := c.value
			if treats {
				treated = d.treatments[j].Apply(c.value)
			}
			u := b.unit(k)
			t.Rows = append(t.Rows, []any{
				u.Code, u.Name, b.period(k), i.Code, number(c.value), number(c.se), number(treated), number(b.sim.base.scores[j][k]),
				b.flags(c, d.treatments[j], treats && treated != c.value),
			})
		}
	}
	return t
}

// flags says what was done to a cell.
func (b *built) flags(c *cell, t Treatment, treated bool) string {
	var list []string
	switch c.source {
	case carried:
		list = append(list, "value of "+c.from)
	case filled:
		list = append(list, "filled by "+string(b.setup.Impute))
	case absent:
		list = append(list, "missing")
	}
	if c.reason != "" {
		list = append(list, c.reason)
	}
	if treated && c.source != absent {
		list = append(list, t.String())
	}
	return strings.Join(list, "; ")
}
