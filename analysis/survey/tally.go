package survey

import (
	"context"
	"fmt"

	"pediment/analysis"
)

// term is a quantity of a row whose weighted total is wanted: a column, a level
// of a text column, what value makes of columns, or the number one.
type term struct {
	number string // an expression of number type
	text   string // an expression of text type: the term is 1 where it is level
	level  string

	value          func(numbers []float64, texts []int32) float64
	numbers, texts []string // what value reads
}

// one is the term whose weighted total is the size of the population.
var one = term{}

// tally asks for weighted totals over the rows of a domain, for each combination
// of levels of by. A row of the domain with an unknown (NULL) needed number or
// text does not count; one with an unknown by column is in no group.
type tally struct {
	domain string   // condition; "" is every row
	by     []string // text expressions
	known  []string // number expressions that must be known
	stated []string // text expressions that must be known
	terms  []term
	pairs  [][2]int // Σ w·t_a·t_b wanted too, by index of terms
}

// group is what a tally adds up to for one combination of levels.
type group struct {
	levels  []string    // of by
	n       int64       // rows with all that is needed known and a weight other than 0
	rows    int64       // the same with weights of 0
	missing int64       // rows with something unknown that must be known
	unknown []int64     // rows where a term is unknown, by term: it is left out of the sums
	sums    [][]float64 // Σ w·term, by replicate (0 is the sample itself) and term
	pairs   []float64   // Σ w·t_a·t_b
	df      float64     // PSUs − strata that hold rows of the domain with a weight other than 0, known or not; by replicates, rank − 1

	tally   *tally
	codes   path        // of by
	cells   []cell      // in order of leaves
	cross   [][]float64 // Σ v·x_j·t_k, by regressor and term; under calibration
	present []int64     // PSUs that hold rows of the domain, by stratum
}

// cell is what a group has in one leaf of the frame.
type cell struct {
	leaf   int32
	sums   []float64 // Σ w·term
	rows   int64     // in the domain
	active int64     // among them those with a weight other than 0
}

// tally runs tallies in one reading of the rows. For each it yields its groups in
// order of their levels; a tally without by has exactly one group.
func (s *sample) tally(ctx context.Context, tallies ...*tally) ([][]*group, error) {
	for _, t := range tallies {
		if len(t.by) > len(path{}) {
			return nil, analysis.Problem{Message: fmt.Sprintf("more than %d columns to break down by", len(path{}))}
		}
	}
	plan := newPlan(s, tallies)
	for {
		total, err := plan.run(ctx)
		if err != nil {
			return nil, err
		}
		if plan.rescale(total) {
			continue // read again: values are too large or too small for the usual fixed point
		}
		return plan.groups(total), nil
	}
}
