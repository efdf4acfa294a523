package ingest

import "testing"

const budgetDeclared = `
money:
  kind: budget
  files: data/*.csv
  exclude: "function = 'Total'"
  read: {delimiter: ";", decimal: ",", thousands: ".", missing: ["n/a"]}
  columns:
    period: {type: period, from: year}
    function: {}
    amount: {type: decimal}
    share: {type: number, from: "CAST(replace(pct, '%', '') AS DOUBLE) / 100"}
    staff: {type: integer}
    paid_on: {type: date, form: "%d/%m/%Y"}
    final: {type: boolean}
`

func TestLoadRejectsWhatDoesNotFit(t *testing.T) {
	c := newCity(t, map[string]string{"data/2024.csv": "year;function;amount;pct;staff;paid_on;final\n" +
		"2024;Schools;1.234,50;10%;3;31/12/2024;yes\n" + // 2
		"2024;Parks;12.4.31;10%;3;31/12/2024;yes\n" + // 3
		"2024;Roads;7;abc;1,5;2024-12-31;perhaps\n" + // 4
		"2023/2024;Books;n/a;;;;\n" + // 5: the period gets its label
		"soon;Art;1,999;1%;1;30/02/2024;0\n" + // 6
		"2024;Total;1;1%;1;;\n" + // 7
		";;;;;;\n" + // 8: blank
		"2024;short\n" + // 9
		"\n" +
		"2024;\"two\nlines\";5;2%;1_0;01/01/2024;no\n" + // 11
		";Parks;3;;;;\n"}) // 13
	loads := c.load(budgetDeclared)
	equal(t, "loads", loads.summary(), "money data/2024.csv rows=2 rejected=6 excluded=1 loaded")
	equal(t, "rows", c.rows("SELECT period, function, amount, share, staff, paid_on, final FROM money ORDER BY 1 DESC"), `
2024|Schools|1234.50|0.1|3|2024-12-31|true
2023/24|Books|NULL|NULL|NULL|NULL|NULL`)
	equal(t, "rejects", loads.rejects(), `
data/2024.csv:3: amount: "12.4.31" is not a number with decimal "," and thousands "."
data/2024.csv:4: share: "pct = abc" cannot be used in CAST(replace(pct, '%', '') AS DOUBLE) / 100
data/2024.csv:4: staff: "1,5" is not a whole number
data/2024.csv:4: paid_on: "2024-12-31" is not a date of the form %d/%m/%Y
data/2024.csv:4: final: "perhaps" is not one of the texts for true and false
data/2024.csv:6: period: `+notPeriod("soon")+`
data/2024.csv:6: amount: "1,999" has more than 2 decimals
data/2024.csv:6: paid_on: "30/02/2024" is not a date of the form %d/%m/%Y
data/2024.csv:9: the row has 2 cells, the header 7
data/2024.csv:11: staff: "1_0" is not a number with decimal "," and thousands "."
data/2024.csv:13: period is missing`)
}
