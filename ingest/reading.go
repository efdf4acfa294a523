package ingest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"

	"pediment/analysis"
)

// reading is one call of Stream.
type reading struct {
	*stream
	numbers int
	texts   []textColumn
	items   string
	chunks  []chunk
	next    atomic.Int64 // chunk that nobody reads yet
	yield   func(worker int, b analysis.Batch) error
}

// run reads with as many workers as there are.
func (r *reading) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var group sync.WaitGroup
	for worker := range min(r.Workers(), len(r.chunks)) {
		group.Go(func() {
			if err := r.work(ctx, worker); err != nil {
				stop(err) // the first error counts: those after it come of stopping
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// work reads chunks as long as there are any.
func (r *reading) work(ctx context.Context, worker int) (err error) {
	c, err := r.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	b := newBatch(r)
	defer b.release()
	for {
		i := int(r.next.Add(1)) - 1
		if i >= len(r.chunks) {
			return nil
		}
		b.First = r.chunks[i].first()
		err := eachRecord(ctx, c, "SELECT "+r.items+" FROM "+r.from(r.chunks[i]), func(record arrow.RecordBatch) error {
			if err := b.fill(record); err != nil {
				return err
			}
			err := r.yield(worker, b.Batch)
			b.First += int64(b.Rows)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// batch is filled with one record after the other.
type batch struct {
	analysis.Batch
	texts  []textColumn
	coders []*coder
	memory [][]float64 // for numbers of other types than DOUBLE
}

func newBatch(r *reading) *batch {
	b := &batch{Batch: analysis.Batch{Numbers: make([][]float64, r.numbers), Texts: make([][]int32, len(r.texts))}, texts: r.texts, memory: make([][]float64, r.numbers)}
	for i := range b.memory {
		b.memory[i] = make([]float64, 0, blockRows)
	}
	for _, t := range r.texts {
		b.coders = append(b.coders, t.coder())
	}
	return b
}

func (b *batch) release() {
	for _, c := range b.coders {
		c.release()
	}
}

// fill puts a record into the batch.
func (b *batch) fill(record arrow.RecordBatch) (err error) {
	b.Rows = int(record.NumRows())
	for i := range b.Numbers {
		if b.Numbers[i], err = numbersOf(record.Column(i), b.memory[i]); err != nil {
			return err
		}
	}
	column := len(b.Numbers)
	for i, t := range b.texts {
		if t.kept != nil {
			b.Texts[i] = t.recall(b.First, b.Rows, b.Texts[i])
			continue
		}
		if b.Texts[i], err = codesOf(record.Column(column), b.coders[i], b.Texts[i]); err != nil {
			return err
		}
		t.note(b.First, b.Texts[i])
		column++
	}
	return nil
}
