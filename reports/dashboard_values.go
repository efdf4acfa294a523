package reports

import (
	"strings"

	"pediment/analysis"
)

// tidyColumns are the columns of the table "values" that are no breakdown.
var tidyColumns = map[string]bool{
	"code": true, "name": true, "period": true, "place": true, "value": true, "unit": true, "numerator": true, "denominator": true,
	"se": true, "ci_low": true, "ci_high": true, "df": true, "n": true, "missing": true, "state": true, "flags": true,
	"definition": true, "deff": true, "n_eff": true,
}

// readValues reads the result's table "values" back: codes, periods, places and
// groups by their labels, estimates with what is there of them.
func readValues(r analysis.Result) []analysis.Value {
	t, ok := tableNamed(r, "values")
	if !ok {
		return nil
	}
	list := make([]analysis.Value, len(t.Rows))
	for i, row := range t.Rows {
		list[i] = readValue(t.Columns, row)
	}
	return list
}

func readValue(columns []analysis.Column, row []any) analysis.Value {
	v := analysis.Value{Estimate: analysis.Unknown()}
	numbers := map[string]*float64{"value": &v.Value, "se": &v.SE, "ci_low": &v.Low, "ci_high": &v.High, "df": &v.DF, "deff": &v.DEFF}
	texts := map[string]*string{"code": &v.Code, "name": &v.Name, "period": &v.Period.Label, "place": &v.Place, "unit": &v.Unit}
	for at, column := range columns {
		switch cell := row[at].(type) {
		case float64:
			if to := numbers[column.Name]; to != nil {
				*to = cell
			}
		case int64:
			if column.Name == "n" {
				v.N = cell
			}
		case string:
			switch to := texts[column.Name]; {
			case to != nil:
				*to = cell
			case column.Name == "state":
				v.State = analysis.State(cell)
			case column.Name == "flags" && cell != "":
				v.Flags = strings.Split(cell, "; ")
			case !tidyColumns[column.Name] && cell != "":
				v.Group = append(v.Group, analysis.Level{Column: column.Name, Value: cell})
			}
		}
	}
	return v
}
