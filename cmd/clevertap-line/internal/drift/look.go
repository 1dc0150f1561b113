package drift

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// reading is one run: where is looked, each nil if it is not, and what is found.
type reading struct {
	*drift

	account  string
	template templatestore.Backend
	publish  templatestore.Backend
	plan     *declared.Plan
	served   *servedcontent.Reader
	logs     logs

	// The parts, in the order in which they are told.
	templatePart, planPart, publishPart, servedPart, linePart, clevertapPart, auditPart *part

	objects, published []object
	// marks are those of the plan, whosever it is.
	marks marks
}

// reading opens all that the command was given. What is written wrong in it is an error; what does not answer, and a vendor's setting
// that cannot be, is found later.
func (d *drift) reading(ctx context.Context, command *cobra.Command, address string) (r *reading, err error) {
	r = &reading{
		drift: d, templatePart: newPart("template store"), planPart: newPart("plan"), publishPart: newPart("publish store"),
		servedPart: newPart("served"), linePart: newPart("LINE"), clevertapPart: newPart("CleverTap"), auditPart: newPart("audit log"),
	}
	if r.template, err = stores.Open(ctx, address, os.Getenv(cli.EnvStoreToken)); err != nil {
		return nil, err
	}
	if r.account, err = stores.Account(command); err != nil {
		return nil, withAccounts(ctx, r.template, err)
	}
	if d.publishStore != "" {
		if r.publish, err = stores.Open(ctx, d.publishStore, os.Getenv(cli.EnvPublishStoreToken)); err != nil {
			return nil, fmt.Errorf("--publish-store: %w", err)
		}
	}
	if d.plan != "" {
		if r.plan, err = readPlan(command, d.plan); err != nil {
			return nil, fmt.Errorf("--plan %s: %w", cli.ShownName(d.plan), err)
		}
	}
	r.marks = marksOf(r.plan)
	if d.auditLog != "" {
		if r.logs, err = openLogs(ctx, d.auditLog); err != nil {
			return nil, err
		}
	}
	name, value, err := cli.ReadBackHeader()
	if err != nil {
		return nil, err
	}
	r.served = servedcontent.New(servedcontent.Config{UserAgent: cli.UserAgent(), HeaderName: name, HeaderValue: value})
	return r, nil
}

// withAccounts adds to what is wrong with an account which ones a store has, if that can be known.
func withAccounts(ctx context.Context, backend templatestore.Backend, wrong error) error {
	_, standings, err := templatestore.Standings(ctx, backend)
	if accounts := stores.Accounts(standings); err == nil && len(accounts) > 0 {
		return fmt.Errorf("%w. The store at %s has objects of %s", wrong, backend.Location(""), stores.ListAccounts(accounts))
	}
	return wrong
}

func readPlan(command *cobra.Command, name string) (*declared.Plan, error) {
	input, err := cli.OpenInput(command, name)
	if err != nil {
		return nil, err
	}
	return declared.TakePlan(command.Context(), input)
}

// look reads the stores first, which say what to look for, and then all else at a time.
func (r *reading) look(ctx context.Context) result {
	all := []*part{r.templatePart, r.planPart, r.publishPart, r.servedPart, r.linePart, r.clevertapPart, r.auditPart}
	r.readStores(ctx)
	r.comparePlan()
	var others sync.WaitGroup
	others.Go(func() { r.lookServed(ctx) })
	others.Go(func() { r.lookLINE(ctx) })
	campaigns := r.lookCleverTap(ctx)
	others.Wait()
	r.lookAuditLog(ctx, campaigns)
	return result{r.account, all}
}

func (r *reading) readStores(ctx context.Context) {
	var accounts, others []string
	template := storeReading{backend: r.template, account: r.account, part: r.templatePart, marks: r.marks}
	r.objects, accounts = template.objects(ctx)
	compareReceipts(r.templatePart, r.objects)
	if r.publish == nil {
		r.publishPart.leave("There is no --publish-store.")
	} else {
		others = r.readPublished(ctx)
	}
	if r.templatePart.state != couldNot && r.publishPart.state != couldNot {
		r.noteAccount(append(accounts, others...))
	}
}

// readPublished returns the accounts that the publish store has something of.
func (r *reading) readPublished(ctx context.Context) (accounts []string) {
	live := storeReading{backend: r.publish, account: r.account, live: true, part: r.publishPart, marks: r.marks}
	r.published, accounts = live.objects(ctx)
	for _, o := range r.published {
		noteEdits(r.publishPart, o)
	}
	store := templatestore.New(r.publish, r.account)
	compareReferences(r.publishPart, r.bodies(), r.published, func(name string) error {
		return absence(ctx, store, templatestore.LinkedMessages, name)
	})
	return accounts
}

// noteAccount tells that the stores have nothing of the account, which may be called otherwise.
func (r *reading) noteAccount(accounts []string) {
	if slices.Contains(accounts, r.account) {
		return
	}
	slices.Sort(accounts)
	has := "no objects of any account"
	if accounts = slices.Compact(accounts); len(accounts) > 0 {
		has = "objects of " + stores.ListAccounts(accounts)
	}
	r.templatePart.found(nothingOfAccount, "", "What was read has %s.", has)
}

func (r *reading) bodies() []object {
	return slices.DeleteFunc(slices.Clone(r.objects), func(o object) bool { return o.Kind != templatestore.LineCampaignBodies })
}

func (r *reading) comparePlan() {
	if r.plan == nil {
		r.planPart.leave("There is no --plan.")
		return
	}
	if err := r.plan.CheckAccount(r.account); err != nil {
		r.planPart.fail(err)
		r.plan = nil
		return
	}
	if r.plan.Errored {
		r.planPart.fail(fmt.Errorf("the plan ended with an error, so that it is not whole"))
	}
	if r.plan.Partial {
		r.planPart.fail(fmt.Errorf("the plan leaves changes for a later one, so that it is not whole"))
	}
	c := planComparison{part: r.planPart, plan: *r.plan, marks: r.marks, held: map[stores.Document]object{}, whole: func(live bool) bool {
		if live {
			return r.publish != nil && r.publishPart.state == looked
		}
		return r.templatePart.state == looked
	}}
	for _, o := range slices.Concat(r.objects, r.published) {
		c.held[stores.Document{Kind: o.Kind, Name: o.Name}] = o
	}
	c.compare()
}

// planned are the objects that the plan declares.
func (r *reading) planned() (objects []*declared.Planned) {
	if r.plan == nil {
		return nil
	}
	for _, change := range r.plan.Changes {
		if change.After != nil && change.After.Name != "" {
			objects = append(objects, change.After)
		}
	}
	return objects
}

// markOf is the mark of an object that the plan declares.
func (r *reading) markOf(p *declared.Planned) mark {
	return r.marks[stores.Document{Kind: p.Kind, Name: p.Name}]
}

// lookServed goes by what is published, and of messages of which that cannot be read, by the plan.
func (r *reading) lookServed(ctx context.Context) {
	targets := targetsOf(r.published)
	unread := r.publish == nil || r.publishPart.state == couldNot
	if unread {
		isRead := func(name string) bool {
			return slices.ContainsFunc(r.published, func(o object) bool { return o.Name == name })
		}
		for _, p := range r.planned() {
			if p.ServedAt != "" && p.ContentSHA256 != "" && p.Shape != "" && !isRead(p.Name) {
				mark := r.markOf(p)
				targets = append(targets, target{mark.called(p.Kind, p.Name), p.ServedAt, expected(p.Object), mark.sensitive})
			}
		}
	}
	switch {
	case len(targets) > 0:
		lookServed(ctx, r.servedPart, r.served, targets)
	case r.publish == nil && r.plan == nil:
		r.servedPart.leave("Without --publish-store or a plan of the account, it is not known where messages are served (served_at).")
	case r.publish != nil && unread:
		r.servedPart.leave("Of what the publish store has, nothing that can be read says where it is served (served_at).")
	default:
		r.servedPart.leave("No messages say where they are served (served_at).")
	}
}

func (r *reading) lookLINE(ctx context.Context) {
	if without := cli.WithoutLine(); without != "" {
		r.linePart.leave(without)
		return
	}
	client, err := line.New(cli.LineConfig(r.http.Config()))
	if err != nil {
		r.linePart.fail(err)
		return
	}
	l := lineReading{part: r.linePart, client: client, token: os.Getenv(cli.EnvLineToken), life: r.tokenLife, now: r.now()}
	if getsTokens(r.objects) {
		l.life = 0
	}
	for _, o := range slices.Concat(r.objects, r.published) {
		if o.declared != nil && o.declared.Unit != "" {
			l.versions = append(l.versions, version{o.name(), o.declared.Unit, o.mark})
		}
	}
	l.look(ctx)
}

// getsTokens says that CleverTap gets the tokens of all templates that post to LINE itself, by what is declared and by what was
// entered: then nobody has one to replace in time.
func getsTokens(objects []object) (all bool) {
	for _, o := range objects {
		for _, template := range []*declared.Object{o.declared, o.entered} {
			if template == nil || !template.PostsToLine {
				continue
			}
			if !template.GetsTokens {
				return false
			}
			all = true
		}
	}
	return all
}

func (r *reading) lookCleverTap(ctx context.Context) map[string][]clevertap.Campaign {
	if without := cli.WithoutCleverTap(); without != "" {
		r.clevertapPart.leave(without)
		return nil
	}
	client, err := clevertap.New(cli.CleverTapConfig(r.http.Config()))
	if err != nil {
		r.clevertapPart.fail(err)
		return nil
	}
	c := clevertapReading{
		part: r.clevertapPart, client: client, bodies: r.bodies(), properties: map[string][]string{}, days: r.days, now: r.now(),
	}
	for _, o := range c.bodies {
		if o.declared != nil && o.declared.Property != "" && !o.sensitive {
			c.properties[o.declared.Property] = append(c.properties[o.declared.Property], o.name())
		}
	}
	for _, p := range r.planned() {
		if p.Property != "" && !slices.Contains(p.Unknown, "to") && !r.markOf(p).sensitive {
			c.properties[p.Property] = append(c.properties[p.Property], nameOf(p.Kind, p.Name))
		}
	}
	return c.look(ctx)
}

func (r *reading) lookAuditLog(ctx context.Context, campaigns map[string][]clevertap.Campaign) {
	if r.logs == nil {
		r.auditPart.leave("There is no --audit-log.")
		return
	}
	auditReading{part: r.auditPart, logs: r.logs, objects: r.objects, campaigns: campaigns}.look(ctx)
}
