package costbenefit

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Contribution is how far one drawn input moves the NPV of one option.
type Contribution struct {
	Input   int
	Rank    float64 // Spearman's rank correlation with the NPV, equal values sharing their mean rank
	Share   float64 // ρ²/Σρ²: of the variance, approximately; exact shares exist for independent inputs of a linear model only
	Knowing float64 // value of knowing the input before deciding on this option alone, in money
}

// Knowledge is what knowing one drawn input is worth for the decision among all
// options.
type Knowledge struct {
	Input int
	Value float64
}

// contributions returns, by option and drawn input in the order of drawing, what
// each input does to the NPV, shares not yet filled in, and by drawn input what knowing it is worth for
// the choice among all options. few tells inputs that have a few values only.
// The inputs are shared out among the workers; the result does not depend on how.
func contributions(ctx context.Context, s sample, few []bool, all choice, workers int) ([][]Contribution, []Knowledge, error) {
	ranks := make([][]float64, len(s.result))
	parallel(ctx, len(s.result), workers, func(o int) {
		ranks[o] = midRanks(s.result[o], ordered(s.result[o]))
	})
	by, knowing := make([][]Contribution, len(s.result)), make([]Knowledge, len(s.drawn))
	for o := range by {
		by[o] = make([]Contribution, len(s.drawn))
	}
	parallel(ctx, len(s.drawn), workers, func(k int) {
		own := midRanks(s.drawn[k], ordered(s.drawn[k]))
		expected := make([][]float64, len(s.result))
		for o := range s.result {
			expected[o] = expectedGiven(s.drawn[k], s.result[o], few[k])
		}
		for o := range s.result {
			by[o][k] = Contribution{Input: k, Rank: correlation(own, ranks[o]), Knowing: single(o).valueOfKnowing(expected)}
		}
		knowing[k] = Knowledge{k, all.valueOfKnowing(expected)}
	})
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return by, knowing, nil
}

// shareOut divides 1 in proportion to the squared rank correlations.
func shareOut(list []Contribution) {
	total := 0.0
	for _, c := range list {
		total += c.Rank * c.Rank
	}
	for i := range list {
		if total > 0 {
			list[i].Share = list[i].Rank * list[i].Rank / total
		}
	}
}

// workers is how many goroutines compute at a time.
func workers() int { return runtime.GOMAXPROCS(0) }

// parallel calls do for 0 to n−1 on as many workers, and stops early when ctx ends.
func parallel(ctx context.Context, n, workers int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range max(1, min(workers, n)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}
