package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"pediment/analysis"
)

// What a worker reads with one query, in DuckDB's vectors of 2,048 rows: two of its
// row groups, less where they would leave a worker idle or where so many columns
// would take more memory than chunkBytes. A query costs about a millisecond.
const (
	blockRows  = 2048
	leastRows  = 30 * blockRows
	mostRows   = 120 * blockRows
	chunkBytes = 32 << 20
	maxWorkers = 4
)

// stream is analysis.Rows over tables of a database, cut by rowid into chunks
// that several connections read at once, each on one thread.
type stream struct {
	db      *sql.DB
	name    string // what messages call the relation
	columns []analysis.ColumnType
	unknown func(name string) analysis.Problem // says that the relation has no such column
	parts   []part

	computed []Computed
	rows     int64

	lock     sync.Mutex
	keeps    map[string]*keep  // by text expression
	keptRows int64             // of all expressions whose codes are kept
	types    map[string]string // SQL types by expression
}

// Computed is a column that the rows of a relation have besides its own.
type Computed struct {
	Name, SQL string // SQL is a row-level expression over the relation's own columns
}

// part is the rows of tables that lie side by side, one after the other.
type part struct {
	tables []columnsOf
	first  int64   // number of its first row in the relation
	rowids int64   // its rowids are less
	before []int64 // by block of rowids: rows before it; nil where every rowid has a row
}

// columnsOf is what a part takes from a table: the items of a SELECT.
type columnsOf struct {
	table string // quoted
	items []string
}

// chunk is rowids [from, to) of a part.
type chunk struct {
	part     *part
	from, to int64
}

// Workers returns how many goroutines Stream calls yield from.
func (s *stream) Workers() int { return min(maxWorkers, runtime.GOMAXPROCS(0)) }

// Texts returns the texts of an expression by their codes.
func (s *stream) Texts(expression string) []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.keepOf(expression).all()
}

// Stream reads numbers and texts of all rows. A batch holds 2,048 rows, or fewer
// where a table ends.
func (s *stream) Stream(ctx context.Context, numbers, texts []string, yield func(worker int, b analysis.Batch) error) error {
	r := &reading{stream: s, numbers: len(numbers), yield: yield}
	items := s.numberItems(ctx, numbers)
	for _, e := range texts {
		t := s.text(e)
		r.texts = append(r.texts, t)
		if t.kept == nil {
			items = append(items, "CAST(("+e+") AS VARCHAR)")
		}
	}
	if len(items) == 0 {
		items = append(items, "CAST(1 AS DOUBLE)") // rows are there to be counted
	}
	r.items, r.chunks = strings.Join(items, ", "), s.chunks(len(items))
	err := r.run(ctx)
	for i, e := range texts {
		s.done(e, r.texts[i], err == nil)
	}
	return s.explain(err)
}

// numberItems selects numbers as they are stored where that is a type numbersOf
// takes: casts cost time, and narrow types are read faster.
func (s *stream) numberItems(ctx context.Context, numbers []string) []string {
	types, err := s.sqlTypes(ctx, numbers)
	items := make([]string, len(numbers), len(numbers)+1)
	for i, e := range numbers {
		items[i] = "(" + e + ")"
		// Tables of one relation may store a column differently; an error will show
		// when reading.
		if err != nil || len(s.parts) > 1 || !slices.Contains(asTheyAre, types[i]) {
			items[i] = "CAST(" + items[i] + " AS DOUBLE)"
		}
	}
	return items
}

// chunks cuts the relation for queries of so many columns.
func (s *stream) chunks(columns int) []chunk {
	total := int64(0)
	for _, p := range s.parts {
		total += p.rowids
	}
	share := (total/int64(s.Workers()) + blockRows) / blockRows * blockRows
	rows := min(max(share, leastRows), mostRows, int64(max(1, chunkBytes/(8*columns*blockRows))*blockRows))
	var chunks []chunk
	for i := range s.parts {
		p := &s.parts[i]
		for from := int64(0); from < p.rowids; from += rows {
			chunks = append(chunks, chunk{p, from, min(from+rows, p.rowids)})
		}
	}
	return chunks
}

// first returns the number of the chunk's first row in the relation.
func (c chunk) first() int64 {
	if c.part.before == nil {
		return c.part.first + c.from
	}
	return c.part.first + c.part.before[c.from/blockRows]
}

// from returns what the rows of a chunk are selected from.
func (s *stream) from(c chunk) string {
	sides := make([]string, len(c.part.tables))
	for i, t := range c.part.tables {
		sides[i] = fmt.Sprintf("(SELECT %s FROM %s WHERE rowid >= %d AND rowid < %d)", strings.Join(t.items, ", "), t.table, c.from, c.to)
	}
	rows := strings.Join(sides, " POSITIONAL JOIN ")
	if len(s.computed) == 0 {
		return rows
	}
	items := []string{"*"}
	for _, c := range s.computed {
		items = append(items, "("+c.SQL+") AS "+analysis.Quote(c.Name))
	}
	return fmt.Sprintf("(SELECT %s FROM %s)", strings.Join(items, ", "), rows)
}

// newStream counts the rows of the parts.
func newStream(ctx context.Context, s *stream) (*stream, error) {
	s.keeps, s.types = map[string]*keep{}, map[string]string{}
	for i := range s.parts {
		rows, err := s.parts[i].count(ctx, s.db)
		if err != nil {
			return nil, fmt.Errorf("count the rows of %s: %w", s.name, err)
		}
		s.parts[i].first = s.rows
		s.rows += rows
	}
	return s, nil
}

// count finds out how many rows the part has and which rowids have none, as those
// of rejects that were deleted.
func (p *part) count(ctx context.Context, q analysis.Querier) (rows int64, err error) {
	table := p.tables[0].table
	if err := query(ctx, q, func(r *sql.Rows) error {
		return r.Scan(&rows, &p.rowids)
	}, "SELECT count(*), coalesce(max(rowid) + 1, 0) FROM "+table); err != nil || rows == p.rowids {
		return rows, err
	}
	p.before = make([]int64, (p.rowids+blockRows-1)/blockRows)
	total := int64(0)
	err = query(ctx, q, func(r *sql.Rows) error {
		var block, n int64
		err := r.Scan(&block, &n)
		total += n
		if block+1 < int64(len(p.before)) {
			p.before[block+1] = total
		}
		return err
	}, fmt.Sprintf("SELECT rowid // %d, count(*) FROM %s GROUP BY ALL ORDER BY ALL", blockRows, table))
	// A block without rows has as many before it as the block before.
	for i := 1; i < len(p.before); i++ {
		p.before[i] = max(p.before[i], p.before[i-1])
	}
	return rows, err
}

// columnNames returns the names an expression may use, in order.
func (s *stream) columnNames() []string {
	names := make([]string, 0, len(s.columns)+len(s.computed))
	for _, c := range s.columns {
		names = append(names, c.Name)
	}
	for _, c := range s.computed {
		names = append(names, c.Name)
	}
	sort.Strings(names)
	return names
}
