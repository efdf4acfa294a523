package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/reports"
)

const serveHelp = `Serves the report as pages on this machine, at the address it prints. Readers without
an account see what was published last, whatever was loaded since; while nothing was
published, on this machine a preview of the public edition. Readers who sign in see the
internal edition, filter it and leave remarks; make accounts with: pediment user add.

What changes in the city's folder is taken over without a restart: load while it
serves. While a file holds a mistake, the pages stay as they were and say so.

To let others in, put a reverse proxy with TLS before it (nginx, Caddy):

  pediment serve --behind-proxy 127.0.0.1 --host dashboard.example.org

The proxy hands on the Host header and sets X-Forwarded-For. --listen with an address
others reach works too, without TLS; use it in a network you trust alone. Both demand
that there are accounts. Ctrl-C ends the server when the last answer is sent.`

// serving is what the flags of serve say.
type serving struct {
	listen  string
	hosts   []string
	proxies []string
	open    bool
}

func (a *app) serve() *cobra.Command {
	var s serving
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the report as a dashboard of pages",
		Long: serveHelp, Args: usageArgs(cobra.NoArgs),
		Example: "  pediment serve\n  pediment serve --listen 127.0.0.1:9000 --open-feedback",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serveCity(cmd.Context(), s) },
	}
	flags := cmd.Flags()
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address and port to listen on; :8080 is every address of this machine")
	flags.StringSliceVar(&s.hosts, "host", nil, "a name the dashboard is asked for by, besides those of this machine alone")
	flags.StringSliceVar(&s.proxies, "behind-proxy", nil, "address or network of a reverse proxy that speaks TLS for it")
	flags.BoolVar(&s.open, "open-feedback", false, "anybody may leave a remark, as feedback: {open: true} in pediment.yaml")
	return cmd
}

// site checks the flags. local says that nobody beyond this machine is served.
func (s serving) site() (site reports.Site, local bool, err error) {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil {
		return site, false, usageError{fmt.Errorf("--listen %q is not an address and a port; write it as 127.0.0.1:8080", s.listen)}
	}
	site.Hosts = s.hosts
	if host != "" && netAddress(host) == (netip.Addr{}) {
		site.Hosts = append(site.Hosts, host)
	}
	for _, text := range s.proxies {
		network, err := netip.ParsePrefix(text)
		if address := netAddress(text); err != nil && address.IsValid() {
			network, err = address.Prefix(address.BitLen())
		}
		if err != nil {
			return site, false, usageError{fmt.Errorf("--behind-proxy %q is not an address or a network; write it as 127.0.0.1 or 10.0.0.0/8", text)}
		}
		site.Proxies = append(site.Proxies, network)
	}
	if len(site.Proxies) > 0 && len(s.hosts) == 0 {
		return site, false, usageError{errors.New("--behind-proxy needs the name readers ask for: add --host dashboard.example.org")}
	}
	local = len(site.Proxies) == 0 && (host == "localhost" || netAddress(host).IsLoopback())
	return site, local, nil
}

// netAddress is an address written as text; the zero address for anything else.
func netAddress(text string) netip.Addr {
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Addr{}
	}
	return address.Unmap()
}

// serveCity serves until the context ends or somebody stops the program.
func (a *app) serveCity(ctx context.Context, s serving) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	site, local, err := s.site()
	if err != nil {
		return err
	}
	a.err = &lineWriter{to: a.err}
	p, err := readProject(a.dir)
	if err != nil {
		return err
	}
	accounts, err := a.openAccounts(s.listen, local)
	if err != nil {
		return err
	}
	listener, err := listenOn(s.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	city := newService(a, local)
	a.remark("Listening on http://%s; pages come when the files are read and both editions computed, which can take a minute.", listener.Addr())
	if err := city.begin(ctx); err != nil {
		return err
	}
	d := city.dashboard()
	d.Accounts, d.Site, d.Open = accounts, site, s.open || p.settings.Feedback.Open
	d.Log = slog.New(slog.NewTextHandler(a.err, nil))
	a.tellReady(listener.Addr(), s, local)
	var rest sync.WaitGroup
	rest.Go(func() { city.keepUp(ctx) })
	defer rest.Wait()
	defer stop() // ends what keeps up
	return serveUntil(ctx, listener, d.Handler(), d.Log)
}

// openAccounts reads who can sign in. Whoever serves others needs accounts.
func (a *app) openAccounts(listen string, local bool) (*reports.Accounts, error) {
	accounts, err := reports.OpenAccounts(filepath.Join(a.dir, accountsFile))
	if err != nil {
		return nil, err
	}
	list, err := accounts.List()
	if err == nil && len(list) == 0 && !local {
		return nil, analysis.Problem{
			Message: "others would reach the dashboard at " + listen + ", and nobody has an account",
			Hint:    "make one first, with: pediment user add NAME --role evaluator; or leave out --listen and --behind-proxy to serve this machine alone",
		}
	}
	return accounts, err
}

func listenOn(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, analysis.Problem{Message: "another program listens on " + address + " already", Hint: "end it, or take another port with --listen 127.0.0.1:8081"}
	case errors.Is(err, syscall.EACCES):
		return nil, analysis.Problem{Message: "listening on " + address + " is not allowed", Hint: "take a port above 1023, as in --listen 127.0.0.1:8080"}
	case err != nil:
		return nil, analysis.Problem{Message: fmt.Sprintf("cannot listen on %s: %v", address, cmp.Or(errors.Unwrap(err), err)), Hint: "give an address of this machine, as in --listen 127.0.0.1:8080"}
	}
	return listener, nil
}

// tellReady says where the dashboard is. The address alone goes to the output, for
// scripts.
func (a *app) tellReady(address net.Addr, s serving, local bool) {
	fmt.Fprintf(a.out, "http://%s\n", address)
	if len(s.proxies) > 0 {
		a.remark("Ready behind the proxy, for https://%s. Ctrl-C ends it.", s.hosts[0])
		return
	}
	a.remark("Ready. Ctrl-C ends it.")
	if !local {
		a.remark("Others reach it without TLS: passwords and figures can be read on the way. Put a reverse proxy before it: pediment serve --help")
	}
}

// Times and sizes that a slow or hostile peer cannot stretch.
const (
	headerTime   = 10 * time.Second
	readTime     = 30 * time.Second
	writeTime    = 3 * time.Minute // the whole report as a workbook, on a slow line
	idleTime     = 2 * time.Minute
	farewellTime = 10 * time.Second
	headerBytes  = 64 << 10
)

// serveUntil serves until the context ends, then waits for the answers under way.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	farewell, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellTime)
	defer cancel()
	if err := server.Shutdown(farewell); err != nil {
		return server.Close() // somebody would not be done
	}
	return nil
}

// lineWriter lets several goroutines write to one stream.
type lineWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *lineWriter) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(text)
}
