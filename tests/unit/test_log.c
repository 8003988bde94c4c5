/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of CASE.log: written, read, refused; their chain, and every way to break it. */
#include <stdlib.h>
#include <sys/stat.h>

#include "casefile/custody/custody_kind.h"
#include "casefile/custody/log_append.h"
#include "casefile/custody/log_read.h"
#include "scratch.h"
#include "tap.h"

static const char first[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char other[] = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

static struct log_line line_of(const char *purpose)
{
	return (struct log_line){
		.at = text_of("2022-03-27T00:59:58Z"), .operator = text_of("PC 1"), .purpose = text_of(purpose), .recipient = text_of(""),
		.kind = text_of("disclosure"), .command = text_of("export"), .arguments = text_of("[\"case\",\"a,\\\"]\"]"),
		.version = text_of("unspoof 1"), .first = text_of(first), .head = text_of(first), .sha256 = text_of(""), .rows = 70000000,
		.status = 5, .previous = text_of(""),
	};
}

static void test_line(struct tap *tap)
{
	static const char *const purposes[] = { "", "Op Tawny", "\"quoted\" \\ back\\slash", "caf\xc3\xa9 \xf0\x9f\x93\x9e", "tab\tand\nline",
						"\x01\x7f", "\",\"hash\":\"" };
	static const char want[] =
		"{\"unspoof-log\":1,\"at\":\"2022-03-27T00:59:58Z\",\"operator\":\"PC 1\",\"purpose\":\"\",\"recipient\":\"\",\"kind\":\"disclosure\","
		"\"command\":\"export\",\"arguments\":[\"case\",\"a,\\\"]\"],\"version\":\"unspoof 1\",\"case\":\"0123456789abcdef0123456789abcdef0123"
		"456789abcdef0123456789abcdef\",\"head\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"sha256\":\"\","
		"\"rows\":70000000,\"status\":5,\"previous\":\"\",\"hash\":\"";
	struct buf bytes = { 0 }, room = { 0 };

	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
		struct log_line written = line_of(purposes[i]), read;

		buf_clear(&bytes);
		log_line_write(&written, &bytes);
		OK(tap, !bytes.failed && bytes.data[bytes.len - 1] == '\n' && !memchr(bytes.data, '\n', bytes.len - 1), "purpose %zu is a line", i);
		OK(tap, log_line_read((struct text){ bytes.data, bytes.len - 1 }, &read, &room) && text_is(read.purpose, purposes[i]) &&
			text_equal(read.arguments, written.arguments) && read.rows == 70000000 && read.status == 5 &&
			log_line_holds((struct text){ bytes.data, bytes.len - 1 }, &read), "and is read as it was written");
		if (i == 0)
			OK(tap, !strncmp(bytes.data, want, sizeof want - 1), "its keys in their order");
	}
	buf_release(&bytes);
	buf_release(&room);
}

/* No line that lost or got a byte is one, nor holds one that had a bit turned. */
static void test_refused(struct tap *tap)
{
	struct buf bytes = { 0 }, room = { 0 };
	struct log_line line = line_of("Op"), read;
	unsigned shorter = 0, turned = 0;

	log_line_write(&line, &bytes);
	bytes.len--;
	for (size_t i = 0; i < bytes.len; i++) {
		struct text text = { bytes.data, bytes.len };

		shorter += log_line_read((struct text){ bytes.data, i }, &read, &room);
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
			turned += log_line_read(text, &read, &room) && log_line_holds(text, &read);
			bytes.data[i] = (char)(bytes.data[i] ^ 1 << bit);
		}
	}
	OK(tap, shorter == 0, "no beginning of a line is a line");
	OK(tap, turned == 0, "no line holds with a bit turned");
	buf_byte(&bytes, ' ');
	OK(tap, !log_line_read(buf_view(&bytes), &read, &room), "nor is one with more behind it");
	OK(tap, !log_line_read(text_of(""), &read, &room) && !log_line_read(text_of("{}"), &read, &room), "nor what is something else");
	buf_release(&bytes);
	buf_release(&room);
}

static void test_long(struct tap *tap)
{
	struct log_line line = line_of("Op"), read;
	struct buf arguments = { 0 }, bytes = { 0 }, room = { 0 };

	buf_text(&arguments, "[\"");
	while (arguments.len < LOG_ARGUMENTS_MOST - 2)
		buf_byte(&arguments, 'x');
	buf_text(&arguments, "\"]");
	line.arguments = buf_view(&arguments);
	log_line_write(&line, &bytes);
	OK(tap, log_line_read((struct text){ bytes.data, bytes.len - 1 }, &read, &room) && text_equal(read.arguments, buf_view(&arguments)),
	   "arguments as long as they may be stay");
	buf_clear(&bytes);
	arguments.data[arguments.len - 2] = 'x';
	buf_text(&arguments, "\"]");
	line.arguments = buf_view(&arguments);
	log_line_write(&line, &bytes);
	OK(tap, bytes.len < 2000 && log_line_read((struct text){ bytes.data, bytes.len - 1 }, &read, &room) &&
		!strncmp(read.arguments.data, "[\"(32770 bytes, SHA-256 ", 24), "longer ones are named by their hash");
	buf_release(&arguments);
	buf_release(&bytes);
	buf_release(&room);
}

/* ---- the chain ---- */

static bool append(const char *path, const char *case_of, struct log_found *found)
{
	struct log_line line = line_of("Op");
	struct error error;

	line.first = text_of(case_of);
	return log_append(path, &line, found, &error) == STATUS_OK;
}

/* How each line is: . holds, x does not, c is cut short; E: it ended with a failure. */
static const char *look(const char *path, char out[static 20])
{
	struct log_reader reader;
	enum status status = log_reader_open(&reader, path);
	size_t len = 0;

	while (status == STATUS_OK && len < 18) {
		status = log_reader_next(&reader);
		if (status == STATUS_OK)
			out[len++] = reader.cut ? 'c' : reader.broken ? 'x' : '.';
	}
	if (status != STATUS_END)
		out[len++] = 'E';
	out[len] = '\0';
	log_reader_close(&reader);
	log_reader_close(&reader);
	return out;
}

static char *read_all(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *data = calloc(1, 100000);

	*len = file && data ? fread(data, 1, 99999, file) : 0;
	if (file)
		(void)fclose(file);
	return data;
}

static void test_chain(struct tap *tap)
{
	struct log_found found;
	struct stat info;
	char seen[20];
	bool good = true;

	OK(tap, tap_same(look("log", seen), ""), "a log that is not there has no lines");
	for (int i = 0; i < 5; i++)
		good = append("log", first, &found) && !found.torn && !found.other && good;
	OK(tap, good && tap_same(look("log", seen), "....."), "five lines are a chain");
	OK(tap, stat("log", &info) == 0 && (info.st_mode & 0777) == 0600, "for its owner alone");
	OK(tap, append("log", other, &found) && found.other && append("log", other, &found) && !found.other, "a line of another case is told once");
	OK(tap, tap_same(look("log", seen), "......."), "and is in the chain");
}

/* Whatever byte it is cut at, the next line closes it, and both hold; and a byte changed before that is found. */
static void test_torn(struct tap *tap)
{
	size_t len, third = 0, wrong = 0, missed = 0;
	char *data = read_all("log", &len);
	struct log_found found;
	char seen[20];

	for (int lines = 0; third < len && lines < 2; third++)
		lines += data[third] == '\n';
	for (size_t at = third + 4; at < third + 900; at += 7) {
		const bool cut = data[at - 1] != '\n';
		size_t now;
		char *after;

		(void)scratch_write("torn", data, at);
		if (!append("torn", first, &found) || found.torn != cut)
			wrong++;
		(void)look("torn", seen);
		wrong += strspn(seen, ".c") != strlen(seen) || strlen(seen) < 4;
		after = read_all("torn", &now);
		after[third + 3] ^= 1;
		(void)scratch_write("torn", after, now);
		missed += !strchr(look("torn", seen), 'x');
		free(after);
		(void)remove("torn");
	}
	OK(tap, wrong == 0, "a line that is cut anywhere is closed by the next one");
	OK(tap, missed == 0, "and vouched for");
	free(data);
}

/* Each bit of a log of some lines, but of the last line of which only the hash is known. */
static void test_turned(struct tap *tap)
{
	size_t len, missed = 0, tried = 0;
	char *data = read_all("log", &len);
	char seen[20];

	for (size_t at = 0; at < len - 1; at += 11) {
		data[at] = (char)(data[at] ^ 1 << at % 8);
		(void)scratch_write("turned", data, len);
		(void)look("turned", seen);
		missed += !strpbrk(seen, "xE") && strlen(seen) == 7 && !strchr(seen, 'c');
		tried++;
		data[at] = (char)(data[at] ^ 1 << at % 8);
	}
	OK(tap, missed == 0, "%zu turned bits are found", tried);
	free(data);
}

static void test_foreign(struct tap *tap)
{
	struct log_found found;
	struct buf huge = { 0 };
	char seen[20];

	OK(tap, scratch_write("evidence", "{\n\"calls\":[]}\n", 14) && !append("evidence", first, &found) && tap_same(look("evidence", seen), "E"),
	   "other JSON is no log");
	OK(tap, scratch_write("empty", "", 0) && append("empty", first, &found) && tap_same(look("empty", seen), "."), "an empty file is one");
	OK(tap, symlink("log", "link") == 0 && !append("link", first, &found) && tap_same(look("link", seen), "E"), "a link is not followed");
	OK(tap, mkdir("folder", 0700) == 0 && !append("folder", first, &found) && !append("folder/none/log", first, &found),
	   "a folder is none, nor is one made");
	buf_text(&huge, LOG_LINE_START);
	while (huge.len < 3 * LOG_LINE_MOST)
		buf_text(&huge, "0123456789");
	OK(tap, scratch_write("huge", huge.data, huge.len) && !append("huge", first, &found) && tap_same(look("huge", seen), "c"),
	   "a line that is too long is none, and nothing follows it");
	buf_release(&huge);
}

static void test_kinds(struct tap *tap)
{
	static const struct {
		const char *command, *outputs;
		enum custody_kind kind;
	} runs[] = {
		{ "ingest", "{\"sources\":2,\"known\":0}", CUSTODY_COLLECTION },
		{ "ingest", "{\"sources\":0,\"known\":0,\"discarded\":1}", CUSTODY_ERASURE },
		{ "ingest", "{\"sources\":1,\"known\":0,\"discarded\":1}", CUSTODY_COLLECTION },
		{ "ingest", "{\"sources\":1,\"known\":0,\"dropped\":[1]}", CUSTODY_ALTERATION },
		{ "drop", "{\"dropped\":[1],\"rows\":7}", CUSTODY_ERASURE },
		{ "normalise", "{}", CUSTODY_ALTERATION },
		{ "correlate", "", CUSTODY_COMBINATION },
	};
	enum custody_kind kind;
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
		wrong += custody_kind_of_run(text_of(runs[i].command), text_of(runs[i].outputs)) != runs[i].kind;
	OK(tap, wrong == 0, "the kinds of runs");
	for (int i = 0; i < CUSTODY_KINDS; i++)
		wrong += !custody_kind_find(text_of(custody_kind_name((enum custody_kind)i)), &kind) || (int)kind != i;
	OK(tap, wrong == 0 && !custody_kind_find(text_of("Erasure"), &kind), "and their names");
}

int main(void)
{
	struct tap tap = { 0, 0 };
	char name[32];

	scratch_enter(name);
	test_line(&tap);
	test_refused(&tap);
	test_long(&tap);
	test_chain(&tap);
	test_torn(&tap);
	test_turned(&tap);
	test_foreign(&tap);
	test_kinds(&tap);
	scratch_leave(name);
	return tap_done(&tap);
}
