package survey

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"pediment/analysis"
)

// madeRows is rows that are made when they are read, so that any number of them
// takes no memory. Column w is a weight, x a skewed amount, y a number from −16 to
// 16 with gaps, b 0 or 1; stratum, psu (its codes repeat from stratum to stratum),
// g and h are texts, h with gaps.
type madeRows struct {
	rows    int64
	step    int64 // row k holds what is the (k·step modulo rows)-th for step 1; they share no divisor
	workers int
	watch   func() // called now and then while rows are read
}

func (m madeRows) Workers() int { return m.workers }

func (m madeRows) Types(_ context.Context, expressions []string) ([]string, error) {
	types := make([]string, len(expressions))
	for k, e := range expressions {
		types[k] = "number"
		if madeLevels[bare(e)] > 0 {
			types[k] = "text"
		}
	}
	return types, nil
}

// Levels of the texts, by code.
var madeLevels = map[string]int{"stratum": 20, "psu": 10, "g": 3, "h": 5}

// both joins two texts, as chi-square tests do.
const both = " || '\x1f' || "

func (m madeRows) Texts(expression string) []string {
	var texts []string
	if first, second, joined := strings.Cut(expression, both); joined {
		for _, a := range m.Texts(first) {
			for _, b := range m.Texts(second) {
				texts = append(texts, a+"\x1f"+b)
			}
		}
		return texts
	}
	name := bare(expression)
	for k := range madeLevels[name] {
		texts = append(texts, name+" "+strconv.Itoa(k))
	}
	return texts
}

// bare is the column an expression is about.
func bare(expression string) string {
	expression = strings.TrimSuffix(strings.TrimPrefix(expression, "CAST("), " AS VARCHAR)")
	return strings.Trim(strings.TrimSuffix(strings.Trim(expression, `"()`), " IS NOT NULL"), `"()`)
}

// chance is a number from 0 up to 1, another for each row and name.
func chance(row int64, name string) float64 {
	h := uint64(row)*0x9e3779b97f4a7c15 + uint64(name[0])*0xbf58476d1ce4e5b9
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return float64((h^h>>31)>>11) / (1 << 53)
}

func madeNumber(name string, row int64) float64 {
	u := chance(row, name)
	switch name {
	case "stratum", "psu", "g", "h":
		return u
	case "w":
		return 10 + 90*u
	case "x":
		return math.Round(100*math.Exp(12*u)) / 100
	case "y":
		if u < 0.02 {
			return math.NaN()
		}
		return (u - 0.5) * 32
	case "b":
		return math.Floor(u + 0.3)
	}
	if name == "1" || known(name, row) {
		return 1
	}
	return 0
}

// known evaluates conditions that columns have values.
func known(condition string, row int64) bool {
	for _, part := range strings.Split(condition, " AND ") {
		name := bare(part)
		if !slices.Contains([]string{"w", "x", "y", "b", "stratum", "psu", "g", "h"}, name) {
			panic("no column " + name)
		}
		if madeLevels[name] > 0 && madeCode(name, row) < 0 || math.IsNaN(madeNumber(name, row)) {
			return false
		}
	}
	return true
}

func madeCode(name string, row int64) int32 {
	if first, second, joined := strings.Cut(name, both); joined {
		a, b := madeCode(bare(first), row), madeCode(bare(second), row)
		if a < 0 || b < 0 {
			return -1
		}
		return a*int32(madeLevels[bare(second)]) + b
	}
	name = bare(name)
	u := chance(row, name)
	if name == "h" && u < 0.02 {
		return -1
	}
	return int32(u * float64(madeLevels[name]))
}

// Stream makes batches of 5,000 rows.
func (m madeRows) Stream(_ context.Context, numbers, texts []string, yield func(worker int, b analysis.Batch) error) error {
	const size = 5000
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, m.workers)
	for worker := range m.workers {
		group.Go(func() {
			b := analysis.Batch{Numbers: make([][]float64, len(numbers)), Texts: make([][]int32, len(texts))}
			for errs[worker] == nil {
				b.First = size * (next.Add(1) - 1)
				b.Rows = int(min(size, m.rows-b.First))
				if b.Rows <= 0 {
					return
				}
				for k, name := range numbers {
					b.Numbers[k] = fillMade(m, b, b.Numbers[k], strings.Trim(name, `"`), madeNumber)
				}
				for k, name := range texts {
					b.Texts[k] = fillMade(m, b, b.Texts[k], name, madeCode)
				}
				if m.watch != nil && b.First%(m.rows/4) < size {
					m.watch()
				}
				errs[worker] = yield(worker, b)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("stream: %w", err)
		}
	}
	return nil
}

// fillMade fills a column of the batch.
func fillMade[T any](m madeRows, b analysis.Batch, column []T, name string, value func(name string, row int64) T) []T {
	column = column[:0]
	for k := range int64(b.Rows) {
		column = append(column, value(name, (b.First+k)*m.step%m.rows))
	}
	return column
}
