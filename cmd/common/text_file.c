/* SPDX-License-Identifier: Apache-2.0 */
/* A file read whole. */
#include "cmd/common/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int text_file_read(const char *path, size_t most, struct buf *text)
{
	const size_t before = text->len;
	const bool input = !strcmp(path, "-");
	char block[4096];
	FILE *file = input ? stdin : fopen(path, "rb");
	int error = file ? 0 : errno;   /* of reading, EIO where it does not say */
	size_t len;

	while (file && text->len - before <= most && (len = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(text, block, len);
	if (file && ferror(file))
		error = errno ? errno : EIO;
	if (file && !input)
		(void)fclose(file);
	return error;
}
