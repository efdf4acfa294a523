package reports

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
)

func slogTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

// leave leaves a remark and gives its id.
func (v visitor) leave(text string) string {
	v.t.Helper()
	a := v.post("/remarks", "text", text, "about", "2.1.3.1", "who", "resident")
	a.wants(v.t, http.StatusSeeOther)
	to := a.Header.Get("Location")
	v.get(to).wants(v.t, 200, "Thank you")
	_, id, _ := strings.Cut(to, "left=")
	return id
}

// A remark is read by others once an evaluator published it, and not before.
func TestRemarkFromLeftToPublished(t *testing.T) {
	const hostile = `Why? </script><img src=x onerror=alert(1)> =HYPERLINK("x") ` + "\u202eabc"
	_, visit := standing(t, nil)
	resident, ben, amira := visit(), visit(), visit()
	id := resident.leave(hostile)
	ben.signIn("ben").wants(t, 303)
	amira.signIn("amira").wants(t, 303)
	for _, v := range []visitor{resident, ben, amira} {
		if a := v.get("/remarks?about=2.1.3.1"); strings.Contains(a.body, "Why?") {
			t.Error("a new remark is shown")
		}
	}
	resident.get("/moderation").wants(t, 403)
	ben.get("/moderation").wants(t, 403)
	ben.post("/moderation/"+id, "state", "published").wants(t, 403)
	amira.get("/remarks").wants(t, 200, "1 remark waits to be looked at")
	page := amira.get("/moderation")
	page.wants(t, 200, "Why? &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
	if strings.Contains(page.body, "<img src=x") {
		t.Error("a remark is markup")
	}
	amira.post("/moderation/"+id, "state", "published", "text", "Why so?", "response", "Because.", "status", "answered").wants(t, 303)
	shown := resident.get("/remarks?about=2.1.3.1")
	shown.wants(t, 200, "Why so?", "Because.", "answered", "Participation in adult learning and education")
	if strings.Contains(shown.body, "HYPERLINK") || strings.Contains(shown.body, "amira") {
		t.Error("what was written first, or who decided, is shown to everybody")
	}
	if a := resident.get("/remarks?about=2.2.1.1"); strings.Contains(a.body, "Why so?") {
		t.Error("it is shown beside another indicator")
	}
	amira.get("/moderation?show=all").wants(t, 200, "HYPERLINK", "published", "by <bdi>amira</bdi>")
	amira.post("/moderation/"+id, "state", "hidden", "text", "Why so?").wants(t, 303)
	if a := resident.get("/remarks"); strings.Contains(a.body, "Why so?") {
		t.Error("a hidden remark is shown")
	}
	amira.post("/moderation/nonsense", "state", "hidden").wants(t, 404)
	resident.get("/remarks?left=%3Cscript%3E&about="+strings.Repeat("x", 500)).wants(t, 200)
}

// Without the city's leave only those who are signed in leave remarks.
func TestRemarksOfMembersOnly(t *testing.T) {
	d, visit := standing(t, func(d *Dashboard) { d.Open = false })
	v := visit()
	v.post("/remarks", "text", "anonymous").wants(t, 403)
	if a := v.get("/remarks"); strings.Contains(a.body, `action="/remarks"`) {
		t.Error("the form is there for everybody")
	}
	v.signIn("ben").wants(t, 303)
	v.leave("from the committee")
	if entries, _, _ := d.Remarks.Entries(); len(entries) != 1 || entries[0].Stakeholder != "resident" {
		t.Errorf("%+v", entries)
	}
}

// What cannot be taken comes back with the text that was written.
func TestRemarkComesBack(t *testing.T) {
	d, visit := standing(t, nil)
	v := visit()
	v.post("/remarks", "text", " ").wants(t, 422, "Please write something", `action="/remarks"`)
	v.post("/remarks", "text", "filled by a machine", "leave_empty", "x").wants(t, 422, "filled by a machine")
	long := strings.Repeat("é", 2001)
	v.post("/remarks", "text", long).wants(t, 422, "2001 characters", long)
	for range 12 {
		a := v.post("/remarks", "text", "again and again")
		if a.StatusCode == 429 {
			a.wants(t, 429, "again and again", "Please try again in")
			if a.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			if entries, _, _ := d.Remarks.Entries(); len(entries) > 10 {
				t.Errorf("%d are kept", len(entries))
			}
			return
		}
	}
	t.Error("one address may leave any number of remarks")
}

// What shows nothing, is damaged or is about nothing the report has is refused, and
// so is a decision that decides nothing.
func TestRemarksThatSayNothing(t *testing.T) {
	d, visit := standing(t, nil)
	v := visit()
	for _, text := range []string{"\u200b\u2060", "\u3164\u2800 \ufe0f", "\u202e\u0301"} {
		v.post("/remarks", "text", text).wants(t, 422, "Please write something")
	}
	v.post("/remarks", "text", "bro\xffken").wants(t, 422, "damaged")
	for _, about := range []string{"<x>", "../../x", "9.9.9"} {
		v.post("/remarks", "text", "kept here", "about", about).wants(t, 422, "Please choose what the remark is about", "kept here")
	}
	v.post("/remarks", "text", "🙂 2.1", "about", "2.1").wants(t, 303)
	entries, _, _ := d.Remarks.Entries()
	if len(entries) != 1 {
		t.Fatalf("%d are kept", len(entries))
	}
	amira := visit()
	amira.signIn("amira").wants(t, 303)
	at := "/moderation/" + entries[0].ID
	amira.post(at, "state", "zzz").wants(t, 422, "published or hidden")
	amira.post(at, "state", "published", "text", "\u200b").wants(t, 422, "The wording is empty")
	amira.post(at, "response", "\xff").wants(t, 422, "damaged")
	if after, _, _ := d.Remarks.Entries(); len(after[0].Changes) > 0 {
		t.Errorf("%+v", after[0])
	}
}

// A book that cannot be written to keeps nobody's text from them.
func TestRemarksCannotBeKept(t *testing.T) {
	var log strings.Builder
	d, visit := standing(t, func(d *Dashboard) { d.Log = slogTo(&log) })
	if err := os.Mkdir(d.Remarks.path, 0o755); err != nil { // no file can be written there
		t.Fatal(err)
	}
	visit().post("/remarks", "text", "a long thought").wants(t, 503, "Remarks cannot be kept now", "a long thought", `action="/remarks"`)
	if !strings.Contains(log.String(), "keep a remark") {
		t.Errorf("the log has %q", log.String())
	}
}

// Members at one address have turns of their own.
func TestRemarksTakeTheMembersTurns(t *testing.T) {
	_, visit := standing(t, nil)
	amira, ben := visit(), visit()
	amira.signIn("amira").wants(t, 303)
	ben.signIn("ben").wants(t, 303)
	for range 10 {
		amira.post("/remarks", "text", "again").wants(t, 303)
	}
	amira.post("/remarks", "text", "again").wants(t, 429, "You left many remarks")
	ben.post("/remarks", "text", "first").wants(t, 303)
}

// A line that a stopped program left is told in the log, once.
func TestTornLineIsLogged(t *testing.T) {
	var log strings.Builder
	d, visit := standing(t, func(d *Dashboard) {
		d.Log = slogTo(&log)
		if err := os.WriteFile(d.Remarks.path, []byte(`{"id":"r1","event":"left","te`), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	v := visit()
	for range 3 {
		v.get("/remarks").wants(t, 200)
	}
	v.leave("after it")
	d.Remarks.Entries()
	if told := log.String(); strings.Count(told, "feedback.jsonl:1:") != 1 {
		t.Errorf("the log has %q", told)
	}
}

// Caches are told once what an answer depends on.
func TestVaryOnce(t *testing.T) {
	_, visit := standing(t, nil)
	if vary := visit().get("/").Header.Values("Vary"); strings.Join(vary, ", ") != "Cookie, Accept-Encoding" {
		t.Errorf("%q", vary)
	}
}
