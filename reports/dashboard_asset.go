package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
)

//go:embed dashboard
var dashboardFiles embed.FS

// asset is a file of the pages' own. Its address names its content, so that browsers
// may keep it for good.
type asset struct {
	address string
	made    rendition
}

// assets are the files by their name.
var assets = listAssets()

func listAssets() map[string]asset {
	list := map[string]asset{}
	add := func(name, kind, content string) {
		sum := sha256.Sum256([]byte(content))
		extension := path.Ext(name)
		address := "/assets/" + name[:len(name)-len(extension)] + "." + hex.EncodeToString(sum[:6]) + extension
		list[name] = asset{address, newRendition(kind, []byte(content))}
	}
	const script, style = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
	add("page.css", style, tokens()+pageStyle+mustReadDashboard("dashboard.css"))
	add("start.js", script, pageStart)
	add("echarts.js", script, chartLibrary)
	add("page.js", script, pageScript)
	add("levers.js", script, mustReadDashboard("levers.js"))
	add("internal.css", style, printedMark((&Report{Edition: Internal}).mark()))
	return list
}

func mustReadDashboard(name string) string {
	data, err := dashboardFiles.ReadFile("dashboard/" + name)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// assetRoutes serve the files. An address of another version is not found: the page
// that names it is out of date.
func assetRoutes() []route {
	var list []route
	for _, one := range assets {
		list = append(list, route{pattern: "GET " + one.address, answer: func(v *visit) error {
			v.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			return one.made.send(v.w, v.r, http.StatusOK)
		}})
	}
	return list
}
