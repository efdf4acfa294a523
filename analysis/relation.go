package analysis

import (
	"slices"
	"strings"
)

// Relation describes one table of the warehouse to those who query it.
type Relation struct {
	Name    string       // what indicators call it: a dataset's name or its kind
	Kind    string       // survey, participation, budget, …
	Columns []ColumnType // in table order
	Sample  *Sample      // how a survey was sampled; nil for everything that was not
	Year    Grain        // the year that months and quarters of this relation are gathered to
	Until   string       // ISO day up to which the record is complete; "" when it is complete
	At      Position     // where it was declared
	Files   []string     // the files it was read from, relative to the city's folder
}

// ColumnType is a column of a relation and its declared type: text, integer,
// number, decimal, boolean, date or period.
type ColumnType struct {
	Name, Type string
}

// Sample says how a survey's units were drawn. The names are columns of the
// relation; "" means the design lacks that part.
type Sample struct {
	Weight, Stratum, PSU, FPC string
	Nested                    bool   // PSU codes repeat from stratum to stratum
	LonelyPSU                 string // fail, remove, certainty, adjust or average
	NonProbability            bool   // no random selection: no standard error can be given
}

// Column returns the column called name, letter case aside, and whether it is there.
func (r Relation) Column(name string) (ColumnType, bool) {
	i := slices.IndexFunc(r.Columns, func(c ColumnType) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return ColumnType{}, false
	}
	return r.Columns[i], true
}

// Has reports whether the relation has every one of the columns.
func (r Relation) Has(names ...string) bool {
	for _, name := range names {
		if _, ok := r.Column(name); !ok {
			return false
		}
	}
	return true
}

// ColumnNames lists the columns in table order.
func (r Relation) ColumnNames() []string {
	names := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		names[i] = c.Name
	}
	return names
}
