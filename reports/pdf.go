package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// PDF prints the page on A4 with an installed Chromium, tagged for screen readers.
// Where there is none the error says what to do instead.
var PDF = &Format{
	Name: "pdf", Ext: ".pdf",
	Doc:   "the page on A4, printed by an installed Chromium, Chrome or Edge",
	Write: writePDF,
}

// browsers are the programs that can print a page, the one that is looked for first first.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "msedge"}

// printTime is how long a browser may take to print.
const printTime = 3 * time.Minute

func writePDF(w io.Writer, r *Report) error {
	browser, err := findBrowser(browsers)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "pediment-pdf-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	page := filepath.Join(folder, "report.html")
	if err := writePage(page, r); err != nil {
		return err
	}
	printed, err := printPage(browser, folder, page, printTime)
	if err != nil {
		return err
	}
	_, err = w.Write(undated(printed, r.stamp()))
	return err
}

// findBrowser returns the path of the first program that is installed.
func findBrowser(names []string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("print pdf: no Chromium, Chrome or Edge was found; install Chromium (on Debian: apt-get install chromium), or open the page (--format html) in any browser and print it")
}

func writePage(path string, r *Report) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(writeHTML(file, r), file.Close())
}

// printPage lets the browser print the page into the folder, which also holds all it
// writes for itself, and returns the document.
func printPage(browser, folder, page string, patience time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	target := filepath.Join(folder, "report.pdf")
	command := exec.CommandContext(ctx, browser, append(printFlags(folder, target), "file://"+filepath.ToSlash(page))...)
	command.WaitDelay = 5 * time.Second
	said, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("print pdf: %s was stopped after %s without a result; open the page (--format html) and print it", filepath.Base(browser), patience)
	}
	if err != nil {
		return nil, fmt.Errorf("print pdf: %s failed (%w)%s; open the page (--format html) and print it", filepath.Base(browser), err, lastLine(said))
	}
	data, err := os.ReadFile(target)
	if err != nil {
		return nil, fmt.Errorf("print pdf: %s wrote nothing%s; open the page (--format html) and print it", filepath.Base(browser), lastLine(said))
	}
	return data, nil
}

// printFlags keep the browser to itself: a profile of its own that is thrown away,
// no talk with its maker, and no head and foot but the page's.
func printFlags(folder, target string) []string {
	flags := []string{
		"--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-extensions", "--user-data-dir=" + filepath.Join(folder, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + target,
	}
	if os.Geteuid() == 0 { // Chromium refuses to run as root inside its sandbox
		flags = append(flags, "--no-sandbox")
	}
	return flags
}

// lastLine is the end of what a program said, in brackets.
func lastLine(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return " (" + clip(printable(last), 200) + ")"
	}
	return ""
}

var pdfDate = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14})`)

// undated puts the stamp in place of the hour the document was printed, in as many
// bytes, so that equal pages give equal documents.
func undated(pdf []byte, stamp time.Time) []byte {
	date := stamp.UTC().Format("20060102150405")
	for _, at := range pdfDate.FindAllSubmatchIndex(pdf, -1) {
		copy(pdf[at[2]:at[3]], date)
	}
	return pdf
}
