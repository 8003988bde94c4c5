/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are written more at a time: what is read of them at any time against a copy in memory, what a database comes to, and
 * what becomes of it when there is no room. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "casefile/sqlite/vfs_coalesce.h"
#include "chance.h"
#include "scratch.h"
#include "tap.h"

#define MODEL (1 << 20)
#define PAGE 4096

/* A file, and what it should hold. */
struct pair {
	sqlite3_file *file;
	unsigned char *model;
	sqlite3_int64 size;
	unsigned wrong;
};

static void write_some(struct pair *pair, struct chance *chance, sqlite3_int64 at, int size)
{
	for (int i = 0; i < size; i++)
		pair->model[at + i] = (unsigned char)chance_below(chance, 256);
	pair->size = at + size > pair->size ? at + size : pair->size;
	pair->wrong += pair->file->pMethods->xWrite(pair->file, pair->model + at, size, at) != SQLITE_OK;
}

/* Behind the end there are zeros, also while what is to stand further behind waits to be written. */
static void read_some(struct pair *pair, sqlite3_int64 at, int size)
{
	static unsigned char found[MODEL];
	const int code = pair->file->pMethods->xRead(pair->file, found, size, at);

	pair->wrong += code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ;
	pair->wrong += memcmp(found, pair->model + at, (size_t)size) != 0;
}

static void cut(struct pair *pair, sqlite3_int64 size)
{
	pair->wrong += pair->file->pMethods->xTruncate(pair->file, size) != SQLITE_OK;
	memset(pair->model + size, 0, (size_t)(MODEL - size));
	pair->size = size;
}

static void check_size(struct pair *pair)
{
	sqlite3_int64 size = -1;

	pair->wrong += pair->file->pMethods->xFileSize(pair->file, &size) != SQLITE_OK || size != pair->size;
}

/* Pages one behind another for the most part, some a second time, and pieces of pages read back. */
static void take_steps(struct pair *pair, struct chance *chance, unsigned steps)
{
	sqlite3_int64 at = 0;

	for (; steps > 0; steps--) {
		const unsigned what = (unsigned)chance_below(chance, 100);
		const int size = what == 3 ? WIDEWRITE_BYTES + PAGE : PAGE;

		at = what < 10 ? PAGE * (sqlite3_int64)chance_below(chance, 200) : at;
		if (what < 70) {
			write_some(pair, chance, at, size);
			at = at + size < MODEL / 2 ? at + size : 0;
		} else if (what < 90) {
			read_some(pair, PAGE * (sqlite3_int64)chance_below(chance, 200), what < 80 ? PAGE : 16);
		} else if (what < 94) {
			read_some(pair, (sqlite3_int64)chance_below(chance, MODEL / 2), 3 * PAGE);
		} else if (what < 96) {
			pair->wrong += pair->file->pMethods->xSync(pair->file, SQLITE_SYNC_NORMAL) != SQLITE_OK;
		} else if (what < 98) {
			check_size(pair);
		} else if (what == 99 && pair->size > 0) {
			cut(pair, (sqlite3_int64)chance_below(chance, (uint64_t)pair->size));
		}
	}
}

static bool holds(const char *name, const struct pair *pair)
{
	FILE *file = fopen(name, "rb");
	unsigned char *found = malloc(MODEL);
	const size_t got = file && found ? fread(found, 1, MODEL, file) : 0;
	const bool same = found && got == (size_t)pair->size && memcmp(found, pair->model, got) == 0;

	free(found);
	if (file)
		(void)fclose(file);
	return same;
}

static void test_file(struct tap *tap)
{
	struct vfs_coalesce *wide = vfs_coalesce_new();
	sqlite3_vfs *vfs = sqlite3_vfs_find(vfs_coalesce_name(wide));
	struct chance chance = { 7 };
	struct pair pair = { calloc((size_t)vfs->szOsFile, 1), calloc(MODEL, 1), 0, 0 };
	/* A name for xOpen() ends in more than one NUL. */
	static const char name[20] = "file";
	int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	char path[1000] = "";
	bool good = pair.file && pair.model && vfs->xFullPathname(vfs, name, 900, path) == SQLITE_OK &&
		    vfs->xOpen(vfs, path, pair.file, flags, &flags) == SQLITE_OK;

	OK(tap, good, "a file");
	if (good) {
		take_steps(&pair, &chance, 20000);
		OK(tap, pair.wrong == 0, "20000 steps, %u wrong", pair.wrong);
		OK(tap, pair.file->pMethods->xSync(pair.file, SQLITE_SYNC_NORMAL) == SQLITE_OK && holds(name, &pair), "synced, it is all there");
		write_some(&pair, &chance, PAGE, PAGE);
		OK(tap, pair.file->pMethods->xClose(pair.file) == SQLITE_OK && holds(name, &pair), "and once it is closed");
	}
	free(pair.file);
	free(pair.model);
	vfs_coalesce_free(wide);
	OK(tap, !sqlite3_vfs_find("unspoof"), "nothing is left of it");
}

static bool run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

#define MUCH "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)" \
	     " INSERT INTO t(b) SELECT hex(zeroblob(500)) || i FROM n"

static bool limit(rlim_t bytes)
{
	struct rlimit now;

	if (getrlimit(RLIMIT_FSIZE, &now) != 0)
		return false;
	now.rlim_cur = bytes;
	return setrlimit(RLIMIT_FSIZE, &now) == 0;
}

/* A database that grows beyond its cache, rolls back, and finds no room in between. */
static void test_database(struct tap *tap)
{
	struct vfs_coalesce *wide = vfs_coalesce_new();
	char out[100];
	sqlite3 *db = NULL;
	struct rlimit before;

	OK(tap, sqlite3_open_v2("./db", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs_coalesce_name(wide)) == SQLITE_OK &&
		run(db, "PRAGMA page_size = 4096; PRAGMA cache_size = 20; PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)") &&
		run(db, "BEGIN; " MUCH "; COMMIT"), "a database larger than its cache");
	OK(tap, run(db, "BEGIN; UPDATE t SET b = b || a WHERE a % 3 = 0; DELETE FROM t WHERE a % 5 = 0; " MUCH "; SAVEPOINT s; " MUCH "; ROLLBACK TO s; ROLLBACK"),
	   "rolled back");
	(void)signal(SIGXFSZ, SIG_IGN);
	OK(tap, getrlimit(RLIMIT_FSIZE, &before) == 0 && limit(6 << 20), "no room");
	OK(tap, !run(db, "BEGIN; DELETE FROM t WHERE a % 7 = 0; " MUCH ";" MUCH "; COMMIT"), "what does not fit fails");
	(void)run(db, "ROLLBACK");
	OK(tap, limit(before.rlim_cur) && run(db, "BEGIN; " MUCH "; DELETE FROM t WHERE a <= 1000; COMMIT"), "and with room it goes on");
	OK(tap, sqlite3_close(db) == SQLITE_OK, "closed");
	vfs_coalesce_free(wide);
	OK(tap, tap_same(scratch_ask("db", "SELECT count(*) || ' ' || min(a) || ' ' || max(a) || ' ' || sum(b LIKE '%' || (a - (a > 4000) * 4000)) FROM t", out, sizeof out), "7000 1001 8000 7000"),
	   "what was committed is there");
	OK(tap, tap_same(scratch_ask("db", "PRAGMA integrity_check", out, sizeof out), "ok"), "and sound");
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_file(&tap);
	test_database(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
