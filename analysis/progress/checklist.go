package progress

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

//go:embed checklist.yaml
var checklistData []byte

// ChecklistCaveat says how far the recommendations can be relied on. It goes
// wherever they are printed.
const ChecklistCaveat = "The 31 recommendations are reconstructed in our own words and not yet verified against UNESCO's guidelines for building learning cities; compare them before you quote them."

// Recommendation is one thing the guidelines for building learning cities advise.
type Recommendation struct {
	ID         string `yaml:"id"`   // area's letter and number, as in M4
	Area       string `yaml:"area"` // one of six
	Name       string `yaml:"name"` // in a few words
	Text       string `yaml:"text"` // in our own words
	Verified   bool   `yaml:"verified"`
	Confidence string `yaml:"confidence"` // that the guidelines ask for it: high, medium, low
}

// Recommendations lists the 31 recommendations in the order of the six areas.
func Recommendations() []Recommendation {
	var list []Recommendation
	if problems := analysis.DecodeYAML("checklist.yaml", checklistData, &list); len(problems) > 0 {
		panic(problems.Error()) // a defect of ours, not of the user's files
	}
	return list
}

// HasChecklist reports whether the plan answers any recommendation.
func (p Plan) HasChecklist() bool { return len(p.Checklist) > 0 }

// CheckChecklist returns what the city says about the 31 recommendations: the
// tables "checklist" (one row each, unanswered ones too) and "checklist_areas" (how
// many of each area are done), sentences in "findings", and a warning that they are
// not verified.
func (p Plan) CheckChecklist() analysis.Result {
	rows := p.checkedRows()
	r := analysis.Result{Tables: []analysis.Table{checklistFindings(rows), checklistAreas(rows), checklistTable(rows)}}
	r.Warn("checklist", ChecklistCaveat)
	return r
}

// checked is a recommendation with the city's answer.
type checked struct {
	Recommendation
	Answer
}

// open reports whether the recommendation applies and is not done.
func (c checked) open() bool { return c.State != Done && c.State != NotApplicable }

func (p Plan) checkedRows() []checked {
	var rows []checked
	for _, one := range Recommendations() {
		row := checked{one, Answer{State: Unanswered}}
		for _, a := range p.Checklist {
			if a.ID.Value == one.ID {
				row.Answer = a
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func checklistTable(rows []checked) analysis.Table {
	t := analysis.Table{Name: "checklist", Columns: textColumns("id", "area", "name", "recommendation", "state", "evidence", "owner", "date", "verified")}
	for _, c := range rows {
		verified := "no"
		if c.Verified {
			verified = "yes"
		}
		t.Rows = append(t.Rows, []any{c.Recommendation.ID, c.Area, c.Name, c.Text, string(c.State), c.Evidence, c.Owner, c.Date.Label, verified})
	}
	return t
}

// checklistAreas counts the answers by area.
func checklistAreas(rows []checked) analysis.Table {
	t := analysis.Table{Name: "checklist_areas", Columns: textColumns("area")}
	states := [...]State{Done, UnderWay, NotStarted, NotApplicable, Unanswered}
	for _, s := range states {
		t.Columns = append(t.Columns, analysis.Column{Name: strings.ReplaceAll(string(s), " ", "_"), Type: "integer"})
	}
	t.Columns = append(t.Columns, analysis.Column{Name: "done_without_evidence", Type: "integer"})
	for _, area := range areasOf(rows) {
		counts, bare := map[State]int64{}, int64(0)
		for _, c := range rows {
			if c.Area != area {
				continue
			}
			counts[c.State]++
			if c.State == Done && c.Evidence == "" {
				bare++
			}
		}
		row := []any{area}
		for _, s := range states {
			row = append(row, counts[s])
		}
		t.Rows = append(t.Rows, append(row, bare))
	}
	return t
}

// areasOf lists the areas in order.
func areasOf(rows []checked) (areas []string) {
	for _, c := range rows {
		if !slices.Contains(areas, c.Area) {
			areas = append(areas, c.Area)
		}
	}
	return areas
}

// checklistFindings says what is done, where least is, and what lacks evidence, an
// answer or an owner.
func checklistFindings(rows []checked) analysis.Table {
	t := analysis.Table{Name: "findings", Columns: textColumns("about", "text")}
	say := func(format string, args ...any) {
		t.Rows = append(t.Rows, []any{"checklist", fmt.Sprintf(format, args...)})
	}
	apply := keep(rows, func(c checked) bool { return c.State != NotApplicable })
	say("Of the %d recommendations for building learning cities (reconstructed, not yet verified) %s done, %d under way, %d not started%s.",
		len(rows), withVerb(len(inState(rows, Done))), len(inState(rows, UnderWay)), len(inState(rows, NotStarted)), others(rows))
	if area, done, of := leastDone(apply); of > 0 {
		say("Least is done in %s: %d of %d.", area, done, of)
	}
	if bare := keep(rows, func(c checked) bool { return c.State == Done && c.Evidence == "" }); len(bare) > 0 {
		say("%s called done without evidence: %s.", withVerb(len(bare)), idList(bare))
	}
	if nobody := keep(rows, func(c checked) bool { return c.open() && c.State != Unanswered && c.Owner == "" }); len(nobody) > 0 {
		say("%s open without an owner: %s.", withVerb(len(nobody)), idList(nobody))
	}
	if silent := inState(rows, Unanswered); len(silent) > 0 {
		say("The plan says nothing about %s; they are counted neither as done nor as open.", idList(silent))
	}
	return t
}

// others counts those that do not apply or have no answer.
func others(rows []checked) string {
	text := ""
	if n := len(inState(rows, NotApplicable)); n > 0 {
		text += fmt.Sprintf(", %d not applicable", n)
	}
	if n := len(inState(rows, Unanswered)); n > 0 {
		text += fmt.Sprintf(", %d without an answer", n)
	}
	return text
}

func keep(rows []checked, test func(checked) bool) (list []checked) {
	for _, c := range rows {
		if test(c) {
			list = append(list, c)
		}
	}
	return list
}

func inState(rows []checked, s State) []checked {
	return keep(rows, func(c checked) bool { return c.State == s })
}

// leastDone is the area with the smallest share done, the first of equals; none
// when everything is done.
func leastDone(rows []checked) (area string, done, of int) {
	least := 1.0
	for _, name := range areasOf(rows) {
		here := keep(rows, func(c checked) bool { return c.Area == name })
		n := len(inState(here, Done))
		if share := float64(n) / float64(len(here)); share < least {
			area, done, of, least = name, n, len(here), share
		}
	}
	return area, done, of
}

// mostNamed is how many recommendations a sentence names in words; of more it gives
// the ids.
const mostNamed = 6

func idList(rows []checked) string {
	ids := make([]string, len(rows))
	for k, c := range rows {
		ids[k] = c.Recommendation.ID
		if len(rows) <= mostNamed {
			ids[k] += " " + c.Name
		}
	}
	return strings.Join(ids, ", ")
}

// withVerb is a number with its verb.
func withVerb(n int) string {
	if n == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}

func textColumns(names ...string) []analysis.Column {
	list := make([]analysis.Column, len(names))
	for k, name := range names {
		list[k] = analysis.Column{Name: name, Type: "text"}
	}
	return list
}
