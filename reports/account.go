package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Role is what an account may do. Every account reads the internal edition.
type Role string

// The roles of accounts.
const (
	Viewer    Role = "viewer"    // reads the internal edition and filters it
	Evaluator Role = "evaluator" // also moderates and answers remarks
	Finance   Role = "finance"   // also takes recomputed appraisals away as workbooks
)

// Roles are all roles, as they are listed to people.
var Roles = []Role{Viewer, Evaluator, Finance}

// Account is somebody who can sign in.
type Account struct {
	Name string
	Role Role

	password passwordHash
}

// stamp changes with the password and the role, so that sessions begun before end.
func (a Account) stamp() string {
	sum := sha256.Sum256([]byte(a.Name + "\x00" + string(a.Role) + "\x00" + a.password.String()))
	return hex.EncodeToString(sum[:16])
}

// Accounts are the people of a file who can sign in. The file is read again whenever
// it changed; while it cannot be read, nobody can sign in and nobody is signed in.
// All methods may be used by several goroutines.
type Accounts struct {
	path    string
	nobody  passwordHash  // what unknown names are compared with
	working chan struct{} // holds a token for each password that is being hashed

	mu   sync.Mutex
	seen fileState
	list []Account
	err  error
	tell func(error) // of a fault of the file; nil for nobody
}

// tellFaults has a fault of the file told once whenever it appears, also the one
// there is.
func (a *Accounts) tellFaults(tell func(error)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tell = tell
	if a.err != nil {
		tell(a.err)
	}
}

// atOnce is how many passwords are hashed at once; each takes 19 MiB.
const atOnce = 2

// OpenAccounts opens the accounts of a file; one that is not there holds none. A
// mistake in the file is an analysis.Problem.
func OpenAccounts(path string) (*Accounts, error) {
	a := &Accounts{path: path, nobody: newHash(), working: make(chan struct{}, atOnce)}
	_, err := a.List()
	return a, err
}

// List lists the accounts by name, as the file has them now.
func (a *Accounts) List() ([]Account, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.err
	now, err := stateOf(a.path)
	if err != nil {
		a.seen, a.list, a.err = fileState{size: -1}, nil, err
	} else if now != a.seen {
		a.seen = now
		a.list, a.err = readAccounts(a.path)
	}
	if a.tell != nil && a.err != nil && (before == nil || before.Error() != a.err.Error()) {
		a.tell(a.err)
	}
	return slices.Clone(a.list), a.err
}

// Find is the account of that name as the file has it now. Capital letters do not
// matter.
func (a *Accounts) Find(name string) (Account, bool) {
	list, err := a.List()
	if err != nil {
		return Account{}, false
	}
	return findAccount(list, name)
}

func findAccount(list []Account, name string) (Account, bool) {
	for _, one := range list {
		if sameName(one.Name) == sameName(name) {
			return one, true
		}
	}
	return Account{}, false
}

// sameName is what names of one account have in common.
func sameName(name string) string {
	return cases.Fold().String(norm.NFKC.String(strings.TrimSpace(name)))
}

// SignIn is the account of that name when the password is its own. A name there is
// not takes as long as a wrong password. It waits while others are looked at; an
// error is the context's or a mistake in the file.
func (a *Accounts) SignIn(ctx context.Context, name, password string) (Account, bool, error) {
	list, err := a.List()
	if err != nil || len(password) > longestPassword {
		return Account{}, false, err
	}
	one, known := findAccount(list, name)
	if !known {
		one = Account{password: a.nobody}
	}
	select {
	case a.working <- struct{}{}:
	case <-ctx.Done():
		return Account{}, false, ctx.Err()
	}
	defer func() { <-a.working }()
	if matches := one.password.matches(password); !matches || !known {
		return Account{}, false, nil
	}
	return one, true, nil
}

// Add adds an account, or gives the one there is another role and password.
func (a *Accounts) Add(name string, role Role, password string) error {
	name = norm.NFC.String(strings.TrimSpace(name))
	if err := CheckName(name); err != nil {
		return err
	}
	if !slices.Contains(Roles, role) {
		return fmt.Errorf("role %q is not known; choose viewer, evaluator or finance", role)
	}
	if err := CheckPassword(name, password); err != nil {
		return err
	}
	hash := hashPassword(password)
	return a.change(func(list []Account) ([]Account, error) {
		list = slices.DeleteFunc(list, func(one Account) bool { return sameName(one.Name) == sameName(name) })
		return append(list, Account{Name: name, Role: role, password: hash}), nil
	})
}

// ErrNoAccount says that there is no account of the name.
var ErrNoAccount = errors.New("there is no such account")

// Remove removes an account; its sessions end with it.
func (a *Accounts) Remove(name string) error {
	return a.change(func(list []Account) ([]Account, error) {
		if _, known := findAccount(list, name); !known {
			return nil, ErrNoAccount
		}
		return slices.DeleteFunc(list, func(one Account) bool { return sameName(one.Name) == sameName(name) }), nil
	})
}

// longestName is the most characters of an account's name.
const longestName = 64

// CheckName refuses a name that is empty, too long, or holds signs that cannot be
// seen.
func CheckName(name string) error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return errors.New("the name is empty")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the name holds signs that cannot be seen")
	case n > longestName:
		return fmt.Errorf("the name has %d characters; take at most %d", n, longestName)
	}
	return nil
}
