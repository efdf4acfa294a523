package analysis

import "context"

// Batch is a run of consecutive rows of a relation, column by column.
type Batch struct {
	First   int64       // number of its first row in the relation, from 0
	Rows    int         // how many rows it holds
	Numbers [][]float64 // one slice a number asked for: NaN where NULL; true is 1 and false 0
	Texts   [][]int32   // one slice a text asked for: its code, −1 where NULL
}

// Rows is a relation whose rows can be read as often as need be, by column. Its
// columns are row-level SQL expressions. The order of rows stays the same from
// one reading to the next.
type Rows interface {
	// Types returns the type of each expression: text, integer, number, boolean,
	// date or period. An expression that cannot be evaluated is a Problem.
	Types(ctx context.Context, expressions []string) ([]string, error)

	// Stream calls yield once with every batch, from Workers() goroutines at the
	// same time, each of which passes its number below Workers(). Batches come in
	// no particular order; what they hold is theirs until yield returns.
	Stream(ctx context.Context, numbers, texts []string, yield func(worker int, b Batch) error) error

	// Workers is how many goroutines Stream calls yield from.
	Workers() int

	// Texts returns the texts the codes of an expression stand for, by code: all
	// that were met so far. A code keeps its meaning from one reading to the next.
	Texts(expression string) []string
}
