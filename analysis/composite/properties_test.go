package composite

import (
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pediment/analysis"
)

// city makes a setup of units × indicators × periods from values[period][unit][indicator].
func city(values [][][]float64, better []string) Setup {
	s := Setup{Title: "Index", Word: "district", Words: "districts", Seed: 5, Draws: 100, Outliers: Outliers{Off: true}}
	root := Node{Code: "index", Name: "Index"}
	for j, direction := range better {
		code := "i" + strconv.Itoa(j+1)
		s.Indicators = append(s.Indicators, Indicator{Code: code, Name: "Indicator " + code, Better: direction})
		if j == 0 || j == len(better)/2 {
			root.Groups = append(root.Groups, Node{Code: "g" + strconv.Itoa(j), Name: "Group " + strconv.Itoa(j)})
		}
		g := &root.Groups[len(root.Groups)-1]
		g.Indicators = append(g.Indicators, Leaf{Code: code})
	}
	s.Tree = root
	for t := range values {
		s.Periods = append(s.Periods, strconv.Itoa(2020+t))
		for u := range values[t] {
			code := "u" + strconv.Itoa(u)
			if t == 0 {
				s.Units = append(s.Units, Unit{Code: code, Name: "Unit " + code})
			}
			for j, x := range values[t][u] {
				s.Observations = append(s.Observations, Observation{Unit: code, Indicator: s.Indicators[j].Code, Period: s.Periods[t], Value: x, SE: math.NaN()})
			}
		}
	}
	return s
}

// drawCity draws a city whose indicators all vary.
func drawCity(t *rapid.T) Setup {
	units, count, periods := rapid.IntRange(3, 7).Draw(t, "units"), rapid.IntRange(2, 5).Draw(t, "indicators"), rapid.IntRange(1, 3).Draw(t, "periods")
	better := make([]string, count)
	for j := range better {
		better[j] = rapid.SampledFrom([]string{"higher", "lower"}).Draw(t, "better")
	}
	values := make([][][]float64, periods)
	for p := range values {
		for range units {
			row := make([]float64, count)
			for j := range row {
				row[j] = float64(rapid.IntRange(0, 1000).Draw(t, "value")) / 10
			}
			values[p] = append(values[p], row)
		}
	}
	for j := range better {
		values[0][0][j], values[0][1][j] = -1, 101
	}
	return city(values, better)
}

// scores are the scores and bounds by unit and period.
func scores(t interface{ Fatal(...any) }, s Setup) map[string][3]float64 {
	result, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][3]float64{}
	for _, row := range result.Tables[1].Rows {
		found[row[0].(string)+" "+row[2].(string)] = [3]float64{row[3].(float64), row[4].(float64), row[5].(float64)}
	}
	return found
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-7 }

func sameScores(t *rapid.T, got, want map[string][3]float64) {
	for key := range want {
		if !close(got[key][0], want[key][0]) {
			t.Fatalf("%s: %v, want %v", key, got[key][0], want[key][0])
		}
	}
}

func TestScoresDoNotDependOnUnitsOfMeasurement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		want := scores(t, s)
		factor, shift := float64(rapid.IntRange(1, 50).Draw(t, "factor"))/7, float64(rapid.IntRange(-90, 90).Draw(t, "shift"))
		s.Observations = slices.Clone(s.Observations)
		for k := range s.Observations {
			s.Observations[k].Value = s.Observations[k].Value*factor + shift
		}
		sameScores(t, scores(t, s), want)
	})
}

func TestTurningAnIndicatorRoundChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Normalise = rapid.SampledFrom([]Normalisation{MinMax, ZScore, ByRank}).Draw(t, "normalise")
		want := scores(t, s)
		s.Indicators, s.Observations = slices.Clone(s.Indicators), slices.Clone(s.Observations)
		i := &s.Indicators[0]
		i.Better = map[string]string{"higher": "lower", "lower": "higher"}[i.Better]
		for k := range s.Observations {
			if s.Observations[k].Indicator == i.Code {
				s.Observations[k].Value *= -1
			}
		}
		sameScores(t, scores(t, s), want)
	})
}

func TestScoresDoNotDependOnTheOrderOfUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Aggregate = []Mean{rapid.SampledFrom(Means()).Draw(t, "mean")}
		want := scores(t, s)
		slices.Reverse(s.Units)
		slices.Reverse(s.Observations)
		sameScores(t, scores(t, s), want)
	})
}

func TestEqualUnitsScoreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Aggregate = []Mean{rapid.SampledFrom(Means()).Draw(t, "mean")}
		s.Units = append(s.Units, Unit{Code: "twin", Name: "Twin"})
		for _, o := range slices.Clone(s.Observations) {
			if o.Unit == "u2" {
				o.Unit = "twin"
				s.Observations = append(s.Observations, o)
			}
		}
		found := scores(t, s)
		for _, period := range s.Periods {
			if !close(found["twin "+period][0], found["u2 "+period][0]) {
				t.Fatalf("%s: %v and %v", period, found["twin "+period], found["u2 "+period])
			}
		}
	})
}

func TestWeightsTimesANumberChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Weights = Given
		s.Aggregate = []Mean{rapid.SampledFrom(Means()).Draw(t, "mean")}
		weigh := func(factor float64) Setup {
			out := s
			out.Tree.Groups = nil
			for g, group := range s.Tree.Groups {
				group.Weight = factor * float64(g+1)
				group.Indicators = slices.Clone(group.Indicators)
				for k := range group.Indicators {
					group.Indicators[k].Weight = factor * float64(k+2)
				}
				out.Tree.Groups = append(out.Tree.Groups, group)
			}
			return out
		}
		sameScores(t, scores(t, weigh(3.7)), scores(t, weigh(1)))
	})
}

func TestImprovingNeverLowersTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Normalise = rapid.SampledFrom([]Normalisation{MinMax, ByRank}).Draw(t, "normalise")
		s.Aggregate = []Mean{rapid.SampledFrom([]Mean{Arithmetic, Geometric, Harmonic}).Draw(t, "mean")}
		before := scores(t, s)
		s.Observations = slices.Clone(s.Observations)
		k := rapid.IntRange(0, len(s.Observations)-1).Draw(t, "observation")
		o := &s.Observations[k]
		j := slices.IndexFunc(s.Indicators, func(i Indicator) bool { return i.Code == o.Indicator })
		by := float64(rapid.IntRange(1, 300).Draw(t, "by")) / 10
		if s.Indicators[j].Better == "lower" {
			by = -by
		}
		o.Value += by
		key := o.Unit + " " + o.Period
		if after := scores(t, s); after[key][0] < before[key][0]-1e-9 {
			t.Fatalf("%s: %v became %v", key, before[key][0], after[key][0])
		}
	})
}

func TestWithoutErrorsAndChoicesNothingIsUnsure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawCity(t)
		s.Vary = Vary{Declared: true, Inputs: true}
		for k := range s.Observations {
			s.Observations[k].SE = 1e-12
		}
		for key, x := range scores(t, s) {
			if x[2]-x[1] > 1e-7 || !close(x[0], x[1]) {
				t.Fatalf("%s: %v", key, x)
			}
		}
	})
}

// Larger errors never make an index surer, as a whole.
func TestIntervalsGrowWithErrors(t *testing.T) {
	width := func(se float64) float64 {
		values := [][][]float64{{{10, 40, 3}, {20, 35, 9}, {35, 20, 4}, {50, 10, 7}, {30, 30, 5}}}
		s := city(values, []string{"higher", "higher", "lower"})
		s.Vary, s.Draws = Vary{Declared: true, Inputs: true}, 1000
		for k := range s.Observations {
			s.Observations[k].SE = se
		}
		sum := 0.0
		for _, x := range scores(t, s) {
			sum += x[2] - x[1]
		}
		return sum
	}
	if a, b, c := width(.01), width(.1), width(1); !(a < b && b < c) {
		t.Errorf("widths %v, %v, %v", a, b, c)
	}
}

func TestSameSetupSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	values := [][][]float64{{{10, 40, 3}, {20, 35, 9}, {35, 20, 4}, {50, 10, 7}}, {{12, 41, 3}, {25, 33, 8}, {36, 22, 4}, {52, 14, 6}}}
	s := city(values, []string{"higher", "higher", "lower"})
	for k := range s.Observations {
		s.Observations[k].SE = 1
	}
	var printed []string
	for _, n := range []int{1, 2, 5} {
		was := runtime.GOMAXPROCS(n)
		result, err := Build(s)
		runtime.GOMAXPROCS(was)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, table := range result.Tables {
			out, err := table.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			text.Write(out)
		}
		printed = append(printed, text.String())
	}
	if printed[0] != printed[1] || printed[0] != printed[2] {
		t.Error("results differ with the number of processors")
	}
}

func problemsOf(t *testing.T, s Setup) string {
	t.Helper()
	_, err := Build(s)
	problems, ok := err.(analysis.Problems)
	if !ok {
		t.Fatalf("no problems: %v", err)
	}
	return problems.Error()
}
