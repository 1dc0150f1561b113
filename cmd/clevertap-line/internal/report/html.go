package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string

	pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"inLine": inLine, "lines": diffLines}).Parse(pageHTML))
)

// page is what the template fills in. What is no type of package template, it escapes.
type page struct {
	Policy, Headline, About string
	Notes                   []string
	Sheet                   template.CSS
	Sections                []section
}

type section struct {
	Heading, Intro string
	Articles       []article
	Lines          [][]part
}

type article struct {
	Title     []part
	Address   string
	Sentences [][]part
	Blocks    []block
	Pictures  []picture
}

// picture is messages as they are drawn.
type picture struct {
	Title string
	HTML  template.HTML
}

// line is one of a block, with how it is shown.
type line struct{ Class, Text string }

// diffLines are the lines of a block.
func diffLines(b block) (lines []line) {
	for text := range strings.Lines(b.Lines) {
		class := ""
		if b.Info == "diff" && text[0] == '-' {
			class = "was"
		} else if b.Info == "diff" && text[0] == '+' {
			class = "is"
		}
		lines = append(lines, line{class, text})
	}
	return lines
}

// html is the report as one page, with pictures of what changes. The same facts give the same bytes.
func (f *facts) html() ([]byte, error) {
	p := &page{Headline: f.headline(), Notes: f.notes(), About: linepreview.About("en")}
	var sets []linepreview.Set
	p.diagnostics(f, errorsOfPlan, true)
	for _, group := range f.groups() {
		s := section{Heading: group.heading, Intro: group.intro}
		for _, o := range group.objects {
			if group.line != nil {
				s.Lines = append(s.Lines, group.line(o).parts())
				continue
			}
			a := article{Title: o.title().parts(), Address: o.Address, Blocks: o.blocks()}
			for _, said := range group.sentences(o) {
				a.Sentences = append(a.Sentences, said.parts())
			}
			for _, drawn := range o.pictures() {
				a.Pictures = append(a.Pictures, picture{Title: drawn.Title})
				sets = append(sets, linepreview.Set{Text: drawn.Text})
			}
			s.Articles = append(s.Articles, a)
		}
		p.Sections = append(p.Sections, s)
	}
	p.others(f)
	p.diagnostics(f, warningsOfPlan, false)
	p.draw(sets)
	var out bytes.Buffer
	err := pageTemplate.Execute(&out, p)
	return out.Bytes(), err
}

// draw fills in the pictures, in their order, and the one style sheet.
func (p *page) draw(sets []linepreview.Set) {
	fragments, sheet := linepreview.Fragments(sets, linepreview.Options{})
	for _, s := range p.Sections {
		for _, a := range s.Articles {
			for i := range a.Pictures {
				a.Pictures[i].HTML, fragments = template.HTML(fragments[0]), fragments[1:] //nolint:gosec // linepreview escapes
			}
		}
	}
	sheet += pageCSS
	p.Sheet = template.CSS(sheet) //nolint:gosec // linepreview's is of typed values, and the rest is ours
	p.Policy = linepreview.Policy(sheet, "", linepreview.Options{})
}

// pictures are of the messages that change, before and after.
func (o *object) pictures() (sets []linepreview.Set) {
	if o.Sensitive || o.Texts == "" && len(o.Properties) == 0 {
		return nil
	}
	before, after := messagesOf(o.change.Before), messagesOf(o.change.After)
	if before != "" && before != "[]" {
		sets = append(sets, linepreview.Set{Title: "Before", Text: before})
	}
	if after != "" && after != "[]" && before != after {
		sets = append(sets, linepreview.Set{Title: "After", Text: after})
	}
	return sets
}

func (p *page) others(f *facts) {
	s := section{Heading: otherResources}
	for _, o := range f.Others {
		s.Lines = append(s.Lines, o.line().parts())
	}
	if len(s.Lines) > 0 {
		p.Sections = append(p.Sections, s)
	}
}

func (p *page) diagnostics(f *facts, heading string, errors bool) {
	s := section{Heading: heading}
	for _, d := range f.Diagnostics {
		if errors == (d.Severity == severityError) {
			s.Articles = append(s.Articles, article{
				Title: d.title().parts(), Address: d.Address, Blocks: []block{{"", "text", indented(d.words())}},
			})
		}
	}
	if len(s.Articles) > 0 {
		p.Sections = append(p.Sections, s)
	}
}
