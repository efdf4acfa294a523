package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"go.yaml.in/yaml/v3"

	"pediment/analysis"
)

// accountFile is what a file of accounts holds.
type accountFile struct {
	Users []accountEntry `yaml:"users"`
}

type accountEntry struct {
	At            analysis.Position
	accountFields `yaml:",inline"`
}

type accountFields struct {
	Name     string `yaml:"name"`
	Role     string `yaml:"role"`
	Password string `yaml:"password"` // hash in PHC form
}

const accountHeader = `# Who can sign in to the dashboard. Change it with: pediment user add, remove
`

// fileState tells whether a file changed; the zero value is a file that is not there.
type fileState struct {
	size     int64
	modified time.Time
	inode    uint64
	mode     fs.FileMode
}

func stateOf(path string) (fileState, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fileState{}, nil
	}
	if err != nil {
		return fileState{}, err
	}
	state := fileState{size: info.Size(), modified: info.ModTime(), mode: info.Mode()}
	if unix, ok := info.Sys().(*syscall.Stat_t); ok {
		state.inode = unix.Ino
	}
	return state, nil
}

// readAccounts reads the accounts of a file by name; one that is not there holds
// none. Mistakes are Problems, and never repeat a hash.
func readAccounts(path string) ([]Account, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, analysis.Problem{
			Position: analysis.Position{File: name}, Message: fmt.Sprintf("other users of this machine can read it (mode %04o)", info.Mode().Perm()),
			Hint: "it holds the hashes of passwords; keep it to yourself with: chmod 600 " + name,
		}
	}
	var file accountFile
	problems := analysis.DecodeYAML(name, data, &file)
	var list []Account
	for _, entry := range file.Users {
		one, mistakes := entry.account(list)
		list, problems = append(list, one), append(problems, mistakes...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	sortAccounts(list)
	return list, nil
}

// account is the entry as an account, with what is wrong with it beside those
// before it.
func (e accountEntry) account(before []Account) (Account, analysis.Problems) {
	var problems analysis.Problems
	fail := func(message, hint string) {
		problems = append(problems, analysis.Problem{Position: e.At, Message: message, Hint: hint})
	}
	hash, err := parseHash(e.Password)
	if err != nil {
		fail(fmt.Sprintf("user %q: %v", e.Name, err), "set the password anew with: pediment user add")
	}
	if err := CheckName(e.Name); err != nil {
		fail(err.Error(), "")
	}
	if _, twice := findAccount(before, e.Name); twice {
		fail(fmt.Sprintf("user %q is there twice", e.Name), "take one of the two out")
	}
	if !slices.Contains(Roles, Role(e.Role)) {
		fail(fmt.Sprintf("role %q is not known", e.Role), "write viewer, evaluator or finance")
	}
	return Account{Name: e.Name, Role: Role(e.Role), password: hash}, problems
}

func sortAccounts(list []Account) {
	slices.SortFunc(list, func(a, b Account) int { return strings.Compare(sameName(a.Name), sameName(b.Name)) })
}

// change rewrites the file while nobody else does: a neighbour that only its owner
// may read is written, synced and renamed over it.
func (a *Accounts) change(edit func([]Account) ([]Account, error)) (err error) {
	folder, err := os.Open(filepath.Dir(a.path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return fmt.Errorf("lock %s: %w", folder.Name(), err)
	}
	list, err := readAccounts(a.path)
	if err != nil {
		return err
	}
	if list, err = edit(list); err != nil {
		return err
	}
	sortAccounts(list)
	if err := writeAccounts(a.path, list); err != nil {
		return err
	}
	return folder.Sync()
}

func writeAccounts(path string, list []Account) error {
	entries := make([]accountFields, len(list))
	for k, one := range list {
		entries[k] = accountFields{one.Name, string(one.Role), one.password.String()}
	}
	var text bytes.Buffer
	text.WriteString(accountHeader)
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := errors.Join(encoder.Encode(map[string]any{"users": entries}), encoder.Close()); err != nil {
		return err
	}
	neighbour, err := os.CreateTemp(filepath.Dir(path), ".users-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(neighbour.Name())
	_, err = neighbour.Write(text.Bytes())
	if err := errors.Join(err, neighbour.Sync(), neighbour.Close()); err != nil {
		return err
	}
	return os.Rename(neighbour.Name(), path)
}
