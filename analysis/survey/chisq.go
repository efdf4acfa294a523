package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"pediment/analysis"
)

// chisqTypes are the statistics of chisq.
var chisqTypes = []string{"F", "Chisq", "Wald", "adjWald", "saddlepoint"}

// chisq answers an Ask for a test of independence between two classifications of
// the domain's rows where both are known. F, Chisq and saddlepoint are Pearson's
//
//	X² = n·Σ (p − e)²/e
//
// corrected for the design (Rao and Scott): with p the cells' shares and V their
// covariance, D = diag(p), C contrasts of the interaction, q of them, and
//
//	Δ = (C′D⁻¹C/n)⁻¹ · C′D⁻¹VD⁻¹C
//
// F refers X²/tr Δ to F(d, d·df), d = (tr Δ)²/tr Δ²; Chisq refers X²·q/tr Δ to
// χ²(q), and its statistic is X² itself; saddlepoint refers X² to the weighted sum of χ² with
// the eigenvalues of Δ. Wald is Y′V_Y⁻¹Y/q of Y = N_ij − N_i·N_j/N on F(q, df);
// adjWald (df − q + 1)/df times that on F(q, df − q + 1). df is PSUs − strata of
// the domain. Rao & Scott, Annals of Statistics 12 (1984); Koch, Freeman &
// Freeman, International Statistical Review 43 (1975); R package survey, svychisq.
//
// n counts rows with a weight or without, known or not. Declared levels that no
// row has leave Pearson's statistic unknown, as in R; Wald's leaves them out.
func (s *sample) chisq(ctx context.Context, a Ask) ([]Answer, error) {
	if a.StatisticType == "" {
		a.StatisticType = "F"
	}
	if !slices.Contains(chisqTypes, a.StatisticType) {
		return nil, analysis.Problem{Message: fmt.Sprintf("statistic_type: no statistic %q", a.StatisticType), Hint: "statistics are F, Chisq, Wald, adjWald and saddlepoint"}
	}
	t, err := s.crossTable(ctx, a)
	if err != nil {
		return nil, err
	}
	answer := a.blank()
	answer.Name, answer.N, answer.Missing, answer.DF = a.StatisticType, t.group.n, t.group.missing, t.group.df
	wald := a.StatisticType == "Wald" || a.StatisticType == "adjWald"
	if t.unused != "" && !wald {
		answer.Error = t.unused
		return []Answer{answer}, nil
	}
	if wald {
		answer.Statistic, answer.PValue, err = s.wald(ctx, t, a.StatisticType == "adjWald")
	} else {
		answer.Statistic, answer.PValue, err = s.pearson(ctx, t, a.StatisticType)
	}
	if err == nil && answer.Statistic < 0 {
		err = analysis.Problem{Message: fmt.Sprintf("chisq: %s and %s make a table too sparse for this sample: its covariance cannot be worked out", a.Row, a.Col), Hint: "put levels together, or use Wald"}
	}
	return []Answer{answer}, err
}

// table is a domain's rows by two classifications. Cells run down the columns;
// the last sum of its group is that of all cells.
type table struct {
	group         *group
	rows, columns int
	cells         []int     // of the group's sums
	n             float64   // rows of the domain
	shares        []float64 // of the cells
	unused        string    // which declared level no row has
}

// mostCells bounds a table: its covariance has that many lines and columns.
const mostCells = 2500

// crossTable adds up the cells of an ask.
func (s *sample) crossTable(ctx context.Context, a Ask) (*table, error) {
	if a.Row == "" || a.Col == "" {
		return nil, analysis.Problem{Message: "chisq: row or col is missing", Hint: "name two columns, as row and col"}
	}
	rows, err := s.classes(ctx, a.Row)
	if err != nil {
		return nil, err
	}
	columns, err := s.classes(ctx, a.Col)
	if err != nil {
		return nil, err
	}
	if n := len(rows.levels) * len(columns.levels); n > mostCells {
		return nil, analysis.Problem{Message: fmt.Sprintf("chisq: %s and %s make a table of %d cells", a.Row, a.Col, n), Hint: fmt.Sprintf("put levels together until there are at most %d", mostCells)}
	}
	both := "(" + rows.text + ") || '\x1f' || (" + columns.text + ")"
	cells := &tally{domain: a.domain(), stated: []string{both}}
	for _, column := range columns.levels {
		for _, row := range rows.levels {
			cells.terms = append(cells.terms, term{text: both, level: row + "\x1f" + column})
		}
	}
	cells.terms = append(cells.terms, one)
	groups, err := s.tally(ctx, cells)
	if err != nil {
		return nil, err
	}
	t := &table{group: groups[0][0]}
	t.n = float64(t.group.rows + t.group.missing)
	return t, t.shrink(rows, columns)
}

// classes is a classification: an expression of text type, and its levels.
type classes struct {
	name, text string
	levels     []string
	declared   bool
}

// classes reads the levels of a text; of a number they are its values.
func (s *sample) classes(ctx context.Context, expression string) (*classes, error) {
	types, err := s.rows.Types(ctx, []string{expression})
	if err != nil {
		return nil, err
	}
	c := &classes{name: expression, text: expression}
	switch types[0] {
	case "text":
	case "number", "decimal": // whole numbers without a point, as levels are declared
		c.text = fmt.Sprintf("CASE WHEN abs(%[1]s) < 1e15 AND (%[1]s) = floor(%[1]s) THEN CAST(CAST(%[1]s AS BIGINT) AS VARCHAR) ELSE CAST(%[1]s AS VARCHAR) END", expression)
	default:
		c.text = "CAST(" + expression + " AS VARCHAR)"
	}
	if c.levels = s.design.Levels[expression]; c.levels != nil {
		c.declared = true
		return c, nil
	}
	c.levels, err = s.levels(ctx, c.text)
	return c, err
}

// shrink leaves out rows and columns without weight. What is left must be two by
// two at least.
func (t *table) shrink(rows, columns *classes) error {
	sums := t.group.sums[0]
	total := sums[len(sums)-1]
	sum := func(from, step, n int) float64 {
		x := 0.0
		for k := range n {
			x += sums[from+k*step]
		}
		return x
	}
	var keptRows, keptColumns []int
	for k, level := range rows.levels {
		if sum(k, len(rows.levels), len(columns.levels)) > 0 {
			keptRows = append(keptRows, k)
		} else if rows.declared && t.unused == "" {
			t.unused = fmt.Sprintf("no row of the domain has %s %q", rows.name, level)
		}
	}
	for k, level := range columns.levels {
		if sum(k*len(rows.levels), 1, len(rows.levels)) > 0 {
			keptColumns = append(keptColumns, k)
		} else if columns.declared && t.unused == "" {
			t.unused = fmt.Sprintf("no row of the domain has %s %q", columns.name, level)
		}
	}
	t.rows, t.columns = len(keptRows), len(keptColumns)
	if few := min(t.rows, t.columns); few < 2 {
		name := rows.name
		if t.columns < 2 {
			name = columns.name
		}
		return analysis.Problem{Message: fmt.Sprintf("chisq: %s has %d level in the domain", name, few), Hint: "a test of independence needs two levels of each classification"}
	}
	for _, column := range keptColumns {
		for _, row := range keptRows {
			at := column*len(rows.levels) + row
			t.cells, t.shares = append(t.cells, at), append(t.shares, sums[at]/total)
		}
	}
	return nil
}

// margins returns the shares of the rows and of the columns.
func (t *table) margins() (rows, columns []float64) {
	rows, columns = make([]float64, t.rows), make([]float64, t.columns)
	for k, p := range t.shares {
		rows[k%t.rows] += p
		columns[k/t.rows] += p
	}
	return rows, columns
}

// pearson is X² with the Rao–Scott correction.
func (s *sample) pearson(ctx context.Context, t *table, kind string) (statistic, p float64, err error) {
	delta, err := s.designEffects(ctx, t)
	if err != nil {
		return math.NaN(), math.NaN(), err
	}
	rows, columns := t.margins()
	x2 := 0.0
	for k, share := range t.shares {
		e := rows[k%t.rows] * columns[k/t.rows]
		x2 += t.n * (share - e) * (share - e) / e
	}
	var squared mat.Dense
	squared.Mul(delta, delta)
	trace, q := mat.Trace(delta), float64((t.rows-1)*(t.columns-1))
	if math.Abs(trace) < 1e-12 { // design effects are about 1: this is no variance, rounded
		trace = 0
	}
	d := trace * trace / mat.Trace(&squared)
	switch kind {
	case "Chisq":
		return x2, chiSquareTail(x2*q/trace, q), nil
	case "saddlepoint":
		df := d * t.group.df
		if s.replicates != nil {
			df = math.Inf(1)
		}
		return x2, weightedFTail(x2, eigenvalues(delta), df), nil
	}
	return x2 / trace, fTail(x2/trace, d, d*t.group.df), nil
}

// designEffects is Δ, see chisq.
func (s *sample) designEffects(ctx context.Context, t *table) (*mat.Dense, error) {
	v, err := s.covariance(ctx, t.shareStatistics())
	if err != nil {
		return nil, err
	}
	c := t.contrasts()
	cells, q := c.Dims()
	weighted, flat := mat.NewDense(cells, q, nil), mat.NewDense(cells, cells, nil)
	for i, p := range t.shares {
		for j := range q {
			if p > 0 {
				weighted.Set(i, j, c.At(i, j)/p)
			}
		}
		flat.SetRow(i, v[i])
	}
	var under, over, half, delta mat.Dense
	under.Mul(c.T(), weighted)
	under.Scale(1/t.n, &under)
	half.Mul(flat, weighted)
	over.Mul(weighted.T(), &half)
	if err := delta.Solve(&under, &over); err != nil {
		return nil, analysis.Problem{Message: "chisq: too many cells of the table are empty", Hint: "merge levels, or test with Wald"}
	}
	return &delta, nil
}

// shareStatistics are the shares of the cells.
func (t *table) shareStatistics() []statistic {
	sums := t.group.sums[0]
	all := len(sums) - 1
	statistics := make([]statistic, len(t.cells))
	for k, at := range t.cells {
		gradient := make([]float64, len(sums))
		gradient[at], gradient[all] = 1/sums[all], -sums[at]/(sums[all]*sums[all])
		statistics[k] = statistic{group: t.group, gradient: gradient, value: func(sums []float64) float64 { return sums[at] / sums[all] }}
	}
	return statistics
}

// contrasts are the products of Helmert contrasts of rows and of columns: they
// span the interaction.
func (t *table) contrasts() *mat.Dense {
	c := mat.NewDense(len(t.cells), (t.rows-1)*(t.columns-1), nil)
	for k := range t.cells {
		for i := range t.rows - 1 {
			for j := range t.columns - 1 {
				c.Set(k, j*(t.rows-1)+i, helmert(k%t.rows, i)*helmert(k/t.rows, j))
			}
		}
	}
	return c
}

// helmert compares level contrast+1 with the mean of the levels before it.
func helmert(level, contrast int) float64 {
	n := float64(contrast + 1)
	norm := math.Sqrt(n * (n + 1))
	switch {
	case level <= contrast:
		return -1 / norm
	case level == contrast+1:
		return n / norm
	}
	return 0
}

// eigenvalues are the eigenvalues of Δ, which are real: it is the quotient of two
// symmetric matrices. They come in order.
func eigenvalues(delta *mat.Dense) []float64 {
	var e mat.Eigen
	if !e.Factorize(delta, mat.EigenNone) {
		return nil
	}
	var values []float64
	for _, v := range e.Values(nil) {
		values = append(values, real(v))
	}
	slices.Sort(values)
	return values
}
