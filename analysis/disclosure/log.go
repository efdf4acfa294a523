package disclosure

import "pediment/analysis"

// Why says for what cause a value is not shown as it was computed.
type Why string

// The causes.
const (
	SmallCount    Why = "small count"
	AllOrNone     Why = "all or none"
	Dominated     Why = "dominance"
	PRule         Why = "p%"
	Complementary Why = "complementary"
	Differencing  Why = "differencing"
	Rounded       Why = "rounded"
	Frozen        Why = "as published"
	NearOlder     Why = "near an older report" // than the last: printing the last once more would mislead
)

// Entry is one value that is withheld or changed.
type Entry struct {
	Code   string
	Period string
	Place  string
	Group  analysis.Group
	Why    Why
	Detail string // for the internal edition only: it names numbers
}

// Log lists what Protect withheld or changed, in the order of the values.
type Log []Entry

// Withheld counts the values the log says were withheld.
func (l Log) Withheld() int {
	n := 0
	for _, e := range l {
		if e.Why.withholds() {
			n++
		}
	}
	return n
}

func (w Why) withholds() bool { return w != Rounded && w != Frozen }

// Table lists the log. In the public edition every withheld value reads the same,
// so that it does not tell a small cell from one that protects it, and none is said
// to be as published, which would tell where records came; the internal edition
// tells the cause and its detail.
func (l Log) Table(edition Edition) analysis.Table {
	t := analysis.Table{Name: "withheld", Columns: []analysis.Column{
		{Name: "code", Type: "text"}, {Name: "period", Type: "text"}, {Name: "place", Type: "text"}, {Name: "group", Type: "text"}, {Name: "why", Type: "text"},
	}}
	if edition == Internal {
		t.Columns = append(t.Columns, analysis.Column{Name: "detail", Type: "text"})
	}
	for _, e := range l {
		if e.Why == Frozen && edition != Internal {
			continue
		}
		row := []any{e.Code, e.Period, e.Place, e.Group.String(), e.Why.public()}
		if edition == Internal {
			row[4] = string(e.Why)
			row = append(row, e.Detail)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// public is the cause in words that tell nobody which cell is the small one.
func (w Why) public() string {
	if w.withholds() {
		return "confidential"
	}
	return string(w)
}

// enter notes what becomes of a value; the first note stands.
func (p *protection) enter(v int32, why Why, detail string) {
	if p.log[v] == nil {
		x := &p.values[v]
		p.log[v] = &Entry{Code: x.Code, Period: x.Period.Label, Place: x.Place, Group: x.Group, Why: why, Detail: detail}
	}
}

func (p *protection) entries() Log {
	var log Log
	for _, e := range p.log[:p.own] {
		if e != nil {
			log = append(log, *e)
		}
	}
	return log
}
