package ingest

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// dateStyle is what a number format shows of a serial number.
type dateStyle int

const (
	noDate   dateStyle = iota // a plain number
	dayTime                   // a day, with time of day if there is any
	clock                     // time of day alone
	duration                  // hours that go beyond 24
)

// standardDateStyle returns the style of a built-in number format. 27 to 36 and
// 50 to 58 are dates in the East Asian versions and unused elsewhere.
func standardDateStyle(id int) dateStyle {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return dayTime
	case id >= 18 && id <= 21, id == 45, id == 47:
		return clock
	case id == 46:
		return duration
	}
	return noDate
}

// customDateStyle returns the style of a format code such as
// `[$-409]d\-mmm\-yy;@`: which date signs stand in its first section outside
// quotes, brackets and escapes.
func customDateStyle(code string) dateStyle {
	code, _, _ = strings.Cut(code, ";")
	if strings.EqualFold(code, "General") {
		return noDate
	}
	day, hour := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"', '[':
			end := map[byte]string{'"': `"`, '[': "]"}[c]
			length := strings.Index(code[i+1:], end)
			if length < 0 {
				return noDate
			}
			inside := strings.ToLower(code[i+1 : i+1+length])
			if c == '[' && inside != "" && strings.Trim(inside, "hms") == "" {
				return duration
			}
			i += length + 1
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'y', 'Y':
			day = true
		case 'h', 'H', 's', 'S':
			hour = true
		case 'm', 'M':
			day = day || !strings.ContainsAny(strings.ToLower(code), "hs")
		}
	}
	switch {
	case day:
		return dayTime
	case hour:
		return clock
	}
	return noDate
}

// isoDate renders a serial number as "2024-05-31", "2024-05-31 14:30:00",
// "14:30:00" or, for a duration, "26:30:00". Days count from 1900 with the 29
// February that year did not have, as spreadsheets do, or from 1904.
func (style dateStyle) isoDate(serial float64, epoch int) (string, bool) {
	if serial < 0 || serial > 2958466 {
		return "", false
	}
	seconds := int64(math.Round(serial * 86400))
	time24 := fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	if style == duration || style == clock && seconds < 86400 {
		return time24, true
	}
	days := int(seconds/86400) + epoch
	if days < 60 && epoch == 0 {
		days++
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	text := day.Format(time.DateOnly)
	if rest := seconds % 86400; rest != 0 {
		text += fmt.Sprintf(" %02d:%02d:%02d", rest/3600, rest/60%60, rest%60)
	}
	return text, true
}
