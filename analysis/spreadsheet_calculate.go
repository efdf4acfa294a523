package analysis

import (
	"fmt"
	"math"
	"strings"
)

// Calculate fills in the value of every formula cell, as a spreadsheet program
// will: float64, string or bool. It knows the operators and the functions listed
// in spreadsheetFunctions. The error names the cells that refer to themselves,
// cannot be read or give an error such as a division by zero; they are left empty.
func (s *Spreadsheet) Calculate() error {
	c := &calculation{names: map[string]*Cell{}, homes: map[*Cell]string{}, sheets: map[string]map[[2]int]*Cell{}, state: map[*Cell]byte{}, faults: map[*Cell]formulaFault{}}
	for i := range s.Sheets {
		sheet := &s.Sheets[i]
		places := map[[2]int]*Cell{}
		for k := range sheet.Cells {
			cell := &sheet.Cells[k]
			places[[2]int{cell.Row, cell.Column}] = cell
			if cell.Name != "" {
				c.names[strings.ToLower(cell.Name)], c.homes[cell] = cell, sheet.Name
			}
		}
		c.sheets[sheet.Name] = places
	}
	var wrong []string
	for i := range s.Sheets {
		sheet := &s.Sheets[i]
		for k := range sheet.Cells {
			if message, bad := c.cell(sheet.Name, &sheet.Cells[k]).(formulaFault); bad {
				wrong = append(wrong, fmt.Sprintf("%s!%s: %s", sheet.Name, address(sheet.Cells[k].Row, sheet.Cells[k].Column), message))
			}
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("calculate the workbook: %d cells fail, among them %s", len(wrong), strings.Join(wrong[:min(5, len(wrong))], "; "))
	}
	return nil
}

// calculation is one run over a workbook.
type calculation struct {
	names  map[string]*Cell
	homes  map[*Cell]string // sheets of the named cells
	sheets map[string]map[[2]int]*Cell
	state  map[*Cell]byte // 1 being calculated, 2 done
	faults map[*Cell]formulaFault
}

// formulaFault is the error a formula gives; whatever uses it gives it too.
type formulaFault string

// grid is the value of an area, row by row.
type grid struct {
	rows, columns int
	cells         []any
}

// address is "B7" for row 7, column 2.
func address(row, column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, row)
}

// cell is the cell's value, calculated on first use.
func (c *calculation) cell(sheet string, cell *Cell) any {
	if cell.Formula == "" {
		return plainValue(cell.Value)
	}
	switch c.state[cell] {
	case 1:
		return formulaFault("refers to itself")
	case 2:
		if fault, bad := c.faults[cell]; bad {
			return fault
		}
		return cell.Value
	}
	c.state[cell] = 1
	var value any = 0.0 // of a reference to an empty cell
	if node, err := parseFormula(cell.Formula); err != nil {
		value = formulaFault(err.Error())
	} else if x := c.value(sheet, node); x != nil {
		value = x
	}
	if g, area := value.(grid); area {
		value = formulaFault(fmt.Sprintf("gives %d values", len(g.cells)))
	}
	if x, number := value.(float64); number && (math.IsNaN(x) || math.IsInf(x, 0)) {
		value = formulaFault("not a number")
	}
	cell.Value, c.state[cell] = value, 2
	if fault, bad := value.(formulaFault); bad {
		cell.Value, c.faults[cell] = nil, fault
	}
	return value
}

// plainValue is a cell's own value as formulas see it; nil stays: an empty cell.
func plainValue(value any) any {
	switch x := value.(type) {
	case int64:
		return float64(x)
	case int:
		return float64(x)
	}
	return value
}

// value calculates a formula's node for a cell of the sheet.
func (c *calculation) value(sheet string, node *formulaNode) any {
	switch node.kind {
	case 'n':
		return node.value
	case 's':
		return node.text
	case 'v':
		return c.named(node.text)
	case 'r':
		return c.area(sheet, node.area)
	case 'o':
		return eachPair(c.value(sheet, node.parts[0]), c.value(sheet, node.parts[1]), func(a, b any) any {
			return operate(node.text, a, b)
		})
	}
	return c.call(sheet, node)
}

func (c *calculation) named(name string) any {
	switch strings.ToUpper(name) {
	case "TRUE":
		return true
	case "FALSE":
		return false
	}
	cell, known := c.names[strings.ToLower(name)]
	if !known {
		return formulaFault("no cell is called " + name)
	}
	return c.cell(c.homes[cell], cell)
}

// area is the value of one cell, or a grid of several.
func (c *calculation) area(sheet string, a cellArea) any {
	if a.sheet != "" {
		sheet = a.sheet
	}
	places, known := c.sheets[sheet]
	if !known {
		return formulaFault("no sheet is called " + sheet)
	}
	g := grid{a.bottom - a.top + 1, a.right - a.left + 1, nil}
	for row := a.top; row <= a.bottom; row++ {
		for column := a.left; column <= a.right; column++ {
			var value any
			if cell := places[[2]int{row, column}]; cell != nil {
				value = c.cell(sheet, cell)
			}
			g.cells = append(g.cells, value)
		}
	}
	if len(g.cells) == 1 {
		return g.cells[0]
	}
	return g
}

// eachPair applies the operation cell by cell; a single value, row or column is
// repeated along the other's.
func eachPair(a, b any, do func(a, b any) any) any {
	left, wide := a.(grid)
	right, high := b.(grid)
	if !wide && !high {
		return do(a, b)
	}
	if !wide {
		left = grid{1, 1, []any{a}}
	}
	if !high {
		right = grid{1, 1, []any{b}}
	}
	out := grid{max(left.rows, right.rows), max(left.columns, right.columns), nil}
	for row := range out.rows {
		for column := range out.columns {
			out.cells = append(out.cells, do(left.at(row, column), right.at(row, column)))
		}
	}
	return out
}

func (g grid) at(row, column int) any {
	if g.rows == 1 {
		row = 0
	}
	if g.columns == 1 {
		column = 0
	}
	if row >= g.rows || column >= g.columns {
		return formulaFault("areas of different size")
	}
	return g.cells[row*g.columns+column]
}

// operate applies an operator to two single values.
func operate(operator string, a, b any) any {
	for _, x := range []any{a, b} {
		if fault, bad := x.(formulaFault); bad {
			return fault
		}
	}
	if strings.Contains("=<>", operator[:1]) {
		return compare(operator, a, b)
	}
	if operator == "&" {
		return textOf(a) + textOf(b)
	}
	x, fault := numberOf(a)
	y, other := numberOf(b)
	switch {
	case fault != "":
		return fault
	case other != "":
		return other
	}
	switch operator {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		if y == 0 {
			return formulaFault("division by zero")
		}
		return x / y
	}
	if x == 0 && y <= 0 {
		return formulaFault("zero to the power of zero or less")
	}
	return math.Pow(x, y)
}
