/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: the header of its file, as the file format of SQLite has it, and its
 * size. PRAGMA integrity_check looks at neither. */
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/verify/verify_segments.h"

#define HEADER 100
#define PAGE_SIZE_AT 16
#define CHANGES_AT 24
#define PAGES_AT 28
#define SAYS 200

/* Fields that are the same in every case. The freelist's are checked by SQLite; the
 * schema cookie and the version of SQLite that wrote carry no meaning for what is there. */
static const struct field {
	unsigned at, size;
	uint32_t value;
	const char *name;
} fields[] = {
	{ PAGE_SIZE_AT, 2, CASEFILE_PAGE_SIZE, "bytes of a page" },
	{ 18, 1, 1, "the format to write (2: another program set a write-ahead log)" },
	{ 19, 1, 1, "the format to read (2: another program set a write-ahead log)" },
	{ 20, 1, 0, "bytes kept free in each page" },
	{ 21, 1, 64, "the most payload" },
	{ 22, 1, 32, "the least payload" },
	{ 23, 1, 32, "the payload of a leaf" },
	{ 44, 4, 4, "the format of the schema" },
	{ 48, 4, 0, "the size of the cache" },
	{ 52, 4, 0, "the largest root page" },
	{ 56, 4, 1, "the encoding of texts (1: UTF-8)" },
	{ 60, 4, CASEFILE_FORMAT, "the format of the case" },
	{ 64, 4, 0, "incremental vacuum" },
	{ 68, 4, CASEFILE_APPLICATION_ID, "the application id" },
	{ 72, 4, 0, "bytes kept for later" },
	{ 76, 4, 0, "bytes kept for later" },
	{ 80, 4, 0, "bytes kept for later" },
	{ 84, 4, 0, "bytes kept for later" },
	{ 88, 4, 0, "bytes kept for later" },
};

/* One check of a header. */
struct header_check {
	const struct observer *observer;
	struct verify_counts *counts;
	unsigned char bytes[HEADER];
	sqlite3_int64 size;        /* of the file */
};

static uint32_t number(const struct header_check *check, unsigned at, unsigned size)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | check->bytes[at + i];
	return value;
}

static void check_fields(const struct header_check *check)
{
	char says[SAYS];

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct field *field = &fields[i];
		const uint32_t value = number(check, field->at, field->size);

		if (value == field->value)
			continue;
		(void)sqlite3_snprintf(sizeof(says), says,
				       "the header of the file, byte %u, has %u for %s, and should have %u",
				       field->at, value, field->name, field->value);
		verify_fail(check->observer, check->counts, text_of(says));
	}
	/* The number of pages is that of the last change. */
	if (number(check, CHANGES_AT, 4) != number(check, 92, 4))
		verify_fail(check->observer, check->counts,
			    text_of("the header of the file, byte 92: another program wrote it last, or its "
				    "count of changes was altered"));
}

static void check_size(const struct header_check *check)
{
	const sqlite3_int64 due = (sqlite3_int64)number(check, PAGES_AT, 4) * CASEFILE_PAGE_SIZE;
	const sqlite3_int64 off = check->size > due ? check->size - due : due - check->size;
	char says[SAYS];

	if (off == 0)
		return;
	(void)sqlite3_snprintf(sizeof(says), says,
			       check->size > due ? "bytes behind the last page of the case, which no command of "
						   "ours put there: %lld"
						 : "bytes missing at the end of the file: %lld", off);
	verify_fail(check->observer, check->counts, text_of(says));
}

/* Through SQLite's handle: to close another of the same file would give up its locks. */
static enum status read_header(struct casefile *casefile, struct header_check *check)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(casefile->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
	    !file || !file->pMethods ||
	    file->pMethods->xRead(file, check->bytes, HEADER, 0) != SQLITE_OK ||
	    file->pMethods->xFileSize(file, &check->size) != SQLITE_OK)
		return error_set(&casefile->error, STATUS_FAILED, "the header of the case cannot be read");
	return STATUS_OK;
}

enum status verify_header(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts)
{
	struct header_check check = { .observer = observer, .counts = counts };
	int64_t tables;
	/* So that nobody writes meanwhile. */
	enum status status = casefile_exec(casefile, "SAVEPOINT header");

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT count(*) FROM sqlite_schema", 0, &tables);
	if (status == STATUS_OK)
		status = read_header(casefile, &check);
	(void)sqlite3_exec(casefile->db, "RELEASE header", NULL, NULL, NULL);
	if (status != STATUS_OK)
		return status;
	check_fields(&check);
	check_size(&check);
	return STATUS_OK;
}
