package main

import (
	"cmp"
	"fmt"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// The parts of an explanation, in order.
const (
	partNumber     = "the number"
	partDefinition = "its definition"
	partFormula    = "how it is made"
	partRows       = "rows that count"
	partSample     = "how sure it is"
	partInputs     = "where it comes from"
	partCompared   = "what it is compared with"
	partUses       = "what uses it"
)

// sentences is the explanation in words, by part.
func (x *explained) sentences() analysis.Table {
	t := analysis.Table{Name: "explanation", Columns: analysis.Columns("part", "text")}
	for _, part := range []struct {
		name  string
		texts []string
	}{
		{partNumber, x.stateWords()},
		{partDefinition, x.definitionWords()},
		{partFormula, x.formulaWords()},
		{partRows, x.rowWords()},
		{partSample, x.sampleWords()},
		{partInputs, x.inputWords()},
		{partCompared, x.comparedWords()},
	} {
		for _, text := range part.texts {
			t.Rows = append(t.Rows, []any{part.name, text})
		}
	}
	return t
}

// stateWords says in what state the number is, why, and what it is to be read with.
func (x *explained) stateWords() []string {
	v := x.value
	var texts []string
	switch {
	case x.coverage.Missing != "" && v.State == analysis.Missing:
		texts = append(texts, "It cannot be computed: "+x.coverage.Missing+".")
		if x.coverage.Fill != "" {
			texts = append(texts, "What would fill the gap: "+x.coverage.Fill+".")
		}
	case v.State.Withheld():
		texts = append(texts, fmt.Sprintf("There is no figure to show. It is %s: %s.", v.State, cmp.Or(v.Reason, "no reason is given")))
		texts = append(texts, x.withheldWords()...)
	case v.State != analysis.Known:
		texts = append(texts, fmt.Sprintf("It is %s: %s.", v.State, v.Reason))
	}
	for _, flag := range v.Flags {
		texts = append(texts, sentenceCase(flag)+".")
	}
	return texts
}

// withheldWords says what disclosure did, as far as the edition may tell.
func (x *explained) withheldWords() []string {
	v := x.value
	if v.State != analysis.Confidential {
		return nil
	}
	texts := []string{fmt.Sprintf("Cells of fewer than %d people are withheld, with those that subtraction would give away. Nothing it could be worked out from is told here either.", x.smallestCell())}
	for _, e := range x.withheld {
		if x.app.edition != disclosure.Public && entryKey(e.Code, e.Period, e.Place, e.Group) == valueKey(v) {
			texts = append(texts, "The cause: "+string(e.Why)+".")
		}
	}
	return texts
}

// definitionWords is the definition in words.
func (x *explained) definitionWords() []string {
	i := x.coverage.Indicator
	texts := []string{}
	add := func(label, text string) {
		if text != "" {
			texts = append(texts, label+text)
		}
	}
	add("", i.Definition)
	add("Numerator: ", i.Numerator.Text)
	if i.Denominator != nil {
		add("Denominator: ", i.Denominator.Text)
	}
	add("Population: ", i.Population.Value)
	add("Unit: ", i.Unit)
	add("Time looked back on: ", i.Window)
	add("Which direction is good: ", i.Better)
	add("Sustainable Development Goals: ", strings.Join(i.SDG, ", "))
	if x.coverage.Hash != "" {
		add("Definition: ", fmt.Sprintf("%s, a %s; its hash changes when what it computes does, and that breaks the series", x.coverage.Hash, cmp.Or(i.Kind, "ratio")))
	}
	switch {
	case i.Status == "own":
		texts = append(texts, "The city defined it itself.")
	case i.Verified:
		texts = append(texts, "Compared with the official document of the framework.")
	default:
		texts = append(texts, "Not yet compared with the official document of the framework.")
	}
	return texts
}

// formulaWords says how the totals become the value and whether they still do.
func (x *explained) formulaWords() []string {
	v, texts := x.value, []string{}
	if x.coverage.Formula != "" && v.State != analysis.Confidential {
		texts = append(texts, "In one line: "+x.coverage.Formula+".")
	}
	if v.State.Withheld() || len(x.anatomy.Readings) == 0 {
		return texts
	}
	switch {
	case x.again == nil && x.rows:
		texts = append(texts, "Counts are rounded to protect people, so the SQL below gives others.")
	case x.again == nil:
	case x.holds():
		texts = append(texts, "Run once more on the warehouse, the SQL below gives the same value.")
	case x.calibrated():
		texts = append(texts, "The survey’s weights are calibrated anew for each period, and the SQL below adds up those of the file: its totals differ by that.")
	default:
		texts = append(texts, "Run once more on the warehouse, the SQL below gives another value: what is printed was made or published from other rows.")
	}
	return texts
}

// rowWords says which rows leave the sums.
func (x *explained) rowWords() []string {
	var texts []string
	for _, account := range x.accounts {
		if x.fewAmong(account) {
			texts = append(texts, fmt.Sprintf("Of the rows left out fewer than %d are of one kind, so their numbers are not told.", x.smallestCell()))
		}
	}
	if len(x.accounts) > 0 {
		texts = append(texts, "A row whose numerator or denominator is empty leaves both sums.")
	}
	return texts
}

func (x *explained) sampleWords() []string {
	if x.value.State.Withheld() {
		return nil
	}
	return []string{x.errorWords()}
}

// inputWords says what is not told of the files.
func (x *explained) inputWords() []string {
	if len(x.coverage.Sources) == 0 {
		return nil
	}
	var texts []string
	if len(x.meetings) > 0 && x.app.edition == disclosure.Internal {
		for _, f := range x.sources {
			if x.reads(f.Dataset) && x.countedIn(f.ID) == nil {
				return append(texts, fmt.Sprintf("How many rows count is not told file by file: in one of them they are fewer than %d.", x.smallestCell()))
			}
		}
	}
	return texts
}
