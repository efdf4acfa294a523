package quality

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// plain writes a number without exponent, with no more digits than it has.
func plain(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64)
}

// rounded writes a number as people read it: three significant digits at least, thousands
// grouped.
func rounded(x float64) string {
	if x == 0 || math.IsNaN(x) {
		return "0"
	}
	decimals := max(0, 2-int(math.Floor(math.Log10(math.Abs(x)))))
	text := strconv.FormatFloat(x, 'f', min(decimals, 6), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return grouped(text)
}

// grouped puts commas between the thousands of a written number.
func grouped(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "−", text[1:]
	}
	whole, fraction, has := strings.Cut(text, ".")
	for k := len(whole) - 3; k > 0; k -= 3 {
		whole = whole[:k] + "," + whole[k:]
	}
	if has {
		whole += "." + fraction
	}
	return sign + whole
}

// whole writes a count.
func whole(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

// percent writes a share for reading: never 0 % of something, never 100 % of less
// than all.
func percent(part, all float64) string {
	x := 100 * part / all
	switch {
	case part > 0 && x < 0.1:
		return "under 0.1 %"
	case part < all && x > 99.9:
		return "over 99.9 %"
	case x < 10 || x > 90:
		return fmt.Sprintf("%s %%", strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0"))
	}
	return fmt.Sprintf("%.0f %%", x)
}

// some lists a few words and says how many more there are.
func some(words []string, most int) string {
	if len(words) <= most {
		return listed(words)
	}
	return strings.Join(words[:most], ", ") + fmt.Sprintf(" and %d more", len(words)-most)
}

// listed joins words with commas and "and".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// counted writes "1 row", "2 rows".
func counted(n int64, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if strings.HasSuffix(one, "y") {
		return whole(n) + " " + strings.TrimSuffix(one, "y") + "ies"
	}
	return whole(n) + " " + one + "s"
}
