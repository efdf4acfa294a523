package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// appraiseOptions are the flags of appraise.
type appraiseOptions struct {
	option, scenario string
	set              []string // id=value
	values           map[string]string
	draws            int
	seed             int64
	asOf             string
	day              time.Time // that asOf names
	table, output    string
}

// apply puts the values, scenario and simulation asked for in place of what the
// files say. The files' own appraisals are not changed.
func (d *dossier) apply(o appraiseOptions) error {
	if err := d.choose(o); err != nil {
		return err
	}
	d.set = map[string]string{}
	for k, appraisal := range d.list {
		changed := *appraisal
		if o.draws > 0 {
			changed.Simulation.Draws = o.draws
		}
		if o.seed != 0 {
			changed.Simulation.Seed = o.seed
		}
		for _, s := range changed.Scenarios {
			if s.ID != o.scenario || o.scenario == "" {
				continue
			}
			for id, value := range s.Set {
				d.set[id] = value.Value
			}
			changed.Funding = slices.DeleteFunc(slices.Clone(changed.Funding), func(f costbenefit.Fund) bool { return slices.Contains(s.Without, f.Source) })
		}
		d.list[k] = &changed
	}
	maps.Copy(d.set, o.values)
	return nil
}

// choose leaves the appraisals that have the option and scenario asked for, and
// refuses what none of them has.
func (d *dossier) choose(o appraiseOptions) error {
	d.list = slices.Clone(d.list)
	var options, scenarios []string
	for _, a := range d.list {
		for _, x := range a.Options {
			options = append(options, x.ID)
		}
		for _, x := range a.Scenarios {
			scenarios = append(scenarios, x.ID)
		}
	}
	if o.option != "" && !slices.Contains(options, o.option) {
		return unknownID("--option", "option", o.option, options)
	}
	if o.scenario != "" && !slices.Contains(scenarios, o.scenario) {
		return unknownID("--scenario", "scenario", o.scenario, scenarios)
	}
	d.list = slices.DeleteFunc(d.list, func(a *costbenefit.Appraisal) bool {
		return o.option != "" && !slices.ContainsFunc(a.Options, func(x costbenefit.Option) bool { return x.ID == o.option }) ||
			o.scenario != "" && !slices.ContainsFunc(a.Scenarios, func(x costbenefit.Scenario) bool { return x.ID == o.scenario })
	})
	return nil
}

// compile makes the appraisals' models as of a day; every mistake comes at once.
func (d *dossier) compile(ctx context.Context, day time.Time) ([]*costbenefit.Model, analysis.Problems) {
	d.live = &live{app: d.app, project: d.project, asOf: day}
	if d.unmeasured == nil && d.heard == nil {
		d.live.gather(d.list...)
	}
	setup := d.setup(ctx, day)
	var models []*costbenefit.Model
	var problems analysis.Problems
	for _, a := range d.list {
		model, mistakes := costbenefit.Compile(a, setup)
		problems = append(problems, mistakes...)
		models = append(models, model)
	}
	if len(d.set) == 0 || len(problems) > 0 {
		return models, problems.Sorted()
	}
	for k, m := range models {
		setup.Set = d.settingsOf(m)
		model, mistakes := costbenefit.Compile(d.list[k], setup)
		problems = append(problems, mistakes...)
		models[k] = model
	}
	return models, problems.Sorted()
}

// settingsOf are the values tried that the model has inputs for.
func (d *dossier) settingsOf(m *costbenefit.Model) map[string]string {
	set := map[string]string{}
	for _, input := range m.Inputs {
		if value, ok := d.set[input.ID]; ok {
			set[input.ID] = value
		}
	}
	return set
}

// setup is what an appraisal gets from outside.
func (d *dossier) setup(ctx context.Context, day time.Time) costbenefit.Setup {
	s := costbenefit.Setup{
		Deflators: d.project.deflators, Currency: d.project.settings.Currency, AsOf: day,
		Indicator: func(link costbenefit.IndicatorLink) (costbenefit.Value, error) { return d.live.Indicator(ctx, link) },
		Residents: func(count costbenefit.Residents) (costbenefit.Value, error) { return d.live.Residents(ctx, count) },
	}
	if d.unmeasured != nil {
		s.Indicator = func(costbenefit.IndicatorLink) (costbenefit.Value, error) { return costbenefit.Value{}, d.unmeasured }
		s.Residents = func(costbenefit.Residents) (costbenefit.Value, error) { return costbenefit.Value{}, d.unmeasured }
	}
	d.remember(&s)
	return s
}

var errNoCity = errors.New("there is no city to measure it in; run pediment in the city's folder, or name it with -C")

// knowsAll refuses a value tried that no appraisal has an input for.
func (d *dossier) knowsAll(models []*costbenefit.Model) error {
	var known []string
	for _, m := range models {
		for _, input := range m.Inputs {
			known = append(known, input.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(d.set)) {
		if !slices.Contains(known, id) {
			return unknownID("--set", "assumption", id, known)
		}
	}
	return nil
}

func list(words []string) string { return strings.Join(words, ", ") }

// unknownID reports an id nothing has, with the nearest that something has.
func unknownID(flag, what, id string, known []string) error {
	slices.Sort(known)
	hint := cmp.Or(analysis.Suggest(id, known), "there are "+list(slices.Compact(known)))
	if len(known) == 0 {
		hint = "there are none"
	}
	return usageError{fmt.Errorf("%s: no %s %q (%s)", flag, what, id, hint)}
}
