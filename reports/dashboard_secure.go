package reports

import (
	"net/http"
	"strings"
)

// pagePolicy is the content security policy of every answer: nothing comes from
// elsewhere, no script stands in a page. Style attributes are allowed because the
// chart library writes them into its tooltips; style elements are not.
var pagePolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'",
	"img-src 'self' data:", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}, "; ")

// secured gives every answer the headers that keep a browser from doing more with it
// than show it.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", pagePolicy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// keep says how long an answer may be kept: one for everybody until it changes, one
// for an account not at all.
func (v *visit) keep() {
	header := v.w.Header()
	header.Set("Vary", "Cookie")
	if v.signedIn() {
		header.Set("Cache-Control", "private, no-store")
		return
	}
	header.Set("Cache-Control", "no-cache")
}
