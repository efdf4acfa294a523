package main

import (
	"cmp"
	"fmt"
	"strings"

	"pediment/analysis"
	"pediment/indicators"
)

// wishCode begins the code of a topic's share of all wishes.
const wishCode = "wishes: "

// peopleCode begins the code of how many people gave an answer.
const peopleCode = "people: "

// ratingQuestion are the codes of a rating's answers, worst first.
type ratingQuestion struct {
	voiceRating
	answers []string
	good    string // share of answers above the middle of the scale
}

// topicQuestion are the codes of what is asked of a topic, "" for what the city does
// not say.
type topicQuestion struct {
	voiceTopic
	asked   string // share of people who ask for it
	wish    string // share of all wishes for topics that are compared
	offered string // how much of it is offered
	used    string // how many came
}

// askRating asks for the share of each answer.
func (h *hearing) askRating(r voiceRating) {
	q := ratingQuestion{voiceRating: r}
	share := indicators.Indicator{
		At: r.At, Name: r.Question, Kind: "ratio", Unit: "percent", Better: "context", Population: r.Where, By: texts(r.By),
		Numerator: indicators.Term{Dataset: r.Dataset.Value}, Denominator: &indicators.Term{},
	}
	var good []string
	table := answerTable{middle: (len(r.Scale) + 1) / 2}
	for k := range r.Scale {
		condition := h.equals(r, k)
		share.Code, share.Numerator.Value = fmt.Sprintf("%s of %s: %d", r.Column.Value, r.Dataset.Value, k+1), analysis.Text{Value: condition, At: r.Column.At}
		q.answers = append(q.answers, h.ask(share))
		table.counts = append(table.counts, h.ask(whoAnswered(share, condition)))
		if 2*k+1 > len(r.Scale) {
			good = append(good, condition)
		}
	}
	share.Code, share.Numerator.Value.Value = fmt.Sprintf("%s of %s: good", r.Column.Value, r.Dataset.Value), strings.Join(good, " OR ")
	q.good = h.ask(share)
	table.answers, table.good = q.answers, q.good
	h.questions.answers = append(h.questions.answers, table)
	h.ratings = append(h.ratings, q)
}

// whoAnswered counts the people of a share of answers who gave that answer.
func whoAnswered(share indicators.Indicator, condition string) indicators.Indicator {
	count := share
	count.Code, count.Kind, count.Unit, count.Denominator = peopleCode+share.Code, "total", "rows", nil
	count.Population.Value = condition
	if where := share.Population.Value; where != "" {
		count.Population.Value = fmt.Sprintf("(%s) AND %s", where, condition)
	}
	count.Numerator.Value = analysis.Text{}
	return count
}

// equals is the condition that the rating's column holds the answer k.
func (h *hearing) equals(r voiceRating, k int) string {
	literal := fmt.Sprint(k + 1)
	if len(r.Values) > 0 {
		literal = r.Values[k].Value
	}
	if relation, ok := h.relation(r.Dataset.Value); ok {
		if c, ok := relation.Column(r.Column.Value); ok && c.Type == "text" {
			literal = analysis.Literal(literal)
		}
	}
	return fmt.Sprintf("%s = %s", analysis.Quote(r.Column.Value), literal)
}

// askTopics asks how many want each topic, and how much of it is offered and used.
func (h *hearing) askTopics() {
	s := h.project.settings.Voice
	var compared []string
	for _, t := range s.Topics {
		if t.compared() {
			compared = append(compared, oneIf(t.Asked.Value))
		}
	}
	wishes := strings.Join(compared, " + ")
	if s.Offered.declared() {
		h.offeredAll = h.askPart("offered", "all", s.Offered, analysis.Text{At: s.Offered.At})
	}
	if s.Used.declared() {
		h.usedAll = h.askPart("used", "all", s.Used, analysis.Text{At: s.Used.At})
		h.entries[len(h.entries)-1].By = h.columnsOfUse()
	}
	h.wishes.offered, h.wishes.used = h.offeredAll, h.usedAll
	for _, t := range s.Topics {
		q := topicQuestion{voiceTopic: t}
		share := indicators.Indicator{
			At: t.At, Code: "asked for: " + t.Name, Name: t.Name, Kind: "ratio", Unit: "percent", Better: "context", Population: s.Asked.Where,
			Numerator: indicators.Term{Dataset: s.Asked.Dataset.Value, Value: t.Asked}, Denominator: &indicators.Term{},
		}
		q.asked = h.ask(share)
		count := h.ask(whoAnswered(share, "("+t.Asked.Value+")"))
		if t.compared() {
			share.Code = wishCode + t.Name
			share.Numerator.Value.Value = oneIf(t.Asked.Value)
			share.Denominator = &indicators.Term{Value: analysis.Text{Value: wishes, At: t.At}}
			q.wish = h.ask(share)
		}
		if t.Offered.Value != "" {
			q.offered = h.askPart("offered", t.Name, s.Offered, t.Offered)
		}
		if t.Used.Value != "" {
			q.used = h.askPart("used", t.Name, s.Used, t.Used)
		}
		h.topics = append(h.topics, q)
		h.wishes.topics = append(h.wishes.topics, topicCodes{q.asked, q.wish, count, q.offered, q.used})
	}
}

// columnsOfUse are the columns by which what is used is told elsewhere too.
func (h *hearing) columnsOfUse() []string {
	s := h.project.settings.Voice
	r, known := h.relation(s.Used.Dataset.Value)
	if !known {
		return nil
	}
	var conditions []string
	for _, t := range s.Topics {
		conditions = append(conditions, t.Used.Value)
	}
	return columnsOf(r, conditions)
}

// compared reports whether the city says what is offered or used of the topic.
func (t voiceTopic) compared() bool { return t.Offered.Value != "" || t.Used.Value != "" }

// oneIf counts a condition that holds as 1 and one that does not as 0.
func oneIf(condition string) string {
	return fmt.Sprintf("CASE WHEN %[1]s THEN 1 WHEN NOT (%[1]s) THEN 0 END", "("+condition+")")
}

// askPart asks how much of what is offered or used meets a condition.
func (h *hearing) askPart(role, name string, s voiceSource, where analysis.Text) string {
	i := indicators.Indicator{
		At: cmp.Or(where.At, s.At), Code: role + ": " + name, Name: name, Kind: "total", Unit: "rows", Better: "context", Population: s.Where,
		Numerator: indicators.Term{Dataset: s.Dataset.Value, Where: where},
	}
	switch r, ok := h.relation(s.Dataset.Value); {
	case s.Count.Value != "":
		i.Kind, i.Numerator.Value = "distinct", s.Count
	case ok && r.Kind == "participation" && r.Has("persons"):
		i.Numerator.Value.Value = "persons"
	}
	return h.ask(i)
}

// relation finds a relation by its name, else the one of a kind.
func (w *work) relation(name string) (analysis.Relation, bool) {
	for _, r := range w.relations {
		if r.Name == name {
			return r, true
		}
	}
	return analysis.Relation{}, false
}
