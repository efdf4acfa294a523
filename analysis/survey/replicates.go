package survey

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// stratumPSUs is what making replicate weights needs to know about a stratum.
type stratumPSUs struct {
	name     string // for messages
	psus     int
	fraction float64 // of the population's PSUs that are in the sample; 0 without finite population correction
}

// certain reports whether the stratum was taken whole: it adds no variance.
func (s stratumPSUs) certain() bool { return s.fraction >= 1 }

// replication is replicate weights: the variance of an estimate θ is
//
//	scale · Σ_r rscales_r · (θ_r − c)²
type replication struct {
	multipliers [][]float64 // by replicate and PSU: factors of the sampling weights, in the order of strata and of PSUs within them
	scale       float64
	rscales     []float64
}

// replicating is the making of replicate weights.
type replicating struct {
	strata []stratumPSUs
	lonely string // as Design.LonelyPSU
	count  int    // replicates asked for; 0 leaves it to the kind
	rho    float64
	seed   uint64
}

// makeReplicates makes the replicate weights of a kind:
//
//	JK1, JKn    each PSU in turn left out, the others of its stratum times n/(n−1)
//	BRR, Fay    one PSU of two times 2−ρ, the other times ρ, by a Hadamard matrix
//	bootstrap   n of n PSUs with replacement (Canty & Davison 1999)
//	subbootstrap  n−1 of n with replacement, times n/(n−1) (Rao & Wu 1988)
//	mrbbootstrap  ⌊n/2⌋ of n without replacement, rescaled (Preston 2009)
//	successive-difference  neighbours in file order (Fay & Train 1995)
//
// The finite population correction is part of JK1, JKn, mrbbootstrap and
// successive-difference and is ignored by the others. Scales are those R's survey
// gives. Draws depend on the seed alone.
func makeReplicates(kind string, m replicating) (replication, error) {
	if err := m.check(kind); err != nil {
		return replication{}, err
	}
	switch kind {
	case "JK1":
		return m.jackknifeOne(), nil
	case "JKn":
		return m.jackknife(), nil
	case "BRR":
		m.rho = 0
		return m.balanced(), nil
	case "Fay":
		return m.balanced(), nil
	case "successive-difference":
		return m.successive(), nil
	}
	return m.bootstrap(kind), nil
}

// replicateKinds are the kinds makeReplicates knows.
func replicateKinds() []string {
	return []string{"JK1", "JKn", "BRR", "Fay", "bootstrap", "subbootstrap", "mrbbootstrap", "successive-difference"}
}

func (m replicating) check(kind string) error {
	known := false
	for _, k := range replicateKinds() {
		known = known || k == kind
	}
	problem := analysis.Problem{}
	switch {
	case !known:
		problem.Message = fmt.Sprintf("there is no kind of replicate weights %q", kind)
		problem.Hint = "write " + strings.Join(replicateKinds(), ", ")
	case m.count < 0 || m.count == 1:
		problem.Message = fmt.Sprintf("%d replicates are asked for", m.count)
		problem.Hint = "ask for 2 or more"
	case kind == "JK1" && len(m.strata) != 1:
		problem.Message = fmt.Sprintf("JK1 is for samples without strata; there are %d", len(m.strata))
		problem.Hint = "use JKn"
	case kind == "Fay" && !(m.rho >= 0 && m.rho < 1):
		problem.Message = fmt.Sprintf("Fay's rho is %v", m.rho)
		problem.Hint = "write a number from 0 up to, but not including, 1; 0.5 is usual"
	case kind == "BRR" || kind == "Fay":
		return m.checkPairs(kind)
	default:
		return m.checkLonely()
	}
	return problem
}

func (m replicating) checkPairs(kind string) error {
	for _, s := range m.strata {
		if s.psus != 2 {
			return analysis.Problem{
				Message: fmt.Sprintf("%s needs two PSUs in every stratum; stratum %q has %d", kind, s.name, s.psus),
				Hint:    "use JKn or a bootstrap",
			}
		}
	}
	return nil
}

func (m replicating) checkLonely() error {
	var names []string
	for _, s := range m.strata {
		if s.psus == 1 && !s.certain() && (m.lonely == "" || m.lonely == "fail") {
			names = append(names, s.name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return &ErrLonely{Strata: names}
}

// psus counts the PSUs of all strata.
func (m replicating) psus() int {
	n := 0
	for _, s := range m.strata {
		n += s.psus
	}
	return n
}

// ones returns so many replicates that leave every weight as it is, for all PSUs.
func (m replicating) ones(replicates int) [][]float64 {
	multipliers := make([][]float64, replicates)
	for r := range multipliers {
		multipliers[r] = m.even(1)
	}
	return multipliers
}

// even returns one replicate with the same multiplier everywhere.
func (m replicating) even(multiplier float64) []float64 {
	row := make([]float64, m.psus())
	for i := range row {
		row[i] = multiplier
	}
	return row
}

// alike returns n rscales.
func alike(n int, rscale float64) []float64 {
	rscales := make([]float64, n)
	for i := range rscales {
		rscales[i] = rscale
	}
	return rscales
}

// balanced is balanced repeated replication with Fay's ρ. Each stratum follows a
// column of a Hadamard matrix other than the first, so replicates are as many as
// its rows, more than strata, and their mean of a total is the total.
func (m replicating) balanced() replication {
	h := hadamard(max(m.count, len(m.strata)+1))
	multipliers := m.ones(len(h))
	for r, signs := range h {
		for s := range m.strata {
			step := (1 - m.rho) * float64(signs[s+1])
			multipliers[r][2*s], multipliers[r][2*s+1] = 1+step, 1-step
		}
	}
	scale := 1 / (float64(len(h)) * (1 - m.rho) * (1 - m.rho))
	return replication{multipliers, scale, alike(len(h), 1)}
}

// successive is successive difference replication with scale 4/R. A PSU follows
// two rows of a Hadamard matrix and shares each with a neighbour:
//
//	1 + √(1−f)·(a_i − a_j)/2^{3/2}
//
// The neighbour of a stratum's last PSU is its first, and no row is shared between
// strata: for a total the variance is ½·Σ(z_i − z_{i+1})² of each stratum. 80
// replicates are made where no number is asked for; once there are more PSUs than
// rows, rows are used again in another order.
func (m replicating) successive() replication {
	const usual = 80 // as the American Community Survey makes
	if m.count == 0 {
		m.count = usual
	}
	h := hadamard(m.count)
	order := rowOrder{rows: len(h) - 1}
	multipliers := m.ones(len(h))
	first := 0
	for _, s := range m.strata {
		step := math.Sqrt(max(0, 1-s.fraction)) * math.Pow(2, -1.5)
		for i := range s.psus {
			a, b := h[order.at(first+i)], h[order.at(first+(i+1)%s.psus)]
			for r := range multipliers {
				multipliers[r][first+i] += step * float64(a[r]-b[r])
			}
		}
		first += s.psus
	}
	return replication{multipliers, 4 / float64(len(h)), alike(len(h), 1)}
}

// rowOrder visits rows 1 … rows of a Hadamard matrix: in order, and then again
// and again by strides that have no divisor in common with their number.
type rowOrder struct{ rows int }

func (o rowOrder) at(i int) int {
	stride := 1
	for range i / o.rows {
		stride++
		for divisor(stride, o.rows) != 1 {
			stride++
		}
	}
	return 1 + i%o.rows*stride%o.rows
}

// divisor is the greatest common divisor.
func divisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
