package main

import (
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// topicTable names the numbers that tell together what is asked for, offered and
// used. A topic few people ask for is withheld with another one: what is asked for
// together makes all wishes, and what is used makes all that was used.
type topicTable struct {
	topics        []topicCodes
	offered, used string // codes of all that is offered and used
}

// topicCodes are the codes of one topic, "" for what is not asked.
type topicCodes struct {
	asked, wish, count string // count: how many people ask for it
	offered, used      string
}

// protectTopics withholds the topics few people ask for or use, and what would give
// them away.
func (w *work) protectTopics(raw []analysis.Value, counts map[string]int64) {
	least := w.smallestCell()
	if least <= 0 {
		return
	}
	for _, v := range raw {
		if len(v.Group) > 0 {
			continue
		}
		switch v.Code {
		case "":
		case w.topics.offered:
			w.protectParts(v, raw, least, func(t topicCodes) string { return t.offered })
		case w.topics.used:
			w.protectParts(v, raw, least, func(t topicCodes) string { return t.used })
		}
	}
	for _, period := range periodsOf(raw) {
		w.protectWishes(period, raw, counts, least)
	}
}

// periodsOf lists the periods of values.
func periodsOf(values []analysis.Value) (all []analysis.Period) {
	for _, v := range values {
		if !slices.Contains(all, v.Period) {
			all = append(all, v.Period)
		}
	}
	return all
}

// protectWishes withholds what few people ask for in one period. The shares of all
// wishes add up, so a second topic of fewest people goes with it.
func (w *work) protectWishes(period analysis.Period, raw []analysis.Value, counts map[string]int64, least int64) {
	hide, compared, sum := map[topicCodes]bool{}, 0, int64(0)
	number := func(t topicCodes) int64 { return counts[valueKey(analysis.Value{Code: t.count, Period: period})] }
	take := func(t topicCodes) {
		hide[t] = true
		if t.wish != "" {
			compared, sum = compared+1, sum+number(t)
		}
	}
	for _, t := range w.topics.topics {
		v := cityValue(raw, t.asked, period)
		if few(number(t), least) || few(v.N-number(t), least) || w.isHidden(t.asked, period) || w.isHidden(t.wish, period) {
			take(t)
		}
	}
	for compared == 1 || compared > 0 && sum < least {
		next := fewest(w.topics.topics, func(t topicCodes) bool { return t.wish != "" && !hide[t] }, number)
		if next == nil {
			break
		}
		take(*next)
	}
	for t := range hide {
		w.hideTopic(t.asked, period)
		w.hideTopic(t.wish, period)
	}
}

// protectParts withholds the parts of a whole until what is not told of it is none at
// all or enough people. Where a breakdown of the whole is withheld in part, all parts
// are: which of its rows a part counts is the city's to say.
func (w *work) protectParts(all analysis.Value, raw []analysis.Value, least int64, code func(topicCodes) string) {
	parts := filtered(w.topics.topics, func(t topicCodes) bool { return code(t) != "" })
	number := func(t topicCodes) int64 {
		if x := cityValue(raw, code(t), all.Period).Numerator; x > 0 {
			return int64(x)
		}
		return 0
	}
	told := func(t topicCodes) bool { return !w.isHidden(code(t), all.Period) }
	broken := w.brokenInPart(all)
	for {
		rest, hidden := int64(all.Numerator), false
		for _, t := range parts {
			if told(t) {
				rest -= number(t)
			} else {
				hidden = true
			}
		}
		next := fewest(parts, told, number)
		if next == nil || !broken && (rest >= least || rest < 0 || rest == 0 && !hidden) {
			return
		}
		w.hideTopic(code(*next), all.Period)
	}
}

// brokenInPart reports whether a group of a whole is withheld.
func (w *work) brokenInPart(all analysis.Value) bool {
	return slices.ContainsFunc(w.evaluated.Values, func(v analysis.Value) bool {
		return v.Code == all.Code && v.Period == all.Period && len(v.Group) > 0 && v.State == analysis.Confidential
	})
}

// fewest is the topic of the smallest number among those that are wanted, nil when
// none is.
func fewest(topics []topicCodes, wanted func(topicCodes) bool, number func(topicCodes) int64) *topicCodes {
	var smallest *topicCodes
	for k, t := range topics {
		if wanted(t) && (smallest == nil || number(t) < number(*smallest)) {
			smallest = &topics[k]
		}
	}
	return smallest
}

// cityValue is the value of the whole city, the zero Value where there is none.
func cityValue(values []analysis.Value, code string, period analysis.Period) analysis.Value {
	for _, v := range values {
		if v.Code == code && v.Period == period && len(v.Group) == 0 && v.Place == "" {
			return v
		}
	}
	return analysis.Value{Estimate: analysis.Unknown()}
}

func (w *work) isHidden(code string, period analysis.Period) bool {
	return code != "" && cityValue(w.evaluated.Values, code, period).State == analysis.Confidential
}

// hideTopic withholds a value of the whole city, and notes it.
func (w *work) hideTopic(code string, period analysis.Period) {
	k := slices.IndexFunc(w.evaluated.Values, func(v analysis.Value) bool {
		return code != "" && v.Code == code && v.Period == period && len(v.Group) == 0 && v.Place == ""
	})
	if k < 0 || w.evaluated.Values[k].State == analysis.Confidential {
		return
	}
	v := &w.evaluated.Values[k]
	v.Withhold(analysis.Confidential, "few people ask for a topic or use it, this one or another")
	v.Flags = nil
	w.withheld = append(w.withheld, disclosure.Entry{Code: v.Code, Period: v.Period.Label, Why: disclosure.Complementary, Detail: "topics of a few people"})
}

// columnsOf are the columns of a record that conditions on its rows speak of and
// another chapter breaks it down by.
func columnsOf(r analysis.Relation, conditions []string) []string {
	return filtered([]string{"programme", "provider", "subject", "activity"}, func(column string) bool {
		return r.Has(column) && slices.ContainsFunc(conditions, func(text string) bool { return strings.Contains(text, column) })
	})
}
