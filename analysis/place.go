package analysis

import "slices"

// Place is one row of places.csv: a district, a ward, the city itself. Parent is
// the code of the place that contains it, "" for the topmost.
type Place struct {
	Code, Name, Parent, Kind string
	ValidFrom, ValidTo       string // ISO dates, "" open
}

// Places is the city's geography, in file order.
type Places []Place

// Find returns the place with the code and whether there is one.
func (ps Places) Find(code string) (Place, bool) {
	i := slices.IndexFunc(ps, func(p Place) bool { return p.Code == code })
	if i < 0 {
		return Place{}, false
	}
	return ps[i], true
}

// Name returns the name of the place with the code, or the code itself when the
// place is not listed.
func (ps Places) Name(code string) string {
	if p, ok := ps.Find(code); ok && p.Name != "" {
		return p.Name
	}
	return code
}

// Within returns the code and the codes of every place below it.
func (ps Places) Within(code string) []string {
	codes := []string{code}
	for i := 0; i < len(codes); i++ {
		for _, p := range ps {
			if p.Parent == codes[i] && !slices.Contains(codes, p.Code) {
				codes = append(codes, p.Code)
			}
		}
	}
	return codes
}

// Ancestors returns the codes above the place, nearest first. A circle of parents
// ends before it comes back to the place.
func (ps Places) Ancestors(code string) []string {
	var above []string
	for p, ok := ps.Find(code); ok && p.Parent != "" && p.Parent != code && !slices.Contains(above, p.Parent); p, ok = ps.Find(p.Parent) {
		above = append(above, p.Parent)
	}
	return above
}
