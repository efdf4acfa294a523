package reports

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Site says how a dashboard is reached.
type Site struct {
	Hosts   []string       // names it may be asked for by, besides those of this machine alone
	Proxies []netip.Prefix // reverse proxies that speak TLS for it; what they say of who asks is believed
}

// knows reports whether a request asks for a name of the site. Any other name was
// made to lead here by somebody whose own pages would then read ours. An address is
// known when it is the one that was asked.
func (s Site) knows(r *http.Request) bool {
	host := strings.ToLower(hostName(r.Host))
	if host == "localhost" || slices.ContainsFunc(s.Hosts, func(name string) bool { return strings.EqualFold(name, host) }) {
		return true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return address.IsLoopback() || ok && peerAddress(local.String()) == address.Unmap()
}

// hostName is a host without its port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.Trim(host, "[]"), ".")
}

// address is where a request comes from: the peer's address, or what a declared
// proxy says it is. Of IPv6 the network of 64 bits counts, since one machine may take
// any address in it.
func (s Site) address(r *http.Request) string {
	peer := peerAddress(r.RemoteAddr)
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for k := len(forwarded) - 1; k >= 0 && s.proxied(peer); k-- {
		next, err := netip.ParseAddr(strings.TrimSpace(forwarded[k]))
		if err != nil {
			break
		}
		peer = next.Unmap()
	}
	if peer.Is6() {
		network, _ := peer.WithZone("").Prefix(64) // 64 bits fit
		return network.String()
	}
	return peer.String()
}

// proxied reports whether an address is a declared proxy's.
func (s Site) proxied(peer netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(peer) })
}

// peerAddress is the address of a peer given with its port; the zero address where
// there is none.
func peerAddress(remote string) netip.Addr {
	address, err := netip.ParseAddr(hostName(remote))
	if err != nil {
		return netip.Addr{}
	}
	return address.Unmap()
}
