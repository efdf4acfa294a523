package reports

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
)

// How long a session lasts: without a request, and at most.
const (
	idleSession    = 30 * time.Minute
	longestSession = 12 * time.Hour
)

// What a session holds.
const (
	sessionName  = "name"
	sessionStamp = "stamp"
)

// newSessions keeps sessions in memory: they end with the server. secure means that
// browsers send the cookie over TLS alone.
func newSessions(secure bool) *scs.SessionManager {
	s := scs.New()
	s.Lifetime, s.IdleTimeout = longestSession, idleSession
	s.HashTokenInStore = true
	s.Cookie.Name = "pediment"
	if secure {
		s.Cookie.Name, s.Cookie.Secure = "__Host-pediment", true
	}
	s.Cookie.HttpOnly, s.Cookie.SameSite, s.Cookie.Persist = true, http.SameSiteLaxMode, false
	return s
}

// reader is who is signed in, nil for an anonymous reader. An account that was
// removed, or whose password or role changed, is signed in no longer.
func (g *guard) reader(r *http.Request) *Account {
	name := g.sessions.GetString(r.Context(), sessionName)
	if name == "" || g.Accounts == nil {
		return nil
	}
	one, known := g.Accounts.Find(name)
	if !known || one.stamp() != g.sessions.GetString(r.Context(), sessionStamp) {
		return nil
	}
	return &one
}

// signInView is what the page to sign in says.
type signInView struct {
	To    string // where to go afterwards
	Name  string
	Error string
}

// signInPage shows the form.
func (v *visit) signInPage() error {
	if v.Accounts == nil {
		return notFound("Nobody has an account here.")
	}
	to := ownPath(v.r.FormValue("to"))
	if v.signedIn() {
		http.Redirect(v.w, v.r, to, http.StatusSeeOther)
		return nil
	}
	return v.showAs(http.StatusOK, screen{name: "signin", Heading: "Sign in", Data: signInView{To: to}})
}

// signIn begins a session. Which of name and password was wrong is not said.
func (v *visit) signIn() error {
	if v.Accounts == nil {
		return notFound("Nobody has an account here.")
	}
	if err := v.r.ParseForm(); err != nil {
		return formError(err)
	}
	form := signInView{To: ownPath(v.r.PostFormValue("to")), Name: strings.TrimSpace(v.r.PostFormValue("name"))}
	if _, err := v.Accounts.List(); err != nil { // the log has been told
		return refusal{http.StatusServiceUnavailable, "Nobody can sign in at the moment. Whoever runs this dashboard has been told."}
	}
	done, err := v.enter(form.Name)
	if err != nil {
		return err
	}
	one, right, err := v.Accounts.SignIn(v.r.Context(), form.Name, v.r.PostFormValue("password"))
	if err != nil {
		return err
	}
	done(right)
	if !right {
		v.log().Warn("sign-in refused", "name", form.Name, "address", v.guard.Site.address(v.r))
		form.Error = "The name or the password is not right."
		return v.showAs(http.StatusUnauthorized, screen{name: "signin", Heading: "Sign in", Data: form})
	}
	return v.begin(one, form.To)
}

// begin gives the session a token nobody has seen, so that one that was planted
// before is worth nothing.
func (v *visit) begin(one Account, to string) error {
	ctx, sessions := v.r.Context(), v.guard.sessions
	if err := sessions.Clear(ctx); err != nil {
		return err
	}
	if err := sessions.RenewToken(ctx); err != nil {
		return err
	}
	sessions.Put(ctx, sessionName, one.Name)
	sessions.Put(ctx, sessionStamp, one.stamp())
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// signOut ends the session.
func (v *visit) signOut() error {
	if err := v.guard.sessions.Destroy(v.r.Context()); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/", http.StatusSeeOther)
	return nil
}

// ownPath is a path of this dashboard with its query, "/" for anything else: nobody
// is sent elsewhere, nor to where nothing can be read.
func ownPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(to, "\\") {
		return "/"
	}
	if path.Clean(u.Path) == "/sign-out" || path.Clean(u.Path) == "/sign-in" {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment}).String()
}

// formError says why a form could not be read.
func formError(err error) error {
	var tooMuch *http.MaxBytesError
	if errors.As(err, &tooMuch) {
		return err
	}
	return refusal{http.StatusBadRequest, "The form could not be read. Go back and send it again."}
}
