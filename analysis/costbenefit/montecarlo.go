package costbenefit

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
)

// defaultDraws is how often a Monte Carlo draws when nobody says.
const defaultDraws = 10_000

// A Monte Carlo of fewer draws says nothing; one of more needs more memory than it
// tells.
const (
	FewestDraws = 100
	MostDraws   = 1_000_000
)

// blockDraws is how many draws a worker takes at a time.
const blockDraws = 256

// sample is what a Monte Carlo drew and what came of it, in the order of draws.
type sample struct {
	drawn  [][]float64 // by drawn input
	result [][]float64 // by option
}

// simulate computes the draws numbered 0 to draws−1 on as many workers. base has
// the values of inputs that are not drawn; eval writes what comes of x into out,
// one number an option, and may be called concurrently. The sample does not
// depend on the number of workers. progress, which may be nil, is called from
// one goroutine at a time. The error is ctx's when it ends, or tells which draw
// has no finite result.
func simulate(ctx context.Context, d *drawing, base []float64, draws, options, workers int,
	eval func(x, out []float64), progress func(done, total int)) (sample, error) {
	s := sample{matrix(len(d.inputs), draws), matrix(options, draws)}
	var next atomic.Int64
	var reporting sync.Mutex
	var wait sync.WaitGroup
	done := 0
	for range max(1, workers) {
		wait.Go(func() {
			x, out, room := append([]float64(nil), base...), make([]float64, options), make([]float64, len(d.inputs))
			for ctx.Err() == nil {
				from := int(next.Add(blockDraws)) - blockDraws
				if from >= draws {
					return
				}
				to := min(from+blockDraws, draws)
				s.fill(d, from, to, x, out, room, eval)
				reporting.Lock()
				if done += to - from; progress != nil {
					progress(done, draws)
				}
				reporting.Unlock()
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return sample{}, err
	}
	return s, s.check()
}

func (s sample) fill(d *drawing, from, to int, x, out, room []float64, eval func(x, out []float64)) {
	for i := from; i < to; i++ {
		d.draw(i, x, room)
		eval(x, out)
		for k, input := range d.inputs {
			s.drawn[k][i] = x[input]
		}
		for o, v := range out {
			s.result[o][i] = v
		}
	}
}

// check returns an error naming the first draw without a finite result.
func (s sample) check() error {
	for _, results := range s.result {
		for i, v := range results {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return noResult{i}
			}
		}
	}
	return nil
}

// noResult is a draw whose values lead to no number.
type noResult struct{ draw int }

func (e noResult) Error() string { return fmt.Sprintf("draw %d leads to no number", e.draw+1) }

func matrix(rows, columns int) [][]float64 {
	room := make([]float64, rows*columns)
	m := make([][]float64, rows)
	for i := range m {
		m[i] = room[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}
