package main

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// contraryPlan lists what the plan asks and cannot be meant, given the indicators and
// the values: directions that are not the indicator's, targets behind where the city
// starts, shares beyond 100 percent, parity with nobody. Such measures are not judged.
func (w *work) contraryPlan(values planValues) analysis.Problems {
	var problems analysis.Problems
	for _, m := range w.project.plan.Measures() {
		i, ok := w.project.catalogue.Find(m.Code.Value)
		if !ok {
			continue
		}
		problems = append(problems, againstIndicator(m, i.Better)...)
		problems = append(problems, parityOfShare(m, i.Unit)...)
		if len(m.To) == 0 && !m.Cumulative {
			problems = append(problems, beyondShare(m, i.Unit, values.of(m, m.Group))...)
		}
		if start, known := values.start(m); known && math.IsNaN(m.Baseline.Value) {
			problems = append(problems, behindStart(m, start)...)
		}
	}
	return problems
}

// againstIndicator looks for targets that go where the indicator says it is worse.
func againstIndicator(m progress.Measure, better string) analysis.Problems {
	against := m.Direction == progress.Up && better == "lower" || m.Direction == progress.Down && better == "higher"
	if !against {
		return nil
	}
	return analysis.Problems{{
		Position: m.At, Message: fmt.Sprintf("%s: the plan wants it to go %s, but of this indicator %s is better", m.ID, m.Direction, better),
		Hint: "mend the direction, or say under better: in indicators/ what is good here",
	}}
}

// parityOfShare looks for percentages that are to be alike with nobody.
func parityOfShare(m progress.Measure, unit string) analysis.Problems {
	if m.Direction != progress.Parity || len(m.To) > 0 || unit != "percent" {
		return nil
	}
	return analysis.Problems{{
		Position: m.At, Message: m.ID + ": parity of a percentage needs another group to compare with",
		Hint: "add to: as in group: {sex: female} and to: {sex: male}; an indicator that is a ratio itself needs none",
	}}
}

// beyondShare looks for targets below 0 or above 100 percent. An indicator that has
// passed 100 itself, as gross ratios do, may have such targets.
func beyondShare(m progress.Measure, unit string, series []analysis.Value) analysis.Problems {
	gross := slices.ContainsFunc(series, func(v analysis.Value) bool { return v.Value > 100 || v.Value < 0 })
	if unit != "percent" || m.Direction == progress.Parity || gross {
		return nil
	}
	for _, t := range m.Targets {
		for _, x := range []float64{t.Value, t.Low, t.High} {
			if !math.IsInf(x, 0) && (x < 0 || x > 100) {
				return analysis.Problems{{
					Position: t.At, Message: fmt.Sprintf("%s: the target %s for %s is not between 0 and 100 percent", m.ID, typed(x), t.Period.Label),
					Hint: "write what is to be reached in percent",
				}}
			}
		}
	}
	return nil
}

// behindStart looks for a first target on the wrong side of where the city starts,
// by more than the error of that.
func behindStart(m progress.Measure, v analysis.Value) analysis.Problems {
	if len(m.Targets) == 0 {
		return nil
	}
	t, side := m.Targets[0], "below"
	if m.Direction == progress.Down {
		side = "above"
	}
	start := v.Value
	if v.Sampled() {
		start = max(v.Low, min(v.High, t.Value))
	}
	behind := m.Direction == progress.Up && t.Value < start || m.Direction == progress.Down && t.Value > start
	if !behind {
		return nil
	}
	return analysis.Problems{{
		Position: t.At, Message: fmt.Sprintf("%s: the target %s for %s lies %s where the city starts, %s in %s, but the direction is %s", m.ID, typed(t.Value), t.Period.Label, side, roundedLike(v.Value, t.Value), v.Period.Label, m.Direction),
		Hint: "mend the number or the direction",
	}}
}
