package reports

import (
	"fmt"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"
)

// guard stands before the pages: who asks, under which name, how often and how much.
type guard struct {
	*Dashboard
	sessions *scs.SessionManager

	byAccount *limit      // of wrong passwords, by account and address: nobody locks out an owner who is elsewhere
	byAddress *limit      // of wrong passwords
	strangers *limit      // of all wrong passwords from where nobody signed in before
	known     *remembered // accounts and the addresses they signed in from
	remarks   *limit      // by account or address
	costly    *limit      // of what is computed for one reader, by account or address
}

// mostText is the most bytes of a request's body: a remark in any script, twice over.
const mostText = 32 << 10

func newGuard(d *Dashboard) *guard {
	d.guard = &guard{
		Dashboard: d, sessions: newSessions(len(d.Site.Proxies) > 0),
		byAccount: newLimit(30*time.Second, 8), byAddress: newLimit(6*time.Second, 20),
		strangers: newLimit(time.Second, 300), known: newRemembered(),
		remarks: newLimit(time.Minute, 10), costly: newLimit(200*time.Millisecond, 60),
	}
	if d.Accounts != nil {
		d.Accounts.tellFaults(func(err error) { d.log().Error("nobody can sign in", "error", err) })
	}
	if d.Remarks != nil {
		d.Remarks.tellFaults(func(err error) { d.log().Warn("lines of remarks are left out", "error", err) })
	}
	return d.guard
}

// wrap puts the guard before a handler. Behind it, reader knows who asks.
func (g *guard) wrap(next http.Handler) http.Handler {
	inside := g.sessions.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer g.recover(w, r)
		if !g.Site.knows(r) {
			http.Error(w, "This dashboard is not known under that name. Whoever runs it can allow the name with --host.", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostText)
		inside.ServeHTTP(w, r)
	})
}

// recover answers a panic and tells the log where it was.
func (g *guard) recover(w http.ResponseWriter, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	g.log().Error("panic", "method", r.Method, "path", r.URL.Path, "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
	http.Error(w, "Something went wrong on our side. It has been noted.", http.StatusInternalServerError)
}

// asker is whose turn a request takes: the account's, else the address's.
func (g *guard) asker(r *http.Request) string {
	if reader := g.reader(r); reader != nil {
		return "account " + sameName(reader.Name)
	}
	return g.Site.address(r)
}

// enter takes the turns of a sign-in, or refuses. done gives them back when the
// password was right: only wrong ones count.
func (v *visit) enter(name string) (done func(right bool), err error) {
	g, address := v.guard, v.guard.Site.address(v.r)
	own := sameName(name) + " " + address
	turns := []struct {
		*limit
		asker, sentence string
	}{
		{g.byAddress, address, "Too many people tried to sign in from your address."},
		{g.byAccount, own, "Somebody tried to sign in to this account from your address too often."},
		{g.strangers, "", "Too many wrong passwords are being tried."},
	}
	if g.known.knows(own) {
		turns = turns[:2]
	}
	giveBack := func() {}
	for _, turn := range turns {
		if err := v.turn(turn.limit, turn.asker, turn.sentence); err != nil {
			giveBack()
			return nil, err
		}
		before := giveBack
		giveBack = func() { before(); turn.giveBack(turn.asker) }
	}
	return func(right bool) {
		if right {
			g.known.remember(own)
			giveBack()
		}
	}, nil
}

// spend takes one turn of what is computed for one reader alone. Pages that stand
// ready are not limited.
func (v *visit) spend() error {
	return v.turn(v.guard.costly, v.guard.asker(v.r), "That is a lot to compute at once.")
}

// turn takes one turn or refuses with a sentence that says when to come back.
func (v *visit) turn(l *limit, asker, sentence string) error {
	left := l.wait(asker)
	if left == 0 {
		return nil
	}
	seconds := int(math.Ceil(left.Seconds()))
	v.w.Header().Set("Retry-After", strconv.Itoa(seconds))
	return refusal{http.StatusTooManyRequests, sentence + " Please try again in " + waitInWords(seconds) + "."}
}

// waitInWords is a wait in words.
func waitInWords(seconds int) string {
	switch {
	case seconds <= 1:
		return "a second"
	case seconds < 60:
		return fmt.Sprintf("%d seconds", seconds)
	case seconds <= 90:
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", (seconds+59)/60)
}

// guardRoutes are the pages and actions of sessions and remarks.
func guardRoutes() []route {
	return []route{
		{pattern: "GET /sign-in", answer: (*visit).signInPage},
		{pattern: "POST /sign-in", answer: (*visit).signIn},
		{pattern: "POST /sign-out", answer: (*visit).signOut},
		{pattern: "GET /remarks", answer: (*visit).remarksPage},
		{pattern: "POST /remarks", answer: (*visit).leaveRemark},
		{pattern: "GET /moderation", roles: []Role{Evaluator}, answer: (*visit).moderationPage},
		{pattern: "POST /moderation/{id}", roles: []Role{Evaluator}, answer: (*visit).moderate},
	}
}
