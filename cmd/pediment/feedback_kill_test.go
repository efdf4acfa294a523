package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pediment/reports"
)

// TestNoAcknowledgedRemarkIsLost kills a dashboard while many people leave remarks,
// again and again: every remark that was acknowledged is in the book, whole and once.
func TestNoAcknowledgedRemarkIsLost(t *testing.T) {
	dir := servedCity(t)
	acknowledged := map[string]string{} // text by id
	for round := range 5 {
		d := startServing(t, dir, "--open-feedback", "-q")
		before := len(acknowledged)
		crowd := newCrowd(d.base, round)
		crowd.post(acknowledged, func() {
			time.Sleep(time.Duration(100+rand.IntN(500)) * time.Millisecond)
			d.end(syscall.SIGKILL)
		})
		if len(acknowledged) == before {
			t.Errorf("round %d: nothing was acknowledged before the end\n%s", round, d.told)
		}
		kept := map[string]string{}
		entries, _, err := reports.OpenRemarks(filepath.Join(dir, remarksFile)).Entries()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if kept[e.ID] != "" {
				t.Errorf("%s is there twice", e.ID)
			}
			kept[e.ID] = e.Text
		}
		for id, text := range acknowledged {
			if kept[id] != text {
				t.Fatalf("round %d: %s was acknowledged as %q and is kept as %q", round, id, text, kept[id])
			}
		}
	}
	t.Logf("%d remarks were acknowledged", len(acknowledged))
}

// crowd are people at many addresses of this machine, so that no limit stops them.
type crowd struct {
	base  string
	round int
	next  atomic.Int64
}

func newCrowd(base string, round int) *crowd { return &crowd{base: base, round: round} }

// post leaves remarks from everywhere until kill has ended the dashboard, and notes
// which were acknowledged.
func (c *crowd) post(acknowledged map[string]string, kill func()) {
	var mu sync.Mutex
	var all sync.WaitGroup
	over := make(chan struct{})
	for range 16 {
		all.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				text := fmt.Sprintf("remark %d of round %d %s", c.next.Add(1), c.round, strings.Repeat("long ", rand.IntN(300)))
				if id := c.leave(strings.TrimSpace(text)); id != "" {
					mu.Lock()
					acknowledged[id] = strings.TrimSpace(text)
					mu.Unlock()
				}
			}
		})
	}
	kill()
	close(over)
	all.Wait()
}

// leave leaves a remark from an address nobody used before and gives the id it was
// acknowledged with, "" when it was not.
func (c *crowd) leave(text string) string {
	n := c.next.Add(1)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(1+c.round), byte(n>>8), byte(n))}}
	client := http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, address)
		}},
	}
	r, err := client.PostForm(c.base+"/remarks", url.Values{"text": {text}, "who": {"resident"}})
	if err != nil {
		return ""
	}
	r.Body.Close()
	if r.StatusCode != http.StatusSeeOther {
		return ""
	}
	to, _ := url.Parse(r.Header.Get("Location"))
	return to.Query().Get("left")
}
