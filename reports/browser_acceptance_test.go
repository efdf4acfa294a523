//go:build acceptance

package reports

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// browser is a Chromium that is told what to do over a pipe, in the DevTools
// protocol: JSON messages that end in a zero byte.
type browser struct {
	t       *testing.T
	in      io.WriteCloser
	out     *bufio.Reader
	session string
	next    int
	console []string // what the page wrote or threw
	network []string // what the page asked for, but for itself
}

type message struct {
	ID        int             `json:"id,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// startBrowser starts Chromium with an empty profile and one blank page.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	theirIn, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "pediment-browser")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(context.Background(), "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	command.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirIn.Close()
	theirOut.Close()
	b := &browser{t: t, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() { b.close(command, profile) })
	b.attach()
	return b
}

// close ends the browser. Its helpers may write a little longer than it lives,
// so the profile is removed when they let go of it.
func (b *browser) close(command *exec.Cmd, profile string) {
	if _, err := b.in.Write([]byte(`{"id":0,"method":"Browser.close"}` + "\x00")); err != nil {
		b.t.Error(err)
	}
	for {
		if _, err := b.out.ReadBytes(0); err != nil {
			break
		}
	}
	_ = command.Wait() // how it ended says nothing about the page
	for range 40 {
		if os.RemoveAll(profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// attach takes hold of the blank page and has it report what it does.
func (b *browser) attach() {
	var target struct {
		TargetID string `json:"targetId"`
	}
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		SessionID string `json:"sessionId"`
	}
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
}

// call sends a command and waits for its answer, noting events on the way.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	b.next++
	id := b.next
	request := map[string]any{"id": id, "method": method}
	if params != nil {
		request["params"] = params
	}
	if b.session != "" {
		request["sessionId"] = b.session
	}
	data, err := json.Marshal(request)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(data, 0)); err != nil {
		b.t.Fatal(err)
	}
	for {
		m, err := b.read()
		if err != nil {
			b.t.Fatalf("%s: %v", method, err)
		}
		if m.ID != id {
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
		return
	}
}

func (b *browser) read() (message, error) {
	var m message
	data, err := b.out.ReadBytes(0)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data[:len(data)-1], &m); err != nil {
		return m, err
	}
	b.note(m)
	return m, nil
}

// note remembers what the page complains about and asks for.
func (b *browser) note(m message) {
	switch m.Method {
	case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
		b.console = append(b.console, string(m.Params))
	case "Network.requestWillBeSent":
		var event struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		}
		if err := json.Unmarshal(m.Params, &event); err != nil {
			b.t.Error(err)
		}
		if !strings.HasPrefix(event.Request.URL, "file:") {
			b.network = append(b.network, event.Request.URL)
		}
	}
}

// open shows the file on a screen of the given width.
func (b *browser) open(path string, width int) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}, nil)
	b.call("Page.navigate", map[string]any{"url": "file://" + path}, nil)
	for start := time.Now(); b.eval("document.readyState") != "complete"; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			b.t.Fatal("the page does not load")
		}
	}
}

// eval runs a script in the page and returns what it gives as text.
func (b *browser) eval(script string) string {
	b.t.Helper()
	var answer struct {
		Result struct {
			Value any `json:"value"`
		} `json:"result"`
	}
	b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &answer)
	return fmt.Sprint(answer.Result.Value)
}

// readThrough scrolls to the end as a reader does, so that every chart draws.
func (b *browser) readThrough() {
	b.eval(`(async () => { for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
		window.scrollTo({top: y, behavior: "instant"}); await new Promise(r => setTimeout(r, 40)); } })()`)
}

// pdf prints the page on A4 and returns the file.
func (b *browser) pdf() []byte {
	var answer struct {
		Data string `json:"data"`
	}
	b.call("Page.printToPDF", map[string]any{"printBackground": true, "preferCSSPageSize": true}, &answer)
	data, err := base64.StdEncoding.DecodeString(answer.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	return data
}

// quiet fails the test when the page complained or asked for anything.
func (b *browser) quiet() {
	b.t.Helper()
	for _, line := range b.console {
		b.t.Errorf("console: %s", line)
	}
	for _, url := range b.network {
		b.t.Errorf("the page asked for %s", url)
	}
}

// file writes the page to disk.
func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
