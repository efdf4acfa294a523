package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// Exit codes, as documented in the help.
const (
	exitDone     = 0
	exitProblems = 1
	exitUsage    = 2
)

// app is what every command shares: streams and the flags of the root command.
type app struct {
	in       io.Reader
	out, err io.Writer
	dir      string
	quiet    bool
	format   string
	failOn   string
	edition  disclosure.Edition
	released []analysis.Value // what this run has made public already
	ledger   *record          // as the run's first look at it was
}

// errProblems ends a command with exit code 1 after its problems were printed.
var errProblems = errors.New("problems found")

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{in: in, out: out, err: errOut}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	var problems analysis.Problems
	var problem analysis.Problem
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		fmt.Fprintln(errOut, "pediment: interrupted; nothing is half written")
		return exitProblems
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &problems):
		text := problems.Error()
		fmt.Fprintln(errOut, text)
		fmt.Fprintln(errOut, problemCount(strings.Count(text, "\n")+1))
		return exitProblems
	case errors.As(err, &problem):
		fmt.Fprintln(errOut, problem.String())
		return exitProblems
	case errors.As(err, &usage) || strings.HasPrefix(err.Error(), "unknown "):
		fmt.Fprintf(errOut, "pediment: %v\nRun 'pediment --help' for the commands and examples.\n", err)
		return exitUsage
	}
	fmt.Fprintf(errOut, "pediment: %v\n", err)
	return exitProblems
}

func problemCount(n int) string {
	if n == 1 {
		return "1 problem found."
	}
	return fmt.Sprintf("%d problems found.", n)
}

// usageError is a command line that cannot be understood.
type usageError struct{ error }

const rootHelp = `Pediment reads a learning city's own files, computes its indicators and
writes the progress report: a workbook and a page.

A city is a folder of plain files; run pediment inside it, or name it with -C.

Exit codes: 0 done, 1 problems found (data, definitions, thresholds), 2 usage.`

const rootExample = `  pediment init riverbend --example     a complete synthetic city to look around in
  pediment -C riverbend check           every mistake at once, and what can be computed
  pediment -C riverbend report          the workbook and the page, in riverbend/reports
  pediment init mycity --from survey.xlsx budget.csv
                                        a folder with proposed declarations for your own files`

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "pediment", Short: "Indicators and progress reports of a learning city",
		Long: rootHelp, Example: rootExample, Version: version(),
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.dir, "directory", "C", ".", "the city's folder")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress, no remarks; results and problems only")
	flags.StringVar(&a.failOn, "fail-on", "never", "end with exit code 1 on rejected rows: never, rejects, or a share such as 1%")
	for _, command := range commands {
		root.AddCommand(command(a))
	}
	return root
}

// usageArgs reports wrong arguments as a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%s: %w", cmd.CommandPath(), err)}
		}
		return nil
	}
}

// formatFlag adds --format for the formats that print a plain result.
func (a *app) formatFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.format, "format", "text", formatNames(printFormats))
	cmd.PreRunE = func(*cobra.Command, []string) error {
		_, err := chooseFormats(printFormats, []string{a.format})
		return err
	}
}

// print writes a plain result in the chosen format.
func (a *app) print(result analysis.Result) error {
	chosen, err := chooseFormats(printFormats, []string{a.format})
	if err != nil {
		return err
	}
	return chosen[0].Write(a.out, &reports.Report{Result: result})
}

// chooseFormats finds formats by name.
func chooseFormats(known []*reports.Format, names []string) ([]*reports.Format, error) {
	var chosen []*reports.Format
	for _, name := range names {
		k := slices.IndexFunc(known, func(f *reports.Format) bool { return f.Name == name })
		if k < 0 {
			return nil, usageError{fmt.Errorf("unknown format %q; choose from %s", name, formatNames(known))}
		}
		chosen = append(chosen, known[k])
	}
	return chosen, nil
}

func formatNames(formats []*reports.Format) string {
	names := make([]string, len(formats))
	for k, f := range formats {
		names[k] = f.Name
	}
	return strings.Join(names, ", ")
}

// remark prints a line for a person, unless --quiet or the result is for a program.
func (a *app) remark(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// terminal reports whether remarks go to a terminal, where a progress bar helps.
func (a *app) terminal() bool {
	file, ok := a.err.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// version is the module's version, "development" outside a release.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	if text == "" || text == "(devel)" {
		text = "development"
	}
	return text
}

// engine names the program and the database driver a report was made with.
func engine() string {
	text := "Pediment " + version()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/duckdb/duckdb-go/v2" {
				text += ", DuckDB driver " + module.Version
			}
		}
	}
	return text
}

// flagError explains a mistake in a command's flags: which flag it may have been,
// and where they are listed.
func flagError(cmd *cobra.Command, err error) error {
	hint := ""
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		if hint = analysis.Suggest("--"+unknown.GetSpecifiedName(), names); hint != "" {
			hint = " (" + hint + ")"
		}
	}
	return usageError{fmt.Errorf("%w%s; '%s --help' lists the flags", err, hint, cmd.CommandPath())}
}
