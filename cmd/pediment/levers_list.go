package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/reports"
)

// horizonLever is the id of the lever that moves the last year of an appraisal.
const horizonLever = "last_year"

// How many levers of a kind there are, the steps a slider has, and how many years a
// horizon may be stretched.
const (
	mostDeadweights = 3
	mostDecisive    = 3
	leverSteps      = 100
	moreYears       = 20
)

// list is the levers of an appraisal as the report has it.
func (l *levers) list(one appraised) []reports.Lever {
	name := one.model.Appraisal.Name
	l.mu.Lock()
	list, known := l.lists[name]
	l.mu.Unlock()
	if known {
		return list
	}
	list = l.newList(one)
	l.mu.Lock()
	l.lists[name] = list
	l.mu.Unlock()
	return list
}

// newList takes the discount rates, the horizon, what would have happened anyway and
// the assumptions the verdict hangs on most.
func (l *levers) newList(one appraised) []reports.Lever {
	m := one.model
	var list []reports.Lever
	add := func(input int) bool {
		lever, ok := l.lever(one, input)
		if ok = ok && !slices.ContainsFunc(list, func(have reports.Lever) bool { return have.ID == lever.ID }); ok {
			list = append(list, lever)
		}
		return ok
	}
	for _, r := range m.Rates {
		add(r.Input)
	}
	if horizon, ok := l.horizon(one); ok {
		list = append(list, horizon)
	}
	for _, input := range m.Deadweights()[:min(mostDeadweights, len(m.Deadweights()))] {
		add(input)
	}
	count := 0
	for _, input := range decisive(one) {
		if count < mostDecisive && add(input) {
			count++
		}
	}
	return list
}

// decisive lists the inputs that move the net present value of any option most, by
// the order of the sensitivity table.
func decisive(one appraised) []int {
	t := tableOf(one.result, "sensitivity")
	id, swing := columnNamed(t, "input"), columnNamed(t, "swing")
	widest := map[int]float64{}
	var inputs []int
	for _, row := range t.Rows {
		x, ok := row[swing].(float64)
		k := slices.IndexFunc(one.model.Inputs, func(in costbenefit.Input) bool { return in.ID == row[id] })
		if !ok || math.IsNaN(x) || k < 0 || one.model.Inputs[k].Kind != "declared" {
			continue
		}
		if _, twice := widest[k]; !twice {
			inputs = append(inputs, k)
		}
		widest[k] = max(widest[k], x)
	}
	slices.SortStableFunc(inputs, func(a, b int) int { return cmp.Compare(widest[b], widest[a]) })
	return inputs
}

// lever makes a lever of an input. Its range is half as wide again as the stated one,
// as far as the appraisal can be computed there.
func (l *levers) lever(one appraised, input int) (reports.Lever, bool) {
	in := one.model.Inputs[input]
	unit, scale := in.Unit, 1.0
	share := in.Unit == "share" || strings.HasPrefix(in.Unit, "share ")
	if share {
		unit, scale = "percent"+strings.TrimPrefix(in.Unit, "share"), 100
	}
	if in.Value != 0 {
		scale *= in.Quoted / in.Value // levers are what the file says, before it is brought to the price base
	}
	label := sentenceCase(in.Label)
	if in.PriceYear > 0 {
		label += fmt.Sprintf(" (prices of %d)", in.PriceYear)
	}
	low, high := in.Low*scale, in.High*scale
	given := in.Value * scale
	if math.IsNaN(low) || math.IsNaN(high) {
		low, high = 0, 2*given
	}
	stated := reports.Lever{ID: in.ID, Label: label, Unit: unit, Value: given, Given: given, Low: min(low, given), High: max(high, given)}
	wide := stated
	more := (stated.High - stated.Low) / 2
	wide.Low, wide.High = stated.Low-more, stated.High+more
	if stated.Low >= 0 {
		wide.Low = max(0, wide.Low)
	}
	if share && stated.High <= 100 {
		wide.High = min(100, wide.High)
	}
	wide, stated = onSteps(wide), onSteps(stated)
	wide.Note, stated.Note = l.turning(one, in.ID), l.turning(one, in.ID)
	for _, lever := range []reports.Lever{wide, stated} {
		if lever.Low < lever.High && l.computable(one, lever, lever.Low) && l.computable(one, lever, lever.High) {
			return lever, true
		}
	}
	return reports.Lever{}, false
}

// onSteps gives the lever a round step and ends that whole steps lead to from the
// value the file gives.
func onSteps(lever reports.Lever) reports.Lever {
	lever.Step = roundStep((lever.High - lever.Low) / leverSteps)
	if !(lever.Step > 0) {
		lever.High = lever.Low
		return lever
	}
	lever.Low = lever.Given - math.Floor((lever.Given-lever.Low)/lever.Step+1e-9)*lever.Step
	lever.High = lever.Given + math.Floor((lever.High-lever.Given)/lever.Step+1e-9)*lever.Step
	lever.Low, lever.High = tidy(lever, lever.Low), tidy(lever, lever.High)
	return lever
}

// roundStep is the next of 1, 2 and 5 times a power of ten.
func roundStep(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	power := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, times := range []float64{1, 2, 5} {
		if x <= times*power*(1+1e-9) {
			return times * power
		}
	}
	return 10 * power
}

// tidy takes off what only binary fractions add.
func tidy(lever reports.Lever, x float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', leverDecimals(lever), 64), 64)
	return out
}

// leverDecimals is after how many decimals the lever's values are written.
func leverDecimals(lever reports.Lever) int {
	most := 0
	for _, x := range []float64{lever.Step, lever.Given} {
		text := strconv.FormatFloat(math.Round(x*1e9)/1e9, 'f', -1, 64)
		if _, fraction, ok := strings.Cut(text, "."); ok {
			most = max(most, len(fraction))
		}
	}
	return most
}

// turning says for each option at which value of an input the verdict turns.
func (l *levers) turning(one appraised, id string) string {
	t := tableOf(one.result, "sensitivity")
	option, input, remark := columnNamed(t, "option"), columnNamed(t, "input"), columnNamed(t, "remark")
	var texts []string
	for _, row := range t.Rows {
		if row[input] != id || row[remark] == nil || row[remark] == "" {
			continue
		}
		text := fmt.Sprint(row[remark])
		for _, o := range one.model.Appraisal.Options {
			if o.ID == row[option] && len(one.model.Appraisal.Options) > 1 {
				text = o.Name + ": " + text
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}

// horizon is the lever of the last year that counts.
func (l *levers) horizon(one appraised) (reports.Lever, bool) {
	a := one.model.Appraisal
	if a.Timing == "dated" {
		return reports.Lever{}, false
	}
	given := float64(a.LastYear)
	lever := reports.Lever{
		ID: horizonLever, Label: "Last year that counts", Unit: "year", Value: given, Given: given, Step: 1,
		Low: float64(min(a.LastWritten(), a.LastYear)), High: float64(min(a.LastYear+moreYears, a.LongestHorizon())),
	}
	if !l.computable(one, lever, lever.Low) || !l.computable(one, lever, lever.High) {
		return reports.Lever{}, false
	}
	lever.Note = l.turningYear(one, lever)
	return lever, true
}

// turningYear says for each option which last year, the nearest to the appraisal's
// own, turns the verdict.
func (l *levers) turningYear(one appraised, lever reports.Lever) string {
	was := one.model.Compute(one.model.Values())
	texts := make([]string, len(was.Options))
	for away := 1.0; away <= lever.High-lever.Low; away++ {
		for _, year := range []float64{lever.Given + away, lever.Given - away} {
			if year < lever.Low || year > lever.High {
				continue
			}
			m, problems := l.moved(one, lever, year)
			if len(problems) > 0 {
				continue
			}
			is := m.Compute(m.Values())
			for k, o := range m.Appraisal.Options {
				if texts[k] == "" && (is.Options[k].NPV < 0) != (was.Options[k].NPV < 0) {
					texts[k] = fmt.Sprintf("%s: the verdict turns when %.0f is the last year that counts", o.Name, year)
				}
			}
		}
	}
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), "; ")
}

// computable reports whether the appraisal can be computed with the lever there.
func (l *levers) computable(one appraised, lever reports.Lever, at float64) bool {
	_, problems := l.moved(one, lever, at)
	return len(problems) == 0
}

// moved compiles the appraisal with one lever moved.
func (l *levers) moved(one appraised, lever reports.Lever, at float64) (*costbenefit.Model, analysis.Problems) {
	lever.Value = at
	d := l.dossier(one, movedOf([]reports.Lever{lever}))
	models, problems := d.compile(context.Background(), one.model.AsOf)
	if len(problems) > 0 {
		return nil, problems
	}
	return models[0], nil
}
