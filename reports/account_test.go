package reports

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pediment/analysis"
)

const goodPassword = "four plain words here"

func newAccounts(t *testing.T) (*Accounts, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "users.yaml")
	a, err := OpenAccounts(path)
	if err != nil {
		t.Fatal(err)
	}
	return a, path
}

func addAccount(t *testing.T, a *Accounts, name string, role Role) {
	t.Helper()
	if err := a.Add(name, role, goodPassword); err != nil {
		t.Fatal(err)
	}
}

// The vector is the one the reference implementation of Argon2 tests itself with:
// argon2id, version 19, t=2, m=65536, p=1, "password" with the salt "somesalt".
func TestHashIsArgon2id(t *testing.T) {
	const known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h, err := parseHash(known)
	if err != nil {
		t.Fatal(err)
	}
	if h.String() != known {
		t.Errorf("printed %s", h)
	}
	if !h.matches("password") || h.matches("Password") {
		t.Errorf("derived %s", base64.RawStdEncoding.EncodeToString(h.derive("password")))
	}
	if a, b := hashPassword(goodPassword), hashPassword(goodPassword); a.String() == b.String() || !a.matches(goodPassword) || !strings.HasPrefix(a.String(), "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("two hashes of one password: %s, %s", a, b)
	}
	if composed, apart := hashPassword("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301"; !composed.matches(apart) {
		t.Error("the same letters from another keyboard are another password")
	}
	for _, bad := range []string{"", "x", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		strings.Replace(known, "m=65536", "m=4194304", 1), strings.Replace(known, "t=2", "t=9000", 1), strings.Replace(known, "v=19", "v=16", 1), known + "!"} {
		if _, err := parseHash(bad); err == nil {
			t.Errorf("%q was taken for a hash", bad)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	for _, bad := range []string{"", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "123456789012", "abcdefghijklmnop", "password1234", "P4ssw0rd!!!!!",
		"amira.hassan", "Amira-Hassan-1", "qwertyqwerty12", "1234567890123", strings.Repeat("long ", 400), "bad\xffbytes are here"} {
		if CheckPassword("amira.hassan", bad) == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	for _, good := range []string{goodPassword, "Tr0ub4dor&3xyz", "مكتبة باب النهر مساء", "한빛 학습관 대화 모임 방이", "k7#pQz!m2Rw9"} {
		if err := CheckPassword("amira.hassan", good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

func TestAccounts(t *testing.T) {
	a, path := newAccounts(t)
	addAccount(t, a, "Amira", Evaluator)
	addAccount(t, a, "ben", Viewer)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	data, _ := os.ReadFile(path)
	if strings.Contains(string(data), "plain words") || strings.Count(string(data), "$argon2id$") != 2 {
		t.Errorf("the file is\n%s", data)
	}
	ctx := context.Background()
	one, right, err := a.SignIn(ctx, " amira ", goodPassword)
	if err != nil || !right || one.Name != "Amira" || one.Role != Evaluator {
		t.Errorf("signed in as %v %v %v", one.Name, right, err)
	}
	for name, password := range map[string]string{"Amira": goodPassword + ".", "nobody": goodPassword, "": "", "ben": strings.Repeat("x", 5000)} {
		if _, right, err := a.SignIn(ctx, name, password); right || err != nil {
			t.Errorf("%q with a wrong password: %v %v", name, right, err)
		}
	}
	stamp := one.stamp()
	if err := a.Add("AMIRA", Evaluator, goodPassword+" again"); err != nil {
		t.Fatal(err)
	}
	if one, _ = a.Find("amira"); one.stamp() == stamp {
		t.Error("another password left the stamp as it was")
	}
	other, _ := OpenAccounts(path) // as another process has it
	if err := other.Remove("amira"); err != nil {
		t.Fatal(err)
	}
	if _, known := a.Find("amira"); known {
		t.Error("a removed account is still found")
	}
	if err := other.Remove("amira"); !errors.Is(err, ErrNoAccount) {
		t.Errorf("removed twice: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".users-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Names nobody can read are refused; others, hostile ones too, come back as they are.
func TestAccountNames(t *testing.T) {
	a, _ := newAccounts(t)
	for _, bad := range []string{"", "  ", "a\nb", "a\u202eb", "a\x00b", strings.Repeat("x", 65)} {
		if err := a.Add(bad, Viewer, goodPassword); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	names := []string{`=HYPERLINK("x")`, "</script><b>", "- name: x", "أمينة", "'; drop"}
	for _, name := range names {
		addAccount(t, a, name, Viewer)
	}
	list, err := a.List()
	if err != nil || len(list) != len(names) {
		t.Fatalf("%v, %v", list, err)
	}
	for _, name := range names {
		if one, known := a.Find(name); !known || one.Name != name {
			t.Errorf("%q came back as %q", name, one.Name)
		}
	}
}

// Mistakes in the file say where they are, keep everybody out and never show a hash.
func TestAccountFileMistakes(t *testing.T) {
	a, path := newAccounts(t)
	addAccount(t, a, "amira", Viewer)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data string
		mode os.FileMode
		say  string
	}{
		"readable":  {string(good), 0o644, "users.yaml: other users of this machine can read it"},
		"hash":      {strings.Replace(string(good), "argon2id", "argon9", 1), 0o600, `users.yaml:3:5: user "amira": this is no password hash`},
		"role":      {strings.Replace(string(good), "viewer", "owner", 1), 0o600, `role "owner" is not known`},
		"twice":     {string(good) + strings.SplitN(string(good), "users:\n", 2)[1], 0o600, `user "amira" is there twice`},
		"key":       {string(good) + "admins: []\n", 0o600, `"admins"`},
		"cut short": {string(good[:len(good)-30]), 0o600, ""},
	} {
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		_, err := a.List()
		var problem analysis.Problem
		var problems analysis.Problems
		if c.say != "" && !errors.As(err, &problem) && !errors.As(err, &problems) || err != nil && !strings.Contains(err.Error(), c.say) || err != nil && strings.Contains(err.Error(), "$v=19") {
			t.Errorf("%s: %v", name, err)
		}
		if _, right, _ := a.SignIn(context.Background(), "amira", goodPassword); right {
			t.Errorf("%s: signed in", name)
		}
	}
}

// A hundred people who sign in at once wait for each other; who gives up does not
// wait on. An unknown name takes as long as a known one.
func TestSignInWaits(t *testing.T) {
	a, _ := newAccounts(t)
	addAccount(t, a, "amira", Viewer)
	for range atOnce {
		a.working <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if _, right, err := a.SignIn(ctx, "amira", goodPassword); right || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("signed in past the others: %v %v", right, err)
			}
		})
	}
	all.Wait()
	for range atOnce {
		<-a.working
	}
	took := func(name string) time.Duration {
		best := time.Hour
		for range 3 {
			began := time.Now()
			a.SignIn(context.Background(), name, "a wrong password")
			best = min(best, time.Since(began))
		}
		return best
	}
	known, unknown := took("amira"), took("nobody")
	if unknown < known/3 {
		t.Errorf("an unknown name takes %v, a known one %v", unknown, known)
	}
}

// Processes that add accounts at once lose none.
func TestAccountsAddedAtOnce(t *testing.T) {
	_, path := newAccounts(t)
	var all sync.WaitGroup
	names := []string{"anna", "boris", "chen", "dalia", "eve", "farid"}
	for _, name := range names {
		all.Go(func() {
			own, err := OpenAccounts(path)
			if err == nil {
				err = own.Add(name, Viewer, goodPassword)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	list, err := readAccounts(path)
	if err != nil || len(list) != len(names) {
		t.Errorf("%d of %d accounts, %v", len(list), len(names), err)
	}
}
