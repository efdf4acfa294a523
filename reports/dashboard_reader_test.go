package reports

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
)

// servedSignedIn is a dashboard of the example, and the cookie of a reader of it.
func servedSignedIn(t testing.TB, prepare ...func(*Dashboard)) (*Dashboard, http.Handler, string) {
	t.Helper()
	accounts, err := OpenAccounts(filepath.Join(t.TempDir(), "accounts"))
	if err != nil {
		t.Fatal(err)
	}
	const password = "four plain words here"
	if err := accounts.Add("Ana", Viewer, password); err != nil {
		t.Fatal(err)
	}
	d, _ := served(t)
	d.Accounts = accounts
	for _, one := range prepare {
		one(d)
	}
	h := d.Handler()
	form := url.Values{"name": {"Ana"}, "password": {password}, "to": {"/plan"}}
	r := httptest.NewRequest("POST", "http://localhost/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther || len(w.Result().Cookies()) == 0 {
		t.Fatalf("sign in: %d %s", w.Code, w.Body)
	}
	cookie := w.Result().Cookies()[0]
	return d, h, cookie.Name + "=" + cookie.Value
}

// A reader who is signed in sees the internal edition, and nobody keeps a copy.
func TestDashboardSignedIn(t *testing.T) {
	_, h, cookie := servedSignedIn(t)
	for _, address := range []string{"/", "/areas", "/area/2.3", "/indicator/2.3.4.1", "/indicator/1.1.2.1", "/plan", "/finance", "/data", "/methods", "/voice", "/scorecard", "/downloads", "/search?q=adult"} {
		answer, body := get(t, h, "GET", address, "Cookie", cookie)
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, "Internal edition: not for publication") {
			t.Errorf("%s: %d, not the internal edition", address, answer.StatusCode)
		}
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("%s: kept as %q", address, got)
		}
		if wrong := readPage(t, body).wrong; len(wrong) > 0 {
			t.Errorf("%s: %q", address, wrong)
		}
		if _, other := get(t, h, "GET", address); strings.Contains(other, "Internal edition") {
			t.Errorf("%s: an anonymous reader sees the internal edition", address)
		}
	}
	answer, _ := get(t, h, "GET", "/table/values.csv", "Cookie", cookie)
	if got := answer.Header.Get("Content-Disposition"); !strings.Contains(got, "riverbend-2025-internal-values.csv") {
		t.Errorf("file name %q", got)
	}
}

// A view of a reader's own stands in the address and says what it is of.
func TestDashboardFilters(t *testing.T) {
	d, h, cookie := servedSignedIn(t)
	_, body := get(t, h, "GET", "/area/2.3?place=D5&period=2025", "Cookie", cookie)
	for _, want := range []string{"Eastbank · 2025", "18.6" + noBreak + "%", `<option value="D5" selected>`, "whole city"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	_, body = get(t, h, "GET", "/indicator/2.3.1.1?group=migrant:1", "Cookie", cookie)
	if !strings.Contains(body, "<bdi>Whole city · Migrant background · every period") {
		t.Error("a group is not named")
	}
	_, body = get(t, h, "GET", "/?place=%3Cscript%3E", "Cookie", cookie)
	if strings.Contains(body, "<script>") || !strings.Contains(body, "no values of the place") {
		t.Error("an unknown place is not refused")
	}

	var asked analysis.Query
	d.View = func(_ context.Context, q analysis.Query) (analysis.Result, error) {
		asked = q
		columns := analysis.Columns("code", "period", "place", "migrant", "value:number", "se:number", "ci_low:number", "ci_high:number", "n:integer", "state", "flags")
		return analysis.Result{Tables: []analysis.Table{{Name: "values", Columns: columns, Rows: [][]any{
			{"2.3.1.1", "2025", "D5", "1", 20.0, 4.0, 12.0, 28.0, int64(21), "", "use with caution"},
			{"2.3.1.1", "2025", "D5", "0", 77.0, 4.0, 69.0, 81.0, int64(90), "", ""},
			{"2.3.3.1", "2025", "D5", "1", nil, nil, nil, nil, nil, "confidential", "fewer than 10"},
		}}}}, nil
	}
	_, body = get(t, h, "GET", "/area/2.3?group=migrant:1&place=D5", "Cookie", cookie)
	if len(asked.Places) != 1 || asked.Places[0] != "D5" || len(asked.By) != 1 || asked.By[0] != "migrant" || len(asked.Codes) == 0 {
		t.Errorf("asked %+v", asked)
	}
	if !strings.Contains(body, "few answers") || strings.Contains(body, "77"+noBreak+"%") || !strings.Contains(body, "confidential") {
		t.Error("a computed view is not shown as it should be")
	}
	d.View = func(context.Context, analysis.Query) (analysis.Result, error) {
		return analysis.Result{}, analysis.Problem{Message: "no column migrant in 2.3.3.1"}
	}
	if answer, body := get(t, h, "GET", "/area/2.3?group=migrant:1&place=D5", "Cookie", cookie); answer.StatusCode != http.StatusOK || !strings.Contains(body, "No column migrant in 2.3.3.1.") {
		t.Errorf("a problem is not a sentence: %d", answer.StatusCode)
	}
}

// What was asked of an explanation is the number that is shown.
func TestDashboardExplains(t *testing.T) {
	var asked Asked
	var rows bool
	_, h, cookie := servedSignedIn(t, func(d *Dashboard) {
		d.Explain = func(_ context.Context, one Asked, withRows bool) (analysis.Result, error) {
			asked, rows = one, withRows
			return analysis.Result{Tables: []analysis.Table{{Name: "formula", Columns: analysis.Columns("step"), Rows: [][]any{{evilScript}}}}}, nil
		}
	})
	answer, body := get(t, h, "GET", "/explain/2.3.4.1?place=D5")
	if answer.StatusCode != http.StatusOK || asked.Place != "" || asked.Period != "2025" || rows {
		t.Errorf("anonymous: %d, asked %+v, rows %v", answer.StatusCode, asked, rows)
	}
	if strings.Contains(body, evilScript) {
		t.Error("not escaped")
	}
	if answer, _ := get(t, h, "GET", "/explain/9.9"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("unknown: %d", answer.StatusCode)
	}
	get(t, h, "GET", "/explain/2.3.4.1?place=D5", "Cookie", cookie)
	if !rows || asked.Place != "D5" {
		t.Errorf("signed in: asked %+v, rows %v", asked, rows)
	}
}

// While the data give something else than what was published, nothing is explained to
// everybody: nothing of it is even asked for.
func TestDashboardExplainsWhatWasPublished(t *testing.T) {
	asked := 0
	_, h, cookie := servedSignedIn(t, func(d *Dashboard) {
		d.Current = func() bool { return false }
		d.Explain = func(context.Context, Asked, bool) (analysis.Result, error) { asked++; return analysis.Result{}, nil }
	})
	answer, body := get(t, h, "GET", "/explain/2.3.4.1")
	if answer.StatusCode != http.StatusForbidden || asked > 0 || !strings.Contains(body, "shown again with the next publication, and at any time to those who are signed in") {
		t.Errorf("%d, asked %d times: %s", answer.StatusCode, asked, body)
	}
	if answer, _ := get(t, h, "GET", "/explain/2.3.4.1", "Cookie", cookie); answer.StatusCode != http.StatusOK || asked != 1 {
		t.Errorf("signed in: %d, asked %d times", answer.StatusCode, asked)
	}
}

// Every chapter about money has a page of its own, an appraisal its levers for those
// who are signed in; everybody gets what was published, and moves nothing.
func TestDashboardFinance(t *testing.T) {
	var moved []map[string]float64
	appraisal := exampleChapter("appraisal_tutors", "Appraisal: Tutors")
	public, internal := servedReport(t, "public"), servedReport(t, Internal)
	for _, f := range []**Frozen{&public, &internal} {
		r := *(*f).Report
		r.Chapters = append(r.Chapters, appraisal)
		again, err := Freeze(&r)
		if err != nil {
			t.Fatal(err)
		}
		*f = again
	}
	_, h, cookie := servedSignedIn(t, func(d *Dashboard) {
		d.Public, d.Internal = func() *Frozen { return public }, func() *Frozen { return internal }
		d.Appraise = func(_ context.Context, name string, to map[string]float64) (Chapter, []Lever, error) {
			moved = append(moved, to)
			today := appraisal
			today.Findings = []Finding{{"", name + " of today"}}
			return today, []Lever{{ID: "rate", Label: "Rate", Unit: "percent", Value: 3, Given: 3, Low: 1, High: 5, Step: 1}}, nil
		}
	})
	if _, body := get(t, h, "GET", "/finance"); !strings.Contains(body, `href="/finance/library"`) || !strings.Contains(body, `href="/finance/appraisal-tutors"`) || strings.Contains(body, "<table") {
		t.Error("the overview does not lead to the chapters")
	}
	if dashboardHref("money-appraisal-tutors") != "/finance/appraisal-tutors" || dashboardHref("money-glance") != "/#money-glance" {
		t.Error("anchors lead elsewhere")
	}
	answer, body := get(t, h, "GET", "/finance/appraisal-tutors")
	if answer.StatusCode != http.StatusOK || !strings.Contains(body, "brings 1.09 million") || strings.Contains(body, "of today") || len(moved) > 0 {
		t.Errorf("anonymous: %d, appraised %v", answer.StatusCode, moved)
	}
	if answer, _ := get(t, h, "GET", "/finance/appraisal-tutors?rate=4"); answer.StatusCode != http.StatusForbidden || len(moved) > 0 {
		t.Errorf("anonymous, moved: %d, appraised %v", answer.StatusCode, moved)
	}
	if answer, body := get(t, h, "GET", "/finance/appraisal-tutors?rate=4", "Cookie", cookie); answer.StatusCode != http.StatusOK || !strings.Contains(body, "tutors of today") || len(moved) != 1 || moved[0]["rate"] != 4 {
		t.Errorf("signed in: %d, appraised %v", answer.StatusCode, moved)
	}
	if answer, _ := get(t, h, "GET", "/finance/none"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a chapter there is not: %d", answer.StatusCode)
	}
}

// An anonymous reader gets the published page and a sentence, never a filtered value.
func TestDashboardFiltersForReaders(t *testing.T) {
	_, h := served(t)
	_, plain := get(t, h, "GET", "/area/2.3")
	_, filtered := get(t, h, "GET", "/area/2.3?place=D5&period=2025")
	if !strings.Contains(filtered, "Sign in") || strings.Contains(filtered, "Eastbank · 2025") || strings.Contains(filtered, "few answers") {
		t.Error("filters are not refused")
	}
	if strings.Contains(plain, "Show</button>") {
		t.Error("the form is offered to nobody")
	}
}

// A page that cannot be narrowed says so, and an address that names two of a thing is
// not taken for one of them.
func TestDashboardCannotFilter(t *testing.T) {
	_, h, cookie := servedSignedIn(t)
	for _, address := range []string{"/finance?place=D5", "/plan?period=2023", "/voice?place=D5", "/areas?group=migrant:1", "/search?q=adult&place=D5"} {
		if _, body := get(t, h, "GET", address, "Cookie", cookie); !strings.Contains(body, "This page cannot be narrowed") {
			t.Errorf("%s is the whole city without a word", address)
		}
	}
	for _, address := range []string{"/plan", "/area/2.3?place=D5", "/?place=D5", "/indicator/2.3.1.1?place=D5"} {
		if _, body := get(t, h, "GET", address, "Cookie", cookie); strings.Contains(body, "This page cannot be narrowed") {
			t.Errorf("%s says that it cannot be narrowed", address)
		}
	}
	if _, body := get(t, h, "GET", "/area/2.3?place=D5&place=D1", "Cookie", cookie); !strings.Contains(body, "more than one place") {
		t.Error("one of two places is taken")
	}
}

// A page offers groups its indicators have, each under a name of its own.
func TestChoices(t *testing.T) {
	r := exampleReport()
	level := func(column, value, label string) BreakdownLevel {
		return BreakdownLevel{label, analysis.Value{Group: analysis.Group{{Column: column, Value: value}}}}
	}
	first, second := &r.Areas[0].Indicators[0], &r.Areas[0].Indicators[1]
	first.Groups = []Breakdown{
		{Column: "education", Label: "Education", Levels: []BreakdownLevel{level("education", notStated, notStated), level("education", "low", "low"), level("education", "high", "high")}},
		{Column: "migrant", Label: "Migrant", Levels: []BreakdownLevel{level("migrant", "true", "Migrant: yes")}},
	}
	second.Groups = []Breakdown{{Column: "programme", Label: "Programme", Levels: []BreakdownLevel{level("programme", "FAM", "Learning"), level("programme", "FA2", "Learning")}}}
	labels := func(code string) (list []string) {
		for _, g := range newChoices(r, []string{code}).Groups {
			for _, l := range g.Levels {
				list = append(list, l.Label)
			}
		}
		return list
	}
	if got := strings.Join(labels(first.Code), "; "); got != "Education: low; Education: high; Education: (not stated); Migrant: yes" {
		t.Errorf("%s has %s", first.Code, got)
	}
	if got := strings.Join(labels(second.Code), "; "); got != "Programme: Learning (FAM); Programme: Learning (FA2)" {
		t.Errorf("%s has %s", second.Code, got)
	}
}

func TestDashboardSelection(t *testing.T) {
	d, _ := served(t)
	v := &visit{Dashboard: d, reader: &Account{Name: "Ana", Role: Viewer}, r: httptest.NewRequest("GET", "/area/2.3?place=D5&period=2025", nil)}
	v.frozen = v.edition()
	view, err := v.filter([]string{"2.3.1.1", "2.3.4.1"})
	if err != nil || view.Title != "Eastbank · 2025" || len(view.Rows) != 2 {
		t.Fatalf("%+v, %v", view, err)
	}
	if got := view.Rows[1]; got.Number != "18.6"+noBreak+"%" || got.City != "14.2"+noBreak+"%" {
		t.Errorf("row %+v", got)
	}
	v.r = httptest.NewRequest("GET", "/area/2.3?group=migrant:1&place=D5", nil)
	if view, _ = v.filter(nil); view.Problem == "" || len(view.Rows) > 0 {
		t.Errorf("a combination nobody disclosed: %+v", view)
	}
	v.r = httptest.NewRequest("GET", "/?period=1999", nil)
	if view, _ = v.filter(nil); !strings.Contains(view.Problem, "1999") {
		t.Errorf("unknown period: %q", view.Problem)
	}
}
