package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/ingest"
)

// mostUnknown is how many answers without a word a mistake names.
const mostUnknown = 5

// checkScales reports ratings whose column holds answers that no word of the scale
// stands for: their shares would be of some who answered only. Answers of people the
// rating is not about do not count.
func (w *work) checkScales(ctx context.Context) (err error) {
	if len(w.project.settings.Voice.Ratings) == 0 {
		return nil
	}
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	var problems analysis.Problems
	for _, rating := range w.project.settings.Voice.Ratings {
		unknown, err := w.withoutWord(ctx, warehouse, rating)
		if err != nil {
			return err
		}
		if len(unknown) > 0 {
			problems = append(problems, analysis.Problem{
				Position: rating.At, Message: fmt.Sprintf("voice: %s: scale has no word for %s", rating.Column.Value, strings.Join(unknown, ", ")),
				Hint: fmt.Sprintf("it has %d words; add one for each answer, or make what is no answer empty with read: {missing: […]}", len(rating.Scale)),
			})
		}
	}
	return problems.Err()
}

// withoutWord lists the answers that the scale has no word for, with their rows:
// "3 (120 rows)".
func (w *work) withoutWord(ctx context.Context, warehouse *ingest.Warehouse, r voiceRating) ([]string, error) {
	relation, found := w.relation(r.Dataset.Value)
	column, has := relation.Column(r.Column.Value)
	if !found || !has || column.Type == "boolean" {
		return nil, nil
	}
	t, err := warehouse.Rows(ctx, relation, column.Name)
	if err != nil {
		return nil, err
	}
	var answers []string
	for _, row := range t.Rows {
		if answer := row[0].(string); answer != "" && !slices.Contains(answers, answer) {
			answers = append(answers, answer)
		}
	}
	var list []string
	for _, answer := range answers {
		if r.hasWord(answer) {
			continue
		}
		rows, err := rowsAnswering(ctx, warehouse, r, answer)
		switch {
		case err != nil:
			return nil, nil // the condition is at fault, which is told where it is asked
		case rows == 0:
		case len(list) == mostUnknown:
			return append(list, "and others"), nil
		case w.app.edition == disclosure.Public:
			list = append(list, answer) // how many gave it may be few
		default:
			list = append(list, fmt.Sprintf("%s (%s)", answer, plural(rows, "row")))
		}
	}
	return list, nil
}

// rowsAnswering counts the rows with an answer of those the rating is about.
func rowsAnswering(ctx context.Context, warehouse *ingest.Warehouse, r voiceRating, answer string) (rows int64, err error) {
	condition := fmt.Sprintf("CAST(%s AS VARCHAR) = %s", analysis.Quote(r.Column.Value), analysis.Literal(answer))
	if r.Where.Value != "" {
		condition = fmt.Sprintf("(%s) AND %s", r.Where.Value, condition)
	}
	files, err := warehouse.Meeting(ctx, r.Dataset.Value, condition, 1)
	for _, file := range files {
		rows += file.Rows
	}
	return rows, err
}

// hasWord reports whether a word of the scale stands for an answer.
func (r voiceRating) hasWord(answer string) bool {
	x, err := strconv.ParseFloat(answer, 64)
	if len(r.Values) > 0 {
		return slices.ContainsFunc(texts(r.Values), func(value string) bool {
			y, other := strconv.ParseFloat(value, 64)
			return value == answer || err == nil && other == nil && x == y
		})
	}
	return err == nil && x == float64(int(x)) && x >= 1 && int(x) <= len(r.Scale)
}
