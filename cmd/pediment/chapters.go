package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// longestTable is the most rows a table of a chapter has in a report; the
// analysis itself prints longer ones.
const longestTable = 120

// spend analyses the budget where the city has one. Its mistakes, such as unlike
// money, do not stop the report; they stand among its warnings.
func (w *work) spend(ctx context.Context) error {
	if !slices.ContainsFunc(w.relations, func(r analysis.Relation) bool { return r.Kind == "budget" }) {
		return nil
	}
	result, err := w.budget(ctx)
	return w.chapterOf(chapterName{reports.Money, "budget", "Budget and spending", []string{"execution", "real", "marginalised"}}, []string{"execution", "funding", "marginalised"}, result, err)
}

// divide shares costs out where partners.yaml says that some are shared.
func (w *work) divide(ctx context.Context) error {
	result, err := w.costSharing(ctx)
	var problem analysis.Problem
	if errors.As(err, &problem) && problem == nothingShared() {
		return nil
	}
	if err := w.chapterOf(chapterName{reports.Money, "costsharing", "Who shares the cost", nil}, nil, result, err); err != nil || len(w.chapters) == 0 {
		return err
	}
	c := &w.chapters[len(w.chapters)-1]
	if c.Code == "costsharing" {
		c.Tables = append([]analysis.Table{chosenOnly(tableOf(result, "sharing"))}, c.Tables...)
	}
	return nil
}

// chosenOnly are the rows of the rule that was chosen.
func chosenOnly(t analysis.Table) analysis.Table {
	out := analysis.Table{Name: "sharing by the chosen rule", Columns: t.Columns}
	chosen := columnNamed(t, "chosen")
	for _, row := range t.Rows {
		if chosen >= 0 && row[chosen] == "yes" {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// chapterName is how a chapter is called by scripts and by people, and what the
// overview says of it.
type chapterName struct {
	part        reports.Part
	code, title string
	lead        []string
}

// chapterOf adds a chapter to the report, or a warning that says why it is not there.
func (w *work) chapterOf(name chapterName, shown []string, result analysis.Result, err error) error {
	problems, err := asProblems(err)
	if err != nil {
		return err
	}
	for _, p := range problems {
		w.evaluated.Warnings = append(w.evaluated.Warnings, analysis.Warning{About: name.code, Text: "not computed: " + p.String()})
	}
	if len(problems) > 0 {
		return nil
	}
	c := chapter(name, result)
	for _, t := range result.Tables {
		t, _ := shortened(t)
		switch {
		case t.Name == "findings" || len(t.Rows) == 0:
		case slices.Contains(shown, t.Name):
			c.Tables = append(c.Tables, plainYears(t))
		default:
			c.Folded = append(c.Folded, plainYears(t))
		}
	}
	w.chapters = append(w.chapters, resultChapter{c, result})
	return nil
}

// resultChapter is a chapter of the report and all it was made from.
type resultChapter struct {
	reports.Chapter
	result analysis.Result
}

// chapter makes a chapter of a result's findings, charts and caveats.
func chapter(name chapterName, result analysis.Result) reports.Chapter {
	c := reports.Chapter{Part: name.part, Code: name.code, Title: name.title, Charts: result.Charts, Warnings: result.Warnings}
	findings := tableOf(result, "findings")
	for _, row := range findings.Rows {
		c.Findings = append(c.Findings, reports.Finding{About: strings.ReplaceAll(fmt.Sprint(row[0]), "_", " "), Text: fmt.Sprint(row[1])})
	}
	c.Lead = leadOf(c.Findings, name.lead)
	return c
}

// leadOf are the first sentences about each of the things named, or of the first
// few a chapter is about, for the overview.
func leadOf(findings []reports.Finding, about []string) []string {
	const most = 3
	background := []string{"question", "business as usual", "options together", "not valued in money", "how it is counted"}
	var lead, seen []string
	for _, f := range findings {
		named := len(about) == 0 || slices.Contains(about, f.About)
		if !named || slices.Contains(background, f.About) || slices.Contains(seen, f.About) || len(lead) == most {
			continue
		}
		seen = append(seen, f.About)
		if f.About != "" {
			f.Text = sentenceCase(f.About) + ": " + f.Text
		}
		lead = append(lead, f.Text)
	}
	return lead
}

// appraisalChapters are the chapters of the appraisals.
func (w *work) appraisalChapters() []resultChapter {
	var list []resultChapter
	for _, one := range w.appraisals {
		list = append(list, w.appraisalChapter(one))
	}
	return list
}

// appraisalChapter is the chapter of one appraisal.
func (w *work) appraisalChapter(one appraised) resultChapter {
	a := one.model.Appraisal
	c := chapter(chapterName{reports.Money, "appraisal_" + a.Name, "Appraisal: " + a.Title, nil}, one.result)
	c.Lead = append(c.Lead, certainty(one.result)...)
	c.Workbook = w.workbookName(a.Name)
	head := headTables(one.result)
	for _, t := range head {
		c.Tables = append(c.Tables, plainYears(inPercent(withoutUnit(t, priceBase(a)))))
	}
	for _, t := range one.result.Tables {
		shown := slices.ContainsFunc(head, func(h analysis.Table) bool { return h.Name == t.Name })
		if !shown && t.Name != "findings" && len(t.Rows) > 0 && len(t.Rows) <= longestTable {
			c.Folded = append(c.Folded, plainYears(inPercent(t)))
		}
	}
	return resultChapter{c, one.result}
}

// certainty says of each option how likely it loses and on what evidence its
// benefits rest, from the rows of the summary.
func certainty(result analysis.Result) []string {
	summary := tableOf(result, "summary")
	option, measure, value := columnNamed(summary, "option"), columnNamed(summary, "measure"), columnNamed(summary, "value")
	var order []string
	parts := map[string][]string{}
	for _, row := range summary.Rows {
		x, known := row[value].(float64)
		words := map[any]string{"probability_loss": "costs more than it brings in about %.0f %% of draws", "weak_evidence": "%.0f %% of its benefits rest on weak evidence"}[row[measure]]
		if !known || words == "" || math.IsNaN(x) {
			continue
		}
		name := optionName(result, fmt.Sprint(row[option]))
		if parts[name] == nil {
			order = append(order, name)
		}
		parts[name] = append(parts[name], fmt.Sprintf(words, 100*x))
	}
	var texts []string
	for _, name := range order {
		texts = append(texts, name+": "+strings.Join(parts[name], "; ")+".")
	}
	return texts
}

// optionName is what people call the option.
func optionName(result analysis.Result, id string) string {
	options := tableOf(result, "options")
	at, name := columnNamed(options, "option"), columnNamed(options, "name")
	for _, row := range options.Rows {
		if at >= 0 && name >= 0 && row[at] == id {
			return fmt.Sprint(row[name])
		}
	}
	return id
}

// bind puts the chapters into the report. Their tables join the report's, named
// for their chapter.
func (w *work) bind(r *reports.Report) {
	for _, c := range append(w.chapters, w.appraisalChapters()...) {
		r.Chapters = append(r.Chapters, c.Chapter)
		for _, t := range c.result.Tables {
			if c.Code == "quality" && t.Name == "failing" {
				r.Failing = t
			}
			t.Name = c.Code + "_" + t.Name
			r.Tables = append(r.Tables, t)
		}
		for _, chart := range c.result.Charts {
			chart.Name = c.Code + " " + chart.Name
			r.Charts = append(r.Charts, chart)
		}
	}
}
