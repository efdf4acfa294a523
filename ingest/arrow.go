package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"
)

// eachRecord runs a query on the connection and calls yield with its answer, some
// thousand rows at a time in their order. A record is gone once yield returns.
func eachRecord(ctx context.Context, c *sql.Conn, query string, yield func(arrow.RecordBatch) error) error {
	return c.Raw(func(raw any) error {
		a, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		records, err := a.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer records.Release()
		for records.Next() {
			if err := yield(records.RecordBatch()); err != nil {
				return err
			}
		}
		return records.Err()
	})
}

// numbersOf returns a column of numbers, NaN where NULL, in the memory of numbers
// or, of DOUBLEs, the column's own, which nobody else reads.
func numbersOf(column arrow.Array, numbers []float64) ([]float64, error) {
	numbers = slices.Grow(numbers[:0], column.Len())[:column.Len()]
	switch c := column.(type) {
	case *array.Float64:
		numbers = c.Float64Values()
	case *array.Float32:
		convert(numbers, c.Float32Values())
	case *array.Int8:
		convert(numbers, c.Int8Values())
	case *array.Int16:
		convert(numbers, c.Int16Values())
	case *array.Int32:
		convert(numbers, c.Int32Values())
	case *array.Int64:
		convert(numbers, c.Int64Values())
	case *array.Boolean:
		for i := range numbers {
			numbers[i] = 0
			if c.Value(i) {
				numbers[i] = 1
			}
		}
	default:
		return nil, fmt.Errorf("a column of %s where numbers should be", column.DataType())
	}
	if column.NullN() > 0 {
		for i := range numbers {
			if column.IsNull(i) {
				numbers[i] = math.NaN()
			}
		}
	}
	return numbers, nil
}

func convert[T int8 | int16 | int32 | int64 | float32](numbers []float64, values []T) {
	for i, x := range values[:len(numbers)] {
		numbers[i] = float64(x)
	}
}

// asTheyAre are the SQL types that numbersOf takes; other numbers are cast.
var asTheyAre = []string{"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE"}

// codesOf returns the codes of a column of VARCHARs, −1 where NULL, in the memory
// of codes.
func codesOf(column arrow.Array, c *coder, codes []int32) ([]int32, error) {
	texts, ok := column.(*array.String)
	if !ok {
		return nil, fmt.Errorf("a column of %s where texts should be", column.DataType())
	}
	codes = codes[:0]
	nulls := texts.NullN() > 0
	for i := range texts.Len() {
		if nulls && texts.IsNull(i) {
			codes = append(codes, -1)
			continue
		}
		codes = append(codes, c.code(texts.Value(i)))
	}
	return codes, nil
}
