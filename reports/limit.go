package reports

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limit lets each of many askers do something now and then: so often at once, and
// again at a rate.
type limit struct {
	rate  rate.Limit
	burst int

	mu sync.Mutex
	askers[*rate.Limiter]
}

// askers hold something for each of a bounded number of askers; whoever has not asked
// for longest is forgotten first.
type askers[T any] struct {
	most       int          // askers of a generation
	young, old map[string]T // two generations: the old one goes when the young one is full
}

// mostAskers is how many askers a generation holds, a few megabytes.
const mostAskers = 8192

func newAskers[T any]() askers[T] { return askers[T]{most: mostAskers, young: map[string]T{}} }

// find gives what is held for an asker, who thereby belongs to the young generation.
func (a *askers[T]) find(asker string) (held T, known bool) {
	if held, known = a.young[asker]; known {
		return held, true
	}
	if held, known = a.old[asker]; known {
		a.hold(asker, held)
	}
	return held, known
}

// hold holds something for an asker.
func (a *askers[T]) hold(asker string, one T) {
	if _, known := a.young[asker]; !known && len(a.young) >= a.most {
		a.old, a.young = a.young, map[string]T{}
	}
	a.young[asker] = one
}

// newLimit lets each asker do something burst times at once and again once every
// interval.
func newLimit(every time.Duration, burst int) *limit {
	return &limit{rate: rate.Every(every), burst: burst, askers: newAskers[*rate.Limiter]()}
}

// wait takes one turn of the asker's and is 0, or says how long until there is one.
func (l *limit) wait(asker string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	turns := l.turns(asker)
	turn := turns.Reserve()
	if left := turn.Delay(); left > 0 {
		turn.Cancel()
		return left
	}
	return 0
}

// giveBack gives the asker a turn back that was taken.
func (l *limit) giveBack(asker string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turns(asker).AllowN(time.Now(), -1)
}

// turns are those of an asker.
func (l *limit) turns(asker string) *rate.Limiter {
	turns, known := l.find(asker)
	if !known {
		turns = rate.NewLimiter(l.rate, l.burst)
		l.hold(asker, turns)
	}
	return turns
}

// remembered are askers that are known from before, as many as a limit holds.
type remembered struct {
	mu sync.Mutex
	askers[struct{}]
}

func newRemembered() *remembered { return &remembered{askers: newAskers[struct{}]()} }

func (r *remembered) knows(asker string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.find(asker)
	return known
}

func (r *remembered) remember(asker string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hold(asker, struct{}{})
}
