package costbenefit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"pediment/analysis"
)

// Uncertainty is how sure an appraisal's verdict is. Amounts are net present
// values in prices of the price base.
type Uncertainty struct {
	Draws        int   // of the Monte Carlo, 0 when no input has a distribution
	Seed         int64 // that leads to the same draws again
	Drawn        []int // inputs drawn
	Correlations []Correlation
	Options      []OptionUncertainty
	Scenarios    []ScenarioOutcome // the base first
	Everything   Information       // worth of knowing every drawn input before choosing among all options
	Knowing      []Knowledge       // worth of knowing one, by drawn input
	model        *Model
}

// OptionUncertainty is how sure the verdict on one option is.
type OptionUncertainty struct {
	NPV           float64 // at the inputs' own values
	Spread                // over the draws
	Bins          []Bin
	Contributions []Contribution // the greatest share first
	Everything    Information    // worth of knowing every drawn input before deciding on this option alone
	Sensitivities []Sensitivity
	Lines         []LineSwitch
}

// uncertainty tests the model's inputs one by one, in scenarios and, where inputs
// have distributions, by Monte Carlo. progress, which may be nil, hears of draws.
// The error is ctx's when it ends, or a problem that people can mend.
func (m *Model) uncertainty(ctx context.Context, progress func(done, total int)) (Uncertainty, error) {
	o := m.Compute(m.Values())
	u := Uncertainty{model: m, Scenarios: m.scenarioOutcomes(), Drawn: m.drawnInputs()}
	sensitivities, lines := m.sensitivities(), m.lineSwitches(o)
	for i := range o.Options {
		u.Options = append(u.Options, OptionUncertainty{NPV: o.Options[i].NPV, Sensitivities: sensitivities[i], Lines: lines[i]})
	}
	if len(u.Drawn) == 0 || len(u.Options) == 0 {
		return u, ctx.Err()
	}
	return u, u.simulate(ctx, progress)
}

// drawnInputs are the inputs that have a distribution and enter an NPV.
func (m *Model) drawnInputs() []int {
	var drawn []int
	for i, input := range m.Inputs {
		if input.Draw.Drawn() && len(m.roles(i)) > 0 {
			drawn = append(drawn, i)
		}
	}
	return drawn
}

// simulate runs the Monte Carlo and sums it up.
func (u *Uncertainty) simulate(ctx context.Context, progress func(done, total int)) error {
	m := u.model
	u.Draws = cmp.Or(m.Appraisal.Simulation.Draws, defaultDraws)
	u.Seed = cmp.Or(m.Appraisal.Simulation.Seed, 1)
	together, applied, err := m.newDependence(u.Drawn)
	if err != nil {
		return err
	}
	u.Correlations = applied
	distributions, few := make([]Distribution, len(u.Drawn)), make([]bool, len(u.Drawn))
	for k, input := range u.Drawn {
		distributions[k] = m.Inputs[input].Draw
		few[k] = distributions[k].Kind == "discrete"
	}
	s, err := simulate(ctx, newDrawing(u.Seed, u.Drawn, distributions, together),
		m.Values(), u.Draws, len(u.Options), workers(), m.sampler(u.Drawn), progress)
	if err != nil {
		return m.noResult(err)
	}
	return u.sumUp(ctx, s, few)
}

func (u *Uncertainty) sumUp(ctx context.Context, s sample, few []bool) error {
	all := newChoice(len(u.Options), u.model.excludes)
	by, knowing, err := contributions(ctx, s, few, all, workers())
	if err != nil {
		return err
	}
	for o := range u.Options {
		option := &u.Options[o]
		option.Spread = spread(s.result[o])
		option.Bins = histogram(s.result[o])
		option.Everything = single(o).perfectInformation(s.result)
		for k, c := range by[o] {
			c.Input = u.Drawn[k]
			if u.model.moves(c.Input, o) {
				option.Contributions = append(option.Contributions, c)
			}
		}
		shareOut(option.Contributions)
		slices.SortStableFunc(option.Contributions, func(a, b Contribution) int { return descending(a.Share, b.Share) })
	}
	for k := range knowing {
		knowing[k].Input = u.Drawn[k]
	}
	u.Knowing, u.Everything = knowing, all.perfectInformation(s.result)
	return nil
}

// noResult turns a draw without a result into a problem of the file.
func (m *Model) noResult(err error) error {
	var draw noResult
	if !errors.As(err, &draw) {
		return err
	}
	return analysis.Problems{{
		Position: m.Appraisal.At,
		Message:  fmt.Sprintf("the simulation has no net present value in draw %d: some drawn value makes no sense", draw.draw+1),
		Hint:     "keep drawn rates above -100 % and other values where they can be: distribution: truncated, with low and high",
	}}
}
