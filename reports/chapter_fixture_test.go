package reports

import (
	"math"

	"pediment/analysis"
)

// exampleChapter has a chart of each kind that money is drawn as.
func exampleChapter(code, name string) Chapter {
	nan := math.NaN()
	return Chapter{
		Part: Money, Code: code, Title: name, Workbook: "riverbend-2025-appraisal-literacy.xlsx",
		Lead:     []string{name + " costs more than it brings."},
		Findings: []Finding{{name, name + " costs 1.18 million EUR and brings 1.09 million EUR."}, {"", "Nobody else pays."}},
		Charts: []analysis.Chart{
			{Name: "execution", Kind: "bar", Title: "Spent against budgeted", Unit: "EUR", Labels: []string{"2024", "2025"},
				Text:   "Spending keeps within the budget.",
				Series: []analysis.Series{{Name: "approved", Value: []float64{12000, 13000}}, {Name: "executed", Value: []float64{11500.5, nan}}}},
			{Name: "funding", Kind: "stack", Title: "Who pays", Unit: "EUR", Labels: []string{"2024", "2025"}, Text: "The city pays most.",
				Series: []analysis.Series{{Name: "City", Value: []float64{9000, 9500}}, {Name: "State " + name, Value: []float64{3000, -200}}}},
			{Name: "waterfall", Kind: "waterfall", Title: "From cost to net value", Unit: "EUR, prices of 2025", Text: "Costs outweigh benefits.",
				Labels: []string{"Tutors " + name, "Higher earnings", "Net value"},
				Series: []analysis.Series{{Name: "value", Value: []float64{-100, 90, -10}, Low: []float64{-100, -100, -10}, High: []float64{0, -10, 0}}}},
			{Name: "tornado", Kind: "tornado", Title: "What moves the verdict", Unit: "EUR", Text: "Learners move it most.",
				Labels: []string{"Learners a year", "Would have learned anyway"},
				Series: []analysis.Series{{Name: "npv", Value: []float64{-10, -10}, Low: []float64{-300, 120}, High: []float64{250, -140}}}},
			{Name: "density", Kind: "density", Title: "How sure it is", Unit: "share", Text: "It loses in 6 of 10 draws.",
				Labels: []string{"−200", "0", "200"}, Series: []analysis.Series{{Name: "share of draws", Value: []float64{.2, .5, .3}}, {Name: "up to here", Value: []float64{.2, .7, 1}}}},
		},
		Tables: []analysis.Table{{Name: "summary", Columns: []analysis.Column{{Name: "measure", Type: "text"}, {Name: "value", Type: "number"}, {Name: "unit", Type: "text"}},
			Rows: [][]any{{"npv", -21113.7066963, "EUR"}, {"weak_evidence", 0.413, "share"}, {"bcr", 0.97755, ""}}}},
		Folded:   []analysis.Table{{Name: "cash_flow", Columns: []analysis.Column{{Name: "year", Type: "text"}, {Name: "pv", Type: "number", Unit: "EUR"}}, Rows: [][]any{{"2025", 1234.5}}}},
		Warnings: []analysis.Warning{{About: "tutors", Text: "the rate has no source"}},
	}
}
