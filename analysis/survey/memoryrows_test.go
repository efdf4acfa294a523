package survey

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"pediment/analysis"
)

// memoryRows is rows held in memory. Their columns are numbers, NaN for NULL, and
// texts, "" for NULL; expressions of them may use AND, OR, IS NOT NULL,
// comparisons, ||, brackets, 'texts' and numbers.
type memoryRows struct {
	numbers   map[string][]float64
	texts     map[string][]string
	workers   int // 0 is 2
	batch     int // rows of one; 0 is 7
	backwards bool
	readings  int

	mu    sync.Mutex
	codes map[string][]string // texts by expression and code
}

func (m *memoryRows) Workers() int { return cmp.Or(m.workers, 2) }

func (m *memoryRows) size() int {
	for _, values := range m.numbers {
		return len(values)
	}
	return 0
}

// Types finds out by evaluating the first row.
func (m *memoryRows) Types(_ context.Context, expressions []string) ([]string, error) {
	types := make([]string, len(expressions))
	for k, e := range expressions {
		v, err := m.evaluate(e, 0)
		if err != nil {
			return nil, err
		}
		types[k] = v.kind
	}
	return types, nil
}

func (m *memoryRows) Texts(expression string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.codes[expression]
}

func (m *memoryRows) code(expression, text string) int32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.codes == nil {
		m.codes = map[string][]string{}
	}
	k := slices.Index(m.codes[expression], text)
	if k < 0 {
		k = len(m.codes[expression])
		m.codes[expression] = append(slices.Clip(m.codes[expression]), text)
	}
	return int32(k)
}

// Stream deals the batches out to the workers in turn, the last first if the rows
// are to be read backwards.
func (m *memoryRows) Stream(_ context.Context, numbers, texts []string, yield func(worker int, b analysis.Batch) error) error {
	m.readings++
	var batches []analysis.Batch
	for first, size := 0, cmp.Or(m.batch, 7); first < m.size(); first += size {
		b, err := m.read(first, min(size, m.size()-first), numbers, texts)
		if err != nil {
			return err
		}
		batches = append(batches, b)
	}
	if m.backwards {
		slices.Reverse(batches)
	}
	errs := make([]error, m.Workers())
	var group sync.WaitGroup
	for worker := range errs {
		group.Go(func() {
			for k := worker; k < len(batches) && errs[worker] == nil; k += len(errs) {
				errs[worker] = yield(worker, batches[k])
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *memoryRows) read(first, rows int, numbers, texts []string) (analysis.Batch, error) {
	b := analysis.Batch{First: int64(first), Rows: rows, Numbers: make([][]float64, len(numbers)), Texts: make([][]int32, len(texts))}
	for row := first; row < first+rows; row++ {
		for k, e := range numbers {
			v, err := m.evaluate(e, row)
			if err != nil {
				return b, err
			}
			b.Numbers[k] = append(b.Numbers[k], v.float())
		}
		for k, e := range texts {
			v, err := m.evaluate(e, row)
			if err != nil {
				return b, err
			}
			code := int32(-1)
			if !v.null {
				code = m.code(e, v.text)
			}
			b.Texts[k] = append(b.Texts[k], code)
		}
	}
	return b, nil
}

// memoryValue is a value of an expression: a number, a boolean (as 1 or 0) or a text.
type memoryValue struct {
	kind   string
	number float64
	text   string
	null   bool
}

func (v memoryValue) float() float64 {
	if v.null {
		return math.NaN()
	}
	return v.number
}

func (m *memoryRows) evaluate(expression string, row int) (memoryValue, error) {
	if values, ok := m.numbers[expression]; ok {
		return numberValue(values[row]), nil
	}
	p := &memoryParser{rows: m, row: row, tokens: memoryToken.FindAllString(expression, -1)}
	v := p.or()
	if p.err == nil && len(p.tokens) > 0 {
		p.err = fmt.Errorf("unexpected %q", p.tokens[0])
	}
	if p.err != nil {
		return v, analysis.Problem{Message: fmt.Sprintf("%s: %v", expression, p.err)}
	}
	return v, nil
}

func numberValue(x float64) memoryValue {
	return memoryValue{kind: "number", number: x, null: math.IsNaN(x), text: strconv.FormatFloat(x, 'g', -1, 64)}
}

func booleanValue(holds, null bool) memoryValue {
	v := memoryValue{kind: "boolean", null: null}
	if holds {
		v.number = 1
	}
	return v
}

var memoryToken = regexp.MustCompile(`'[^']*'|"[^"]*"|[\pL_][\pL\pN_.]*|[0-9.]+|<>|<=|>=|\|\||[=<>()]`)

// memoryParser evaluates an expression for one row as it reads it.
type memoryParser struct {
	rows   *memoryRows
	row    int
	tokens []string
	err    error
}

// accept skips the words if they come next.
func (p *memoryParser) accept(words ...string) bool {
	if len(p.tokens) < len(words) {
		return false
	}
	for k, word := range words {
		if !strings.EqualFold(p.tokens[k], word) {
			return false
		}
	}
	p.tokens = p.tokens[len(words):]
	return true
}

func (p *memoryParser) or() memoryValue {
	v := p.and()
	for p.accept("OR") {
		w := p.and()
		holds := v.float() == 1 || w.float() == 1
		v = booleanValue(holds, !holds && (v.null || w.null))
	}
	return v
}

func (p *memoryParser) and() memoryValue {
	v := p.comparison()
	for p.accept("AND") {
		w := p.comparison()
		fails := v.float() == 0 || w.float() == 0
		v = booleanValue(!fails && !v.null && !w.null, !fails && (v.null || w.null))
	}
	return v
}

func (p *memoryParser) comparison() memoryValue {
	v := p.joined()
	if p.accept("IS", "NOT", "NULL") {
		return booleanValue(!v.null, false)
	}
	for _, operator := range []string{"=", "<>", "<=", ">=", "<", ">"} {
		if p.accept(operator) {
			return compareValues(operator, v, p.joined())
		}
	}
	return v
}

func compareValues(operator string, v, w memoryValue) memoryValue {
	order := cmp.Compare(v.number, w.number)
	if v.kind == "text" {
		order = cmp.Compare(v.text, w.text)
	}
	holds := map[string]bool{"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[operator]
	return booleanValue(holds && !v.null && !w.null, v.null || w.null)
}

func (p *memoryParser) joined() memoryValue {
	v := p.primary()
	for p.accept("||") {
		w := p.primary()
		v = memoryValue{kind: "text", text: v.text + w.text, null: v.null || w.null}
	}
	return v
}

func (p *memoryParser) primary() memoryValue {
	if len(p.tokens) == 0 {
		p.err = fmt.Errorf("ends too early")
		return memoryValue{}
	}
	if p.accept("(") {
		v := p.or()
		if !p.accept(")") && p.err == nil {
			p.err = fmt.Errorf("bracket not closed")
		}
		return v
	}
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	if token[0] == '\'' {
		return memoryValue{kind: "text", text: strings.Trim(token, "'")}
	}
	if x, err := strconv.ParseFloat(token, 64); err == nil {
		return numberValue(x)
	}
	name := strings.Trim(token, `"`)
	if values, ok := p.rows.numbers[name]; ok {
		return numberValue(values[p.row])
	}
	if values, ok := p.rows.texts[name]; ok {
		return memoryValue{kind: "text", text: values[p.row], null: values[p.row] == ""}
	}
	p.err = fmt.Errorf("no column %q", name)
	return memoryValue{}
}
