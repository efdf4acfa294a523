package costbenefit

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"pediment/analysis"
)

// dependence ties some of the uniform numbers of a draw together by a Gaussian
// copula; the others stay independent.
type dependence struct {
	members []int       // places in the draw
	root    [][]float64 // lower triangle: root · rootᵀ is the correlation of the normal scores
}

// correlate gives the members of u the wanted rank correlation and leaves each
// uniform.
func (d dependence) correlate(u []float64) {
	if len(d.members) == 0 {
		return
	}
	var few [16]float64
	z := few[:0]
	for _, k := range d.members {
		z = append(z, mathext.NormalQuantile(u[k]))
	}
	for i, k := range d.members {
		sum := 0.0
		for j, weight := range d.root[i] {
			sum += weight * z[j]
		}
		u[k] = min(max(normalBelow(sum), 0x1p-53), 1-0x1p-53)
	}
}

// newDependence reads the model's rank correlations, and returns those that are
// among the drawn inputs. It returns a problem where no draws can have all of
// them at once.
func (m *Model) newDependence(drawn []int) (dependence, []Correlation, error) {
	place := map[string]int{}
	for k, input := range drawn {
		place[m.Inputs[input].ID] = k
	}
	var d dependence
	index := map[int]int{}
	member := func(k int) int {
		if _, have := index[k]; !have {
			index[k] = len(d.members)
			d.members = append(d.members, k)
		}
		return index[k]
	}
	ranks := map[[2]int]float64{}
	applied := m.appliedCorrelations(place)
	for _, c := range applied {
		i, j := member(place[c.Between[0]]), member(place[c.Between[1]])
		ranks[[2]int{max(i, j), min(i, j)}] = c.Correlation
	}
	if len(d.members) == 0 {
		return d, nil, nil
	}
	root, ok := copulaRoot(len(d.members), ranks)
	if !ok {
		return d, nil, analysis.Problems{{
			Position: m.Appraisal.Correlations[0].At,
			Message:  "the correlations contradict each other: no draws can have all of them at once",
			Hint:     "bring the strongest closer to 0",
		}}
	}
	d.root = root
	return d, applied, nil
}

// appliedCorrelations are those between two different inputs that are both drawn.
func (m *Model) appliedCorrelations(place map[string]int) []Correlation {
	var applied []Correlation
	for _, c := range m.Appraisal.Correlations {
		if len(c.Between) != 2 || c.Between[0] == c.Between[1] {
			continue
		}
		_, first := place[c.Between[0]]
		_, second := place[c.Between[1]]
		if first && second {
			applied = append(applied, c)
		}
	}
	return applied
}

// copulaRoot turns rank correlations (row above column) into those of normal
// scores, 2·sin(πρ/6), and takes the Cholesky root. ok is false where the matrix
// is not positive semi-definite. Formula: Pearson, On further methods of
// determining correlation, Drapers' Company Research Memoirs IV (1907).
func copulaRoot(n int, ranks map[[2]int]float64) (root [][]float64, ok bool) {
	const slack = 1e-10
	root = make([][]float64, n)
	for i := range n {
		root[i] = make([]float64, i+1)
		for j := range i {
			rest := ofNormals(ranks[[2]int{i, j}])
			for k := range j {
				rest -= root[i][k] * root[j][k]
			}
			switch {
			case root[j][j] > 0:
				root[i][j] = rest / root[j][j]
			case math.Abs(rest) > math.Sqrt(slack):
				return nil, false
			}
		}
		left := 1.0
		for k := range i {
			left -= root[i][k] * root[i][k]
		}
		if left < -slack {
			return nil, false
		}
		if left > slack {
			root[i][i] = math.Sqrt(left)
		}
	}
	return root, true
}
