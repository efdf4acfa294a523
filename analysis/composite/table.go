package composite

import (
	"math"

	"pediment/analysis"
)

// number is a cell that is empty where the number is absent.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// whole is a rank as a cell, empty where there is none.
func whole(x float64) any {
	if !(x > 0) {
		return nil
	}
	return int64(x)
}

// result is the index as tables, charts and sentences.
func (b *built) result() analysis.Result {
	r := analysis.Result{Title: b.setup.Title}
	r.Tables = []analysis.Table{
		b.findings(), b.indexTable(), b.partsTable(), b.changesTable(), b.comparisonsTable(), b.sensitivityTable(),
		b.weightsTable(), b.reliabilityTable(), b.correlationsTable(), b.screeningTable(), b.inputsTable(),
	}
	r.Charts = b.charts()
	b.warn(&r)
	return r
}

func (b *built) unit(row int) Unit     { return b.setup.Units[b.rows[row].unit] }
func (b *built) period(row int) string { return b.setup.Periods[b.rows[row].period] }
func (b *built) lastSpan() [2]int      { return b.spans[len(b.spans)-1] }
func (b *built) declaredData() *data   { return b.data[b.setup.Impute] }
func (b *built) cell(row, input int) *cell {
	r := b.rows[row]
	return b.declaredData().panel.at(r.period, r.unit, b.screened.indicators[input])
}

// indexTable is the index by period, from the best rank on.
func (b *built) indexTable() analysis.Table {
	t := analysis.Table{Name: "index", Columns: analysis.Columns("unit", "name", "period", "score:number", "low:number", "high:number",
		"rank:integer", "rank_low:integer", "rank_high:integer", "tied:boolean", "coverage:number", "imputed:integer")}
	for s := len(b.spans) - 1; s >= 0; s-- {
		for _, k := range b.ranking(b.sim, b.spans[s]) {
			measuredCells, filledCells := b.counted(k)
			u := b.unit(k)
			t.Rows = append(t.Rows, []any{
				u.Code, u.Name, b.period(k), number(b.sim.base.index()[k]), number(b.sim.low[k]), number(b.sim.high[k]),
				whole(b.sim.ranks[k]), whole(b.sim.rankLow[k]), whole(b.sim.rankTop[k]), b.tied(k, b.spans[s]),
				float64(measuredCells) / float64(len(b.inputs)), int64(filledCells),
			})
		}
	}
	return t
}

// counted is how many of a row's cells were measured and how many filled.
func (b *built) counted(row int) (measuredCells, filledCells int) {
	for j := range b.inputs {
		switch b.cell(row, j).source {
		case measured:
			measuredCells++
		case carried, filled:
			filledCells++
		}
	}
	return measuredCells, filledCells
}

// tied reports whether another row of the span has the same rank.
func (b *built) tied(row int, span [2]int) bool {
	for k := span[0]; k < span[1]; k++ {
		if k != row && b.sim.ranks[k] == b.sim.ranks[row] {
			return true
		}
	}
	return false
}

// partsTable holds the score of every group, the index last.
func (b *built) partsTable() analysis.Table {
	t := analysis.Table{Name: "parts", Columns: analysis.Columns("unit", "name", "period", "node", "node_name", "score:number")}
	for s := len(b.spans) - 1; s >= 0; s-- {
		for _, k := range b.ranking(b.sim, b.spans[s]) {
			for n, branch := range b.branches {
				u := b.unit(k)
				t.Rows = append(t.Rows, []any{u.Code, u.Name, b.period(k), branch.code, branch.name, number(b.sim.base.nodes[n][k])})
			}
		}
	}
	return t
}

// changesTable is the change of each unit from the first period to the last.
func (b *built) changesTable() analysis.Table {
	t := analysis.Table{Name: "changes", Columns: analysis.Columns("unit", "name", "from", "to", "change:number", "low:number", "high:number", "rising:number", "clear:boolean")}
	for _, c := range b.changes {
		u := b.setup.Units[c.unit]
		t.Rows = append(t.Rows, []any{u.Code, u.Name, b.period(c.from), b.period(c.to), number(c.change), number(c.low), number(c.high), number(c.rising), c.clear()})
	}
	return t
}

// mostPairs is how many pairs are listed; of more only neighbours in rank are.
const mostPairs = 100

// comparisonsTable says which pairs of the last period can be told apart.
func (b *built) comparisonsTable() analysis.Table {
	t := analysis.Table{Name: "comparisons", Columns: analysis.Columns("period", "ahead", "behind", "share_ahead:number", "told_apart:boolean")}
	next := map[int]int{}
	order := b.ranking(b.sim, b.lastSpan())
	for k := range len(order) - 1 {
		next[order[k]] = order[k+1]
	}
	for _, p := range b.pairs {
		if len(b.pairs) <= mostPairs || next[p.first] == p.second {
			t.Rows = append(t.Rows, []any{b.period(p.first), b.unit(p.first).Name, b.unit(p.second).Name, number(p.ahead), p.told()})
		}
	}
	return t
}

// sensitivityTable is each factor's share of how far ranks move, and what did not
// vary.
func (b *built) sensitivityTable() analysis.Table {
	t := analysis.Table{Name: "sensitivity", Columns: analysis.Columns("factor", "varied:boolean", "between", "first:number", "first_low:number", "first_high:number",
		"total:number", "total_low:number", "total_high:number")}
	for k, f := range b.varied {
		s := b.sim.shares[k]
		t.Rows = append(t.Rows, []any{f.name, true, f.text, number(s.First), number(s.FirstLow), number(s.FirstHigh), number(s.Total), number(s.TotalLow), number(s.TotalHigh)})
	}
	for _, f := range b.fixed {
		t.Rows = append(t.Rows, []any{f.name, false, f.fixed, nil, nil, nil, nil, nil, nil})
	}
	return t
}

// screeningTable lists what is not in the index and why.
func (b *built) screeningTable() analysis.Table {
	t := analysis.Table{Name: "screening", Columns: analysis.Columns("kind", "code", "name", "period", "reason")}
	for _, e := range b.screened.left {
		t.Rows = append(t.Rows, []any{e.kind, e.code, e.name, e.period, e.reason})
	}
	return t
}
