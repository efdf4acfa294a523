package survey

// hadamard returns the smallest Hadamard matrix that can be made here with at
// least so many rows: entries ±1, H·H′ = n·I, the first row and column all 1. It
// is built by Paley's constructions over the primes and Sylvester's doubling, as
// in Wolter, Introduction to Variance Estimation (2007), appendix A.
func hadamard(least int) [][]int8 {
	n := max(1, least)
	for {
		if h := hadamardOf(n); h != nil {
			return normalised(h)
		}
		n++
	}
}

// hadamardOf returns a Hadamard matrix of the order, nil where there is no
// construction for it.
func hadamardOf(n int) [][]int8 {
	switch {
	case n == 1:
		return [][]int8{{1}}
	case n == 2:
		return [][]int8{{1, 1}, {1, -1}}
	case n%4 != 0:
		return nil
	case prime(n - 1):
		return paleyOne(n - 1)
	case prime(n/2-1) && (n/2-1)%4 == 1:
		return paleyTwo(n/2 - 1)
	}
	if half := hadamardOf(n / 2); half != nil {
		return doubled(half)
	}
	return nil
}

func prime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return n > 1
}

// doubled is Sylvester's [H H; H −H].
func doubled(h [][]int8) [][]int8 {
	n := len(h)
	d := signMatrix(2 * n)
	for i := range d {
		for j := range d {
			d[i][j] = h[i%n][j%n]
			if i >= n && j >= n {
				d[i][j] = -d[i][j]
			}
		}
	}
	return d
}

// characters returns the quadratic character of 0 … q−1 for a prime q: 0 for 0, 1
// for squares and −1 for the rest.
func characters(q int) []int8 {
	chi := make([]int8, q)
	for i := range chi {
		chi[i] = -1
	}
	for i := range q {
		chi[i*i%q] = 1
	}
	chi[0] = 0
	return chi
}

// conference returns Paley's matrix of order q+1: 0 on the diagonal, ±1 elsewhere.
func conference(q int) [][]int8 {
	chi, c := characters(q), signMatrix(q+1)
	for i := range q {
		c[0][i+1] = 1
		c[i+1][0] = 1
		if q%4 == 3 {
			c[i+1][0] = -1
		}
		for j := range q {
			c[i+1][j+1] = chi[(i-j+q)%q]
		}
	}
	return c
}

// paleyOne is I + C for a prime q ≡ 3 (mod 4), of order q+1.
func paleyOne(q int) [][]int8 {
	h := conference(q)
	for i := range h {
		h[i][i] = 1
	}
	return h
}

// paleyTwo replaces each entry of C for a prime q ≡ 1 (mod 4), 0 by [1 −1; −1 −1]
// and ±1 by ±[1 1; 1 −1], of order 2(q+1).
func paleyTwo(q int) [][]int8 {
	c, h := conference(q), signMatrix(2*(q+1))
	for i, row := range c {
		for j, entry := range row {
			block := [4]int8{entry, entry, entry, -entry}
			if entry == 0 {
				block = [4]int8{1, -1, -1, -1}
			}
			h[2*i][2*j], h[2*i][2*j+1], h[2*i+1][2*j], h[2*i+1][2*j+1] = block[0], block[1], block[2], block[3]
		}
	}
	return h
}

func signMatrix(n int) [][]int8 {
	m := make([][]int8, n)
	for i := range m {
		m[i] = make([]int8, n)
	}
	return m
}

// normalised changes signs of rows and columns so that the first are all 1.
func normalised(h [][]int8) [][]int8 {
	for _, row := range h {
		if row[0] < 0 {
			for j := range row {
				row[j] = -row[j]
			}
		}
	}
	for j, sign := range h[0] {
		if sign < 0 {
			for _, row := range h {
				row[j] = -row[j]
			}
		}
	}
	return h
}
