package example

import (
	"encoding/json"
	"io"
)

// remark is a line of feedback.jsonl.
type remark struct {
	Date        string `json:"date"`
	About       string `json:"about"` // code of an area or indicator
	Stakeholder string `json:"stakeholder"`
	Text        string `json:"text"`
	Status      string `json:"status"` // open, answered or taken up
	Response    string `json:"response"`
}

var remarks = []remark{
	{"2025-02-11", "2.1.3.1", "resident", "Evening courses end at nine, the last bus to Eastmoor leaves at 20:40.", "taken up", "From September the bus leaves at 21:20."},
	{"2025-03-04", "2.3.4.1", "youth council", "Nobody told us about the training guarantee. Put it where we are, not on a notice board.", "answered", "The guidance desk visits youth clubs twice a month since May."},
	{"2025-03-19", "2.2.1.1", "resident", "نرجو فتح مكتبة باب النهر مساء يوم الجمعة.", "taken up", "ستفتح المكتبة أيام الجمعة حتى الساعة الثامنة مساءً ابتداءً من أكتوبر."},
	{"2025-04-02", "3.3.1.1", "council committee", "Why does the Digital Passport cost so much for each learner?", "open", ""},
	{"2025-04-27", "2.2.2.1", "community centre", "한빛 학습관의 대화 모임에 더 큰 방이 필요합니다.", "answered", "2026년 봄에 2층 강당을 쓸 수 있습니다."},
	{"2025-05-15", "3.1.3.1", "resident", "=SUM(A1:A9) is all I see in the spreadsheet of last year's report.", "answered", "Last year's file had a broken formula; this year's holds values."},
	{"2025-05-30", "2.3.1.2", "migrants' council", "Language courses for newcomers are full until January, and they come before any training.", "open", ""},
	{"2025-06-12", "2.5.4.1", "learner", "The teacher was patient and I passed. \"Thank you\" is not enough!", "answered", "We have told him."},
	{"2025-09-08", "2.6.1.1", "employers' federation", "The festival clashes with the trade fair; move one of them.", "open", ""},
	{"2025-10-21", "1.1.4.1", "resident", "Crime went up in your report, but the police say they only count online fraud now.\nPlease explain.", "answered", "The series breaks in 2024 and the report now says so."},
}

// feedback writes the remarks of stakeholders, one JSON object a line.
func feedback(_ *city, w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, r := range remarks {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}
