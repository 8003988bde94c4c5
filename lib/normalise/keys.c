/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts by service and name. */
#include "normalise/keys.h"

#include <string.h>

#include "casefile/table/bulk_insert.h"

void keys_release(struct keys *keys)
{
	dictionary_release(&keys->names);
	buf_release(&keys->scratch);
}

struct text keys_name(struct buf *scratch, const char *service, struct text account)
{
	account = text_trim(account);
	buf_clear(scratch);
	if (account.len == 0)
		return (struct text){ NULL, 0 };
	buf_add(scratch, service, strlen(service) + 1);
	buf_add(scratch, account.data, account.len);
	return scratch->failed ? (struct text){ NULL, 0 } : buf_view(scratch);
}

int64_t keys_add(struct keys *keys, const char *service, struct text account)
{
	const struct text name = keys_name(&keys->scratch, service, account);
	uint32_t number;

	if (!name.data)
		return keys->scratch.failed ? -1 : 0;
	number = dictionary_add(&keys->names, name);
	return number == DICTIONARY_NONE ? -1 : (int64_t)number + 1;
}

/* Names on their way into the table. */
struct storing {
	const struct keys *keys;
	uint32_t next;
};

static enum status more(void *context, struct row_buffer *rows)
{
	struct storing *storing = context;
	const struct dictionary *names = &storing->keys->names;
	struct text name, service;

	if (storing->next == names->count)
		return STATUS_END;
	name = dictionary_text(names, storing->next++);
	service = (struct text){ name.data, strlen(name.data) };
	row_buffer_integer(rows, storing->next);
	row_buffer_text(rows, service);
	row_buffer_text(rows, (struct text){ name.data + service.len + 1,
					  name.len - service.len - 1 });
	return STATUS_OK;
}

enum status keys_store(const struct keys *keys, struct casefile *casefile,
		       unsigned threads)
{
	static const char *const columns[] = { "id", "service", "account" };
	struct storing storing = { keys, 0 };
	const struct bulk_insert fill = { BULK_TABLE("account_key", columns), more,
					  &storing };

	return bulk_insert_run(casefile, &fill, threads);
}
