/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts by service and name. */
#include "normalise/keys.h"

#include <string.h>

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

/* Rows that one statement stores, which takes less than one a statement. */
#define AT_ONCE 16

static enum status put_names(const struct keys *keys, struct casefile *casefile,
			     sqlite3_stmt *insert, uint32_t first, uint32_t count)
{
	for (uint32_t k = 0; k < count; k++) {
		const struct text name = dictionary_text(&keys->names, first + k);
		const struct text service = { name.data, strlen(name.data) };
		const struct text account = { name.data + service.len + 1,
					      name.len - service.len - 1 };

		bind_integer(insert, 3 * (int)k + 1, (int64_t)first + k + 1);
		bind_lasting(insert, 3 * (int)k + 2, service);
		bind_lasting(insert, 3 * (int)k + 3, account);
	}
	return casefile_run(casefile, insert);
}

enum status keys_store(const struct keys *keys, struct casefile *casefile)
{
	static const char head[] = "INSERT INTO account_key(id, service, account) VALUES";
	static const char row[] = "(?, ?, ?)";
	const uint32_t count = (uint32_t)keys->names.count;
	uint32_t i = 0;
	enum status status = STATUS_OK;
	sqlite3_stmt *one = casefile_prepare_rows(casefile, head, row, 1);
	sqlite3_stmt *some = casefile_prepare_rows(casefile, head, row, AT_ONCE);

	if (!one || !some)
		status = casefile->error.status;
	for (; count - i >= AT_ONCE && status == STATUS_OK; i += AT_ONCE)
		status = put_names(keys, casefile, some, i, AT_ONCE);
	for (; i < count && status == STATUS_OK; i++)
		status = put_names(keys, casefile, one, i, 1);
	sqlite3_finalize(one);
	sqlite3_finalize(some);
	return status;
}
