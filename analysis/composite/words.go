package composite

import (
	"fmt"
	"math"
	"strings"
)

// score writes a score with as many decimals as its interval supports.
func score(x, low, high float64) string {
	digits := 0
	switch width := high - low; {
	case width < .05:
		digits = 2
	case width < .5:
		digits = 1
	}
	return strings.Replace(fmt.Sprintf("%.*f", digits, x), "-", "−", 1)
}

// interval writes a score and the range of the draws.
func interval(x, low, high float64) string {
	return fmt.Sprintf("%s (%s to %s)", score(x, low, high), score(low, low, high), score(high, low, high))
}

// drawn writes a score, of what it is a score, and the range of the draws in words.
func drawn(x, low, high float64, of string) string {
	return fmt.Sprintf("%s%s (%s to %s in 9 of 10 draws)", score(x, low, high), of, score(low, low, high), score(high, low, high))
}

// percent writes a share; one beyond 0 and 1 is noise of its estimation.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*min(max(share, 0), 1)) }

// enumerate joins names as people do: "a, b and c"; of more than most it names
// some and counts the others.
func enumerate(names []string, most int) string {
	if more := len(names) - most; more > 1 {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most], ", "), more)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// places writes a range of ranks.
func places(low, high float64) string {
	if low == high {
		return fmt.Sprintf("%.0f", low)
	}
	return fmt.Sprintf("%.0f to %.0f", low, high)
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// points writes a change of score with its sign.
func points(x, low, high float64) string {
	text := score(math.Abs(x), low, high)
	if x < 0 {
		return "−" + text
	}
	return "+" + text
}

// article writes a noun with its article.
func article(noun string) string {
	if strings.ContainsRune("aeioAEIO", []rune(noun + " ")[0]) {
		return "an " + noun
	}
	return "a " + noun
}
