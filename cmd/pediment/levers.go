package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/reports"
)

// levers computes the appraisals of a report again with some of their numbers
// moved, as appraise --set does. It asks the data nothing: indicators keep the values
// the report has.
type levers struct {
	work *work // of the report, with its appraisals

	mu    sync.Mutex
	lists map[string][]reports.Lever // by appraisal, as the report has them
	done  map[string]appraised       // by appraisal and what is moved
	order []string                   // of done, oldest first
}

func newLevers(w *work) *levers {
	return &levers{work: w, lists: map[string][]reports.Lever{}, done: map[string]appraised{}}
}

// keptAnswers is how many computed appraisals are kept for those who ask the same.
const keptAnswers = 64

// leverDraws is the most draws of an appraisal with levers moved: an answer is to
// come while the hand is still on the slider.
const leverDraws = 2000

// appraise computes an appraisal with levers moved, by their ids, as a chapter, and
// lists its levers as they stand.
func (l *levers) appraise(ctx context.Context, name string, moved map[string]float64) (reports.Chapter, []reports.Lever, error) {
	given, list, err := l.settled(name, moved)
	if err != nil {
		return reports.Chapter{}, nil, err
	}
	now, err := l.computed(ctx, given, list)
	problems, err := asProblems(err)
	switch {
	case err != nil:
		return reports.Chapter{}, nil, err
	case len(problems) > 0:
		return l.impossible(given, problems), list, nil
	}
	c := l.work.appraisalChapter(now).Chapter
	if len(movedOf(list)) > 0 {
		c.Workbook = "" // the one beside the report has other values
		c.Findings = append(beforeAndAfter(given.model, now.model), c.Findings...)
	}
	return c, list, nil
}

// workbook writes the appraisal with levers moved as a workbook that recalculates.
func (l *levers) workbook(ctx context.Context, name string, moved map[string]float64) ([]byte, error) {
	given, list, err := l.settled(name, moved)
	if err != nil {
		return nil, err
	}
	now, err := l.computed(ctx, given, list)
	if err != nil {
		return nil, err
	}
	book, err := now.model.Workbook(now.result)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = reports.Spreadsheet(&out, book, engine(), l.work.project.settings.Language)
	return out.Bytes(), err
}

// settled finds the appraisal and puts its levers where they are moved to.
func (l *levers) settled(name string, moved map[string]float64) (appraised, []reports.Lever, error) {
	var names []string
	for _, one := range l.work.appraisals {
		if names = append(names, one.model.Appraisal.Name); one.model.Appraisal.Name == name {
			list, err := movedTo(l.list(one), moved)
			return one, list, err
		}
	}
	return appraised{}, nil, analysis.Problem{Message: fmt.Sprintf("no appraisal %q in the report", name), Hint: analysis.Suggest(name, names)}
}

// computed is the appraisal with its levers where they stand.
func (l *levers) computed(ctx context.Context, given appraised, list []reports.Lever) (appraised, error) {
	set := movedOf(list)
	if len(set) == 0 {
		return given, nil
	}
	key := given.model.Appraisal.Name
	for _, id := range slices.Sorted(maps.Keys(set)) {
		key += "\x00" + id + "=" + set[id]
	}
	if one, known := l.known(key); known {
		return one, nil
	}
	d := l.dossier(given, set)
	one, err := d.appraise(ctx, given.model.AsOf)
	if err != nil {
		return appraised{}, err
	}
	l.keep(key, one[0])
	return one[0], nil
}

// dossier is the appraisal with values set, its horizon among them.
func (l *levers) dossier(given appraised, set map[string]string) *dossier {
	changed := *given.model.Appraisal
	changed.Simulation.Draws = min(changed.Simulation.Draws, leverDraws)
	set = maps.Clone(set)
	if year, moved := set[horizonLever]; moved {
		fmt.Sscan(year, &changed.LastYear)
		delete(set, horizonLever)
	}
	quiet := *l.work.app
	quiet.quiet = true
	return &dossier{app: &quiet, project: l.work.project, list: []*costbenefit.Appraisal{&changed}, set: set, heard: maps.Clone(given.heard)}
}

func (l *levers) known(key string) (appraised, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one, known := l.done[key]
	return one, known
}

// keep keeps an answer and forgets the oldest.
func (l *levers) keep(key string, one appraised) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, twice := l.done[key]; twice {
		return
	}
	if len(l.order) == keptAnswers {
		delete(l.done, l.order[0])
		l.order = l.order[1:]
	}
	l.done[key], l.order = one, append(l.order, key)
}

// withTheseValues is what findings about moved levers are about.
const withTheseValues = "with these values"

// beforeAndAfter says for each option how the verdict stands and how it stood.
func beforeAndAfter(before, after *costbenefit.Model) []reports.Finding {
	was, is := before.Compute(before.Values()), after.Compute(after.Values())
	var list []reports.Finding
	for k, option := range after.Appraisal.Options {
		turns := "; the verdict stays"
		if (was.Options[k].NPV < 0) != (is.Options[k].NPV < 0) {
			turns = ": the verdict turns"
		}
		list = append(list, reports.Finding{About: withTheseValues, Text: fmt.Sprintf("%s: as the appraisal stands %s; with these values %s%s.",
			option.Name, before.Balance(was, k), after.Balance(is, k), turns)})
	}
	return list
}

// impossible is the chapter of values that cannot stand together.
func (l *levers) impossible(given appraised, problems analysis.Problems) reports.Chapter {
	a := given.model.Appraisal
	c := reports.Chapter{Part: reports.Money, Code: "appraisal_" + a.Name, Title: "Appraisal: " + a.Title}
	for _, p := range problems {
		text := p.Message
		if p.Hint != "" {
			text += " (" + p.Hint + ")"
		}
		c.Findings = append(c.Findings, reports.Finding{About: withTheseValues, Text: "It cannot be computed: " + strings.TrimSuffix(text, ".") + "."})
	}
	return c
}
