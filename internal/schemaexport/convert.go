package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"

	tfjson "github.com/hashicorp/terraform-json"
)

// converter turns the provider protocol's schemas into Terraform's JSON form. It keeps its first error, so that the
// conversions nest.
type converter struct{ err error }

// each converts a map's values. A map with nothing in it becomes none.
func each[From, To any](from map[string]From, convert func(From) To) map[string]To {
	to := make(map[string]To, len(from))
	for name, value := range from {
		to[name] = convert(value)
	}
	return to
}

func (c *converter) provider(
	schemas *tfprotov6.GetProviderSchemaResponse, identities *tfprotov6.GetResourceIdentitySchemasResponse,
) *tfjson.ProviderSchema {
	return &tfjson.ProviderSchema{
		ConfigSchema:             c.schema(schemas.Provider),
		ResourceSchemas:          each(schemas.ResourceSchemas, c.schema),
		ResourceIdentitySchemas:  each(identities.IdentitySchemas, c.identity),
		DataSourceSchemas:        each(schemas.DataSourceSchemas, c.schema),
		EphemeralResourceSchemas: each(schemas.EphemeralResourceSchemas, c.schema),
		ListResourceSchemas:      each(schemas.ListResourceSchemas, c.schema),
		Functions:                each(schemas.Functions, c.function),
		ActionSchemas: each(schemas.ActionSchemas, func(a *tfprotov6.ActionSchema) *tfjson.ActionSchema {
			return &tfjson.ActionSchema{Block: c.block(a.Schema.Block)}
		}),
	}
}

func (c *converter) schema(s *tfprotov6.Schema) *tfjson.Schema {
	return &tfjson.Schema{Version: natural(s.Version), Block: c.block(s.Block)}
}

func (c *converter) block(b *tfprotov6.SchemaBlock) *tfjson.SchemaBlock {
	blocks := make(map[string]*tfjson.SchemaBlockType, len(b.BlockTypes))
	for _, nested := range b.BlockTypes {
		blocks[nested.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: nestingMode(nested.Nesting),
			Block:       c.block(nested.Block),
			MinItems:    natural(nested.MinItems),
			MaxItems:    natural(nested.MaxItems),
		}
	}
	return &tfjson.SchemaBlock{
		Attributes:      c.attributes(b.Attributes),
		NestedBlocks:    blocks,
		Description:     b.Description,
		DescriptionKind: descriptionKind(b.DescriptionKind),
		Deprecated:      b.Deprecated,
	}
}

func (c *converter) attributes(from []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	to := make(map[string]*tfjson.SchemaAttribute, len(from))
	for _, a := range from {
		attribute := &tfjson.SchemaAttribute{
			Description:     a.Description,
			DescriptionKind: descriptionKind(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
		if a.NestedType == nil {
			attribute.AttributeType = c.valueType(a.Type)
		} else {
			attribute.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  c.attributes(a.NestedType.Attributes),
				NestingMode: nestingMode(a.NestedType.Nesting),
			}
		}
		to[a.Name] = attribute
	}
	return to
}

func (c *converter) identity(s *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	attributes := make(map[string]*tfjson.IdentityAttribute, len(s.IdentityAttributes))
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = &tfjson.IdentityAttribute{
			IdentityType:      c.valueType(a.Type),
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return &tfjson.IdentitySchema{Version: natural(s.Version), Attributes: attributes}
}

func (c *converter) function(f *tfprotov6.Function) *tfjson.FunctionSignature {
	parameters := make([]*tfjson.FunctionParameter, 0, len(f.Parameters))
	for _, p := range f.Parameters {
		parameters = append(parameters, c.parameter(p))
	}
	signature := &tfjson.FunctionSignature{
		Description:        f.Description,
		Summary:            f.Summary,
		DeprecationMessage: f.DeprecationMessage,
		ReturnType:         c.valueType(f.Return.Type),
		Parameters:         parameters,
	}
	if f.VariadicParameter != nil {
		signature.VariadicParameter = c.parameter(f.VariadicParameter)
	}
	return signature
}

func (c *converter) parameter(p *tfprotov6.FunctionParameter) *tfjson.FunctionParameter {
	return &tfjson.FunctionParameter{
		Name:        p.Name,
		Description: p.Description,
		IsNullable:  p.AllowNullValue,
		Type:        c.valueType(p.Type),
	}
}

// valueType goes through JSON, in which the two libraries spell a type alike.
func (c *converter) valueType(t tftypes.Type) cty.Type {
	var converted cty.Type
	spelled, err := json.Marshal(t)
	if err == nil {
		err = json.Unmarshal(spelled, &converted)
	}
	if err != nil && c.err == nil {
		c.err = fmt.Errorf("convert the type %s: %w", t, err)
	}
	return converted
}

// natural is for what the protocol counts with a sign and Terraform's JSON without.
func natural(n int64) uint64 { return uint64(max(n, 0)) }

// nestingMode relies on both sides calling the modes alike, but for capitals.
func nestingMode(mode fmt.Stringer) tfjson.SchemaNestingMode {
	return tfjson.SchemaNestingMode(strings.ToLower(mode.String()))
}

func descriptionKind(kind tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if kind == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}
	return tfjson.SchemaDescriptionKindPlain
}
