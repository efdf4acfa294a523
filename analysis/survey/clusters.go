package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// clusterKeys returns the columns that tell apart the units of the stage whose
// rows are to have one weight ratio.
func (f *fitting) clusterKeys() ([]string, error) {
	if f.AggregateStage > len(f.design.IDs) {
		return nil, analysis.Problem{
			Message: fmt.Sprintf("calibration is aggregated at stage %d, the design has %d", f.AggregateStage, len(f.design.IDs)),
			Hint:    "set aggregate_stage to a stage that ids names",
		}
	}
	keys := slices.Clone(f.design.IDs[:f.AggregateStage])
	if f.design.Nest {
		keys = slices.Concat(f.design.Strata, keys)
	}
	return keys, nil
}

// byCluster fits to the clusters' means of x and sums of weights, so that all rows
// of a cluster change alike: a row's x becomes its cluster's mean.
func (f *fitting) byCluster(ctx context.Context, s *search, a *adjustment, in *inspection) error {
	keys, err := f.clusterKeys()
	if err != nil {
		return err
	}
	x, weights, err := f.clusterMeans(ctx, s.regression, keys, in)
	if err != nil {
		return err
	}
	s.hold(x, weights)
	a.numbers, a.texts = nil, keys
	a.place = func(_ []float64, texts []int32, into []regressor) []regressor {
		if cluster := in.keys.number(texts); cluster >= 0 {
			into = append(into, x[cluster]...)
		}
		return into
	}
	return nil
}

// clusterSums is what one worker adds up by cluster.
type clusterSums struct {
	g          *regression
	keys       *combinations
	key        int       // texts of the key
	unitX      []float64 // bring x and weights to the scale of the sums
	unitW      float64
	rows       []int64
	x, weights []exact // term by term in each cluster, cluster by cluster in each replicate
}

// clusterMeans returns the unweighted means of x and the sums of weights by
// replicate, over the rows of each cluster that take part.
func (f *fitting) clusterMeans(ctx context.Context, g *regression, keys []string, in *inspection) ([][]regressor, [][]float64, error) {
	n, p := len(in.keys.codes), len(g.names)
	scaleX, scaleW := scaling(1, in.rows), scaling(slices.Max(in.weight), in.rows)
	parts := make([]clusterSums, f.rows.Workers())
	for w := range parts {
		parts[w] = clusterSums{g, in.keys, len(keys), powers(g.largest), math.Ldexp(1, scaleW), make([]int64, n), make([]exact, n*p), make([]exact, n*(f.replicates+1))}
		for j := range parts[w].unitX {
			parts[w].unitX[j] *= math.Ldexp(1, scaleX)
		}
	}
	err := f.sample.each(ctx, g.numbers, slices.Concat(keys, g.texts), func(worker int, b portion) error {
		parts[worker].add(b)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	whole := parts[0]
	for _, part := range parts[1:] {
		addAll(whole.x, part.x)
		addAll(whole.weights, part.weights)
		for i, rows := range part.rows {
			whole.rows[i] += rows
		}
	}
	var weights [][]float64
	for replicate := range f.replicates + 1 {
		weights = append(weights, rounded(whole.weights[replicate*n:(replicate+1)*n], scaleW))
	}
	return whole.means(), weights, nil
}

func (c *clusterSums) add(p portion) {
	var x []regressor
	numbers, texts := make([]float64, len(p.Numbers)), make([]int32, len(p.Texts))
	for i := range p.Rows {
		if !takesPart(p.weights, i) {
			continue
		}
		rowOf(p.Texts, i, texts)
		cluster := c.keys.number(texts[:c.key])
		c.rows[cluster]++
		x = c.g.regressors(rowOf(p.Numbers, i, numbers), texts[c.key:], x[:0])
		for _, r := range x {
			c.x[cluster*len(c.unitX)+r.index].add(fixed(r.value * c.unitX[r.index]))
		}
		for replicate, column := range p.weights {
			if w := column[i]; !math.IsNaN(w) {
				c.weights[replicate*len(c.rows)+cluster].add(fixed(w * c.unitW))
			}
		}
	}
}

// means returns x of each cluster.
func (c *clusterSums) means() [][]regressor {
	x := make([][]regressor, len(c.rows))
	for cluster, rows := range c.rows {
		for j, unit := range c.unitX {
			if sum := c.x[cluster*len(c.unitX)+j].float(0); sum != 0 {
				x[cluster] = append(x[cluster], regressor{j, sum / unit / float64(rows)})
			}
		}
	}
	return x
}
