package survey

import (
	"fmt"

	"pediment/analysis"
)

// replicates is the replicate weights a design is carried by.
type replicates struct {
	columns     []string    // of the rows, where the weights are given
	combined    bool        // they hold the sampling weight already
	multipliers [][]float64 // by replicate and PSU, where they are made here
	scale       float64
	rscales     []float64
	mse         bool
}

// count is the number of replicates; 0 for nil.
func (r *replicates) count() int {
	if r == nil {
		return 0
	}
	return len(r.columns) + len(r.multipliers)
}

// weight is the weight of a row in replicate k, before calibration.
func (r *replicates) weight(k int, base float64, psu int32, given [][]float64, row int) float64 {
	switch {
	case r.multipliers != nil:
		return base * r.multipliers[k][psu]
	case r.combined:
		return given[k][row]
	}
	return base * given[k][row]
}

// spread is the covariance matrix of statistics from their values by replicate,
// of which the first is the sample's own:
//
//	V = scale · Σ_r rscale_r · (θ_r − c)(θ_r − c)'
//
// c is the mean of the replicates whose rscale is above 0, or the sample's own
// value with mse. Replicates with an unknown value are left out.
func (r *replicates) spread(theta [][]float64) [][]float64 {
	v := zeros(len(theta[0]))
	centre := r.centre(theta)
	for k, row := range theta[1:] {
		for a, x := range row {
			for b, y := range row {
				if product := r.scale * r.rscales[k] * (x - centre[a]) * (y - centre[b]); product == product {
					v[a][b] += product
				}
			}
		}
	}
	return v
}

func (r *replicates) centre(theta [][]float64) []float64 {
	if r.mse {
		return theta[0]
	}
	centre := make([]float64, len(theta[0]))
	for a := range centre {
		n := 0.0
		for k, row := range theta[1:] {
			if r.rscales[k] > 0 && row[a] == row[a] {
				n++
				centre[a] += row[a]
			}
		}
		centre[a] /= n
	}
	return centre
}

// findReplicates settles which replicate weights there are.
func (s *sample) findReplicates() error {
	d := s.design.Replicates
	if d.Type == "" {
		return nil
	}
	if d.Type != "replicate" {
		return analysis.Problem{Message: fmt.Sprintf("design: type %q is not known", d.Type), Hint: "write replicate, or leave it out for linearisation"}
	}
	if d.Kind == "Fay" && !(d.Rho > 0 && d.Rho < 1) && d.Scale == nil {
		return analysis.Problem{Message: "design: Fay's method needs rho", Hint: "give rho, between 0 and 1, as the survey's documentation states it; 0 is BRR"}
	}
	r := &replicates{columns: d.columns(), combined: d.Combined, rscales: d.RScales, mse: d.MSE}
	if len(r.columns) == 0 {
		return s.makeReplicates(r)
	}
	if d.Scale != nil {
		r.scale = *d.Scale
	} else if scale, ok := usualReplicateScale(d.Kind, len(r.columns), d.Rho); ok {
		r.scale = scale
	} else {
		return analysis.Problem{Message: fmt.Sprintf("design: replicate weights of type %q need a scale", d.Kind), Hint: "give scale, and rscales where replicates differ, as the survey's documentation states them"}
	}
	return r.checkScales(s)
}

// checkScales sees that every replicate has a scale.
func (r *replicates) checkScales(s *sample) error {
	if len(r.rscales) == 0 {
		for range r.count() {
			r.rscales = append(r.rscales, 1)
		}
	}
	if len(r.rscales) != r.count() {
		return analysis.Problem{Message: fmt.Sprintf("design: %d rscales for %d replicates", len(r.rscales), r.count()), Hint: "give one a replicate, or none"}
	}
	s.replicates = r
	return nil
}

// columns are the columns of the rows that hold replicate weights.
func (d Replicates) columns() []string {
	if len(d.Columns) > 0 || d.Prefix == "" {
		return d.Columns
	}
	var names []string
	for k := range d.Count {
		names = append(names, fmt.Sprintf("%s%d", d.Prefix, k+1))
	}
	return names
}

// usualReplicateScale is the scale that goes with a kind of replicate weights
// where the survey does not state another.
func usualReplicateScale(kind string, n int, rho float64) (scale float64, ok bool) {
	r := float64(n)
	switch kind {
	case "JK1":
		return (r - 1) / r, true
	case "BRR":
		return 1 / r, true
	case "Fay":
		return 1 / (r * (1 - rho) * (1 - rho)), true
	case "successive-difference":
		return 4 / r, true
	}
	return 0, false
}

// makeReplicates makes replicate weights from the strata and PSUs of the frame.
func (s *sample) makeReplicates(r *replicates) error {
	if s.frame.rowwise() {
		return analysis.Problem{Message: "design: replicate weights are made from PSUs, and none are declared", Hint: "name the column of PSUs in ids; a row number does where every row was drawn by itself"}
	}
	m := replicating{lonely: s.design.LonelyPSU, count: s.design.Count, rho: s.design.Rho, seed: s.design.Seed}
	for h, name := range s.frame.names {
		c := s.frame.cohorts[0][h]
		m.strata = append(m.strata, stratumPSUs{name: name, psus: int(c.n), fraction: c.f})
	}
	made, err := makeReplicates(s.design.Kind, m)
	if err != nil {
		return err
	}
	if len(made.multipliers) == 0 {
		return analysis.Problem{Message: "design: no replicate weights can be made: no PSU can be left out", Hint: "use linearisation, or declare lonely_psu where strata have one PSU"}
	}
	r.multipliers, r.scale = made.multipliers, made.scale
	if len(r.rscales) == 0 {
		r.rscales = made.rscales
	}
	if s.design.Scale != nil {
		r.scale = *s.design.Scale
	}
	return r.checkScales(s)
}
