package example

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// residentsWave2025 writes the third wave as the city's own office made it: a
// workbook whose second sheet has title rows, a header of two rows with merged
// group names, birth years instead of ages, and a count and a note below the
// data. Only interviews are in the file.
func residentsWave2025(c *city, w io.Writer) error {
	fields := wave2025Fields()
	interviews := onlyInterviews(c.interviews(2))
	responses := sheet{name: "Responses", merged: mergedGroups(fields, 4), widths: []float64{10, 26, 12}}
	responses.rows = func(yield func([]any) bool) {
		for _, row := range titleRows(fields) {
			if !yield(row) {
				return
			}
		}
		row := make([]any, len(fields))
		for n := range interviews {
			for k, f := range fields {
				row[k] = f.value(&interviews[n])
			}
			if !yield(row) {
				return
			}
		}
		_ = yield(nil) && yield([]any{"Interviews", len(interviews)}) &&
			yield([]any{"DK = does not know, Ref = refused. Hours of internet use were not asked in any wave."})
	}
	return writeWorkbook(w, coverSheet(), responses)
}

func coverSheet() sheet {
	return sheet{name: "Read me", widths: []float64{90}, rows: func(yield func([]any) bool) {
		_ = yield([]any{title("Riverbend residents' survey 2025")}) &&
			yield([]any{"Stratified by district; blocks drawn without replacement; one adult in each household."}) &&
			yield([]any{"Weights are adjusted for non-response and add up to the adult residents of each district."})
	}}
}

// titleRows returns what stands above the data: title, fieldwork, an empty row
// and the two header rows, of which the first names each group once.
func titleRows(fields []surveyField) [][]any {
	groups, headers := make([]any, len(fields)), make([]any, len(fields))
	for k, f := range fields {
		if k == 0 || f.group != fields[k-1].group {
			groups[k] = title(f.group)
		}
		headers[k] = title(f.header)
	}
	return [][]any{
		{title("Residents' survey 2025: responses")},
		{"Fieldwork 3 March to 30 May 2025, face to face"},
		nil, groups, headers,
	}
}

// mergedGroups returns the ranges of cells in the header row that a group's
// name covers.
func mergedGroups(fields []surveyField, row int) []string {
	var ranges []string
	for first := 0; first < len(fields); {
		end := first + 1
		for end < len(fields) && fields[end].group == fields[first].group {
			end++
		}
		if end > first+1 {
			ranges = append(ranges, fmt.Sprintf("%s%d:%s%d", columnLetters(first), row, columnLetters(end-1), row))
		}
		first = end
	}
	return ranges
}

// wave2025Fields are the columns of the sheet with the responses.
func wave2025Fields() []surveyField {
	header := func(_ int, q question) string { return q.label }
	return slices.Concat([]surveyField{
		{"Sample", "number", func(i *interview) any { return 250000 + i.number }},
		{"Sample", "district", func(i *interview) any { return i.district.code + " " + i.district.name }},
		{"Sample", "block", func(i *interview) any { return i.block.code }},
		{"Sample", "blocks in district", func(i *interview) any { return i.blocks }},
		{"Sample", "weight", func(i *interview) any { return math.Round(i.weight*1e4) / 1e4 }},
		{"Respondent", "sex", func(i *interview) any { return [2]string{"F", "M"}[i.sex] }},
		{"Respondent", "birth year", func(i *interview) any {
			if i.ageRefused {
				return nil
			}
			return 2025 - i.age
		}},
		{"Respondent", "born", func(i *interview) any { return bornWhere(i.bornAbroad) }},
		{"Respondent", "parents born", func(i *interview) any { return bornWhere(i.migrant) }},
		{"Respondent", "ISCED", func(i *interview) any { return [3]int{2, 3, 6}[i.education] }},
		{"Respondent", "work", func(i *interview) any { return employments[i.employment] }},
		{"Respondent", "limiting illness", func(i *interview) any { return yesWord(i.disabled) }},
		{"Respondent", "income", func(i *interview) any {
			if i.income < 0 {
				return "Ref"
			}
			return [3]string{"low", "middle", "high"}[i.income]
		}},
	}, questionFields(2, header, shortAnswer), interestFields(2, header, shortAnswer))
}

func bornWhere(abroad bool) any {
	if abroad {
		return "abroad"
	}
	return "here"
}

// shortAnswer writes an answer as the third wave does.
func shortAnswer(form questionForm, answer int) any {
	switch answer {
	case refusedAnswer:
		return "Ref"
	case unsureAnswer:
		return "DK"
	}
	return wordedAnswer(form, answer)
}
