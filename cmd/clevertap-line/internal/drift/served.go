package drift

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
)

// target is a URL where CleverTap finds published messages.
type target struct {
	name, url string
	want      servedcontent.Expected
	// sensitive keeps what is seen there from being told.
	sensitive bool
}

// targetsOf are those of the published messages that say where they are served.
func targetsOf(published []object) (targets []target) {
	for _, o := range published {
		if o.declared.ServedAt != "" {
			targets = append(targets, target{o.name(), o.declared.ServedAt, expected(*o.declared), o.sensitive})
		}
	}
	return targets
}

func expected(o declared.Object) servedcontent.Expected {
	return servedcontent.Expected{Name: o.Name, VariantOf: o.VariantOf, Shape: o.Shape, ContentSHA256: o.ContentSHA256}
}

// lookServed looks at each URL once.
func lookServed(ctx context.Context, p *part, reader *servedcontent.Reader, targets []target) {
	seen := make([]servedcontent.Served, len(targets))
	group := errgroup.Group{}
	group.SetLimit(atATime)
	for i, target := range targets {
		group.Go(func() error {
			if err := servedcontent.CheckURL(target.url); err != nil {
				seen[i] = servedcontent.Served{Fault: err.Error() + "."}
			} else {
				seen[i] = reader.Look(ctx, target.url, target.want)
			}
			return nil
		})
	}
	_ = group.Wait() // they keep what they see
	for i, served := range seen {
		what := served.Fault
		switch sensitive := targets[i].sensitive; {
		case sensitive && served.Unseen:
			what = "It could not be looked at; why is not shown, since it is sensitive."
		case sensitive:
			what = "It is not what was published; what is seen there is not shown, since it is sensitive."
		}
		switch {
		case served.Fault == "":
		case served.Unseen:
			p.failOf(targets[i].name, errors.New(what))
		default:
			p.found(servedDiffers, targets[i].name, "%s", what)
		}
	}
}
