package disclosure

import (
	"cmp"
	"slices"
	"strings"

	"pediment/analysis"
)

// register numbers the periods, places and groups that values stand for, so that
// a cell is four numbers.
type register struct {
	listed   analysis.Places
	periods  []analysis.Period
	places   []place // the whole city is the first
	groups   []group // everybody is the first
	periodID map[string]int32
	placeID  map[string]int32
	groupID  map[string]int32
	spots    map[string]spot
	key      []byte

	// Where each stands in order, once all are known.
	periodRank, placeRank, groupRank, codeRank []int32
}

// place is a place as a part of another; parent is −1 for the whole city.
type place struct {
	code   string
	parent int32
	key    string // tells apart two parts of the same name
}

// group is a combination of levels in column order, without a place. without
// lists the group that remains when the level at each position is dropped.
type group struct {
	name    string
	levels  analysis.Group
	without []int32
	bands   []bandOf
	banded  bool
}

// columns names the columns of a group.
func (g group) columns() string {
	name := ""
	for _, l := range g.levels {
		name += l.Column + "\x00"
	}
	return name
}

// contains reports whether a group has no level that a part of it lacks.
func (r *register) contains(whole, part int32) bool {
	for _, l := range r.groups[whole].levels {
		if !slices.Contains(r.groups[part].levels, l) {
			return false
		}
	}
	return true
}

// spot is where a value stands: a level of the column "place" is a place, within
// the one broken down; within is −1 where there is no such level.
type spot struct{ place, group, within int32 }

func newRegister(listed analysis.Places) *register {
	return &register{
		listed: listed, places: []place{{parent: -1}}, groups: []group{{}},
		periodID: map[string]int32{}, placeID: map[string]int32{"": 0}, groupID: map[string]int32{"": 0}, spots: map[string]spot{},
	}
}

func (r *register) period(p analysis.Period) int32 {
	id, known := r.periodID[p.Label]
	if !known {
		id = int32(len(r.periods))
		r.periodID[p.Label] = id
		r.periods = append(r.periods, p)
	}
	return id
}

// spot finds the place and group of a value.
func (r *register) spot(v *analysis.Value) spot {
	r.key = append(r.key[:0], v.Place...)
	for _, l := range v.Group {
		r.key = append(append(append(append(r.key, 0), l.Column...), 1), l.Value...)
	}
	if s, known := r.spots[string(r.key)]; known {
		return s
	}
	s := spot{place: r.placeOf(v.Place), within: -1}
	var rest analysis.Group
	for _, l := range v.Group {
		if l.Column == "place" {
			s.place, s.within = r.placeWithin(s.place, l.Value), s.place
		} else {
			rest = append(rest, l)
		}
	}
	s.group = r.groupOf(rest)
	r.spots[string(r.key)] = s
	return s
}

// placeOf numbers a place and all above it. A place nobody lists is part of the
// whole city.
func (r *register) placeOf(code string) int32 {
	if id, known := r.placeID[code]; known {
		return id
	}
	parent := int32(0)
	if above := r.listed.Ancestors(code); len(above) > 0 {
		parent = r.placeOf(above[0])
	}
	return r.addPlace(code, code, parent)
}

// placeWithin numbers the part of a place that a breakdown by place shows. A part
// nobody lists, such as "(not stated)", belongs to the place broken down.
func (r *register) placeWithin(whole int32, code string) int32 {
	if _, listed := r.listed.Find(code); listed {
		return r.placeOf(code)
	}
	key := r.places[whole].code + "\x00" + code
	if id, known := r.placeID[key]; known {
		return id
	}
	return r.addPlace(key, code, whole)
}

func (r *register) addPlace(key, code string, parent int32) int32 {
	id := int32(len(r.places))
	r.placeID[key] = id
	r.places = append(r.places, place{code: code, parent: parent, key: key})
	return id
}

func (r *register) groupOf(levels analysis.Group) int32 {
	levels = slices.SortedFunc(slices.Values(levels), func(a, b analysis.Level) int {
		return cmp.Or(cmp.Compare(a.Column, b.Column), cmp.Compare(a.Value, b.Value))
	})
	name := analysis.Group(levels).String()
	if id, known := r.groupID[name]; known {
		return id
	}
	without := make([]int32, len(levels))
	for k := range levels {
		without[k] = r.groupOf(append(slices.Clone(levels[:k]), levels[k+1:]...))
	}
	id := int32(len(r.groups))
	r.groupID[name] = id
	r.groups = append(r.groups, group{name: name, levels: levels, without: without})
	return id
}

// bandOf is a group seen as a band of one of its columns; rest is the group
// without it.
type bandOf struct {
	span
	column string
	rest   int32
}

// bandsOf lists the columns in which a group is a band of numbers.
func (r *register) bandsOf(id int32) []bandOf {
	g := &r.groups[id]
	if g.banded {
		return g.bands
	}
	g.banded = true
	for k, l := range g.levels {
		if b, ok := parseSpan(l.Value); ok {
			column := l.Column
			if strings.Contains(strings.ToLower(column), "age") {
				column = "age"
			}
			g.bands = append(g.bands, bandOf{b, column, g.without[k]})
		}
	}
	return g.bands
}

// rank puts periods, places, groups and indicators in order: the first by time, the
// others by name.
func (r *register) rank(codes []string) {
	r.periodRank = ranks(len(r.periods), func(a, b int32) int {
		x, y := r.periods[a], r.periods[b]
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.Label, y.Label))
	})
	r.placeRank = ranks(len(r.places), func(a, b int32) int { return cmp.Compare(r.places[a].key, r.places[b].key) })
	r.groupRank = ranks(len(r.groups), func(a, b int32) int { return cmp.Compare(r.groups[a].name, r.groups[b].name) })
	r.codeRank = ranks(len(codes), func(a, b int32) int { return cmp.Compare(codes[a], codes[b]) })
}

func ranks(n int, compare func(a, b int32) int) []int32 {
	order := make([]int32, n)
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortFunc(order, compare)
	rank := make([]int32, n)
	for k, id := range order {
		rank[id] = int32(k)
	}
	return rank
}

// compare orders sites.
func (r *register) compare(a, b site) int {
	code := func(s site) int32 {
		if s.code < 0 {
			return -1
		}
		return r.codeRank[s.code]
	}
	return cmp.Or(
		cmp.Compare(r.periodRank[a.period], r.periodRank[b.period]), cmp.Compare(r.placeRank[a.place], r.placeRank[b.place]),
		cmp.Compare(r.groupRank[a.group], r.groupRank[b.group]), cmp.Compare(code(a), code(b)),
	)
}
