package costbenefit

import (
	"fmt"
	"strconv"
	"time"
)

// factorsCheck discounts a second way: from column to column, with one rate where
// there is one, by its power.
func (m *Model) factorsCheck(o Outcome) check {
	c := check{Name: "discount factors", Told: "as the rates multiplied out"}
	last := 1
	for _, column := range m.Columns {
		last = max(last, int(column.Time)+1)
	}
	rates := make([]float64, last)
	for step := range rates {
		rates[step] = m.stepRate(o.Values, step+1)
	}
	for t, factor := range Factors(rates, m.times()) {
		c.compare(o.Factors[t], factor, factor)
	}
	return c
}

// usesCheck compares where money comes from with where it goes: nobody is given
// more than it pays.
func (m *Model) usesCheck(o Outcome) check {
	c := check{Name: "sources and uses", Told: "nobody is funded beyond what it pays"}
	m.each(o, func(v view, _ OptionOutcome) {
		for s, stakeholder := range m.Appraisal.Stakeholders {
			given, paid := 0.0, 0.0
			for i, fund := range m.Funds {
				if v.funded(fund) && m.stakeholder(fund.To) == s {
					given += total(m.FundFlows[i])
				}
				if v.funded(fund) && m.stakeholder(fund.Source) == s {
					paid += total(m.FundFlows[i]) // hands it on
				}
			}
			v.flows(func(l int, f *Flow, member float64) {
				if (f.Cost || f.transfer()) && f.Payer == s {
					paid += member * total(v.o.Market[l])
				}
			})
			if c.Wrong == "" && given > 0 && given-paid > tolerance*v.size() {
				c.Wrong = fmt.Sprintf("%s: %s is given %s %s and pays %s", m.Appraisal.Options[v.option].Name, stakeholder.Name,
					amount(given), m.Appraisal.Currency, amount(max(0, paid)))
			}
		}
	})
	return c
}

// expiryCheck looks for funding in periods after it has expired.
func (m *Model) expiryCheck() check {
	c := check{Name: "funding in time", Told: "no funding is used after it has expired"}
	for i, fund := range m.Funds {
		day, err := time.Parse(time.DateOnly, fund.Expires)
		if err != nil {
			continue
		}
		for t, column := range m.Columns {
			begins, err := time.Parse(time.DateOnly, column.Label)
			if err != nil {
				begins = time.Date(column.Year, 1, 1, 0, 0, 0, 0, time.UTC)
			}
			if c.Wrong == "" && m.FundFlows[i][t] != 0 && begins.After(day) {
				c.Wrong = fmt.Sprintf("%s expires on %s and is used in %s", fund.Name, fund.Expires, column.Label)
			}
		}
	}
	return c
}

// datesCheck looks for sources and changes of a later day than the one by which
// the appraisal is judged.
func (m *Model) datesCheck() check {
	c := check{Name: "order of dates", Told: "no source or change is of a later day than the appraisal"}
	if m.AsOf.IsZero() {
		return c
	}
	for _, in := range m.Inputs {
		for _, written := range []struct{ of, day string }{{"source", in.Date}, {"last change", in.Changed}} {
			if c.Wrong == "" && begins(written.day).After(m.AsOf) {
				c.Wrong = fmt.Sprintf("%s: its %s is of %s, after %s", in.Label, written.of, written.day, m.asOf())
			}
		}
	}
	return c
}

// begins is the first day of a day, month or year, zero for none.
func begins(date string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if day, err := time.Parse(layout, date); err == nil {
			return day
		}
	}
	if year, err := strconv.Atoi(date); err == nil {
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Time{}
}
