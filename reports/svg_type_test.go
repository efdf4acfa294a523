package reports

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/go-text/typesetting/shaping"
)

func newTypesetter(language string) *typesetter {
	t := &typesetter{}
	t.start(language)
	return t
}

// The fonts are the files npm serves, bit for bit.
func TestFontsAreAsPublished(t *testing.T) {
	for name, want := range map[string]string{
		"NotoSans_400Regular.ttf":              "fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
		"NotoSans_700Bold.ttf":                 "13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
		"noto-sans-math-latin-400-normal.woff": "b5710a7b1c8a9af4f0c1f638a97c8625d9c6a69af765bfc14da14cb76fb01032",
	} {
		data, err := fontFiles.ReadFile("assets/noto/" + name)
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); err != nil || got != want {
			t.Errorf("%s: SHA-256 %s, %v; want %s", name, got, err, want)
		}
	}
}

// Without any font of the machine, Latin, Greek and Cyrillic letters and the
// signs of statuses are there.
func TestOwnFontsSuffice(t *testing.T) {
	own := loadOwnFonts()
	set := newTypesetter("en")
	for _, bold := range []bool{false, true} {
		for _, run := range set.shape([]rune("Ångström Ωμέγα Щука 1 234–5 % € ▲▼◆◇◐●○■⊘≈→≥−×"), lettering{12, bold}) {
			if run.Face.Font != own.regular && run.Face.Font != own.bold && run.Face.Font != own.signs {
				t.Errorf("%v is set in a font of the machine", run.Runes)
			}
			notBlank(t, run)
		}
	}
}

// Other scripts are set in a font of the machine, where one has them, and else as
// empty boxes: either way they take room.
func TestOtherScripts(t *testing.T) {
	for language, text := range map[string]string{"ar": arabic, "ko": korean, "zh": "学习型城市", "ja": "学習都市です", "hi": "शिक्षा", "he": "עיר לומדת", "th": "การเรียนรู้"} {
		set := newTypesetter(language)
		for _, run := range set.shape([]rune(text), lettering{12, false}) {
			if run.Face != set.fonts.main() {
				notBlank(t, run)
			}
			if run.Advance <= 0 {
				t.Errorf("%s: %q takes no room", language, text)
			}
		}
	}
}

func notBlank(t *testing.T, run shaping.Output) {
	t.Helper()
	for _, glyph := range run.Glyphs {
		if glyph.GlyphID == 0 {
			t.Errorf("an empty box for the letter at %d", glyph.TextIndex())
		}
	}
}

// Arabic letters are joined and run from the right.
func TestArabicIsJoined(t *testing.T) {
	set := newTypesetter("ar")
	runs := set.line("كتاب", lettering{12, false})
	if len(runs) != 1 || runs[0].Face == set.fonts.main() {
		return // no font of this machine has Arabic: TestOtherScripts says what is drawn then
	}
	glyphs := runs[0].Glyphs
	if first, last := glyphs[0].TextIndex(), glyphs[len(glyphs)-1].TextIndex(); first <= last {
		t.Errorf("letters run from %d to %d", first, last)
	}
	alone, _ := runs[0].Face.NominalGlyph('ت')
	for _, glyph := range glyphs {
		if glyph.GlyphID == alone {
			t.Error("a letter in the middle has its form for standing alone")
		}
	}
}

func TestWrapFits(t *testing.T) {
	set := newTypesetter("en")
	l := lettering{13, true}
	for _, text := range []string{evilLong, strings.Repeat("W", 300), strings.Repeat(korean, 20), strings.Repeat(arabic+" ", 20)} {
		lines := set.wrap(text, l, 300, 3)
		if len(lines) != 3 || !strings.HasSuffix(lines[2], "…") {
			t.Errorf("%d lines of %.20q, the last %q", len(lines), text, lines[len(lines)-1])
		}
		for _, line := range lines {
			if w := set.width(line, l); w > 301 {
				t.Errorf("%q is %.1f wide", line, w)
			}
		}
	}
	if lines := set.wrap("  Two words ", l, 300, 3); len(lines) != 1 || lines[0] != "Two words" {
		t.Errorf("lines %q", lines)
	}
	if lines := set.wrap(" ", l, 300, 3); lines != nil {
		t.Errorf("lines of nothing %q", lines)
	}
}

// What is measured is what is drawn.
func TestWidthIsThatOfTheOutline(t *testing.T) {
	set := newTypesetter("en")
	for _, text := range []string{"AVATAR 12,345 %", arabic + " 12 (b)", korean} {
		l := lettering{12, false}
		if _, drawn := set.outline(text, l); drawn != set.width(text, l) {
			t.Errorf("%q: measured %v, drawn %v", text, set.width(text, l), drawn)
		}
	}
}
