package main

import (
	"context"
	"maps"
	"slices"

	"pediment/analysis"
)

// sampleSize is how many rows, strata and PSUs a sample has.
type sampleSize struct{ rows, strata, psus int64 }

// unitCodes are the codes of a row's strata columns and PSU.
type unitCodes [8]int32

// unitCount is what one goroutine finds of them.
type unitCount struct {
	rows         int64
	strata, psus map[unitCodes]bool
}

// strata are the columns of strata, with that of pooled rounds unless they keep
// their PSUs.
func (q *inquiry) strata() []string {
	if q.Design.Pool == "" || q.Design.SamePSUs {
		return q.Design.Strata
	}
	return slices.Concat([]string{q.Design.Pool}, q.Design.Strata)
}

// size counts the rows of the sample, its strata and its PSUs.
func (q *inquiry) size(ctx context.Context) (sampleSize, error) {
	strata, ids := q.strata(), q.Design.IDs
	if len(ids) > 0 && ids[0] == "1" {
		ids = nil
	}
	texts := slices.Concat(strata, ids[:min(1, len(ids))])
	var filter []string
	if q.RowFilter != nil {
		filter = append(filter, q.RowFilter.SQL)
	}
	counts := make([]unitCount, q.columns.rows.Workers())
	for k := range counts {
		counts[k].strata, counts[k].psus = map[unitCodes]bool{}, map[unitCodes]bool{}
	}
	err := q.columns.rows.Stream(ctx, filter, texts, func(worker int, b analysis.Batch) error {
		counts[worker].take(b, len(strata))
		return nil
	})
	all := counts[0]
	for _, part := range counts[1:] {
		all.rows += part.rows
		maps.Copy(all.strata, part.strata)
		maps.Copy(all.psus, part.psus)
	}
	size := sampleSize{rows: all.rows, strata: int64(len(all.strata))}
	if len(ids) > 0 {
		size.psus = int64(len(all.psus))
	}
	return size, err
}

// take counts a batch; a number in it says which rows are of the sample.
func (c *unitCount) take(b analysis.Batch, strata int) {
	if len(b.Numbers) == 0 && len(b.Texts) == 0 {
		c.rows += int64(b.Rows)
		return
	}
	for row := range b.Rows {
		if len(b.Numbers) > 0 && b.Numbers[0][row] != 1 {
			continue
		}
		c.rows++
		var stratum, psu unitCodes
		for k, codes := range b.Texts[:min(len(b.Texts), len(psu))] {
			psu[k] = codes[row]
			if k < strata {
				stratum[k] = codes[row]
			}
		}
		c.strata[stratum], c.psus[psu] = true, true
	}
}
