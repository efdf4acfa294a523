package example

import (
	"bufio"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"pediment/analysis"
)

// Options says which city to write.
type Options struct {
	Residents     int    // at mid-2025; 0 means 240,000
	Seed          uint64 // of all random draws; 0 means 1
	Participation int    // learners' records of all providers; 0 means one for every four residents. Libraries and teachers come on top
}

// generator writes one file of the city's folder.
type generator struct {
	file  string
	write func(c *city, w io.Writer) error
}

// generators lists every file of the folder in the order they are written.
func generators() []generator {
	list := []generator{
		{"pediment.yaml", projectFile},
		{"README.md", static("project/README.md")},
		{"places.csv", places},
		{"places.geojson", outlines},
		{"indicators/own.yaml", static("project/indicators/own.yaml")},
		{"deflators.csv", static("project/deflators.csv")},
		{"appraisals/festival.yaml", static("project/appraisals/festival.yaml")},
		{"appraisals/literacy.yaml", static("project/appraisals/literacy.yaml")},
		{"plan.yaml", static("project/plan.yaml")},
		{"recommendations.yaml", static("project/recommendations.yaml")},
		{"partners.yaml", static("project/partners.yaml")},
		{"notes/1.1.4.1.md", static("project/notes/1.1.4.1.md")},
		{"notes/2.3.4.1.md", static("project/notes/2.3.4.1.md")},
		{"notes/2.2.md", static("project/notes/2.2.md")},
		{"notes/summary.md", static("project/notes/summary.md")},
		{"notes/lessons.md", static("project/notes/lessons.md")},
		{"feedback.jsonl", feedback},
		{"margins/residents.csv", margins},
		{"data/population.csv", population},
		{"data/statistics-office.csv", statistics},
		{"data/statistics-schools.csv", schools},
		{"data/police.csv", police},
		{"data/libraries.csv", libraries},
		{"data/adult-education.csv", courses},
		{"data/vocational-college.xlsx", college},
		{"data/community-centres.txt", attendance},
		{"data/online-campus.jsonl", platform},
		{"data/teachers-institute.tsv", teacherTraining},
		{"data/budget.xlsx", budgetPlan},
		{"data/learning-spaces.csv", spaces},
		{"data/events.txt", events},
		{"data/expert-review.csv", reviews},
		{"data/residents-2021.csv", residentsWave2021},
		{"data/residents-2023.csv", residentsWave2023},
		{"data/residents-2025.xlsx", residentsWave2025},
		{"data/employers-2024.csv", employersSurvey},
	}
	for year := firstYear; year <= lastYear; year++ {
		list = append(list, ledger(year))
	}
	return list
}

//go:embed *.yaml project
var embedded embed.FS

// projectFile writes pediment.yaml: the project with its datasets, the surveys
// last.
func projectFile(_ *city, w io.Writer) error {
	for _, file := range []string{"pediment.yaml", "surveys.yaml"} {
		if err := static(file)(nil, w); err != nil {
			return err
		}
	}
	return nil
}

// static writes an embedded file as it is.
func static(file string) func(*city, io.Writer) error {
	return func(_ *city, w io.Writer) error {
		text, err := embedded.ReadFile(file)
		if err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	}
}

// Write writes the city's folder into dir, which it creates when it is missing.
// It overwrites nothing: when one of its files is already there it fails before
// writing any. The same options give the same bytes.
func Write(ctx context.Context, dir string, o Options) error {
	c, err := newCity(o)
	if err != nil {
		return err
	}
	for _, g := range generators() {
		path := filepath.Join(dir, filepath.FromSlash(g.file))
		if _, err := os.Lstat(path); err == nil {
			return analysis.Problem{Position: analysis.Position{File: path}, Message: "is already there", Hint: "choose a new folder for the example city"}
		} else if !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, g := range generators() {
		if err := c.writeFile(ctx, dir, g); err != nil {
			return fmt.Errorf("write example city: %w", err)
		}
	}
	return nil
}

// writeFile runs one generator.
func (c *city) writeFile(ctx context.Context, dir string, g generator) (err error) {
	path := filepath.Join(dir, filepath.FromSlash(g.file))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buffered := bufio.NewWriterSize(cancellable{ctx, file}, 1<<18)
	if err := g.write(c, buffered); err != nil {
		return fmt.Errorf("%s: %w", g.file, err)
	}
	return buffered.Flush()
}

// cancellable is a writer that refuses to go on once ctx is done.
type cancellable struct {
	ctx context.Context
	w   io.Writer
}

func (c cancellable) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
