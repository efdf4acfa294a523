package progress

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The interval of a mean score is that of drawing both ends of its measure: 40 (se 1.8)
// to 52 (se 2) on the way to 60, 200,000 draws, within a tenth, as the shares do
// not say where in its part of the scale a status has its score.
func TestScoreHasAnError(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	sum, squares := 0.0, 0.0
	const draws = 200_000
	for range draws {
		y0, y1 := 40+1.8*random.NormFloat64(), 52+2*random.NormFloat64()
		j := openSDG().Assess(course(1, 60, at(2015, y0), at(2023, y1)))
		sum, squares = sum+j.Score, squares+j.Score*j.Score
	}
	sd := math.Sqrt(squares/draws - sum/draws*sum/draws)
	row := measured(t, nil, value(t, "2015", 40, 1.8), value(t, "2023", 52, 2)).row("scores")
	mean := numberIn(row["mean_score"])
	expect(t, "lower end", (mean-numberIn(row["mean_low"]))/normalBound, sd, .1)
	if row["mean_status"] != "on track" {
		t.Errorf("a mean of %g ± %g is %v", mean, sd, row["mean_status"])
	}
	// 7.5 ± 2.7 points in 8 years where 10.7 were due: too slow, or enough.
	row = measured(t, nil, value(t, "2015", 40, 1.8), value(t, "2023", 47.5, 2)).row("scores")
	if row["mean_status"] != "uncertain: between on track and progress, acceleration needed" && row["mean_status"] != "uncertain: between on track and limited progress" {
		t.Errorf("an open mean is %v", row["mean_status"])
	}
}
