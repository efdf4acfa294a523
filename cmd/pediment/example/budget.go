package example

import (
	"io"
	"math"
	"math/rand/v2"
)

// budgetLine is a line of the budget with its amounts by year in cents.
type budgetLine struct {
	programme                    *programme
	place                        string // district code, "" for the whole city
	economic, source, direction  string
	approved, adjusted, executed [years]int64
}

// budgetLines works out the whole budget. The plan and the ledgers are written
// from the same lines.
func (c *city) budgetLines() []budgetLine {
	random := c.random("budget lines")
	var lines []budgetLine
	for i := range programmes {
		p := &programmes[i]
		for _, place := range c.budgetPlaces(p) {
			for _, economic := range mixes(p.mix) {
				for _, source := range sources(p.source) {
					line := budgetLine{programme: p, place: place.name, economic: economic.name, source: source.name, direction: "expenditure"}
					line.fill(random, c.yearly(p.perHead*place.share*economic.share*source.share, p.growth), p.executed)
					lines = append(lines, line)
				}
			}
		}
	}
	for _, r := range revenues {
		line := budgetLine{programme: &programme{code: r.code, name: r.name, function: "00"}, economic: "Revenue", source: r.source, direction: "revenue"}
		line.fill(random, c.yearly(r.perHead, r.growth), .995)
		lines = append(lines, line)
	}
	return lines
}

// budgetPlaces returns the districts a programme is budgeted for with their
// shares, or the city. The district left behind gets less than its share of
// residents, though grants lean towards it.
func (c *city) budgetPlaces(p *programme) []part {
	if !p.local {
		return []part{{"", 1}}
	}
	lean := -.12
	if p.target == "low income" {
		lean = .25
	}
	var places []part
	sum := 0.0
	for _, d := range c.districts {
		share := d.share * (1 + lean*d.handicap)
		places = append(places, part{d.code, share})
		sum += share
	}
	for i := range places {
		places[i].share /= sum
	}
	return places
}

// yearly returns the amounts in EUR that grow to perHead a resident in the last
// year.
func (c *city) yearly(perHead, growth float64) [years]float64 {
	var amounts [years]float64
	for i := range amounts {
		amounts[i] = perHead * float64(c.residents) * math.Pow(1+growth, float64(i-years+1))
	}
	return amounts
}

// fill sets the line's amounts: budgets in round hundreds, what is spent to the
// cent.
func (l *budgetLine) fill(random *rand.Rand, amounts [years]float64, executed float64) {
	for i, amount := range amounts {
		amount *= .98 + .04*random.Float64()
		l.approved[i] = int64(math.Round(amount/100)) * 100_00
		l.adjusted[i] = int64(math.Round(amount*(.985+.04*random.Float64())/100)) * 100_00
		l.executed[i] = int64(math.Round(float64(l.adjusted[i]) * (executed - .02 + .03*random.Float64())))
	}
}

// clumsyAmount is the row, and clumsyYear the year, of the cell into which
// someone typed "12.4.31": one of the cells Pediment is meant to reject.
const (
	clumsyAmount = 214
	clumsyYear   = 2023
)

// budgetPlan writes the budget as the council passed and adjusted it: two rows
// of headers with years as the lower, sub-totals by division of COFOG, a total.
func budgetPlan(c *city, w io.Writer) error {
	return writeWorkbook(w, sheet{
		name:   "Budget",
		merged: []string{"A1:O1", "A2:O2", "A4:J4", "K4:O4"},
		widths: []float64{10, 12, 32, 10, 16, 22, 10, 13, 10, 10, 16, 16, 16, 16, 16},
		rows:   func(yield func([]any) bool) { planRows(c.budgetLines(), yield) },
	})
}

// planRows yields the rows of the plan. Revenue and expenditure lines come in
// the order of budgetLines, both phases of a line in succession.
func planRows(lines []budgetLine, yield func([]any) bool) {
	p := plan{yield: yield, more: true}
	p.row(title("City of Riverbend: budget by function and programme"))
	p.row("EUR at current prices. Approved: passed by the council in December of the year before. Adjusted: after supplementary budgets.")
	p.row()
	p.row(title("Classification"), nil, nil, nil, nil, nil, nil, nil, nil, nil, title("Amount"))
	p.row(title("Function"), title("Programme"), title("Name"), title("District"), title("Target group"),
		title("Economic"), title("Source"), title("Direction"), title("Phase"), title("Currency"), 2021, 2022, 2023, 2024, 2025)
	for i := range lines {
		l := &lines[i]
		p.line(l, "approved", l.approved)
		p.line(l, "adjusted", l.adjusted)
		if i+1 == len(lines) || lines[i+1].programme.function[:2] != l.programme.function[:2] {
			p.total("Sub-total "+l.programme.function[:2], &p.division)
		}
	}
	p.total("Total, approved and adjusted", &p.all)
	p.row("Sub-totals add both phases, as the finance department's system prints them.")
}

// plan keeps the running totals while rows are yielded.
type plan struct {
	yield         func([]any) bool
	more          bool
	rows          int
	division, all [years]int64
}

// row yields a row unless the reader has gone.
func (p *plan) row(cells ...any) {
	p.rows++
	p.more = p.more && p.yield(cells)
}

// line yields one phase of a budget line.
func (p *plan) line(l *budgetLine, phase string, amounts [years]int64) {
	cells := []any{l.programme.function, l.programme.code, l.programme.name, nil, nil, l.economic, l.source, l.direction, phase, "EUR"}
	if l.place != "" {
		cells[3] = l.place
	}
	if l.programme.target != "" {
		cells[4] = l.programme.target
	}
	for i, amount := range amounts {
		p.division[i] += amount
		p.all[i] += amount
		if p.rows+1 == clumsyAmount && firstYear+i == clumsyYear {
			cells = append(cells, "12.4.31")
		} else {
			cells = append(cells, cents(amount))
		}
	}
	p.row(cells...)
}

// total yields a row of sums and starts them again.
func (p *plan) total(label string, sums *[years]int64) {
	cells := []any{title(label), nil, nil, nil, nil, nil, nil, nil, nil, nil}
	for i, amount := range sums {
		cells = append(cells, cents(amount))
		sums[i] = 0
	}
	p.row(cells...)
}
