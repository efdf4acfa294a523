package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"pediment/analysis"
	"pediment/reports"
)

// recommendationsHead opens a new recommendations.yaml.
const recommendationsHead = `# What the report's figures suggest, and what was decided.
#
#   pediment recommend            what is undecided, with its evidence
#   pediment recommend --write    adds what is not here yet; changes nothing that is
#
# Decide by changing state: to
#   accepted, under way   with owner: and due: (a day or period, as in 2026-06-30)
#   rejected, dropped     with reason:
#   done                  say in outcome: what came of it
# text: takes the place of the suggestion's wording. The next report opens with what became
# of all this.
`

// decideComment stands beside the state of an entry that was added.
const decideComment = "# decide: accepted or under way (owner, due), rejected or dropped (reason), done (outcome)"

// addRecommendations adds suggestions behind what recommendations.yaml holds, byte for
// byte as it is. The file is whole and on the disk at all times.
func (p *project) addRecommendations(fresh []reports.Suggestion, period analysis.Period) error {
	if len(fresh) == 0 {
		return nil
	}
	path := filepath.Join(p.dir, recommendationsFile)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	data := old
	if len(old) == 0 {
		data = []byte(recommendationsHead)
	} else if !bytes.HasSuffix(old, []byte("\n")) {
		data = append(slices.Clone(old), '\n')
	}
	indent := p.dashColumn(old)
	for _, s := range fresh {
		data = append(slices.Clip(data), writtenEntry(s, period, indent)...)
	}
	if err := p.checkAdded(data, len(fresh)); err != nil {
		return err
	}
	err = writeFile(path, func(file *os.File) error {
		if _, err := file.Write(data); err != nil {
			return err
		}
		return file.Sync()
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", recommendationsFile, err)
	}
	return syncFolder(filepath.Dir(path))
}

// checkAdded reports a file that does not read as what it held and the new entries
// behind, such as one that ends in a list in brackets.
func (p *project) checkAdded(data []byte, fresh int) error {
	list, problems := parseRecommendations(data, p.calendar)
	if len(problems) == 0 && len(list) == len(p.recommendations)+fresh {
		return nil
	}
	return analysis.Problem{
		Position: analysis.Position{File: recommendationsFile}, Message: "entries cannot be added to the end of this file; nothing was written",
		Hint: `write its entries as a list in which each begins with "- ", and nothing behind it`,
	}
}

// dashColumn is how far the dashes of the file's entries are indented.
func (p *project) dashColumn(data []byte) int {
	for line := range strings.Lines(string(data)) {
		if rest := strings.TrimLeft(line, " "); strings.HasPrefix(rest, "- ") || strings.TrimSpace(rest) == "-" {
			return len(line) - len(rest)
		}
	}
	return 0
}

// writtenEntry is a suggestion as an entry that nobody has decided on.
func writtenEntry(s reports.Suggestion, period analysis.Period, indent int) string {
	var out strings.Builder
	space := strings.Repeat(" ", indent)
	line := func(format string, args ...any) { fmt.Fprintf(&out, space+format+"\n", args...) }
	out.WriteString("\n")
	line("- id: %s", quotedYAML(s.ID))
	line("  period: %s", quotedYAML(period.Label))
	line("  rule: %s", s.Rule)
	line("  about: %s", quotedYAML(s.About))
	line("  finding: %s", quotedYAML(s.Title))
	line("  suggestion: %s", quotedYAML(s.Text))
	line("  evidence:")
	for _, e := range s.Evidence {
		line("    - %s", quotedYAML(e))
	}
	line("  state: %s  %s", reports.Proposed, decideComment)
	if s.Owner != "" {
		line("  owner: %s", quotedYAML(s.Owner))
	}
	return out.String()
}

// quotedYAML writes a text between double quotes; what YAML forbids or a reader would
// not see is escaped.
func quotedYAML(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == ' ' || unicode.IsPrint(r):
			out.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
