package disclosure

import "math"

// polytope is the set {x ≥ 0 : A x = A x₀} around a point x₀ ≥ 0 known to lie in
// it, as a simplex dictionary: basic variables as combinations of the others,
//
//	x_basic[i] = constant − Σ_j a[i][j]·x_other[j]
//
// with x the point it has walked to, always inside the set. So every bound it
// reports is reached, even where it stops early.
type polytope struct {
	a            [][]float64
	basic, other []int
	x            []float64
}

// tiny is what counts as zero. Coefficients begin as −1, 0 and 1, and counts are
// whole numbers.
const tiny = 1e-9

// newPolytope takes the rows of A, which it keeps and changes, and the point.
func newPolytope(rows [][]float64, x []float64) *polytope {
	p := &polytope{x: x}
	pivoted := make([]bool, len(x))
	rank := 0
	for column := 0; column < len(x) && rank < len(rows); column++ {
		best := rank
		for i := rank + 1; i < len(rows); i++ {
			if math.Abs(rows[i][column]) > math.Abs(rows[best][column]) {
				best = i
			}
		}
		if math.Abs(rows[best][column]) < tiny {
			continue
		}
		rows[rank], rows[best] = rows[best], rows[rank]
		eliminate(rows, rank, column)
		p.basic = append(p.basic, column)
		pivoted[column] = true
		rank++
	}
	for column, done := range pivoted {
		if !done {
			p.other = append(p.other, column)
		}
	}
	p.a = make([][]float64, rank)
	for i := range p.a {
		p.a[i] = make([]float64, len(p.other))
		for j, column := range p.other {
			p.a[i][j] = rows[i][column]
		}
	}
	p.toVertex()
	return p
}

// eliminate makes the column 1 in the row and 0 in all others. Before the column
// the row has only zeros.
func eliminate(rows [][]float64, row, column int) {
	pivot := rows[row][column:]
	by := pivot[0]
	for k := range pivot {
		pivot[k] /= by
	}
	for i := range rows {
		rest := rows[i][column:]
		if f := rest[0]; i != row && f != 0 {
			for k, x := range pivot {
				rest[k] -= f * x
			}
		}
	}
}

// toVertex walks down along each variable outside the basis until it is zero or
// has taken the place of a basic one that is.
func (p *polytope) toVertex() {
	for j, v := range p.other {
		if p.x[v] <= 0 {
			continue
		}
		row, step := p.limit(j, -1)
		if row < 0 || step >= p.x[v] {
			p.move(j, -p.x[v])
			p.x[v] = 0
			continue
		}
		p.move(j, -step)
		p.x[p.basic[row]] = 0
		p.swap(row, j)
	}
}

// limit finds the basic variable that reaches zero first when the variable at
// position j moves in a direction, and how far that is; −1 when none does. Of
// several the one with the lowest number, so that the walk never circles.
func (p *polytope) limit(j int, direction float64) (row int, step float64) {
	row, step = -1, math.Inf(1)
	for i, v := range p.basic {
		slope := p.a[i][j] * direction
		if slope <= tiny {
			continue
		}
		to := p.x[v] / slope
		if to < step-tiny || to < step+tiny && row >= 0 && v < p.basic[row] {
			row, step = i, min(to, step)
		}
	}
	return row, max(0, step)
}

// move changes the variable at position j by step, and the basic ones with it.
func (p *polytope) move(j int, step float64) {
	p.x[p.other[j]] += step
	for i, v := range p.basic {
		if p.x[v] -= p.a[i][j] * step; p.x[v] < tiny {
			p.x[v] = 0
		}
	}
}

// swap puts the variable at position j into the basis in place of that in row.
func (p *polytope) swap(row, j int) {
	by := p.a[row][j]
	line := p.a[row]
	for k := range line {
		line[k] /= by
	}
	line[j] = 1 / by
	for i, other := range p.a {
		if f := other[j]; i != row && f != 0 {
			other[j] = 0
			for k := range other {
				other[k] -= f * line[k]
			}
		}
	}
	p.basic[row], p.other[j] = p.other[j], p.basic[row]
}

// bound walks the variable as far up (direction 1) or down (−1) as it goes, or
// until it has reached enough, and returns where it stands; +Inf when nothing
// stops it.
func (p *polytope) bound(variable int, direction, enough float64) float64 {
	for range 20 * (len(p.x) + 10) {
		if direction*(p.x[variable]-enough) >= 0 {
			break
		}
		j := p.entering(variable, direction)
		if j < 0 {
			break
		}
		row, step := p.limit(j, 1)
		if row < 0 {
			return math.Inf(1)
		}
		p.move(j, step)
		p.x[p.basic[row]] = 0
		p.swap(row, j)
	}
	return p.x[variable]
}

// entering picks the variable outside the basis, the lowest number first, whose
// growth moves the given one in the direction; −1 when there is none.
func (p *polytope) entering(variable int, direction float64) int {
	slope := func(j int) float64 {
		if p.other[j] == variable {
			return direction
		}
		return 0
	}
	for i, v := range p.basic {
		if v == variable {
			slope = func(j int) float64 { return -direction * p.a[i][j] }
		}
	}
	best := -1
	for j, v := range p.other {
		if slope(j) > tiny && (best < 0 || v < p.other[best]) {
			best = j
		}
	}
	return best
}
