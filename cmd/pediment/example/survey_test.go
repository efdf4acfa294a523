package example

import (
	"bytes"
	"io"
	"math"
	"testing"
)

// TestResidentsSample checks the design of every wave: blocks and respondents
// as declared, weights that add up to the adult residents of each district.
func TestResidentsSample(t *testing.T) {
	c := newTestCity(t, Options{})
	for wave, year := range surveyYears {
		interviews := onlyInterviews(c.interviews(wave))
		if n := len(interviews); n < 2200 || n > 2600 {
			t.Errorf("%d: %d interviews, want about 2,400", year, n)
		}
		weights, blocks := map[string]float64{}, map[string]map[string]int{}
		for _, i := range interviews {
			code := i.district.code
			weights[code] += i.weight
			if blocks[code] == nil {
				blocks[code] = map[string]int{}
			}
			blocks[code][i.block.code]++
			if i.blocks != len(i.district.blocks) {
				t.Fatalf("%d: %d blocks given for %s, it has %d", year, i.blocks, code, len(i.district.blocks))
			}
		}
		for _, d := range c.districts {
			if adults := d.count(year, adultAge, maxAge); math.Abs(weights[d.code]-float64(adults)) > 1e-6*float64(adults) {
				t.Errorf("%d %s: weights add up to %.2f, adults are %d", year, d.code, weights[d.code], adults)
			}
			if len(blocks[d.code]) != blocksPerDistrict {
				t.Errorf("%d %s: interviews in %d blocks, want %d", year, d.code, len(blocks[d.code]), blocksPerDistrict)
			}
		}
	}
}

// TestResidentsTruth estimates every question from 24 cities of different seeds.
// The mean estimate must lie within four of its own standard errors of the
// truth, so a bias of half a point would show.
func TestResidentsTruth(t *testing.T) {
	const cities = 24
	var sum, squares [3][32]float64
	for seed := range cities {
		c := newTestCity(t, Options{Residents: 60_000, Seed: uint64(seed + 1)})
		for wave := range surveyYears {
			interviews := onlyInterviews(c.interviews(wave))
			for k, q := range questions {
				e, _ := surveyMean(interviews, k, q.about)
				sum[wave][k] += e
				squares[wave][k] += e * e
			}
		}
	}
	for wave, year := range surveyYears {
		for k, q := range questions {
			if q.truth[wave] == notAsked {
				continue
			}
			mean := sum[wave][k] / cities
			se := math.Sqrt((squares[wave][k]/cities - mean*mean) / (cities - 1))
			if math.Abs(mean-q.truth[wave]) > 4*se {
				t.Errorf("%d %s: %.4f on average (SE %.4f), truth is %.4f", year, q.name, mean, se, q.truth[wave])
			}
		}
	}
}

// TestResidentsStory checks that the city everybody sees, that of the default
// seed, tells the story told in questions.
func TestResidentsStory(t *testing.T) {
	c := newTestCity(t, Options{})
	var waves [3][]interview
	for wave := range waves {
		waves[wave] = onlyInterviews(c.interviews(wave))
	}
	// change is the difference between two waves and how many standard errors
	// it is; the waves are independent samples.
	change := func(name string, from, to int) (difference, z float64) {
		k := questionIndex(t, name)
		a, varianceA := surveyMean(waves[from], k, questions[k].about)
		b, varianceB := surveyMean(waves[to], k, questions[k].about)
		return b - a, (b - a) / math.Sqrt(varianceA+varianceB)
	}
	if d, z := change("learned_12m", 1, 2); d <= 0 || z > 1.96 {
		t.Errorf("adult learning 2023 to 2025: %+.4f, z %.2f; want a rise within sampling error", d, z)
	}
	if d, z := change("volunteered_12m", 1, 2); z > -2.58 {
		t.Errorf("volunteering 2023 to 2025: %+.4f, z %.2f; want a clear fall", d, z)
	}
	behind := func(a adult) bool { return of25To64(a) && a.district.code == behindCode }
	others := func(a adult) bool { return of25To64(a) && a.district.code != behindCode }
	migrants := func(a adult) bool { return of25To64(a) && a.migrant }
	natives := func(a adult) bool { return of25To64(a) && !a.migrant }
	for _, gap := range []struct {
		name     string
		low, top func(adult) bool
	}{{"district", behind, others}, {"migrants", migrants, natives}} {
		low, varianceLow := surveyMean(waves[2], learnedQuestion, gap.low)
		top, varianceTop := surveyMean(waves[2], learnedQuestion, gap.top)
		if z := (top - low) / math.Sqrt(varianceLow+varianceTop); z < 2.58 {
			t.Errorf("%s in 2025: %.4f against %.4f, z %.2f; want clearly behind", gap.name, low, top, z)
		}
	}
}

// TestSurveyFilesRepeat writes every file twice and once with another seed.
func TestSurveyFilesRepeat(t *testing.T) {
	for name, write := range map[string]func(*city, io.Writer) error{
		"2021": residentsWave2021, "2023": residentsWave2023, "2025": residentsWave2025, "employers": employersSurvey,
	} {
		var files [3]bytes.Buffer
		for k, seed := range []uint64{7, 7, 8} {
			if err := write(newTestCity(t, Options{Residents: 20_000, Seed: seed}), &files[k]); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
			t.Errorf("%s: the same seed gives other bytes", name)
		}
		if bytes.Equal(files[0].Bytes(), files[2].Bytes()) {
			t.Errorf("%s: another seed gives the same bytes", name)
		}
	}
}

// TestEmployersTruth compares weighted estimates over many draws with the table
// of size classes: commitment and organisation weighted by employers, spending
// as a ratio within each class.
func TestEmployersTruth(t *testing.T) {
	const cities = 60
	var frames, committed, learning, payroll, training [4]float64
	for seed := range cities {
		c := newTestCity(t, Options{Seed: uint64(seed + 1)})
		for _, e := range c.employers() {
			k := classIndex(e.class)
			if e.payroll >= 0 && e.training >= 0 {
				payroll[k] += e.weight * float64(e.payroll)
				training[k] += e.weight * float64(e.training)
			}
			if e.commitment == "not told" {
				continue
			}
			frames[k] += e.weight
			if e.commitment != "none" {
				committed[k] += e.weight
			}
			if e.criteria >= 6 {
				learning[k] += e.weight
			}
		}
	}
	for k, class := range sizeClasses {
		for _, part := range []struct {
			name             string
			estimate, truth  float64
			relativeDistance float64
		}{
			{"commitment", committed[k] / frames[k], class.commitment, .03},
			{"organisation", learning[k] / frames[k], class.organisation, .08},
			{"spending", training[k] / payroll[k], class.spending, .04},
		} {
			if math.Abs(part.estimate/part.truth-1) > part.relativeDistance {
				t.Errorf("%s %s: %.4f, truth is %.4f", class.name, part.name, part.estimate, part.truth)
			}
		}
	}
}

func newTestCity(t *testing.T, o Options) *city {
	t.Helper()
	c, err := newCity(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func classIndex(class *sizeClass) int {
	for k := range sizeClasses {
		if &sizeClasses[k] == class {
			return k
		}
	}
	return -1
}

func questionIndex(t *testing.T, name string) int {
	t.Helper()
	for k, q := range questions {
		if q.name == name {
			return k
		}
	}
	t.Fatalf("no question %s", name)
	return -1
}

// surveyMean is the weighted mean of question k among the respondents about whom
// it is asked, with its linearised variance: totals of w(y − mean) between the
// blocks of each district, (1 − f)·n/(n−1)·Σ(z − z̄)², over the weights squared.
func surveyMean(interviews []interview, k int, about func(adult) bool) (mean, variance float64) {
	sum, weights := 0.0, 0.0
	for _, i := range interviews {
		if y, ok := answerValue(i, k); ok && about(i.adult) {
			sum += i.weight * y
			weights += i.weight
		}
	}
	mean = sum / weights
	type stratum struct {
		blocks map[string]float64
		all    int
	}
	strata := map[string]stratum{}
	for _, i := range interviews {
		if _, ok := strata[i.district.code]; !ok {
			strata[i.district.code] = stratum{map[string]float64{}, i.blocks}
		}
		z := 0.0
		if y, ok := answerValue(i, k); ok && about(i.adult) {
			z = i.weight * (y - mean)
		}
		strata[i.district.code].blocks[i.block.code] += z
	}
	for _, s := range strata {
		n, total, squares := float64(len(s.blocks)), 0.0, 0.0
		for _, z := range s.blocks {
			total += z
			squares += z * z
		}
		variance += (1 - n/float64(s.all)) * n / (n - 1) * (squares - total*total/n)
	}
	return mean, variance / (weights * weights)
}

// answerValue is the answer as the indicator reads it, and whether there is one.
func answerValue(i interview, k int) (float64, bool) {
	answer := i.answers[k]
	yes := answer
	switch questions[k].form {
	case answerRating:
		yes = oneIf(answer >= 4)
	case answerDays:
		yes = oneIf(answer >= 5)
	}
	return float64(yes), answer >= 0
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
