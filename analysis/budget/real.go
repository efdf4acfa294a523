package budget

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// realTerms is the amount in prices of the base year, NaN where deflators.csv
// lacks one of the two years: x·I_base/I_t.
func (l *ledger) realTerms(y *year, cents int64) float64 {
	factor := l.factor(y)
	if math.IsNaN(factor) {
		return factor
	}
	return inUnits(rounded(cents, factor))
}

// factor brings the year's amounts to prices of the base year.
func (l *ledger) factor(y *year) float64 {
	if l.BaseYear == 0 {
		return math.NaN()
	}
	factor, err := l.Deflators.Factor(y.prices, l.BaseYear)
	if err != nil {
		return math.NaN()
	}
	return factor
}

// perHead divides by the year's residents, NaN where they are unknown.
func (l *ledger) perHead(y *year, amount float64) float64 {
	if residents := l.residents[y.join].total; residents > 0 {
		return amount / residents
	}
	return math.NaN()
}

// real makes the table real: spending in all, on learning and by head, as paid and
// in prices of the base year, in all and per resident.
func (l *ledger) real(f *findings) []analysis.Table {
	t := analysis.Table{Name: "real", Columns: analysis.Columns("year", "phase", "by", "code", "name", l.money("nominal"), "price_year:integer", "factor:number",
		l.money("real"), "base_year:integer", "residents:number:persons", l.money("per_resident"), l.money("real_per_resident"), "state", "note")}
	learning := dimension{"learning", columnCount, whole.code, func(*ledger, string) string { return "learning" }}
	for _, y := range l.years {
		if !l.has(y, l.phase, expenditure) {
			t.Rows = append(t.Rows, l.absentRow(y))
			continue
		}
		for _, by := range append([]dimension{whole, learning}, l.dimensions(function, programme)...) {
			for _, a := range l.tally(by, func(x *line) bool {
				return spending(y, l.phase)(x) && (by.name != "learning" || l.learning(x))
			}) {
				t.Rows = append(t.Rows, l.realRow(y, by, a))
			}
		}
	}
	l.realWarnings()
	l.realFindings(f)
	return []analysis.Table{t}
}

func (l *ledger) realRow(y *year, by dimension, a amount) []any {
	real, factor := l.realTerms(y, a.cents), l.factor(y)
	var base any
	if l.BaseYear != 0 {
		base = int64(l.BaseYear)
	}
	row := []any{y.Label, l.phase.String(), by.name, a.code, by.named(l, a.code), inUnits(a.cents), int64(y.prices), number(factor), number(real), base}
	residents := l.residents[y.join].total
	if residents > 0 {
		row = append(row, residents)
	} else {
		row = append(row, nil)
	}
	row = append(row, number(l.perHead(y, inUnits(a.cents))), number(l.perHead(y, real)))
	if reason := y.incomplete(l.phase); reason != "" {
		return append(row, state(analysis.Partial), reason)
	}
	return append(row, "", "")
}

// absentRow stands for a year without spending in the phase that is compared.
func (l *ledger) absentRow(y *year) []any {
	row := []any{y.Label, l.phase.String(), "total", "", ""}
	for range 8 {
		row = append(row, nil)
	}
	return append(row, state(analysis.Missing), fmt.Sprintf("the ledger has no %s expenditure for %s", l.phase, y.Label))
}

// realWarnings says what keeps real terms or figures per resident from being made.
func (l *ledger) realWarnings() {
	var undeflated, unpeopled []*year
	for _, y := range l.years {
		if math.IsNaN(l.factor(y)) {
			undeflated = append(undeflated, y)
		}
		if l.residents[y.join].total <= 0 {
			unpeopled = append(unpeopled, y)
		}
	}
	if gaps := l.missingYears(); len(gaps) > 0 {
		l.result.Warn("real", "the ledger has no lines for "+strings.Join(gaps, ", "))
	}
	if len(l.Deflators) == 0 {
		l.result.Warn("real", "there are no real terms: add deflators.csv with year,index,source")
	} else if len(undeflated) > 0 {
		l.result.Warn("real", fmt.Sprintf("there are no real terms for %s: deflators.csv lacks an index for the year or for %d", yearsText(undeflated), l.BaseYear))
	}
	if len(unpeopled) > 0 {
		l.result.Warn("real", fmt.Sprintf("there is nothing per resident for %s: the relation population has no rows that count for it", yearsText(unpeopled)))
	}
}

// missingYears are those between the first and the last without a line.
func (l *ledger) missingYears() (labels []string) {
	for i := 1; i < len(l.years); i++ {
		for _, y := range l.Calendar.YearsBetween(l.years[i-1].Period, l.years[i].Period) {
			labels = append(labels, y.Label)
		}
	}
	return labels
}

// series is what is spent per resident in real terms by year, or as much of that
// as is known: NaN in years that are not complete.
func (l *ledger) series(keep func(*line) bool) (values []float64, perResident, inReal bool) {
	perResident, inReal = true, true
	for _, y := range l.years {
		if l.has(y, l.phase, expenditure) && y.incomplete(l.phase) == "" {
			perResident = perResident && l.residents[y.join].total > 0
			inReal = inReal && !math.IsNaN(l.factor(y))
		}
	}
	for _, y := range l.years {
		x := math.NaN()
		if l.has(y, l.phase, expenditure) && y.incomplete(l.phase) == "" {
			cents, _ := l.total(func(x *line) bool { return spending(y, l.phase)(x) && keep(x) })
			if x = inUnits(cents); inReal {
				x = l.realTerms(y, cents)
			}
			if perResident {
				x = l.perHead(y, x)
			}
		}
		values = append(values, x)
	}
	return values, perResident, inReal
}

// realFindings compares the first with the last year and draws the line.
func (l *ledger) realFindings(f *findings) {
	all, perResident, inReal := l.series(func(*line) bool { return true })
	learning, _, _ := l.series(l.learning)
	what, terms, about := "spending", "as paid", "nominal"
	if perResident {
		what += " per resident"
	}
	if inReal {
		terms, about = fmt.Sprintf("in prices of %d", l.BaseYear), "real"
	}
	l.sayTrend(f, about, "All "+what+" "+terms, all)
	l.sayTrend(f, about, "On learning, "+what+" "+terms, learning)
	on := strings.Replace(what, "spending", "spending on learning", 1)
	c := analysis.Chart{Name: "real", Title: sentence(on) + ", " + terms + l.course(learning), Kind: analysis.Line, Unit: l.currency, Source: l.budget.Name,
		Series: []analysis.Series{{Name: "learning", Value: learning}}, Text: "Spending on learning by year, " + terms + "."}
	known := false
	for i, y := range l.years {
		c.Labels = append(c.Labels, y.Label)
		known = known || learning[i] > 0
	}
	if !known {
		c.Title = sentence(strings.Replace(what, "spending", "all spending", 1)) + ", " + terms + l.course(all)
		c.Series[0], c.Text = analysis.Series{Name: "all spending", Value: all}, "All spending by year, "+terms+"."
	}
	if len(l.years) > 1 {
		l.draw(c)
	}
}

// ends are the first and the last year with an amount, -1 without any.
func ends(values []float64) (first, last int) {
	first, last = -1, -1
	for i, x := range values {
		if math.IsNaN(x) || x <= 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return first, last
}

// course is the finding of a line over years, to stand behind what it shows: ": from
// 640 EUR in 2023 to 680 EUR in 2025"; "" with fewer than two years.
func (l *ledger) course(values []float64) string {
	first, last := ends(values)
	if first == last {
		return ""
	}
	return fmt.Sprintf(": from %s in %s to %s in %s", l.spoken(int64(math.Round(100*values[first]))), l.years[first].Label,
		l.spoken(int64(math.Round(100*values[last]))), l.years[last].Label)
}

// sayTrend says how far the last known year lies from the first; about is real or
// nominal.
func (l *ledger) sayTrend(f *findings, about, what string, values []float64) {
	first, last := ends(values)
	if first == last {
		return
	}
	a, b := values[first], values[last]
	f.say(about, "%s went from %s in %s to %s in %s (%s).", what, l.spoken(int64(math.Round(100*a))), l.years[first].Label,
		l.spoken(int64(math.Round(100*b))), l.years[last].Label, change(100*(b/a-1)))
}

func sentence(text string) string {
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		return string(text[0]-'a'+'A') + text[1:]
	}
	return text
}
