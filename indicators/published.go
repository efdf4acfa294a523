package indicators

import (
	"context"
	"fmt"
	"math"

	"pediment/analysis"
)

// published prints official figures as they were given. Where numerator and
// denominator are known the value is computed from them, and a missing whole is
// the sum over places; a figure without them is never rolled up.
func (e *evaluator) published(ctx context.Context, i bound) error {
	found, err := e.figures(ctx, *i.num)
	if err != nil {
		return err
	}
	dims, sets := dimensions(i.num.relation), e.bySets(i)
	whole := map[string]bool{}
	var parts []figure
	for _, f := range found {
		set, levels, ok := e.placeIn(f, dims, sets)
		if !ok {
			if _, _, isPart := e.placeIn(f, dims, [][]string{{"place"}}); isPart {
				parts = append(parts, f)
			}
			continue
		}
		if len(levels) == 0 {
			whole[f.period] = true
		} else if len(levels) == 1 && sets[set][0] == "place" {
			parts = append(parts, f)
		}
		if err := e.publish(i, f, sets[set], levels); err != nil {
			return err
		}
	}
	return e.rollUp(i, parts, whole)
}

// publish makes one value from one figure.
func (e *evaluator) publish(i bound, f figure, set, levels []string) error {
	period, err := e.Calendar.ParsePeriod(f.period)
	if err != nil || !e.Setup.wanted(e.query, period) {
		return err
	}
	v := e.blank(i, period, set, levels)
	v.N = 1
	switch {
	case f.copies > 1:
		v.Withhold(analysis.Refused, fmt.Sprintf("series %s has %d rows for this figure; remove the wrong ones", i.num.series, f.copies))
	case f.computable():
		v.Numerator, v.Denominator = f.numerator, f.denominator
		v.Value = i.Scale() * f.numerator / f.denominator
	case f.denominator == 0:
		v.Withhold(analysis.NotApplicable, "the denominator is zero")
	case math.IsNaN(f.value):
		v.Withhold(analysis.Missing, "the figure is empty in the file")
	default:
		v.Value = f.value
		v.Flags = append(v.Flags, "published figure")
	}
	e.add(v, f.copies)
	return nil
}

// add keeps one value a figure, however many rows claim it.
func (e *evaluator) add(v analysis.Value, copies int) {
	if n := len(e.out.Values); copies > 1 && n > 0 {
		last := e.out.Values[n-1]
		if last.Code == v.Code && last.Period == v.Period && last.Group.String() == v.Group.String() {
			return
		}
	}
	e.out.Values = append(e.out.Values, v)
}

// computable reports whether the figure has a numerator and a denominator.
func (f figure) computable() bool {
	return !math.IsNaN(f.numerator) && !math.IsNaN(f.denominator) && f.denominator != 0
}

// rollUp makes the whole of periods without a row of their own: the sum of the
// places' numerators over the sum of their denominators, or the reason there is none.
func (e *evaluator) rollUp(i bound, parts []figure, whole map[string]bool) error {
	sums := map[string]*figure{}
	var order []string
	for _, f := range parts {
		if whole[f.period] {
			continue
		}
		s, known := sums[f.period]
		if !known {
			s = &figure{period: f.period, copies: 1, value: nan}
			sums[f.period] = s
			order = append(order, f.period)
		}
		s.numerator += f.numerator
		s.denominator += f.denominator
	}
	for _, period := range order {
		s := sums[period]
		before := len(e.out.Values)
		if err := e.publish(i, *s, nil, nil); err != nil {
			return err
		}
		if before < len(e.out.Values) && !s.computable() {
			e.out.Values[before].Withhold(analysis.Missing, "the places' figures were published without numerator and denominator, so they cannot be rolled up; add a row for the whole city")
		}
	}
	return nil
}
