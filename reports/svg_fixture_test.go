package reports

import (
	"math"
	"strings"

	"pediment/analysis"
)

// drawnCharts is a chart of every kind, with what makes drawing hard: absent
// values, a single point, names that try to break out or run on.
func drawnCharts() []analysis.Chart {
	nan := math.NaN()
	years := []string{"2021", "2022", "2023", "2024", "2025"}
	groups := []string{"Harbour", "Old Town", "North Fields (no data)", arabic, korean, "A name that goes on well beyond what fits beside its dot"}
	shares := func(name string, tone analysis.Tone, x ...float64) analysis.Series {
		return analysis.Series{Name: name, Tone: tone, Value: x}
	}
	return []analysis.Chart{
		{Name: "line", Kind: analysis.Line, Unit: "percent", Title: "Participation rose since 2021", Labels: years,
			Series: []analysis.Series{
				{Name: "Participation", Value: []float64{34.1, nan, 36.2, 37.0, 39.4}, Low: []float64{31, nan, 34, 35, 37}, High: []float64{37, nan, 38.4, 39, 41.8}},
				{Name: "planned", Tone: analysis.Path, Value: []float64{34, 36, 38, 40, 42}},
			},
			Marks: []analysis.Mark{{Text: "target 42 %", Value: 42}, {Text: "new question", At: "2023", Value: nan}}},
		{Name: "one point", Kind: analysis.Line, Unit: "EUR", Title: "One year only", Labels: []string{"2025"}, Series: []analysis.Series{{Name: "a", Value: []float64{3}, Low: []float64{2}, High: []float64{4}}}},
		{Name: "dot", Kind: analysis.Dot, Unit: "percent", Title: "Participation by district", Labels: groups,
			Series: []analysis.Series{
				{Name: groupSeries, Value: []float64{44, 39, nan, 35, 31, 28}, Low: []float64{40, 35, nan, 30, 25, 20}, High: []float64{48, 43, nan, 40, 37, 36}},
				{Name: wholeSeries, Value: []float64{38, 38, 38, 38, 38, 38}, Low: []float64{36, 36, 36, 36, 36, 36}, High: []float64{40, 40, 40, 40, 40, 40}},
			}},
		{Name: "bar", Kind: analysis.Bar, Unit: "EUR", Title: "Spending by year", Labels: years,
			Series: []analysis.Series{{Name: "State", Value: []float64{40000, 42000, nan, 39000, 45000}}, {Name: "City", Value: []float64{20000, 22000, 21000, -3000, 25000}}}},
		{Name: "stack", Kind: analysis.Stack, Unit: "percent", Title: "Where each objective stands", Labels: []string{"Reach adults who left school early", "Open learning places in every district"},
			Series: []analysis.Series{shares("▲ on track", analysis.Good, 50, 25), shares("◆ slower", analysis.Fair, 25, 25), shares("▼ off track", analysis.Bad, 25, 50)}},
		{Name: "waterfall", Kind: analysis.Waterfall, Unit: "EUR", Title: "From gross to net cost", Labels: []string{"Gross cost", "Fees", "Grants", "Net cost"},
			Series: []analysis.Series{{Name: "steps", Value: []float64{900000, -150000, -200000, 550000}, Low: []float64{0, 750000, 550000, 0}, High: []float64{900000, 900000, 750000, 550000}}}},
		{Name: "tornado", Kind: analysis.Tornado, Unit: "EUR", Title: "What moves the net present value", Labels: []string{"Earnings gain", "Deadweight", "Discount rate"},
			Series: []analysis.Series{{Name: "net present value", Value: []float64{120000, 120000, 120000}, Low: []float64{-80000, 60000, 100000}, High: []float64{320000, 180000, 140000}}}},
		{Name: "density", Kind: analysis.Density, Unit: "percent", Title: "How often each result comes up", Labels: []string{"-100", "0", "100", "200", "300"},
			Series: []analysis.Series{{Name: "share", Value: []float64{5, 20, 40, 25, 10}}, {Name: "cumulated", Value: []float64{5, 25, 65, 90, 100}}}},
		{Name: "bullet", Kind: analysis.Bullet, Unit: "percent", Title: "Target and actual", Labels: []string{"Participation", "Literacy", "Volunteering"},
			Series: []analysis.Series{shares("actual", "", 38.6, 96.9, nan), shares("target", analysis.Path, 42, 98, 30)}},
		{Name: "dumbbell", Kind: analysis.Dumbbell, Unit: "percent", Title: "The gap between the groups", Labels: []string{"Participation", "E-learning", "Volunteering"},
			Series: []analysis.Series{shares("No migrant background", "", 41, 39, 30), shares("Migrant background", "", 25, nan, 22)}},
		{Name: "likert", Kind: analysis.Likert, Unit: "percent", Title: "How satisfied learners are", Labels: []string{"Teaching", "Place and times", "Advice before the course"},
			Series: []analysis.Series{
				shares("very bad", analysis.Bad, 5, 10, 20), shares("bad", analysis.Poor, 10, 15, 25), shares("neither", analysis.Even, 20, 25, 20),
				shares("good", analysis.Fair, 40, 30, 20), shares("very good", analysis.Good, 25, 20, 15),
			}},
		{Name: "multiples", Kind: analysis.Multiples, Unit: "percent", Title: "Every district beside the city", Labels: years,
			Series: []analysis.Series{shares("Whole city", "", 34, 35, 36, 37, 39), shares("Harbour", "", 30, nan, 33, 35, 36), shares("Old Town", "", 40, 41, 42, 41, 44), shares(arabic, "", 28, 28, 29, nan, 27)}},
		{Name: "map", Kind: analysis.Map, Unit: "percent", Title: "Participation by district", Labels: []string{"Harbour", "Old Town", "North Fields", "Lake (no outline)"}, Shapes: squares(),
			Series: []analysis.Series{shares("2025", "", 44, nan, 31, 20)}},
		{Name: "sankey", Kind: analysis.Sankey, Unit: "EUR", Title: "Who pays for what", Labels: []string{"City", "State", "Fees", "Courses", "Libraries"},
			Links: []analysis.Link{{From: "City", To: "Courses", Value: 200000}, {From: "City", To: "Libraries", Value: 100000}, {From: "State", To: "Courses", Value: 150000}, {From: "Fees", To: "Courses", Value: 50000}}},
	}
}

// squares are three districts side by side, the last with a lake in it.
func squares() []analysis.Shape {
	box := func(x, y, size float64) [][2]float64 {
		return [][2]float64{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	return []analysis.Shape{
		{Code: "Harbour", Polygons: [][][][2]float64{{box(9, 49, 0.1)}}},
		{Code: "Old Town", Polygons: [][][][2]float64{{box(9.1, 49, 0.1)}}},
		{Code: "North Fields", Polygons: [][][][2]float64{{box(9, 49.1, 0.1), box(9.03, 49.13, 0.04)}}},
	}
}

// hostileCharts are those charts with every name an attack or a burden.
func hostileCharts() []analysis.Chart {
	evil := []string{evilScript, "]]><!-- &amp; <x y='z'>", "\u202e" + arabic + " (\u200f2025)\u202c", strings.Repeat("long ", 60), evilMarker + "{a|b}{b}", "control \x00\x1b\ufffe\u2028 and \xff"}
	charts := drawnCharts()
	for k := range charts {
		c := &charts[k]
		c.Title, c.Text, c.Unit, c.Source = evil[k%6]+" "+evil[(k+1)%6], evil[(k+2)%6], evil[(k+3)%6], evil[(k+4)%6]
		for i := range c.Labels {
			name := evil[(k+i)%6] + string(rune('a'+i))
			for j := range c.Links {
				l := &c.Links[j]
				l.From, l.To = renamed(l.From, c.Labels[i], name), renamed(l.To, c.Labels[i], name)
			}
			for j := range c.Shapes {
				c.Shapes[j].Code = renamed(c.Shapes[j].Code, c.Labels[i], name)
			}
			c.Labels[i] = name
		}
		for i := range c.Series {
			if s := &c.Series[i]; s.Name != wholeSeries && s.Name != groupSeries {
				s.Name = evil[(k+i+1)%6]
			}
		}
		for i := range c.Marks {
			c.Marks[i].Text = evil[i%6]
		}
	}
	return charts
}

func renamed(name, from, to string) string {
	if name == from {
		return to
	}
	return name
}
