package example

import (
	"encoding/csv"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
)

// reviewed is an indicator that experts score, with how good things are in
// 2023 on the scale from 0 to 4, what has changed by 2025, and the evidence.
type reviewed struct {
	code     string
	level    float64
	change   float64
	evidence string
}

var reviewedIndicators = []reviewed{
	{"1.3.3.1", 2.1, .5, "Climate courses at 6 of 8 community centres"},
	{"2.1.4.1", 1.9, .2, "Credit transfer agreed with two of five providers"},
	{"2.1.5.1", 1.4, -.2, "Outreach in Eastmoor ended with the project in 2024"},
	{"2.2.1.2", 2.2, .4, "Family corners in all branches but one"},
	{"2.2.3.1", 2.7, .1, "Museum programme with schools, oral history archive"},
	{"2.6.1.1", 3.1, .3, "Festival evaluated each year, press review"},
	{"2.6.2.1", 1.8, .6, "Guidance desk opened in 2024; no mobile team"},
	{"2.6.3.1", 1.2, .4, "Validation pilot with the vocational college"},
	{"2.6.3.2", 2.0, .2, "Learning awards; no vouchers yet"},
	{"3.1.1.1", 2.9, .1, "Deputy mayor chairs the learning city board"},
	{"3.1.2.1", 2.4, .8, "Strategy adopted in 2024, hearings in four districts"},
	{"3.1.3.1", 1.6, 1.1, "Indicators and yearly report since 2024"},
	{"3.2.1.1", 2.3, .3, "Board met nine times; business seat vacant for a year"},
	{"3.2.2.1", 2.2, .2, "Pledges by 41 organisations, 23 reported back"},
	{"3.2.2.2", 1.3, .1, "Two firms share their training rooms"},
	{"3.3.2.1", 2.0, .3, "Schools open in the evening in five districts"},
	{"3.3.5.1", 2.6, .2, "Three exchange visits a year, one joint project"},
}

// reviewers are the columns of the review's table and how strict each is.
var reviewers = []struct {
	name    string
	leaning float64
}{
	{"Reviewer A (university)", -.2}, {"Reviewer B (school board)", .3},
	{"Reviewer C (employers)", .1}, {"Reviewer D (partner city)", -.1},
}

// unsureScore is the row in which a reviewer wrote "3-4": one of the cells
// Pediment is meant to reject.
const unsureScore = "2.6.2.1"

// reviews writes the expert review: a row for an indicator and round, reviewers
// as headers, empty where a reviewer gave no score. Reviewer D came in 2023 for
// half of the indicators only.
func reviews(c *city, w io.Writer) error {
	out := csv.NewWriter(w)
	header := []string{"Indicator", "Round", "Date"}
	for _, r := range reviewers {
		header = append(header, r.name)
	}
	out.Write(append(header, "Evidence"))
	random := c.random("reviews")
	for _, round := range []int{2023, 2025} {
		for i, indicator := range reviewedIndicators {
			row := []string{indicator.code, strconv.Itoa(round), strconv.Itoa(round) + "-11-14"}
			level := indicator.level
			if round == 2025 {
				level += indicator.change
			}
			for k := range reviewers {
				row = append(row, score(random, level+reviewers[k].leaning))
			}
			if round == 2023 && i%2 == 1 || indicator.code == "3.2.2.2" {
				row[len(row)-1] = ""
			}
			if round == 2025 && indicator.code == unsureScore {
				row[slices.Index(header, reviewers[2].name)] = "3-4"
			}
			out.Write(append(row, indicator.evidence))
		}
	}
	out.Flush()
	return out.Error()
}

// score draws a score around the level.
func score(random *rand.Rand, level float64) string {
	return strconv.Itoa(int(min(4, max(0, math.Round(level+.4*random.NormFloat64())))))
}
