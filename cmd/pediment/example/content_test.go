package example

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// usual is the city of the default size, written once for the tests of this file.
func usual(t *testing.T) (*city, string) {
	t.Helper()
	return newTestCity(t, Options{}), written(t, Options{})
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestPopulationAddsUp re-adds population.csv: 240,000 residents in 2025 and
// 240,000 ÷ 1.008 = 238,095 in 2024, 240,000 ÷ 1.008⁴ = 232,471 in 2021.
func TestPopulationAddsUp(t *testing.T) {
	_, dir := usual(t)
	rows := table(t, dir, "data/population.csv", ',', utf8Text)
	header := rows[0]
	if len(header) != 3+96+1 || header[3] != "0" || header[98] != "95+" || header[99] != "All ages" {
		t.Fatalf("header is %v", header)
	}
	sums, published := map[string]float64{}, map[string]float64{}
	for _, row := range rows[1:] {
		sum := 0.0
		for _, cell := range row[3:99] {
			sum += number(t, cell)
		}
		if sum != number(t, row[99]) {
			t.Errorf("%v: ages add up to %g, not %s", row[:3], sum, row[99])
		}
		switch {
		case row[1] == cityCode && row[2] == "both":
			published[row[0]] = sum
		case row[1] != cityCode && row[2] != "both":
			sums[row[0]] += sum
		}
	}
	want := map[string]float64{"2021": 232471, "2022": 234331, "2023": 236206, "2024": 238095, "2025": 240000}
	for year, residents := range want {
		if sums[year] != residents || published[year] != residents {
			t.Errorf("%s: districts add up to %g, the city's row says %g, want %g", year, sums[year], published[year], residents)
		}
	}
}

// euroCents reads "1.234,56" as 123456.
func euroCents(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "").Replace(text), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLedgersAddUp re-adds the postings of every ledger against its last line
// and against the budget's lines.
func TestLedgersAddUp(t *testing.T) {
	c, dir := usual(t)
	for year := firstYear; year <= lastYear; year++ {
		rows := table(t, dir, fmt.Sprintf("data/ledger-%d.csv", year), ';', singleByte)
		var sum, want int64
		for _, row := range rows[1 : len(rows)-1] {
			sum += euroCents(t, row[9])
		}
		for _, l := range c.budgetLines() {
			want += l.executed[year-firstYear]
		}
		last := rows[len(rows)-1]
		if last[0] != "TOTAL" || euroCents(t, last[9]) != sum || sum != want {
			t.Errorf("%d: postings add up to %d, the last line says %s, the budget's lines %d", year, sum, last[9], want)
		}
	}
}

// TestBudgetReads reads the budget with excelize, whose reader is not ours, and
// re-adds each sub-total. The clumsy cell is the only one that is no number.
func TestBudgetReads(t *testing.T) {
	c, dir := usual(t)
	book, err := excelize.OpenFile(filepath.Join(dir, "data/budget.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Budget", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[4][10:], []string{"2021", "2022", "2023", "2024", "2025"}) {
		t.Fatalf("header is %v", rows[4])
	}
	if rows[clumsyAmount-1][10+clumsyYear-firstYear] != "12.4.31" {
		t.Errorf("row %d is %v, without the clumsy amount", clumsyAmount, rows[clumsyAmount-1])
	}
	lines, subtotals := 0, 0
	var sums [years]float64
	for i, row := range rows[5:] {
		switch {
		case strings.HasPrefix(row[0], "Sub-total") && len(row) > 10:
			subtotals++
			for y := range sums {
				clumsy := i+6 > clumsyAmount && rows[clumsyAmount-1][0][:2] == row[0][len(row[0])-2:] && firstYear+y == clumsyYear
				if got := number(t, row[10+y]); math.Abs(got-sums[y]) > .005 != clumsy {
					t.Errorf("row %d, %d: %s is %.2f, lines add up to %.2f", i+6, firstYear+y, row[0], got, sums[y])
				}
				sums[y] = 0
			}
		case len(row) > 10 && !strings.HasPrefix(row[0], "Total"):
			lines++
			for y := range sums {
				if row[10+y] != "12.4.31" {
					sums[y] += number(t, row[10+y])
				}
			}
		}
	}
	if lines != 2*len(c.budgetLines()) || subtotals != 11 {
		t.Errorf("%d lines and %d sub-totals, want %d and 11", lines, subtotals, 2*len(c.budgetLines()))
	}
}

// providers returns the persons of every record of the four providers that
// scale, in file order.
func providers(t *testing.T, dir string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, row := range table(t, dir, "data/adult-education.csv", ',', utf8Text)[1:] {
		found["courses"] = append(found["courses"], row[4])
	}
	for _, row := range table(t, dir, "data/community-centres.txt", '\t', utf16Text)[1:] {
		found["centres"] = append(found["centres"], row[4])
	}
	file, err := os.Open(filepath.Join(dir, "data/online-campus.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var visit struct{ User string }
		if err := json.Unmarshal(lines.Bytes(), &visit); err != nil {
			t.Fatal(err)
		}
		found["platform"] = append(found["platform"], visit.User)
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "data/vocational-college.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Students")
	if err != nil {
		t.Fatal(err)
	}
	if last := rows[len(rows)-1]; last[0] != "Total" || last[4] != strconv.Itoa(len(rows)-5) {
		t.Errorf("the college's last row is %v, %d students are listed", last, len(rows)-5)
	}
	for _, row := range rows[4 : len(rows)-1] {
		found["college"] = append(found["college"], row[4])
	}
	return found
}

// TestPersonsOverlap counts records and persons: 60,000 records of fewer
// persons, and the same persons at more than one provider.
func TestPersonsOverlap(t *testing.T) {
	_, dir := usual(t)
	records, alone := 0, 0
	everyone := map[string]bool{}
	for _, persons := range providers(t, dir) {
		records += len(persons)
		own := map[string]bool{}
		for _, person := range persons {
			own[person], everyone[person] = true, true
		}
		alone += len(own)
	}
	if records != 60_000 {
		t.Errorf("%d records, want 60,000", records)
	}
	if len(everyone) >= records/2 || alone < len(everyone)*5/4 {
		t.Errorf("%d records of %d persons, %d when every provider counts its own: too little overlap", records, len(everyone), alone)
	}
}

// TestMistakesAreThere checks that each of the cells the README says are
// rejected is in its file exactly once.
func TestMistakesAreThere(t *testing.T) {
	_, dir := usual(t)
	for _, m := range []struct {
		file, mistake string
		decode        func([]byte) string
	}{
		{"data/adult-education.csv", ",30/02/", utf8Text},
		{"data/community-centres.txt", "\t4O\t", utf16Text},
		{"data/libraries.csv", "\n13/", singleByte},
		{"data/expert-review.csv", ",3-4,", utf8Text},
	} {
		content, err := os.ReadFile(filepath.Join(dir, m.file))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(m.decode(content), m.mistake); n != 1 {
			t.Errorf("%s: %q is there %d times, want once", m.file, m.mistake, n)
		}
	}
}

// TestFiguresAddUp re-adds the statistical office's numerators and denominators:
// districts, sexes and age groups each make the city's.
func TestFiguresAddUp(t *testing.T) {
	_, dir := usual(t)
	const area, sex, age = 2, 3, 4
	type sum struct{ numerator, denominator float64 }
	whole, parts := map[string]sum{}, map[string]sum{}
	for _, row := range table(t, dir, "data/statistics-office.csv", ',', utf8Text)[1:] {
		if row[6] == ":" {
			continue
		}
		figure := sum{number(t, row[6]), number(t, row[7])}
		name := row[0] + " " + row[1]
		for _, by := range []int{area, sex, age} {
			if row[by] != "_T" && row[by] != cityCode {
				p := parts[name+" "+strconv.Itoa(by)]
				parts[name+" "+strconv.Itoa(by)] = sum{p.numerator + figure.numerator, p.denominator + figure.denominator}
			}
		}
		if row[area] == cityCode && row[sex] == "_T" && row[age] == "_T" {
			whole[name] = figure
		}
	}
	// By district, sex and age: literacy 3, unemployment 3 in 20 quarters; by district and sex: schooling
	// 2, turnout 2 in 2 years, NEET 2 in 5 years.
	if want := 3 + 3*20 + 2 + 2*2 + 2*5; len(parts) != want {
		t.Fatalf("%d breakdowns, want %d", len(parts), want)
	}
	for name, p := range parts {
		if w := whole[name[:strings.LastIndexByte(name, ' ')]]; w != p {
			t.Errorf("%s: the parts add up to %v, the city has %v", name, p, w)
		}
	}
}

// TestSpacesLieInTheirDistricts casts a ray from every learning space and counts
// the borders it crosses.
func TestSpacesLieInTheirDistricts(t *testing.T) {
	c, dir := usual(t)
	rows := table(t, dir, "data/learning-spaces.csv", ',', utf8Text)
	for _, row := range rows[1:] {
		lat, lon, _ := strings.Cut(row[4], ", ")
		y, x := number(t, lat), number(t, lon)
		for _, d := range c.districts {
			inside := false
			for i := 1; i < len(d.outline); i++ {
				p, q := d.outline[i-1], d.outline[i]
				if p[1] > y != (q[1] > y) && x < p[0]+(y-p[1])/(q[1]-p[1])*(q[0]-p[0]) {
					inside = !inside
				}
			}
			if inside != (d.code == row[3]) {
				t.Errorf("%s at %s: in %s is %v", row[1], row[4], d.code, inside)
			}
		}
	}
}

// TestStory checks what the example is meant to show: NEET rises every year,
// one district is behind, one programme is dear.
func TestStory(t *testing.T) {
	c, _ := usual(t)
	s := officeSeries()[6]
	before := 0.0
	for _, p := range s.periods {
		figures := c.figures(&s, p)
		rate := float64(figures[0].numerator) / float64(figures[0].denominator)
		if rate <= before {
			t.Errorf("%s %s: %.4f is not above %.4f", s.name, p.label, rate, before)
		}
		before = rate
		for _, f := range figures[1:] {
			if f.place >= 0 && c.districts[f.place].code != behindCode && float64(f.numerator)/float64(f.denominator) > 1.3*rate {
				t.Errorf("%s is further behind than %s", c.districts[f.place].code, behindCode)
			}
		}
		if f := figures[1+5]; float64(f.numerator)/float64(f.denominator) < 1.5*rate {
			t.Errorf("%s %s: %s is not clearly behind", s.name, p.label, behindCode)
		}
	}
}

// TestOneProgrammeIsDear divides what two programmes of the community centres
// cost in 2025 by the attendances listed for them.
func TestOneProgrammeIsDear(t *testing.T) {
	c, dir := usual(t)
	attendances, spent := map[string]float64{}, map[string]float64{}
	for _, row := range table(t, dir, "data/community-centres.txt", '\t', utf16Text)[1:] {
		if strings.HasPrefix(row[0], "2025") {
			attendances[row[3]]++
		}
	}
	for _, l := range c.budgetLines() {
		spent[l.programme.code] += float64(l.executed[lastYear-firstYear]) / 100
	}
	dear, usual := spent["PAS"]/attendances["PAS"], spent["NEI"]/attendances["NEI"]
	if dear < 10*usual || dear > 50*usual {
		t.Errorf("the Digital Passport costs %.0f EUR for each attendance, neighbourhood learning %.0f: want 10 to 50 times as much", dear, usual)
	}
}
