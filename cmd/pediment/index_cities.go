package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/composite"
)

// cityFigure is one line of the file of other cities' values.
type cityFigure struct {
	city, code, definition string
	period                 analysis.Period
	value, se              float64
	at                     analysis.Position
}

// observeCities fills the setup from this city's own values and the file of other
// cities' values.
func (w *work) observeCities(setup *composite.Setup) analysis.Problems {
	s, city := w.project.settings.Index, w.project.settings.City
	figures, problems := w.project.readCities(s.Cities)
	if len(problems) > 0 {
		return problems
	}
	setup.Word, setup.Words = "city", "cities"
	setup.Units = []composite.Unit{{Code: city, Name: city}}
	periods := observed{calendar: w.project.calendar}
	if own := slices.IndexFunc(figures, func(f cityFigure) bool { return f.city == city }); own >= 0 {
		return analysis.Problems{{Position: figures[own].at, Message: city + " is this city, whose own values are used", Hint: "remove its lines"}}
	}
	years := periods.addCities(setup, figures)
	codes := w.cityCodes(figures)
	for _, v := range w.evaluated.Values {
		if len(v.Group) == 0 && v.Place == "" && slices.Contains(codes, v.Code) && !w.after(v.Period) {
			periods.add(setup, w.withPlannedError(v, ""), city)
		}
	}
	for _, code := range codes {
		i := w.likeIndicator(code)
		if len(i.Definitions) == 0 {
			problems = append(problems, analysis.Problem{Position: s.Cities.At, Message: "index: " + code + " has no definition here, so nobody knows whether other cities mean the same", Hint: "write definition: for it in indicators/*.yaml, or leave it out"})
		}
		setup.Indicators = append(setup.Indicators, i)
	}
	if setup.Shown = w.askedYears(s.Periods); len(setup.Shown) == 0 {
		setup.Shown = years
	}
	periods.name(setup)
	return problems
}

// addCities adds the figures of other cities and lists their years.
func (o *observed) addCities(setup *composite.Setup, figures []cityFigure) (years []string) {
	for _, f := range figures {
		if !slices.ContainsFunc(setup.Units, func(u composite.Unit) bool { return u.Code == f.city }) {
			setup.Units = append(setup.Units, composite.Unit{Code: f.city, Name: f.city})
		}
		if year := o.calendar.JoinYear(f.period).Label; !slices.Contains(years, year) {
			years = append(years, year)
		}
		v := analysis.Value{Code: f.code, Period: f.period, Definition: f.definition, Estimate: analysis.Estimate{Value: f.value, SE: f.se}}
		if o.add(setup, v, f.city) {
			setup.Observations[len(setup.Observations)-1].At = f.at
		}
	}
	return years
}

// cityCodes are the indicators asked for, else those the file has.
func (w *work) cityCodes(figures []cityFigure) []string {
	s := w.project.settings.Index
	var codes []string
	for _, t := range s.Indicators {
		codes = append(codes, t.Value)
	}
	if len(codes) > 0 {
		return codes
	}
	if len(s.Tree) > 0 {
		return leafCodes(s.tree())
	}
	for _, f := range figures {
		if !slices.Contains(codes, f.code) {
			codes = append(codes, f.code)
		}
	}
	return codes
}

// likeIndicator is an indicator with the forms its definition may take in another
// city's figures: the mark that compute prints, or the sentence itself.
func (w *work) likeIndicator(code string) composite.Indicator {
	i := w.project.indexIndicator(code)
	for _, v := range w.evaluated.Values {
		if v.Code == code && v.Definition != "" && !slices.Contains(i.Definitions, v.Definition) {
			i.Definitions = append(i.Definitions, v.Definition)
		}
	}
	if entry, ok := w.project.catalogue.Find(code); ok && strings.TrimSpace(entry.Definition) != "" {
		i.Definitions = append(i.Definitions, strings.TrimSpace(entry.Definition))
	}
	return i
}

// readCities reads the file of other cities' values; every mistake comes with its
// line. The column se may be left out.
func (p *project) readCities(file analysis.Text) ([]cityFigure, analysis.Problems) {
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(file.Value)))
	if err != nil {
		return nil, analysis.Problems{{Position: file.At, Message: "index: cities: " + err.Error(), Hint: "name a file in the city's folder"}}
	}
	columns := []string{"city", "code", "period", "value", "se", "definition"}
	first, _, _ := strings.Cut(string(data), "\n")
	without := !strings.Contains(","+strings.TrimSpace(first)+",", ",se,")
	if without {
		columns = slices.Delete(columns, 4, 5)
	}
	rows, lines, problems := readStrictCSV(file.Value, string(data), columns)
	var figures []cityFigure
	seen := map[string]int{}
	for k, row := range rows {
		if without {
			row = slices.Insert(row, 4, "")
		}
		f, mistakes := p.cityFigure(row, analysis.Position{File: file.Value, Line: lines[k]})
		key := f.city + "\x00" + f.code + "\x00" + f.period.Label
		if line, twice := seen[key]; twice && len(mistakes) == 0 {
			mistakes = append(mistakes, analysis.Problem{Position: f.at, Message: fmt.Sprintf("%s of %s for %s stands in line %d too", f.code, f.city, f.period.Label, line), Hint: "keep one of the two"})
		}
		seen[key] = lines[k]
		problems = append(problems, mistakes...)
		figures = append(figures, f)
	}
	return figures, problems
}

func (p *project) cityFigure(row []string, at analysis.Position) (cityFigure, analysis.Problems) {
	f := cityFigure{city: row[0], code: row[1], definition: row[5], value: math.NaN(), se: math.NaN(), at: at}
	var problems analysis.Problems
	fail := func(hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	if f.city == "" {
		fail("name the city", "city: there is none")
	}
	if known := p.catalogue.Codes(); !slices.Contains(known, f.code) {
		fail(analysis.Suggest(f.code, known), "code: there is no indicator %q", f.code)
	}
	period, err := p.calendar.ParsePeriod(row[2])
	if err != nil {
		fail("", "period: %v", err)
	}
	f.period = period
	read := func(column, text string, into *float64) {
		if text == "" && column == "se" {
			return
		}
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || column == "se" && x < 0 {
			fail("write a number with a decimal point; leave a line out whose value is not known", "%s: %q is no number for it", column, text)
			return
		}
		*into = x
	}
	read("value", row[3], &f.value)
	read("se", row[4], &f.se)
	return f, problems
}
