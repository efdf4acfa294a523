package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"pediment/analysis"
	"pediment/reports"
)

// accountsFile holds who can sign in, in the city's folder.
const accountsFile = "users.yaml"

const userHelp = `Accounts of people who sign in to the dashboard, in the file users.yaml of the city's
folder. It holds hashes of passwords (Argon2id), readable by its owner alone; it is no
part of a report or of the ledger. A running dashboard takes changes over at once: who
is removed, or gets another password or role, is signed out.

  viewer     reads the internal edition and filters it
  evaluator  also moderates and answers remarks
  finance    also takes recomputed appraisals away as workbooks`

func (a *app) user() *cobra.Command {
	cmd := &cobra.Command{
		Use: "user", Short: "Accounts of those who sign in to the dashboard", Long: userHelp,
		Example: "  pediment user add amira --role evaluator\n  pediment user remove amira\n  pediment user list",
		Args:    usageArgs(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.userAdd(), a.userRemove(), a.userList())
	return cmd
}

func (a *app) userAdd() *cobra.Command {
	var role string
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add an account, or give one another password and role",
		Long: `Asks for the password twice, without showing it. Where nobody types, it is the first line
of the input.`,
		Example: "  pediment user add amira --role evaluator\n  pediment user add ben --role viewer < password.txt",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			accounts, err := a.accounts()
			if err != nil {
				return err
			}
			if err := reports.CheckName(strings.TrimSpace(args[0])); err != nil {
				return usageError{err}
			}
			if !slices.Contains(reports.Roles, reports.Role(role)) {
				return usageError{fmt.Errorf("--role %q is not known; say what the account may do: viewer, evaluator or finance", role)}
			}
			_, there := accounts.Find(args[0])
			password, err := a.askPassword(args[0])
			if err != nil {
				return err
			}
			if err := accounts.Add(args[0], reports.Role(role), password); err != nil {
				return err
			}
			if there {
				a.remark("%s has a new password and is %s now. Sessions begun before have ended.", args[0], role)
			} else {
				a.remark("%s can sign in as %s.", args[0], role)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "viewer, evaluator or finance")
	return cmd
}

func (a *app) userRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Remove an account and end its sessions",
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			accounts, err := a.accounts()
			if err != nil {
				return err
			}
			err = accounts.Remove(args[0])
			if errors.Is(err, reports.ErrNoAccount) {
				return a.noAccount(accounts, args[0])
			}
			if err == nil {
				a.remark("%s can no longer sign in.", args[0])
			}
			return err
		},
	}
}

// noAccount says which name may have been meant.
func (a *app) noAccount(accounts *reports.Accounts, name string) error {
	list, err := accounts.List()
	var names []string
	for _, one := range list {
		names = append(names, one.Name)
	}
	hint := analysis.Suggest(name, names)
	if hint == "" {
		hint = "list them with: pediment user list"
	}
	return errors.Join(err, analysis.Problem{Message: fmt.Sprintf("no account %q", name), Hint: hint})
}

func (a *app) userList() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List accounts and roles", Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			accounts, err := a.accounts()
			if err != nil {
				return err
			}
			list, err := accounts.List()
			if err != nil {
				return err
			}
			t := analysis.Table{Name: "accounts", Columns: analysis.Columns("name", "role")}
			for _, one := range list {
				t.Rows = append(t.Rows, []any{one.Name, string(one.Role)})
			}
			return a.print(analysis.Result{Title: "Who can sign in to the dashboard", Tables: []analysis.Table{t}})
		},
	}
	a.formatFlag(cmd)
	return cmd
}

// accounts opens the accounts of the city; there must be one.
func (a *app) accounts() (*reports.Accounts, error) {
	if _, err := os.Stat(filepath.Join(a.dir, projectFile)); err != nil {
		_, err := readProject(a.dir)
		return nil, err
	}
	return reports.OpenAccounts(filepath.Join(a.dir, accountsFile))
}

// askPassword asks for a password twice on a terminal, or reads the first line of
// the input.
func (a *app) askPassword(name string) (string, error) {
	file, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(a.in, 1<<16)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(text string) (string, error) {
		fmt.Fprint(a.err, text)
		typed, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(a.err)
		return string(typed), err
	}
	first, err := ask(fmt.Sprintf("Password of %s, at least 12 characters: ", name))
	if err != nil {
		return "", err
	}
	if err := reports.CheckPassword(name, first); err != nil {
		return "", err
	}
	again, err := ask("Once more: ")
	if err == nil && first != again {
		err = errors.New("the two passwords are not the same; nothing was changed")
	}
	return first, err
}
