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
// relation; "" and empty lists mean the design lacks that part.
type Sample struct {
	Weight, Stratum string
	PSU             []string // sampled units by stage, PSUs first; none: every row is one
	FPC             []string // by stage: units in the population, or the sampled share where ≤ 1
	Nested          bool     // PSU codes repeat from stratum to stratum
	LonelyPSU       string   // fail, remove, certainty, adjust or average
	SamePSUs        bool     // PSUs are kept from round to round, so rounds are not independent
	NonProbability  bool     // no random selection: no standard error can be given
	Replicates      *Replicates
	Calibrate       *Calibrate
}

// Replicates are the replicate weights that carry a survey's design: those it came
// with or, without Weights, such as are made from its strata and PSUs.
type Replicates struct {
	Kind     string    // JK1, JKn, BRR, Fay, bootstrap, successive-difference, …
	Weights  []string  // columns of the relation; none: they are made from strata and PSUs
	Count    int       // how many are made; 0: what goes with the kind
	Combined bool      // they hold the sampling weight already
	Scale    float64   // 0: what goes with the kind
	RScales  []float64 // none: 1 for each
	MSE      bool      // measured from the estimate, not from their mean
	Rho      float64   // Fay's ρ
}

// Calibrate says which population totals a survey's weights are made to meet.
type Calibrate struct {
	At        Position
	Method    string    // rake, poststratify, linear, raking or logit
	Margins   string    // file of totals: variable, level, total and, where they differ by year, period
	Variables []string  // columns, in the order they are raked; none: as the file names them
	Bounds    []float64 // lowest and highest ratio of a weight to what it was
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
