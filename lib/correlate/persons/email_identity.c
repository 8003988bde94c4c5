/* SPDX-License-Identifier: Apache-2.0 */
/* What e-mail addresses are compared by. */
#include "correlate/persons/email_identity.h"

#include <string.h>

static enum status refuse(const char *name, unsigned line, struct error *error)
{
	char shown[300];

	return error_set(error, STATUS_FAILED, "%s:%u: not two domains in lower case, or too many of them",
			 text_escape(text_of(name), shown, sizeof(shown)), line);
}

static bool read_line(struct email_providers *providers, struct text line)
{
	const char *tab = memchr(line.data, '\t', line.len);
	struct email_provider item = { line, { NULL, 0 } };

	if (!tab || providers->count == EMAIL_PROVIDERS_MOST)
		return false;
	item.domain.len = (size_t)(tab - line.data);
	item.one_with = (struct text){ tab + 1, line.len - item.domain.len - 1 };
	providers->items[providers->count++] = item;
	return item.domain.len && item.one_with.len && item.one_with.len < EMAIL_IDENTITY_ROOM;
}

enum status email_providers_parse(struct email_providers *providers, const char *name,
				  const char *text, struct error *error)
{
	unsigned number = 0;

	providers->count = 0;
	while (*text) {
		const struct text line = { text, strcspn(text, "\n") };

		number++;
		if (line.len && *text != '#' && !read_line(providers, line))
			return refuse(name, number, error);
		text += line.len + (text[line.len] == '\n');
	}
	return STATUS_OK;
}

/* Parts an address at its last @; false: it is none. */
static bool part(struct text email, struct text *local, struct text *domain)
{
	size_t at = email.len;

	while (at > 0 && email.data[at - 1] != '@')
		at--;
	if (at < 2 || at == email.len)
		return false;
	*local = (struct text){ email.data, at - 1 };
	*domain = (struct text){ email.data + at, email.len - at };
	return true;
}

/* Without dots, as far as the first +. */
static size_t put_local(struct text local, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < local.len && local.data[i] != '+'; i++)
		if (local.data[i] != '.')
			out[len++] = local.data[i];
	return len;
}

static size_t put(struct text local, struct text domain, char *out)
{
	const size_t len = put_local(local, out);

	if (len == 0)
		return 0;
	out[len] = '@';
	memcpy(out + len + 1, domain.data, domain.len);
	return len + 1 + domain.len;
}

size_t email_identity(const struct email_providers *providers, struct text email, char *out)
{
	struct text local, domain;

	if (!part(email, &local, &domain))
		return 0;
	for (size_t i = 0; i < providers->count; i++)
		if (text_equal(domain, providers->items[i].domain))
			return put(local, providers->items[i].one_with, out);
	return 0;
}

size_t email_bare(struct text email, char *out)
{
	struct text local, domain;

	if (!part(email, &local, &domain) ||
	    (!memchr(local.data, '.', local.len) && !memchr(local.data, '+', local.len)))
		return 0;
	return put(local, domain, out);
}
