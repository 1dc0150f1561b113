package declared

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// prior reads the objects of a state's module and of the modules in it.
func prior(module *tfjson.StateModule) ([]Prior, error) {
	if module == nil {
		return nil, nil
	}
	var found []Prior
	for _, resource := range module.Resources {
		if resource == nil || resource.Mode != tfjson.ManagedResourceMode || kinds[resource.Type] == "" {
			continue
		}
		var marks any
		if len(resource.SensitiveValues) > 0 {
			if err := json.Unmarshal(resource.SensitiveValues, &marks); err != nil {
				return nil, fmt.Errorf("of %s: %w", resource.Address, err)
			}
		}
		p, err := planned(kinds[resource.Type], resource.AttributeValues, nil, marks)
		if err != nil {
			return nil, fmt.Errorf("of %s: %w", resource.Address, err)
		}
		found = append(found, Prior{resource.Address, p})
	}
	for _, child := range module.ChildModules {
		inside, err := prior(child)
		if err != nil {
			return nil, err
		}
		found = append(found, inside...)
	}
	return found, nil
}

// marksOf are those of what is planned. What is deleted, or deposed, says nothing of what is declared at its address.
func marksOf(all []*tfjson.ResourceChange) map[string]bool {
	marks := map[string]bool{}
	for _, resource := range all {
		if resource == nil || resource.Change == nil || resource.Mode != tfjson.ManagedResourceMode || resource.DeposedKey != "" ||
			resource.Change.After == nil {
			continue
		}
		c := resource.Change
		before, _ := sensitivity(c.Before, nil, c.BeforeSensitive)
		after, _ := sensitivity(c.After, c.AfterUnknown, c.AfterSensitive)
		marks[resource.Address] = before || after
	}
	return marks
}

// sensitivity says whether anything that is there, or not known yet, is marked, and whether that is the name.
func sensitivity(value, unknown, sensitive any) (something, name bool) {
	if sensitive == true {
		return true, true
	}
	attributes, _ := value.(map[string]any)
	marks, _ := sensitive.(map[string]any)
	notKnown := marked(unknown)
	for _, attribute := range marked(sensitive) {
		if anyMarked(marks[attribute], attributes[attribute]) || slices.Contains(notKnown, attribute) {
			something, name = true, name || attribute == "name"
		}
	}
	return something, name
}

// each does something for all that the plan says of objects.
func (p *Plan) each(do func(address string, o *Planned)) {
	for _, changes := range [][]Change{p.Changes, p.Drift} {
		for _, change := range changes {
			for _, side := range []*Planned{change.Before, change.After} {
				if side != nil {
					do(change.Address, side)
				}
			}
		}
	}
	for _, one := range p.Prior {
		do(one.Address, one.Planned)
	}
}

// spread brings marks to where Terraform does not make them: to all that is said of the same address or the same object, and
// to the bodies that read messages that are marked, since Terraform marks nothing that a provider works out.
func (p *Plan) spread() {
	type identity struct {
		kind templatestore.Kind
		name string
	}
	addresses, objects, read := map[string]bool{}, map[identity]bool{}, map[reference]bool{}
	hide := func(address string, o *Planned) {
		addresses[address] = true
		if o.Name != "" {
			objects[identity{o.Kind, o.Name}] = true
		}
		if o.Kind == templatestore.LinkedMessages {
			read[o.readAs] = true
		}
	}
	names := map[string]bool{}
	p.each(func(address string, o *Planned) {
		if o.Sensitive {
			hide(address, o)
			names[address] = names[address] || o.NameSensitive
		}
	})
	for _, change := range p.Changes {
		addresses[change.Address] = addresses[change.Address] || addresses[change.MovedFrom]
		names[change.Address] = names[change.Address] || names[change.MovedFrom]
	}
	mark := func(address string, o *Planned) {
		if addresses[address] || objects[identity{o.Kind, o.Name}] || o.LinkedMessages != "" && read[o.reads] {
			o.Sensitive = true
			o.NameSensitive = o.NameSensitive || names[address]
			hide(address, o)
		}
	}
	p.each(mark) // other names of the same addresses, and what they are read as
	p.each(mark)
}

// refreshReceipts gives what is deleted the receipt that the refresh found: some versions of Terraform delete what state had
// before it.
func (p *Plan) refreshReceipts() {
	refreshed := map[string]*Planned{}
	for _, change := range p.Drift {
		refreshed[change.Address+"\x00"+change.Deposed] = change.After
	}
	for _, change := range p.Changes {
		if now := refreshed[change.Address+"\x00"+change.Deposed]; change.After == nil && change.Before != nil && now != nil {
			change.Before.Receipt = now.Receipt
		}
	}
}

// accounts are those of the configurations of the provider that have objects.
func accounts(config *tfjson.Config) []string {
	if config == nil {
		return nil
	}
	used := map[string]bool{}
	usedIn(config.RootModule, used)
	found := map[string]bool{}
	for key := range used {
		account := NoConstant
		if provider := config.ProviderConfigs[key]; provider != nil {
			if set := provider.Expressions["account_id"]; set != nil && set.ExpressionData != nil {
				if constant, ok := set.ConstantValue.(string); ok {
					account = constant
				}
			}
		}
		found[account] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// usedIn finds the keys of the configurations that a module and those in it use for objects.
func usedIn(module *tfjson.ConfigModule, used map[string]bool) {
	if module == nil {
		return
	}
	for _, resource := range module.Resources {
		if resource != nil && resource.Mode == tfjson.ManagedResourceMode && kinds[resource.Type] != "" {
			used[resource.ProviderConfigKey] = true
		}
	}
	for _, call := range module.ModuleCalls {
		if call != nil {
			usedIn(call.Module, used)
		}
	}
}
