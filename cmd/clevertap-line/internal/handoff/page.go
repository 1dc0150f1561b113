package handoff

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

// settings are what a page is made with.
type settings struct {
	storeID, store, account, enteredURL string
	plan                                *declared.Plan // nil is none
	options                             linepreview.Options
	showSensitive                       bool
}

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// page is what the template fills in. What is no type of package template, it escapes.
type page struct {
	Words                                  *wording
	Language, Title, Policy, AboutPictures string
	Sheet                                  template.CSS
	Script                                 template.JS
	Data                                   data
	Warnings                               []string
	Faults                                 []fault
	Items                                  []*item
	Commands                               string
	CommandsCopied                         int
	AfterApply                             bool
	EnteredURL                             string
	Rest                                   []group
	Total                                  int
	pictures                               []linepreview.Set
	work                                   *work
	set                                    settings
	linked                                 []*object
}

// data is what the script reads, as JSON. It never becomes HTML.
type data struct {
	// Values are the texts that are copied, by the number that a button has.
	Values []string `json:"values"`
	// Keys are what ticks are kept under, by the number of an item. A change of the content is another key.
	Keys  []string          `json:"keys"`
	Words map[string]string `json:"words"`
}

type fault struct{ Kind, Title, Text string }

// group are objects about which nothing is to be done.
type group struct {
	Heading string
	Objects []rest
}

type rest struct{ Kind, Title, Note string }

// item is an object about which something is to be done.
type item struct {
	Number, Total           int
	Verb, Kind, Title, Note string
	Receipt, Fault          string
	Sensitive, NoContent    bool
	Unknown                 string
	NotNoted                bool
	Rows                    []row
	Form                    []field
	Pictures                []picture
	PicturesNote            string
}

// field is one of the form by which a pipeline's job writes a receipt.
type field struct {
	Name, Value string
	Copy        int
}

// row is a step with what its buttons copy, -1 for none.
type row struct {
	step

	Was, Is           difference
	CopyText, CopyKey int
}

// picture is one of messages.
type picture struct {
	Title string
	HTML  template.HTML
	at    int
}

// render makes the page. The same arguments give the same bytes.
func render(w *work, set settings) ([]byte, error) {
	words := wordingOf(set.options.Language)
	p := &page{
		Words: words, Language: "en", Title: fmt.Sprintf(words.Title, set.account), AboutPictures: linepreview.About(set.options.Language),
		EnteredURL: set.enteredURL, work: w, set: set, linked: w.in(published),
		Data: data{Values: []string{}, Keys: []string{}, Words: map[string]string{
			"copied": words.Copied, "notCopied": words.NotCopied, "progress": words.Progress, "allProgress": words.AllProgress,
		}},
	}
	if words == &japanese {
		p.Language = "ja"
	}
	if plan := set.plan; plan != nil {
		p.AfterApply = slices.ContainsFunc(plan.Changes, func(c declared.Change) bool { return c.Action != "no-op" })
		if p.AfterApply {
			p.Warnings = append(p.Warnings, words.Planned)
		}
		if plan.Errored {
			p.Warnings = append(p.Warnings, words.Errored)
		}
		if plan.Partial {
			p.Warnings = append(p.Warnings, words.Partial)
		}
	}
	for _, o := range w.in(broken) {
		p.Faults = append(p.Faults, fault{words.Kinds[string(o.kind)], o.title(), o.err.Error()})
	}
	for _, o := range w.in(toEnter, toChange, toRemove) {
		p.item(o)
	}
	p.Commands = strings.Join(commands(w, set), "\n")
	p.CommandsCopied = p.copied(p.Commands)
	p.rest(words.Entered, entered)
	p.rest(words.Published, published)
	p.rest(words.Forgotten, forgotten)
	p.draw()
	var out bytes.Buffer
	err := pageTemplate.Execute(&out, p)
	return out.Bytes(), err
}

// copied is the number of a text that a button copies.
func (p *page) copied(text string) int {
	p.Data.Values = append(p.Data.Values, text)
	return len(p.Data.Values) - 1
}

// item adds an object about which something is to be done.
func (p *page) item(o *object) {
	words := p.Words
	i := &item{
		Number: len(p.Items) + 1, Kind: words.Kinds[string(o.kind)], Title: o.title(), Sensitive: o.hidden, NotNoted: !o.notable(),
	}
	p.Items = append(p.Items, i)
	key := []string{p.set.storeID, p.set.account, string(o.kind), o.name}
	switch o.state() {
	case toRemove:
		i.Verb, i.Note = words.Remove, ""
		key = append(key, "remove", o.receipt.ContentSHA256)
	case toChange:
		i.Verb, i.Note, i.NoContent = words.Change, words.ChangeNote, o.entered == nil
		key = append(key, o.receipt.ContentSHA256, o.declared.ContentSHA256)
	default:
		i.Verb, i.Note = words.Enter, words.EnterNote
		key = append(key, "", o.declared.ContentSHA256)
	}
	if o.hidden {
		key = nil // there is nothing to tick, and the hash of what is hidden would say something of it
	}
	kept, _ := json.Marshal(key) // texts always can be
	p.Data.Keys = append(p.Data.Keys, "clevertap-line handoff "+string(kept))
	i.Receipt = p.receipt(o)
	if len(o.unknown) > 0 {
		i.Unknown = fmt.Sprintf(words.Unknown, strings.Join(o.unknown, ", "))
	}
	if !o.hidden && o.declared != nil {
		i.Fault = o.declared.Fault
	}
	for _, s := range o.steps(words, p.Language) {
		r := row{step: s, CopyText: -1, CopyKey: -1}
		if s.Changed {
			r.Was, r.Is = differences(s.Old, s.Text)
		}
		if s.Exact() {
			r.CopyText = p.copied(s.Text)
		}
		if s.Key != "" && !s.Gone {
			r.CopyKey = p.copied(s.Key)
		}
		if s.Todo() {
			i.Total++
		}
		i.Rows = append(i.Rows, r)
	}
	p.Total += i.Total
	i.Form = p.form(o)
	p.picturesOf(o, i)
}

// form is what that form gets, once it is done. There is none where no receipt can be written of what the page says.
func (p *page) form(o *object) []field {
	if !o.notable() {
		return nil
	}
	object := string(o.kind) + "/" + o.name
	second := field{Name: "removed", Value: "true"}
	if o.declared != nil {
		second = field{Name: "content_sha256", Value: o.declared.ContentSHA256}
	}
	return []field{{"object", object, p.copied(object)}, {second.Name, second.Value, p.copied(second.Value)}}
}

func (p *page) receipt(o *object) string {
	if o.receipt == nil || o.hidden {
		return ""
	}
	return fmt.Sprintf(p.Words.Receipt, o.receipt.By, o.receipt.At)
}

// rest adds the objects in a state in which nothing is to be done.
func (p *page) rest(heading string, of state) {
	g := group{Heading: heading}
	for _, o := range p.work.in(of) {
		r := rest{p.Words.Kinds[string(o.kind)], o.title(), p.receipt(o)}
		if of == forgotten && o.receipt == nil {
			r.Note = p.Words.NoReceipt
		}
		g.Objects = append(g.Objects, r)
	}
	if len(g.Objects) > 0 {
		p.Rest = append(p.Rest, g)
	}
}

// picturesOf adds what an object's messages look like, before and after.
func (p *page) picturesOf(o *object, i *item) {
	add := func(title, messages string) {
		i.Pictures = append(i.Pictures, picture{Title: title, at: len(p.pictures)})
		p.pictures = append(p.pictures, linepreview.Set{Text: messages})
	}
	if o.hidden {
		return
	}
	// What was removed with an earlier plan has no marks any more.
	if old := o.entered; old != nil && old.Messages != "" && (o.declared != nil || !o.unplanned || p.set.showSensitive) {
		title := p.Words.OldMessages
		if o.declared == nil {
			title = p.Words.RemovedMessages
		}
		add(title, old.Messages)
	}
	switch {
	case o.declared == nil:
	case o.declared.Messages != "":
		add(p.Words.Messages, o.declared.Messages)
	case o.declared.LinkedMessages != "":
		i.PicturesNote = p.Words.LinkedElsewhere
		for _, linked := range p.linked {
			switch {
			case !o.declared.Reads(linked.declared):
			case linked.hidden:
				i.PicturesNote = p.Words.SensitivePicture
			case linked.declared.Messages == "":
				i.PicturesNote = p.Words.UnknownPicture
			default:
				i.PicturesNote = ""
				add(fmt.Sprintf(p.Words.LinkedMessages, linked.title()), linked.declared.Messages)
			}
		}
	}
}

// draw fills in the pictures, the same one of an item once, and what follows from the style sheet being known now.
func (p *page) draw() {
	fragments, sheet := linepreview.Fragments(p.pictures, p.set.options)
	for _, i := range p.Items {
		if len(i.Pictures) == 2 && fragments[i.Pictures[0].at] == fragments[i.Pictures[1].at] {
			i.Pictures = i.Pictures[1:]
		}
		for at := range i.Pictures {
			i.Pictures[at].HTML = template.HTML(fragments[i.Pictures[at].at]) //nolint:gosec // linepreview escapes
		}
	}
	sheet += pageCSS
	p.Sheet = template.CSS(sheet)  //nolint:gosec // linepreview and this package wrote it
	p.Script = template.JS(pageJS) //nolint:gosec // a file of this package
	p.Policy = linepreview.Policy(sheet, pageJS, p.set.options)
}
