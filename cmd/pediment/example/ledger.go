package example

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
)

// ledger returns the generator of one year's ledger: what was spent and
// received, posted by quarter; Windows-1252, semicolons, decimal commas, the
// year in the file's name only, reversals as negative amounts, a total at the
// end.
func ledger(year int) generator {
	file := fmt.Sprintf("data/ledger-%d.csv", year)
	return generator{file, func(c *city, w io.Writer) error {
		out := bufio.NewWriter(w)
		out.WriteString("Posting;Quarter;Function;Programme;District;Target group;Economic;Source;Direction;Amount;Text\r\n")
		random, posting, total := c.random(file), 0, int64(0)
		post := func(l *budgetLine, quarter int, amount int64, text string) {
			posting++
			total += amount
			fmt.Fprintf(out, "%d-%05d;%d;%s;%s;%s;%s;%s;%s;%s;%s;%s\r\n", year, posting, quarter, l.programme.function, l.programme.code,
				l.place, l.programme.target, l.economic, l.source, l.direction, euros(amount), text)
		}
		for _, l := range c.budgetLines() {
			for quarter, amount := range quarters(random, l.executed[year-firstYear]) {
				slip := int64(0)
				if random.Float64() < .01 {
					slip = amount / 10
					post(&l, quarter+1, -slip, "Reversal \x96 wrong account") // an en dash in Windows-1252
				}
				post(&l, quarter+1, amount+slip, "")
			}
		}
		fmt.Fprintf(out, "TOTAL;;;;;;;;;%s;Expenditure and revenue\r\n", euros(total))
		return out.Flush()
	}}
}

// quarters splits an amount over the year, more of it in the last quarter.
func quarters(random *rand.Rand, amount int64) [4]int64 {
	weights := make([]float64, 4)
	for i, usual := range [4]float64{.22, .24, .23, .31} {
		weights[i] = usual * (.9 + .2*random.Float64())
	}
	var parts [4]int64
	for i, n := range apportion(int(amount), weights) {
		parts[i] = int64(n)
	}
	return parts
}

// euros writes an amount of cents as 1.234,56.
func euros(amount int64) string {
	if amount < 0 {
		return "-" + euros(-amount)
	}
	return fmt.Sprintf("%s,%02d", thousands(int(amount/100)), amount%100)
}
