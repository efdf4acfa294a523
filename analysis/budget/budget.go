package budget

import (
	"context"
	"fmt"
	"math/big"

	"pediment/analysis"
)

// Analyse reads the relation budget and yields the tables execution, outturn,
// composition, real, unit_costs, shares, functions, funding, concentration, flows,
// marginalised, burn, place, reconciliation and findings, as far as the data go:
// a table that cannot be made is left out and a warning says what is missing.
//
// Amounts that cannot be added — several currencies, several price years within a
// year that deflators.csv does not bridge — are analysis.Problems.
func Analyse(ctx context.Context, q analysis.Querier, s Setup) (analysis.Result, error) {
	l, cells, err := read(ctx, q, s)
	if err != nil {
		return analysis.Result{}, err
	}
	l.result.Title = "Budget and spending"
	reconciliation, err := l.reconcile(ctx, q, cells)
	if err != nil {
		return analysis.Result{}, err
	}
	if l.current == nil {
		l.warn("there are no lines")
		l.result.Tables = append(l.result.Tables, reconciliation)
		return l.result, nil
	}
	l.warnOfSubtotals()
	served, err := l.readUnits(ctx, q)
	if err != nil {
		return analysis.Result{}, err
	}
	people, err := l.readShares(ctx, q)
	if err != nil {
		return analysis.Result{}, err
	}
	var texts findings
	for _, part := range []func(*findings) []analysis.Table{
		l.execution, l.outturn, l.real,
		func(f *findings) []analysis.Table { return l.unitCosts(f, served) },
		l.shares, l.functions, l.funding, l.flows,
		func(f *findings) []analysis.Table { return l.marginalised(f, people) },
		l.burn, l.places,
	} {
		l.result.Tables = append(l.result.Tables, part(&texts)...)
	}
	l.result.Tables = append([]analysis.Table{texts.table()}, append(l.result.Tables, reconciliation)...)
	return l.result, nil
}

// read reads and settles the ledger.
func read(ctx context.Context, q analysis.Querier, s Setup) (*ledger, []cell, error) {
	r, ok := s.relation("budget")
	if !ok || !r.Has("period", "amount") {
		return nil, nil, analysis.Problem{Message: "there is no budget", Hint: "declare a dataset of kind budget with the columns period and amount"}
	}
	if len(s.Learning) == 0 {
		s.Learning = []string{"09"}
	}
	l := &ledger{Setup: s, budget: r, present: map[presence]bool{}, cofog: map[string]string{}}
	cells, err := readCells(ctx, q, r)
	if err != nil {
		return nil, nil, err
	}
	if err := l.take(cells); err != nil {
		return nil, nil, err
	}
	for _, x := range l.lines {
		if code := s.translate(x.codes[function]); code != "" {
			l.cofog[x.codes[function]] = code
		}
	}
	if err := l.settleCurrency(ctx, q, cells); err != nil {
		return nil, nil, err
	}
	if err := l.settlePrices(ctx, q, cells); err != nil {
		return nil, nil, err
	}
	l.judge()
	l.choose()
	l.phase = l.mainPhase()
	if err := l.readLabels(ctx, q); err != nil {
		return nil, nil, err
	}
	return l, cells, l.readPopulation(ctx, q)
}

// reconcile sets what the tables show beside the ledger's own total, which the
// database adds up apart from every classification.
func (l *ledger) reconcile(ctx context.Context, q analysis.Querier, cells []cell) (analysis.Table, error) {
	total, rows, err := grandTotal(ctx, q, l.budget)
	if err != nil {
		return analysis.Table{}, fmt.Errorf("add up %s: %w", l.budget.Name, err)
	}
	t := analysis.Table{Name: "reconciliation", Columns: analysis.Columns("year", "phase", "direction", "lines:integer", l.money("total"), l.money("shown"), l.money("remainder"), "note")}
	sum, n := new(big.Int), int64(0)
	for _, y := range l.years {
		for _, g := range l.groupWords(y, cells) {
			t.Rows = append(t.Rows, g.row(y))
			sum.Add(sum, big.NewInt(g.total))
			n += g.rows
		}
	}
	if sum.Cmp(total) != 0 || n != rows {
		return t, fmt.Errorf("%s holds %d lines of %s hundredths in all, but its parts %d lines of %s", l.budget.Name, rows, total, n, sum)
	}
	if !sum.IsInt64() {
		return t, fmt.Errorf("the amounts of %s add up to more than money", l.budget.Name)
	}
	t.Rows = append(t.Rows, totalRow(n, sum.Int64(), l.shown()))
	return t, nil
}
