package costbenefit

import (
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// cover writes the first sheet: what is appraised, whether all checks hold, the
// verdict as it stands with the inputs of now, and the contents.
func (w *workbook) cover() {
	a := w.m.Appraisal
	p := w.sheet(coverSheet, 34, 100)
	p.text(1, 1, a.Title, analysis.TitleStyle)
	p.text(2, 1, a.Question, analysis.HeadingStyle)
	row := 4
	p.text(row, 1, "All checks", analysis.LeadStyle)
	p.put(row, 2, `=IF(all_checks="ok","ok: all checks hold, the workbook agrees with the engine",IF(all_checks="changed","changed: inputs differ from those delivered; see Changes","a check fails: see Checks"))`,
		analysis.CheckStyle, "")
	row++
	p.text(row, 1, "Scenario in use", analysis.LeadStyle)
	p.put(row, 2, "="+on(scenariosSheet, "$C$5"), analysis.TextStyle, "")
	row = w.verdicts(p, row+2)
	row = w.facts(p, row+1)
	row = w.reading(p, row+1)
	row = w.contents(p, row+1)
	w.caveats(p, row+2)
}

// verdicts say by option what the present values come to; they move with the
// inputs. Names stand in cells of their own, so that no word of theirs is ever
// part of a formula.
func (w *workbook) verdicts(p page, row int) int {
	p.text(row, 1, "Verdict, with the inputs as they are now", analysis.HeadingStyle)
	for i := range w.m.Appraisal.Options {
		row++
		p.text(row, 1, w.optionName(i), analysis.TextStyle)
		npv, b, c := w.result1(i, "npv"), w.result1(i, "pv_benefits"), w.result1(i, "pv_costs")
		sum := func(cell string) string { return "FIXED(" + cell + ",0)&" + `" "&currency` }
		formula := `IF(` + npv + `>=0,"Benefits exceed costs by ","Costs exceed benefits by ")&FIXED(ABS(` + npv + `),0)&" "&currency&": benefits "&` + sum(b) + `&", costs "&` + sum(c)
		formula += `&IF(` + c + `>0,", ratio "&FIXED(` + b + "/" + c + `,2),"")&"."`
		p.put(row, 2, "="+formula, analysis.TextStyle, "")
		row++
		back := w.result1(i, "payback_discounted")
		p.text(row, 1, "", analysis.LeadStyle)
		p.put(row, 2, `=IF(ISNUMBER(`+back+`),"Pays back, discounted, after "&FIXED(`+back+`,1)&" years","Never pays back within the horizon, discounted")&"; net cost to public budgets "&`+
			sum(w.result1(i, "net_public_cost"))+`&"."`, analysis.LeadStyle, "")
		if words := w.certainty(i); words != "" {
			row++
			p.text(row, 2, words, analysis.StaticStyle)
		}
	}
	return row + 1
}

// certainty says how sure the verdict on the option was when the file was made.
func (w *workbook) certainty(i int) string {
	var parts []string
	for _, t := range w.result.Tables {
		if t.Name != "summary" {
			continue
		}
		for _, row := range t.Rows { // option, measure, label, value, …
			x, known := row[3].(float64)
			if row[0] != w.m.optionID(i) || !known || math.IsNaN(x) {
				continue
			}
			switch row[1] {
			case "probability_loss":
				parts = append(parts, "costs exceeded benefits in about "+wholePercent(x)+" of draws")
			case "weak_evidence":
				parts = append(parts, wholePercent(x)+" of the benefits rested on weak evidence")
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "When this file was made, " + strings.Join(parts, "; ") + "."
}

// facts are how the appraisal was made.
func (w *workbook) facts(p page, row int) int {
	a := w.m.Appraisal
	p.text(row, 1, "How it is counted", analysis.HeadingStyle)
	for _, fact := range [][2]string{
		{"Business as usual", a.BusinessAsUsual}, {"Version", a.Version}, {"Status", a.Status}, {"Author", a.Author}, {"Date of the appraisal", a.Date},
		{"Present values", w.m.moneyUnit()},
	} {
		if fact[1] != "" {
			row++
			p.text(row, 1, fact[0], analysis.LeadStyle)
			p.text(row, 2, fact[1], analysis.TextStyle)
		}
	}
	row++
	p.text(row, 1, "Currency", analysis.LeadStyle)
	p.text(row, 2, a.Currency, analysis.TextStyle).Name = "currency"
	row++
	p.text(row, 1, "Price base and base year", analysis.LeadStyle)
	p.put(row, 2, `="prices of "&price_base&", discounted to "&base_year`, analysis.TextStyle, "")
	row++
	p.text(row, 1, "Discount rate and timing", analysis.LeadStyle)
	timing := `"dated flows"`
	if !w.dated() {
		timing = `"flows at the "&IF(timing="mid","middle",IF(timing="begin","beginning","end"))&" of their year, those of the base year "&IF(year_zero="now","in full","as the others")`
	}
	p.put(row, 2, "=FIXED(100*"+on(ratesSheet, fixed(2, w.chain+1))+`,2)&" % in the first year (see Rates), "&`+timing, analysis.TextStyle, "")
	return row + 1
}

// reading explains the looks of the cells.
func (w *workbook) reading(p page, row int) int {
	p.text(row, 1, "How to read it", analysis.HeadingStyle)
	p.text(row+1, 1, "Shaded with a frame", analysis.InputStyle)
	p.text(row+1, 2, "an input: change it and everything follows", analysis.TextStyle)
	p.text(row+2, 1, "Grey, in italics", analysis.StaticStyle)
	p.text(row+2, 2, "a figure of the day the file was made, which does not follow", analysis.TextStyle)
	p.text(row+3, 1, "Everything else", analysis.PlainStyle)
	p.text(row+3, 2, "a live formula, or words. Figures are kept in full and rounded for the eye, so printed figures may not sum.", analysis.TextStyle)
	return row + 4
}

// contents lists the sheets with links.
func (w *workbook) contents(p page, row int) int {
	p.text(row, 1, "Contents", analysis.HeadingStyle)
	about := map[string]string{
		resultsSheet:     "all measures by option, the engine's figures beside the workbook's own",
		chartsSheet:      "cumulated value, from benefits to net value, who pays and gains, funding",
		assumptionsSheet: "every number the results hang on, with source, grade and owner; change it here",
		scenariosSheet:   "the switch, and what each scenario sets",
		ratesSheet:       "discount rates and chained factors",
		timelineSheet:    "years, timing and discount factors",
		partiesSheet:     "options, stakeholders and groups",
		linesSheet:       "what every cost and benefit is, and which options it is part of",
		amountsSheet:     "amounts and quantities by year; price index",
		calculationSheet: "from amounts to present values, step by step",
		residualSheet:    "what assets are worth at the end",
		cashSheet:        "benefits and costs by year for every option",
		returnsSheet:     "how payback and the rate of return are found",
		whoSheet:         "costs, benefits and transfers by stakeholder",
		groupsSheet:      "costs and benefits by group, weighted by income",
		fundingSheet:     "who promises what, and the cash of those who are funded",
		sensitivitySheet: "what the result hangs on, one input at a time (static)",
		monteCarloSheet:  "thousands of draws of the uncertain inputs (static)",
		changesSheet:     "what has been changed since the file was made",
		checksSheet:      "what must hold, and whether it does",
	}
	for _, name := range w.tabs() {
		if name == coverSheet {
			continue
		}
		row++
		p.text(row, 1, name, analysis.PlainStyle).Link = name
		p.text(row, 2, about[name], analysis.TextStyle)
	}
	return row
}

// caveats are the warnings of the result.
func (w *workbook) caveats(p page, row int) {
	if len(w.result.Warnings) == 0 {
		return
	}
	p.text(row, 1, "To bear in mind", analysis.HeadingStyle)
	for _, warning := range w.result.Warnings {
		row++
		p.text(row, 1, warning.About, analysis.TextStyle)
		p.text(row, 2, warning.Text, analysis.TextStyle)
	}
}

// tabs are the sheets there are, in the order they are read.
func (w *workbook) tabs() []string {
	order := []string{coverSheet, resultsSheet, chartsSheet, assumptionsSheet, scenariosSheet, ratesSheet, timelineSheet, partiesSheet, linesSheet, amountsSheet,
		calculationSheet, residualSheet, cashSheet, returnsSheet, whoSheet, groupsSheet, fundingSheet, sensitivitySheet, monteCarloSheet, changesSheet, checksSheet}
	return slices.DeleteFunc(order, func(name string) bool { _, there := w.pages[name]; return !there })
}

// shorten keeps a name short enough for a chart.
func shorten(name string) string {
	runes := []rune(strings.Join(strings.Fields(name), " "))
	if len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return string(runes)
}
