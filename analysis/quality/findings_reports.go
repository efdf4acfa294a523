package quality

import (
	"fmt"
	"strings"
)

// sayReports tells what is missing first.
func (a *assessment) sayReports(say sayer) {
	var whole []string
	for _, d := range a.datasets {
		if d.reports == nil || len(d.reports.all) == 0 {
			continue
		}
		if text, missing := a.reportsOf(d); missing {
			say("expected reports", "%s.", text)
		} else {
			whole = append(whole, text)
		}
	}
	for _, text := range whole {
		say("expected reports", "%s.", text)
	}
}

// reportsOf tells of one dataset's expected reports; missing is false where all
// are there and in time as far as that is known.
func (a *assessment) reportsOf(d *assessed) (text string, missing bool) {
	var absentees []string
	var part, late, dated int
	for _, r := range d.reports.all {
		switch d.reports.arrival(r) {
		case absent:
			absentees = append(absentees, strings.TrimSpace(a.Places.Name(r.reporter)+" "+r.period.Label))
		case incomplete:
			part++
		}
		if yes, known := d.reports.onTime(r, a.Day); known && !r.received.IsZero() {
			dated++
			if !yes {
				late++
			}
		}
	}
	all := counted(int64(len(d.reports.all)), "expected report")
	text = fmt.Sprintf("%s: all %s are there", d.Table.Name, all)
	if len(absentees) > 0 {
		verb := "are"
		if len(absentees) == 1 {
			verb = "is"
		}
		if len(absentees) == len(d.reports.all) {
			return fmt.Sprintf("%s: no report at all since %s", d.Table.Name, d.reports.periods[0].Label), true
		}
		text = fmt.Sprintf("%s: %d of %s %s missing: %s", d.Table.Name, len(absentees), all, verb, some(absentees, 5))
	}
	if part > 0 {
		text += fmt.Sprintf("; %s fewer rows than a report has", verb(part, "have"))
	}
	switch {
	case dated > 0:
		text += fmt.Sprintf("; %d of %d came after they were due", late, dated)
	case d.Expect.Due.Value != "":
		text += "; when they came in is recorded nowhere, so whether they were on time cannot be said"
	}
	return text, len(absentees)+part+late > 0
}
