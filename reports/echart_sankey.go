package reports

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// sankey draws flows from sources to uses: a node a label with its sum, a link a
// flow. Nodes are known by their printed text, as the tooltip shows it.
func sankey(c analysis.Chart) object {
	names := uniqueTexts(c.Labels, func(i int) string { return c.Labels[i] + ": " + flowText(c, nodeSum(c, c.Labels[i])) })
	nodes, links := []object{}, []object{}
	first := 0
	for i, label := range c.Labels {
		from := slices.ContainsFunc(c.Links, func(l analysis.Link) bool { return l.From == label })
		colour, side := soft, "left"
		if from {
			colour, side = seriesColours[min(first, len(seriesColours)-1)], "right"
			first++
		}
		nodes = append(nodes, object{"name": names[i], "itemStyle": object{"color": colour, "borderColor": colour},
			"label": object{"position": side, "color": ink, "fontSize": 12, "width": 300, "overflow": "break", "lineHeight": 15,
				"formatter": literal(clip(label, 40) + ", " + short3(nodeSum(c, label)))}})
	}
	for _, l := range c.Links {
		from, to := slices.Index(c.Labels, l.From), slices.Index(c.Labels, l.To)
		if from >= 0 && to >= 0 && finite(l.Value) && l.Value > 0 {
			links = append(links, object{"source": names[from], "target": names[to], "value": l.Value,
				"name": fmt.Sprintf("%s → %s: %s", l.From, l.To, flowText(c, l.Value))})
		}
	}
	return object{"series": []object{{
		"type": "sankey", "left": 4, "right": 4, "top": 8, "bottom": 10, "nodeWidth": 10, "nodeGap": 18, "draggable": false, "layoutIterations": 0,
		"emphasis": object{"disabled": true}, "lineStyle": object{"color": "source", "opacity": 0.22, "curveness": 0.5}, "data": nodes, "links": links,
	}}}
}

// nodeSum is what flows out of a label, or into it where nothing flows out.
func nodeSum(c analysis.Chart, label string) float64 {
	out, in := 0.0, 0.0
	for _, l := range c.Links {
		if l.From == label {
			out += l.Value
		}
		if l.To == label {
			in += l.Value
		}
	}
	return max(out, in)
}

// short3 is an amount in three digits: "1.23 bn", "45.6 m", "789,000".
func short3(x float64) string {
	switch {
	case x >= 1e9:
		return rounded(x/1e9, needed(x/1e9, "")) + noBreak + "bn"
	case x >= 1e6:
		return rounded(x/1e6, needed(x/1e6, "")) + noBreak + "m"
	}
	return rounded(x, 0)
}

func flowText(c analysis.Chart, x float64) string { return withUnit(inUnitOf(x, c.Unit)) }

// uniqueTexts prints each item, with a sign added to those that print alike.
func uniqueTexts(items []string, print func(int) string) []string {
	var out []string
	for i := range items {
		text := print(i)
		for slices.Contains(out, text) {
			text += "\u200b" // not seen
		}
		out = append(out, text)
	}
	return out
}

// literal keeps ECharts from reading its own placeholders in a text.
func literal(text string) string { return strings.ReplaceAll(text, "{", "{\u200b") }

// sankeyRows is how many labels stand one under the other on the fuller side.
func sankeyRows(c analysis.Chart) int {
	from := 0
	for _, label := range c.Labels {
		if slices.ContainsFunc(c.Links, func(l analysis.Link) bool { return l.From == label }) {
			from++
		}
	}
	return max(from, len(c.Labels)-from)
}
