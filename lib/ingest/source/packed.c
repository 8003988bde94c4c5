/* SPDX-License-Identifier: Apache-2.0 */
/* Archives and compressed data, by how they begin, and as libarchive is to read them. */
#include "ingest/source/packed.h"

#include <stdio.h>
#include <string.h>

#define TAR_MAGIC 257
#define ZIP_HEAD 30     /* of an entry, before its name */
#define CPIO_HEAD 110   /* digits of the header of an entry, form newc */

/* ---- how they begin ---- */

static bool begins(struct text start, const char *magic, size_t len)
{
	return start.len >= len && !memcmp(start.data, magic, len);
}

static bool is_zip(struct text start)
{
	return begins(start, "PK\3\4", 4) || begins(start, "PK\5\6", 4);
}

static bool is_seven(struct text start)
{
	return begins(start, "7z\xbc\xaf\x27\x1c", 6);
}

static bool is_bzip2(struct text start)
{
	return begins(start, "BZh", 3) && start.len >= 10 && start.data[3] >= '1' && start.data[3] <= '9' &&
	       (!memcmp(start.data + 4, "\x31\x41\x59\x26\x53\x59", 6) ||
		!memcmp(start.data + 4, "\x17\x72\x45\x38\x50\x90", 6));
}

static bool is_tar(struct text start)
{
	return start.len >= 512 && !memcmp(start.data + TAR_MAGIC, "ustar", 5) && start.data[0] != '\0';
}

/* A number of a phone may begin like the magic: all of the header is looked at. */
static bool is_cpio(struct text start)
{
	if (start.len < CPIO_HEAD || (!begins(start, "070701", 6) && !begins(start, "070702", 6)))
		return false;
	for (size_t i = 0; i < CPIO_HEAD; i++)
		if (!memchr("0123456789abcdefABCDEF", start.data[i], 22))
			return false;
	return true;
}

static bool is_compressed(struct text start)
{
	return begins(start, "\x1f\x8b\x08", 3) || begins(start, "\xfd" "7zXZ\0", 6) ||
	       begins(start, "\x28\xb5\x2f\xfd", 4) || begins(start, "\x04\x22\x4d\x18", 4) || is_bzip2(start);
}

/* What the first entry of a package of documents is: Office Open XML, part 2, and OpenDocument,
 * part 3. */
bool packed_document(struct text start)
{
	static const char *const first[] = { "[Content_Types].xml", "_rels/.rels", "docProps/", "xl/" };
	static const char open[] = "mimetypeapplication/vnd.oasis.opendocument";
	struct text name;

	if (!begins(start, "PK\3\4", 4) || start.len < ZIP_HEAD)
		return false;
	name = (struct text){ start.data + ZIP_HEAD, start.len - ZIP_HEAD };
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (begins(name, first[i], strlen(first[i])))
			return true;
	return begins(name, open, sizeof(open) - 1);
}

enum packed packed_begins(struct text start)
{
	if (packed_document(start))
		return PACKED_NOT;
	if (is_zip(start) || is_seven(start))
		return PACKED_SEEKS;
	return is_compressed(start) || is_tar(start) || is_cpio(start) ? PACKED_STREAM : PACKED_NOT;
}

/* ---- for libarchive ---- */

typedef int offer(struct archive *archive);

static bool offered(struct archive *archive, offer *one, bool wanted)
{
	/* One that needs a program of its own is a warning. */
	return !wanted || one(archive) >= ARCHIVE_WARN;
}

static bool offer_filters(struct archive *archive)
{
	static offer *const filters[] = {
		archive_read_support_filter_gzip,
		archive_read_support_filter_bzip2,
		archive_read_support_filter_xz,
		archive_read_support_filter_zstd,
		archive_read_support_filter_lz4,
	};
	bool good = true;

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		good = good && offered(archive, filters[i], true);
	return good;
}

bool packed_offer(struct archive *archive, struct text start, const char *password, bool *seeks)
{
	const bool document = packed_document(start);
	const bool zip = is_zip(start) && !document;
	const bool seven = is_seven(start);
	/* NUL bytes are how an archive of tar's ends: it has no entry before them. */
	const bool tar = start.len > 0 && start.data[0] != '\0' && !document;

	*seeks = zip || seven;
	return (document || offer_filters(archive)) &&
	       offered(archive, archive_read_support_format_empty, true) &&
	       offered(archive, archive_read_support_format_raw, true) &&
	       offered(archive, archive_read_support_format_tar, tar) &&
	       offered(archive, archive_read_support_format_zip, zip) &&
	       offered(archive, archive_read_support_format_7zip, seven) &&
	       offered(archive, archive_read_support_format_cpio, is_cpio(start)) &&
	       (!password || archive_read_add_passphrase(archive, password) == ARCHIVE_OK);
}

static int base_format(struct archive *archive)
{
	return archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK;
}

bool packed_archive(struct archive *archive)
{
	return base_format(archive) != ARCHIVE_FORMAT_RAW;
}

static void add_name(char name[PACKED_NAME], const char *part)
{
	const size_t used = strlen(name);

	(void)snprintf(name + used, PACKED_NAME - used, "%s%s", used ? "+" : "", part);
}

void packed_name(struct archive *archive, char name[PACKED_NAME])
{
	const int format = base_format(archive);

	name[0] = '\0';
	if (format == ARCHIVE_FORMAT_TAR)
		add_name(name, "tar");
	else if (format == ARCHIVE_FORMAT_ZIP)
		add_name(name, "zip");
	else if (format == ARCHIVE_FORMAT_7ZIP)
		add_name(name, "7zip");
	else if (format == ARCHIVE_FORMAT_CPIO)
		add_name(name, "cpio");
	for (int i = 0; i < archive_filter_count(archive); i++)
		if (archive_filter_code(archive, i) != ARCHIVE_FILTER_NONE)
			add_name(name, archive_filter_name(archive, i));
}
