package indicators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// placesIn lists the places with rows in a relation by the label of the period.
type placesIn map[string][]string

// matchPlaces restricts indicators over two relations to the places that
// reported to both, period by period: a library that sent no visits leaves the
// population it serves out too. Registers and ledgers are complete without a row
// for every place, so only participation and population are restricted.
func (e *evaluator) matchPlaces(ctx context.Context) error {
	cache := map[string]placesIn{}
	if err := e.checkPlaces(ctx, cache); err != nil {
		return err
	}
	for k := range e.wanted {
		i := &e.wanted[k]
		if i.gap != (Gap{}) || i.den == nil || !reportsByPlace(i.num.relation) || !reportsByPlace(i.den.relation) || i.num.relation.Name == i.den.relation.Name {
			continue
		}
		num, err := e.places(ctx, cache, i.num.relation)
		if err != nil {
			return err
		}
		den, err := e.places(ctx, cache, i.den.relation)
		if err != nil {
			return err
		}
		if err := e.restrict(i, num, den); err != nil {
			return err
		}
	}
	return nil
}

// checkPlaces warns of places that places.csv does not list, often slips of the
// pen, and of rows of a place beside rows of one that contains it: added up they
// count twice when one is the total of the other.
func (e *evaluator) checkPlaces(ctx context.Context, cache map[string]placesIn) error {
	for _, r := range e.Relations {
		if r.Kind == "statistic" || !r.Has("place", "period") || len(e.Places) == 0 {
			continue
		}
		found, err := e.places(ctx, cache, r)
		if err != nil {
			return err
		}
		var unknown []string
		nested := ""
		for _, label := range sortedKeys(found) {
			for _, place := range found[label] {
				if _, ok := e.Places.Find(place); !ok && !slices.Contains(unknown, place) {
					unknown = append(unknown, place)
				}
				for _, above := range e.Places.Ancestors(place) {
					if nested == "" && slices.Contains(found[label], above) {
						nested = fmt.Sprintf("%s has rows of %s and of %s, which contains it; all are added up: if the one is the total of the other, exclude it", r.Name, place, above)
					}
				}
			}
		}
		if nested != "" {
			e.warn(r.Name, nested)
		}
		if len(unknown) > 0 {
			slices.Sort(unknown)
			text := fmt.Sprintf("%d places of %s are not in places.csv, yet their rows count", len(unknown), r.Name)
			if len(unknown) == 1 {
				text = fmt.Sprintf("1 place of %s is not in places.csv, yet its rows count", r.Name)
			}
			if !e.CountOnly {
				text += ": " + quoteSome(unknown)
			}
			e.warn(r.Name, text)
		}
	}
	return nil
}

// quoteSome quotes the first few texts.
func quoteSome(texts []string) string {
	const most = 5
	quoted := make([]string, 0, most)
	for _, text := range texts[:min(len(texts), most)] {
		quoted = append(quoted, fmt.Sprintf("%q", text))
	}
	if len(texts) > most {
		quoted = append(quoted, "…")
	}
	return strings.Join(quoted, ", ")
}

func reportsByPlace(r analysis.Relation) bool {
	return (r.Kind == "participation" || r.Kind == "population") && r.Has("place", "period")
}

// restrict leaves out, on either side, the places the other side lacks in the
// period it meets. Sides without any place in common are left as they are.
func (e *evaluator) restrict(i *bound, num, den placesIn) error {
	numRep, err := e.reportingOf(i.num.relation, sortedKeys(num))
	if err != nil {
		return err
	}
	denRep, err := e.reportingOf(i.den.relation, sortedKeys(den))
	if err != nil {
		return err
	}
	lost := map[string]bool{}
	for _, period := range numRep.periods {
		met, _, ok := denRep.find(e.Calendar, period)
		if !ok {
			continue
		}
		ys, xs := numRep.places(period.Label, num), denRep.places(met.Label, den)
		onlyY, onlyX := without(ys, xs), without(xs, ys)
		if len(onlyY) == len(ys) {
			e.warn(i.Code, fmt.Sprintf("%s and %s have no place in common in %s; the whole of one is divided by the whole of the other", i.num.relation.Name, i.den.relation.Name, period.Label))
			continue
		}
		i.num.domain = and(i.num.domain, numRep.leaveOut(period.Label, onlyY))
		i.den.domain = and(i.den.domain, denRep.leaveOut(met.Label, onlyX))
		for _, place := range append(onlyY, onlyX...) {
			lost[place] = true
		}
	}
	if len(lost) > 0 {
		e.warn(i.Code, fmt.Sprintf("%d places have rows in only one of %s and %s and are left out of both", len(lost), i.num.relation.Name, i.den.relation.Name))
	}
	return nil
}

// places lists the places of a reporting period.
func (rep reporting) places(label string, in placesIn) []string {
	var found []string
	for _, part := range rep.parts[label] {
		found = append(found, in[part.Label]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// leaveOut is the condition that a row is not of these places in the period.
func (rep reporting) leaveOut(label string, places []string) string {
	if len(places) == 0 {
		return ""
	}
	var periods []string
	for _, part := range rep.parts[label] {
		periods = append(periods, part.Label)
	}
	return fmt.Sprintf("(period NOT IN (%s) OR place IS NULL OR place NOT IN (%s))", literals(periods), literals(places))
}

func literals(texts []string) string {
	quoted := make([]string, len(texts))
	for k, text := range texts {
		quoted[k] = analysis.Literal(text)
	}
	return strings.Join(quoted, ", ")
}

func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) })
}

func sortedKeys(in placesIn) []string {
	labels := make([]string, 0, len(in))
	for label := range in {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	return labels
}

// places reads which places have rows in which period.
func (e *evaluator) places(ctx context.Context, cache map[string]placesIn, r analysis.Relation) (placesIn, error) {
	if found, ok := cache[r.Name]; ok {
		return found, nil
	}
	rows, err := e.q.QueryContext(ctx, "SELECT DISTINCT period, COALESCE(place, '') FROM "+analysis.Quote(r.Name)+" WHERE period IS NOT NULL ORDER BY ALL")
	if err != nil {
		return nil, fmt.Errorf("list places of %s: %w", r.Name, err)
	}
	defer rows.Close()
	found := placesIn{}
	for rows.Next() {
		var period, place string
		if err := rows.Scan(&period, &place); err != nil {
			return nil, err
		}
		if places := found[period]; place != "" {
			found[period] = append(places, place)
		} else {
			found[period] = places
		}
	}
	cache[r.Name] = found
	return found, rows.Err()
}
