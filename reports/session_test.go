package reports

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/time/rate"
)

// visitor is somebody with a browser.
type visitor struct {
	t *testing.T
	*http.Client
	base string
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

func (v visitor) send(r *http.Request) answer {
	v.t.Helper()
	response, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer{response, string(body)}
}

func (v visitor) get(path string) answer {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.base+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.send(r)
}

// post sends a form, given as name, value, name, value, as a page of its own would.
func (v visitor) post(path string, fields ...string) answer {
	v.t.Helper()
	form := url.Values{}
	for k := 0; k < len(fields); k += 2 {
		form.Set(fields[k], fields[k+1])
	}
	r, err := http.NewRequest(http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.base)
	return v.send(r)
}

func (v visitor) signIn(name string) answer {
	v.t.Helper()
	return v.post("/sign-in", "name", name, "password", goodPassword)
}

// cookies are the session cookies the browser holds.
func (v visitor) cookies() []*http.Cookie {
	u, _ := url.Parse(v.base)
	return v.Jar.Cookies(u)
}

// standing is a dashboard of the example report with the accounts amira (evaluator),
// ben (viewer) and fay (finance), and a book of remarks. change may alter it first.
func standing(t *testing.T, change func(*Dashboard)) (d *Dashboard, newVisitor func() visitor) {
	t.Helper()
	dir := t.TempDir()
	frozen, err := Freeze(exampleReport())
	if err != nil {
		t.Fatal(err)
	}
	secret := exampleReport()
	secret.Edition = Internal
	inside, err := Freeze(secret)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := OpenAccounts(filepath.Join(dir, "users.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	addAccount(t, accounts, "amira", Evaluator)
	addAccount(t, accounts, "ben", Viewer)
	d = &Dashboard{
		Public: func() *Frozen { return frozen }, Internal: func() *Frozen { return inside },
		Accounts: accounts, Remarks: OpenRemarks(filepath.Join(dir, "feedback.jsonl")), Open: true,
	}
	if change != nil {
		change(d)
	}
	server := httptest.NewServer(d.Handler())
	t.Cleanup(server.Close)
	return d, func() visitor {
		jar, _ := cookiejar.New(nil)
		client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		return visitor{t, client, server.URL}
	}
}

func (a answer) wants(t *testing.T, status int, parts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s %s: %d, want %d", a.Request.Method, a.Request.URL, a.StatusCode, status)
	}
	for _, part := range parts {
		if !strings.Contains(a.body, part) {
			t.Errorf("%s %s lacks %q:\n%.600s", a.Request.Method, a.Request.URL, part, a.body)
		}
	}
}

const internalLine = "Internal edition: not for publication"

func TestSignInAndOut(t *testing.T) {
	_, visit := standing(t, nil)
	v := visit()
	if a := v.get("/"); strings.Contains(a.body, internalLine) || len(v.cookies()) != 0 {
		t.Errorf("before signing in there are %d cookies", len(v.cookies()))
	}
	v.post("/sign-in", "name", "amira", "password", "wrong").wants(t, 401, "The name or the password is not right.", `value="amira"`)
	v.post("/sign-in", "name", "nobody</script>", "password", "wrong").wants(t, 401, "The name or the password is not right.", "nobody&lt;/script&gt;")
	a := v.post("/sign-in", "name", "amira", "password", goodPassword, "to", "/areas?x=1")
	a.wants(t, 303)
	if to := a.Header.Get("Location"); to != "/areas?x=1" {
		t.Errorf("sent to %q", to)
	}
	set := a.Header.Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, part) {
			t.Errorf("the cookie %q lacks %s", set, part)
		}
	}
	if strings.Contains(set, "Secure") || strings.Contains(set, "Expires") {
		t.Errorf("the cookie is %q", set)
	}
	a = v.get("/")
	a.wants(t, 200, internalLine, "amira")
	if cache := a.Header.Get("Cache-Control"); !strings.Contains(cache, "no-store") {
		t.Errorf("an internal page may be cached: %q", cache)
	}
	held := v.cookies()
	v.post("/sign-out").wants(t, 303)
	if a := v.get("/"); strings.Contains(a.body, internalLine) {
		t.Error("still signed in")
	}
	replay, _ := http.NewRequest(http.MethodGet, v.base+"/", nil)
	replay.AddCookie(held[0])
	if a := visit().send(replay); strings.Contains(a.body, internalLine) {
		t.Error("the cookie of a session that ended still works")
	}
}

// A token that was planted before signing in is worth nothing afterwards, and one is
// as good as none before.
func TestSessionFixation(t *testing.T) {
	_, visit := standing(t, nil)
	v := visit()
	u, _ := url.Parse(v.base)
	planted := &http.Cookie{Name: "pediment", Value: strings.Repeat("A", 43), Path: "/"}
	v.Jar.SetCookies(u, []*http.Cookie{planted})
	v.signIn("ben").wants(t, 303)
	first := v.cookies()[0].Value
	if first == planted.Value {
		t.Fatal("the planted token is the session's")
	}
	r, _ := http.NewRequest(http.MethodGet, v.base+"/", nil)
	r.AddCookie(planted)
	if a := visit().send(r); strings.Contains(a.body, internalLine) {
		t.Error("the planted token is signed in")
	}
	v.signIn("amira").wants(t, 303)
	if v.cookies()[0].Value == first {
		t.Error("signing in as somebody else kept the token")
	}
	r, _ = http.NewRequest(http.MethodGet, v.base+"/", nil)
	r.AddCookie(&http.Cookie{Name: "pediment", Value: first})
	if a := visit().send(r); strings.Contains(a.body, internalLine) {
		t.Error("the token from before still works")
	}
}

// Whoever is removed, or gets another password or role, is out at once; and so is
// everybody while the file cannot be read.
func TestAccountsEndSessions(t *testing.T) {
	d, visit := standing(t, nil)
	for name, end := range map[string]func() error{
		"password": func() error { return d.Accounts.Add("amira", Evaluator, goodPassword+" more") },
		"role":     func() error { return d.Accounts.Add("amira", Viewer, goodPassword) },
		"damage":   func() error { return os.WriteFile(d.Accounts.path, []byte("users: ["), 0o600) },
		"removed":  func() error { return d.Accounts.Remove("amira") },
	} {
		os.Remove(d.Accounts.path)
		addAccount(t, d.Accounts, "amira", Evaluator)
		v := visit()
		v.signIn("amira").wants(t, 303)
		v.get("/").wants(t, 200, internalLine)
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if a := v.get("/"); strings.Contains(a.body, internalLine) {
			t.Errorf("%s: still signed in", name)
		}
	}
}

func TestOwnPath(t *testing.T) {
	for to, want := range map[string]string{
		"": "/", "/areas": "/areas", "/view?code=2.1&by=sex#x": "/view?code=2.1&by=sex#x",
		"//evil.example": "/", `/\evil.example`: "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "areas": "/",
		"/sign-out": "/", "/sign-out?x=1": "/", "/x/../sign-out": "/", "/sign-in": "/",
		"/%2f/evil.example": "/", "/\t/evil.example": "/", "http:///x": "/", "///x": "/", "/a\r\nSet-Cookie: x=1": "/",
	} {
		if got := ownPath(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}

// Another site can neither post here nor make its own name lead here.
func TestForeignRequests(t *testing.T) {
	d, visit := standing(t, nil)
	v := visit()
	v.signIn("amira").wants(t, 303)
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		r, _ := http.NewRequest(http.MethodPost, v.base+"/remarks", strings.NewReader("text=forged"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(header[0], header[1])
		v.send(r).wants(t, 403)
	}
	if entries, _, _ := d.Remarks.Entries(); len(entries) != 0 {
		t.Errorf("%d forged remarks are kept", len(entries))
	}
	for _, host := range []string{"evil.example", "localhost.evil.example:80"} {
		r, _ := http.NewRequest(http.MethodGet, v.base+"/", nil)
		r.Host = host
		a := v.send(r)
		a.wants(t, 421, "not known under that name")
		if strings.Contains(a.body, "Riverbend") {
			t.Error("a foreign host reads the report")
		}
	}
}

func TestTooManySignIns(t *testing.T) {
	_, visit := standing(t, nil)
	v := visit()
	codes := map[int]int{}
	for range 12 {
		a := v.post("/sign-in", "name", "amira", "password", "wrong wrong wrong")
		codes[a.StatusCode]++
		if a.StatusCode == 429 {
			a.wants(t, 429, "Please try again in")
			if a.Header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		}
	}
	if codes[401] != 8 || codes[429] != 4 {
		t.Errorf("of 12 wrong passwords: %v", codes)
	}
	v.signIn("amira").wants(t, 429) // the right one waits as well
	v.signIn("ben").wants(t, 303)
	for k := range 20 {
		if a := v.post("/sign-in", "name", strings.Repeat("x", k+1), "password", "wrong"); a.StatusCode == 429 {
			return
		}
	}
	t.Error("one address may try any number of accounts")
}

// from is a browser at another address behind the proxy of the test.
func (v visitor) from(address, name, password string) answer {
	v.t.Helper()
	form := url.Values{"name": {name}, "password": {password}}
	r, _ := http.NewRequest(http.MethodPost, v.base+"/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", address)
	return v.send(r)
}

func behindProxy(d *Dashboard) {
	d.Site = Site{Hosts: []string{"city.example"}, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
}

// Strangers lock nobody out who is elsewhere, right passwords cost no turn, and the
// work of all strangers together is bounded.
func TestNobodyIsLockedOut(t *testing.T) {
	d, visit := standing(t, behindProxy)
	v := visit()
	for k := range 30 {
		v.from(fmt.Sprintf("203.0.113.%d", k), "amira", "wrong wrong wrong").wants(t, 401)
	}
	for range 30 {
		v.from("198.51.100.7", "amira", goodPassword).wants(t, 303)
	}
	d.guard.strangers.burst = 0 // as when they have used all their turns
	d.guard.strangers.askers = newAskers[*rate.Limiter]()
	v.from("203.0.113.200", "amira", "wrong wrong wrong").wants(t, 429, "Too many wrong passwords")
	v.from("198.51.100.7", "amira", goodPassword).wants(t, 303)
}

// A fault of the file of accounts is told in the log, once, and to no reader.
func TestFaultyAccountsAreLogged(t *testing.T) {
	var log strings.Builder
	d, visit := standing(t, func(d *Dashboard) { d.Log = slogTo(&log) })
	v := visit()
	good, err := os.ReadFile(d.Accounts.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.Accounts.path, append(good, "  : : bad\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		a := v.signIn("amira")
		a.wants(t, 503, "Nobody can sign in at the moment")
		if strings.Contains(a.body, "users.yaml") {
			t.Error("a reader is told of the file")
		}
	}
	if told := log.String(); strings.Count(told, "users.yaml:") != 1 {
		t.Errorf("the log has %q", told)
	}
	if err := os.WriteFile(d.Accounts.path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(d.Accounts.path, 0o644); err != nil {
		t.Fatal(err)
	}
	v.signIn("amira").wants(t, 503)
	if told := log.String(); !strings.Contains(told, "mode 0644") || !strings.Contains(told, "chmod 600 users.yaml") || strings.Contains(told, "argon2id") {
		t.Errorf("the log has %q", told)
	}
}

// Pages that stand ready are not limited, whoever asks from where.
func TestPagesAreNotLimited(t *testing.T) {
	_, visit := standing(t, nil)
	v := visit()
	for range 500 {
		if a := v.get("/"); a.StatusCode != 200 {
			t.Fatalf("%d", a.StatusCode)
		}
	}
}

func TestBehindProxy(t *testing.T) {
	_, visit := standing(t, behindProxy)
	v := visit()
	set := v.signIn("ben").Header.Get("Set-Cookie")
	if !strings.HasPrefix(set, "__Host-pediment=") || !strings.Contains(set, "Secure") {
		t.Errorf("the cookie is %q", set)
	}
}

func TestTooMuchText(t *testing.T) {
	_, visit := standing(t, nil)
	a := visit().post("/remarks", "text", strings.Repeat("x", mostText))
	if a.StatusCode != 413 {
		t.Errorf("%d: %.300s", a.StatusCode, a.body)
	}
}

// A fault inside is answered and noted, and the next reader notices nothing.
func TestPanic(t *testing.T) {
	var log strings.Builder
	_, visit := standing(t, func(d *Dashboard) {
		public := d.Public
		first := true
		d.Public = func() *Frozen {
			if first {
				first = false
				panic("inside secret")
			}
			return public()
		}
		d.Log = slogTo(&log)
	})
	v := visit()
	a := v.get("/areas")
	a.wants(t, 500, "Something went wrong on our side")
	if strings.Contains(a.body, "secret") || !strings.Contains(log.String(), "inside secret") || !strings.Contains(log.String(), "session_test.go") {
		t.Errorf("told %q, noted %q", a.body, log.String())
	}
	v.get("/areas").wants(t, 200)
}
