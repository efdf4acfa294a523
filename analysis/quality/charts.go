package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// charts draws the scores by dataset, and over the years.
func (a *assessment) charts(scorecard, overTime analysis.Table) []analysis.Chart {
	var list []analysis.Chart
	if c := a.scoreChart(scorecard); len(c.Labels) > 0 {
		list = append(list, c)
	}
	if c := a.yearChart(overTime); len(c.Labels) > 1 && len(c.Series) > 0 {
		list = append(list, c)
	}
	return list
}

// scoreChart draws the datasets with the lowest scores, the lowest first.
func (a *assessment) scoreChart(t analysis.Table) analysis.Chart {
	const most = 12
	score, checked := len(t.Columns)-3, len(t.Columns)-2
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { _, known := row[score].(int64); return !known })
	slices.SortStableFunc(rows, func(x, y []any) int { return cmp.Compare(x[score].(int64), y[score].(int64)) })
	c := analysis.Chart{Name: "scores", Kind: analysis.Bar, Unit: "score, 0 to 100", Source: "declared rules and expectations"}
	s := analysis.Series{Name: "score"}
	for _, row := range rows[:min(most, len(rows))] {
		c.Labels = append(c.Labels, fmt.Sprintf("%s (%v)", plainWords(fmt.Sprint(row[0])), row[checked]))
		s.Value = append(s.Value, float64(row[score].(int64)))
	}
	c.Series = []analysis.Series{s}
	if len(rows) == 0 {
		return c
	}
	c.Title = fmt.Sprintf("%s scores lowest, %d of 100", sentenceStart(plainWords(fmt.Sprint(rows[0][0]))), rows[0][score])
	c.Text = fmt.Sprintf("The mean score of the dimensions that were checked, for the %d lowest of %d datasets; how many of %d were checked stands beside each name. %s has the lowest, %d.", len(c.Labels), len(rows), len(dimensions), sentenceStart(plainWords(fmt.Sprint(rows[0][0]))), rows[0][score])
	return c
}

// yearChart is the mean of the datasets' scores of each dimension, over the years
// in which at least half of the datasets that have the dimension were checked.
func (a *assessment) yearChart(t analysis.Table) analysis.Chart {
	sums, counts, most := map[[2]string]float64{}, map[[2]string]int{}, map[string]int{}
	var years []string
	for _, row := range t.Rows {
		id := [2]string{row[2].(string), row[1].(string)}
		sums[id] += float64(row[3].(int64))
		counts[id]++
		most[id[0]] = max(most[id[0]], counts[id])
		years = append(years, id[1])
	}
	slices.Sort(years)
	years = slices.Compact(years)
	c := analysis.Chart{Name: "scores over time", Kind: analysis.Line, Unit: "mean score, 0 to 100", Labels: years, Source: "declared rules and expectations, by year of the data"}
	for _, name := range dimensions {
		s := analysis.Series{Name: name}
		known := 0
		for _, y := range years {
			x := math.NaN()
			if id := [2]string{name, y}; counts[id] > 0 && 2*counts[id] >= most[name] {
				x = sums[id] / float64(counts[id])
				known++
			}
			s.Value = append(s.Value, x)
		}
		if known > 1 {
			c.Series = append(c.Series, s)
		}
	}
	c.Title, c.Text = "How the scores changed", fmt.Sprintf("Mean score of the datasets for each dimension that was checked, %s to %s.", first(years), last(years))
	return c
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}
