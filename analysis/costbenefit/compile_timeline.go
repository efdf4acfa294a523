package costbenefit

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// timeline makes the columns: every year of the horizon, or every day that has an
// amount.
func (c *compiler) timeline() {
	if c.a.Timing == "dated" {
		c.days()
		return
	}
	for step := range c.a.LastYear - c.a.BaseYear + 1 {
		year := c.a.BaseYear + step
		c.m.Columns = append(c.m.Columns, Column{strconv.Itoa(year), year, step, c.time(step)})
	}
}

// time is when the flows of a step are discounted, in years from the base point.
func (c *compiler) time(step int) float64 {
	t := float64(step)
	if c.a.YearZero == "during" {
		t++
	} else if step == 0 {
		return 0
	}
	switch c.a.Timing {
	case "mid":
		return t - 0.5
	case "begin":
		return t - 1
	}
	return t
}

// days makes a column for every day with an amount; the earliest is the base
// point, and a year has 365 days.
func (c *compiler) days() {
	days := map[string]bool{}
	for _, l := range c.a.Lines {
		for _, amounts := range []map[string]float64{l.Amounts, l.Quantities} {
			for day := range amounts {
				days[day] = true
			}
		}
	}
	for _, f := range c.a.Funding {
		for day := range f.Amounts {
			days[day] = true
		}
	}
	var first time.Time
	for i, label := range slices.Sorted(maps.Keys(days)) {
		day, err := time.Parse(time.DateOnly, label)
		if err != nil {
			continue // reading has reported it
		}
		if i == 0 {
			first = day
		}
		c.m.Columns = append(c.m.Columns, Column{label, day.Year(), day.Year() - c.a.BaseYear, day.Sub(first).Hours() / 24 / 365})
	}
}

// byColumn lays amounts by year or day out along the timeline.
func (c *compiler) byColumn(amounts map[string]float64) []float64 {
	out := make([]float64, len(c.m.Columns))
	for t, column := range c.m.Columns {
		out[t] = amounts[column.Label]
	}
	return out
}

// yearOf is the year of a key of amounts.
func yearOf(when string) int {
	year, _ := strconv.Atoi(when[:min(4, len(when))])
	return year
}

// lastStep is the last step whose rate is needed.
func (c *compiler) lastStep() int {
	last := 1
	for _, column := range c.m.Columns {
		last = max(last, int(column.Time)+1)
	}
	return last
}
