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

enum status keys_store(const struct keys *keys, struct casefile *casefile)
{
	enum status status = STATUS_OK;
	sqlite3_stmt *insert = casefile_prepare(
		casefile,
		"INSERT INTO account_key(id, service, account) VALUES(?, ?, ?)");

	if (!insert)
		return casefile->error.status;
	for (uint32_t i = 0; i < keys->names.count && status == STATUS_OK; i++) {
		struct text name = dictionary_text(&keys->names, i);
		struct text service = { name.data, strlen(name.data) };
		struct text account = { name.data + service.len + 1,
					name.len - service.len - 1 };

		bind_integer(insert, 1, (int64_t)i + 1);
		bind_text(insert, 2, service);
		bind_text(insert, 3, account);
		status = casefile_run(casefile, insert);
	}
	sqlite3_finalize(insert);
	return status;
}
