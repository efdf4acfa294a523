package composite

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"pediment/analysis"
)

// tolerance is relative: R and Go add in different orders.
const tolerance = 1e-9

// near fails unless got is want within the tolerance.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: %.15g, want %.15g", what, got, want)
	}
}

func allNear(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		near(t, what+" "+strconv.Itoa(i+1), got[i], want[i])
	}
}

// reference are the answers of testdata/reference.R (R 4.2), by case.
func reference(t *testing.T) map[string][]float64 {
	t.Helper()
	file, err := os.Open("testdata/reference.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][]float64{}
	for _, row := range rows[1:] {
		x, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		cases[row[0]] = append(cases[row[0]], x)
	}
	return cases
}

func TestMomentsAsInR(t *testing.T) {
	want := reference(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		near(t, "skewness "+name, Skewness(want["data "+name]), want["skewness "+name][0])
		near(t, "kurtosis "+name, Kurtosis(want["data "+name]), want["kurtosis "+name][0])
	}
}

func TestTreatAsInR(t *testing.T) {
	want := reference(t)
	for _, c := range []struct {
		name   string
		of     string
		sign   float64
		points int
		text   string
	}{
		{"treated c", "data c", 1, 5, "highest 1 drawn in"},
		{"treated left", "data c", -1, 5, "lowest 1 drawn in"},
		{"treated d 1", "data d", 1, 1, "highest 1 drawn in"},
		{"treated d 0", "data d", 1, 0, "logarithm"},
		{"treated d left", "data d", -1, 0, "logarithm from the upper end"},
	} {
		values := slices.Clone(want[c.of])
		for i := range values {
			values[i] *= c.sign
		}
		treatment := Treat(values, c.points)
		if treatment.String() != c.text {
			t.Errorf("%s: %q, want %q", c.name, treatment, c.text)
		}
		allNear(t, c.name, treatment.all(values), want[c.name])
	}
	if got := Treat(want["data a"], 5); !got.none() || got.Undone {
		t.Errorf("values near each other are treated: %v", got)
	}
}

func TestNormaliseAsInR(t *testing.T) {
	want := reference(t)
	up := Scale{Better: "higher", Target: 65, Low: 52, High: 65}
	down := Scale{Better: "lower", Target: 10, Low: 10, High: 16}
	for _, c := range []struct {
		name, of string
		method   Normalisation
		scale    Scale
	}{
		{"min-max a", "data a", MinMax, up}, {"min-max b", "data b", MinMax, down},
		{"z a", "data a", ZScore, up}, {"z b", "data b", ZScore, down},
		{"goalposts a", "data a", Goalposts, up}, {"goalposts b", "data b", Goalposts, down},
		{"target a", "data a", ToTarget, up}, {"target b", "data b", ToTarget, down},
		{"best at a", "data a", MinMax, Scale{Better: "target", Target: 60}},
		{"rank a", "data a", ByRank, up}, {"rank b", "data b", ByRank, down},
	} {
		out := make([]float64, 12)
		Normalise(c.method, c.scale, want[c.of], out)
		allNear(t, c.name, out, want[c.name])
	}
	ties := []float64{1, 2, 2, 3, 3, 3, 4}
	Normalise(ByRank, up, ties, ties)
	allNear(t, "rank ties", ties, want["rank ties"])
}

// A target of 60 between goalposts 50 and 80: the greatest distance is 20, so 55
// scores 100·(1 − 5/20) = 75, 90 is cut off at 0.
func TestGoalpostsAroundATarget(t *testing.T) {
	out := make([]float64, 4)
	Normalise(Goalposts, Scale{Better: "target", Target: 60, Low: 50, High: 80}, []float64{55, 60, 90, math.NaN()}, out)
	allNear(t, "scores", out[:3], []float64{75, 100, 0})
	if !math.IsNaN(out[3]) {
		t.Errorf("a missing value scores %v", out[3])
	}
}

// scoresOf are the scores the R script aggregates.
func scoresOf(want map[string][]float64) [][]float64 {
	c := make([]float64, 12)
	Normalise(MinMax, Scale{Better: "higher"}, want["treated c"], c)
	return [][]float64{want["min-max a"], want["min-max b"], c}
}

func TestAggregateAsInR(t *testing.T) {
	want := reference(t)
	columns, w := scoresOf(want), []float64{1, 2, .5}
	out, sums := make([]float64, 12), make([]float64, 12)
	for _, mean := range []Mean{Arithmetic, Geometric, Harmonic} {
		aggregateInto(mean, columns, w, out, sums)
		allNear(t, string(mean), out, want[string(mean)])
		for i := range out {
			near(t, string(mean)+" by row", Aggregate(mean, []float64{columns[0][i], columns[1][i], columns[2][i]}, w), out[i])
		}
	}
	Outrank(columns, w, out)
	allNear(t, "copeland", out, want["copeland"])
}

func TestStructureAsInR(t *testing.T) {
	want := reference(t)
	columns := scoresOf(want)
	weights, explained := ComponentWeights(columns)
	allNear(t, "pca weights", weights, want["pca weights"])
	near(t, "pca explained", explained, want["pca explained"][0])
	near(t, "alpha", Alpha(columns), want["alpha"][0])
	correlations, shares := EffectiveWeights(columns, want["arithmetic"])
	allNear(t, "correlation", correlations, want["correlation"])
	allNear(t, "effective", shares, want["effective"])
	dominant, pairs := DominantPairs(columns, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	near(t, "dominant", float64(dominant), want["dominant"][0])
	near(t, "pairs", float64(pairs), 66) // 12·11/2
}

// referenceSetup is the whole index of the R script.
func referenceSetup(want map[string][]float64) Setup {
	s := Setup{
		Title: "Index", Periods: []string{"2025"}, Seed: 1, Draws: 200,
		Indicators: []Indicator{{Code: "a", Name: "A", Better: "higher"}, {Code: "b", Name: "B", Better: "lower"}, {Code: "c", Name: "C", Better: "higher"}},
		Tree: Node{Code: "index", Name: "Index", Groups: []Node{
			{Code: "ab", Name: "A and B", Weight: 2, Indicators: []Leaf{{Code: "a"}, {Code: "b"}}},
			{Code: "only", Name: "C", Weight: 1, Indicators: []Leaf{{Code: "c"}}},
		}},
		Weights: Given, Aggregate: []Mean{Arithmetic, Geometric},
	}
	for u := range 12 {
		code := "u" + strconv.Itoa(u+1)
		s.Units = append(s.Units, Unit{Code: code, Name: code})
		for _, i := range s.Indicators {
			s.Observations = append(s.Observations, Observation{Unit: code, Indicator: i.Code, Period: "2025", Value: want["data "+i.Code][u], SE: math.NaN()})
		}
	}
	return s
}

func TestWholeIndexAsInR(t *testing.T) {
	want := reference(t)
	result, err := Build(referenceSetup(want))
	if err != nil {
		t.Fatal(err)
	}
	scores, ranks := byUnit(t, result, "score"), byUnit(t, result, "rank")
	for u := range 12 {
		code := "u" + strconv.Itoa(u+1)
		near(t, "score of "+code, scores[code], want["whole"][u])
		near(t, "rank of "+code, ranks[code], want["whole rank"][u])
	}
}

// table is a table of the result.
func table(t *testing.T, r analysis.Result, name string) analysis.Table {
	t.Helper()
	k := slices.IndexFunc(r.Tables, func(t analysis.Table) bool { return t.Name == name })
	if k < 0 {
		t.Fatalf("there is no table %s", name)
	}
	return r.Tables[k]
}

func columnAt(t *testing.T, table analysis.Table, name string) int {
	t.Helper()
	k := slices.IndexFunc(table.Columns, func(c analysis.Column) bool { return c.Name == name })
	if k < 0 {
		t.Fatalf("table %s has no column %s", table.Name, name)
	}
	return k
}

// byUnit is a column of the table index by the unit's code, of its first period.
func byUnit(t *testing.T, r analysis.Result, column string) map[string]float64 {
	t.Helper()
	index := table(t, r, "index")
	unit, at := columnAt(t, index, "unit"), columnAt(t, index, column)
	found := map[string]float64{}
	for _, row := range index.Rows {
		code := row[unit].(string)
		if _, have := found[code]; have {
			continue
		}
		switch x := row[at].(type) {
		case float64:
			found[code] = x
		case int64:
			found[code] = float64(x)
		default:
			found[code] = math.NaN()
		}
	}
	return found
}
