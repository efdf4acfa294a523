package reports

import (
	_ "embed"
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// studio draws charts without a browser: the page's chart library, compiled
// once, and as many typesetters as charts may be drawn at once. A drawing takes
// up to 80 MiB.
type studio struct {
	library, script *goja.Program
	desks           chan *typesetter
	patience        time.Duration // of one drawing, which takes a fraction of a second
}

var openStudio = sync.OnceValues(func() (*studio, error) {
	library, err := goja.Compile("echarts.min.js", chartLibrary, false)
	if err != nil {
		return nil, fmt.Errorf("read the chart library: %w", err)
	}
	s := &studio{library, goja.MustCompile("svg_draw.js", drawScript, false), make(chan *typesetter, runtime.GOMAXPROCS(0)), 30 * time.Second}
	for range cap(s.desks) {
		s.desks <- &typesetter{}
	}
	return s, nil
})

//go:embed svg_draw.js
var drawScript string

// run has the library draw in a machine of its own, so that what it draws does
// not depend on what was drawn before.
func (s *studio) run(d drawing, numbers spoken, t *typesetter, width, height int) (string, error) {
	vm := goja.New()
	vm.SetRandSource(func() float64 { return 0.5 })
	vm.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	late := time.AfterFunc(s.patience, func() { vm.Interrupt(fmt.Sprintf("not done within %v", s.patience)) })
	defer late.Stop()
	if err := t.lend(vm); err != nil {
		return "", err
	}
	if _, err := vm.RunProgram(s.library); err != nil {
		return "", err
	}
	value, err := vm.RunProgram(s.script)
	if err != nil {
		return "", err
	}
	draw, _ := goja.AssertFunction(value)
	svg, err := draw(goja.Undefined(), vm.ToValue(string(d.Option)), vm.ToValue(d.Map), vm.ToValue(string(d.GeoJSON)), vm.ToValue(numbers.json()), vm.ToValue(width), vm.ToValue(height))
	if err != nil {
		return "", err
	}
	return svg.String(), nil
}

// lend gives a machine the measures of text.
func (t *typesetter) lend(vm *goja.Runtime) error {
	if err := vm.Set("measure", func(text, font string) float64 { return t.width(text, parseFont(font)) }); err != nil {
		return err
	}
	return vm.Set("wrap", func(text, font string, width float64, lines int) string {
		return strings.Join(t.wrap(text, parseFont(font), width, lines), "\n")
	})
}

var fontSize = regexp.MustCompile(`(\d+(?:\.\d+)?)px`)

// parseFont reads a font as style sheets name it: "bold 12px sans-serif".
func parseFont(css string) lettering {
	l := lettering{size: 12, bold: strings.Contains(css, "bold")}
	if size := fontSize.FindStringSubmatch(css); size != nil {
		l.size, _ = strconv.ParseFloat(size[1], 64)
	}
	for _, weight := range []string{"600", "700", "800", "900"} {
		l.bold = l.bold || strings.HasPrefix(css, weight+" ") || strings.Contains(css, " "+weight+" ")
	}
	return l
}
