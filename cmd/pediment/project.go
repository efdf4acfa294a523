package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"encoding/csv"

	"golang.org/x/text/language"

	"pediment/analysis"
	"pediment/analysis/budget"
	"pediment/analysis/costbenefit"
	"pediment/analysis/progress"
	"pediment/analysis/survey"
	"pediment/indicators"
	"pediment/ingest"
)

// project is a city's folder as its plain files declare it.
type project struct {
	dir        string
	settings   settings
	datasets   []ingest.Dataset
	places     analysis.Places
	shapes     []analysis.Shape // outlines of places
	catalogue  indicators.Catalogue
	calendar   analysis.Calendar
	standard   survey.Standard                // by which survey estimates are judged
	margins    map[string][]indicators.Margin // by file
	deflators  analysis.Deflators
	crosswalk  []budget.Mapping         // local functions to COFOG
	appraisals []*costbenefit.Appraisal // in the order of their names
	plan       *progress.Plan           // nil: the city has none

	recommendations []recommendation // in the order of the file

	asked bool   // the reporting period was asked for with --period
	usual string // the period that report: declares
}

// settings is pediment.yaml.
type settings struct {
	City     string `yaml:"city"`
	Language string `yaml:"language"`
	Currency string `yaml:"currency"`
	Calendar struct {
		At                analysis.Position
		FiscalYearStarts  int    `yaml:"fiscal_year_starts"` // month, 1 to 12
		FiscalYearNamedBy string `yaml:"fiscal_year_named_by"`
		SchoolYearStarts  int    `yaml:"school_year_starts"`
		JoinYearsBy       string `yaml:"join_years_by"`
	} `yaml:"calendar"`
	Ages        []int                     `yaml:"ages"` // lower bounds of age bands
	Privacy     privacySettings           `yaml:"privacy"`
	Reliability reliability               `yaml:"reliability"`
	Appraisals  appraisalRules            `yaml:"appraisals"`
	Budget      budgetSettings            `yaml:"budget"`
	Equity      equitySettings            `yaml:"equity"`
	Index       indexSettings             `yaml:"index"`
	Quality     qualitySettings           `yaml:"quality"`
	Report      reportSettings            `yaml:"report"`
	Voice       voiceSettings             `yaml:"voice"`
	Feedback    feedbackSettings          `yaml:"feedback"`
	Datasets    map[string]ingest.Dataset `yaml:"datasets"`
}

const projectFile = "pediment.yaml"

// readProject reads the folder's declarations; every mistake comes back at once.
func readProject(dir string) (*project, error) {
	data, err := os.ReadFile(filepath.Join(dir, projectFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, analysis.Problem{
			Position: analysis.Position{File: filepath.Join(dir, projectFile)},
			Message:  "there is no city here",
			Hint:     "run pediment in a city's folder, name it with -C, or start one with: pediment init",
		}
	}
	if err != nil {
		return nil, err
	}
	p := &project{dir: dir}
	problems := analysis.DecodeYAML(projectFile, data, &p.settings)
	problems = append(problems, p.readSettings()...)
	problems = append(problems, p.readPlaces()...)
	problems = append(problems, p.readShapes()...)
	problems = append(problems, p.readMargins()...)
	problems = append(problems, p.readDeflators()...)
	problems = append(problems, p.readBudget()...)
	problems = append(problems, p.readCatalogue()...)
	problems = append(problems, p.checkEquity()...)
	problems = append(problems, p.checkIndex()...)
	problems = append(problems, p.checkQuality()...)
	problems = append(problems, p.checkVoice()...)
	problems = append(problems, p.readPlan()...)
	problems = append(problems, p.readAppraisals()...)
	problems = append(problems, p.readRecommendations()...)
	return p, problems.Err()
}

// readSettings checks pediment.yaml and puts its datasets in file order.
func (p *project) readSettings() analysis.Problems {
	s := &p.settings
	var problems analysis.Problems
	at := analysis.Position{File: projectFile}
	if s.City == "" {
		problems = append(problems, analysis.Problem{Position: at, Message: "city is missing", Hint: "add city: and its name"})
	}
	if !slices.IsSorted(s.Ages) {
		problems = append(problems, analysis.Problem{Position: at, Message: "ages must rise", Hint: "list the lower bounds of the age bands, as in [0, 15, 25, 65]"})
	}
	problems = append(problems, checkLanguage(s.Language)...)
	problems = append(problems, s.Privacy.check(s.Datasets)...)
	problems = append(problems, p.readCalendar()...)
	standard, mistakes := s.Reliability.read()
	p.standard, problems = standard, append(problems, mistakes...)
	problems = append(problems, s.Appraisals.check()...)
	problems = append(problems, s.Report.check(p.calendar)...)
	for name, d := range s.Datasets {
		d.Name = name
		problems = append(problems, ownsBook(d)...)
		p.datasets = append(p.datasets, d)
	}
	slices.SortFunc(p.datasets, func(a, b ingest.Dataset) int { return cmp.Compare(a.At.Line, b.At.Line) })
	return problems
}

// checkLanguage reports a language nobody knows: numbers and the direction of writing
// follow it.
func checkLanguage(code string) analysis.Problems {
	if code == "" {
		return nil
	}
	if _, err := language.Parse(code); err != nil {
		return analysis.Problems{{
			Position: analysis.Position{File: projectFile}, Message: fmt.Sprintf("language: %q is no known language", code),
			Hint: "write its code after BCP 47, as in en, ar, ko or pt-BR",
		}}
	}
	return nil
}

func (p *project) readCalendar() analysis.Problems {
	c := p.settings.Calendar
	var problems analysis.Problems
	month := func(key string, n int) time.Month {
		if n < 0 || n > 12 {
			problems = append(problems, analysis.Problem{Position: c.At, Message: fmt.Sprintf("%s: %d is not a month", key, n), Hint: "write 1 to 12"})
		}
		return time.Month(n)
	}
	end := func(key, word string) bool {
		if word != "" && word != "start" && word != "end" {
			problems = append(problems, analysis.Problem{Position: c.At, Message: fmt.Sprintf("%s: %q is not known", key, word), Hint: "write start or end"})
		}
		return word == "end"
	}
	p.calendar = analysis.Calendar{
		FiscalStart:      month("fiscal_year_starts", c.FiscalYearStarts),
		SchoolStart:      month("school_year_starts", c.SchoolYearStarts),
		FiscalNamedByEnd: end("fiscal_year_named_by", c.FiscalYearNamedBy),
		JoinByEnd:        end("join_years_by", c.JoinYearsBy),
	}
	return problems
}

// readPlaces reads places.csv; a city without one has no districts.
func (p *project) readPlaces() analysis.Problems {
	const name = "places.csv"
	file, err := os.Open(filepath.Join(p.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	fail := func(line int, message, hint string) analysis.Problems {
		return analysis.Problems{{Position: analysis.Position{File: name, Line: line}, Message: message, Hint: hint}}
	}
	if err != nil {
		return fail(0, err.Error(), "")
	}
	defer file.Close()
	reader := csv.NewReader(file)
	rows, err := reader.ReadAll()
	if err != nil {
		return fail(0, err.Error(), "save it as UTF-8 with commas")
	}
	want := []string{"code", "name", "parent", "kind", "valid_from", "valid_to"}
	if len(rows) == 0 || !slices.Equal(rows[0], want) {
		return fail(1, "the columns are not code,name,parent,kind,valid_from,valid_to", "write exactly this first line")
	}
	var problems analysis.Problems
	for k, row := range rows[1:] {
		if _, twice := p.places.Find(row[0]); twice {
			problems = append(problems, fail(k+2, fmt.Sprintf("place %q is given twice", row[0]), "give each place a code of its own")...)
			continue
		}
		p.places = append(p.places, analysis.Place{Code: row[0], Name: row[1], Parent: row[2], Kind: row[3], ValidFrom: row[4], ValidTo: row[5]})
	}
	for k, place := range p.places {
		if _, ok := p.places.Find(place.Parent); place.Parent != "" && !ok {
			problems = append(problems, fail(k+2, fmt.Sprintf("parent %q of %q is no place", place.Parent, place.Code), "add it or leave parent empty")...)
		}
	}
	return problems
}

// readCatalogue reads the built-in catalogue and the city's own indicators.
func (p *project) readCatalogue() analysis.Problems {
	own := map[string][]byte{}
	files, _ := fs.Glob(os.DirFS(p.dir), "indicators/*.yaml")
	var problems analysis.Problems
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			problems = append(problems, analysis.Problem{Position: analysis.Position{File: name}, Message: err.Error()})
			continue
		}
		own[name] = data
	}
	catalogue, mistakes := indicators.Read(own)
	p.catalogue = catalogue
	return append(problems, mistakes...)
}
