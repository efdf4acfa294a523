package reports

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// offTrack suggests a decision on each target that is missed on the present path.
func offTrack(r *Report) []Suggestion {
	var list []Suggestion
	for _, m := range r.Measures {
		if !m.Off || !r.judgeable(m.Code) {
			continue
		}
		s := r.ofMeasure(m)
		s.Word, s.Look, s.Certainty = "off track", "mixed", m.sureness()
		if m.Slow {
			s.Word = "too slow"
		}
		severity := moderate
		switch m.Tone {
		case analysis.Bad:
			severity, s.Look = grave, "bad"
		case analysis.Poor:
			severity, s.Look = serious, "bad"
		}
		s.Text = "Say what will be done differently, by whom and by when; or put the target itself up for decision."
		s.Weight = weight(severity, m.likelihood(), firstPriority)
		list = append(list, s)
	}
	return list
}

// uncertain suggests what would settle a status that lies between two.
func uncertain(r *Report) []Suggestion {
	var list []Suggestion
	for _, m := range r.Measures {
		if !m.Uncertain || !r.judgeable(m.Code) {
			continue
		}
		s := r.ofMeasure(m)
		s.Word, s.Look = "uncertain", "unsure"
		s.Certainty = strings.TrimPrefix(strings.TrimPrefix(m.Status, "uncertain"), ": ")
		s.Text = m.largerSample()
		s.Weight = weight(slight, unstated, firstPriority)
		list = append(list, s)
	}
	return list
}

// ofMeasure is a suggestion about a target: where it stands and what it takes.
func (r *Report) ofMeasure(m Measure) Suggestion {
	s := Suggestion{ID: m.ID, About: m.ID, Anchor: "ind-" + slug(m.Code), Owner: m.Owner, Title: m.title(), Evidence: []string{m.wayAhead()}}
	if i, found := r.indicator(m.Code); found && m.Who == "" {
		if text := furthestBehind(i, r.Period); text != "" {
			s.Evidence = append(s.Evidence, text)
		}
	}
	s.Evidence = append(s.Evidence, m.standing())
	return s
}

// standing is a measure's status in a sentence, and how sure it is.
func (m Measure) standing() string {
	text := sentenceCase(m.Status)
	if m.JudgedFor != "" && m.JudgedFor != m.TargetPeriod {
		text += fmt.Sprintf(", held against the target of %s", m.JudgedFor)
	}
	switch {
	case !finite(m.Probability):
		text += "; no error is stated for its values, so they are taken as exact"
	case !m.Uncertain:
		text += " (" + m.sureness() + ")"
	}
	return sentence(text)
}

// title is where a measure stands and stood: "Adult learning: 38.6 %, up from 35.9 %".
func (m Measure) title() string {
	now := amount(m.Value, m.unit())
	if !finite(m.Baseline.Value) {
		return m.Name + ": " + now
	}
	then := amount(m.Baseline, m.unit())
	if m.BaselinePeriod != "" {
		then += " in " + m.BaselinePeriod
	}
	switch {
	case now == amount(m.Baseline, m.unit()):
		return fmt.Sprintf("%s: %s, as in %s", m.Name, now, m.BaselinePeriod)
	case m.still():
		if within := interval(m.Value, m.unit()); within != "" {
			now += " (" + within + ")"
		}
		if m.Tone == analysis.Bad { // the status says how sure it is that it moves away
			return fmt.Sprintf("%s: %s, %s", m.Name, now, then)
		}
		return fmt.Sprintf("%s: %s, %s: no clear change", m.Name, now, then)
	case m.Value.Value > m.Baseline.Value:
		return fmt.Sprintf("%s: %s, up from %s", m.Name, now, then)
	}
	return fmt.Sprintf("%s: %s, down from %s", m.Name, now, then)
}

// still reports whether the errors of the two values could be all that lies between
// them: the 95 % interval of the difference holds zero. Values without an error are
// taken as they stand.
func (m Measure) still() bool {
	se := 0.0
	for _, e := range []analysis.Estimate{m.Value, m.Baseline} {
		if finite(e.SE) {
			se = math.Hypot(se, e.SE)
		}
	}
	return se > 0 && math.Abs(m.Value.Value-m.Baseline.Value) < 1.96*se
}

// wayAhead says what the target is and what it takes from now on.
func (m Measure) wayAhead() string {
	text := fmt.Sprintf("Target: %s by %s", m.aim(), m.TargetPeriod)
	if !finite(m.Needed) || m.Needed == 0 {
		return text + "."
	}
	way := "rise"
	if m.Needed < 0 {
		way = "fall"
	}
	text += fmt.Sprintf(". It must %s by %s a year", way, m.yearly(m.Needed))
	if finite(m.People) && math.Abs(m.People) >= 1 {
		text += fmt.Sprintf(", about %s people in all", count(int64(twoSignificant(math.Abs(m.People)))))
	}
	if finite(m.Pace) {
		text += "; " + m.soFar()
	}
	return text + "."
}

// soFar is the pace up to now in words.
func (m Measure) soFar() string {
	went := "rose"
	if m.Pace < 0 {
		went = "fell"
	}
	switch {
	case m.still() && m.Tone == analysis.Bad:
		went = "probably " + went
	case m.still():
		return "so far it has not clearly moved"
	}
	pace := m.yearly(m.Pace)
	if strings.Trim(pace, "0., ") == strings.Trim(m.yearly(0), "0., ") {
		return "so far it hardly moved"
	}
	return fmt.Sprintf("so far it %s by %s a year", went, pace)
}

// yearly is a pace without its sign.
func (m Measure) yearly(pace float64) string {
	unit, decimals := m.unit(), max(0, min(2, needed(pace, "")))
	if unit == "percent" {
		unit, decimals = "points", min(decimals, 1)
		if math.Abs(pace) < 0.1 {
			decimals = 2
		}
	}
	return withUnit(rounded(math.Abs(pace), decimals), unit)
}

// unit is what the measure counts; a ratio needs no unit.
func (m Measure) unit() string {
	if m.Unit == "ratio" {
		return ""
	}
	return m.Unit
}

// aim is the target, or the range it is, in its unit.
func (m Measure) aim() string {
	bound := func(x float64) string { return withUnit(plainNumber(x), m.unit()) }
	switch {
	case m.Direction == "parity":
		return "alike"
	case finite(m.Target) && finite(m.TargetHigh):
		return plainNumber(m.Target) + " to " + bound(m.TargetHigh)
	case finite(m.TargetHigh):
		return "at most " + bound(m.TargetHigh)
	}
	return bound(m.Target)
}

// sureness is how sure a status is, in a few words.
func (m Measure) sureness() string {
	switch p := m.Probability; {
	case !finite(p):
		return "no error stated"
	case p > 0.99:
		return "> 99" + noBreak + "% sure"
	default:
		return fmt.Sprintf("%.0f%s%% sure", 100*p, noBreak)
	}
}

// likelihood is how sure the status is as a number.
func (m Measure) likelihood() float64 {
	if finite(m.Probability) {
		return m.Probability
	}
	return unstated
}

// largerSample says what would narrow the interval. Four times the answers halve
// it, as the standard error falls with the root of their number; whether that is
// enough depends on where the true value lies, which nobody knows.
func (m Measure) largerSample() string {
	switch v := m.Value; {
	case v.Sampled() && v.N > 0 && finite(v.Low) && finite(v.High):
		return fmt.Sprintf("A larger sample would narrow the interval (now %s): four times the answers, about %s more, would halve it.",
			withUnit(interval(v, m.Unit), m.Unit), count(int64(twoSignificant(3*float64(v.N)))))
	case v.Sampled():
		return "State the error of the figure more closely, or count more completely: it is what leaves the status open."
	}
	return "Wait for the next value, or find one that is surer."
}

// twoSignificant rounds to two digits.
func twoSignificant(x float64) float64 {
	if x < 10 {
		return math.Round(x)
	}
	step := math.Pow10(int(math.Floor(math.Log10(x))) - 1)
	return math.Round(x/step) * step
}

// plainNumber prints a number as somebody wrote it.
func plainNumber(x float64) string {
	if x == math.Trunc(x) {
		return rounded(x, 0)
	}
	return strings.TrimRight(rounded(x, 3), "0")
}

// lateMilestones suggests a new date or another way for each overdue milestone.
func lateMilestones(r *Report) []Suggestion {
	var list []Suggestion
	for _, row := range r.rows("progress_milestones") {
		if row.text("standing") != "late" {
			continue
		}
		name := row.text("milestone")
		s := Suggestion{
			ID: slug(name), About: row.text("objective"), Anchor: "plan-progress", Owner: row.text("owner"), Look: "mixed", Word: "overdue", Certainty: row.text("state"),
			Title: fmt.Sprintf("Overdue since %s: %s", row.text("due"), name),
			Text:  "Set a new date with whoever answers for it, or drop the milestone and say why.",
		}
		severity := slight
		if row.text("state") == "not started" {
			severity = moderate
		}
		if evidence := row.text("evidence"); evidence != "" {
			s.Evidence = append(s.Evidence, sentence(sentenceCase(evidence)))
		} else {
			s.Evidence = append(s.Evidence, "The plan gives no evidence of how far it has come.")
		}
		s.Weight = weight(severity, counted95, otherPriority)
		list = append(list, s)
	}
	return list
}

// guidelines suggests an answer to each recommendation that was not started.
func guidelines(r *Report) []Suggestion {
	var list []Suggestion
	for _, row := range r.rows(checklistTable) {
		if row.text("state") != "not started" {
			continue
		}
		s := Suggestion{
			ID: row.text("id"), About: row.text("id"), Anchor: "checklist-checklist", Owner: row.text("owner"), Look: "unsure", Word: "guidelines", Certainty: "as the city says",
			Title:    fmt.Sprintf("Not started: %s (%s)", row.text("name"), row.text("area")),
			Text:     "Decide whether the city follows this recommendation, who begins and when; or mark it as not applicable and say why.",
			Evidence: []string{row.text("recommendation")},
		}
		s.Weight = weight(minor, counted95, otherPriority)
		list = append(list, s)
	}
	return list
}

// checklistTable is the table with the guidelines' recommendations.
const checklistTable = "checklist_checklist"

// gotWorse suggests a look at each indicator that got clearly worse and has no target.
func gotWorse(r *Report) []Suggestion {
	var list []Suggestion
	for _, i := range r.indicators() {
		if statusOf(i) != analysis.Worse || r.planned(i.Code) {
			continue
		}
		s := Suggestion{
			ID: i.Code, About: i.Code, Anchor: "ind-" + slug(i.Code), Look: "bad", Word: "worse", Certainty: certainty(i), Owner: r.ownerOf(i.Code),
			Title:    fmt.Sprintf("%s: %s, was %s", i.Name, dated(i.Headline, i.Unit, r.Period), dated(i.Baseline, i.Unit, r.Period)),
			Text:     "Find out why, and decide whether the plan needs a target for it.",
			Evidence: []string{fmt.Sprintf("%s since %s. The plan has no target for it.", sentenceCase(difference(i.Change, i.Unit)), i.Change.From)},
		}
		if text := furthestBehind(i, r.Period); text != "" {
			s.Evidence = append(s.Evidence, text)
		}
		s.Evidence = append(s.Evidence, remarksOn(i)...)
		severity, priority, sure := moderate, otherPriority, counted95
		if len(r.Measures) == 0 { // without a plan this is what there is to go by
			severity, priority = grave, firstPriority
			s.Text, s.Evidence[0] = "Find out why, and decide what is to be done about it.", strings.TrimSuffix(s.Evidence[0], " The plan has no target for it.")
		}
		if finite(i.Change.P) {
			sure = 1 - i.Change.P
		}
		s.Weight = weight(severity, sure, priority) * (1 + min(1, math.Abs(gain(i)))) / 2
		list = append(list, s)
	}
	return list
}

// planned reports whether the plan has a target for the indicator and the whole city.
func (r *Report) planned(code string) bool {
	for _, m := range r.Measures {
		if m.Code == code && m.Who == "" {
			return true
		}
	}
	return false
}
