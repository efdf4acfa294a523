package main

import (
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/ingest"
)

// voiceSettings is voice: in pediment.yaml: which answers say how content residents
// are, and what they ask for beside what is offered and used.
type voiceSettings struct {
	At      analysis.Position
	Ratings []voiceRating `yaml:"ratings"`
	Asked   voiceSource   `yaml:"asked"`   // whose wishes: shares of the people a survey speaks for
	Offered voiceSource   `yaml:"offered"` // shares of what is offered
	Used    voiceSource   `yaml:"used"`    // shares of those who came
	Topics  []voiceTopic  `yaml:"topics"`
}

// voiceRating is a question with answers from worst to best.
type voiceRating struct {
	At       analysis.Position
	Dataset  analysis.Text   `yaml:"dataset"`
	Column   analysis.Text   `yaml:"column"`
	Question string          `yaml:"question"` // as it was asked
	Scale    []analysis.Text `yaml:"scale"`    // the answers in words, from worst to best
	Values   []analysis.Text `yaml:"values"`   // what the column holds for each; none: 1, 2, 3, …
	Where    analysis.Text   `yaml:"where"`    // whom it is about; none: all who answered
	By       []analysis.Text `yaml:"by"`
}

// voiceSource is what the shares of topics are of.
type voiceSource struct {
	At      analysis.Position
	Dataset analysis.Text `yaml:"dataset"`
	Where   analysis.Text `yaml:"where"` // rows that count; none: all
	Count   analysis.Text `yaml:"count"` // different values of a column count once each: courses; none: rows, or the persons they stand for
	Text    string        `yaml:"text"`  // in words: "courses of the adult education centre"
}

func (s voiceSource) declared() bool { return s.At.Line > 0 }

// voiceTopic is a subject as each of the sources tells it, by conditions on its rows.
type voiceTopic struct {
	At      analysis.Position
	Name    string        `yaml:"name"`
	Asked   analysis.Text `yaml:"asked"`
	Offered analysis.Text `yaml:"offered"`
	Used    analysis.Text `yaml:"used"`
}

// declared reports whether the city says what residents answered.
func (s voiceSettings) declared() bool { return s.At.Line > 0 }

// mostAnswers is how many answers a scale may have: more cannot be told apart.
const mostAnswers = 7

// checkVoice reports what voice: says that cannot be: datasets and columns there are
// not, scales that are none, topics without a source.
func (p *project) checkVoice() analysis.Problems {
	s := p.settings.Voice
	if !s.declared() {
		return nil
	}
	c := &voiceCheck{project: p}
	if len(s.Ratings) == 0 && len(s.Topics) == 0 {
		c.fail(s.At, "list questions under ratings: or subjects under topics:", "nothing is listed")
	}
	for k := range s.Ratings {
		c.rating(&s.Ratings[k])
	}
	for _, one := range []struct {
		name   string
		source voiceSource
	}{{"asked", s.Asked}, {"offered", s.Offered}, {"used", s.Used}} {
		if one.source.declared() {
			c.source(one.name, one.source)
		}
	}
	for k := range s.Topics {
		c.topic(s, s.Topics[k], s.Topics[:k])
	}
	return c.problems
}

// voiceCheck gathers the problems of voice:.
type voiceCheck struct {
	*project
	problems analysis.Problems
}

func (c *voiceCheck) fail(at analysis.Position, hint, format string, args ...any) {
	c.problems = append(c.problems, analysis.Problem{Position: at, Message: "voice: " + fmt.Sprintf(format, args...), Hint: hint})
}

// dataset wants a dataset or the relation several feed, of one of the kinds; none
// means any. It returns the columns there.
func (c *voiceCheck) dataset(name analysis.Text, what string, kinds ...string) (columns []string, found bool) {
	var known []string
	for _, d := range c.datasets {
		if d.Name != name.Value && d.Relation() != name.Value {
			known = append(known, d.Relation())
			continue
		}
		if len(kinds) > 0 && !slices.Contains(kinds, d.Kind.Value) {
			c.fail(name.At, "name a dataset of kind "+kinds[0], "%s: %s is a dataset of kind %s", what, name.Value, d.Kind.Value)
			return nil, false
		}
		columns, found = append(columns, columnNames(d, c.settings.Ages)...), true
	}
	if !found {
		c.fail(name.At, analysis.Suggest(name.Value, known), "%s: no dataset %q", what, name.Value)
	}
	return columns, found
}

// columnNames are the columns of a dataset, age bands included where it has ages.
func columnNames(d ingest.Dataset, ages []int) []string {
	var names []string
	for name := range d.Columns {
		names = append(names, name)
	}
	if _, aged := d.Columns["age"]; aged && len(ages) > 0 {
		names = append(names, "age_band")
	}
	return names
}

func (c *voiceCheck) rating(r *voiceRating) {
	const hint = "write {dataset: residents_survey, column: satisfaction, question: …, scale: [very dissatisfied, …, very satisfied]}"
	switch {
	case r.Dataset.Value == "" || r.Column.Value == "":
		c.fail(r.At, hint, "a rating names a dataset and a column")
		return
	case r.Question == "":
		c.fail(r.At, "add question: and the words it was asked in", "the question on %s is missing", r.Column.Value)
	}
	switch n := len(r.Scale); {
	case n < 2 || n > mostAnswers:
		c.fail(r.At, "list the answers from worst to best", "%s: a scale has 2 to %d answers, this one %d", r.Column.Value, mostAnswers, n)
	case len(r.Values) > 0 && len(r.Values) != n:
		c.fail(r.At, "give one for each answer, or leave values: out where the column holds 1, 2, 3, …", "%s: %d values for %d answers", r.Column.Value, len(r.Values), n)
	}
	columns, found := c.dataset(r.Dataset, "ratings", "survey")
	if !found {
		return
	}
	for _, column := range append([]analysis.Text{r.Column}, r.By...) {
		switch {
		case column.Value == "person":
			c.fail(column.At, "break down by something people share", "by: a breakdown by person would list people one by one")
		case !slices.Contains(columns, column.Value):
			c.fail(column.At, analysis.Suggest(column.Value, columns), "ratings: %s has no column %q", r.Dataset.Value, column.Value)
		}
	}
}

func (c *voiceCheck) source(name string, s voiceSource) {
	if s.Dataset.Value == "" {
		c.fail(s.At, "write "+name+": {dataset: …}", "%s: dataset is missing", name)
		return
	}
	var kinds []string
	if name == "asked" {
		kinds = []string{"survey"}
	}
	columns, found := c.dataset(s.Dataset, name, kinds...)
	switch {
	case !found || s.Count.Value == "":
	case name == "asked":
		c.fail(s.Count.At, "remove it: people are counted", "asked: count: a survey's answers are not counted by column")
	case !slices.Contains(columns, s.Count.Value):
		c.fail(s.Count.At, analysis.Suggest(s.Count.Value, columns), "%s: count: %s has no column %q", name, s.Dataset.Value, s.Count.Value)
	}
}

func (c *voiceCheck) topic(s voiceSettings, t voiceTopic, before []voiceTopic) {
	switch {
	case t.Name == "":
		c.fail(t.At, "add name: and what people call it", "a topic has no name")
	case slices.ContainsFunc(before, func(o voiceTopic) bool { return o.Name == t.Name }):
		c.fail(t.At, "give one of them another name", "the topic %q stands twice", t.Name)
	case t.Asked.Value == "":
		c.fail(t.At, "write asked: and a condition, such as wants_languages", "%s: nothing says who asks for it", t.Name)
	}
	for _, one := range []struct {
		name      string
		condition analysis.Text
		source    voiceSource
	}{{"asked", t.Asked, s.Asked}, {"offered", t.Offered, s.Offered}, {"used", t.Used, s.Used}} {
		if one.condition.Value != "" && !one.source.declared() {
			c.fail(one.condition.At, fmt.Sprintf("write voice: {%s: {dataset: …}} above the topics", one.name), "%s: %s: no dataset says what the share is of", t.Name, one.name)
		}
	}
}
