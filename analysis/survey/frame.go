package survey

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// frame is the sample as drawn: every stratum and sampled unit, whether or not it
// holds anybody of a domain.
//
// Strata are depth 0, PSUs depth 1 and so on; stages after the first only count
// where their population is finite and known. Units are in order of their
// parents and then of their codes, so that the children of a parent stand
// together. Where every row is a PSU there are no units, only strata.
type frame struct {
	columns columns
	rows    int64
	names   []string   // of strata
	parents [][]int32  // by depth − 1: the parent of each unit
	cohorts [][]cohort // by depth: the children of each stratum or unit
	chance  []float64  // of each PSU to be drawn, in a Brewer sample
	paths   *paths     // of the strata and units of rows
	leaves  []int32    // by path
	weights []float64  // of each leaf's rows, where the design gives none
}

// cohort is the sampled children of one stratum or unit.
type cohort struct {
	n int64   // sampled
	f float64 // share of the population that is; 0 without finite population correction
}

// rowwise reports whether every row is a PSU.
func (f *frame) rowwise() bool { return len(f.parents) == 0 }

// size is the number of leaves: units of the last stage, strata when rowwise.
func (f *frame) size() int {
	if f.rowwise() {
		return len(f.names)
	}
	return len(f.parents[len(f.parents)-1])
}

// psu returns the PSU a leaf is part of.
func (f *frame) psu(leaf int32) int32 {
	for k := len(f.parents) - 1; k > 0; k-- {
		leaf = f.parents[k][leaf]
	}
	return leaf
}

// stratum returns the stratum a leaf is part of.
func (f *frame) stratum(leaf int32) int32 {
	if f.rowwise() {
		return leaf
	}
	return f.parents[0][f.psu(leaf)]
}

// findFrame reads the design's columns once and builds the frame.
func (s *sample) findFrame(ctx context.Context) error {
	names, err := s.design.columns()
	if err != nil {
		return err
	}
	c, err := s.takeCensus(ctx, names)
	if err != nil {
		return err
	}
	if err := c.check(s.design, names); err != nil {
		return err
	}
	s.frame, err = s.newFrame(c, names)
	return err
}

// place is a path with the texts it stands for.
type place struct {
	number int32 // of the path
	texts  []string
	found
}

// newFrame sorts what the census found into strata and units.
func (s *sample) newFrame(c *census, names columns) (*frame, error) {
	f := &frame{columns: names, paths: c.paths, leaves: make([]int32, len(c.found))}
	var places []place
	for n, p := range c.paths.all {
		at := place{number: int32(n), found: c.found[n]}
		for k, column := range names.texts() {
			at.texts = append(at.texts, s.rows.Texts(column)[p[k]])
		}
		places = append(places, at)
		f.rows += at.rows
	}
	slices.SortFunc(places, func(a, b place) int { return slices.CompareFunc(a.texts, b.texts, compareCodes) })
	if err := s.checkNesting(places, len(names.strata)); err != nil {
		return nil, err
	}
	f.grow(places)
	return f, f.setFPC(s.design, places)
}

// compareCodes orders numbers by size and other texts by letters.
func compareCodes(a, b string) int {
	return cmp.Or(cmp.Compare(wholeNumber(a), wholeNumber(b)), strings.Compare(a, b))
}

// wholeNumber is the value of a text of digits, −1 for every other text.
func wholeNumber(text string) int64 {
	n := int64(-1)
	for k, r := range text {
		if r < '0' || r > '9' || k > 17 {
			return -1
		}
		n = max(n, 0)*10 + int64(r-'0')
	}
	return n
}

// checkNesting sees that no PSU stands in two strata unless codes repeat.
func (s *sample) checkNesting(places []place, strata int) error {
	if s.design.Nest || strata == 0 || len(places) == 0 || len(places[0].texts) == strata {
		return nil
	}
	home := map[string][]string{}
	for _, p := range places {
		psu, stratum := p.texts[strata], p.texts[:strata]
		if have, known := home[psu]; known && !slices.Equal(have, stratum) {
			return analysis.Problem{
				Message: fmt.Sprintf("design: PSU %q is in stratum %q and in stratum %q", psu, strings.Join(have, " "), strings.Join(stratum, " ")),
				Hint:    "declare nest if PSU codes repeat from stratum to stratum, else correct the strata",
			}
		}
		home[psu] = stratum
	}
	return nil
}

// grow numbers strata and units in order.
func (f *frame) grow(places []place) {
	depth := len(f.columns.ids)
	f.parents, f.cohorts = make([][]int32, depth), make([][]cohort, depth+1)
	var last []string
	for _, p := range places {
		for d := 0; d <= depth; d++ {
			upTo := len(f.columns.strata) + d
			if last != nil && slices.Equal(last[:upTo], p.texts[:upTo]) {
				continue
			}
			if d == 0 {
				f.names = append(f.names, strings.Join(p.texts[:upTo], " "))
			} else {
				parent := int32(len(f.cohorts[d-1]) - 1)
				f.parents[d-1] = append(f.parents[d-1], parent)
				f.cohorts[d-1][parent].n++
			}
			f.cohorts[d] = append(f.cohorts[d], cohort{})
			last = nil
		}
		last = p.texts
		leaf := len(f.cohorts[depth]) - 1
		f.leaves[p.number] = int32(leaf)
		f.cohorts[depth][leaf].n += p.rows // rows in it; only counts when rowwise
	}
}

// setFPC sets the sampled share of every cohort, and the rows' weights where the
// design gives none.
func (f *frame) setFPC(d Design, places []place) error {
	if d.PPS != "" {
		return f.setChances(places)
	}
	f.weights = make([]float64, f.size())
	for k := range f.weights {
		f.weights[k] = 1
	}
	for _, p := range places {
		leaf := f.leaves[p.number]
		for stage := range f.columns.fpc {
			at := leaf
			for k := len(f.parents) - 1; k >= stage; k-- {
				at = f.parents[k][at]
			}
			share, err := f.share(&f.cohorts[stage][at], p.low[stage], p.high[stage], f.columns.fpc[stage], p, d.FPCKind)
			if err != nil {
				return err
			}
			f.weights[leaf] /= share
		}
	}
	return nil
}

// share notes the sampled share of a cohort and checks that it has just one.
func (f *frame) share(c *cohort, low, high float64, column string, p place, kind string) (float64, error) {
	share := high
	if kind == "population" || kind == "" && high > 1 {
		share = float64(c.n) / high
	}
	in := ""
	if len(p.texts) > 0 {
		in = fmt.Sprintf(" in %q", strings.Join(p.texts, " "))
	}
	switch {
	case low != high || c.f != 0 && c.f != share:
		return 0, analysis.Problem{Message: fmt.Sprintf("design: %s differs within one stratum or unit%s", column, in), Hint: "the rows drawn together share one population"}
	case share > 1:
		return 0, analysis.Problem{Message: fmt.Sprintf("design: %s is %v%s, but %d units were sampled there", column, high, in, c.n), Hint: "a population cannot be smaller than its sample"}
	}
	c.f = share
	return share, nil
}

// setChances sets each PSU's probability in a Brewer sample.
func (f *frame) setChances(places []place) error {
	if f.rowwise() || len(f.columns.fpc) == 0 {
		return analysis.Problem{Message: "design: pps: brewer needs PSUs and their probabilities", Hint: "name the PSU column in ids and the column of probabilities in fpc"}
	}
	f.chance, f.weights = make([]float64, f.size()), make([]float64, f.size())
	for _, p := range places {
		low, high := p.low[0], p.high[0]
		if low != high || high > 1 {
			return analysis.Problem{Message: fmt.Sprintf("design: %s is not one probability within PSU %q", f.columns.fpc[0], strings.Join(p.texts, " ")), Hint: "fpc of a Brewer sample is each PSU's probability of being drawn"}
		}
		f.chance[f.leaves[p.number]], f.weights[f.leaves[p.number]] = high, 1/high
	}
	return nil
}
