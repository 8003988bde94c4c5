/* SPDX-License-Identifier: Apache-2.0 */
/* Who runs a command, why, and for whom; and its line in the log of a case. */
#include "cmd/custody/custody.h"

#include <archive.h>
#include <errno.h>
#include <openssl/crypto.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "casefile/custody/custody_kind.h"
#include "casefile/custody/log_append.h"
#include "casefile/mend/guard.h"
#include "casefile/runs.h"
#include "cmd/common/command.h"
#include "cmd/common/terminal.h"
#include "cmd/custody/login.h"
#include "config.h"

#define SHOWN 300

/* ---- who, why, for whom ---- */

/* Whether it is a line of UTF-8, and not too long. */
static bool is_line(const char *text, size_t most)
{
	const size_t len = strlen(text);
	uint32_t point;

	for (size_t i = 0, width; i < len; i += width) {
		width = utf8_next(text + i, len - i, &point);
		if (width == 0 || point < 0x20 || (point >= 0x7f && point < 0xa0))
			return false;
	}
	return len <= most;
}

/* What is given, else what a variable of the environment says; empty is not given. */
static enum status take(const struct invocation *inv, const char *option, const char *variable, size_t most,
			const char **text)
{
	const char *from = *text ? option : variable;
	char shown[80];

	if (!*text && variable)
		*text = getenv(variable);
	if (!*text || is_line(*text, most))
		return STATUS_OK;
	return command_usage(inv, "%s '%s': give one line of UTF-8, %zu bytes at most", from,
			     text_escape(text_of(*text), shown, sizeof(shown)), most);
}

enum status custody_take(struct invocation *inv)
{
	struct custody *custody = &inv->custody;
	enum status status = STATUS_OK;

	if (inv->command->use == USE_NO_CASE)
		return status;
	status = take(inv, "--operator", "UNSPOOF_OPERATOR", OPERATOR_MOST, &custody->operator);
	if (status == STATUS_OK)
		status = take(inv, "--purpose", "UNSPOOF_PURPOSE", PURPOSE_MOST, &custody->purpose);
	if (status == STATUS_OK)
		status = take(inv, "--recipient", NULL, RECIPIENT_MOST, &custody->recipient);
	if (status == STATUS_OK && custody->log && !*custody->log)
		status = command_usage(inv, "--log names no file");
	return status;
}

const char *custody_operator(struct invocation *inv)
{
	struct custody *custody = &inv->custody;

	if (custody->operator && *custody->operator)
		return custody->operator;
	if (!custody->login[0])
		login_name(custody->login, sizeof(custody->login));
	return custody->login;
}

/* ---- with what ---- */

#ifdef __clang__
#define COMPILER "Clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "GCC " __VERSION__
#else
#define COMPILER "another compiler"
#endif

#if defined(__x86_64__)
#define MACHINE "x86_64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#else
#define MACHINE "another machine"
#endif

void custody_version(struct buf *out)
{
	buf_format(out, "unspoof %s, SQLite %s, PCRE2 %d.%d, %s, %s, built by %s for %s", PACKAGE_VERSION,
		   casefile_sqlite(), PCRE2_MAJOR, PCRE2_MINOR, archive_version_string(),
		   OpenSSL_version(OPENSSL_VERSION), COMPILER, MACHINE);
}

void custody_files(const struct taken_file *files, struct buf *out)
{
	char hex[DIGEST_HEX];

	for (size_t i = 0; files[i].name; i++) {
		if (!files[i].sha256 && !digest_of(files[i].text, strlen(files[i].text), hex))
			hex[0] = '\0', out->failed = true;
		buf_format(out, "%s{\"file\":\"%s\",\"sha256\":\"%s\"}", i ? "," : "[", files[i].name,
			   files[i].sha256 ? files[i].sha256 : hex);
	}
	buf_byte(out, ']');
}

/* ---- what is read, and what goes out ---- */

void custody_log_path(const struct invocation *inv, struct buf *out)
{
	const struct custody *custody = &inv->custody;

	if (custody->log)
		buf_text(out, custody->log);
	else
		buf_format(out, "%s.log", custody->path);
}

/* Another file than that of the case may be a source, or what a case is made of. */
static enum status check_log(const struct invocation *inv, struct casefile *casefile)
{
	struct buf usual = { 0 };
	enum status status = STATUS_OK;

	buf_format(&usual, "%s.log", casefile->path);
	if (usual.failed)
		status = error_memory(&casefile->error);
	else if (strcmp(usual.data, inv->custody.log) != 0)
		status = guard_output(casefile, inv->custody.log);
	buf_release(&usual);
	return status == STATUS_OK ? status : command_error(inv, &casefile->error);
}

enum status custody_opened(struct invocation *inv, struct casefile *casefile)
{
	struct custody *custody = &inv->custody;
	const enum status status = custody->log ? check_log(inv, casefile) : STATUS_OK;

	if (status != STATUS_OK)
		return status;
	terminal_catch_broken_pipe();
	/* A damaged case is read all the same, by verify above all. */
	if (run_ends(casefile, custody->first, custody->head) != STATUS_OK)
		custody->first[0] = custody->head[0] = '\0';
	custody->path = inv->operands[0];
	return STATUS_OK;
}

void custody_begin_output(struct invocation *inv)
{
	struct custody *custody = &inv->custody;

	if (!custody->path || custody->digest || custody->undigested)
		return;
	custody->digest = digest_new();
	custody->undigested = !custody->digest;
}

void custody_out(struct invocation *inv, const void *data, size_t len)
{
	struct custody *custody = &inv->custody;

	if (custody->digest && !digest_add(custody->digest, data, len))
		custody->undigested = true;
}

/* ---- the line ---- */

/* What was asked for in a wrong way was not read. */
static bool is_due(const struct custody *custody, enum status status)
{
	return custody->path && (status != STATUS_USAGE || custody->rows > 0);
}

static struct text text_or_empty(const char *text)
{
	return text_of(text ? text : "");
}

static void fill(struct invocation *inv, enum status status, struct log_line *line)
{
	const struct custody *custody = &inv->custody;
	const bool discloses = inv->command->use == USE_DISCLOSES;

	*line = (struct log_line){
		.operator = text_of(custody_operator(inv)),
		.purpose = text_or_empty(custody->purpose),
		.recipient = text_or_empty(custody->recipient),
		.kind = text_of(custody_kind_name(discloses ? CUSTODY_DISCLOSURE : CUSTODY_CONSULTATION)),
		.command = text_of(inv->command->name),
		.arguments = text_of(inv->arguments),
		.first = text_of(custody->first),
		.head = text_of(custody->head),
		.rows = custody->rows,
		.status = (uint64_t)status,
	};
}

static void tell(const struct invocation *inv, const char *path, const struct log_found *found)
{
	char shown[SHOWN];

	text_escape(text_of(path), shown, sizeof(shown));
	if (found->torn)
		observer_notice(&inv->observer, "%s: its last line was cut short, as by a kill: it was closed and stays; "
				"what that command did is not logged", shown);
	if (found->other)
		observer_notice(&inv->observer, "%s: its lines so far are of another case that was here: `unspoof log` will "
				"say so; move it elsewhere", shown);
}

static enum status add(struct invocation *inv, enum status of_command, const char *path, struct error *error)
{
	struct buf version = { 0 };
	struct log_found found;
	struct log_line line;
	char now[21], hex[DIGEST_HEX] = "";
	enum status status = STATUS_FAILED;

	fill(inv, of_command, &line);
	terminal_now(now);
	line.at = text_of(now);
	custody_version(&version);
	line.version = buf_view(&version);
	if (inv->custody.digest && !inv->custody.undigested && !digest_end(inv->custody.digest, hex))
		hex[0] = '\0';
	line.sha256 = text_of(hex);
	if (version.failed || !inv->arguments)
		status = error_memory(error);
	else
		status = log_append(path, &line, &found, error);
	if (status == STATUS_OK)
		tell(inv, path, &found);
	buf_release(&version);
	return status;
}

static void add_or_tell(struct invocation *inv, enum status status)
{
	struct error error = { .status = STATUS_OK };
	struct buf path = { 0 };

	custody_log_path(inv, &path);
	if (path.failed)
		(void)error_memory(&error);
	else
		(void)add(inv, status, path.data, &error);
	if (error.status != STATUS_OK)
		observer_notice(&inv->observer, "%s; this is not in the log of the case: --log FILE keeps one elsewhere",
				error.text);
	buf_release(&path);
}

void custody_close(struct invocation *inv, enum status status)
{
	int code;

	if (is_due(&inv->custody, status)) {
		if ((fflush(stdout) != 0 || ferror(stdout)) && status == STATUS_OK)
			status = STATUS_FAILED;
		code = errno;
		add_or_tell(inv, status);
		errno = code;
	}
	digest_free(inv->custody.digest);
	inv->custody.digest = NULL;
	terminal_end_broken_pipe();
}
