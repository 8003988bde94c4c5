/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a SQL dump between two rows. */
#include "ingest/sql/sql_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/sql/sql_sample.h"

/* ---- texts and numbers ---- */

void sql_state_put(struct buf *out, struct text text)
{
	buf_format(out, "%zu:", text.len);
	if (text.len > 0)
		buf_add(out, text.data, text.len);
}

static void put_number(struct buf *out, uint64_t number)
{
	buf_format(out, "%llu:", (unsigned long long)number);
}

bool sql_state_number(struct text *state, uint64_t *number)
{
	const char *end = state->len > 0 ? memchr(state->data, ':', state->len < 24 ? state->len : 24) : NULL;
	const struct text digits = { state->data, end ? (size_t)(end - state->data) : 0 };

	if (!end || !text_to_u64(digits, number))
		return false;
	state->data += digits.len + 1;
	state->len -= digits.len + 1;
	return true;
}

bool sql_state_take(struct text *state, struct text *text)
{
	uint64_t len;

	if (!sql_state_number(state, &len) || len > state->len)
		return false;
	*text = (struct text){ state->data, (size_t)len };
	state->data += len;
	state->len -= (size_t)len;
	return true;
}

static unsigned manner_bits(const struct sql_manner *manner)
{
	return manner->escapes + 2U * manner->double_strings + 4U * manner->sharp +
	       8U * manner->dollars;
}

static bool take_manner(struct text *state, struct sql_manner *manner)
{
	uint64_t bits;

	if (!sql_state_number(state, &bits) || bits > 15)
		return false;
	*manner = (struct sql_manner){ bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1 };
	return true;
}

/* ---- why rows are refused ---- */

static const char *const refusals[] = {
	NULL,
	"its statement names other columns than those that the table is known by",
	"COPY was given a format other than its text",
};

#define REFUSALS (sizeof(refusals) / sizeof(refusals[0]))

const char *sql_refused(unsigned refused)
{
	return refused < REFUSALS ? refusals[refused] : NULL;
}

/* ---- what statements have said ---- */

static void write_table(const struct sql_table *table, struct buf *out)
{
	sql_state_put(out, buf_view(&table->name));
	sql_state_put(out, buf_view(&table->columns));
	sql_state_put(out, buf_view(&table->anew));
	sql_state_put(out, buf_view(&table->sample));
	put_number(out, table->stream ? table->stream->number + 1 : 0);
}

static void write_context(struct sql_dump *dump)
{
	struct buf *out = &dump->context;

	buf_clear(out);
	put_number(out, manner_bits(&dump->usual));
	put_number(out, dump->dialect);
	sql_state_put(out, (struct text){ dump->delimiter, dump->delimiter_len });
	sql_state_put(out, buf_view(&dump->database));
	sql_state_put(out, buf_view(&dump->schema));
	put_number(out, dump->utc);
	sql_state_put(out, dump->encoding ? text_of(dump->encoding) : (struct text){ "", 0 });
	for (size_t i = 0; i < SQL_UNREAD; i++)
		put_number(out, dump->unread[i]);
	put_number(out, dump->sampled);
	put_number(out, dump->tables.count);
	for (size_t i = 0; i < dump->tables.count; i++)
		write_table(dump->tables.items[i], out);
	dump->context_stale = false;
}

void sql_state_write(struct sql_dump *dump, bool inside, struct buf *out)
{
	const struct sql_target *target = &dump->target;

	if (inside) {
		buf_byte(out, 'I');
		return;
	}
	if (dump->context_stale)
		write_context(dump);
	buf_byte(out, target->copy ? 'C' : 'R');
	put_number(out, manner_bits(&dump->manner));
	put_number(out, target->refused);
	put_number(out, target->width);
	sql_state_put(out, buf_view(&target->places));
	sql_state_put(out, buf_view(&target->prefix));
	put_number(out, target->table->stream->number);
	buf_add(out, dump->context.data, dump->context.len);
	out->failed = out->failed || dump->context.failed;
}

/* Reads what sql_parse() needs, but for the stream, which is the block's. */
bool sql_state_read(struct text state, struct sql_reading *reading)
{
	uint64_t refused, width;

	memset(reading, 0, sizeof(*reading));
	if (state.len == 0)
		return false;
	reading->inside = state.data[0] == 'I';
	reading->over = state.data[0] == SQL_STATE_OVER;
	reading->copy = state.data[0] == 'C' || reading->over;
	if (!reading->inside && !reading->copy && state.data[0] != 'R')
		return false;
	state.data++;
	state.len--;
	if (reading->inside)
		return state.len == 0;
	if (!take_manner(&state, &reading->manner) || !sql_state_number(&state, &refused) ||
	    refused >= REFUSALS || !sql_state_number(&state, &width) ||
	    width > SQL_COLUMNS_MOST || !sql_state_take(&state, &reading->places) ||
	    reading->places.len > 2 * SQL_COLUMNS_MOST || !sql_state_take(&state, &reading->prefix))
		return false;
	reading->refused = (unsigned)refused;
	reading->width = (size_t)width;
	reading->context = state;
	return true;
}

/* ---- going on ---- */

/* *number: that of its stream, and 1; 0: it has none. */
static bool take_table(struct sql_dump *dump, struct text *state, uint64_t *number)
{
	struct text name, columns, anew, sample;
	struct sql_table *table;

	if (!sql_state_take(state, &name) || !sql_state_take(state, &columns) || !sql_state_take(state, &anew) ||
	    !sql_state_take(state, &sample) || !sql_state_number(state, number))
		return false;
	table = sql_tables_add(&dump->tables, name);
	if (!table)
		return false;
	sql_table_columns(&dump->tables, table, columns);
	buf_add(&table->sample, sample.data, sample.len);
	buf_add(&table->anew, anew.data, anew.len);
	dump->tables.bytes += table->anew.len;
	dump->failed = dump->failed || table->sample.failed || table->anew.failed;
	return !dump->failed;
}

static bool take_said(struct sql_dump *dump, struct text *state)
{
	struct text delimiter, database, schema, encoding;
	uint64_t dialect, utc;

	if (!take_manner(state, &dump->usual) || !sql_state_number(state, &dialect) ||
	    dialect > SQL_SQLITE || !sql_state_take(state, &delimiter) ||
	    delimiter.len == 0 || delimiter.len > SQL_DELIMITER_MOST ||
	    !sql_state_take(state, &database) || !sql_state_take(state, &schema) ||
	    !sql_state_number(state, &utc) || !sql_state_take(state, &encoding))
		return false;
	dump->dialect = (enum sql_dialect)dialect;
	memcpy(dump->delimiter, delimiter.data, delimiter.len);
	dump->delimiter_len = delimiter.len;
	buf_add(&dump->database, database.data, database.len);
	buf_add(&dump->schema, schema.data, schema.len);
	dump->utc = utc > 0;
	dump->encoding = sql_encoding(encoding);
	return true;
}

static bool take_counts(struct sql_dump *dump, struct text *state, uint64_t *tables)
{
	uint64_t sampled;

	for (size_t i = 0; i < SQL_UNREAD; i++)
		if (!sql_state_number(state, &dump->unread[i]))
			return false;
	if (!sql_state_number(state, &sampled) || !sql_state_number(state, tables))
		return false;
	dump->sampled = (size_t)sampled;
	return *tables <= SQL_TABLES_MOST;
}

/* Announces again what was announced, in that order; which[n]: the table of number n. */
static enum status announce_again(struct sql_dump *dump, const uint64_t *which, size_t count,
				  struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t number = 1; number <= count && status == STATUS_OK; number++)
		for (size_t i = 0; i < count; i++)
			if (which[i] == number)
				status = sql_sample_announce(dump, dump->tables.items[i], error);
	return status;
}

static enum status restore_tables(struct sql_dump *dump, struct text state, size_t count,
				  struct error *error)
{
	uint64_t *which = memory_array(NULL, count, sizeof(*which));
	enum status status = which ? STATUS_OK : error_memory(error);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (!take_table(dump, &state, &which[i]) || dump->tables.count != i + 1)
			status = STATUS_INTEGRITY;
	if (status == STATUS_OK)
		status = announce_again(dump, which, count, error);
	free(which);
	return status;
}

static bool restore_target(struct sql_dump *dump, const struct sql_reading *reading, uint64_t number)
{
	struct sql_target *target = &dump->target;

	target->table = NULL;
	for (size_t i = 0; i < dump->tables.count; i++) {
		struct sql_table *table = dump->tables.items[i];

		if (table->stream && table->stream->number == number)
			target->table = table;
	}
	target->copy = reading->copy;
	target->refused = reading->refused;
	target->width = reading->width;
	buf_add(&target->places, reading->places.data, reading->places.len);
	buf_add(&target->prefix, reading->prefix.data, reading->prefix.len);
	dump->manner = reading->manner;
	dump->phase = reading->over ? SQL_AT_START : reading->copy ? SQL_AT_COPY : SQL_AT_ROW;
	dump->context_stale = true;
	return target->table != NULL;
}

enum status sql_restore(struct layout *layout, struct text state, uint64_t offset,
			uint64_t line, struct error *error)
{
	struct sql_dump *dump = (struct sql_dump *)layout;
	struct sql_reading reading;
	uint64_t number, tables;
	enum status status;

	(void)offset;
	(void)line;
	if (!sql_state_read(state, &reading) || reading.inside)
		return STATUS_INTEGRITY;
	state = reading.context;
	if (!sql_state_number(&state, &number) || !take_said(dump, &state) ||
	    !take_counts(dump, &state, &tables))
		return STATUS_INTEGRITY;
	status = restore_tables(dump, state, (size_t)tables, error);
	if (status == STATUS_OK && !restore_target(dump, &reading, number))
		status = STATUS_INTEGRITY;
	return status;
}
