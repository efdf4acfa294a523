package reports

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
)

// routes lists every page and action.
func (d *Dashboard) routes() []route {
	return slices.Concat(d.pageRoutes(), d.takeRoutes(), d.financeRoutes(), guardRoutes(), assetRoutes())
}

// Handler serves the dashboard. Readers, sessions and limits are the guard's; what a
// browser may do with a page is said in one place for all of them.
func (d *Dashboard) Handler() http.Handler {
	d.rooms = newRooms()
	g := newGuard(d)
	mux := http.NewServeMux()
	for _, one := range d.routes() {
		mux.Handle(one.pattern, d.handler(g, one))
	}
	mux.Handle("/", d.handler(g, route{answer: func(v *visit) error { return v.astray(mux) }}))
	return secured(http.NewCrossOriginProtection().Handler(g.wrap(mux)))
}

// handler answers one route.
func (d *Dashboard) handler(g *guard, one route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Dashboard: d, w: w, r: r, reader: g.reader(r)}
		v.frozen = v.edition()
		if err := v.take(one); err != nil {
			v.refuse(err)
		}
	})
}

// take answers the route or says why not.
func (v *visit) take(one route) error {
	switch {
	case len(one.roles) > 0 && !v.signedIn():
		return refusal{http.StatusForbidden, "This is for people who are signed in."}
	case len(one.roles) > 0 && !slices.Contains(one.roles, v.reader.Role):
		return refusal{http.StatusForbidden, "Your account, a " + string(v.reader.Role) + "’s, does not allow this."}
	case one.page != nil && v.frozen == nil:
		return refusal{http.StatusServiceUnavailable, v.absence()}
	case one.page != nil:
		return v.showPage(one.page)
	}
	return one.answer(v)
}

// absence is why there is no report to see.
func (v *visit) absence() string {
	if v.Absent == nil {
		return "No report has been published yet."
	}
	return v.Absent()
}

// signedIn reports whether the reader has an account.
func (v *visit) signedIn() bool { return v.reader != nil }

// edition is the report the reader may see: the internal one for accounts, else the
// published one; nil while there is none.
func (v *visit) edition() *Frozen {
	if v.signedIn() && v.Internal != nil {
		if frozen := v.Internal(); frozen != nil {
			return frozen
		}
	}
	if v.Public == nil {
		return nil
	}
	return v.Public()
}

// astray answers an address that no route has.
func (v *visit) astray(mux *http.ServeMux) error {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		other := v.r.Clone(v.r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		return notFound("There is no page at this address.")
	}
	v.w.Header().Set("Allow", strings.Join(allowed, ", "))
	return refusal{http.StatusMethodNotAllowed, "This address does not take that kind of request."}
}

// log is where faults are told, never to readers.
func (d *Dashboard) log() *slog.Logger {
	if d.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return d.Log
}
