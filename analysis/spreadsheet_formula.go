package analysis

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// formulaNode is a parsed formula: a number, text, reference, name, operation or
// function with its arguments.
type formulaNode struct {
	kind  byte // n number, s text, r reference, v name, o operation, f function
	text  string
	value float64
	area  cellArea
	parts []*formulaNode
}

// cellArea is a rectangle of cells, rows and columns from 1, both ends within.
type cellArea struct {
	sheet                    string // "" the formula's own
	top, left, bottom, right int
}

// The tokens of a formula: text, a quoted sheet's name, number, word, operation.
var formulaToken = regexp.MustCompile(`^(?:("(?:[^"]|"")*")|('(?:[^']|'')*')|(\d+\.?\d*(?:[eE][+-]?\d+)?)|([\pL_$][\pL\pN_.$]*)|(<>|<=|>=|[-+*/^&=<>(),:!]))`)

var cellAddress = regexp.MustCompile(`^\$?([A-Z]{1,3})\$?([1-9][0-9]*)$`)

// formulaParser reads the tokens of one formula.
type formulaParser struct {
	tokens []string
	at     int
}

// parseFormula reads a formula without its sign of equality. It knows what the
// workbooks of this program are written with: numbers, text, references, names,
// the operators and functions by name.
func parseFormula(text string) (*formulaNode, error) {
	p := &formulaParser{}
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		token := formulaToken.FindString(rest)
		if token == "" {
			return nil, fmt.Errorf("read formula %q: cannot read %q", text, rest)
		}
		p.tokens, rest = append(p.tokens, token), rest[len(token):]
	}
	node, err := p.operation(0)
	if err == nil && p.at < len(p.tokens) {
		err = fmt.Errorf("%q is left over", p.tokens[p.at])
	}
	if err != nil {
		return nil, fmt.Errorf("read formula %q: %w", text, err)
	}
	return node, nil
}

// formulaOperators are the operators from loosest to tightest.
var formulaOperators = []string{" = <> < > <= >= ", " & ", " + - ", " * / ", " ^ "}

func (p *formulaParser) next() string {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return ""
}

// take steps over the token when it is next.
func (p *formulaParser) take(token string) bool {
	if p.next() != token {
		return false
	}
	p.at++
	return true
}

// operation reads operands joined by operators of the level or tighter ones,
// from left to right.
func (p *formulaParser) operation(level int) (*formulaNode, error) {
	if level == len(formulaOperators) {
		return p.signed()
	}
	left, err := p.operation(level + 1)
	for err == nil && p.next() != "" && strings.Contains(formulaOperators[level], " "+p.next()+" ") {
		node := &formulaNode{kind: 'o', text: p.next(), parts: []*formulaNode{left, nil}}
		p.at++
		node.parts[1], err = p.operation(level + 1)
		left = node
	}
	return left, err
}

// signed reads an operand with its sign, which binds tighter than the power as
// spreadsheets have it.
func (p *formulaParser) signed() (*formulaNode, error) {
	if p.take("+") {
		return p.signed()
	}
	if p.take("-") {
		operand, err := p.signed()
		return &formulaNode{kind: 'f', text: "-", parts: []*formulaNode{operand}}, err
	}
	return p.operand()
}

func (p *formulaParser) operand() (*formulaNode, error) {
	token := p.next()
	p.at++
	switch {
	case token == "(":
		node, err := p.operation(0)
		if err == nil && !p.take(")") {
			err = fmt.Errorf("a parenthesis is not closed")
		}
		return node, err
	case strings.HasPrefix(token, `"`):
		return &formulaNode{kind: 's', text: strings.ReplaceAll(token[1:len(token)-1], `""`, `"`)}, nil
	case strings.HasPrefix(token, "'"):
		return p.reference(strings.ReplaceAll(token[1:len(token)-1], "''", "'"), true)
	case token != "" && token[0] >= '0' && token[0] <= '9':
		value, err := strconv.ParseFloat(token, 64)
		return &formulaNode{kind: 'n', value: value}, err
	case p.next() == "(":
		p.at++
		return p.call(token)
	}
	return p.reference(token, false)
}

// reference reads a cell or area, with or without its sheet, or a name.
func (p *formulaParser) reference(token string, quoted bool) (*formulaNode, error) {
	sheet := ""
	if p.take("!") {
		sheet, token = token, p.next()
		p.at++
	} else if quoted {
		return nil, fmt.Errorf("no cell of the sheet %q", token)
	}
	column, row, ok := cellPlace(token)
	if !ok {
		if sheet != "" || token == "" || !regexp.MustCompile(`^[\pL_]`).MatchString(token) {
			return nil, fmt.Errorf("%q is not a cell", token)
		}
		return &formulaNode{kind: 'v', text: token}, nil
	}
	area := cellArea{sheet, row, column, row, column}
	if p.take(":") {
		if area.right, area.bottom, ok = cellPlace(p.next()); !ok || area.right < column || area.bottom < row {
			return nil, fmt.Errorf("%q does not end an area", p.next())
		}
		p.at++
	}
	return &formulaNode{kind: 'r', area: area}, nil
}

// call reads the arguments of a function.
func (p *formulaParser) call(name string) (*formulaNode, error) {
	node := &formulaNode{kind: 'f', text: strings.ToUpper(name)}
	for !p.take(")") {
		if len(node.parts) > 0 && !p.take(",") {
			return nil, fmt.Errorf("%s( is not closed", name)
		}
		argument, err := p.operation(0)
		if err != nil {
			return nil, err
		}
		node.parts = append(node.parts, argument)
	}
	return node, nil
}

// cellPlace is column and row of an address such as $B$7.
func cellPlace(address string) (column, row int, ok bool) {
	m := cellAddress.FindStringSubmatch(address)
	if m == nil {
		return 0, 0, false
	}
	for _, letter := range m[1] {
		column = column*26 + int(letter-'A') + 1
	}
	row, err := strconv.Atoi(m[2])
	return column, row, err == nil
}
