package budget

import (
	_ "embed"
	"encoding/csv"
	"strings"
)

// The divisions, groups and classes of the Classification of the Functions of
// Government (United Nations, 1999). A group's only class, as 09.5.0, has its name.
//
//go:embed cofog.csv
var cofogList string

var cofogNames = readCOFOG(cofogList)

func readCOFOG(list string) map[string]string {
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		panic("read cofog.csv: " + err.Error())
	}
	names := make(map[string]string, len(rows))
	for _, row := range rows {
		names[row[0]] = row[1]
	}
	return names
}

// cofogName is the name of a COFOG code as 09, 09.5 or 09.5.0, "" of any other.
func cofogName(code string) string {
	if name := cofogNames[code]; name != "" {
		return name
	}
	if group, only := strings.CutSuffix(code, ".0"); only && strings.Count(group, ".") == 1 && cofogNames[group+".1"] == "" {
		return cofogNames[group]
	}
	return ""
}

// KnownCOFOG reports whether the code is a division, group or class of COFOG,
// written 09, 09.5 or 09.5.0.
func KnownCOFOG(code string) bool { return cofogName(code) != "" }

// cofogLevel cuts a COFOG code to its first levels; a code that has fewer, as 09
// where groups are asked for, says nothing at that level.
func cofogLevel(code string, level int) string {
	parts := strings.Split(code, ".")
	if code == "" || len(parts) < level {
		return ""
	}
	return strings.Join(parts[:level], ".")
}

// translate finds the COFOG code of a function: by the longest mapping its code
// begins with or, where there is no crosswalk, the function itself.
func (s Setup) translate(code string) string {
	if len(s.Crosswalk) == 0 {
		if KnownCOFOG(code) {
			return code
		}
		return ""
	}
	var best Mapping
	for _, m := range s.Crosswalk {
		if strings.HasPrefix(code, m.Function) && len(m.Function) > len(best.Function) {
			best = m
		}
	}
	return best.COFOG
}
