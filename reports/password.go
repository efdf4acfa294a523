package reports

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// How passwords are hashed: Argon2id with 19 MiB, twice over, on one thread, as
// OWASP's password storage cheat sheet recommends.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	saltBytes    = 16
	keyBytes     = 32
)

// Lengths of a password, in characters and, so that nobody keeps the server busy, in
// bytes.
const (
	shortestPassword = 12
	longestPassword  = 1024
)

// passwordHash is a hash in PHC form, taken apart.
type passwordHash struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

// newHash is a hash with a salt of its own that no known password gives.
func newHash() passwordHash {
	h := passwordHash{memory: argonMemory, time: argonTime, threads: argonThreads, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	rand.Read(h.salt) // never fails
	rand.Read(h.key)
	return h
}

// hashPassword hashes a password with a salt of its own.
func hashPassword(password string) passwordHash {
	h := newHash()
	h.key = h.derive(password)
	return h
}

// derive is the key that the password gives with the hash's salt. The same text typed
// on another keyboard is the same password.
func (h passwordHash) derive(password string) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), h.salt, h.time, h.memory, h.threads, uint32(len(h.key)))
}

// matches reports whether the password is the one that was hashed. It takes as long
// when it is not.
func (h passwordHash) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
}

// String is the hash in PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (h passwordHash) String() string {
	text := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads, text(h.salt), text(h.key))
}

var errNoHash = errors.New("this is no password hash")

// parseHash reads a hash in PHC form. One that would take more memory or time than
// any server should give to a sign-in is an error.
func parseHash(text string) (passwordHash, error) {
	var h passwordHash
	var version int
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return h, errNoHash
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &h.memory, &h.time, &h.threads); err != nil || version != argon2.Version {
		return h, errNoHash
	}
	var bad [2]error
	h.salt, bad[0] = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, bad[1] = base64.RawStdEncoding.DecodeString(parts[5])
	if errors.Join(bad[:]...) != nil || len(h.salt) < 8 || len(h.key) < 16 || len(h.key) > 128 {
		return h, errNoHash
	}
	if h.memory < 8 || h.memory > 256*1024 || h.time < 1 || h.time > 10 || h.threads < 1 || h.threads > 8 {
		return h, errNoHash
	}
	return h, nil
}

// commonPasswords begin or make up what is tried first.
var commonPasswords = []string{
	"password", "passwort", "passphrase", "motdepasse", "contrasena", "contraseña", "senha", "parola", "qwerty", "qwertz", "azerty",
	"asdfgh", "letmein", "iloveyou", "welcome", "changeme", "administrator", "admin", "secret", "dashboard", "pediment", "learningcity",
	"abcdefghijkl", "monkey", "dragon", "football", "sunshine", "princess",
}

// CheckPassword refuses a password that is too short, made of little, or among
// those that are tried first for the account of that name.
func CheckPassword(name, password string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return errors.New("the password is not text")
	case n < shortestPassword:
		return fmt.Errorf("the password has %d characters; take at least %d, such as four words", n, shortestPassword)
	case len(password) > longestPassword:
		return fmt.Errorf("the password is too long; take at most %d bytes", longestPassword)
	}
	bare := lettersOf(password)
	if own := lettersOf(name); len(own) > 2 && leftWithout(bare, own) < 6 {
		return errors.New("the password is little more than the account's name")
	}
	for _, common := range commonPasswords {
		if leftWithout(bare, common) < 6 {
			return fmt.Errorf("the password is little more than %q, which is tried first", common)
		}
	}
	if distinct(password) < 5 || runs(password) {
		return errors.New("the password repeats or counts up; take at least four words")
	}
	return nil
}

// leftWithout counts the letters that are left of a text that holds another; a text
// that does not hold it counts as long.
func leftWithout(text, part string) int {
	if part == "" || !strings.Contains(text, part) {
		return longestPassword
	}
	return utf8.RuneCountInString(strings.ReplaceAll(text, part, ""))
}

// lettersOf is the text in small letters alone, with letters for the digits that
// are written for them.
func lettersOf(text string) string {
	plain := strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s").Replace(strings.ToLower(text))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, plain)
}

func distinct(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen)
}

// runs reports whether nearly every character follows the one before it, as in
// 123456789012 or abcdefghijkl.
func runs(text string) bool {
	letters := []rune(text)
	steps := 0
	for k := 1; k < len(letters); k++ {
		if d := letters[k] - letters[k-1]; d >= -1 && d <= 1 || d == -9 {
			steps++
		}
	}
	return steps*4 >= 3*(len(letters)-1)
}
