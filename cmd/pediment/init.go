package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pediment/cmd/pediment/example"
	"pediment/ingest"
)

//go:embed all:starter
var starter embed.FS

func (a *app) newCity() *cobra.Command {
	var o example.Options
	var complete bool
	var from []string
	cmd := &cobra.Command{
		Use: "init DIR", Short: "Start a new city folder",
		Long: `Writes a new city folder into DIR, which must be empty or not exist.

Alone, it writes a pediment.yaml to fill in. With --example, a complete synthetic
city. With --from, your files are copied to data and a declaration is proposed for
each, with a comment for every guess; read it and correct it before you load.`,
		Example: `  pediment init riverbend --example
  pediment init mycity --from survey-2025.xlsx budget.csv
  pediment init mycity`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if len(args) > 1 && len(from) == 0 {
				return usageError{fmt.Errorf("init takes one folder; name files after --from")}
			}
			if complete && len(from) > 0 {
				return usageError{fmt.Errorf("--example and --from exclude each other")}
			}
			if err := emptyFolder(dir); err != nil {
				return err
			}
			switch {
			case complete:
				if err := example.Write(cmd.Context(), dir, o); err != nil {
					return err
				}
			case len(from) > 0:
				if err := a.proposeCity(cmd, dir, append(from, args[1:]...)); err != nil {
					// The folder was empty: leave it so, for another try.
					return errors.Join(err, os.RemoveAll(filepath.Join(dir, "data")))
				}
			default:
				if err := writeStarter(dir, ""); err != nil {
					return err
				}
			}
			a.remark("%s is ready. Next: pediment -C %s check", dir, dir)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&complete, "example", false, "a complete synthetic city, every person and figure invented")
	flags.IntVar(&o.Residents, "residents", 0, "with --example: number of residents (default 240000)")
	flags.IntVar(&o.Participation, "participation", 0, "with --example: number of participation records (default one for every four residents)")
	flags.Uint64Var(&o.Seed, "seed", 0, "with --example: same seed, same bytes (default 1)")
	flags.StringSliceVar(&from, "from", nil, "propose declarations for these files")
	return cmd
}

// emptyFolder refuses a folder that holds anything.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty; choose a new folder", dir)
	}
	return err
}

// proposeCity copies the files into the city and proposes their declarations.
func (a *app) proposeCity(cmd *cobra.Command, dir string, files []string) error {
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		return err
	}
	copies := make([]string, len(files))
	seen := map[string]string{}
	for _, file := range files {
		base := filepath.Base(file)
		if other, twice := seen[base]; twice {
			return usageError{fmt.Errorf("%s and %s have the same name; rename one of them", other, file)}
		}
		seen[base] = file
	}
	for k, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		copies[k] = "data/" + filepath.Base(file)
		if err := os.WriteFile(filepath.Join(dir, copies[k]), data, 0o644); err != nil {
			return err
		}
	}
	proposal, problems := ingest.Propose(cmd.Context(), dir, copies, adapters)
	if len(problems) > 0 {
		return problems
	}
	return writeStarter(dir, proposal)
}

// writeStarter writes the starting files of an empty city; a proposal takes the
// place of the sample datasets.
func writeStarter(dir, proposal string) error {
	return fs.WalkDir(starter, "starter", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := starter.ReadFile(path)
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(path, "starter/")))
		if entry.Name() == projectFile && proposal != "" {
			head, _, _ := strings.Cut(string(data), "datasets:")
			data = []byte(head + proposal)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}
