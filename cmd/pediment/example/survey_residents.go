package example

import (
	"encoding/csv"
	"fmt"
	"io"

	"golang.org/x/text/encoding/charmap"
)

// surveyField is one column of a wave's file. Its value is a string, int or
// float64, or nil for an empty cell.
type surveyField struct {
	group, header string
	value         func(i *interview) any
}

// questionFields returns the fields of the questions asked in a wave. header
// names a question's column, write writes an answer.
func questionFields(wave int, header func(number int, q question) string, write func(form questionForm, answer int) any) []surveyField {
	var fields []surveyField
	for k, q := range questions {
		if q.truth[wave] != notAsked {
			fields = append(fields, surveyField{q.group, header(k+1, q), func(i *interview) any { return write(q.form, i.answers[k]) }})
		}
	}
	return fields
}

// writeRows writes the fields of the interviews as delimited text.
func writeRows(out *csv.Writer, fields []surveyField, interviews []interview) error {
	row := make([]string, len(fields))
	for k, f := range fields {
		row[k] = f.header
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for n := range interviews {
		for k, f := range fields {
			row[k] = ""
			if value := f.value(&interviews[n]); value != nil {
				row[k] = fmt.Sprint(value)
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// residentsWave2021 writes the first wave as its statistics office delivered it:
// codes throughout, 1 yes, 2 no, 9 no answer; 99 and 999 where 9 can be an
// answer. Only interviews are in the file.
func residentsWave2021(c *city, w io.Writer) error {
	fields := append([]surveyField{
		{"", "serial", func(i *interview) any { return 210000 + i.number }},
		{"", "district", func(i *interview) any { return i.district.code }},
		{"", "block", func(i *interview) any { return i.block.code }},
		{"", "blocks_in_district", func(i *interview) any { return i.blocks }},
		{"", "adults", func(i *interview) any { return i.adults }},
		{"", "weight", func(i *interview) any { return fmt.Sprintf("%.4f", i.weight) }},
		{"", "sex", func(i *interview) any { return 2 - i.sex }},
		{"", "age", func(i *interview) any { return orCode(i.age, i.ageRefused, 999) }},
		{"", "migrant", func(i *interview) any { return yesCode(i.migrant) }},
		{"", "education", func(i *interview) any { return i.education + 1 }},
		{"", "employment", func(i *interview) any { return i.employment + 1 }},
		{"", "disability", func(i *interview) any { return yesCode(i.disabled) }},
	}, questionFields(0, func(number int, _ question) string { return fmt.Sprintf("q%02d", number) }, codedAnswer)...)
	return writeRows(csv.NewWriter(w), fields, onlyInterviews(c.interviews(0)))
}

func orCode(number int, withheld bool, code int) any {
	if withheld {
		return code
	}
	return number
}

func yesCode(yes bool) any {
	if yes {
		return 1
	}
	return 2
}

// codedAnswer writes an answer as the first wave does.
func codedAnswer(form questionForm, answer int) any {
	switch {
	case answer == notApplicable:
		return nil
	case answer < 0 && form == answerVisits:
		return 99
	case answer < 0:
		return 9
	case form == answerYesNo:
		return 2 - answer
	}
	return answer
}

// districtNames are the districts as the 2023 fieldwork agency typed them:
// without what its encoding lacks.
var districtNames = map[string]string{"RB07": "Bab al-Nahr"}

// residentsWave2023 writes the second wave as the agency's software saved it:
// Windows-1252 with its dashes and curly apostrophes, semicolons, decimal
// commas, answers in words, and a row for every address, interview or not.
func residentsWave2023(c *city, w io.Writer) error {
	// Where nobody was interviewed the cell stays empty.
	asked := func(value func(i *interview) any) func(i *interview) any {
		return func(i *interview) any {
			if i.outcome != outcomeInterview {
				return nil
			}
			return value(i)
		}
	}
	fields := []surveyField{
		{"", "Address", func(i *interview) any { return i.number }},
		{"", "District", func(i *interview) any {
			if name, ok := districtNames[i.district.code]; ok {
				return name
			}
			return i.district.name
		}},
		{"", "Block", func(i *interview) any { return i.block.code }},
		{"", "Blocks in district", func(i *interview) any { return i.blocks }},
		{"", "Outcome", func(i *interview) any { return i.outcome }},
		{"", "Weight", asked(func(i *interview) any { return comma(i.weight, 4) })},
		{"", "Sex", asked(func(i *interview) any { return [2]string{"Female", "Male"}[i.sex] })},
		{"", "Age", asked(func(i *interview) any { return orWord(i.age, i.ageRefused) })},
		{"", "Migrant background", asked(func(i *interview) any { return yesWord(i.migrant) })},
		{"", "Highest education", asked(func(i *interview) any {
			return [3]string{"Lower secondary or less", "Upper secondary", "Tertiary"}[i.education]
		})},
		{"", "Work", asked(func(i *interview) any { return employments[i.employment] })},
		{"", "Limiting illness", asked(func(i *interview) any { return yesWord(i.disabled) })},
		{"", "Household income", asked(func(i *interview) any {
			if i.income < 0 {
				return "Refused"
			}
			return [3]string{"under 1.500 €", "1.500–3.000 €", "over 3.000 €"}[i.income]
		})},
	}
	header := func(number int, q question) string { return fmt.Sprintf("Q%d – %s", number, q.label) }
	for _, f := range append(questionFields(1, header, wordedAnswer), interestFields(1, header, wordedAnswer)...) {
		fields = append(fields, surveyField{f.group, f.header, asked(f.value)})
	}
	out := csv.NewWriter(charmap.Windows1252.NewEncoder().Writer(w))
	out.Comma, out.UseCRLF = ';', true
	return writeRows(out, fields, c.interviews(1))
}

func orWord(number int, withheld bool) any {
	if withheld {
		return "Refused"
	}
	return number
}

func yesWord(yes bool) any {
	if yes {
		return "Yes"
	}
	return "No"
}

// wordedAnswer writes an answer as the second wave does.
func wordedAnswer(form questionForm, answer int) any {
	switch {
	case answer == notApplicable:
		return nil
	case answer == refusedAnswer:
		return "Refused"
	case answer == unsureAnswer:
		return "Don’t know"
	case form == answerYesNo:
		return yesWord(answer == 1)
	}
	return answer
}
