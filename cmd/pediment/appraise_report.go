package main

import (
	"context"
	"path/filepath"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/reports"
)

// appraise computes the appraisals as of the end of the reporting period. One
// that asks for values nobody may see, or that are not there, is left out with a
// warning: the report says the rest.
func (w *work) appraise(ctx context.Context) error {
	day := w.year.End.AddDate(0, 0, -1)
	for _, a := range w.project.appraisals {
		d := &dossier{app: w.app, project: w.project, list: []*costbenefit.Appraisal{a}}
		done, err := d.appraise(ctx, day)
		problems, err := asProblems(err)
		switch {
		case err != nil:
			return err
		case len(problems) > 0 && !d.live.refused:
			return problems
		}
		for _, problem := range problems {
			w.evaluated.Warnings = append(w.evaluated.Warnings, analysis.Warning{About: "appraisal " + a.Name, Text: "not computed: " + problem.String()})
		}
		w.appraisals = append(w.appraisals, done...)
	}
	return nil
}

// writeAppraisals writes a workbook for each appraisal beside the report.
func (w *work) writeAppraisals(r *reports.Report, folder string) error {
	for _, one := range w.appraisals {
		path := filepath.Join(folder, w.workbookName(one.model.Appraisal.Name))
		if err := w.app.writeWorkbook(one, path, r.Language); err != nil {
			return err
		}
	}
	return nil
}

// workbookName is the file of an appraisal's workbook, beside the report.
func (w *work) workbookName(appraisal string) string {
	return fileName(w.project.settings.City+" "+w.year.Label+" "+string(w.app.edition)+" appraisal "+appraisal) + reports.XLSX.Ext
}
