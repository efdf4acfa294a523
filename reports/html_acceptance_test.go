//go:build acceptance

package reports

import (
	"bytes"
	"testing"
)

// On a wide screen and on a phone every chart draws itself, nothing is fetched,
// nothing is wider than the screen, and hostile text does nothing.
func TestPageInBrowser(t *testing.T) {
	b := startBrowser(t)
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": hostileReport()} {
		path := file(t, "report.html", print(t, HTML, r))
		for _, width := range []int{1200, 390} {
			b.open(path, width)
			b.eval(`document.querySelectorAll("details.more").forEach(d => d.open = true)`)
			b.readThrough()
			if got := b.eval("document.title"); got != r.Title {
				t.Errorf("%s at %d: the title became %q", name, width, got)
			}
			if got := b.eval(`document.querySelectorAll(".chart").length - document.querySelectorAll(".chart svg").length`); got != "0" {
				t.Errorf("%s at %d: %s charts are not drawn", name, width, got)
			}
			if got := b.eval(`document.querySelectorAll("img, .chart svg script").length`); got != "0" {
				t.Errorf("%s at %d: %s elements came from text", name, width, got)
			}
			if got := b.eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); got != "0" {
				t.Errorf("%s at %d: the page is %s px too wide", name, width, got)
			}
			if got := b.eval(`[...document.querySelectorAll("details.data:not(.areas, .more)")].filter(d => d.open).length`); got != "0" {
				t.Errorf("%s at %d: %s tables are still open", name, width, got)
			}
		}
	}
	b.quiet()
}

// The check sees a page that does what ours must not.
func TestBrowserSeesALeak(t *testing.T) {
	b := startBrowser(t)
	b.open(file(t, "leak.html", []byte(`<img src="http://leak.invalid/x.png"><script>console.error("oh")</script>`)), 390)
	if len(b.network) == 0 || len(b.console) == 0 {
		t.Errorf("of a leaking page was seen: network %q, console %q", b.network, b.console)
	}
}

// On paper every chart is drawn, although nobody scrolled to it.
func TestPagePrints(t *testing.T) {
	b := startBrowser(t)
	b.open(file(t, "report.html", print(t, HTML, exampleReport())), 1200)
	if pdf := b.pdf(); !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Error("no PDF")
	}
	if got := b.eval(`[...document.querySelectorAll(".pictures .chart")].filter(c => c.clientWidth > 0 && !c.querySelector("svg")).length`); got != "0" {
		t.Errorf("%s charts are not drawn", got)
	}
	b.quiet()
}

// Without scripts the tables stand open and no empty frame is left.
func TestPageWithoutScripts(t *testing.T) {
	b := startBrowser(t)
	b.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
	b.open(file(t, "report.html", print(t, HTML, exampleReport())), 1200)
	if got := b.eval(`[...document.querySelectorAll("details.data")].filter(d => !d.open).length`); got != "0" {
		t.Errorf("%s tables are closed", got)
	}
	if got := b.eval(`[...document.querySelectorAll(".chart")].filter(c => c.offsetHeight > 0).length`); got != "0" {
		t.Errorf("%s empty frames are shown", got)
	}
	b.quiet()
}
