package survey

import (
	"fmt"
	"regexp"
	"strings"

	"pediment/analysis"
)

// formula is a model in R's notation, response ~ predictors. A formula without
// response begins with ~.
type formula struct {
	response   *formulaTerm
	intercept  bool
	predictors []formulaTerm
}

// formulaTerm is a column of a formula, or the expression within I( ).
type formulaTerm struct {
	name   string // as R writes it
	sql    string // row-level expression
	column string // the plain column, "" of an expression
	factor bool   // factor(column): its values are categories
}

const formulaHint = "write y ~ a + b, with columns, `quoted columns`, factor(column) or I(condition) on either side; ~ 0 leaves the intercept out"

func formulaProblem(format string, args ...any) error {
	return analysis.Problem{Message: "formula: " + fmt.Sprintf(format, args...), Hint: formulaHint}
}

// parseFormula reads a formula. Its errors are Problems.
func parseFormula(text string) (formula, error) {
	tokens, err := formulaTokens(text)
	if err != nil {
		return formula{}, err
	}
	p := &formulaParser{text: text, tokens: tokens}
	f := formula{intercept: true}
	if p.peek() != "~" {
		if f.response, err = p.term(); err != nil {
			return f, err
		}
	}
	if p.next() != "~" {
		return f, formulaProblem("%q has no ~ between response and predictors", text)
	}
	return f, p.sum(&f)
}

// formulaParser walks the tokens of a formula.
type formulaParser struct {
	text   string
	tokens []string
}

func (p *formulaParser) peek() string {
	if len(p.tokens) == 0 {
		return ""
	}
	return p.tokens[0]
}

func (p *formulaParser) next() string {
	token := p.peek()
	if token != "" {
		p.tokens = p.tokens[1:]
	}
	return token
}

// sum reads the right-hand side: terms, 0 or 1, joined by + and −.
func (p *formulaParser) sum(f *formula) error {
	sign := "+"
	for {
		switch p.peek() {
		case "0", "1":
			f.intercept = (p.next() == "1") == (sign == "+")
		default:
			t, err := p.term()
			if err != nil {
				return err
			}
			if sign == "-" {
				return formulaProblem("only the intercept can be taken away, not %s", t.name)
			}
			f.predictors = append(f.predictors, *t)
		}
		sign = p.next()
		switch sign {
		case "":
			return nil
		case "+", "-":
		case ":", "*", "^", "/", "%in%":
			return formulaProblem("interactions (%s) are not supported in %q: a product of numbers is I(a*b)", sign, p.text)
		default:
			return formulaProblem("%q is not expected in %q", sign, p.text)
		}
	}
}

// term reads a column, factor(column) or I(expression).
func (p *formulaParser) term() (*formulaTerm, error) {
	token := p.next()
	switch {
	case token == "I" && p.peek() == "(":
		return p.expression()
	case token == "factor" && p.peek() == "(" && len(p.tokens) > 2 && p.tokens[2] == ")" && isName(p.tokens[1]):
		column := plainName(p.tokens[1])
		p.tokens = p.tokens[3:]
		return &formulaTerm{name: "factor(" + column + ")", sql: analysis.Quote(column), column: column, factor: true}, nil
	case isName(token) && p.peek() == "(":
		return nil, formulaProblem("function %s is not supported in %q", token, p.text)
	case isName(token):
		column := plainName(token)
		return &formulaTerm{name: token, sql: analysis.Quote(column), column: column}, nil
	case token == "":
		return nil, formulaProblem("%q ends too early", p.text)
	}
	return nil, formulaProblem("%q is not expected in %q", token, p.text)
}

// expression reads I( … ) up to its closing bracket and turns it into SQL.
func (p *formulaParser) expression() (*formulaTerm, error) {
	depth := 0
	for k, token := range p.tokens {
		switch token {
		case "(":
			depth++
		case ")":
			depth--
		}
		if depth == 0 {
			inner := p.tokens[1:k]
			p.tokens = p.tokens[k+1:]
			sql, err := sqlOf(inner)
			return &formulaTerm{name: "I(" + deparse(inner) + ")", sql: sql}, err
		}
	}
	return nil, formulaProblem("a bracket is not closed in %q", p.text)
}

// sqlWords are R's operators and words where SQL has another.
var sqlWords = map[string]string{
	"==": "=", "!=": "<>", "&": "AND", "&&": "AND", "|": "OR", "||": "OR", "!": "NOT",
	"TRUE": "TRUE", "FALSE": "FALSE", "T": "TRUE", "F": "FALSE",
}

// sqlFunctions are R's functions of one number and what SQL calls them.
var sqlFunctions = map[string]string{"log": "ln", "log10": "log10", "log2": "log2", "sqrt": "sqrt", "exp": "exp", "abs": "abs"}

// sqlOf turns the tokens of an R expression into SQL.
func sqlOf(tokens []string) (string, error) {
	if len(tokens) == 0 {
		return "", formulaProblem("I() holds nothing")
	}
	var words []string
	for k, token := range tokens {
		call := k+1 < len(tokens) && tokens[k+1] == "("
		word, known := sqlWords[token]
		switch {
		case known:
		case token == "~" || token == ":" || token == "%in%" || token == ",":
			return "", formulaProblem("%q is not expected within I( )", token)
		case isName(token) && call:
			if word = sqlFunctions[token]; word == "" {
				return "", formulaProblem("function %s is not supported within I( )", token)
			}
		case isName(token):
			word = analysis.Quote(plainName(token))
		case token[0] == '"' || token[0] == '\'':
			word = analysis.Literal(token[1 : len(token)-1])
		default:
			word = token
		}
		words = append(words, word)
	}
	return strings.Join(words, " "), nil
}

// deparse writes tokens as R does: blanks around operators that join, none
// around ^ and within brackets.
func deparse(tokens []string) string {
	var b strings.Builder
	for k, token := range tokens {
		unary := k == 0 || strings.ContainsAny(tokens[k-1][:1], "(<>=!&|+-*/^")
		switch token {
		case "==", "!=", "<=", ">=", "<", ">", "&", "&&", "|", "||", "*", "/":
			b.WriteString(" " + token + " ")
		case "+", "-":
			if unary {
				b.WriteString(token)
			} else {
				b.WriteString(" " + token + " ")
			}
		default:
			b.WriteString(token)
		}
	}
	return b.String()
}

var formulaToken = regexp.MustCompile("^(?:`[^`]+`|\"[^\"]*\"|'[^']*'|[\\pL.][\\pL\\pN._]*|[0-9]+\\.?[0-9]*(?:[eE][-+]?[0-9]+)?|%in%|==|!=|<=|>=|&&|\\|\\||[-~+*/^:(),<>&|!])")

func formulaTokens(text string) ([]string, error) {
	var tokens []string
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		token := formulaToken.FindString(rest)
		if token == "" {
			return nil, formulaProblem("%q cannot be read from %q on", text, rest)
		}
		tokens = append(tokens, token)
		rest = rest[len(token):]
	}
	return tokens, nil
}

var formulaName = regexp.MustCompile("^(?:`.*`|[\\pL.].*)$")

func isName(token string) bool { return formulaName.MatchString(token) }

// plainName is a name without its backquotes.
func plainName(token string) string { return strings.Trim(token, "`") }
