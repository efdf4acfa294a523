package analysis

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// call calculates a function. IF calculates only the branch it takes.
func (c *calculation) call(sheet string, node *formulaNode) any {
	if node.text == "IF" && len(node.parts) == 3 {
		condition, fault := truth(c.value(sheet, node.parts[0]))
		switch {
		case fault != "":
			return fault
		case condition:
			return c.value(sheet, node.parts[1])
		}
		return c.value(sheet, node.parts[2])
	}
	arguments := make([]any, len(node.parts))
	for i, part := range node.parts {
		arguments[i] = c.value(sheet, part)
	}
	if do, known := spreadsheetFunctions()[node.text]; known {
		return do(arguments)
	}
	return formulaFault("no function is called " + node.text)
}

// spreadsheetFunctions are the functions Calculate knows, besides IF.
func spreadsheetFunctions() map[string]func([]any) any {
	return map[string]func([]any) any{
		"-":          func(a []any) any { return each(a[0], func(x float64) float64 { return -x }) },
		"ABS":        func(a []any) any { return each(a[0], math.Abs) },
		"ROUND":      round,
		"EXP":        func(a []any) any { return each(a[0], math.Exp) },
		"INT":        func(a []any) any { return each(a[0], math.Floor) },
		"SIGN":       func(a []any) any { return each(a[0], func(x float64) float64 { return float64(cmp.Compare(x, 0)) }) },
		"SUM":        func(a []any) any { return fold(a, 0, func(sum, x float64) float64 { return sum + x }) },
		"MIN":        func(a []any) any { return fold(a, math.Inf(1), math.Min) },
		"MAX":        func(a []any) any { return fold(a, math.Inf(-1), math.Max) },
		"SUMPRODUCT": sumProduct,
		"AND":        func(a []any) any { return every(a, true) },
		"OR":         func(a []any) any { return every(a, false) },
		"INDEX":      index,
		"LOOKUP":     lookup,
		"COUNT":      count,
		"ISNUMBER":   isNumber,
		"LEFT":       left,
		"DATE":       date,
		"FIXED":      fixed,
	}
}

// each applies a function of numbers to a value or to every cell of a grid.
func each(a any, do func(float64) float64) any {
	return eachPair(a, 0.0, func(a, _ any) any {
		x, fault := numberOf(a)
		if fault != "" {
			return fault
		}
		return do(x)
	})
}

// fold runs over the numbers of all arguments; cells of text do not count.
func fold(arguments []any, start float64, do func(sum, x float64) float64) any {
	for _, a := range arguments {
		for _, value := range cellsOf(a) {
			switch x := value.(type) {
			case formulaFault:
				return x
			case float64:
				start = do(start, x)
			}
		}
	}
	if math.IsInf(start, 0) {
		return 0.0
	}
	return start
}

func cellsOf(a any) []any {
	if g, area := a.(grid); area {
		return g.cells
	}
	return []any{a}
}

// sumProduct adds up the products of cells in the same place.
func sumProduct(arguments []any) any {
	product := arguments[0]
	for _, a := range arguments[1:] {
		product = eachPair(product, a, func(a, b any) any { return operate("*", a, b) })
	}
	return fold([]any{product}, 0, func(sum, x float64) float64 { return sum + x })
}

// every is AND, or OR, of all arguments.
func every(arguments []any, and bool) any {
	for _, a := range arguments {
		for _, value := range cellsOf(a) {
			switch holds, fault := truth(value); {
			case fault != "":
				return fault
			case holds != and:
				return !and
			}
		}
	}
	return and
}

// index is the cell of a single row or column, counted from 1.
func index(arguments []any) any {
	at, fault := numberOf(arguments[1])
	cells := cellsOf(arguments[0])
	switch {
	case fault != "":
		return fault
	case at < 1 || int(at) > len(cells):
		return formulaFault("no such place in the list")
	}
	return cells[int(at)-1]
}

// lookup finds the last number of an ascending list that is not above the first
// argument and gives what stands in the same place of the other list.
func lookup(arguments []any) any {
	want, fault := numberOf(arguments[0])
	if fault != "" {
		return fault
	}
	found := any(formulaFault("below the first of the list"))
	for i, value := range cellsOf(arguments[1]) {
		if x, number := value.(float64); number && x <= want {
			found = cellsOf(arguments[2])[i]
		}
	}
	return found
}

// date is the number of a day, 1 for 1 January 1900 with the leap day that year
// did not have, as spreadsheets count; later days only.
func date(arguments []any) any {
	var parts [3]int
	for i, a := range arguments {
		x, fault := numberOf(a)
		if fault != "" {
			return fault
		}
		parts[i] = int(x)
	}
	day := time.Date(parts[0], time.Month(parts[1]), parts[2], 0, 0, 0, 0, time.UTC)
	return math.Round(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// fixed prints a number with so many decimals and commas between thousands.
func fixed(arguments []any) any {
	x, fault := numberOf(arguments[0])
	decimals, other := numberOf(arguments[1])
	if fault += other; fault != "" {
		return fault
	}
	scale := math.Pow(10, decimals)
	digits := strconv.FormatFloat(math.Abs(math.Round(x*scale)/scale), 'f', int(decimals), 64)
	whole, rest, point := strings.Cut(digits, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if point {
		whole += "." + rest
	}
	if x < 0 && strings.Trim(whole, "0.,") != "" {
		whole = "-" + whole
	}
	return whole
}

// numberOf is a single value as a number; text is none.
func numberOf(value any) (float64, formulaFault) {
	switch x := value.(type) {
	case nil:
		return 0, ""
	case float64:
		return x, ""
	case bool:
		if x {
			return 1, ""
		}
		return 0, ""
	case formulaFault:
		return 0, x
	}
	return 0, formulaFault(fmt.Sprintf("%v is not a number", value))
}

func truth(value any) (bool, formulaFault) {
	x, fault := numberOf(value)
	return x != 0, fault
}

// textOf is a single value as text joins it.
func textOf(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'g', 15, 64)
	case bool:
		return strings.ToUpper(strconv.FormatBool(x))
	}
	return fmt.Sprint(value)
}

// compare compares numbers with numbers and texts with texts, whose case does
// not count; a number is less than any text.
func compare(operator string, a, b any) bool {
	order := 0
	x, text := a.(string)
	y, other := b.(string)
	switch {
	case text && other:
		order = cmp.Compare(strings.ToLower(x), strings.ToLower(y))
	case text && b == nil:
		order = cmp.Compare(x, "")
	case other && a == nil:
		order = cmp.Compare("", y)
	case text:
		order = 1
	case other:
		order = -1
	default:
		p, _ := numberOf(a)
		q, _ := numberOf(b)
		order = cmp.Compare(p, q)
	}
	switch operator {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order >= 0
}

// count is how many numbers there are.
func count(arguments []any) any {
	n := 0.0
	for _, a := range arguments {
		for _, value := range cellsOf(a) {
			if _, number := value.(float64); number {
				n++
			}
		}
	}
	return n
}

func isNumber(arguments []any) any {
	_, number := arguments[0].(float64)
	return number
}

// left is the beginning of a text.
func left(arguments []any) any {
	n, fault := numberOf(arguments[1])
	if fault != "" {
		return fault
	}
	text := []rune(textOf(arguments[0]))
	return string(text[:min(len(text), int(n))])
}

// round rounds to so many decimals, halves away from zero.
func round(arguments []any) any {
	decimals, fault := numberOf(arguments[1])
	if fault != "" {
		return fault
	}
	scale := math.Pow(10, decimals)
	return each(arguments[0], func(x float64) float64 { return math.Round(x*scale) / scale })
}
