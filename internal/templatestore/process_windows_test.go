package templatestore_test

func systemRoles() map[string]func(root string) error { return nil }
