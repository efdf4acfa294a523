package survey

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pediment/analysis"
)

// column is one column in memory: numbers, or texts where they are not nil.
type column struct {
	numbers []float64
	texts   []string
	codes   map[string]int32
	order   []string // texts by code
}

// weightedRows is rows in memory with weights by replicate. They are read from
// two goroutines in batches of size; backwards begins with the last.
type weightedRows struct {
	columns   map[string]*column
	weights   [][]float64
	declared  map[string][]string
	size      int
	backwards bool
}

func (r *weightedRows) Workers() int { return 2 }

func (r *weightedRows) Types(_ context.Context, expressions []string) ([]string, error) {
	kinds := make([]string, len(expressions))
	for i, e := range expressions {
		c := r.find(e)
		switch {
		case c == nil:
			return nil, analysis.Problem{Message: "no column " + e}
		case c.texts != nil:
			kinds[i] = "text"
		default:
			kinds[i] = "number"
		}
	}
	return kinds, nil
}

// find returns the column an expression names, quoted or not.
func (r *weightedRows) find(expression string) *column {
	return r.columns[strings.Trim(expression, "\"")]
}

func (r *weightedRows) types(expressions []string) ([]string, error) {
	return r.Types(context.Background(), expressions)
}

func (r *weightedRows) Texts(expression string) []string { return r.find(expression).order }

func (r *weightedRows) levels(_ context.Context, expression string) ([]string, error) {
	if declared, ok := r.declared[expression]; ok {
		return declared, nil
	}
	levels := slices.Clone(r.Texts(expression))
	slices.Sort(levels)
	return levels, nil
}

func (r *weightedRows) Stream(ctx context.Context, numbers, texts []string, yield func(worker int, b analysis.Batch) error) error {
	return r.each(ctx, numbers, texts, func(worker int, p portion) error { return yield(worker, p.Batch) })
}

func (r *weightedRows) each(_ context.Context, numbers, texts []string, yield func(worker int, p portion) error) error {
	n := len(r.weights[0])
	size := r.size
	if size == 0 {
		size = n
	}
	var starts []int
	for at := 0; at < n; at += size {
		starts = append(starts, at)
	}
	if r.backwards {
		slices.Reverse(starts)
	}
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for worker := range 2 {
		wait.Go(func() {
			for k := worker; k < len(starts) && errs[worker] == nil; k += 2 {
				errs[worker] = yield(worker, r.portion(numbers, texts, starts[k], min(n, starts[k]+size)))
			}
		})
	}
	wait.Wait()
	if errs[0] != nil {
		return errs[0]
	}
	return errs[1]
}

func (r *weightedRows) portion(numbers, texts []string, from, to int) portion {
	p := portion{Batch: analysis.Batch{First: int64(from), Rows: to - from}}
	for _, name := range numbers {
		p.Numbers = append(p.Numbers, r.find(name).numbers[from:to])
	}
	for _, name := range texts {
		c, codes := r.find(name), make([]int32, 0, to-from)
		for _, text := range c.texts[from:to] {
			code, ok := c.codes[text]
			if !ok {
				code = -1
			}
			codes = append(codes, code)
		}
		p.Texts = append(p.Texts, codes)
	}
	for _, w := range r.weights {
		p.weights = append(p.weights, w[from:to])
	}
	return p
}

// rowsOf reads CSV text with a header. Columns named text are texts, all others
// numbers; an empty field is NULL. The weights are those of the column weight.
func rowsOf(t *testing.T, source io.Reader, weight string, text ...string) *weightedRows {
	t.Helper()
	lines, err := csv.NewReader(source).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := &weightedRows{columns: map[string]*column{}}
	for k, name := range lines[0] {
		c := &column{codes: map[string]int32{}}
		for _, line := range lines[1:] {
			if slices.Contains(text, name) {
				c.addText(line[k])
				continue
			}
			x, err := strconv.ParseFloat(line[k], 64)
			if err != nil {
				x = math.NaN()
			}
			c.numbers = append(c.numbers, x)
		}
		r.columns[name] = c
	}
	r.weights = [][]float64{r.columns[weight].numbers}
	return r
}

func (c *column) addText(text string) {
	c.texts = append(c.texts, text)
	if _, ok := c.codes[text]; !ok && text != "" {
		c.codes[text] = int32(len(c.order))
		c.order = append(c.order, text)
	}
}

// households is a made-up sample: eight blocks in two districts, 24 people.
const households = `id,district,block,zone,sex,age,visits,w
1,A,1,north,F,23,2,10
2,A,1,north,M,31,0,12
3,A,1,south,F,45,1,11
4,A,2,south,M,52,3,14
5,A,2,north,F,67,0,9
6,A,2,south,F,38,5,13
7,A,3,north,M,29,2,15
8,A,3,south,F,71,1,10
9,A,3,south,M,18,4,12
10,A,4,north,F,55,0,16
11,A,4,north,M,43,2,11
12,A,4,south,F,36,1,10
13,B,1,north,M,62,0,20
14,B,1,south,F,27,6,22
15,B,1,south,F,49,2,18
16,B,2,north,M,33,1,25
17,B,2,north,F,58,0,21
18,B,2,south,M,41,3,19
19,B,3,south,F,24,2,24
20,B,3,north,F,69,1,20
21,B,3,south,M,47,0,23
22,B,4,north,F,30,4,18
23,B,4,south,M,65,2,22
24,B,4,north,F,53,1,26
`

func householdRows(t *testing.T) *weightedRows {
	t.Helper()
	return rowsOf(t, strings.NewReader(households), "w", "district", "block", "zone", "sex")
}

// calibratedWeights fits a calibration and returns the sample's weights after it.
func calibratedWeights(t *testing.T, r *weightedRows, c Calibration, d Design) []float64 {
	t.Helper()
	a, err := fitCalibration(t.Context(), r, r.types, r, c, d, len(r.weights)-1)
	if err != nil {
		t.Fatal(err)
	}
	return r.after(t, a, 0)
}

// after returns the weights of a replicate after calibration.
func (r *weightedRows) after(t *testing.T, a *adjustment, replicate int) []float64 {
	t.Helper()
	weights := slices.Clone(r.weights[replicate])
	r.eachRow(t, a, func(row int, x []regressor) { weights[row] *= a.factor(x, replicate) })
	return weights
}

func (r *weightedRows) eachRow(t *testing.T, a *adjustment, visit func(row int, x []regressor)) {
	t.Helper()
	numbers, texts := a.columns()
	whole := r.portion(numbers, texts, 0, len(r.weights[0]))
	var x []regressor
	for i := range whole.Rows {
		x = a.regressors(rowOf(whole.Numbers, i, make([]float64, len(numbers))), rowOf(whole.Texts, i, make([]int32, len(texts))), x[:0])
		visit(i, x)
	}
}

// residuals returns z − w·x′b for the linearised values z of the rows.
func (r *weightedRows) residuals(t *testing.T, a *adjustment, z []float64) []float64 {
	t.Helper()
	cross, after := make([]float64, a.size()), r.after(t, a, 0)
	r.eachRow(t, a, func(row int, x []regressor) {
		v := r.weights[0][row]
		if v == 0 {
			return
		}
		if a.unweighted() {
			v = 1
		}
		for _, e := range x {
			cross[e.index] += v * e.value * z[row] / after[row]
		}
	})
	b, e := a.coefficients(cross), slices.Clone(z)
	r.eachRow(t, a, func(row int, x []regressor) { e[row] -= a.residualWeight(after[row]) * product(x, b) })
	return e
}
