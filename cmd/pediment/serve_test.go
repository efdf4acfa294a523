package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const servedPassword = "four plain words here"

// servedCity writes a small city that says how many enrolled.
func servedCity(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"pediment.yaml":       "city: Testville\nreport: {period: \"2025\"}\ndatasets:\n  courses:\n    kind: participation\n    files: data/courses.csv\n    columns:\n      period: {type: period, from: year}\n      persons: {type: integer}\n",
		"indicators/own.yaml": "- {code: own.1, name: Enrolments, kind: total, numerator: {dataset: courses, value: persons}, unit: enrolments, better: higher}\n",
		"data/courses.csv":    "year,persons\n2024,4001\n2025,4321\n",
	} {
		writeCityFile(t, dir, name, text)
	}
	for name, role := range map[string]string{"amira": "evaluator", "ben": "viewer"} {
		cmd := exec.Command("pediment", "-C", dir, "user", "add", name, "--role", role, "-q")
		cmd.Stdin = strings.NewReader(servedPassword + "\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("user add: %v: %s", err, out)
		}
	}
	return dir
}

func writeCityFile(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dashboard is a pediment serve that runs as a process of its own.
type dashboard struct {
	t    *testing.T
	cmd  *exec.Cmd
	base string
	told *errorStream
}

// errorStream is what the process wrote to its error stream.
type errorStream struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *errorStream) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(text)
}

func (s *errorStream) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// startServing starts a dashboard on a free port and waits until it is ready.
func startServing(t *testing.T, dir string, flags ...string) *dashboard {
	t.Helper()
	d := &dashboard{t: t, told: &errorStream{}}
	d.cmd = exec.Command("pediment", append([]string{"-C", dir, "serve", "--listen", "127.0.0.1:0"}, flags...)...)
	d.cmd.Stderr = d.told
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.cmd.Process.Kill(); d.cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it did not begin: %v\n%s", err, d.told)
	}
	d.base = strings.TrimSpace(line)
	return d
}

// end asks the process to end and gives its exit code.
func (d *dashboard) end(signal os.Signal) int {
	d.t.Helper()
	if err := d.cmd.Process.Signal(signal); err != nil {
		d.t.Fatal(err)
	}
	d.cmd.Wait()
	return d.cmd.ProcessState.ExitCode()
}

// reader is a browser that shows pages of a dashboard.
func (d *dashboard) reader() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, Timeout: time.Minute}
}

// signedIn is a reader with an account.
func (d *dashboard) signedIn(name string) *http.Client {
	d.t.Helper()
	reader := d.reader()
	r, err := reader.PostForm(d.base+"/sign-in", url.Values{"name": {name}, "password": {servedPassword}})
	if err != nil {
		d.t.Fatal(err)
	}
	r.Body.Close()
	return reader
}

// page is what a reader sees at a path.
func (d *dashboard) page(reader *http.Client, path string) string {
	d.t.Helper()
	r, err := reader.Get(d.base + path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(body)
}

// shows waits until a reader sees a text.
func (d *dashboard) shows(reader *http.Client, path, text string) {
	d.t.Helper()
	var page string
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(200 * time.Millisecond) {
		if page = d.page(reader, path); strings.Contains(page, text) {
			return
		}
	}
	d.t.Fatalf("%s does not show %q:\n%s\n%s", path, text, page, d.told)
}

// never sees that a reader does not see a text.
func (d *dashboard) never(reader *http.Client, path, text string) {
	d.t.Helper()
	if page := d.page(reader, path); strings.Contains(page, text) {
		d.t.Errorf("%s shows %q:\n%s", path, text, page)
	}
}

const figurePage = "/indicator/own.1"

// What another process loads is shown without a restart; while a file holds a
// mistake the pages stay and say so to those who are signed in; the warehouse can be
// loaded all the while.
func TestServeKeepsUp(t *testing.T) {
	dir := servedCity(t)
	d := startServing(t, dir)
	reader, ben := d.reader(), d.signedIn("ben")
	d.shows(reader, figurePage, "4,321")
	d.shows(reader, "/", "has not been published yet")

	writeCityFile(t, dir, "data/courses.csv", "year,persons\n2024,4001\n2025,5432\n")
	pediment(t, dir, "load", "-q")
	d.shows(reader, figurePage, "5,432")
	d.shows(ben, figurePage, "5,432")

	writeCityFile(t, dir, "indicators/own.yaml", "- {code: own.1, name: Enrolments, kind: total, numerator: {dataset: curses, value: persons}, unit: enrolments, better: higher}\n")
	d.shows(ben, figurePage, "Later files are not in these figures yet")
	d.shows(ben, figurePage, "indicators/own.yaml:1")
	d.shows(ben, figurePage, "5,432")
	d.shows(reader, figurePage, "5,432")
	d.never(reader, figurePage, "indicators/own.yaml:1")
	if !strings.Contains(d.told.String(), "The pages stay as they were:\nindicators/own.yaml:1") {
		t.Errorf("told %s", d.told)
	}

	writeCityFile(t, dir, "indicators/own.yaml", "- {code: own.1, name: Learners enrolled, kind: total, numerator: {dataset: courses, value: persons}, unit: enrolments, better: higher}\n")
	d.shows(reader, figurePage, "Learners enrolled")
	d.never(ben, figurePage, "Later files")

	pediment(t, dir, "user", "remove", "ben", "-q")
	d.never(ben, figurePage, "not for publication")
	if code := d.end(syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d\n%s", code, d.told)
	}
}

// Readers without an account see what was published last, whatever was loaded since;
// a publication that was damaged is not replaced by something else.
func TestServeShowsWhatWasPublished(t *testing.T) {
	dir := servedCity(t)
	pediment(t, dir, "publish", "--date", "2026-01-31", "-q")
	writeCityFile(t, dir, "data/courses.csv", "year,persons\n2024,4001\n2025,5432\n")
	d := startServing(t, dir)
	reader, ben := d.reader(), d.signedIn("ben")
	d.shows(ben, figurePage, "5,432")
	d.shows(reader, figurePage, "4,321")
	d.never(reader, figurePage, "5,432")
	d.never(reader, "/", "not been published")
	const explained = "/explain/own.1"
	d.shows(ben, explained, "5,432")
	d.shows(reader, explained, "The data have changed since this report was published")
	d.never(reader, explained, "5,432")

	pediment(t, dir, "publish", "--date", "2026-06-30", "-q")
	d.shows(reader, figurePage, "5,432")
	d.shows(reader, explained, "5,432")
	writeCityFile(t, dir, "data/courses.csv", "year,persons\n2024,4002\n2025,6543\n")
	d.never(reader, explained, "6,543") // before it is loaded
	pediment(t, dir, "load", "-q")
	d.shows(ben, explained, "6,543")
	d.never(reader, explained, "6,543")
	d.never(reader, explained, "4,002")
	writeCityFile(t, dir, "data/courses.csv", "year,persons\n2024,4001\n2025,5432\n")
	pediment(t, dir, "load", "-q")
	d.shows(ben, figurePage, "5,432")
	if code := d.end(os.Interrupt); code != exitDone {
		t.Errorf("exit code %d", code)
	}

	second := filepath.Join(dir, "ledger", "0002-2025.report.gz")
	whole, err := os.ReadFile(second)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "empty": nil} {
		if err := os.WriteFile(second, data, 0o644); err != nil {
			t.Fatal(err)
		}
		d := startServing(t, dir)
		d.shows(d.reader(), "/", "The published report cannot be shown at the moment")
		d.shows(d.signedIn("ben"), figurePage, "ledger/0002-2025.report.gz: the published report is missing, or not the one that was written on 2026-06-30")
		pediment(t, dir, "publish", "--date", "2026-06-30", "-q") // from the same inputs
		d.shows(d.reader(), figurePage, "5,432")
		if again, _ := os.ReadFile(second); !bytes.Equal(again, whole) {
			t.Errorf("%s: what was brought back is another report", name)
		}
		d.end(syscall.SIGTERM)
	}
}

// Beyond this machine nothing is shown to strangers before it was published.
func TestServeOthersNothingUnpublished(t *testing.T) {
	dir := servedCity(t)
	d := startServing(t, dir, "--behind-proxy", "127.0.0.1", "--host", "city.example")
	d.shows(d.reader(), "/", "No report has been published yet")
	d.shows(d.reader(), "/", "Sign in")
	for _, path := range []string{"/", "/areas", figurePage, "/downloads", "/remarks", "/search?q=Enrol", "/data"} {
		d.never(d.reader(), path, "4,321")
		d.never(d.reader(), path, "Enrolments")
	}
}

func TestServePortTaken(t *testing.T) {
	dir := servedCity(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	out, err := exec.Command("pediment", "-C", dir, "serve", "--listen", taken.Addr().String()).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "another program listens on "+taken.Addr().String()+" already (end it, or take another port") {
		t.Errorf("%v: %s", err, out)
	}
}
