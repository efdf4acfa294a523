package reports

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pediment/analysis"
)

// servedReport is a report with chapters, charts and values, in an edition.
func servedReport(t testing.TB, edition string) *Frozen {
	t.Helper()
	r := exampleReport()
	r.Edition = edition
	r.Chapters = []Chapter{exampleChapter("literacy", "Literacy tutors"), exampleChapter("library", "Library bus")}
	plan := exampleChapter("progress", "Progress")
	plan.Part = Plan
	r.Chapters = append(r.Chapters, plan)
	for _, i := range r.indicators() {
		r.Values = append(r.Values, i.Trend...)
		for _, b := range i.Groups {
			r.Values = append(r.Values, Breakdown{Levels: b.Levels}.values()...)
		}
	}
	f, err := Freeze(r)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// served is a dashboard of the example with one reader who is signed in.
func served(t testing.TB) (*Dashboard, http.Handler) {
	public, internal := servedReport(t, "public"), servedReport(t, Internal)
	d := &Dashboard{Public: func() *Frozen { return public }, Internal: func() *Frozen { return internal }}
	return d, d.Handler()
}

// get asks for an address; what it answers is read whole.
func get(t testing.TB, h http.Handler, method, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost"+address, nil)
	for k := 0; k+1 < len(header); k += 2 {
		r.Header.Set(header[k], header[k+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestDashboardPages(t *testing.T) {
	_, h := served(t)
	for address, want := range map[string]string{
		"/": "The learning city at a glance", "/areas": "Inclusive learning", "/area/2.3": "Employers’ commitment",
		"/indicator/2.3.4.1": "Where it stands", "/indicator/1.1.2.1": "It cannot be computed", "/plan": "Progress",
		"/finance": "Literacy tutors", "/data": "What cannot be computed", "/methods": "How were the figures made?",
		"/voice": "Evening courses are full", "/scorecard": "Where does every indicator stand?", "/downloads": "Take the report away",
		"/search?q=literacy": "Adult literacy rate",
	} {
		answer, body := get(t, h, "GET", address)
		if answer.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d, %q not in the page", address, answer.StatusCode, want)
		}
		if !strings.Contains(body, "<h1>") {
			t.Errorf("%s: no heading", address)
		}
	}
}

// Every link of every page leads somewhere, and every fragment is there.
func TestDashboardCrawl(t *testing.T) {
	_, h := served(t)
	seen, queue := map[string]string{}, []string{"/"}
	ids := map[string]map[string]bool{}
	var fragments [][2]string
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if _, ok := seen[address]; ok {
			continue
		}
		answer, body := get(t, h, "GET", address)
		seen[address] = body
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", address, answer.StatusCode)
			continue
		}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		page := readPage(t, body)
		ids[address] = page.ids
		for _, to := range page.links {
			path, fragment, _ := strings.Cut(to, "#")
			if path == "" {
				path = address
			}
			if strings.HasPrefix(path, "/chart/") {
				continue // drawn in tests of their own
			}
			queue = append(queue, path)
			if fragment != "" {
				fragments = append(fragments, [2]string{path, fragment})
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d pages were found", len(seen))
	}
	for _, f := range fragments {
		if !ids[f[0]][f[1]] {
			t.Errorf("%s has no #%s", f[0], f[1])
		}
	}
}

func TestDashboardPolicy(t *testing.T) {
	_, h := served(t)
	for _, address := range []string{"/", "/areas", "/area/2.3", "/indicator/2.3.4.1", "/plan", "/finance", "/data", "/methods", "/voice", "/downloads", "/search?q=a", "/nowhere"} {
		answer, body := get(t, h, "GET", address)
		if got := answer.Header.Get("Content-Security-Policy"); got != pagePolicy || strings.Contains(got, "script-src 'self' ") {
			t.Errorf("%s: policy %q", address, got)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: headers %v", address, answer.Header)
		}
		if wrong := readPage(t, body).wrong; len(wrong) > 0 {
			t.Errorf("%s: %q", address, wrong)
		}
	}
}

func TestDashboardRefuses(t *testing.T) {
	_, h := served(t)
	answer, body := get(t, h, "GET", "/indicator/2.3.4")
	if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, `href="/indicator/2.3.4.1"`) {
		t.Errorf("404 without suggestions: %d", answer.StatusCode)
	}
	answer, _ = get(t, h, "POST", "/areas")
	if answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST /areas: %d, Allow %q", answer.StatusCode, answer.Header.Get("Allow"))
	}
	for _, address := range []string{"/table/none.csv", "/table/values.exe", "/table/values", "/chart/none.svg", "/download/exe", "/area/9", "/etc", "/context"} {
		if answer, _ := get(t, h, "GET", address); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
	}
	answer, _ = get(t, h, "POST", "/sign-in", "Sec-Fetch-Site", "cross-site")
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", answer.StatusCode)
	}
}

func TestDashboardNothingPublished(t *testing.T) {
	h := (&Dashboard{Public: func() *Frozen { return nil }}).Handler()
	for _, address := range []string{"/", "/indicator/2.3.4.1", "/table/values.csv", "/search?q=a"} {
		answer, body := get(t, h, "GET", address)
		if answer.StatusCode == http.StatusOK || !strings.Contains(body, "published yet") {
			t.Errorf("%s: %d %s", address, answer.StatusCode, body)
		}
	}
}

// A page that the reader has is not sent again.
func TestDashboardAgain(t *testing.T) {
	_, h := served(t)
	for _, address := range []string{"/", "/table/values.csv", assets["page.css"].address} {
		first, _ := get(t, h, "GET", address)
		again, body := get(t, h, "GET", address, "If-None-Match", first.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%s: %d with %d bytes", address, again.StatusCode, len(body))
		}
		head, body := get(t, h, "HEAD", address)
		if head.StatusCode != http.StatusOK || body != "" || head.Header.Get("Content-Length") != first.Header.Get("Content-Length") {
			t.Errorf("HEAD %s: %d with %d bytes", address, head.StatusCode, len(body))
		}
		small, _ := get(t, h, "GET", address, "Accept-Encoding", "br, gzip")
		if small.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", address)
		}
	}
}

func TestDashboardTakesAway(t *testing.T) {
	_, h := served(t)
	answer, body := get(t, h, "GET", "/table/ind-2.3.4.1.csv")
	if got := answer.Header.Get("Content-Disposition"); got != "attachment; filename=riverbend-2025-public-ind-2.3.4.1.csv" {
		t.Errorf("file name: %s", got)
	}
	if !strings.Contains(body, `2.3.4.1,"Young people`) || strings.Contains(body, "2.3.3.1,") {
		t.Errorf("rows: %s", body)
	}
	answer, body = get(t, h, "GET", "/table/money-literacy-table-summary.xlsx")
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(body, "PK") {
		t.Errorf("workbook: %d", answer.StatusCode)
	}
}

// Texts of users stand in pages as text.
func TestDashboardHostile(t *testing.T) {
	f, err := Freeze(hostileReport())
	if err != nil {
		t.Fatal(err)
	}
	h := (&Dashboard{Public: func() *Frozen { return f }}).Handler()
	pages := []string{"/", "/areas", "/methods", "/data", "/voice", "/plan", "/finance", "/downloads", "/search?q=" + "%3Cscript%3E%22onx=", "/%3Cscript%3E"}
	for _, s := range f.view.Sections {
		pages = append(pages, dashboardHref(s.Anchor))
		for _, i := range s.Indicators {
			pages = append(pages, dashboardHref("ind-"+slug(i.Code)))
		}
	}
	for _, address := range pages {
		answer, body := get(t, h, "GET", strings.ReplaceAll(address, " ", "%20"))
		if answer.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d", address, answer.StatusCode)
		}
		if wrong := readPage(t, body).wrong; slices.ContainsFunc(wrong, func(s string) bool { return strings.Contains(s, "inline") || strings.Contains(s, " on") }) {
			t.Errorf("%s: %q", address, wrong)
		}
	}
}

// Fifty readers go through the pages while the report changes under them.
func TestDashboardManyReaders(t *testing.T) {
	var current atomic.Pointer[Frozen]
	current.Store(servedReport(t, "public"))
	h := (&Dashboard{Public: current.Load}).Handler()
	var readers sync.WaitGroup
	for k := range 50 {
		readers.Go(func() {
			for _, address := range []string{"/", "/areas", "/area/2.3", "/indicator/2.3.4.1", "/plan", "/table/values.csv", "/search?q=adult"} {
				if answer, _ := get(t, h, "GET", address); answer.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", address, answer.StatusCode)
				}
				if k%10 == 0 {
					current.Store(servedReport(t, "public"))
				}
			}
		})
	}
	readers.Wait()
}

// What is being made is made once, and what cannot be made is tried again.
func TestShelf(t *testing.T) {
	var s shelf
	var made atomic.Int32
	produce := func() (rendition, error) { made.Add(1); return newRendition("text/plain", []byte("x")), nil }
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			if _, err := s.take(t.Context(), "key", "", produce); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
	if _, err := s.take(t.Context(), "key", "later", produce); err != nil || made.Load() != 2 {
		t.Errorf("another version: %v, made %d times", err, made.Load())
	}
	broken := func() (rendition, error) { made.Add(1); return rendition{}, analysis.Problem{Message: "no"} }
	for range 2 {
		if _, err := s.take(t.Context(), "broken", "", broken); err == nil {
			t.Error("no error")
		}
	}
	if made.Load() != 4 {
		t.Errorf("made %d times", made.Load())
	}
}

func BenchmarkDashboard(b *testing.B) {
	_, h := served(b)
	for b.Loop() {
		get(b, h, "GET", "/")
	}
}
