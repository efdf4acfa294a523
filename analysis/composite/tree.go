package composite

import "slices"

// branch is a node of the tree as it is computed: its children are columns, of
// indicators first, then of other branches. Branches come children first, so the
// last is the index.
type branch struct {
	code, name string
	parent     int   // −1 for the index
	height     int   // 0 holds indicators only
	leaves     []int // places in the list of indicators
	branches   []int
	weights    []float64 // of leaves, then branches, as given
}

// flatten makes the list of branches over the indicators at the places kept; a
// group without any is left out.
func flatten(root Node, indicators []Indicator, kept []int) (list []branch, empty []Node) {
	place := map[string]int{}
	for k, i := range kept {
		place[indicators[i].Code] = k
	}
	var grow func(n Node) int
	grow = func(n Node) int {
		b := branch{code: n.Code, name: n.Name, parent: -1}
		for _, leaf := range n.Indicators {
			if k, ok := place[leaf.Code]; ok {
				b.leaves, b.weights = append(b.leaves, k), append(b.weights, orOne(leaf.Weight))
			}
		}
		for _, group := range n.Groups {
			if k := grow(group); k >= 0 {
				b.branches, b.weights = append(b.branches, k), append(b.weights, orOne(group.Weight))
				b.height = max(b.height, list[k].height+1)
			}
		}
		if len(b.weights) == 0 {
			empty = append(empty, n)
			return -1
		}
		for _, k := range b.branches {
			list[k].parent = len(list)
		}
		list = append(list, b)
		return len(list) - 1
	}
	grow(root)
	return list, empty
}

func orOne(w float64) float64 {
	if w == 0 {
		return 1
	}
	return w
}

// codes lists every indicator of the tree.
func (n Node) codes() []string {
	var list []string
	for _, leaf := range n.Indicators {
		list = append(list, leaf.Code)
	}
	for _, group := range n.Groups {
		list = append(list, group.codes()...)
	}
	return list
}

// meanAt is the mean of a level, the lowest first; the last declared holds above.
func meanAt(means []Mean, height int) Mean { return means[min(height, len(means)-1)] }

// share is each weight's part of their sum.
func share(weights []float64) []float64 {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	out := slices.Clone(weights)
	for k := range out {
		out[k] /= total
	}
	return out
}
