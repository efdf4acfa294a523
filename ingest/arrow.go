package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math"

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

// numbersOf returns a column of DOUBLEs, NaN where NULL. It is the column's own
// memory, which nobody else reads.
func numbersOf(column arrow.Array) ([]float64, error) {
	c, ok := column.(*array.Float64)
	if !ok {
		return nil, fmt.Errorf("a column of %s where numbers should be", column.DataType())
	}
	values := c.Float64Values()
	if c.NullN() > 0 {
		for i := range values {
			if c.IsNull(i) {
				values[i] = math.NaN()
			}
		}
	}
	return values, nil
}

// codesOf fills codes with those of a column of VARCHARs, −1 where NULL.
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
