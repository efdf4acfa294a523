package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/ingest"
)

var nan = math.NaN()

// openSurvey opens the file and whatever the design needs from others.
func (a *app) openSurvey(ctx context.Context, file string, o *estimateOptions, q *inquiry) (*ingest.Microdata, error) {
	if err := o.replicate(q, a); err != nil {
		return nil, err
	}
	if o.margins != "" {
		calibration, err := a.margins(ctx, o.margins)
		if err != nil {
			return nil, err
		}
		q.Design.Calibration = calibration
	}
	f := ingest.File{Path: a.inDir(file), Read: o.reading()}
	if q.Design.File != "" {
		beside, err := q.replicateFile(ctx, f.Read)
		if err != nil {
			return nil, err
		}
		f.Beside = []string{beside}
	}
	if info, err := os.Stat(f.Path); err == nil && info.Size() > longReading && a.terminal() && !a.quiet {
		bar := newBar(a.err)
		bar.show(filepath.Base(file), 0, info.Size())
		defer bar.stop()
	}
	return ingest.OpenFile(ctx, f, adapters)
}

// longReading is the size of a file from which on reading it shows a bar.
const longReading = 20 << 20

// replicateFile finds the file of replicate weights and lists its columns in the
// design.
func (q *inquiry) replicateFile(ctx context.Context, read ingest.Read) (string, error) {
	d := &q.Design
	path := d.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(q.dir, path)
	}
	data, err := ingest.OpenFile(ctx, ingest.File{Path: path, Read: read}, adapters)
	if err != nil {
		return "", err
	}
	for _, column := range data.Columns() {
		d.Columns = append(d.Columns, column.Name)
	}
	if d.Count > 0 && d.Count != len(d.Columns) {
		err = analysis.Problem{Position: q.places["design.repweights_cols"], Message: fmt.Sprintf("%s has %d columns, not %d", d.File, len(d.Columns), d.Count), Hint: "it holds replicate weights and nothing else"}
	}
	return path, errors.Join(err, data.Close())
}

// replicate says in the design what the flags say about replicate weights.
func (o *estimateOptions) replicate(q *inquiry, a *app) error {
	if o.replicateType == "" {
		return nil
	}
	r := survey.Replicates{Type: "replicate", Kind: o.replicateType, Combined: o.combined, MSE: o.mse, Rho: o.rho, Seed: o.seed, RScales: o.rscales}
	if o.scale != 0 {
		r.Scale = &o.scale
	}
	if n, made := o.replicateCount(); made {
		r.Count = n
	} else if _, err := os.Stat(a.inDir(o.replicates)); err == nil && o.replicates != "" {
		r.File, q.dir = o.replicates, a.dir
	} else if filepath.Ext(o.replicates) != "" {
		return analysis.Problem{Position: analysis.Position{File: "--replicates"}, Message: fmt.Sprintf("there is no file %s", o.replicates), Hint: "name a file, the beginning of the columns' names, or how many to make"}
	} else {
		r.Prefix = o.replicates
	}
	q.Design.Replicates = r
	return nil
}

// answer runs the request and puts what was refused in its place.
func (q *inquiry) answer(ctx context.Context, o *estimateOptions) ([]survey.Answer, []analysis.Warning, error) {
	answers, warnings, err := survey.Estimate(ctx, q.columns.rows, q.Request)
	if err != nil {
		return nil, nil, q.explain(err)
	}
	answers = append(refusedOnce(answers), q.refused...)
	slices.SortStableFunc(answers, func(x, y survey.Answer) int {
		return cmp.Compare(slices.Index(q.order, x.ID), slices.Index(q.order, y.ID))
	})
	for k := range answers {
		q.rename(&answers[k])
	}
	for k, w := range warnings {
		warnings[k] = analysis.Warning{About: q.columns.plain(w.About), Text: q.columns.plain(w.Text)}
	}
	if q.named != nil { // the first weights one by one are for requests
		answers = slices.DeleteFunc(answers, func(e survey.Answer) bool { return e.Op == "weights" && e.Name == "first" })
	}
	return answers, slices.Concat(warnings, detections(answers, o.detect), q.flagNotes(answers), leftOut(answers)), nil
}

// refusedOnce leaves one answer of an estimate all of whose figures were refused
// for one reason, and no number in any figure that was.
func refusedOnce(answers []survey.Answer) []survey.Answer {
	mixed := map[string]bool{} // estimates that were not refused as a whole
	first, figures := map[string]survey.Answer{}, map[string]int{}
	for _, e := range answers {
		figures[e.ID]++
		if one, seen := first[e.ID]; seen && one.Error != e.Error || e.Error == "" {
			mixed[e.ID] = true
		} else if !seen {
			first[e.ID] = e
		}
	}
	var out []survey.Answer
	given := map[string]bool{}
	for _, e := range answers {
		if e.Error == "" {
			out = append(out, e)
			continue
		}
		e.Estimate, e.Statistic, e.PValue = analysis.Unknown(), nan, nan
		switch whole := !mixed[e.ID]; {
		case whole && given[e.ID]:
			continue
		case whole && figures[e.ID] > 1:
			e.Name, e.Var, e.Level, e.By, e.P = "", "", "", nil, nan
		}
		given[e.ID] = true
		out = append(out, e)
	}
	return out
}

// explain writes problems of the design as the user wrote it.
func (q *inquiry) explain(err error) error {
	var problem analysis.Problem
	if errors.As(err, &problem) {
		problem.Message = q.columns.plain(problem.Message)
		if q.named != nil {
			problem.Message, problem.Hint = flagWords.Replace(problem.Message), flagWords.Replace(problem.Hint)
		}
		return problem
	}
	return err
}

// flagWords turns what a request says into what the command line says.
var flagWords = strings.NewReplacer("declare lonely_psu: ", "add --lonely-psu ", "na_rm leaves", "--na-rm leaves", "declare nest", "add --nest",
	"with a row filter", "with --rows", "the row filter holds", "--rows holds", "declare same_psus", "add --same-psus")

// rename calls an answer what was asked for, not the SQL it was asked with.
func (q *inquiry) rename(e *survey.Answer) {
	e.Name, e.Var, e.Error = q.columns.plain(e.Name), q.columns.plain(e.Var), q.columns.plain(e.Error)
	for k := range e.By {
		e.By[k].Column = q.columns.plain(e.By[k].Column)
	}
	if q.named != nil {
		e.Error = flagWords.Replace(e.Error)
	}
	if n, known := q.named[e.ID]; known {
		e.ID, e.Name, e.Var, e.Level = n.id, n.name, n.variable, n.level
		if n.by != nil {
			e.By = n.by
		}
	}
}

// refusals ends the command with the reasons for what could not be estimated, one
// line for each reason.
func refusals(answers []survey.Answer) error {
	var problems analysis.Problems
	ids := map[string][]string{}
	for _, e := range answers {
		if e.Error == "" || slices.Contains(ids[e.Error], e.ID) {
			continue
		}
		if ids[e.Error] == nil {
			problems = append(problems, analysis.Problem{Message: e.Error})
		}
		ids[e.Error] = append(ids[e.Error], e.ID)
	}
	for k, p := range problems {
		problems[k].Message = someOf(ids[p.Message]) + ": " + p.Message
	}
	return problems.Err()
}

// someOf lists the first few of many.
func someOf(names []string) string {
	const few = 3
	text := ""
	for k, name := range names[:min(few, len(names))] {
		if k > 0 {
			text += ", "
		}
		text += name
	}
	if len(names) > few {
		text += fmt.Sprintf(" and %d more", len(names)-few)
	}
	return text
}
