package reports

import (
	"math"
	"slices"

	"pediment/analysis"
)

// tableRow is a row of a table by the names of its columns.
type tableRow struct {
	columns []analysis.Column
	cells   []any
}

// rows are those of the report's table of that name, none without one.
func (r *Report) rows(name string) []tableRow {
	k := slices.IndexFunc(r.Tables, func(t analysis.Table) bool { return t.Name == name })
	if k < 0 {
		return nil
	}
	t := r.Tables[k]
	list := make([]tableRow, len(t.Rows))
	for at, cells := range t.Rows {
		list[at] = tableRow{t.Columns, cells}
	}
	return list
}

func (r tableRow) cell(name string) any {
	k := slices.IndexFunc(r.columns, func(c analysis.Column) bool { return c.Name == name })
	if k < 0 {
		return nil
	}
	return r.cells[k]
}

// text is a cell of text, "" where there is none.
func (r tableRow) text(name string) string {
	s, _ := r.cell(name).(string)
	return s
}

// number is a cell with a number, NaN where there is none.
func (r tableRow) number(name string) float64 {
	switch x := r.cell(name).(type) {
	case float64:
		return x
	case int64:
		return float64(x)
	}
	return math.NaN()
}

// indicator finds an indicator by its code.
func (r *Report) indicator(code string) (Indicator, bool) {
	for _, i := range r.indicators() {
		if i.Code == code {
			return i, true
		}
	}
	return Indicator{}, false
}

// judgeable reports whether something may be said of an indicator: its value is
// known and not in doubt. What is no indicator is judged by its own table.
func (r *Report) judgeable(code string) bool {
	i, found := r.indicator(code)
	return !found || known(i.Headline) && doubts(i) == ""
}

// ownerOf is who answers for an indicator by the plan, "" where nobody is named.
func (r *Report) ownerOf(code string) string {
	for _, m := range r.Measures {
		if m.Code == code && m.Owner != "" {
			return m.Owner
		}
	}
	return ""
}
