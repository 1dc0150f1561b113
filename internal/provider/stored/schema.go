package stored

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// NameAttribute is the name of an object, its identity.
func NameAttribute(description string, valid ...validator.String) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          valid,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}
