package composite

import (
	"cmp"
	"math"
	"slices"
)

// tie is the difference below which two scores are the same.
const tie = 1e-9

// rank writes the ranks of each period's scores into ranks: 1 is the highest,
// equal scores share the best rank among them, without a score there is none: 0.
// It returns order, its room, to be used again.
func (m *model) rank(scores, ranks []float64, order []int) []int {
	for _, span := range m.spans {
		order = rankSpan(scores, ranks, order[:0], span)
	}
	return order
}

func rankSpan(scores, ranks []float64, order []int, span [2]int) []int {
	for k := span[0]; k < span[1]; k++ {
		ranks[k] = 0
		if !math.IsNaN(scores[k]) {
			order = append(order, k)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), a-b)
	})
	for k, i := range order {
		ranks[i] = float64(k + 1)
		if k > 0 && scores[order[k-1]]-scores[i] < tie {
			ranks[i] = ranks[order[k-1]]
		}
	}
	return order
}
