// Package equity measures inequality between groups: how far apart they are, who
// is furthest behind, whether the gap is larger than chance, whether it closes, and
// who receives the spending.
//
// Measures are pure functions of the groups' values y and their shares of people
// p, one file a topic, after the definitions of the WHO Handbook on health
// inequality monitoring (2013) and the sources named beside each. Their standard
// errors are by the delta method from the covariance of the groups' estimates,
//
//	Var f(y) ≈ ∇f' Σ ∇f
//
// with p taken as fixed. Gaps between groups that were picked because of their
// values have intervals for all the pairs there were to pick from. The other
// measures that name a best group assume that it stays the best. Measures of spread
// are above 0 even where chance alone makes the groups differ: they count as larger
// than chance where the equality of all groups is refuted, and chance is taken off
// the variance. Values of registers have no sampling error and no interval.
package equity
