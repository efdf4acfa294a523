package composite

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// said are all sentences of an index and the titles of its charts.
func said(t *testing.T, r analysis.Result) string {
	t.Helper()
	text := cells(t, r, "findings", "", "text")
	for _, c := range r.Charts {
		text += "\n" + c.Title + "\n" + c.Text
	}
	return text
}

// opposite are two districts of which each is best in one of two indicators, of
// the same group: by hand both have (100 + 0)/2 = 50. Any change of weights or an
// indicator left out puts one of them ahead, any other choice moves no rank.
func opposite() Setup {
	s := city([][][]float64{{{50, 5}, {40, 3}}}, []string{"higher", "lower"})
	s.Tree = Node{Code: "index", Name: "Index", Indicators: []Leaf{{Code: "i1"}, {Code: "i2"}}}
	s.Draws = 1000
	return s
}

func TestTwoOppositeDistrictsAreATie(t *testing.T) {
	text := said(t, build(t, opposite()))
	for _, want := range []string{
		"In 2020 both districts have the same score, 50 of 100.", "the index puts each of them in place 1 to 2 of 2",
		"The two districts cannot be told apart", "Neither is at least as good in every indicator",
		"All districts have the same score in 2020; 0 of 1 pair can be told apart",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, not := range []string{"Inf", "NaN", "has the lowest", "have the highest", "1 pairs", "alpha", "hangs most"} {
		if strings.Contains(text, not) {
			t.Errorf("%q in\n%s", not, text)
		}
	}
}

// With noise of the weights alone every draw puts one ahead, so that one of two
// ranks moves by 1: 0.5 on average, always. The scale and the mean vary besides,
// and change no order.
func TestOfEqualMovesNoFactorHasAShare(t *testing.T) {
	s := opposite()
	s.Vary = Vary{Declared: true, Weights: .25, Normalise: []Normalisation{ZScore}, Aggregate: []Mean{Geometric}}
	result := build(t, s)
	if got := cells(t, result, "sensitivity", "", "varied", "first", "total"); strings.Count(got, "true | - | -") != 3 {
		t.Error(got)
	}
	if got := said(t, result); !strings.Contains(got, "cannot be said: every draw moves ranks equally far. A draw moves a district by 0.5 ranks of 2") {
		t.Error(got)
	}
}

// Scores of a scale other than the declared keep their order where all are equal
// as declared, for there is no spread to bring them to.
func TestAlignKeepsTheOrder(t *testing.T) {
	scores := []float64{57, 43}
	align(scores, []float64{50, 50})
	near(t, "first", scores[0], 57)
	near(t, "second", scores[1], 43)
	align(scores, []float64{80, 60}) // the same order, mean and spread: 70 ± 10
	near(t, "first", scores[0], 80)
	near(t, "second", scores[1], 60)
}

func TestSharesNeedDrawsThatMoveRanks(t *testing.T) {
	narrow, wide := []Share{{TotalLow: .4, TotalHigh: .6}}, []Share{{TotalLow: .2, TotalHigh: .8}}
	moves := func(other int) []float64 {
		list := make([]float64, 1000)
		for k := range other {
			list[k] = 1
		}
		return list
	}
	for _, c := range []struct {
		moves  []float64
		shares []Share
		want   string
	}{
		{moves(0), narrow, "every draw moves ranks equally far"},
		{moves(29), narrow, "only 29 of 1000 draws move ranks otherwise than most do"},
		{moves(30), narrow, ""},
		{moves(971), narrow, "only 29 of 1000 draws move ranks otherwise than most do"},
		{moves(500), wide, "1000 draws are too few for it"},
		{moves(500), unknownShares(1), "1000 draws are too few for it"},
	} {
		if got := unsharable(c.moves, c.shares); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// 1/3 is no binary number, so that a mean of thirds may differ from a third: that
// is no variance.
func TestSobolOfAThird(t *testing.T) {
	third := make([]float64, 999)
	for k := range third {
		third[k] = 1. / 3
	}
	if s := Sobol(third, third, [][]float64{third}, 5, 1)[0]; !math.IsNaN(s.First) || !math.IsNaN(s.Total) {
		t.Errorf("shares of nothing: %+v", s)
	}
}

// By hand: x and 100 − x add up to 100 always, so nothing varies that alpha is a
// share of. With 0, 2, 4 and 0, 1, 2 the variances are 4 and 1, that of the sum 9:
// 2·(1 − 5/9) = 8/9.
func TestAlphaOfFew(t *testing.T) {
	for name, columns := range map[string][][]float64{
		"opposite": {{0, 30, 100}, {100, 70, 0}}, "two rows": {{0, 100}, {10, 90}}, "one column": {{1, 2, 3}},
	} {
		if a := Alpha(columns); !math.IsNaN(a) {
			t.Errorf("%s: alpha %v, want none", name, a)
		}
	}
	near(t, "alpha", Alpha([][]float64{{0, 2, 4}, {0, 1, 2}}), 8./9)
}

// How far alpha lies below 0 says nothing: in three rows that nearly undo each
// other it is as low as one likes.
func TestAlphaBelowZeroIsSaidSo(t *testing.T) {
	s := city([][][]float64{{{0, 100}, {50, 51}, {100, 0}}}, []string{"higher", "higher"})
	s.Tree = Node{Code: "index", Name: "Index", Indicators: []Leaf{{Code: "i1"}, {Code: "i2"}}}
	if got := said(t, build(t, s)); !strings.Contains(got, "Index (alpha below 0)") {
		t.Error(got)
	}
}

func TestTiedAtTheEndIsSaidOfAll(t *testing.T) {
	s := city([][][]float64{{{9, 90}, {5, 50}, {1, 10}, {1, 10}}}, []string{"higher", "higher"})
	if got := said(t, build(t, s)); !strings.Contains(got, "Unit u2 and Unit u3 have the lowest, 0.") {
		t.Error(got)
	}
}

// u0 has 0 of the first indicator and 100 of the second: √(1·100) = 10.
func TestTheFloorOfTheGeometricMeanIsSaid(t *testing.T) {
	s := city([][][]float64{{{10, 90}, {50, 50}, {90, 10}, {80, 60}}}, []string{"higher", "higher"})
	s.Tree = Node{Code: "index", Name: "Index", Indicators: []Leaf{{Code: "i1"}, {Code: "i2"}}}
	if got := cells(t, build(t, s), "findings", "how it is made", "text"); !strings.Contains(got, "In the draws with a geometric or harmonic mean a score below 1 of 100 counts as 1") {
		t.Error(got)
	}
	s.Aggregate = []Mean{Geometric}
	result := build(t, s)
	near(t, "u0", byUnit(t, result, "score")["u0"], 10)
	want := "counts as 1, for one of 0 would make the whole 0. So it is for Unit u0 in Indicator i1 and Unit u2 in Indicator i2."
	if got := cells(t, result, "findings", "how it is made", "text"); !strings.Contains(got, want) {
		t.Error(got)
	}
	s.Aggregate, s.Vary = []Mean{Arithmetic}, Vary{Declared: true, Weights: .2}
	if got := said(t, build(t, s)); strings.Contains(got, "counts as 1") {
		t.Error(got)
	}
}

// At most 100,000 draws; and 20 million scores are kept at most, which 5 districts
// in 2 years reach with 2 million draws only, but 500 districts in 10 years with
// 4,000.
func TestDrawsAreBounded(t *testing.T) {
	s := small()
	s.Draws = 100_001
	if got := problemsOf(t, s); !strings.Contains(got, "draws: 100001 are more than 100000") {
		t.Error(got)
	}
	s.Draws = 4001
	got := s.crowded(screened{rows: make([]row, 5000)})
	if !strings.Contains(got.Message, "no room for 4001 of 5000 scores") || got.Hint != "write at most 4000 draws, or fewer periods" {
		t.Error(got)
	}
	s.Draws = 4000
	if got := s.crowded(screened{rows: make([]row, 5000)}); got.Message != "" {
		t.Error(got)
	}
	s.Draws = MostDraws
	if got := s.crowded(screened{rows: make([]row, 10)}); got.Message != "" {
		t.Error(got)
	}
}

// Of nine districts unit k rises by k² of 100: the six that rise most are drawn,
// the others stand in the table. Ranges of six lines would cover one another.
func TestSixLinesAtMost(t *testing.T) {
	var first, last [][]float64
	for k := range 9 {
		x := float64(k)
		first, last = append(first, []float64{10 + x/10, 10 + x/20}), append(last, []float64{10 + x/10 + x*x, 10 + x/20 + x*x})
	}
	s := city([][][]float64{first, last}, []string{"higher", "higher"})
	result := build(t, s)
	chart := result.Charts[len(result.Charts)-1]
	var names []string
	for _, one := range chart.Series {
		names = append(names, strings.TrimPrefix(one.Name, "Unit "))
		if !math.IsNaN(one.Low[0]) {
			t.Errorf("%s has a band", one.Name)
		}
	}
	if got := fmt.Sprint(names); got != "[u8 u7 u6 u5 u4 u3]" {
		t.Errorf("lines of %s", got)
	}
	if !strings.Contains(chart.Title, "(drawn: the 6 of 9 that changed most)") || !strings.Contains(chart.Text, "stands in the table") {
		t.Errorf("%s; %s", chart.Title, chart.Text)
	}
}

func TestRangesSayWhatTheyAre(t *testing.T) {
	s := city([][][]float64{{{10, 10}, {20, 20}, {30, 30}}, {{10, 10}, {60, 60}, {90, 90}}}, []string{"higher", "higher"})
	for k := range s.Observations {
		s.Observations[k].SE = 2
	}
	text := said(t, build(t, s))
	for _, want := range []string{" in 9 of 10 draws).", "rose in Unit u2 +", "In brackets stands the range of 9 of 10 draws."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
