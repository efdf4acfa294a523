package disclosure

import (
	"math"
	"slices"

	"pediment/analysis"
)

// protection is one run of Protect.
type protection struct {
	rule     Rule
	reg      *register
	values   []analysis.Value // to protect and, behind them, those only earlier reports show
	own      int              // how many are to protect
	people   []float64
	codes    []int32
	sites    []site
	within   []int32           // the place broken down, −1 where a value is no level of a breakdown by place
	said     []analysis.Value  // by all earlier reports, oldest first
	report   []int32           // by position in said: which report
	prior    []int32           // by position in said: what was said of the same cell before that, −1 for nothing
	old      []int32           // position in said of what was said of the same cell last, −1 for nothing
	late     []float64         // by how many people each differs from that, see lateAt
	told     []bool            // an earlier report gives the number away, near enough
	round    []bool            // rounded, and so not withheld
	forced   []string          // why a value is withheld whatever its own count, "" when it is not
	sources  []int32           // by code
	sums     []bool            // by code: it is a total of contributions
	names    []string          // of codes
	from     []string          // of sources
	parts    map[string]part   // by source: of which other it is a group
	countsAs map[string]string // by indicator: of which other its count is a part
	codeID   map[string]int32
	sourceID map[string]int32
	log      []*Entry // by value
}

// batch is the values about the same rows in periods that share days.
type batch struct {
	source int32
	values []int32
}

// Protect returns the values with every number withheld, rounded or carried
// forward that could give a person away, and the log of what it did. Groups hidden
// for one indicator are hidden for every indicator about the same people, so that
// two of them together tell no more than each. All withheld values carry the same
// reason, so that it does not tell the small ones from those that protect them.
// Values it leaves alone are returned as they are; the argument is not changed.
//
// Groups are taken to add up to their whole, places to the place that contains
// them, periods to the year they fill; an attacker is taken to know how far they do
// not. Indicators over parts of the same records are linked by what their counts
// show, see Rule.Records. Not covered: such parts in fewer than three cells, and sums
// of more than two; a person who is alone in a cell and subtracts himself; a
// few late records among cells hidden in two reports, where it takes several lines
// of a table together to tell them.
func Protect(values []analysis.Value, rule Rule) ([]analysis.Value, Log) {
	p := &protection{parts: map[string]part{}, countsAs: map[string]string{}, rule: rule, reg: newRegister(rule.Places), own: len(values), values: slices.Clone(values), codeID: map[string]int32{}, sourceID: map[string]int32{}}
	if rule.Smallest <= 0 && rule.Contributions == nil {
		return p.values, nil
	}
	p.findPartitions()
	p.readEarlier()
	batches := p.admit()
	p.reg.rank(p.names)
	p.compareDefinitions(batches)
	p.compareNested()
	p.log = make([]*Entry, len(p.values))
	for _, b := range batches {
		p.run(b)
	}
	return p.values[:p.own:p.own], p.entries()
}

// admit gathers the values the rule is about into batches.
func (p *protection) admit() []batch {
	n := len(p.values)
	p.people, p.codes, p.sites, p.within = make([]float64, n), make([]int32, n), make([]site, n), make([]int32, n)
	p.told, p.round, p.forced, p.late = make([]bool, n), make([]bool, n), make([]string, n), make([]float64, n)
	at := map[[2]int32]int{}
	era := p.eras()
	var batches []batch
	for k := range p.values {
		v := &p.values[k]
		p.people[k] = p.rule.People(*v)
		if !p.concerns(v, p.people[k], k >= p.own) {
			continue
		}
		p.codes[k] = p.code(v.Code)
		p.sums[p.codes[k]] = p.sums[p.codes[k]] || p.rule.hasContributions(v)
		p.sites[k] = p.site(v, p.codes[k])
		p.within[k] = p.reg.spot(v).within
		key := [2]int32{p.sources[p.codes[k]], era[v.Period.Label]}
		b, known := at[key]
		if !known {
			b = len(batches)
			at[key] = b
			batches = append(batches, batch{source: key[0]})
		}
		batches[b].values = append(batches[b].values, int32(k))
		p.recall(int32(k))
	}
	return batches
}

// concerns reports whether the rule is about a value. An unreliable value is hidden
// already, but not yet from subtraction; a confidential one counts only where an
// earlier report hid it.
func (p *protection) concerns(v *analysis.Value, people float64, earlier bool) bool {
	if v.State.Withheld() && v.State != analysis.Unreliable && !(earlier && v.State == analysis.Confidential) {
		return false
	}
	return !math.IsInf(people, 1) || p.rule.hasContributions(v)
}

func (r Rule) hasContributions(v *analysis.Value) bool {
	return r.Contributions != nil && (r.Dominance.Top > 0 || r.PPercent > 0) && len(r.Contributions(*v)) > 0
}

func (p *protection) site(v *analysis.Value, code int32) site {
	s := p.reg.spot(v)
	if p.rule.Source != nil && len(p.parts) > 0 {
		if _, levels := p.rootOf(p.rule.Source(v.Code)); len(levels) > 0 {
			s.group = p.reg.groupOf(append(levels, p.reg.groups[s.group].levels...))
		}
	}
	at := site{period: p.reg.period(v.Period), place: s.place, group: s.group, code: -1}
	if s.place == 0 && s.group == 0 {
		at.code = code
	}
	return at
}

// code numbers an indicator and the rows it is about.
func (p *protection) code(name string) int32 {
	id, known := p.codeID[name]
	if known {
		return id
	}
	if whole := p.countOf(name); whole != name {
		id = p.code(whole)
		p.codeID[name] = id
		return id
	}
	id = int32(len(p.names))
	p.codeID[name] = id
	p.names = append(p.names, name)
	source := name
	if p.rule.Source != nil {
		source, _ = p.rootOf(p.rule.Source(name))
	}
	from, known := p.sourceID[source]
	if !known {
		from = int32(len(p.from))
		p.sourceID[source] = from
		p.from = append(p.from, source)
	}
	p.sources, p.sums = append(p.sources, from), append(p.sums, false)
	return id
}

// eras numbers the periods so that two which share days have the same number.
func (p *protection) eras() map[string]int32 {
	seen := map[string]bool{}
	var all []analysis.Period
	for k := range p.values {
		if period := &p.values[k].Period; !seen[period.Label] {
			seen[period.Label] = true
			all = append(all, *period)
		}
	}
	slices.SortStableFunc(all, func(a, b analysis.Period) int { return a.Start.Compare(b.Start) })
	era := map[string]int32{}
	last, number := int64(math.MinInt64), int32(-1)
	for _, period := range all {
		if number < 0 || period.Start.Unix() >= last {
			number++
		}
		last = max(last, period.End.Unix())
		era[period.Label] = number
	}
	return era
}

// run protects one batch.
func (p *protection) run(b batch) {
	s := p.newSystem(b.values)
	s.fillEarlier()
	if p.rule.Round > 0 {
		s.roundCounts()
	}
	s.compareRanges()
	needs := s.needs()
	s.hideRests()
	s.protect(needs, Complementary)
	if p.rule.checksEarlier() {
		s.hideOlderRests()
	}
	s.withhold()
	if p.rule.checksEarlier() {
		s.carryForward()
	}
}
