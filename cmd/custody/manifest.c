/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of an export: what `sha256sum -c` reads, and what case it is of. */
#include "cmd/custody/manifest.h"

#include <string.h>
#include <sys/stat.h>

#include "config.h"

/* Whether both are one file, by their names or as they are there. */
static bool is_same(const char *a, const char *b)
{
	struct stat here, there;

	return b && (!strcmp(a, b) || (stat(a, &here) == 0 && stat(b, &there) == 0 &&
				       here.st_dev == there.st_dev && here.st_ino == there.st_ino));
}

enum status manifest_open(struct manifest *manifest, struct invocation *inv, const char *path, const char *exported,
			  bool force, struct casefile *casefile)
{
	memset(manifest, 0, sizeof(*manifest));
	manifest->file.partial.file = -1;
	if (!path)
		return STATUS_OK;
	if (is_same(path, exported))
		return command_usage(inv, "--manifest and -o are one file: give the manifest another name");
	return output_open_file(&manifest->file, inv, path, force, casefile);
}

static void add_run(struct buf *out, const char *what, const struct identity_run *run)
{
	if (run->id)
		buf_format(out, "# %s: %s, run %lld\n", what, run->hash, (long long)run->id);
}

/* Lines that sha256sum goes over. A reference has no line end. */
static void add_case(struct buf *out, const struct citation *citation, uint64_t rows)
{
	const struct identity *identity = &citation->identity;

	buf_text(out, "# unspoof " PACKAGE_VERSION "\n");
	buf_format(out, "# case: %s\n", identity->reference[0] ? identity->reference : "without a reference");
	buf_format(out, "# case digest: %s\n", identity->digest[0] ? identity->digest : "none yet");
	add_run(out, "case known by", &identity->first);
	add_run(out, "chain head", &identity->head);
	buf_format(out, "# table: %s, %llu rows\n", citation->table, (unsigned long long)rows);
	add_run(out, "table made by", &citation->maker);
}

/* As sha256sum(1) writes it: where a name has a backslash or a line end, a backslash stands
 * in front of the line. */
static void add_file(struct buf *out, const char *sha256, const char *name)
{
	if (strpbrk(name, "\\\n\r"))
		buf_byte(out, '\\');
	buf_format(out, "%s  ", sha256);
	for (; *name; name++) {
		if (*name == '\n')
			buf_text(out, "\\n");
		else if (*name == '\r')
			buf_text(out, "\\r");
		else if (*name == '\\')
			buf_text(out, "\\\\");
		else
			buf_byte(out, *name);
	}
	buf_byte(out, '\n');
}

static enum status write_all(struct manifest *manifest, const struct citation *citation, uint64_t rows,
			     const char *exported)
{
	struct buf text = { 0 };
	enum status status;

	add_case(&text, citation, rows);
	add_file(&text, manifest->sha256, exported ? exported : "-");
	status = text.failed ? command_fail(manifest->file.inv, STATUS_FAILED, "out of memory")
			     : output_put(&manifest->file, text.data, text.len);
	buf_release(&text);
	return status;
}

enum status manifest_close(struct manifest *manifest, enum status status, const struct citation *citation,
			   uint64_t rows, const char *exported)
{
	if (!manifest->file.path)
		return status;
	if (status == STATUS_OK)
		status = write_all(manifest, citation, rows, exported);
	return output_close_file(&manifest->file, status);
}
