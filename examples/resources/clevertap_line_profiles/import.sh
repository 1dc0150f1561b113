# By property and identities:
terraform import clevertap_line_profiles.team "LineID:user-1,user-2"

# The same as JSON, for identities that have a comma:
terraform import clevertap_line_profiles.team '{"property":"LineID","identities":["user-1","user-2"]}'
