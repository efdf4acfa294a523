package composite

import (
	"fmt"
	"slices"

	"pediment/analysis"
)

// Build makes the index and how sure it is. What keeps it from being made comes
// back as analysis.Problems: too little data, a factor that was to vary and
// cannot, indicators that are defined differently. Observations are not changed;
// the same setup gives the same result on any number of processors.
func Build(s Setup) (analysis.Result, error) {
	s = s.withDefaults()
	if problems := s.check(); len(problems) > 0 {
		return analysis.Result{}, problems.Err()
	}
	left := s.leaveOut()
	p := newPanel(&s)
	kept := p.screen(&s, s.Impute)
	kept.left = append(left, kept.left...)
	if problem := s.thin(kept); problem.Message != "" {
		return analysis.Result{}, analysis.Problems{problem}
	}
	if problem := s.crowded(kept); problem.Message != "" {
		return analysis.Result{}, analysis.Problems{problem}
	}
	m := newModel(&s, p, kept)
	m.weigh()
	varied, fixed, problems := m.factors()
	if len(problems) > 0 {
		return analysis.Result{}, problems.Err()
	}
	b := &built{model: m, sim: m.simulate(varied), varied: varied, fixed: fixed}
	b.pairs, b.changes = m.pairs(b.sim), m.changes(b.sim)
	return b.result(), nil
}

// leaveOut removes the units that are left out by declaration.
func (s *Setup) leaveOut() (left []excluded) {
	var units []Unit
	for _, u := range s.Units {
		if slices.Contains(s.Without, u.Code) {
			left = append(left, excluded{s.Word, u.Code, u.Name, "", "left out by declaration"})
			continue
		}
		units = append(units, u)
	}
	s.Units = units
	return left
}

// built is an index and all that is told of it.
type built struct {
	*model
	sim           *simulation
	varied, fixed []factor
	pairs         []pair
	changes       []movement
}

// thin is the problem of an index of which screening leaves too little.
func (s *Setup) thin(kept screened) analysis.Problem {
	problem := analysis.Problem{Position: s.At, Hint: "lower the shares under screening, fill gaps with impute, or name fewer indicators or periods"}
	units := map[int]int{}
	for _, r := range kept.rows {
		units[r.period]++
	}
	switch {
	case len(kept.indicators) == 0:
		problem.Message = "index: no indicator passes screening"
		if len(kept.left) > 0 {
			problem.Message += fmt.Sprintf("; the first, %s, %s", kept.left[0].code, kept.left[0].reason)
		}
		return problem
	case len(kept.shown) == 0:
		problem.Message = "index: there are no values to put together"
		return problem
	}
	for _, t := range kept.shown {
		if units[t] < 2 {
			problem.Message = fmt.Sprintf("index: %d of %d %s pass screening in %s", units[t], len(s.Units), s.Words, s.Periods[t])
			return problem
		}
	}
	return analysis.Problem{}
}

// mostKept is how many scores a simulation keeps: of each unit, period and draw.
const mostKept = 20_000_000

// crowded is the problem of more draws than there is room for.
func (s *Setup) crowded(kept screened) analysis.Problem {
	most := mostKept / max(len(kept.rows), 1) / 100 * 100
	if s.Draws <= max(most, 1000) {
		return analysis.Problem{}
	}
	return analysis.Problem{
		Position: s.At, Hint: fmt.Sprintf("write at most %d draws, or fewer periods", max(most, 1000)),
		Message: fmt.Sprintf("index: draws: there is no room for %d of %d scores, of each of the %s in each period", s.Draws, len(kept.rows), s.Words),
	}
}
