package ingest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// writeProposal writes the drafts as YAML.
func writeProposal(drafts []*draft) string {
	var b strings.Builder
	b.WriteString("datasets:\n")
	taken := map[string]bool{}
	for _, d := range drafts {
		p := d.guesses()
		name := p.stem()
		for _, k := range kinds {
			if name == k.name && k.name != "survey" {
				name += "_data" // the kind's own name is what several datasets of the kind share
			}
		}
		for unique, n := name, 2; ; n++ {
			if !taken[unique] {
				taken[unique] = true
				p.write(&b, unique)
				break
			}
			unique = fmt.Sprintf("%s_%d", name, n)
		}
	}
	return b.String()
}

// write writes one dataset, a guess a line.
func (p *proposal) write(b *strings.Builder, name string) {
	line := func(indent int, text, why string) {
		b.WriteString(strings.Repeat("  ", indent) + text)
		if why != "" {
			b.WriteString("  # guessed: " + strings.Join(strings.Fields(why), " "))
		}
		b.WriteByte('\n')
	}
	line(1, yamlText(name)+":", "")
	line(2, "kind: "+yamlText(p.kind), p.kindWhy)
	paths := make([]string, len(p.names))
	for i, path := range p.names {
		paths[i] = filepath.ToSlash(path)
	}
	why := ""
	if len(paths) > 1 {
		why = "they have the same columns"
	}
	line(2, "files: "+yamlList(paths), why)
	p.writeRead(line)
	if condition := p.exclude(); condition != "" {
		line(2, "exclude: "+yamlText(condition), "these rows are totals or notes, not data")
	}
	if u := p.unpivot; u != nil {
		line(2, fmt.Sprintf("unpivot: {columns: %s, name: %s, value: %s}", p.unpivotColumns(), yamlText(u.name), yamlText(u.value)), fmt.Sprintf("%d headers are %s", len(u.columns), map[bool]string{true: "ages", false: "years"}[u.ages]))
	}
	line(2, "columns:", "")
	for _, c := range p.columns {
		line(3, yamlText(c.name)+": "+c.yaml(), c.why)
	}
	if p.weight != "" {
		line(2, "design: {weight: "+yamlText(analysis.Quote(p.weight))+"}", "the column's name; stratum and psu must be added where the survey has them")
	}
}

func (p *proposal) writeRead(line func(indent int, text, why string)) {
	settings := slices.Clone(p.settings)
	if p.numeric.decimal != "." {
		settings = append(settings, setting{"decimal", p.numeric.decimal, "most numbers are written so"})
	}
	if p.numeric.thousands != "" {
		settings = append(settings, setting{"thousands", p.numeric.thousands, "most numbers are written so"})
	}
	if len(settings)+len(p.missing) == 0 {
		return
	}
	line(2, "read:", "")
	for _, s := range settings {
		value := yamlText(s.value)
		if s.key == "header" {
			value = s.value
		}
		line(3, s.key+": "+value, s.why)
	}
	if len(p.missing) > 0 {
		line(3, "missing: "+yamlList(p.missing), fmt.Sprintf("they stand among numbers or dates in %d columns", p.missingColumns))
	}
}

// exclude returns the condition that finds totals and notes.
func (p *proposal) exclude() string {
	var parts []string
	for _, name := range sortedKeys(p.totals) {
		parts = append(parts, analysis.Quote(name)+" IN "+literals(p.totals[name]))
	}
	return strings.Join(parts, " OR ")
}

// unpivotColumns returns the headers as a pattern, where that fits them alone.
func (p *proposal) unpivotColumns() string {
	pattern := `^(19|20)\d\d$`
	if p.unpivot.ages {
		pattern = `^\d{1,3}\+?$`
	}
	form := regexp.MustCompile(pattern)
	names := make([]string, 0, len(p.unpivot.columns))
	fits := 0
	for i, name := range p.header.names {
		if form.MatchString(name) {
			fits++
		}
		if p.unpivoted(i) {
			names = append(names, name)
		}
	}
	if fits != len(names) {
		return yamlList(names)
	}
	return "'/" + pattern + "/'"
}

// yaml returns the column's declaration.
func (c guessedColumn) yaml() string {
	parts := []string{"type: " + c.kind}
	switch {
	case c.from != "":
		parts = append(parts, "from: "+yamlText(c.from))
	case c.raw != c.name:
		parts = append(parts, "from: "+yamlText(c.raw))
	}
	if c.form != "" {
		parts = append(parts, "form: "+yamlText(c.form))
	}
	if c.numeric.decimal != "" {
		parts = append(parts, "decimal: "+yamlText(c.numeric.decimal))
	}
	if c.numeric.thousands != "" {
		parts = append(parts, "thousands: "+yamlText(c.numeric.thousands))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

var plainYAML = regexp.MustCompile(`^[\pL_/][\pL\pM\pN_./-]*( [\pL\pN_./-]+)*$`)

// yamlText writes a text as YAML, in quotes where it might be taken for something
// else.
func yamlText(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		return strconv.Quote(text)
	}
	if plainYAML.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

func yamlList(texts []string) string {
	if len(texts) == 1 {
		return yamlText(texts[0])
	}
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = yamlText(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
