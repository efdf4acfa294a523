package reports

import "pediment/analysis"

// glossaryEntry explains one sign or word of the report.
type glossaryEntry struct {
	Look *look // of a status; nil for a word
	Term string
	Text string
}

// statusMeanings says what each status claims.
var statusMeanings = []struct {
	status analysis.Status
	text   string
}{
	{analysis.Worse, "changed in the wrong direction by more than sampling error; for a figure that is not sampled, by anything that shows once it is rounded"},
	{analysis.Better, "changed in the right direction by more than sampling error; for a figure that is not sampled, by anything that shows once it is rounded"},
	{mixed, "an area in which some indicators got better and others worse"},
	{analysis.Unclear, "the change is within sampling error, too small to show in the rounded figures, or there is none"},
	{doubtful, "the data put the comparison in doubt, by a break in the series or rows that could not be read; it is not judged"},
	{analysis.FirstValue, "known, but there is nothing yet to compare it with"},
	{analysis.NoDirection, "shown for context; neither direction is better"},
	{analysis.NoData, "cannot be computed; the reason stands beside it"},
}

var wordMeanings = []glossaryEntry{
	{Term: "95" + noBreak + "% interval", Text: "if the survey were repeated many times, about 95 of 100 such intervals would hold the true value; figures that are not sampled have none"},
	{Term: "n", Text: "rows the value rests on, not weighted"},
	{Term: caution, Text: "the figure rests on few answers or has a wide interval by the city’s standard of reliability; the note beside it says which"},
	{Term: "design effect", Text: "how many times larger the sampling error’s square is than in a simple random sample of the same size: 2 means that half as many people, drawn one by one, would have told as much"},
	{Term: "effective n", Text: "n divided by the design effect: the size of a simple random sample that would be as precise"},
	{Term: "percentage points (pp)", Text: "the difference between two percentages: from 36 % to 39 % is 3 percentage points"},
	{Term: string(analysis.Partial), Text: "the period is not complete; its value is shown hollow and compared with nothing"},
	{Term: string(analysis.CarriedForward), Text: "the latest earlier value stands in"},
	{Term: stateIcon(analysis.Unreliable) + " " + string(analysis.Unreliable), Text: "too uncertain to show by the city’s standard of reliability; the reason stands beside it"},
	{Term: stateIcon(analysis.Confidential) + " " + string(analysis.Confidential), Text: "withheld because so few people stand behind it that they might be recognised"},
	{Term: string(analysis.Refused), Text: "not computed for the reason given"},
	{Term: string(analysis.NotApplicable), Text: "the question does not arise there"},
	{Term: "verified", Text: "compared with the official document of the framework, word by word"},
}

// glossary explains every sign and word a reader meets.
func glossary() []glossaryEntry {
	var entries []glossaryEntry
	for _, m := range statusMeanings {
		l := looks[m.status]
		entries = append(entries, glossaryEntry{Look: &l, Term: l.Icon + " " + l.Word, Text: m.text})
	}
	return append(entries, wordMeanings...)
}
