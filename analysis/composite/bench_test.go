package composite

import (
	"math"
	"testing"
)

// large is a city of 500 districts, 66 indicators in 11 groups, 10 years; two of
// three indicators have errors.
func large() Setup {
	const units, indicators, periods = 500, 66, 10
	values := make([][][]float64, periods)
	for t := range values {
		for u := range units {
			row := make([]float64, indicators)
			for j := range row {
				row[j] = 50 + 30*math.Sin(float64(u*(j+3)))*math.Cos(float64(j)) + float64(t) + 5*math.Cos(float64(u+t*j))
			}
			values[t] = append(values[t], row)
		}
	}
	better := make([]string, indicators)
	for j := range better {
		better[j] = []string{"higher", "lower"}[j%2]
	}
	s := city(values, better)
	s.Draws, s.Outliers.Off = 1000, false
	for k := range s.Observations {
		if k%3 > 0 {
			s.Observations[k].SE = 2
		}
	}
	return s
}

// A large city with the usual 1000 draws, all that can vary varied.
func BenchmarkBuild(b *testing.B) {
	s := large()
	for b.Loop() {
		if _, err := Build(s); err != nil {
			b.Fatal(err)
		}
	}
}
