package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
)

// describeResidents says how many people live here, of what age and where, and how
// that changed; its table is by place.
func (c *cityContext) describeResidents() analysis.Table {
	t := analysis.Table{Name: "residents"}
	if c.residents == "" {
		return t
	}
	all := c.linesOf(c.of(c.residents), func(analysis.Value) string { return c.project.settings.City })
	if len(all) == 0 || all[0].whole().Period.IsZero() {
		return t
	}
	c.sayGrowth(all[0])
	c.sayAges(all[0].whole())
	places := c.linesOf(c.of(c.residents, "place"), func(v analysis.Value) string { return c.project.places.Name(v.Group.Level("place")) })
	slices.SortFunc(places, func(a, b yearLine) int { return strings.Compare(a.label, b.label) })
	c.sayPlaces(places)
	return overYears("residents", lowerFirst(c.columnLabel("place")), append(all, places...))
}

func (c *cityContext) sayGrowth(all yearLine) {
	first, last := all.first(), all.whole()
	text := fmt.Sprintf("%s had %s residents in %s", c.project.settings.City, counted(last.Value), last.Period.Label)
	if first.Period != last.Period {
		text += fmt.Sprintf(", %s than in %s", inPercentOf(last.Value, first.Value), first.Period.Label)
		text = strings.Replace(text, "as many than", "as many as", 1)
	}
	c.say("residents", "%s.", text)
}

// sayAges tells the young and the old where the city's age bands do.
func (c *cityContext) sayAges(all analysis.Value) {
	const child, old = 15, 65
	bands := c.ages(all.Period)
	young, hasYoung := shareOf(bands, all, func(from, to float64) bool { return to < child }, child)
	aged, hasAged := shareOf(bands, all, func(from, to float64) bool { return from >= old }, old)
	if hasYoung && hasAged {
		c.say("residents", "%s of them are younger than %d, %s are %d or older.", percentText(young), child, percentText(aged), old)
	}
}

// ageSpan is a level of age_band with its bounds in years; To is infinite in the
// last one.
type ageSpan struct {
	label    string
	from, to float64
	value    analysis.Value
}

// ages are the residents by age in a period, the youngest first.
func (c *cityContext) ages(period analysis.Period) []ageSpan {
	var bands []ageSpan
	for _, v := range c.of(c.residents, "age_band") {
		if level := v.Group.Level("age_band"); v.Period == period && told(v) {
			if from, to, ok := bandOf(level); ok {
				bands = append(bands, ageSpan{level, from, to, v})
			}
		}
	}
	slices.SortFunc(bands, func(a, b ageSpan) int { return int(a.from - b.from) })
	return bands
}

// bandOf reads the bounds of an age band: "25-34", "75+".
func bandOf(label string) (from, to float64, ok bool) {
	low, high, closed := strings.Cut(label, "-")
	from, err := strconv.ParseFloat(strings.TrimSuffix(low, "+"), 64)
	if !closed {
		return from, math.Inf(1), err == nil
	}
	to, second := strconv.ParseFloat(high, 64)
	return from, to, err == nil && second == nil
}

// shareOf is the share of all that the wanted bands hold; ok is false where no band
// begins at the bound, so that the bands cannot tell.
func shareOf(bands []ageSpan, all analysis.Value, wanted func(from, to float64) bool, bound float64) (share float64, ok bool) {
	for _, b := range bands {
		ok = ok || b.from == bound
		if wanted(b.from, b.to) {
			share += b.value.Value / all.Value
		}
	}
	return 100 * share, ok
}

// sayPlaces names the largest place and those that grew and shrank most.
func (c *cityContext) sayPlaces(places []yearLine) {
	var largest, fastest, slowest yearLine
	rate := func(l yearLine) float64 { return l.whole().Value/l.first().Value - 1 }
	known := 0
	for _, l := range places {
		if l.whole().Period.IsZero() {
			continue
		}
		if known++; known == 1 {
			largest, fastest, slowest = l, l, l
			continue
		}
		if l.whole().Value > largest.whole().Value {
			largest = l
		}
		if rate(l) > rate(fastest) {
			fastest = l
		}
		if rate(l) < rate(slowest) {
			slowest = l
		}
	}
	if known < 2 {
		return
	}
	text := fmt.Sprintf("%s is the largest %s with %s residents", largest.label, lowerFirst(c.columnLabel("place")), counted(largest.whole().Value))
	if fastest.first().Period != fastest.whole().Period {
		text += fmt.Sprintf("; since %s %s grew most (%s) and %s least (%s)", fastest.first().Period.Label, fastest.label, signedPercent(rate(fastest)), slowest.label, signedPercent(rate(slowest)))
	}
	c.say("residents", "%s.", text)
}

// ageChart shows the residents by age in the first and the last year.
func (c *cityContext) ageChart() []analysis.Chart {
	if c.residents == "" {
		return nil
	}
	all := c.linesOf(c.of(c.residents), func(analysis.Value) string { return "" })
	if len(all) == 0 {
		return nil
	}
	first, last := all[0].first(), all[0].whole()
	bands := c.ages(last.Period)
	if len(bands) < 2 {
		return nil
	}
	chart := analysis.Chart{Name: "residents by age", Kind: analysis.Bar, Unit: "residents"}
	chart.Source = c.run.sourceNames(c.residents)
	for _, b := range bands {
		chart.Labels = append(chart.Labels, b.label)
	}
	if first.Period != last.Period {
		chart.Series = append(chart.Series, ageSeries(first.Period.Label, bands, c.ages(first.Period)))
	}
	chart.Series = append(chart.Series, ageSeries(last.Period.Label, bands, bands))
	most := slices.MaxFunc(bands, func(a, b ageSpan) int { return int(a.value.Value - b.value.Value) })
	chart.Title = fmt.Sprintf("Residents by age: most are %s", most.label)
	chart.Text = fmt.Sprintf("Residents by age band in %s; most are %s years old (%s).", last.Period.Label, most.label, counted(most.value.Value))
	return []analysis.Chart{chart}
}

// ageSeries runs along the bands with the values of a year.
func ageSeries(name string, bands, year []ageSpan) analysis.Series {
	s := analysis.Series{Name: name}
	for _, b := range bands {
		k := slices.IndexFunc(year, func(y ageSpan) bool { return y.label == b.label })
		value := math.NaN()
		if k >= 0 {
			value = year[k].value.Value
		}
		s.Value = append(s.Value, value)
	}
	return s
}

func percentText(x float64) string { return fmt.Sprintf("%.1f %%", x) }

// signedPercent is a rate of change with its sign.
func signedPercent(rate float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f %%", 100*rate), "-", "−", 1)
}

func lowerFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
