/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes SQLite databases. An input that begins as one is one; of any other the first byte picks one of two that are made
 * here, and each four bytes behind it put a byte somewhere: two of the place, one of which file, one the byte. Whatever
 * comes, reading ends, with an error that says why or with rows that are as they are said to be. */
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "unit/read_sqlite.h"

#define MAGIC "SQLite format 3"

static const char *const schemas[] = {
	"PRAGMA page_size = 512;"
	"CREATE TABLE cdr(id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, at TEXT, cost REAL, data BLOB);"
	"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 60)"
	" INSERT INTO cdr SELECT x, 'user' || x, '2022-03-01 10:00:' || x, x / 8.0, zeroblob(x % 7 * 100) FROM c;"
	"CREATE VIEW v AS SELECT * FROM cdr; DELETE FROM cdr WHERE id > 50",
	"PRAGMA page_size = 512; PRAGMA encoding = 'UTF-16le';"
	"CREATE TABLE login(account TEXT PRIMARY KEY, at, twice AS (at * 2), kept AS (at + 1) STORED) WITHOUT ROWID;"
	"CREATE TABLE a(rowid, _rowid_, oid);"
	"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 60)"
	" INSERT INTO login(account, at) SELECT 'user' || x, x FROM c;"
	"INSERT INTO a VALUES(1, NULL, 'x'); CREATE INDEX i ON login(at)",
};

struct base {
	unsigned char *bytes;
	sqlite3_int64 size;
};

static const struct base *base_of(unsigned which)
{
	static struct base bases[2];
	struct base *base = &bases[which % 2];
	sqlite3 *db = NULL;

	if (base->bytes)
		return base;
	FUZZ_MUST(sqlite3_open(":memory:", &db) == SQLITE_OK && sqlite3_exec(db, schemas[which % 2], NULL, NULL, NULL) == SQLITE_OK);
	base->bytes = sqlite3_serialize(db, "main", &base->size, 0);
	FUZZ_MUST(base->bytes != NULL);
	sqlite3_close(db);
	return base;
}

static void write_file(const char *path, const void *data, size_t size)
{
	const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	FUZZ_MUST(file >= 0 && write(file, data, size) == (ssize_t)size && close(file) == 0);
}

static void write_edited(const char *path, const char *beside, const uint8_t *data, size_t size)
{
	const struct base *base = base_of(size ? data[0] : 0);
	unsigned char *copy = malloc((size_t)base->size), log[2048] = { 0x37, 0x7f, 0x06, 0x82, 0x00, 0x2d, 0xe2, 0x18, 0, 0, 2 };

	FUZZ_MUST(copy != NULL);
	memcpy(copy, base->bytes, (size_t)base->size);
	for (size_t i = 1; i + 4 <= size; i += 4) {
		const size_t at = (size_t)data[i] << 8 | data[i + 1];

		if (data[i + 2] & 1)
			log[at % sizeof log] = data[i + 3];
		else
			copy[at % (size_t)base->size] = data[i + 3];
	}
	write_file(path, copy, (size_t)base->size);
	if (size && data[0] & 4)
		write_file(beside, log, sizeof log);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char folder[] = "/tmp/unspoof-fuzz.XXXXXX", path[64], beside[64];
	struct read_sqlite read = { .with_wal = size > 0 && data[0] & 8 };
	enum status status;

	FUZZ_MUST(mkdtemp(folder) != NULL);
	(void)snprintf(path, sizeof path, "%s/d", folder);
	(void)snprintf(beside, sizeof beside, "%s/d-%s", folder, size > 0 && data[0] & 16 ? "journal" : "wal");
	if (size >= sizeof MAGIC && !memcmp(data, MAGIC, sizeof MAGIC))
		write_file(path, data, size);
	else
		write_edited(path, beside, data, size);
	status = read_sqlite(&read, path);
	(void)unlink(path);
	(void)unlink(beside);
	FUZZ_MUST(rmdir(folder) == 0);
	FUZZ_MUST(status == STATUS_END || (status == STATUS_SKIP && read.foreign) ||
		  ((status == STATUS_SKIP || status == STATUS_FAILED) && read.error.text[0]));
	FUZZ_MUST(!read.broken);
	return 0;
}
