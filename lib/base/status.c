/* SPDX-License-Identifier: Apache-2.0 */
/* Error texts. */
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

enum status error_set(struct error *error, enum status status,
		      const char *format, ...)
{
	va_list arguments;

	error->status = status;
	error->fault = false;
	va_start(arguments, format);
	(void)vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	return status;
}

enum status error_memory(struct error *error)
{
	(void)error_set(error, STATUS_FAILED, "out of memory");
	error->fault = true;
	return STATUS_FAILED;
}

bool error_is_want(int code)
{
	return code == ENOMEM || code == EMFILE || code == ENFILE;
}
