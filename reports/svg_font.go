package reports

import (
	"bytes"
	"embed"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// Noto Sans for Latin, Greek and Cyrillic, and Noto Sans Math for signs such as
// those of statuses, as published on npm in @expo-google-fonts/noto-sans 0.4.2
// and @fontsource/noto-sans-math 5.3.0; their licence, OFL-1.1, lies beside them.
//
//go:embed assets/noto
var fontFiles embed.FS

// ownFonts are the fonts every machine has, since the program carries them.
type ownFonts struct{ regular, bold, signs *font.Font }

var loadOwnFonts = sync.OnceValue(func() ownFonts {
	return ownFonts{ownFont("NotoSans_400Regular.ttf"), ownFont("NotoSans_700Bold.ttf"), ownFont("noto-sans-math-latin-400-normal.woff")}
})

func ownFont(name string) *font.Font {
	data, err := fontFiles.ReadFile("assets/noto/" + name)
	if err != nil {
		panic(err)
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		panic(err)
	}
	return face.Font
}

// fontChoice finds the font for each letter: the program's own before those of
// the machine, which other scripts need. It serves one typesetter.
type fontChoice struct {
	bold     bool
	families []string // asked for on the machine, in this order
	script   language.Script
	faces    map[*font.Font]*font.Face // a face serves one typesetter, a font all
	chosen   map[letterKey]*font.Face
}

type letterKey struct {
	letter rune
	script language.Script
	bold   bool
}

// start readies the choice for a picture in a language.
func (f *fontChoice) start(tag string) {
	f.families = families(tag)
	f.chosen = map[letterKey]*font.Face{}
	if f.faces == nil {
		f.faces = map[*font.Font]*font.Face{}
	}
}

// families are the fonts that go with Noto Sans, the form of Chinese characters
// that the language uses first.
func families(tag string) []string {
	list := []string{"Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Thai"}
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "ja":
		list = append(list, "Noto Sans CJK JP")
	case "ko":
		list = append(list, "Noto Sans CJK KR")
	}
	return append(list, "Noto Sans CJK SC", "sans-serif")
}

// main is the font of most text.
func (f *fontChoice) main() *font.Face {
	own := loadOwnFonts()
	if f.bold {
		return f.face(own.bold)
	}
	return f.face(own.regular)
}

func (f *fontChoice) face(of *font.Font) *font.Face {
	face := f.faces[of]
	if face == nil {
		face = font.NewFace(of)
		f.faces[of] = face
	}
	return face
}

// SetScript says to which script the next letters belong.
func (f *fontChoice) SetScript(s language.Script) { f.script = s }

// ResolveFace finds the face for a letter; one that no font has is drawn as the
// main font's empty box.
func (f *fontChoice) ResolveFace(letter rune) *font.Face {
	key := letterKey{letter, f.script, f.bold}
	face := f.chosen[key]
	if face == nil {
		face = f.resolve(letter)
		f.chosen[key] = face
	}
	return face
}

func (f *fontChoice) resolve(letter rune) *font.Face {
	own := []*font.Face{f.main()}
	if unicode.IsSymbol(letter) {
		own = append(own, f.face(loadOwnFonts().signs)) // it has letters too, but no way to join them
	}
	for _, face := range own {
		if _, has := face.NominalGlyph(letter); has {
			return face
		}
	}
	if found := scanMachine().find(letter, f.script, f.families, f.bold); found != nil {
		return f.face(found)
	}
	return f.main()
}

// machineFonts are the fonts installed on the machine.
type machineFonts struct {
	mu   sync.Mutex
	list *fontscan.FontMap // nil when none can be read
}

// scanMachine looks for the machine's fonts once, when the first letter needs
// one. What it finds is kept in the user's cache folder.
var scanMachine = sync.OnceValue(func() *machineFonts {
	list := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	folder, err := fontIndexFolder()
	if err != nil || list.UseSystemFonts(folder) != nil {
		return &machineFonts{}
	}
	return &machineFonts{list: list}
})

func fontIndexFolder() (string, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		folder := filepath.Join(cache, "pediment")
		if os.MkdirAll(folder, 0o755) == nil {
			return folder, nil
		}
	}
	return os.MkdirTemp("", "pediment-fonts-")
}

// find is the font that has the letter, nil where none has.
func (m *machineFonts) find(letter rune, script language.Script, families []string, bold bool) *font.Font {
	if m.list == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	query := fontscan.Query{Families: families}
	if bold {
		query.Aspect.Weight = font.WeightBold
	}
	m.list.SetQuery(query)
	m.list.SetScript(script)
	face := m.list.ResolveFace(letter)
	if face == nil {
		return nil
	}
	if _, has := face.NominalGlyph(letter); !has {
		return nil
	}
	return face.Font
}
