package costbenefit

import (
	"pediment/analysis"
)

// table is a table being filled.
type table struct{ analysis.Table }

// newTable starts a table; a column is written name, name:type or
// name:type:unit, with text the default, money for present values and amount for money before
// discounting.
func newTable(name string, columns ...string) *table {
	return &table{analysis.Table{Name: name, Columns: analysis.Columns(columns...)}}
}

// money makes the columns of type money, present values, and amount, before
// discounting, numbers in the appraisal's units.
func (t *table) money(m *Model) {
	for i, column := range t.Columns {
		switch column.Type {
		case "money":
			t.Columns[i].Type, t.Columns[i].Unit = "number", m.moneyUnit()
		case "amount":
			t.Columns[i].Type, t.Columns[i].Unit = "number", m.amountUnit()
		}
	}
}

func (t *table) add(cells ...any) { t.Rows = append(t.Rows, cells) }
