package costbenefit

import (
	"math"

	"pediment/analysis"
)

const firstResult = 8 // row

// figures has the formula of every measure of an option, as the sheet computes it.
func (w *workbook) figures(i int) map[string]string {
	c, factors := w.cash[i], w.timeRange(factorRow)
	present := func(row int) string { return "SUMPRODUCT(" + w.cashRow(row) + "," + factors + ")" }
	member, side, class, public := w.lineColumn(memberColumn+i), w.lineColumn(sideColumn), w.lineColumn(classColumn), w.lineColumn(publicColumn)
	market, economic := w.calculatedColumnOf(marketBlock, 5), w.calculatedColumnOf(economicBlock, 5)
	real := "(" + class + `<>"transfer")`
	cost := "(" + side + `="cost")*` + real
	capital := "SUMPRODUCT((" + side + `="cost")*(` + class + `="capital")*` + economic + "*" + member + ")"
	byPublic := "SUMPRODUCT(" + cost + "*" + public + "*" + economic + "*" + member + ")"
	gets := "SUMPRODUCT((" + public + "=-1)*((" + class + `="transfer")+(` + class + `="fiscal")*(` + side + `="benefit")+(` + class + `="revenue")*(` + side + `="benefit"))*` + market + "*" + member + ")"
	pays := "SUMPRODUCT((" + public + "=1)*" + market + "*" + member + ")"
	worth := "SUMPRODUCT((((" + side + `="benefit")-(` + side + `="cost"))*` + real + "+" + public + ")*" + market + "*" + member + ")"
	b, k, net := w.result1(i, "pv_benefits"), w.result1(i, "pv_costs"), w.result1(i, "net_public_cost")
	inputs := "(" + k + "-" + present(c.tax) + ")"
	// a net cost that is nothing but rounding counts as none
	netCost := "IF(ABS(" + net + ")<=0.000000000001*(ABS(" + b + ")+ABS(" + k + ")),0," + net + ")"
	r := w.back[i]
	f := map[string]string{
		"pv_benefits":                present(c.benefits),
		"pv_costs":                   present(c.costs),
		"npv":                        on(cashSheet, fixed(5, c.present)),
		"bcr":                        over(b, k, "IF("+k+`=0,"no costs","saves money")`),
		"bcr_modified":               over("("+b+"-("+k+"-"+capital+"))", capital, `"no capital cost"`),
		"bcr_public":                 over("("+b+"-("+k+"-"+byPublic+"))", byPublic, `"no public cost"`),
		"bcr_fiscal":                 over(gets, pays, `"public budgets pay nothing"`),
		"net_public_cost":            present(c.public),
		"mvpf":                       "IF(AND(" + worth + ">0," + netCost + `<=0),"infinite",IF(` + netCost + `=0,"none",` + worth + "/" + net + "))",
		"irr":                        w.irrFormula(i),
		"mirr":                       w.mirrFormula(i),
		"payback":                    w.paybackFormula(r.plain, false),
		"payback_lasting":            w.paybackFormula(r.plain, true),
		"payback_discounted":         w.paybackFormula(r.discounted, false),
		"payback_discounted_lasting": w.paybackFormula(r.discounted, true),
		"eac":                        k + "/SUM(" + on(ratesSheet, area(4, w.chain+1, 4, w.chain+w.m.Appraisal.LastYear-w.m.Appraisal.BaseYear)) + ")",
		"sroi":                       over(b, inputs, `"no inputs"`),
		"net_sroi":                   over("("+b+"-"+inputs+")", inputs, `"no inputs"`),
		"npv_end":                    "SUMPRODUCT(" + w.cashRow(c.net) + "," + w.timeRange(endRow+1) + ")",
		"npv_mid":                    "SUMPRODUCT(" + w.cashRow(c.net) + "," + w.timeRange(endRow+3) + ")",
		"npv_begin":                  "SUMPRODUCT(" + w.cashRow(c.net) + "," + w.timeRange(endRow+5) + ")",
	}
	for name, input := range map[string]int{"cost_per_learner": w.m.Learners[i], "cost_per_priority_learner": w.m.Priority[i], "cost_per_effect": w.m.Effects[i]} {
		if input != None {
			f[name] = over(k, w.used(input), `"none"`)
		}
	}
	w.evidenceFigures(f, i)
	w.gapFigures(f, i)
	w.groupFigures(f, i)
	return f
}

// over is a ratio, or what stands instead when the denominator is not positive;
// what is left of money by rounding is not.
func over(numerator, denominator, instead string) string {
	return "IF(" + denominator + ">0.000000001," + numerator + "/" + denominator + "," + instead + ")"
}

// evidenceFigures are what results rest on: weak evidence, corrections.
func (w *workbook) evidenceFigures(f map[string]string, i int) {
	member, economic := w.lineColumn(memberColumn+i), w.calculatedColumnOf(economicBlock, 5)
	side, class := w.lineColumn(sideColumn), w.lineColumn(classColumn)
	gain := "(" + side + `="benefit")*(` + class + `<>"transfer")*(` + economic + "*" + member + ">0)*" + economic + "*" + member
	f["weak_evidence"] = over("SUMPRODUCT("+gain+"*"+w.lineColumn(weakColumn)+")", "SUMPRODUCT("+gain+")", `"no benefits"`)
	f["optimism"] = "SUMPRODUCT((" + w.lineColumn(correctionColumn) + "-1)*" + member + "*(((" + side + `="benefit")-(` + side + `="cost"))*(` + class + `<>"transfer")*` +
		economic + "-" + w.usedOr(w.m.TaxDeadweight, "0") + "*" + w.lineColumn(publicColumn) + "*" + w.calculatedColumnOf(marketBlock, 5) + "))"
}

// gapFigures are the funding gap and the grant it allows.
func (w *workbook) gapFigures(f map[string]string, i int) {
	if w.m.Appraisal.FundingGap == nil {
		return
	}
	rate := "((1+" + w.usedOr(w.m.Gap.Rate, on(ratesSheet, fixed(5, w.chain+1))) + ")*(1+inflation)-1)"
	side, class, residual := w.lineColumn(sideColumn), w.lineColumn(classColumn), w.lineColumn(residualColumn)
	block := on(calculationSheet, area(yearColumn, w.calculatedRow(marketBlock, 0), w.last(), w.calculatedRow(marketBlock, w.flows()-1)))
	flows := block + "*(" + w.lineColumn(formColumn) + `="cash")*` + w.lineColumn(memberColumn+i) + "/(1+" + rate + ")^" + w.timeRange(timeRow)
	investment := "SUMPRODUCT((" + side + `="cost")*(` + class + `="capital")*` + flows + ")"
	revenue := "SUMPRODUCT(((" + side + `="benefit")*(((` + class + `="revenue")+(` + residual + ">0))>0)*(" + class + `<>"transfer")-(` + side + `="cost")*(` + class +
		`<>"capital")*(` + class + `<>"transfer"))*` + flows + ")"
	f["funding_gap_rate"] = "IF(" + investment + ">0,MIN(1,MAX(0,(" + investment + "-" + revenue + ")/" + investment + `)),"no investment")`
	rateCell := w.result1(i, "funding_gap_rate")
	eligible := w.usedOr(w.m.Gap.EligibleCost, investment)
	f["funding_gap_grant"] = "IF(ISNUMBER(" + rateCell + ")," + eligible + "*" + rateCell + "*" + w.usedOr(w.m.Gap.Maximum, "1") + `,"no investment")`
}

// result1 is the cell of the sheet's own figure for a measure of the option.
func (w *workbook) result1(i int, name string) string {
	return on(resultsSheet, fixed(3+4*i, w.resultRow[name]))
}

// results writes the measures, options side by side: the workbook's own figure,
// the engine's and the difference.
func (w *workbook) results() {
	widths := []float64{62, 36}
	for range w.m.Appraisal.Options {
		widths = append(widths, 20, 26, 12, 10)
	}
	p := w.sheet(resultsSheet, append(widths, 60)...)
	p.title("Results", "The workbook's own figures follow every change; the engine's are of the day the file was made.")
	p.text(4, 1, "Scenario in use", analysis.LeadStyle)
	p.put(4, 2, "="+on(scenariosSheet, "$C$5"), analysis.TotalStyle, "")
	measures := w.m.Measures(w.o)
	w.resultRow = map[string]int{}
	row := firstResult
	for _, measure := range measures {
		if w.resultRow[measure.Name] == 0 {
			w.resultRow[measure.Name] = row
			p.text(row, 1, measure.Label, analysis.TextStyle)
			p.text(row, 2, measure.Unit, analysis.LeadStyle)
			row++
		}
	}
	w.lastResult = row - 1
	p.header(firstResult-1, "Measure", "Unit")
	for i := range w.m.Appraisal.Options {
		p.text(firstResult-2, 3+4*i, w.optionName(i), analysis.HeadingStyle)
		for k, name := range []string{"Workbook", "Engine", "Difference, relative"} {
			p.text(firstResult-1, 3+4*i+k, name, analysis.HeaderStyle).Format = analysis.CentsFormat
		}
		p.text(firstResult-1, 6+4*i, "Agrees", analysis.HeaderStyle)
		w.optionResults(p, i, measures)
	}
	p.text(firstResult-1, 3+4*len(w.m.Appraisal.Options), "Note of the day the file was made", analysis.HeaderStyle)
	below := w.lastResult + 3
	for _, t := range [][2]string{
		{"unmonetised", "What is not valued in money"}, {"incremental", "Step by step from one option to the next"},
		{"budget", "Ranking under the budget cap"}, {"frontier", "Cost-effectiveness"},
	} {
		below = w.printed(p, below, t[0], t[1])
	}
	p.Rows, p.Columns = firstResult-1, 1
}

func (w *workbook) optionResults(p page, i int, measures []Measure) {
	formulas := w.figures(i)
	column := 3 + 4*i
	for _, measure := range measures {
		formula, live := formulas[measure.Name]
		if measure.Option != i {
			continue
		}
		row := w.resultRow[measure.Name]
		format := measureFormat(measure)
		if !live {
			p.text(row, column, "not live", analysis.LeadStyle)
		} else {
			p.put(row, column, "="+formula, analysis.TotalStyle, format)
		}
		p.static(row, column+1, engineFigure(measure), format)
		if live {
			own, engine := at(column, row), at(column+1, row)
			both := "AND(ISNUMBER(" + own + "),ISNUMBER(" + engine + "))"
			p.put(row, column+2, "=IF("+both+",ROUND(("+own+"-"+engine+")/MAX(ABS("+engine+`),0.001),9),"")`, analysis.PlainStyle, analysis.FactorFormat)
			p.put(row, column+3, `=IF(inputs_changed>0,"changed",IF(`+both+",IF(ABS("+at(column+2, row)+`)<=0.000001,"ok","differs"),`+
				w.withoutNumber(measure, own, engine)+"))", analysis.CheckStyle, "")
		}
		if i == 0 && measure.Note != "" {
			p.text(row, 3+4*len(w.m.Appraisal.Options), measure.Note, analysis.StaticStyle)
		}
	}
}

// withoutNumber judges figures of which at least one is no number. The rate of
// return is guarded: the sheet gives none where flows change sign more than once,
// though the engine may know that only one of the rates is real.
func (w *workbook) withoutNumber(measure Measure, own, engine string) string {
	switch measure.Name {
	case "irr":
		return "IF(ISNUMBER(" + own + `),"differs","ok")`
	case "mvpf": // a net cost of nothing but rounding has either sign
		i := measure.Option
		return "IF(ABS(" + w.result1(i, "net_public_cost") + ")<=0.000000001*(1+ABS(" + w.result1(i, "pv_costs") + ")+ABS(" + w.result1(i, "pv_benefits") + ")),\"ok\",IF(ISNUMBER(" +
			own + ")=ISNUMBER(" + engine + `),"ok","differs"))`
	}
	return "IF(OR(ISNUMBER(" + own + "),ISNUMBER(" + engine + `)),"differs","ok")`
}

// engineFigure is the measure's value, or the note that says why there is none.
func engineFigure(measure Measure) any {
	if math.IsNaN(measure.Value) {
		return measure.Note
	}
	return measure.Value
}

func measureFormat(measure Measure) analysis.NumberFormat {
	switch {
	case measure.Unit == "a year" || measure.Unit == "share":
		return analysis.PercentFormat
	case measure.Unit == "" || measure.Unit == "years":
		return analysis.RatioFormat
	}
	return analysis.MoneyFormat
}
