package budget

import (
	"slices"
	"strings"
)

// notStated names the row of lines whose column is empty.
const notStated = "not stated"

// dimension is a way to divide the ledger: one of its columns, or what follows
// from one.
type dimension struct {
	name  string
	from  column
	code  func(*ledger, *line) string
	label func(*ledger, string) string
}

// ofColumn divides by a column as it is written.
func ofColumn(c column) dimension {
	return dimension{columnNames[c], c,
		func(_ *ledger, x *line) string { return x.codes[c] },
		func(l *ledger, code string) string { return l.label(c, code) },
	}
}

// ofCOFOG divides by the COFOG code cut to a level: 1 division, 2 group.
func ofCOFOG(name string, level int) dimension {
	return dimension{name, function,
		func(l *ledger, x *line) string { return cofogLevel(l.cofog[x.codes[function]], level) },
		func(_ *ledger, code string) string { return cofogName(code) },
	}
}

// whole does not divide at all.
var whole = dimension{"total", columnCount, func(*ledger, *line) string { return "" }, func(*ledger, string) string { return "all" }}

// dimensions are those of the columns the ledger has, coarse to fine.
func (l *ledger) dimensions(wanted ...column) []dimension {
	var list []dimension
	for _, c := range wanted {
		if !l.budget.Has(columnNames[c]) {
			continue
		}
		if c == function && len(l.cofog) > 0 {
			list = append(list, ofCOFOG("division", 1), ofCOFOG("group", 2))
		}
		list = append(list, ofColumn(c))
	}
	return list
}

// label is the name of a code, the code itself where nobody named it.
func (l *ledger) label(c column, code string) string {
	switch {
	case code == "":
		return notStated
	case l.labels[c][code] != "":
		return l.labels[c][code]
	case c == place:
		return l.Places.Name(code)
	case c == function && cofogName(code) != "" && len(l.Crosswalk) == 0:
		return cofogName(code)
	}
	return code
}

// name is what the row of the code is called.
func (d dimension) named(l *ledger, code string) string {
	if code == "" && d.from != columnCount {
		return notStated
	}
	return d.label(l, code)
}

// learning reports whether the line's function is learning.
func (l *ledger) learning(x *line) bool {
	code := x.codes[function]
	if c := l.cofog[code]; c != "" {
		code = c
	}
	return code != "" && slices.ContainsFunc(l.Learning, func(prefix string) bool { return below(code, prefix) })
}

// below reports whether the code is the prefix or one of its parts. Dots end a
// level: 1.10 is not below 1.1.
func below(code, prefix string) bool {
	rest, ok := strings.CutPrefix(code, prefix)
	return ok && (rest == "" || !strings.Contains(code, ".") || strings.HasPrefix(rest, ".") || strings.HasSuffix(prefix, "."))
}
