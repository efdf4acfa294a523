package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/indicators"
	"pediment/reports"
)

// assemble freezes everything the report says into one value.
func (w *work) assemble() *reports.Report {
	p := w.project
	r := &reports.Report{
		City: p.settings.City, Period: w.year.Label, Language: p.settings.Language, Currency: p.settings.Currency, Licence: p.settings.Report.Licence,
		Framework: indicators.Framework, Engine: engine(), Inputs: w.inputs(),
		Areas: w.areas(), Rejects: w.rejects(), Edition: string(w.app.edition), Methods: w.methods(), Remarks: w.remarks,
		Shapes: p.shapes, Outline: p.settings.Report.outline(), Texts: w.texts(), Values: w.evaluated.Values,
	}
	for _, f := range w.sources {
		r.Sources = append(r.Sources, reports.Source{
			Dataset: f.Dataset, Kind: w.kind(f.Dataset), File: f.File, Hash: f.Hash,
			Rows: f.Rows, Rejected: f.Rejected, State: string(f.State),
		})
	}
	r.Result = analysis.Result{
		Title: fmt.Sprintf("%s: progress report %s%s", r.City, r.Period, w.editionTitle()),
		Tables: []analysis.Table{
			w.valuesTable(), coverageTable(w.evaluated.Coverage, p.catalogue.Areas),
			sourcesTable(r.Sources), r.Rejects,
		},
		Warnings: w.evaluated.Warnings,
	}
	r.Measures, r.Since = w.measures, w.since()
	r.Charts = reports.Charts(r)
	w.bind(r)
	r.Decide(w.book())
	return r
}

// areas lists the framework's areas with their indicators; those outside the
// framework come last, in an area of the city's own.
func (w *work) areas() []reports.Area {
	own := reports.Area{Code: ownArea, Name: "The city's own indicators", Note: w.note(ownArea)}
	var areas []reports.Area
	for _, area := range w.project.catalogue.Areas {
		one := reports.Area{Code: area.Code, Name: area.Name, Group: area.Group, Position: area.Position, Note: w.note(area.Code)}
		for _, c := range w.evaluated.Coverage {
			if c.Indicator.AreaCode() == area.Code {
				one.Indicators = append(one.Indicators, w.entry(c, area.Features))
			}
		}
		areas = append(areas, one)
	}
	for _, c := range w.evaluated.Coverage {
		if !slices.ContainsFunc(areas, func(a reports.Area) bool { return a.Code == c.Indicator.AreaCode() }) {
			own.Indicators = append(own.Indicators, w.entry(c, nil))
		}
	}
	if len(own.Indicators) > 0 {
		areas = append(areas, own)
	}
	return areas
}

// entry is one indicator as the report prints it.
func (w *work) entry(c indicators.Coverage, features []indicators.Feature) reports.Indicator {
	i := c.Indicator
	entry := reports.Indicator{
		Code: i.Code, Name: i.Name, Definition: i.Definition,
		Numerator: i.Numerator.Text, Unit: i.Unit, Better: i.Better, Window: i.Window,
		Kind: i.Kind, Status: i.Status, Notes: i.Notes, Verified: i.Verified, SDG: i.SDG,
		Source: w.sourceWords(c.Sources), Formula: c.Formula, Hash: c.Hash, Fill: c.Fill, Note: w.note(i.Code),
	}
	if i.Denominator != nil {
		entry.Denominator = i.Denominator.Text
	}
	for _, f := range features {
		if strings.HasPrefix(i.Code, f.Code+".") {
			entry.Feature = f.Name
		}
	}
	s := w.series[i.Code]
	if s == nil {
		entry.Headline = analysis.Value{Code: i.Code, Name: i.Name, Unit: i.Unit}
		entry.Headline.Withhold(analysis.Missing, c.Missing)
		entry.Change.Status = analysis.NoData
		return entry
	}
	entry.Headline, entry.Baseline, entry.Change, entry.Trend = s.headline, s.baseline, s.change, s.trend
	entry.Groups = w.breakdowns(i, s.headline.Period)
	entry.Places = w.placeTrends(i.Code, i.Better, s)
	entry.Targets, entry.Breaks = w.planTargets(i.Code, s.headline.Period), w.declaredBreaks(i.Code, s.trend)
	entry.Before, entry.Since = w.before(i, s.headline)
	return entry
}

// kindWords are what people call data of a kind that are no survey.
var kindWords = map[string]string{
	"statistic": "published figures", "participation": "participation records", "population": "population figures", "space": "list of learning spaces",
	"event": "record of events", "budget": "budget", "review": "reviewers’ scores", "feedback": "remarks",
}

// sourceWords names the sources of a figure as people know them, each once: a survey by
// its name, other data by their kind and, where there are few, their files.
func (w *work) sourceWords(names []string) string {
	var words []string
	for _, name := range names {
		word := kindWords[name]
		if word == "" {
			word = plainWords(name)
		} else if k := slices.IndexFunc(w.relations, func(r analysis.Relation) bool { return r.Name == name }); k >= 0 && len(w.relations[k].Files) <= mostFilesNamed {
			word += fileWords(w.relations[k].Files)
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// mostFilesNamed is how many files a source names.
const mostFilesNamed = 2

// fileWords names files in brackets, without their folders.
func fileWords(files []string) string {
	names := make([]string, len(files))
	for k, file := range files {
		names[k] = path.Base(filepath.ToSlash(file))
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// breakdowns lists the indicator's groups in the headline period, in the order
// the definition names their columns.
func (w *work) breakdowns(i indicators.Indicator, period analysis.Period) []reports.Breakdown {
	var list []reports.Breakdown
	for _, column := range i.By {
		b := reports.Breakdown{Column: column, Label: w.columnLabel(column), Ordered: w.keepsOrder(column)}
		for _, v := range w.evaluated.Values {
			if v.Code == i.Code && v.Period == period && len(v.Group) == 1 && v.Group[0].Column == column {
				b.Levels = append(b.Levels, reports.BreakdownLevel{Label: w.levelLabel(column, v.Group[0].Value), Value: v})
			}
		}
		w.inOrder(b)
		b.Apart = column == "place" && inPart(b, w.series[i.Code].headline)
		if len(b.Levels) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// leastPlaced is the part of what a figure of the whole city is of that must have a
// place for places to be held against it.
const leastPlaced = 0.8

// inPart reports whether the levels together hold clearly less than what the whole
// city's figure is of, as spending of which most names no place. It cannot be told, and
// is not, where a level is withheld or has no denominator.
func inPart(b reports.Breakdown, whole analysis.Value) bool {
	sum := 0.0
	for _, l := range b.Levels {
		switch {
		case l.Value.Group.Level("place") == "":
			continue
		case l.Value.State != analysis.Known || !(l.Value.Denominator > 0):
			return false
		}
		sum += l.Value.Denominator
	}
	return whole.Denominator > 0 && sum < leastPlaced*whole.Denominator
}

// inOrder puts the levels of a column into the order the city declares for it;
// others follow as they come.
func (w *work) inOrder(b reports.Breakdown) {
	order := w.project.settings.Equity.order([]string{b.Column})
	place := func(l reports.BreakdownLevel) int {
		if k := slices.Index(order, l.Value.Group.Level(b.Column)); k >= 0 {
			return k
		}
		return len(order)
	}
	slices.SortStableFunc(b.Levels, func(x, y reports.BreakdownLevel) int {
		return cmp.Or(place(x)-place(y), compareSizes(x.Value.Group.Level(b.Column), y.Value.Group.Level(b.Column)))
	})
}

// compareSizes puts "50-249" before "250+": both begin with a number, which counts.
// Other levels stay as they come.
func compareSizes(a, b string) int {
	size := func(level string) (int, error) {
		return strconv.Atoi(level[:len(level)-len(strings.TrimLeft(level, "0123456789"))])
	}
	x, errX := size(a)
	y, errY := size(b)
	if errX != nil || errY != nil {
		return 0
	}
	return cmp.Compare(x, y)
}

// keepsOrder reports whether the order of a column's levels means something.
func (w *work) keepsOrder(column string) bool {
	return strings.HasSuffix(column, "_band") || len(w.project.settings.Equity.Ordered[column]) > 0
}

// columnLabel is a disaggregation column in words: "Age band", for places their
// kind, "District".
func (w *work) columnLabel(column string) string {
	if column == "place" {
		for k := len(w.project.places) - 1; k >= 0; k-- {
			if kind := w.project.places[k].Kind; kind != "" {
				return sentenceCase(kind)
			}
		}
	}
	return sentenceCase(strings.ReplaceAll(column, "_", " "))
}

// levelLabel is a level in words: a place's name, "Migrant: yes", else as written.
func (w *work) levelLabel(column, level string) string {
	switch {
	case column == "place":
		return w.project.places.Name(level)
	case column == "programme" && w.programmeNames[level] != "":
		return w.programmeNames[level]
	case level == "true":
		return w.columnLabel(column) + ": yes"
	case level == "false":
		return w.columnLabel(column) + ": no"
	}
	return level
}

func sentenceCase(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// kind is a dataset's kind.
func (w *work) kind(dataset string) string {
	for _, d := range w.project.datasets {
		if d.Name == dataset {
			return d.Kind.Value
		}
	}
	return ""
}

// ownInputs identifies everything the report was made from but the ledger: the
// files' content and the definitions.
func (w *work) ownInputs() string {
	hash := sha256.New()
	for _, f := range w.sources {
		fmt.Fprintln(hash, f.Dataset, f.File, f.Hash)
	}
	for _, c := range w.evaluated.Coverage {
		fmt.Fprintln(hash, c.Indicator.Code, c.Hash)
	}
	w.hashRemarks(hash)
	for _, r := range w.relations {
		fmt.Fprintf(hash, "%s %s\n", r.Name, sampling(r.Sample))
	}
	for _, name := range slices.Sorted(maps.Keys(w.project.margins)) {
		for _, m := range w.project.margins[name] {
			fmt.Fprintf(hash, "%q %q %q %q %v\n", name, m.Period, m.Variable, m.Level, m.Total)
		}
	}
	w.project.hashFiles(hash, projectFile, "places.csv", shapesFile, "indicators/*.yaml", deflatorsFile, "partners.yaml", planFile, recommendationsFile, appraisalsFolder+"/*.yaml", notesFolder+"/*.md")
	fmt.Fprintln(hash, w.project.settings.Equity.written())
	fmt.Fprintln(hash, w.year.Label, w.smallestCell(), w.standard)
	fmt.Fprintln(hash, w.internalMark())
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// hashFiles adds the names and bytes of the files that match.
func (p *project) hashFiles(hash io.Writer, patterns ...string) {
	for _, pattern := range patterns {
		files, _ := fs.Glob(os.DirFS(p.dir), pattern)
		for _, name := range files {
			data, err := os.ReadFile(filepath.Join(p.dir, name))
			fmt.Fprintf(hash, "%q %x %v\n", name, sha256.Sum256(data), err)
		}
	}
}

// sampling writes out how a survey was sampled and is calibrated, without the
// place where that was declared.
func sampling(s *analysis.Sample) string {
	if s == nil {
		return ""
	}
	design, calibrate, replicates := *s, analysis.Calibrate{}, analysis.Replicates{}
	if s.Calibrate != nil {
		calibrate = *s.Calibrate
		calibrate.At = analysis.Position{}
	}
	if s.Replicates != nil {
		replicates = *s.Replicates
	}
	design.Calibrate, design.Replicates = nil, nil
	return fmt.Sprintf("%+v %+v %+v", design, replicates, calibrate)
}

// methods says in plain words how the numbers were made.
func (w *work) methods() []string {
	texts := []string{
		"A ratio is the sum of its numerators over the sum of its denominators, for every group and place afresh; percentages are never averaged.",
		"Survey values are weighted. Their standard errors follow the sampling design, by Taylor linearisation over primary sampling units within strata or by the survey's replicate weights; the intervals use Student's t with the design's degrees of freedom, for proportions on the logit scale. " + survey.IntervalFootnote(0.95),
		"Different persons are counted afresh at every level and never added. Figures published without numerator and denominator are printed as given and never rolled up.",
		"A period whose record is incomplete is marked partial and not compared with a whole one. An absent value has a reason; it is never zero.",
		"Where years of different kinds meet, " + w.project.calendar.JoinRule() + ".",
		w.methodOfPrivacy(),
		"Reviewers' scores are averaged; range, number of reviewers and their agreement (Krippendorff's ordinal alpha over all indicators of the period) stand beside the mean. Reviewers are not a random sample, so there is no interval.",
	}
	texts = append(texts, w.surveyMethods()...)
	return texts
}

// surveyMethods says what was done with surveys besides: how reliability is
// judged, weights are calibrated and rounds compared.
func (w *work) surveyMethods() []string {
	var texts []string
	kept := "rounds are independent samples"
	for _, r := range w.relations {
		used := slices.ContainsFunc(w.evaluated.Coverage, func(c indicators.Coverage) bool { return slices.Contains(c.Sources, r.Name) })
		if r.Sample == nil || !used {
			continue
		}
		if c := r.Sample.Calibrate; c != nil {
			texts = append(texts, fmt.Sprintf("The weights of %s are made to meet the population totals of %s (%s%s).", r.Name, c.Margins, c.Method, within(c.Variables)))
		}
		if r.Sample.SamePSUs {
			kept = "rounds are independent samples, but those of " + r.Name + " keep their sampling units, so that their covariance counts"
		}
	}
	texts = append(texts, "A change between two survey rounds counts only when it is larger than sampling error explains (two-sided test at 5 %; "+kept+").")
	if note := w.standard.Footnote("use with caution", string(analysis.Unreliable)); note != "" {
		texts = append(texts, note)
	}
	return texts
}

func within(variables []string) string {
	if len(variables) == 0 {
		return ""
	}
	return " by " + strings.Join(variables, ", ")
}

// withoutLines blanks the value of rejects that are whole lines: they may hold
// anything about a person. The line number stays.
func withoutLines(rejects analysis.Table) analysis.Table {
	out := rejects
	out.Rows = make([][]any, len(rejects.Rows))
	at := map[string]int{}
	for k, c := range rejects.Columns {
		at[c.Name] = k
	}
	for k, row := range rejects.Rows {
		out.Rows[k] = slices.Clone(row)
		if row[at["column"]] == "" {
			out.Rows[k][at["value"]] = ""
		}
	}
	return out
}

// sourcesTable is the table "sources".
func sourcesTable(sources []reports.Source) analysis.Table {
	t := analysis.Table{Name: "sources", Columns: analysis.Columns("dataset", "kind", "file", "rows:integer", "rejected:integer", "hash", "state")}
	for _, s := range sources {
		t.Rows = append(t.Rows, []any{s.Dataset, s.Kind, s.File, s.Rows, s.Rejected, s.Hash, s.State})
	}
	return t
}
