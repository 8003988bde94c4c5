/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a layer: what the chain of runs vouches for. */
#include "casefile/seal.h"

#include <stdio.h>
#include <string.h>

#include "casefile/table/digest_feed.h"

static const char *const names[LAYERS] = { "found", "understood", "concluded" };

/* Columns of segments are sealed by the digests in segment and segment_read.
 * A table, and which of its rows lie within the bounds: ?1 the last source, ?2
 * the last form. */
struct sealed {
	const char *table;
	const char *within;
};

#define OF_SOURCE " WHERE source <= ?1 AND ?2 >= 0"
#define ALL " WHERE ?1 >= 0 AND ?2 >= 0"

static const struct sealed found[] = {
	{ "account", OF_SOURCE },
	{ "form", " WHERE ?1 >= 0 AND id <= ?2" },
	{ "login", OF_SOURCE },
	{ "organisation", OF_SOURCE },
	{ "payment", OF_SOURCE },
	{ "rate", OF_SOURCE },
	{ "reject", OF_SOURCE },
	{ "report", OF_SOURCE },
	{ "segment", OF_SOURCE },
	{ "source", " WHERE id <= ?1 AND ?2 >= 0" },
	{ NULL, NULL },
};

static const struct sealed understood[] = {
	{ "account_key", ALL }, { "account_read", ALL },
	{ "assumption", ALL }, { "flag", ALL },
	{ "login_read", ALL }, { "organisation_read", ALL },
	{ "payment_read", ALL }, { "rate_read", ALL },
	{ "reading", ALL }, { "report_read", ALL },
	{ "segment_read", ALL }, { "shown", ALL },
	{ "unread", ALL },
	{ NULL, NULL },
};

static const struct sealed concluded[] = {
	{ "account_figure", ALL }, { "evidence", ALL },
	{ "funnel", ALL }, { "link", ALL },
	{ "payment_value", ALL }, { "presentation", ALL },
	{ "report_match", ALL }, { "score_band", ALL },
	{ "setting", ALL },
	{ "suspect", ALL }, { "victim", ALL },
	{ NULL, NULL },
};

static const struct sealed *const tables[LAYERS] = { found, understood,
						     concluded };

const char *layer_name(enum layer layer)
{
	return names[layer];
}

static void add_value(struct digest_feed *feed, sqlite3_stmt *statement, int column)
{
	/* Fetched once; this thread alone uses the connection. */
	sqlite3_value *value = sqlite3_column_value(statement, column);
	struct text text;
	char type = 't';

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		digest_feed_value(feed, 'n', "", 0);
		return;
	case SQLITE_INTEGER:
		digest_feed_integer(feed, sqlite3_value_int64(value));
		return;
	case SQLITE_FLOAT:
		type = 'r';
		break;
	case SQLITE_BLOB:
		type = 'b';
		break;
	default:
		break;
	}
	text = column_text(statement, column);
	digest_feed_value(feed, type, text.data, text.len);
}

static enum status add_rows(struct casefile *casefile, sqlite3_stmt *statement,
			    struct digest_feed *feed)
{
	int columns = sqlite3_column_count(statement);
	enum status status;

	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		for (int i = 0; i < columns; i++)
			add_value(feed, statement, i);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static bool feed_open(struct digest_feed *feed)
{
	feed->digest = digest_new();
	feed->len = 0;
	feed->failed = false;
	return feed->digest != NULL;
}

/* Ends it, also after a failure. */
static enum status feed_close(struct digest_feed *feed, struct casefile *casefile,
			      enum status status, char hex[static DIGEST_HEX])
{
	if (status == STATUS_OK &&
	    (!digest_feed_end(feed) || !digest_end(feed->digest, hex)))
		status = error_memory(&casefile->error);
	digest_free(feed->digest);
	return status;
}

static enum status digest_rows(struct casefile *casefile,
			       sqlite3_stmt *statement,
			       char hex[static DIGEST_HEX])
{
	struct digest_feed feed;

	if (!feed_open(&feed))
		return error_memory(&casefile->error);
	return feed_close(&feed, casefile, add_rows(casefile, statement, &feed),
			  hex);
}

static enum status read_table(struct casefile *casefile,
			      const struct sealed *sealed,
			      const struct seal *seal,
			      char hex[static DIGEST_HEX])
{
	char sql[300];
	sqlite3_stmt *statement;
	enum status status;

	/* The first column is the key in every table of ours. */
	(void)snprintf(sql, sizeof(sql), "SELECT * FROM %s%s ORDER BY 1",
		       sealed->table, sealed->within);
	statement = casefile_prepare(casefile, sql);
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, seal->sources);
	bind_integer(statement, 2, seal->forms);
	status = digest_rows(casefile, statement, hex);
	sqlite3_finalize(statement);
	return status;
}

static enum status add_table(struct casefile *casefile,
			     const struct sealed *sealed,
			     const struct seal *seal, struct digest_feed *feed)
{
	const char *known = casefile_digest(casefile, sealed->table);
	char hex[DIGEST_HEX];
	enum status status = known ? STATUS_OK
				   : read_table(casefile, sealed, seal, hex);

	if (status != STATUS_OK)
		return status;
	digest_feed_value(feed, 't', sealed->table, strlen(sealed->table));
	digest_feed_value(feed, 't', known ? known : hex, DIGEST_HEX - 1);
	return STATUS_OK;
}

enum status seal_bounds(struct casefile *casefile, struct seal *seal)
{
	enum status status;

	seal->sources = seal->forms = 0;
	if (seal->layer != LAYER_FOUND)
		return STATUS_OK;
	status = casefile_integer(casefile,
				  "SELECT max(id) FROM source WHERE id NOT IN"
				  " (SELECT source FROM checkpoint)", 0,
				  &seal->sources);
	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT max(id) FROM form WHERE id < coalesce("
					  "(SELECT first_form FROM checkpoint),"
					  " 9223372036854775807)", 0,
					  &seal->forms);
	return status;
}

enum status seal_digest(struct casefile *casefile, struct seal *seal)
{
	struct digest_feed feed;
	enum status status = STATUS_OK;

	if (!feed_open(&feed))
		return error_memory(&casefile->error);
	for (const struct sealed *t = tables[seal->layer];
	     t->table && status == STATUS_OK; t++)
		status = add_table(casefile, t, seal, &feed);
	return feed_close(&feed, casefile, status, seal->hex);
}

void seal_text(const struct seal *seal, char out[static SEAL_TEXT])
{
	(void)snprintf(out, SEAL_TEXT, "%s %lld %lld %s", names[seal->layer],
		       (long long)seal->sources, (long long)seal->forms, seal->hex);
}

/* The word up to the next blank, taken off the front. */
static struct text word(struct text *rest)
{
	struct text first = *rest;
	const char *blank = rest->len ? memchr(rest->data, ' ', rest->len) : NULL;

	first.len = blank ? (size_t)(blank - rest->data) : rest->len;
	rest->data += first.len + (blank != NULL);
	rest->len -= first.len + (blank != NULL);
	return first;
}

static bool parse(struct text text, struct seal *seal)
{
	uint64_t sources, forms;

	(void)word(&text);
	if (!text_to_u64(word(&text), &sources) ||
	    !text_to_u64(word(&text), &forms) || text.len != DIGEST_HEX - 1 ||
	    sources > INT64_MAX || forms > INT64_MAX)
		return false;
	seal->sources = (int64_t)sources;
	seal->forms = (int64_t)forms;
	memcpy(seal->hex, text.data, text.len);
	seal->hex[text.len] = '\0';
	return true;
}

static enum status take(struct casefile *casefile, sqlite3_stmt *statement,
			struct seal *seal)
{
	const struct text text = column_text(statement, 0);
	enum status status = columns_read(casefile, statement);

	if (status == STATUS_OK && !parse(text, seal))
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "a run has no seal where there should be one");
	return status;
}

enum status seal_last(struct casefile *casefile, enum layer layer,
		      struct seal *seal)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT seal FROM run WHERE seal LIKE ? || ' %'"
			  " ORDER BY id DESC LIMIT 1");
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, names[layer]);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	seal->layer = layer;
	if (status == STATUS_OK)
		status = take(casefile, statement, seal);
	sqlite3_finalize(statement);
	return status;
}
