/* SPDX-License-Identifier: Apache-2.0 */
/* E-mail addresses that reach one mailbox: dots and +tags before the @, where a
 * provider drops them. */
#ifndef UNSPOOF_CORRELATE_PERSONS_EMAIL_IDENTITY_H
#define UNSPOOF_CORRELATE_PERSONS_EMAIL_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

#define EMAIL_PROVIDERS_MOST 64

struct email_provider {
	struct text domain, one_with;
};

/* Texts are borrowed from the list. Zeroed is empty. */
struct email_providers {
	struct email_provider items[EMAIL_PROVIDERS_MOST];
	size_t count;
};

/* The list that is built in, data/providers.tsv, which explains its form. */
extern const char providers_builtin[];

/* STATUS_FAILED: error says which line is wrong and why. */
enum status email_providers_parse(struct email_providers *providers, const char *name,
				  const char *text, struct error *error);

/* Writes to out, which has room for EMAIL_IDENTITY_ROOM more bytes than the text, what
 * an address in lower case is compared by; gives its length, 0: the text is compared as
 * it is, being of no such provider. */
size_t email_identity(const struct email_providers *providers, struct text email, char *out);
#define EMAIL_IDENTITY_ROOM 64

/* The same of any domain: without dots and tag. 0: it has none of either, or nothing
 * would be left. */
size_t email_bare(struct text email, char *out);

#endif
