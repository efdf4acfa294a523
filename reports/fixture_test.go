package reports

import (
	"fmt"
	"math"
	"strings"
	"time"

	"pediment/analysis"
)

// measure is one line of the invented city's figures: the indicator, its value
// at first and last, and the standard error of each; 0 means a full count.
type measure struct {
	code, name, unit, better string
	then, now, se            float64
	n                        int64
	state                    analysis.State
	reason                   string
}

var exampleAreas = []Area{
	{Code: "1.1", Name: "Individual empowerment and social cohesion", Group: "Wider benefits", Position: "pediment"},
	{Code: "1.2", Name: "Economic development and cultural prosperity", Group: "Wider benefits", Position: "pediment"},
	{Code: "1.3", Name: "Sustainable development", Group: "Wider benefits", Position: "pediment"},
	{Code: "2.1", Name: "Inclusive learning in the education system", Group: "Major building blocks", Position: "column"},
	{Code: "2.2", Name: "Learning in families and communities", Group: "Major building blocks", Position: "column"},
	{Code: "2.3", Name: "Learning for and in the workplace", Group: "Major building blocks", Position: "column"},
	{Code: "2.4", Name: "Modern learning technologies", Group: "Major building blocks", Position: "column"},
	{Code: "2.5", Name: "Quality in learning", Group: "Major building blocks", Position: "column"},
	{Code: "2.6", Name: "Culture of learning throughout life", Group: "Major building blocks", Position: "column"},
	{Code: "3.1", Name: "Political will and commitment", Group: "Fundamental conditions", Position: "step"},
	{Code: "3.2", Name: "Governance and participation of all stakeholders", Group: "Fundamental conditions", Position: "step"},
	{Code: "3.3", Name: "Mobilisation and use of resources", Group: "Fundamental conditions", Position: "step"},
}

var exampleMeasures = []measure{
	{"1.1.1.1", "Adult literacy rate", "percent", "higher", 96.2, 96.9, 0, 81240, "", ""},
	{"1.1.2.1", "Participation in elections", "percent", "higher", 0, 0, 0, 0, analysis.Missing, "no series election_turnout in official_statistics"},
	{"1.1.2.2", "Volunteering and community activity", "percent", "higher", 28.4, 29.1, 1.1, 2398, "", ""},
	{"1.1.4.1", "Crime level", "per 100,000", "lower", 3120, 2984, 0, 118402, "", ""},
	{"1.1.4.2", "Social mobility", "percent", "higher", 51.3, 50.2, 1.3, 2377, "", ""},
	{"1.2.1.1", "GDP per capita", "EUR per resident", "higher", 34180.2, 35020.9, 0, 118402, "", ""},
	{"1.2.2.1", "Unemployment rate", "percent", "lower", 7.8, 6.9, 0, 60211, "", ""},
	{"1.2.3.2", "New patents", "per 100,000", "higher", 11.4, 12.9, 0, 15, "", ""},
	{"1.2.4.1", "Cultural participation", "visits per person per month", "higher", 1.32, 1.41, 0.041, 2405, "", ""},
	{"1.3.1.2", "Domestic waste", "kg per resident", "lower", 0, 0, 0, 0, analysis.Missing, "no series domestic_waste in official_statistics"},
	{"1.3.2.2", "Public transport rated good", "percent", "higher", 63.4, 64.0, 1.2, 2391, "", ""},
	{"1.3.3.1", "Education for sustainable development", "rubric points", "higher", 0, 0, 0, 0, analysis.Missing, "no reviews for this indicator"},
	{"2.1.1.1", "Enrolment in early childhood education", "percent", "higher", 88.1, 91.4, 0, 4120, "", ""},
	{"2.1.2.1", "Average years of schooling", "years", "higher", 11.82, 11.97, 0.036, 2412, "", ""},
	{"2.1.3.1", "Participation in adult learning and education", "percent", "higher", 35.9, 38.6, 1.2, 2412, "", ""},
	{"2.1.5.1", "Support for disadvantaged groups", "rubric points", "higher", 2.5, 2.75, 0, 4, "", ""},
	{"2.2.1.1", "Community-based learning spaces", "per 100,000", "higher", 11.4, 12.9, 0, 15, "", ""},
	{"2.2.2.1", "Participation in community learning", "percent", "higher", 19.2, 15.1, 0.9, 2412, "", ""},
	{"2.2.2.2", "Participation in family learning", "percent", "higher", 24.8, 28.9, 1.0, 2409, "", ""},
	{"2.3.1.1", "Employees’ participation in training", "percent", "higher", 41.0, 40.1, 1.5, 1320, "", ""},
	{"2.3.1.2", "Migrant workers’ participation in training", "percent", "higher", 0, 0, 0, 0, analysis.Unreliable, "27 interviews; the interval would span 31 percentage points"},
	{"2.3.3.1", "Employers’ commitment to skills", "percent", "higher", 52.0, 55.5, 3.4, 212, "", ""},
	{"2.3.4.1", "Young people not in education, employment or training", "percent", "lower", 12.8, 14.2, 0, 14310, "", ""},
	{"2.4.1.1", "Teachers trained in ICT", "percent", "higher", 61.0, 66.3, 0, 1904, "", ""},
	{"2.4.2.2", "Internet access", "percent", "higher", 93.1, 95.2, 0, 51200, "", ""},
	{"2.4.3.1", "Use of e-learning", "percent", "higher", 33.0, 37.9, 1.2, 2404, "", ""},
	{"2.5.2.1", "Learning to live together", "percent", "higher", 58.2, 57.0, 1.3, 2399, "", ""},
	{"2.5.3.1", "Learners per teacher", "learners per teacher", "lower", 14.1, 14.1, 0, 20112, "", ""},
	{"2.5.4.1", "Learner satisfaction", "percent", "higher", 0, 0, 0, 0, analysis.Confidential, "fewer than 10 answers in a group"},
	{"2.6.1.1", "Learning events", "rubric points", "higher", 3.0, 3.25, 0, 4, "", ""},
	{"2.6.2.2", "Use of public learning places", "percent", "higher", 44.7, 48.8, 1.2, 2410, "", ""},
	{"3.1.1.1", "Leadership", "rubric points", "higher", 3.0, 3.5, 0, 4, "", ""},
	{"3.1.2.1", "Public policy and strategy", "rubric points", "higher", 2.75, 3.25, 0, 4, "", ""},
	{"3.2.1.1", "Stakeholder coordination", "rubric points", "higher", 2.5, 2.25, 0, 4, "", ""},
	{"3.2.2.1", "Stakeholder participation", "rubric points", "higher", 2.25, 2.5, 0, 4, "", ""},
	{"3.3.1.1", "Financial investment in learning", "percent", "higher", 18.3, 18.9, 0, 412, "", ""},
	{"3.3.4.1", "Residents’ contribution", "percent", "higher", 0, 16.4, 0.9, 2402, "", ""},
	{"3.3.3.1", "Subsidies for disadvantaged groups", "percent", "context", 4.1, 4.6, 0, 412, "", ""},
}

// exampleReport is an invented city's full report with every state and status.
func exampleReport() *Report {
	r := &Report{
		City: "Riverbend", Period: "2025", Language: "en", Currency: "EUR",
		Framework: "Key Features of Learning Cities (UNESCO Institute for Lifelong Learning), reconstructed; no row is verified against the official document yet.",
		Engine:    "Pediment 0.1.0, DuckDB 1.5.6",
		Inputs:    "7f3a91c05d2e44b8a1f0c6d93be2775a7f3a91c05d2e44b8a1f0c6d93be2775a",
		Methods: []string{
			"A value is numerator over denominator, both added up over the rows that belong to it; percentages are never averaged.",
			"Survey values carry a 95 % interval from the sampling design: strata, blocks and weights (Taylor linearisation). Registers and budgets are full counts and carry none.",
			"A change is called better or worse only when it is larger than sampling error at the 5 % level; for full counts when it is more than nothing.",
		},
	}
	r.Title = "Progress report 2025 of Riverbend"
	for _, area := range exampleAreas {
		for _, m := range exampleMeasures {
			if strings.HasPrefix(m.code, area.Code+".") {
				area.Indicators = append(area.Indicators, m.indicator())
			}
		}
		r.Areas = append(r.Areas, area)
	}
	r.Sources = []Source{
		{"residents_survey", "survey", "data/residents-2021.xlsx", 2388, 0, strings.Repeat("a1", 32), "loaded"},
		{"residents_survey", "survey", "data/residents-2025.xlsx", 2412, 3, strings.Repeat("b2", 32), "loaded"},
		{"official_statistics", "statistic", "data/official.csv", 1904, 0, strings.Repeat("c3", 32), "unchanged"},
	}
	r.Rejects = analysis.Table{Name: "rejects", Columns: textColumns("dataset", "file", "line", "cell", "column", "value", "rule"), Rows: [][]any{
		{"residents_survey", "data/residents-2025.xlsx", nil, "Responses!F214", "w", "12.4.31", "not a number with decimal \",\""},
		{"residents_survey", "data/residents-2025.xlsx", nil, "Responses!B377", "birth_year", "19997", "not an integer of 4 digits"},
		{"residents_survey", "data/residents-2025.xlsx", nil, "Responses!B912", "birth_year", "=1+1", "not an integer"},
	}}
	r.Areas[3].Indicators[2].Note = "The question moved to the start of the interview.\n\nAnswers before 2025 may be a little low."
	crime := &r.Areas[0].Indicators[3]
	crime.Headline.Flags = []string{"break in series in 2024"}
	r.Remarks = []Remark{{"2025-11-03", "2.1.3.1", "Adult education council", "Evening courses are full.", "Two more from spring.", "answered"}}
	r.Tables = []analysis.Table{valuesTable(r), r.Rejects}
	r.Warn("2.1.3.1", "the question was moved to the start of the interview in 2025")
	r.Warn("places", "Harbour was divided in 2024; values before then count the old boundary")
	return r
}

var exampleDistricts = []struct {
	name  string
	shift float64 // in tenths of the value
}{{"North", 1.1}, {"Old Town", 0.6}, {"Riverside", 0.2}, {"Harbour", -0.4}, {"Eastbank", -3.1}}

func (m measure) indicator() Indicator {
	i := Indicator{
		Code: m.code, Name: m.name, Unit: m.unit, Better: m.better, Kind: "ratio", Status: "core", Window: "12 months",
		Feature:    "A feature of " + m.code[:3],
		Definition: "How " + strings.ToLower(m.name) + " is understood here, in one sentence.",
		Numerator:  "residents who do", Denominator: "residents aged 25 to 64 with a valid answer",
		Formula: "learned_12m  /  age BETWEEN 25 AND 64", Hash: strings.Repeat("9", 12), SDG: []string{"4.3.1"},
		Notes:  "Any age floor must be stated.",
		Source: "official_statistics", Baseline: analysis.Value{Estimate: analysis.Unknown()},
	}
	if m.se > 0 {
		i.Source = "residents_survey"
	}
	if m.unit == "rubric points" {
		i.Source, i.Kind = "expert_review", "score"
	}
	if m.state != "" {
		i.Headline.Unit = m.unit
		i.Headline.Withhold(m.state, m.reason)
		i.Change = analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN(), Reason: m.reason}
		i.Fill = "a series of that name in data/official.csv with period, place and value"
		return i
	}
	i.Headline = m.value(year(2025), m.now, m.se, m.n)
	m.trend(&i)
	m.breakdowns(&i)
	return i
}

func (m measure) trend(i *Indicator) {
	nan := math.NaN()
	if m.then == 0 {
		i.Trend = []analysis.Value{i.Headline}
		i.Change = analysis.Change{Status: analysis.FirstValue, Difference: nan, SE: nan, P: nan, Reason: "2025 is the first period with a value"}
		return
	}
	for k := range 5 {
		v := m.value(year(2021+k), m.then+(m.now-m.then)*float64(k)/4, m.se, m.n)
		if m.se > 0 && k%2 == 1 {
			v.Withhold(analysis.Missing, "no survey in that year")
		}
		i.Trend = append(i.Trend, v)
	}
	if m.se == 0 && m.unit == "percent" {
		v := m.value(analysis.Period{Label: "2026", Start: day(2026), End: day(2027)}, m.now*0.6, 0, m.n)
		v.State, v.Reason = analysis.Partial, "complete only up to 2026-06-30"
		i.Trend = append(i.Trend, v)
	}
	i.Baseline = i.Trend[0]
	i.Change = analysis.Change{Difference: i.Headline.Value - i.Baseline.Value, SE: nan, P: nan, From: "2021", To: "2025"}
	if m.se > 0 {
		i.Change.SE = m.se * math.Sqrt2
		i.Change.P = math.Erfc(math.Abs(i.Change.Difference) / i.Change.SE / math.Sqrt2)
	}
	good := i.Change.Difference > 0 == (m.better == "higher")
	switch {
	case m.better == "context":
		i.Change.Status = analysis.NoDirection
	case i.Change.Difference == 0 || i.Change.P > 0.05:
		i.Change.Status = analysis.Unclear
	case good:
		i.Change.Status = analysis.Better
	default:
		i.Change.Status = analysis.Worse
	}
}

func (m measure) breakdowns(i *Indicator) {
	if m.unit == "rubric points" {
		return
	}
	places := Breakdown{Column: "place", Label: "District"}
	for at, d := range exampleDistricts {
		shift := d.shift
		if m.better == "lower" {
			shift = -shift
		}
		v := m.value(year(2025), m.now*(1+shift/10), m.se*math.Sqrt(5), m.n/5)
		if at == 3 && m.se > 0 && m.n < 1000 {
			v.Withhold(analysis.Unreliable, "19 interviews")
		}
		v.Place = fmt.Sprintf("D%d", at+1)
		places.Levels = append(places.Levels, BreakdownLevel{d.name, v})
	}
	i.Groups = append(i.Groups, places)
	if m.se > 0 {
		people := Breakdown{Column: "migrant", Label: "Migrant background"}
		for at, name := range []string{"No migrant background", "Migrant background"} {
			v := m.value(year(2025), m.now*(1.06-0.4*float64(at)), m.se*(1.1+1.2*float64(at)), m.n/int64(at+1)-80)
			v.Group = analysis.Group{{Column: "migrant", Value: fmt.Sprint(at)}}
			people.Levels = append(people.Levels, BreakdownLevel{name, v})
		}
		i.Groups = append(i.Groups, people)
	}
}

func (m measure) value(p analysis.Period, x, se float64, n int64) analysis.Value {
	v := analysis.Value{Code: m.code, Name: m.name, Period: p, Unit: m.unit, Definition: strings.Repeat("9", 12)}
	v.Estimate = analysis.Unknown()
	v.Estimate.Value, v.N = x, n
	v.Denominator = float64(n) * 31.7
	if strings.Contains(m.unit, "100,000") {
		v.Denominator = 118402
	}
	v.Numerator = x * v.Denominator / scaleOf(m.unit)
	if m.unit == "rubric points" {
		v.Numerator, v.Denominator = math.NaN(), math.NaN()
	}
	if se > 0 {
		v.SE, v.Low, v.High, v.DF, v.DEFF, v.Missing = se, x-1.97*se, x+1.97*se, 180, 1.6, 31
	}
	return v
}

func day(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

func year(y int) analysis.Period {
	return analysis.Period{Label: fmt.Sprint(y), Start: day(y), End: day(y + 1)}
}

func textColumns(names ...string) []analysis.Column {
	columns := make([]analysis.Column, len(names))
	for i, name := range names {
		columns[i] = analysis.Column{Name: name, Type: "text"}
	}
	return columns
}

// valuesTable spells out every value of the report in tidy form, as compute does.
func valuesTable(r *Report) analysis.Table {
	t := analysis.Table{Name: "values", Columns: append(textColumns("code", "name", "period", "place", "migrant"),
		analysis.Column{Name: "value", Type: "number"}, analysis.Column{Name: "unit", Type: "text"})}
	for _, name := range []string{"numerator", "denominator", "se", "ci_low", "ci_high", "df"} {
		t.Columns = append(t.Columns, analysis.Column{Name: name, Type: "number"})
	}
	t.Columns = append(t.Columns, analysis.Column{Name: "n", Type: "integer"}, analysis.Column{Name: "missing", Type: "integer"})
	t.Columns = append(t.Columns, textColumns("state", "flags", "definition")...)
	for _, i := range r.indicators() {
		values := i.Trend
		if len(values) == 0 {
			values = []analysis.Value{i.Headline}
		}
		for _, b := range i.Groups {
			for _, l := range b.Levels {
				values = append(values[:len(values):len(values)], l.Value)
			}
		}
		for _, v := range values {
			t.Rows = append(t.Rows, []any{i.Code, i.Name, v.Period.Label, v.Place, v.Group.Level("migrant"),
				v.Value, i.Unit, v.Numerator, v.Denominator, v.SE, v.Low, v.High, v.DF, v.N, v.Missing,
				string(v.State), strings.Join(v.Flags, "; "), v.Definition})
		}
	}
	return t
}
