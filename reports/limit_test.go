package reports

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimit(time.Minute, 3)
		for k := range 3 {
			if left := l.wait("a"); left != 0 {
				t.Errorf("turn %d waits %v", k+1, left)
			}
		}
		for range 5 { // asking in vain makes nobody wait longer
			if left := l.wait("a"); left <= 59*time.Second || left > time.Minute {
				t.Errorf("the fourth turn waits %v", left)
			}
		}
		if l.wait("b") != 0 {
			t.Error("another asker waits")
		}
		time.Sleep(time.Minute)
		if l.wait("a") != 0 || l.wait("a") == 0 {
			t.Error("a minute does not bring one turn")
		}
	})
}

// A turn that is given back can be taken again, and none beyond those there are.
func TestLimitGivesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimit(time.Minute, 2)
		for k := range 10 {
			if l.wait("a") != 0 {
				t.Fatalf("turn %d is refused", k+1)
			}
			l.giveBack("a")
		}
		l.giveBack("a")
		for k, free := range []bool{true, true, false} {
			if (l.wait("a") == 0) != free {
				t.Errorf("of two turns, turn %d is free: %v", k+1, !free)
			}
		}
	})
}

// Many askers do not take more and more memory, and somebody who asks now is not
// forgotten for them.
func TestLimitForgets(t *testing.T) {
	l := newLimit(time.Hour, 1)
	l.most = 100
	l.wait("busy")
	for k := range 10_000 {
		l.wait(fmt.Sprint(k))
		if k%50 == 0 && l.wait("busy") == 0 {
			t.Fatalf("forgotten after %d others", k)
		}
	}
	if n := len(l.young) + len(l.old); n > 200 {
		t.Errorf("%d askers are kept", n)
	}
}

func TestSiteKnows(t *testing.T) {
	s := Site{Hosts: []string{"Dashboard.example.org"}}
	for host, want := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST.": true, "127.0.0.1:8080": true, "[::1]:8080": true, "127.9.9.9": true,
		"dashboard.example.org": true, "dashboard.example.org:443": true, "192.0.2.7:8080": true,
		"192.0.2.8": false, "evil.example": false, "localhost.evil.example": false, "dashboard.example.org.evil": false, "": false, "[": false, "127.0.0.1.nip.io": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("192.0.2.7"), Port: 8080}))
		r.Host = host
		if got := s.knows(r); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

// Only a declared proxy is believed, and only what it added itself.
func TestSiteAddress(t *testing.T) {
	s := Site{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.1.0.0/16")}}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"198.51.100.4:999", "203.0.113.9", "198.51.100.4"},
		{"127.0.0.1:999", "203.0.113.9", "203.0.113.9"},
		{"127.0.0.1:999", "1.1.1.1, 203.0.113.9", "203.0.113.9"},
		{"127.0.0.1:999", "203.0.113.9, 10.1.2.3", "203.0.113.9"},
		{"127.0.0.1:999", "nonsense", "127.0.0.1"},
		{"127.0.0.1:999", "", "127.0.0.1"},
		{"[2001:db8:1:2:3:4:5:6]:999", "", "2001:db8:1:2::/64"},
		{"[::ffff:198.51.100.4]:999", "", "198.51.100.4"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("%s forwarded for %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
