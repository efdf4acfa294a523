package reports

import "slices"

// topic is what a chapter finds about one thing.
type topic struct {
	About string
	Texts []string
	open  int // how many of them are in view
}

// openFindings is how many sentences a chapter opens with; openTexts how many of
// them are about one thing.
const (
	openFindings = 6
	openTexts    = 4
)

// First are the sentences in view.
func (t topic) First() []string { return t.Texts[:t.open] }

// Rest are the sentences opened on demand.
func (t topic) Rest() []string { return t.Texts[t.open:] }

// topics puts the findings about one thing together, in the order they begin, and
// chooses what is in view: the first sentence about each thing, then more of the
// first things.
func topics(findings []Finding) []topic {
	var list []topic
	for _, f := range findings {
		k := slices.IndexFunc(list, func(t topic) bool { return t.About == f.About })
		if k < 0 {
			k, list = len(list), append(list, topic{About: f.About})
		}
		list[k].Texts = append(list[k].Texts, f.Text)
	}
	left := openFindings
	for k := range list[:min(left, len(list))] {
		list[k].open, left = 1, left-1
	}
	for k := range list {
		if t := &list[k]; t.open > 0 {
			more := min(left, min(openTexts, len(t.Texts))-t.open)
			t.open, left = t.open+more, left-more
		}
	}
	return list
}

// OpenTopics are the topics in view.
func (c chapterView) OpenTopics() []topic {
	return c.Topics[:min(openFindings, len(c.Topics))]
}

// FoldedTopics are those opened on demand.
func (c chapterView) FoldedTopics() []topic {
	folded := slices.Clone(c.Topics[len(c.OpenTopics()):])
	for k := range folded {
		folded[k].open = min(openTexts, len(folded[k].Texts))
	}
	return folded
}
