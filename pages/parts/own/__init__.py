"""A reader's own data on the page of data: brought, understood, mended, made into measures."""
