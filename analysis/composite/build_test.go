package composite

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pediment/analysis"
)

// small is a city of five districts, three indicators and two years.
func small() Setup {
	return city([][][]float64{
		{{10, 40, 3}, {20, 35, 9}, {35, 20, 4}, {50, 10, 7}, {30, 30, 5}},
		{{12, 41, 3}, {25, 33, 8}, {36, 22, 4}, {52, 14, 6}, {33, 27, 6}},
	}, []string{"higher", "higher", "lower"})
}

func without(s Setup, drop func(o Observation) bool) Setup {
	s.Observations = slices.DeleteFunc(slices.Clone(s.Observations), drop)
	return s
}

func build(t *testing.T, s Setup) analysis.Result {
	t.Helper()
	result, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// cells prints the columns of a table's rows that hold the key in the first cell.
func cells(t *testing.T, r analysis.Result, name, key string, columns ...string) string {
	t.Helper()
	table := table(t, r, name)
	var lines []string
	for _, row := range table.Rows {
		if key != "" && row[0] != key {
			continue
		}
		var parts []string
		for _, column := range columns {
			cell := row[columnAt(t, table, column)]
			if x, ok := cell.(float64); ok {
				cell = strconv.FormatFloat(x, 'g', 6, 64)
			}
			if cell == nil {
				cell = "-"
			}
			parts = append(parts, strings.TrimSpace(toText(cell)))
		}
		lines = append(lines, strings.Join(parts, " | "))
	}
	return strings.Join(lines, "\n")
}

func toText(cell any) string {
	switch x := cell.(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case bool:
		return strconv.FormatBool(x)
	}
	return "?"
}

func TestScreeningSaysWhoIsLeftOut(t *testing.T) {
	s := small()
	s.Screening = Screening{Units: .8, Indicators: .6}
	s.Shown = []string{"2020", "2021"}
	// i2 of three districts is missing in 2021: 2 of 5 are less than .6. Of the two
	// indicators that stay, u4 has one in 2020.
	s = without(s, func(o Observation) bool {
		return o.Period == "2021" && o.Indicator == "i2" && o.Unit >= "u2" || o.Period == "2020" && o.Indicator == "i3" && o.Unit == "u4"
	})
	got := cells(t, build(t, s), "screening", "", "kind", "code", "period", "reason")
	want := "indicator | i2 |  | has values of 2 of 5 districts in 2021\ndistrict | u4 | 2020 | has 1 of 2 indicators"
	if got != want {
		t.Errorf("screening:\n%s\nwant\n%s", got, want)
	}
}

func TestAnIndicatorThatIsTheSameEverywhereIsLeftOut(t *testing.T) {
	s := small()
	for k := range s.Observations {
		if s.Observations[k].Indicator == "i3" {
			s.Observations[k].Value = 7
		}
	}
	got := cells(t, build(t, s), "screening", "", "kind", "code", "reason")
	if want := "indicator | i3 | is the same everywhere, so it tells nobody apart"; got != want {
		t.Errorf("screening: %s, want %s", got, want)
	}
}

// u3 lacks i1 in 2021: the others have 12, 25, 36, 33, whose mean is 26.5 and
// whose median is 29; in 2020 u3 had 50. u0 and u1 are one group, u2, u3 and u4
// another: (36 + 33)/2 = 34.5.
func TestImputationIsFlagged(t *testing.T) {
	for _, c := range []struct {
		how        Imputation
		raw, flags string
	}{
		{NoImputation, "-", "missing"},
		{FromMean, "26.5", "filled by mean"},
		{FromMedian, "29", "filled by median"},
		{FromGroup, "34.5", "filled by group"},
		{FromPrevious, "50", "value of 2020"},
	} {
		s := small()
		s.Shown, s.Impute = []string{"2021"}, c.how
		for k := range s.Units {
			s.Units[k].Group = strconv.FormatBool(k < 2)
		}
		s = without(s, func(o Observation) bool { return o.Period == "2021" && o.Indicator == "i1" && o.Unit == "u3" })
		lines := strings.Split(cells(t, build(t, s), "inputs", "u3", "indicator", "raw", "flags"), "\n")
		if want := "i1 | " + c.raw + " | " + c.flags; lines[0] != want {
			t.Errorf("%s: %s, want %s", c.how, lines[0], want)
		}
	}
}

func TestWithheldIsMissingAndSaysWhy(t *testing.T) {
	s := small()
	for k := range s.Observations {
		if o := &s.Observations[k]; o.Unit == "u1" && o.Indicator == "i2" && o.Period == "2021" {
			o.Value, o.Reason = math.NaN(), "fewer than 10 people"
		}
	}
	result := build(t, s)
	if got := cells(t, result, "inputs", "u1", "period", "indicator", "raw", "flags"); !strings.Contains(got, "2021 | i2 | - | missing; fewer than 10 people") {
		t.Error(got)
	}
	if got := cells(t, result, "findings", "what is missing", "text"); !strings.Contains(got, "1 of these were withheld") {
		t.Error(got)
	}
}

// A missing indicator leaves its group to the others: with arithmetic means and
// i1, i2 in groups of their own, u0 without i3 scores its two groups' mean.
func TestMissingIndicatorsLeaveTheirWeightToTheOthers(t *testing.T) {
	s := without(small(), func(o Observation) bool { return o.Period == "2021" && o.Unit == "u0" && o.Indicator == "i3" })
	s.Shown = []string{"2021"}
	// i1: 12 of 12…52 is 0; i2: 41 of 14…41 is 100; i3 stood with i2.
	if got := cells(t, build(t, s), "index", "u0", "score", "coverage"); got != "50 | 0.666667" {
		t.Errorf("score and coverage: %s", got)
	}
}

func TestWhatWasToVaryAndCannotIsAMistake(t *testing.T) {
	for _, c := range []struct {
		vary Vary
		want string
	}{
		{Vary{Inputs: true}, "vary: inputs cannot vary: no value has a stated error"},
		{Vary{Impute: []Imputation{FromMean}, LeaveOut: true}, "vary: impute cannot vary: no value is missing"},
		{Vary{Normalise: []Normalisation{MinMax}, LeaveOut: true}, "vary: normalise cannot vary: there is only min-max"},
		{Vary{Aggregate: []Mean{Arithmetic}, LeaveOut: true}, "vary: aggregate cannot vary: there is only arithmetic"},
		{Vary{Outliers: true, LeaveOut: true}, "vary: outliers cannot vary: no indicator has outliers to treat"},
		{Vary{}, "vary: nothing varies"},
	} {
		s := small()
		c.vary.Declared = true
		s.Vary = c.vary
		if got := problemsOf(t, s); !strings.Contains(got, c.want) {
			t.Errorf("%s; want %s", got, c.want)
		}
	}
}

// Every factor declared changes scores and has a share.
func TestEveryFactorHasAShare(t *testing.T) {
	s := small()
	for k := range s.Observations {
		s.Observations[k].SE = 2
	}
	s.Observations[0].Value = 900 // far out
	s = without(s, func(o Observation) bool { return o.Period == "2021" && o.Unit == "u3" && o.Indicator == "i2" })
	s.Outliers, s.Draws = Outliers{}, 400
	s.Vary = Vary{
		Declared: true, Inputs: true, LeaveOut: true, Outliers: true, Weights: .5, Normalise: []Normalisation{ZScore, ByRank},
		Aggregate: []Mean{Geometric, Copeland}, Impute: []Imputation{FromMean, FromPrevious},
	}
	sensitivity := table(t, build(t, s), "sensitivity")
	for _, row := range sensitivity.Rows {
		total, ok := row[columnAt(t, sensitivity, "total")].(float64)
		if row[1] != true || !ok || !(total > 0) {
			t.Errorf("%v", row)
		}
	}
	if len(sensitivity.Rows) != 7 {
		t.Errorf("%d factors, want 7", len(sensitivity.Rows))
	}
}

// Copeland scores compare within a period, so their change says nothing.
func TestCopelandInOnePeriodHasNoChangeOverTime(t *testing.T) {
	s := small()
	s.Aggregate = []Mean{Copeland}
	result := build(t, s)
	if rows := table(t, result, "changes").Rows; len(rows) > 0 {
		t.Errorf("changes: %v", rows)
	}
	if got := cells(t, result, "findings", "over time", "text"); !strings.Contains(got, "within a period only") {
		t.Error(got)
	}
}

func TestUnlikeDefinitionsAreNotCompared(t *testing.T) {
	s := small()
	s.Indicators[0].Definitions = []string{"abc123", "Adults who learned in 12 months."}
	for k := range s.Observations {
		o := &s.Observations[k]
		o.Definition = "abc123"
		if o.Unit == "u2" || o.Unit == "u3" {
			o.Definition = "Adults who learned in 4 weeks."
			o.At = analysis.Position{File: "cities.csv", Line: k + 2}
		}
	}
	got := problemsOf(t, s)
	want := `cities.csv:8: i1 is defined as "Adults who learned in 4 weeks." in Unit u2, Unit u3, so it is not compared (only like is compared: give figures by the definition "abc123" or "Adults who learned in 12 months.", or leave the indicator out)`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for k := range s.Observations {
		if o := &s.Observations[k]; o.Definition != "abc123" {
			o.Definition = "Adults who learned in 12 months."
		}
	}
	build(t, s)
}

func TestMistakesComeAllAtOnce(t *testing.T) {
	s := small()
	s.Indicators[0].Better = "context"
	s.Normalise = Goalposts
	s.Indicators[1].Low, s.Indicators[1].High, s.Indicators[1].HasGoalposts = 5, 5, true
	s.Tree.Groups[0].Indicators = append(s.Tree.Groups[0].Indicators, Leaf{Code: "i2"}, Leaf{Code: "i9"})
	s.Screening.Units = 80
	s.Shown = []string{"1999"}
	s.Draws = 3
	got := problemsOf(t, s)
	for _, want := range []string{
		"i1 says no direction", "leave no room between them", "i3 has no goalposts", "tree: i2 stands in it twice", "tree: there is no indicator i9",
		"80 is not a share", "there are no values for 1999", "3 are too few",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Two districts with the same values share their rank, and the next has the rank
// after both: 1, 1, 3.
func TestTiesShareTheirRank(t *testing.T) {
	s := city([][][]float64{{{5, 50}, {5, 50}, {1, 10}, {4, 20}}}, []string{"higher", "higher"})
	result := build(t, s)
	if got := cells(t, result, "index", "", "unit", "rank", "tied"); got != "u0 | 1 | true\nu1 | 1 | true\nu3 | 3 | false\nu2 | 4 | false" {
		t.Error(got)
	}
	if got := cells(t, result, "findings", "how far the ranking can be read", "text"); !strings.Contains(got, "Equal scores: Unit u0 and Unit u1.") {
		t.Error(got)
	}
}

// Where every unit is ahead of the next in every indicator, every pair is told
// apart and dominates, whatever is varied.
func TestAClearOrderIsTold(t *testing.T) {
	s := city([][][]float64{{{1, 10, 100}, {2, 20, 200}, {3, 30, 300}, {4, 40, 400}}}, []string{"higher", "higher", "higher"})
	result := build(t, s)
	if got := cells(t, result, "index", "", "rank", "rank_low", "rank_high"); got != "1 | 1 | 1\n2 | 2 | 2\n3 | 3 | 3\n4 | 4 | 4" {
		t.Error(got)
	}
	got := cells(t, result, "findings", "how far the ranking can be read", "text")
	for _, want := range []string{"Of 6 pairs of districts 6 can be told apart", "In 6 of 6 pairs"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if got := cells(t, result, "findings", "what the ranking hangs on", "text"); !strings.Contains(got, "no draw moved any rank") {
		t.Error(got)
	}
}

// Two districts whose errors are far larger than their difference.
func TestWhatCannotBeToldIsSaid(t *testing.T) {
	s := city([][][]float64{{{50, 50}, {51, 51}, {10, 10}, {90, 90}}}, []string{"higher", "higher"})
	for k := range s.Observations {
		s.Observations[k].SE = 3
	}
	s.Draws = 1000
	got := cells(t, build(t, s), "comparisons", "2020", "ahead", "behind", "told_apart")
	if !strings.Contains(got, "Unit u1 | Unit u0 | false") || !strings.Contains(got, "Unit u3 | Unit u1 | true") {
		t.Error(got)
	}
}

func TestWeightsFromComponentsAddUpToOne(t *testing.T) {
	s := small()
	s.Weights = PCA
	weights := table(t, build(t, s), "weights")
	sums := map[string]float64{}
	for _, row := range weights.Rows {
		sums[row[2].(string)] += row[columnAt(t, weights, "nominal")].(float64)
	}
	if len(sums) != 3 {
		t.Errorf("weights of %d groups, want 3", len(sums))
	}
	for name, sum := range sums {
		near(t, name, sum, 1)
	}
}

func TestEveryChartCanBeDrawn(t *testing.T) {
	for _, c := range build(t, small()).Charts {
		if c.Title == "" || c.Text == "" || len(c.Labels) == 0 || len(c.Series) == 0 {
			t.Errorf("%s: %+v", c.Name, c)
		}
		for _, s := range c.Series {
			if len(s.Value) != len(c.Labels) || len(s.Low) != len(c.Labels) || len(s.High) != len(c.Labels) {
				t.Errorf("%s: series %s has other lengths than the labels", c.Name, s.Name)
			}
		}
	}
}

func TestUnitsLeftOutByDeclarationAreNamed(t *testing.T) {
	s := small()
	s.Without = []string{"u3"}
	result := build(t, s)
	if got := cells(t, result, "screening", "", "code", "reason"); got != "u3 | left out by declaration" {
		t.Error(got)
	}
	if got := cells(t, result, "index", "u3", "rank"); got != "" {
		t.Errorf("it has rank %s", got)
	}
	s.Without = []string{"u33"}
	if got := problemsOf(t, s); !strings.Contains(got, `without: there is no district "u33"`) {
		t.Error(got)
	}
}

// Where one factor alone varies, all variation is its own: both shares are 1, but
// for the error of 2,000 rows.
func TestOneFactorHasAllOfTheVariation(t *testing.T) {
	s := small()
	for k := range s.Observations {
		s.Observations[k].SE = 4
	}
	s.Vary, s.Draws = Vary{Declared: true, Inputs: true}, 4000
	sensitivity := table(t, build(t, s), "sensitivity")
	for _, column := range []string{"first", "total"} {
		if share := sensitivity.Rows[0][columnAt(t, sensitivity, column)].(float64); math.Abs(share-1) > .1 {
			t.Errorf("%s share %v, want 1", column, share)
		}
	}
}

// Two indicators, one of them with an error, by hand: the score is the mean of the
// two, so its standard deviation is half the indicator's error on the scale, here
// 100·1/40/2 = 1.25, and 90 of 100 draws lie within 1.645 of it: ±2.06.
func TestIntervalOfAKnownError(t *testing.T) {
	s := city([][][]float64{{{10, 0}, {30, 50}, {50, 100}}}, []string{"higher", "higher"})
	for k := range s.Observations {
		if o := &s.Observations[k]; o.Indicator == "i1" && o.Unit == "u1" {
			o.SE = 1
		}
	}
	s.Vary, s.Draws = Vary{Declared: true, Inputs: true}, 20000
	low, high := byUnit(t, build(t, s), "low")["u1"], byUnit(t, build(t, s), "high")["u1"]
	if math.Abs(low-(50-2.056)) > .05 || math.Abs(high-(50+2.056)) > .05 {
		t.Errorf("%v to %v, want 47.94 to 52.06", low, high)
	}
}

// Values that double from district to district are too far out for one point
// to be drawn in; the logarithm must reach the score, not only be computed.
func TestTheLogarithmReachesTheScore(t *testing.T) {
	var rows [][]float64
	for k := range 20 {
		rows = append(rows, []float64{math.Pow(2, float64(k)), float64(k % 7)})
	}
	s := city([][][]float64{rows}, []string{"higher", "higher"})
	s.Outliers = Outliers{Points: 1}
	inputs := table(t, build(t, s), "inputs")
	width := math.Pow(2, 19) - 1
	logarithm := func(k int) float64 { return math.Log(math.Pow(2, float64(k)) - 1 + .01*width) }
	for _, row := range inputs.Rows {
		if row[columnAt(t, inputs, "indicator")] != "i1" {
			continue
		}
		k, _ := strconv.Atoi(strings.TrimPrefix(row[0].(string), "u"))
		near(t, row[0].(string), row[columnAt(t, inputs, "treated")].(float64), logarithm(k))
		near(t, row[0].(string), row[columnAt(t, inputs, "normalised")].(float64), 100*(logarithm(k)-logarithm(0))/(logarithm(19)-logarithm(0)))
	}
}
