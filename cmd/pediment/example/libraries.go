package example

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strings"
)

// branch is a branch of the city library.
type branch struct {
	name   string
	place  int     // index of its district
	size   float64 // visits a month per resident of the district
	closed [2]int  // months it was closed, counted from January 2021, the last excluded
}

var branches = []branch{
	{"Central Library", 0, .62, [2]int{}},
	{"Café des livres", 1, .17, [2]int{}},
	{"Northgate Library", 2, .24, [2]int{}},
	{"Mühlenfeld Branch", 3, .21, [2]int{26, 31}},
	{"Southbank Library", 4, .26, [2]int{}},
	{"Eastmoor Branch", 5, .09, [2]int{40, 60}},
	{"Riverside Branch", 6, .15, [2]int{}},
	{"Bibliothèque Saint-Élie", 7, .28, [2]int{}},
	{"Bookbus", 7, .03, [2]int{}},
}

// librarySeason is the usual course of a library's year, January first.
var librarySeason = [12]float64{1.06, 1.04, 1.05, .98, .95, .88, .74, .78, 1.02, 1.10, 1.14, 1.02}

// thirteenthMonth is the line on which the month is 13: one of the rows
// Pediment is meant to reject.
const thirteenthMonth = 30

// libraries writes the libraries' monthly counts: Latin-1, semicolons, decimal
// commas, points between thousands, a dash while a branch is closed, measures
// side by side as headers.
func libraries(c *city, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("Month;Branch;District;Visits;Loans;Event visitors;Event hours\r\n")
	random, line := c.random("libraries"), 1
	for month := range 12 * years {
		for _, b := range branches {
			line++
			label := fmt.Sprintf("%02d/%d", month%12+1, firstYear+month/12)
			if line == thirteenthMonth {
				label = "13" + label[2:]
			}
			row := fmt.Sprintf("%s;%s;%s;%s\r\n", label, b.name, c.districts[b.place].code, c.branchMonth(random, b, month))
			if _, err := out.Write(latin1(row)); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// branchMonth returns a branch's counts of a month, separated by semicolons.
// Visits recover from the closures of 2021.
func (c *city) branchMonth(random *rand.Rand, b branch, month int) string {
	if month >= b.closed[0] && month < b.closed[1] {
		return "-;-;-;-"
	}
	d := &c.districts[b.place]
	recovery := 1 - .42*math.Exp(-float64(month)/11)
	visits := float64(d.residents(firstYear+month/12)) * b.size * librarySeason[month%12] * recovery * (.94 + .12*random.Float64())
	loans := visits * (1.7 + .3*random.Float64())
	meetings := 2 + visits/1500*random.Float64()
	return fmt.Sprintf("%s;%s;%s;%s", thousands(int(visits)), thousands(int(loans)), thousands(int(meetings*(9+8*random.Float64()))), comma(meetings*1.5, 1))
}

// thousands writes n with points between groups of three digits.
func thousands(n int) string {
	if n < 0 {
		return "-" + thousands(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s.%03d", thousands(n/1000), n%1000)
}

// comma writes x with a decimal comma.
func comma(x float64, decimals int) string {
	return strings.Replace(fmt.Sprintf("%.*f", decimals, x), ".", ",", 1)
}

// latin1 encodes text as ISO 8859-1; it panics on what that cannot hold.
func latin1(text string) []byte {
	encoded := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xff {
			panic(fmt.Sprintf("example: %q is not in Latin-1", r))
		}
		encoded = append(encoded, byte(r))
	}
	return encoded
}
