package indicators

import (
	"fmt"
	"slices"
	"time"

	"pediment/analysis"
)

// reporting says how the periods written in a relation make reporting periods:
// months and quarters are gathered to the relation's kind of year, a survey
// round or a year stands for itself.
type reporting struct {
	periods []analysis.Period            // reporting periods, in order
	of      map[string]analysis.Period   // label in the data → reporting period
	parts   map[string][]analysis.Period // reporting label → the periods in the data, in order
	gaps    map[string]string            // reporting label → which months are missing
	cut     map[string]string            // reporting label → the record ends before it does
	merged  []string                     // caveats about periods put together
}

// reportingOf gathers the period labels found in a relation.
func (s Setup) reportingOf(r analysis.Relation, labels []string) (reporting, error) {
	rep := reporting{of: map[string]analysis.Period{}, parts: map[string][]analysis.Period{}, gaps: map[string]string{}, cut: map[string]string{}}
	mixed, err := s.mixesYears(r, labels)
	if err != nil {
		return rep, err
	}
	for _, label := range labels {
		raw, _ := s.Calendar.ParsePeriod(label)
		raw.Label = label
		period := raw
		if year := s.Calendar.Year(r.Year, raw.Start); year.Contains(raw) {
			period = year
		} else if mixed && raw.Months() == 12 {
			period = s.Calendar.JoinYear(raw)
			raw.Start, raw.End = period.Start, period.End
		}
		rep.of[label] = period
		if _, known := rep.parts[period.Label]; !known {
			rep.periods = append(rep.periods, period)
		}
		rep.parts[period.Label] = append(rep.parts[period.Label], raw)
	}
	if mixed {
		rep.merged = append(rep.merged, fmt.Sprintf("%s holds school or fiscal years beside calendar years; they are put together: %s", r.Name, s.Calendar.JoinRule()))
	}
	slices.SortFunc(rep.periods, analysis.Period.Compare)
	for _, period := range rep.periods {
		slices.SortFunc(rep.parts[period.Label], analysis.Period.Compare)
		rep.judge(r, period, mixed)
	}
	return rep, nil
}

// mixesYears reports whether the labels hold years of the relation's own kind
// together with years that cross them, as when schools and libraries share a
// relation.
func (s Setup) mixesYears(r analysis.Relation, labels []string) (bool, error) {
	var within, across bool
	for _, label := range labels {
		p, err := s.Calendar.ParsePeriod(label)
		if err != nil {
			return false, fmt.Errorf("%s: %w", r.Name, err)
		}
		if s.Calendar.Year(r.Year, p.Start).Contains(p) {
			within = true
		} else if p.Months() == 12 {
			across = true
		}
	}
	return within && across && r.Kind != "survey" && r.Year != analysis.SchoolYear && r.Year != analysis.FiscalYear, nil
}

// judge notes whether the parts fill the period and what was put together. Mixed
// kinds of years overlap by nature and have a caveat of their own.
func (rep *reporting) judge(r analysis.Relation, period analysis.Period, mixed bool) {
	parts := rep.parts[period.Label]
	if r.Kind == "survey" {
		if len(parts) > 1 {
			rep.merged = append(rep.merged, fmt.Sprintf("%d survey rounds of %s are merged in %s; declare one period a round to keep them apart", len(parts), r.Name, period.Label))
		}
		return
	}
	until, overlap := period.Start, false
	for _, part := range parts {
		if part.Start.After(until) {
			break
		}
		overlap = overlap || part.Start.Before(until) && !mixed
		if part.End.After(until) {
			until = part.End
		}
	}
	if overlap {
		rep.merged = append(rep.merged, fmt.Sprintf("%s has periods of different length in %s; they are added, so no place may report the same time twice", r.Name, period.Label))
	}
	if until.Before(period.End) {
		rep.gaps[period.Label] = fmt.Sprintf("%s does not cover all of %s: it has %s to %s with %d of 12 months", r.Name, period.Label, parts[0].Label, parts[len(parts)-1].Label, months(parts))
	}
	if day, err := time.Parse(time.DateOnly, r.Until); err == nil && day.AddDate(0, 0, 1).Before(period.End) {
		rep.cut[period.Label] = fmt.Sprintf("%s is complete only up to %s", r.Name, r.Until)
	}
}

// months counts the different months the parts cover.
func months(parts []analysis.Period) int {
	seen := map[string]bool{}
	for _, part := range parts {
		for day := part.Start; day.Before(part.End); day = day.AddDate(0, 1, 0) {
			seen[day.Format("2006-01")] = true
		}
	}
	return len(seen)
}

// partial says why a total made by the time rule is incomplete, "" when it is
// not: a sum or an average needs every month, a stock only that the record has
// not ended before.
func (rep reporting) partial(rule, label string) string {
	if gap := rep.gaps[label]; gap != "" && (rule == "sum" || rule == "average") {
		return gap
	}
	return rep.cut[label]
}

// find returns the reporting period that p meets: the same days, else the same
// calendar year by the city's joining rule. The bool tells whether the rule was used.
func (rep reporting) find(c analysis.Calendar, p analysis.Period) (period analysis.Period, byRule, ok bool) {
	for _, q := range rep.periods {
		if q.Start.Equal(p.Start) && q.End.Equal(p.End) {
			return q, false, true
		}
	}
	for _, q := range rep.periods {
		if c.JoinYear(q).Label == c.JoinYear(p).Label {
			return q, true, true
		}
	}
	return analysis.Period{}, false, false
}

// wanted reports whether a query asks for the period: by its label, or by the
// calendar year it counts for.
func (s Setup) wanted(q analysis.Query, p analysis.Period) bool {
	return len(q.Periods) == 0 || slices.Contains(q.Periods, p.Label) || slices.Contains(q.Periods, s.Calendar.JoinYear(p).Label)
}

// apply gathers the parts of one reporting period by a time rule. part maps the
// label in the data to a total; a part without a total counts as zero there.
func (rep reporting) apply(rule, label string, part map[string]float64) float64 {
	parts := rep.parts[label]
	switch rule {
	case "last":
		return part[parts[len(parts)-1].Label]
	case "mid-period":
		whole := rep.of[parts[0].Label]
		middle := whole.Start.Add(whole.End.Sub(whole.Start) / 2)
		for _, p := range parts {
			if !p.Start.After(middle) && p.End.After(middle) {
				return part[p.Label]
			}
		}
		return part[parts[len(parts)-1].Label]
	}
	sum := 0.0
	for _, p := range parts {
		sum += part[p.Label]
	}
	if rule == "average" {
		sum /= float64(len(parts))
	}
	return sum
}
