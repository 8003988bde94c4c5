/* SPDX-License-Identifier: Apache-2.0 */
/* Messages, opening a case, and the record of a run. */
#include "cmd/common/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "casefile/runs.h"
#include "cmd/common/terminal.h"

static void print(const struct invocation *inv, const char *format,
		  va_list arguments) __attribute__((format(printf, 2, 0)));

static void print(const struct invocation *inv, const char *format,
		  va_list arguments)
{
	terminal_clear_progress();
	(void)fprintf(stderr, "unspoof %s: ", inv->command->name);
	(void)vfprintf(stderr, format, arguments);
	(void)fputc('\n', stderr);
}

enum status command_fail(const struct invocation *inv, enum status status,
			 const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print(inv, format, arguments);
	va_end(arguments);
	return status;
}

enum status command_usage(const struct invocation *inv, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print(inv, format, arguments);
	va_end(arguments);
	(void)fprintf(stderr, "Try `unspoof %s --help`.\n", inv->command->name);
	return STATUS_USAGE;
}

enum status command_error(const struct invocation *inv, const struct error *error)
{
	/* Whatever failed without a word has failed all the same. */
	if (error->status == STATUS_OK)
		return command_fail(inv, STATUS_FAILED, "failed, and nothing says why");
	return command_fail(inv, error->status, "%s", error->text);
}

/* More do not make SQL over calls faster. */
#define THREADS_READ 8

enum status command_open(struct invocation *inv, struct casefile *casefile,
			 const char *path, enum casefile_mode mode)
{
	enum status status = casefile_open(casefile, path, mode);

	if (status != STATUS_OK) {
		(void)command_error(inv, &casefile->error);
	} else if (mode == CASEFILE_READ) {
		casefile_watch(casefile, &inv->observer);
		casefile->threads = (unsigned)(command_threads(inv) < THREADS_READ ? command_threads(inv) : THREADS_READ);
		status = custody_opened(inv, casefile);
	}
	if (status != STATUS_OK)
		casefile_close(casefile);
	return status;
}

bool standard_output(void *context, const void *data, size_t len)
{
	if (context)
		custody_out(context, data, len);
	return fwrite(data, 1, len, stdout) == len;
}

/* getopt moves operands to the end; the record has them as they were given. */
char *command_arguments(int argc, char **argv)
{
	struct buf out = { 0 };

	buf_byte(&out, '[');
	for (int i = 1; i < argc; i++) {
		if (i > 1)
			buf_byte(&out, ',');
		json_string(&out, text_of(argv[i]));
	}
	buf_byte(&out, ']');
	if (out.failed)
		buf_release(&out);
	return out.data;
}

/* Adds the seal of a layer as it is, and the digests of its tables. */
static enum status add_seal(struct casefile *casefile, enum layer layer, struct buf *out,
			    struct buf *tables)
{
	struct seal seal = { .layer = layer };
	char text[SEAL_TEXT];
	enum status status = seal_bounds(casefile, &seal);

	if (status == STATUS_OK)
		status = seal_keep(casefile, &seal, tables);
	if (status != STATUS_OK)
		return status;
	seal_text(&seal, text);
	buf_format(out, "%s%s", out->len ? " " : "", text);
	return out->failed ? error_memory(&casefile->error) : STATUS_OK;
}

/* That of the layer, if one was made, and of decisions where some were taken. */
static enum status add_seals(struct casefile *casefile, enum layer layer, struct buf *out, struct buf *tables)
{
	struct buf members = { 0 };
	enum status status = layer == LAYERS ? STATUS_OK : add_seal(casefile, layer, out, &members);

	if (status == STATUS_OK && casefile->decided)
		status = add_seal(casefile, LAYER_DECIDED, out, &members);
	buf_format(tables, "{%s}", members.data ? members.data : "");
	if (status == STATUS_OK && (members.failed || tables->failed))
		status = error_memory(&casefile->error);
	buf_release(&members);
	return status;
}

enum status command_record_quietly(struct invocation *inv, struct casefile *casefile,
				   enum layer layer, const char *settings,
				   const char *inputs, const char *outputs)
{
	struct buf version = { 0 }, seals = { 0 }, tables = { 0 };
	char ended[21];
	struct run_row row = { inv->command->name, inv->arguments, NULL, settings,
			       inputs, outputs, inv->started, ended, NULL, NULL,
			       custody_operator(inv), inv->custody.purpose, inv->custody.recipient };
	enum status status = STATUS_OK;

	terminal_now(ended);
	custody_version(&version);
	row.version = version.data;
	if (!inv->arguments || version.failed)
		status = error_memory(&casefile->error);
	if (status == STATUS_OK && !casefile_begun(casefile))
		status = casefile_begin(casefile);
	if (status == STATUS_OK)
		status = add_seals(casefile, layer, &seals, &tables);
	row.seal = seals.data;
	row.tables = tables.data;
	if (status == STATUS_OK)
		status = run_add(casefile, &row);
	if (status == STATUS_OK)
		status = casefile_commit(casefile);
	buf_release(&version);
	buf_release(&seals);
	buf_release(&tables);
	return status;
}

enum status command_record(struct invocation *inv, struct casefile *casefile,
			   enum layer layer, const char *settings, const char *inputs,
			   const char *outputs)
{
	const enum status status = command_record_quietly(inv, casefile, layer, settings,
							  inputs, outputs);

	return status == STATUS_OK ? status : command_error(inv, &casefile->error);
}

uint64_t command_threads(const struct invocation *inv)
{
	long cores = inv->threads ? 1 : sysconf(_SC_NPROCESSORS_ONLN);

	if (inv->threads)
		return inv->threads;
	return cores > 1 ? (uint64_t)cores : 1;
}
