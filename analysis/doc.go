// Package analysis holds the vocabulary every other package shares: periods,
// places, problems, expressions, queries, values, estimates and results. It
// imports no other package of Pediment.
package analysis
