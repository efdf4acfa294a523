package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// result puts together what was found out.
func (a *assessment) result() analysis.Result {
	r := analysis.Result{Title: "Quality of the data of " + a.City}
	scorecard, overTime := a.scorecard()
	r.Tables = []analysis.Table{
		a.findings(), scorecard, overTime, a.rulesTable(), a.completenessTable(), a.reportsTable(), a.consistencyTable(), a.heapingTable(),
		a.straightliningTable(), a.triangulationTable(), a.issuesTable(),
	}
	if a.Rows {
		r.Tables = append(r.Tables, addressed("failing", a.failing), addressed("duplicates", a.duplicates), a.outliersTable(), addressed("outlying_rows", a.far))
	}
	r.Charts = a.charts(scorecard, overTime)
	for _, text := range a.cut {
		r.Warn("rows", text)
	}
	for _, p := range a.unpaired {
		r.Warn("triangulation", fmt.Sprintf("%s: %s and %s have no period in common with values of the whole city", p.Name, p.Codes[0], p.Codes[1]))
	}
	return r
}

// table makes a table; a column is text or of the type after its colon, with the
// unit after a second one.
func table(name string, columns ...string) analysis.Table {
	return analysis.Table{Name: name, Columns: analysis.Columns(columns...)}
}

// addressed is a table of rows with where they stand in their files.
func addressed(name string, rows [][]any) analysis.Table {
	t := table(name, "dataset", "file", "line:integer", "cell", "rule", "columns", "values")
	t.Rows = rows
	return t
}

// score100 is a score as it is told: whole, nil when nothing was checked. What is
// not quite perfect is never told as 100.
func score100(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	rounded := math.Round(x)
	if rounded == 100 && x < 100 {
		rounded = 99
	}
	return int64(rounded)
}

// scorecard is dataset by dimension, for all rows and by year of the data.
func (a *assessment) scorecard() (all, overTime analysis.Table) {
	columns := []string{"dataset", "rows:integer", "rejected:integer"}
	for _, name := range dimensions {
		columns = append(columns, name+":integer:0–100")
	}
	all = table("scorecard", append(columns, "score:integer:0–100", "checked", "checked_by")...)
	overTime = table("scores_over_time", "dataset", "year", "dimension", "score:integer:0–100", "rows:integer")
	for _, d := range a.datasets {
		s := d.scoresOf(a.Setup, "", func(string) bool { return true })
		rejected := int64(0)
		for _, f := range d.Files {
			rejected += f.Rejected
		}
		refused, _ := a.told(d, rejected)
		rows, _ := a.told(d, d.total.rows)
		row := []any{d.Table.Name, rows, refused}
		var by []string
		for _, name := range dimensions {
			one := s.values[name]
			row = append(row, score100(one.value()))
			if one.checked > 0 {
				by = append(by, name+": "+one.by)
			}
			if one.hidden() {
				by[len(by)-1] += ", not told"
			}
		}
		mean, checked := s.overall()
		all.Rows = append(all.Rows, append(row, score100(mean), fmt.Sprintf("%d of %d", checked, len(dimensions)), strings.Join(by, "; ")))
		overTime.Rows = append(overTime.Rows, a.yearly(d)...)
	}
	return all, overTime
}

// yearly are the dataset's scores by year of the data.
func (a *assessment) yearly(d *assessed) (rows [][]any) {
	labels := map[string]string{}
	year := func(label string) string {
		y, known := labels[label]
		if !known {
			y = yearOf(a.Calendar, label)
			labels[label] = y
		}
		return y
	}
	counts, few := map[string]int64{}, false
	for _, p := range d.parts {
		counts[year(p.period)] += p.rows
	}
	for _, n := range counts {
		few = few || n > 0 && n < d.least // the other years and the whole would tell it
	}
	for _, y := range d.years(a.Calendar) {
		in := func(label string) bool { return year(label) == y }
		told := any(counts[y])
		if few {
			told = nil
		}
		s := d.scoresOf(a.Setup, y, in)
		for _, name := range dimensions {
			if x := s.values[name].value(); !math.IsNaN(x) {
				rows = append(rows, []any{d.Table.Name, y, name, score100(x), told})
			}
		}
	}
	return rows
}

func (a *assessment) rulesTable() analysis.Table {
	t := table("rules", "dataset", "rule", "severity", "rows:integer", "failed:integer", "share:number:percent", "state", "note")
	for _, d := range a.datasets {
		for k, r := range d.rules {
			v := d.verdict(k)
			checked, failed, share, note := a.toldRule(d, r, v)
			severity := "warn"
			if r.block {
				severity = "block"
			}
			switch {
			case r.kind == requiredRule && r.share < 1:
				note = joinWords(note, fmt.Sprintf("%s %% must be filled", plain(100*r.share)))
			case r.kind == sumsRule:
				note = "rows are totals with parts"
			case r.kind == rowRule && r.divides && r.where == "true" && v.checked < d.total.rows && d.least == 0:
				note = joinWords(note, fmt.Sprintf("%s left out: a value is missing or divided by zero", counted(d.total.rows-v.checked, "row")))
			case v.state == unknown:
				note = "it cannot be worked out for some rows"
			}
			t.Rows = append(t.Rows, []any{d.Table.Name, r.name, severity, checked, failed, share, v.state, note})
		}
	}
	return t
}

// completenessTable is the share of filled cells, column by column.
func (a *assessment) completenessTable() analysis.Table {
	t := table("completeness", "dataset", "column", "rows:integer", "empty:integer", "filled:number:percent", "note")
	for _, d := range a.datasets {
		for k, c := range d.Table.Columns {
			if d.total.rows == 0 || d.total.filled[k] == d.total.rows {
				continue
			}
			empty, note := a.toldOf(d, d.total.rows-d.total.filled[k], d.total.rows)
			var filled any
			if note == "" {
				filled = 100 * float64(d.total.filled[k]) / float64(d.total.rows)
			}
			t.Rows = append(t.Rows, []any{d.Table.Name, c.Name, d.total.rows, empty, filled, note})
		}
	}
	return t
}

// reportsTable is what was expected and is not there, incomplete or late.
func (a *assessment) reportsTable() analysis.Table {
	t := table("reports", "dataset", "period", "expected:integer", "received:integer", "incomplete:integer", "late:integer", "missing")
	for _, d := range a.datasets {
		if d.reports == nil {
			continue
		}
		for _, p := range d.reports.periods {
			var expected, received, part, late int64
			var missing []string
			for _, r := range d.reports.all {
				if r.period != p {
					continue
				}
				expected++
				switch d.reports.arrival(r) {
				case absent:
					missing = append(missing, cmp.Or(a.Places.Name(r.reporter), "the report"))
				case incomplete:
					part++
					received++
				default:
					received++
				}
				if yes, known := d.reports.onTime(r, a.Day); known && !yes && r.rows > 0 {
					late++
				}
			}
			t.Rows = append(t.Rows, []any{d.Table.Name, p.Label, expected, received, part, late, some(missing, 10)})
		}
	}
	return t
}

func (a *assessment) consistencyTable() analysis.Table {
	t := table("consistency", "dataset", "measure", "place", "period", "value:number", "earlier:number", "ratio:number", "all_places:number")
	add := func(name string, steps []step) {
		for _, one := range steps {
			if one.outside {
				t.Rows = append(t.Rows, []any{name, one.measure, a.Places.Name(one.place), one.periods[one.at].Label, one.values[one.at], one.mean, one.ratio, one.common})
			}
		}
	}
	for _, d := range a.datasets {
		if a.Rows || !d.personal() { // sums of people by place may be small
			add(d.Table.Name, d.steps)
		}
	}
	add("indicators", a.valueSteps)
	return t
}

func (a *assessment) heapingTable() analysis.Table {
	t := table("heaping", "dataset", "column", "n:integer", "chi2:number", "p:number", "round:number:percent", "state")
	for _, d := range a.datasets {
		for k, name := range d.heaped {
			chi2, p, round, n := heaping(d.total.digits[10*k : 10*k+10])
			if n < leastDigits || !d.varied(name) {
				continue
			}
			state := "no sign of rounding"
			if heaps(p, round, n) {
				state = "rounded"
			}
			count, _ := a.toldOf(d, n, d.total.rows)
			if fives, _ := a.toldOf(d, int64(math.Round(round*float64(n))), n); count == nil || fives == nil {
				t.Rows = append(t.Rows, []any{d.Table.Name, name, count, nil, nil, nil, state})
				continue
			}
			t.Rows = append(t.Rows, []any{d.Table.Name, name, count, chi2, p, 100 * round, state})
		}
	}
	return t
}

// varied reports whether last digits of a column can say anything: years and codes
// of few values end as they must.
func (d *assessed) varied(column string) bool {
	k := slices.Index(d.heaped, column)
	different := 0
	for _, n := range d.total.digits[10*k : 10*k+10] {
		if n > 0 {
			different++
		}
	}
	return different >= 8 && column != "price_year" && !strings.Contains(column, "year")
}

func (a *assessment) straightliningTable() analysis.Table {
	t := table("straightlining", "dataset", "questions", "respondents:integer", "same_answer:integer", "share:number:percent", "by_chance:number:percent",
		"median_minutes:number", "under_half:integer", "note")
	for _, d := range a.datasets {
		if d.Interview == nil {
			continue
		}
		same, note := a.toldOf(d, d.total.same, d.total.asked)
		asked, _ := a.toldOf(d, d.total.asked, d.total.rows)
		short, hidden := a.told(d, d.durations.short)
		var share, minutes, chance any
		if d.total.asked > 0 && note == "" {
			share, chance = 100*float64(d.total.same)/float64(d.total.asked), 100*d.chance
		}
		if d.durations.n > 0 {
			minutes = d.durations.median
		} else {
			short = nil
		}
		t.Rows = append(t.Rows, []any{d.Table.Name, strings.Join(d.battery, ", "), asked, same, share, chance, minutes, short, cmp.Or(note, hidden)})
	}
	return t
}

func (a *assessment) triangulationTable() analysis.Table {
	t := table("triangulation", "pair", "period", "first", "second", "first_value:number", "second_value:number", "unit", "difference:number", "low:number", "high:number",
		"margin:number", "ratio:number", "ratio_low:number", "ratio_high:number", "verdict", "note")
	for _, c := range a.comparisons {
		t.Rows = append(t.Rows, []any{c.pair.Name, c.period, c.first.Code, c.second.Code, c.first.Value, c.second.Value, c.first.Unit, c.difference, c.low, c.high,
			c.margin, c.ratio, c.ratioLow, c.ratioHigh, string(c.verdict), c.reason})
	}
	return t
}

func (a *assessment) issuesTable() analysis.Table {
	t := table("issues", "id", "dataset", "rule", "file", "count:integer", "opened", "changed", "state", "note", "by")
	personal := map[string]*assessed{}
	for _, d := range a.datasets {
		personal[d.Table.Name] = d
	}
	small := map[[2]string]bool{} // rules with a file whose count is not told: the others would tell it
	for _, i := range a.Issues {
		if d := personal[i.Dataset]; d != nil && i.Count < d.least {
			small[[2]string{i.Dataset, i.Rule}] = true
		}
	}
	for _, i := range a.Issues {
		count, note := any(i.Count), ""
		if d := personal[i.Dataset]; d != nil && small[[2]string{i.Dataset, i.Rule}] {
			if count, note = a.told(d, i.Count); count != nil {
				count, note = nil, "not told"
			}
		}
		if !a.Rows { // who said what of a row is for those who may see it
			i.Note, i.By = "", ""
		}
		t.Rows = append(t.Rows, []any{i.ID, i.Dataset, i.Rule, i.File, count, i.Opened, i.Seen, i.State, joinWords(note, i.Note), i.By})
	}
	return t
}

func (a *assessment) outliersTable() analysis.Table {
	t := table("outliers", "dataset", "measure", "place", "period", "value:number", "low:number", "high:number", "against", "method", "medcouple:number", "n:integer")
	for _, d := range a.datasets {
		for _, o := range a.outlying[d] {
			t.Rows = append(t.Rows, a.outlierRow(d.Table.Name, o))
		}
	}
	for _, o := range a.outlying[nil] {
		t.Rows = append(t.Rows, a.outlierRow("indicators", o))
	}
	return t
}

// outliersOf compares the dataset's places per resident where residents are known.
func (a *assessment) outliersOf(d *assessed) []outlying {
	known := a.residents != nil && d.Table.Kind != "population" && slices.ContainsFunc(d.series, func(s series) bool {
		return !math.IsNaN(a.residents(s.place, s.periods[0]))
	})
	if known {
		return outliers(d.series, a.residents)
	}
	return outliers(d.series, nil)
}

func (a *assessment) outlierRow(dataset string, o outlying) []any {
	return []any{dataset, o.measure, a.Places.Name(o.place), o.period, o.value, o.low, o.high, o.against, o.method, o.medcouple, int64(o.n)}
}
