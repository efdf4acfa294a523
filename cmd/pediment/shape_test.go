package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pediment/ingest"
	"pediment/reports"
)

const root = "../.."

// mayImport says which of our packages a package may import; whoever is not
// listed may import nothing of ours but analysis. cmd may import everything.
var mayImport = map[string][]string{
	"analysis":   {},
	"indicators": {"analysis", "analysis/survey"},
}

func TestImportsFormTheDeclaredDAG(t *testing.T) {
	for dir, files := range goFiles(t) {
		if strings.HasPrefix(dir, "cmd/") {
			continue
		}
		allowed, listed := mayImport[dir]
		if !listed {
			allowed = []string{"analysis"}
		}
		for _, file := range files {
			for _, spec := range file.Imports {
				path, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "pediment/")
				if ours && !slices.Contains(allowed, path) {
					t.Errorf("%s imports %s; allowed: %v", dir, path, allowed)
				}
			}
		}
	}
}

func TestOnlyIngestKnowsTheDriver(t *testing.T) {
	for dir, files := range goFiles(t) {
		for _, file := range files {
			for _, spec := range file.Imports {
				if strings.Contains(spec.Path.Value, "duckdb") && dir != "ingest" {
					t.Errorf("%s imports %s", dir, spec.Path.Value)
				}
			}
		}
	}
}

func TestNoInitFunctions(t *testing.T) {
	for dir, files := range goFiles(t) {
		for _, file := range files {
			for _, decl := range file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
					t.Errorf("%s has a func init", dir)
				}
			}
		}
	}
}

// Every exported adapter and format must be in its suite list.
func TestSuiteIsComplete(t *testing.T) {
	files := goFiles(t)
	adapterNames := map[*ingest.Adapter]string{ingest.CSV: "CSV", ingest.XLSX: "XLSX", ingest.Parquet: "Parquet", ingest.JSON: "JSON"}
	var listed []string
	for _, a := range adapters {
		listed = append(listed, adapterNames[a])
	}
	sameNames(t, "adapters", exportedVars(files["ingest"], "Adapter"), listed)
	formatNames := map[*reports.Format]string{reports.Text: "Text", reports.JSON: "JSON", reports.CSV: "CSV", reports.XLSX: "XLSX", reports.HTML: "HTML", reports.DOCX: "DOCX", reports.PDF: "PDF", dataPackage: "Package"}
	listed = nil
	for _, f := range reportFormats {
		listed = append(listed, formatNames[f])
	}
	declared := append(exportedVars(files["reports"], "Format"), makersOf(files["reports"], "Format")...)
	sameNames(t, "formats", declared, listed)
}

// makersOf lists the exported functions that return a *TypeName and nothing else.
func makersOf(files []*ast.File, typeName string) []string {
	var names []string
	for _, file := range files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !f.Name.IsExported() || f.Type.Results == nil || len(f.Type.Results.List) != 1 {
				continue
			}
			if star, ok := f.Type.Results.List[0].Type.(*ast.StarExpr); ok && fmt.Sprint(star.X) == typeName {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}

func sameNames(t *testing.T, what string, declared, listed []string) {
	t.Helper()
	slices.Sort(declared)
	slices.Sort(listed)
	if !slices.Equal(declared, listed) || len(declared) == 0 {
		t.Errorf("%s declared %v, listed in suite.go %v", what, declared, listed)
	}
}

// exportedVars lists the package-level variables set to &TypeName{…}.
func exportedVars(files []*ast.File, typeName string) []string {
	var names []string
	for _, file := range files {
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.VAR {
				continue
			}
			for _, spec := range general.Specs {
				value := spec.(*ast.ValueSpec)
				for k, name := range value.Names {
					if k < len(value.Values) && name.IsExported() && isPointerTo(value.Values[k], typeName) {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

func isPointerTo(e ast.Expr, typeName string) bool {
	unary, ok := e.(*ast.UnaryExpr)
	if !ok {
		return false
	}
	literal, ok := unary.X.(*ast.CompositeLit)
	if !ok {
		return false
	}
	name, ok := literal.Type.(*ast.Ident)
	return ok && name.Name == typeName
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"cmd", "indicators", "ingest", "analysis", "reports", "testdata", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "NOTICE", "pediment", "example"}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") && !slices.Contains(allowed, entry.Name()) {
			t.Errorf("top level holds %s", entry.Name())
		}
	}
}

// goFiles parses every Go file that is not a test, by folder.
func goFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	found := map[string][]*ast.File{}
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		found[filepath.ToSlash(dir)] = append(found[filepath.ToSlash(dir)], file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
