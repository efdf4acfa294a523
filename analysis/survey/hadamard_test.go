package survey

import "testing"

// H·H′ = n·I for all orders up to 200 that can be made, of which only a few
// multiples of 4 are missing.
func TestHadamard(t *testing.T) {
	orders := 0
	for n := 1; n <= 200; n++ {
		h := hadamardOf(n)
		if h == nil {
			continue
		}
		orders++
		h = normalised(h)
		for i := range h {
			if h[0][i] != 1 || h[i][0] != 1 {
				t.Fatalf("order %d: the first row or column is not all 1", n)
			}
			for j := range i + 1 {
				product := 0
				for k := range h {
					product += int(h[i][k]) * int(h[j][k])
				}
				if i == j && product != n || i != j && product != 0 {
					t.Fatalf("order %d: rows %d and %d have product %d", n, i, j, product)
				}
			}
		}
	}
	if orders < 44 { // 1, 2 and 42 of the 50 multiples of 4
		t.Errorf("only %d orders can be made", orders)
	}
	for least, want := range map[int]int{1: 1, 3: 4, 5: 8, 21: 24, 25: 28, 33: 36, 77: 80} {
		if got := len(hadamard(least)); got != want {
			t.Errorf("least %d: order %d, want %d", least, got, want)
		}
	}
}
