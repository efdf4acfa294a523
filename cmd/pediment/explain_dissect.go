package main

import (
	"context"
	"math"
	"strings"

	"pediment/analysis"
	"pediment/indicators"
	"pediment/ingest"
)

// explained is one number being taken apart. What is empty was not looked at.
type explained struct {
	*work
	rows     bool // whether rows may be looked at
	coverage indicators.Coverage
	value    analysis.Value
	anatomy  indicators.Anatomy

	again    *again                  // the SQL was run once more
	accounts []indicators.RowAccount // by reading
	facts    indicators.SampleFacts
	meetings [][]ingest.Meeting // by reading
	places   [][]located        // by reading
}

// again is what the SQL gives when it is run once more.
type again struct {
	value, numerator, denominator float64
}

// located is a row that counts, where it stands.
type located struct {
	dataset string
	at      analysis.Position
}

// dissect finds out what the value was made from. Of one that is confidential nothing
// is looked at, and of one that is withheld for another reason no total.
func (x *explained) dissect(ctx context.Context, warehouse *ingest.Warehouse) (err error) {
	v := x.value
	if x.coverage.Formula == "" || v.State == analysis.Confidential {
		return nil
	}
	setup := x.project.setup(x.relations)
	if x.anatomy, err = indicators.Explain(ctx, warehouse, setup, v); err != nil {
		return err
	}
	if made, _, _ := strings.Cut(v.Definition, "-b"); made != "" && made != x.anatomy.Definition {
		x.anatomy = indicators.Anatomy{} // today's definition says nothing of a number made by another
	}
	if !x.rows || v.State.Withheld() {
		return nil
	}
	if x.project.settings.Privacy.round() == 0 { // else it would tell the counts before they were rounded
		x.again = &again{}
		if x.again.value, x.again.numerator, x.again.denominator, err = x.anatomy.Recompute(ctx, warehouse); err != nil {
			return err
		}
	}
	for _, r := range x.anatomy.Readings {
		account, err := r.Account(ctx, warehouse)
		if err != nil {
			return err
		}
		x.accounts = append(x.accounts, account)
		if err := x.locate(ctx, warehouse, r); err != nil {
			return err
		}
	}
	return x.describeSample(ctx, warehouse)
}

// firstRows is how many rows of a file are named.
const firstRows = 5

// locate finds which files the rows of a reading stand in, and the first of them.
func (x *explained) locate(ctx context.Context, warehouse *ingest.Warehouse, r indicators.Reading) error {
	var computed []ingest.Computed
	for name, text := range r.Computed {
		computed = append(computed, ingest.Computed{Name: name, SQL: text})
	}
	found, err := warehouse.Meeting(ctx, r.Relation.Name, r.Counts, firstRows, computed...)
	if err != nil {
		return err
	}
	o := ingest.Options{Dir: x.project.dir, Datasets: x.project.datasets, Calendar: x.project.calendar, Adapters: adapters}
	var places []located
	for _, m := range found {
		at, err := warehouse.Addresses(ctx, o, m.Dataset, m.First)
		if err != nil {
			return err
		}
		for _, position := range at {
			places = append(places, located{m.Dataset, position})
		}
	}
	x.meetings, x.places = append(x.meetings, found), append(x.places, places)
	return nil
}

// describeSample counts what the error of a survey value follows from.
func (x *explained) describeSample(ctx context.Context, warehouse *ingest.Warehouse) error {
	s := x.anatomy.Sample
	if s == nil {
		return nil
	}
	r := x.anatomy.Readings[0]
	rows, err := openRows(warehouse)(ctx, r.Relation.Name, r.Computed)
	if err != nil {
		return err
	}
	x.facts, err = s.Describe(ctx, warehouse, rows, r)
	return err
}

// holds reports whether the SQL gives the value that is printed, to within what
// adding up in another order changes.
func (x *explained) holds() bool {
	near := func(a, b float64) bool {
		return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))
	}
	return x.again != nil && near(x.again.value, x.value.Value)
}

// calibrated reports whether the weights of the survey behind the value are made to
// meet population totals: they are worked out anew and stand in no column.
func (x *explained) calibrated() bool {
	s := x.anatomy.Sample
	return s != nil && s.Design.Calibration != nil
}
